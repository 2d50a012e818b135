"""The chosen indicator: its name, what can be taken out of it, and its panel."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.asked import AsKnown, Compare
from ui.energy.exporting import Exporting
from ui.energy.load import Found, Loaded
from ui.energy.panel import Panel
from ui.energy.picture import Words
from ui.history.link import HistoryButton
from ui.text import C_, N_, NN_, day, say
from ui.widgets.chart_scale import figure
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, advance, column, scrolled

NOTHING = N_("There are no figures of this indicator yet.")
UNKNOWN = N_("No figure of this indicator was known on that day.")
BESIDE_WORDS = 140  # px of margins and gaps between the title and the buttons


class IndicatorPane(Exporting, Page):
    """One indicator under its name; what is asked of it (place, day, comparison) the room keeps."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.room = None
        self.narrow_window, self.room_width = False, 2_000
        self.loaded: Loaded | None = None
        self.found: Found | None = None
        self.title = Label("", "title")
        self.meta = Label("", "sec", elide=True)
        self.sample_chip = Chip("")
        self.known_chip = Chip("")
        self.export_button = Button(N_("Export"), icon="download", slot=self.on_menu)
        self.build_menu()
        self.picture_button = Button(N_("Copy image"), icon="image", slot=self.on_picture)
        self.pack_button = Button(
            N_("Put it into the pack"), "primary", "book-open", slot=self.on_pack
        )
        self.writing(self.pack_button)
        self.panel = Panel(desk)
        self.empty = State(
            "chart-bar",
            NOTHING,
            N_("Import a spreadsheet as it was published. You see what was read before it counts."),
            self.writing(Button(N_("Import figures"), "primary", "upload", slot=self.on_import)),
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.panel))
        self.body.addWidget(self.empty)
        self.unknown = State(
            "history",
            UNKNOWN,
            N_("All figures known now were imported later."),
            Button(N_("Show what is known now"), "primary", "history", slot=self.on_known),
        )
        # Until the first figures came there is nothing to show the parts of.
        self.blank = QWidget()
        self.body.addWidget(self.blank)
        self.body.addWidget(self.unknown)
        self.body.setCurrentWidget(self.blank)
        column(
            header(
                self.title,
                self.meta,
                HistoryButton(),
                self.export_button,
                self.picture_button,
                self.pack_button,
                chips=(self.sample_chip, self.known_chip),
                margins=(28, 18, 24, 8),
            ),
            (self.body, 1),
            gap=0,
            into=self,
        )
        self.panel.changed.connect(self.on_panel)
        self.panel.placed.connect(self.on_place)
        self.panel.wanted.connect(self.on_hours)
        self.panel.compare_button.clicked.connect(self.on_compare)
        self.panel.known_button.clicked.connect(self.on_known)

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return self.panel.stops()

    # --- what is shown

    def show_found(self, found: Found) -> None:
        """Show the indicator that was read."""
        self.found, self.loaded = found, found.loaded
        loaded = found.loaded
        if loaded is None:
            self.title.say(N_("Energy indicators"))
            self.meta.say("")
            self.body.setCurrentWidget(self.empty)
            return
        self.title.say(named(loaded.fact.name_ko, loaded.fact.name_en))
        sample = any(d.sample for d in loaded.datasets)
        self.sample_chip.say(N_("Sample figures") if sample else "", "warn")
        on = loaded.known_on
        known = N_("As known on {day}") if on else ""
        self.known_chip.say(
            known, "info", "history" if on else "", day=day(on, "full") if on else ""
        )
        nothing = self.unknown if on else self.empty
        self.body.setCurrentWidget(self.body.widget(0) if loaded.held else nothing)
        for button in (self.export_button, self.picture_button, self.pack_button):
            button.why_not("" if loaded.held else UNKNOWN if on else NOTHING)
        if loaded.held:
            self.panel.show_loaded(loaded)
        self.on_panel()
        self.fit(self.narrow_window, self.room_width)

    def on_panel(self) -> None:
        """Say under the title and under the picture what is shown now."""
        if self.loaded is None:
            return
        self.meta.say(self.headed())
        self.panel.under.show_lines(self.below())

    def headed(self) -> str:
        """Say the place and what is shown of it."""
        loaded = self.loaded
        place = loaded.place()
        where = named(place.name_ko, place.name_en) if place is not None else loaded.area
        if place is not None and place.level == "city":
            where = say(C_("place", "All of {city}"), city=where)
        if loaded.held:
            shown = self.panel.view.head()
        elif loaded.aims:
            aim = loaded.aims[-1]
            shown = say(
                N_("target of {year}: {value} {unit}"),
                year=aim.year,
                value=figure(aim.value),
                unit=say(unit_words(loaded.fact.unit)),
            )
        else:
            shown = say(N_("no target has been set"))
        return f"{where} · {shown}" if shown else where

    def below(self) -> list[str]:
        """Return the sentences under the picture: notes, then where the figures come from."""
        if self.loaded is None or not self.loaded.held:
            return []
        return [*self.panel.view.notes(), *self.panel.notes(), self.source()]

    def source(self) -> str:
        """Say where the figures shown come from: publisher, file, and whether they are samples."""
        loaded = self.loaded
        if loaded is None:
            return ""
        files = {held.id: held for held in loaded.datasets}
        if loaded.other is not None:
            files |= {held.id: held for held in loaded.other.datasets}
        if not files:
            return ""
        mark = say(C_("energy", "sample"))
        parts = []
        for held in list(files.values())[:3]:
            words = f"{publisher_name(held.publisher)}, {held.file_name}"
            parts.append(
                f"{words} ({mark})"
                if held.sample and mark.casefold() not in words.casefold()
                else words
            )
        if len(files) > 3:
            parts.append(say(NN_("and {n} more file", "and {n} more files"), n=len(files) - 3))
        points = loaded.months if self.panel.monthly() else loaded.years
        if any(p.origin == "sum" for p in points):
            parts.append(say(N_("what was not published for the whole is the sum of its parts")))
        return say(N_("Source: {source}"), source=" · ".join(parts))

    # --- what goes out

    def words(self) -> Words:
        return Words(self.title.text(), self.headed(), self.below())

    def can_export(self) -> bool:
        """Say whether there is anything to copy or save."""
        return self.loaded is not None and self.loaded.held

    def on_pack(self) -> None:
        """Put a figure of the indicator shown into the pack of a meeting."""
        if not self.can_export() or self.desk.read_only:
            return
        # Only who puts a figure into a pack needs what packs are made of.
        from ui.packs.figure_dialog import FigureDialog

        dialog = FigureDialog(
            self.window(), self.desk, indicator=self.loaded.fact.code, shown=self.on_paper()
        )
        dialog.accepted.connect(self.on_packed)
        dialog.open()

    def on_paper(self) -> dict[str, str]:
        """Return what a pack prints of the comparison or the months on screen; of years nothing."""
        loaded = self.loaded
        here = {"indicator": loaded.fact.code, "area": loaded.area}
        if loaded.other is not None:
            beside = {"other": loaded.other.fact.code, "other_area": loaded.other.area}
            return {"kind": "energy-beside", **here, **beside}
        return {"kind": "energy-months", **here} if self.panel.monthly() else {}

    def on_packed(self) -> None:
        """Say where the figure went; the pack itself stands in another room."""
        self.toast(N_("The figure is in the pack of {meeting}."), meeting=self.sender().chosen())

    # --- slots

    def on_import(self) -> None:
        """Import a file: the room does."""
        self.room.on_import()

    def on_table(self) -> None:
        """Switch between chart and table."""
        self.panel.on_table()

    def on_place(self, code: str) -> None:
        """Show another place."""
        self.room.look(area=code)

    def on_hours(self) -> None:
        """Read the hours too."""
        self.room.look(hours=True)

    def on_compare(self) -> None:
        """Ask for another indicator or place, or end the comparison."""
        if self.loaded is None or not self.loaded.held:
            return
        if self.loaded.other is not None:
            self.room.look(other=None)
            return
        dialog = Compare(self.window(), self.found)
        dialog.accepted.connect(self.on_compared)
        dialog.open()

    def on_compared(self) -> None:
        """Show what was chosen beside the indicator."""
        self.panel.show_view("trend")
        self.room.look(other=self.sender().value)

    def on_known(self) -> None:
        """Ask for the day as of which figures are shown, or come back to the present."""
        if self.loaded is not None and self.loaded.known_on is not None:
            self.room.look(known_on=None)
            return
        dialog = AsKnown(self.window())
        dialog.accepted.connect(self.on_day)
        dialog.open()

    def on_day(self) -> None:
        """Show what was known on the day that was chosen."""
        self.room.look(known_on=self.sender().value)

    def fit(self, narrow: bool, room: int) -> None:
        """Leave out what a narrow window has no room for."""
        self.narrow_window, self.room_width = narrow, room
        # Both stay commands where there is no room for their words; the name is to be read whole.
        pack = not narrow and not self.desk.read_only
        self.pack_button.setVisible(pack)
        chips = (self.sample_chip, self.known_chip)
        shown = [self.export_button, self.picture_button]
        shown += [chip for chip in chips if not chip.isHidden()] + [self.pack_button] * pack
        needed = advance("title", self.title.text()) + theme.px(BESIDE_WORDS)
        needed += sum(max(part.sizeHint().width(), part.minimumWidth()) for part in shown)
        self.picture_button.setVisible(needed <= room)
        self.panel.fit(room)


PANE = IndicatorPane
