"""The chosen indicator: its name, what can be taken out of it, and its panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gwangju_desktop.energy.export import write_csv
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.members.rules import named
from ui.energy.load import Found, Loaded
from ui.energy.panel import Panel
from ui.energy.picture import compose
from ui.text import C_, N_, NN_, say
from ui.widgets.chart_scale import figure
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, scrolled


class IndicatorPane(Page):
    """One indicator under its name."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.room = None
        self.loaded: Loaded | None = None
        self.title = Label("", "title")
        self.meta = Label("", "sec", elide=True)
        self.sample_chip = Chip("")
        self.csv_button = Button("CSV", icon="download", slot=self.on_csv)
        self.csv_button.named(N_("Save figures as CSV"))
        self.picture_button = Button(N_("Copy image"), icon="image", slot=self.on_picture)
        self.pack_button = Button(
            N_("Put it into the pack"), "primary", "book-open", slot=self.on_pack
        )
        self.writing(self.pack_button)
        self.panel = Panel(desk)
        self.empty = State(
            "chart-bar",
            N_("There are no figures of this indicator yet."),
            N_("Import a spreadsheet as it was published. You see what was read before it counts."),
            self.writing(Button(N_("Import figures"), "primary", "upload", slot=self.on_import)),
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.panel))
        self.body.addWidget(self.empty)
        column(
            header(
                self.title,
                self.meta,
                self.csv_button,
                self.picture_button,
                self.pack_button,
                chips=(self.sample_chip,),
                margins=(28, 18, 24, 8),
            ),
            (self.body, 1),
            gap=0,
            into=self,
        )
        self.panel.changed.connect(self.on_panel)

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return self.panel.stops()

    # --- what is shown

    def show_found(self, found: Found) -> None:
        """Show the indicator that was read."""
        self.loaded = loaded = found.loaded
        if loaded is None:
            self.title.say(N_("Energy indicators"))
            self.meta.say("")
            self.body.setCurrentWidget(self.empty)
            return
        held = loaded.held
        self.title.say(named(loaded.fact.name_ko, loaded.fact.name_en))
        sample = any(d.sample for d in loaded.datasets)
        self.sample_chip.say(N_("Sample figures") if sample else "", "warn")
        self.body.setCurrentIndex(0 if held else 1)
        for button in (self.csv_button, self.picture_button, self.pack_button):
            button.why_not("" if held else N_("There are no figures of this indicator yet."))
        if held:
            self.panel.show_loaded(loaded)
        self.on_panel()

    def on_panel(self) -> None:
        """Say under the title and under the chart what is shown now."""
        self.panel.source.say(self.source())
        aims = self.loaded.aims
        if not self.loaded.held and aims:
            self.meta.say(
                N_("All of Gwangju · target of {year}: {value} {unit}"),
                year=aims[-1].year,
                value=figure(aims[-1].value),
                unit=unit_words(self.loaded.fact.unit),
            )
        elif self.panel.monthly():
            self.meta.say(N_("All of Gwangju · months; targets are compared by year"))
        elif aims:
            self.meta.say(N_("All of Gwangju · actual and the path to {year}"), year=aims[-1].year)
        else:
            self.meta.say(N_("All of Gwangju · no target path has been set"))

    def source(self) -> str:
        """Say where the figures shown come from: publisher, file, and whether they are samples."""
        loaded = self.loaded
        if loaded is None or not loaded.datasets:
            return ""
        parts = []
        for held in loaded.datasets[:3]:
            words = f"{held.publisher}, {held.file_name}"
            mark = say(C_("energy", "sample"))
            if held.sample and mark not in words:
                words += f" ({mark})"
            parts.append(words)
        if len(loaded.datasets) > 3:
            parts.append(
                say(NN_("and {n} more file", "and {n} more files"), n=len(loaded.datasets) - 3)
            )
        points = loaded.months if self.panel.monthly() else loaded.years
        if any(p.origin == "sum" for p in points):
            parts.append(say(N_("the city is the sum of its districts where it was not published")))
        return say(N_("Source: {source}"), source=" · ".join(parts))

    # --- slots

    def on_import(self) -> None:
        """Import a file: the room does."""
        self.room.on_import()

    def on_table(self) -> None:
        """Switch between chart and table."""
        self.panel.on_table()

    def on_csv(self) -> None:
        """Save the shown figures as a file for spreadsheets."""
        if self.loaded is None:
            return
        name = f"{self.loaded.fact.code} {self.title.text()}.csv"
        asked, _filter = QFileDialog.getSaveFileName(
            self, say(N_("Save figures as CSV")), name, "CSV (*.csv)"
        )
        if asked:
            self.save_csv(Path(asked))

    def save_csv(self, path: Path) -> None:
        """Write the shown figures to a file."""
        head, rows = self.panel.view.cells()
        write_csv(path, head, rows)
        self.toast(C_("energy", "Saved: {name}"), name=path.name)

    def on_picture(self) -> None:
        """Copy the chart with its title and source."""
        image = compose(
            self.panel.view.grab().toImage(), self.title.text(), self.meta.text(), self.source()
        )
        QGuiApplication.clipboard().setImage(image)
        self.toast(N_("The chart has been copied as an image."))

    def on_pack(self) -> None:
        """Put a figure of the indicator shown into the pack of a meeting."""
        if self.loaded is None or not self.loaded.held or self.desk.read_only:
            return
        # Only who puts a figure into a pack needs what packs are made of.
        from ui.packs.figure_dialog import FigureDialog

        dialog = FigureDialog(self.window(), self.desk, indicator=self.loaded.fact.code)
        dialog.accepted.connect(self.on_packed)
        dialog.open()

    def on_packed(self) -> None:
        """Say where the figure went; the pack itself stands in another room."""
        self.toast(N_("The figure is in the pack of {meeting}."), meeting=self.sender().chosen())

    def fit(self, narrow: bool, room: int) -> None:
        """Leave out what a narrow window has no room for."""
        # It stays a command where there is no room for its words.
        self.pack_button.setVisible(not narrow and not self.desk.read_only)
        self.panel.fit(room)


PANE = IndicatorPane
