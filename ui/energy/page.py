"""Energy indicators: actual against target, the span under the brush, the five districts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gwangju_desktop.energy.export import write_csv
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy import load
from ui.energy.datasets import Datasets
from ui.energy.figures import period_name
from ui.energy.import_dialog import ImportDialog
from ui.energy.load import Loaded
from ui.energy.panel import Panel
from ui.energy.picker import Picker
from ui.energy.picture import compose
from ui.settings import kept
from ui.text import C_, N_, NN_, say
from ui.widgets.chart_scale import figure
from ui.widgets.page import RAIL_BELOW, Page, State, header
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row, scrolled

TABLES = ("dataset", "indicator", "target", "indicator_source", "energy_source", "area")
LAST = "energy/indicator"


class EnergyPage(Page):
    """Indicators at the left, the chosen one at the right, or the files they come from."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.loaded: Loaded | None = None
        self.code = kept.text(LAST, "EL01")
        self._stale = True
        self._wanted: tuple[int | None, str] = (None, "")
        self.areas: dict[str, str] = {}
        self.picker = Picker()
        self.title = Label("", "title")
        self.meta = Label("", "sec", elide=True)
        self.sample_chip = Chip("")
        self.csv_button = Button("CSV", icon="download", slot=self.on_csv)
        self.csv_button.named(N_("Save figures as CSV"))
        self.picture_button = Button(N_("Copy image"), icon="image", slot=self.on_picture)
        self.pack_button = Button(N_("Put it into the pack"), icon="book-open", slot=self.on_pack)
        self.writing(self.pack_button)
        self.import_button = self._import_button("primary")
        self.panel = Panel()
        self.empty = State(
            "chart-bar",
            N_("There are no figures of this indicator yet."),
            N_("Import a spreadsheet as it was published. You see what was read before it counts."),
            self._import_button("primary"),
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.panel))
        self.body.addWidget(self.empty)
        figures = QWidget()
        column(
            header(
                self.title,
                self.meta,
                self.csv_button,
                self.picture_button,
                self.pack_button,
                self.import_button,
                chips=(self.sample_chip,),
                margins=(28, 18, 24, 8),
            ),
            (self.body, 1),
            gap=0,
            into=figures,
        )
        back = Button(
            N_("Back to the indicators"), "ghost", "chevron-left", slot=self.on_indicators
        )
        self.datasets = Datasets(self._import_button("primary"), back)
        self.right = QStackedWidget()
        self.right.addWidget(figures)
        self.right.addWidget(self.datasets)
        row(self.picker, (self.right, 1), gap=0, into=self)
        self.picker.picked.connect(self.on_picked)
        self.picker.sources.clicked.connect(self.on_datasets)
        self.panel.changed.connect(self.on_panel)
        desk.changed.connect(self.on_changed)

    def _import_button(self, kind: str) -> Button:
        button = Button(N_("Import figures"), kind, "upload", slot=self.on_import)
        self.writing(button)
        return button

    # --- what a page says of itself

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        if self.right.currentWidget() is self.datasets:
            return [self.picker.list, self.datasets.list]
        return [self.picker.list, self.panel.chart, self.panel.brush.edges[0]]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an indicator or an imported file."""
        self._wanted = (id, table)
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Show what was asked for, once its rows are here."""
        id, table = self._wanted
        if id is None or not self.picker.facts:
            return
        self._wanted = (None, "")
        if table == "dataset":
            self.right.setCurrentWidget(self.datasets)
            self.datasets.list.choose(id)
        elif table in ("", "indicator"):
            self.right.setCurrentIndex(0)
            self.picker.search.clear()
            self.picker.list.choose(id)

    def take(self, paths: list[Path]) -> None:
        """Import files dropped on the window."""
        if not self.desk.read_only:
            self._import(paths)

    # --- reading

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def read(self) -> None:
        """Ask for the indicators and everything of the current one."""
        self._stale = False
        self.desk.read(load.page, then=self.on_loaded, code=self.code)

    def on_loaded(self, found) -> None:
        """Show what was read."""
        self.loaded = found.loaded
        self.areas = {area.code: named(area.name_ko, area.name_en) for area in found.areas}
        if found.loaded is not None:
            self.code = found.loaded.fact.code
        self.picker.show_indicators(found.indicators, self.code)
        self.datasets.show_datasets(found.datasets)
        self.renew()
        self._show_wanted()

    def renew(self) -> None:
        """Show what is loaded: after a read and after a change of language."""
        loaded = self.loaded
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
        self.import_button.setVisible(held and not self.desk.read_only)
        if held:
            self.panel.show_loaded(loaded)
        self.on_panel()
        points = loaded.months or loaded.years
        last = str(period_name(points[-1].period)) if points else ""
        publishers = " · ".join(sorted({d.publisher for d in loaded.datasets}))
        self.picker.show_basis(last, publishers, sample)

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

    def on_changed(self, changes) -> None:
        """Read again what a change concerns; off screen, later."""
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def on_picked(self, code: str) -> None:
        """Show another indicator."""
        self.code = code
        kept.keep(LAST, code)
        self.right.setCurrentIndex(0)
        self.moved.emit(next(f.id for f in self.picker.facts if f.code == code), "indicator")
        self.read()

    def on_datasets(self) -> None:
        """Show the imported files."""
        self.right.setCurrentWidget(self.datasets)
        self.datasets.list.setFocus()

    def on_indicators(self) -> None:
        """Go back from the files to the figures."""
        self.right.setCurrentIndex(0)
        self.picker.list.setFocus()

    def on_find(self) -> None:
        """Type to find an indicator."""
        self.picker.search.setFocus()
        self.picker.search.selectAll()

    def on_table(self) -> None:
        """Switch between chart and table."""
        self.right.setCurrentIndex(0)
        self.panel.on_table()

    def on_import(self) -> None:
        """Choose files to import."""
        self._import([])

    def _import(self, paths: list[Path]) -> None:
        names = {fact.code: named(fact.name_ko, fact.name_en) for fact in self.picker.facts}
        ImportDialog(self.window(), self.desk, paths, names | self.areas).open()

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
        head, rows = self.panel.table.cells()
        write_csv(path, head, rows)
        self.toast(C_("energy", "Saved: {name}"), name=path.name)

    def on_picture(self) -> None:
        """Copy the chart with its title and source."""
        image = compose(
            self.panel.chart.picture(), self.title.text(), self.meta.text(), self.source()
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

    # --- events

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what a narrow window has no room for."""
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        self.picker.fit(narrow)
        # It stays a command where there is no room for its words.
        self.pack_button.setVisible(not narrow and not self.desk.read_only)
        self.panel.fit(self.width() - self.picker.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.loaded is not None:
            self.renew()
        elif event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)


PAGE = EnergyPage
