"""Imported files and what each says of itself; the layouts by which tables are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.energy import layouts_held, queries
from gwangju_desktop.energy.export import write_text
from gwangju_desktop.energy.layouts_held import LayoutRow
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.queries import DatasetRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import words
from ui import alerts, theme
from ui.energy.asking import ask_for_layout
from ui.energy.dataset_card import DatasetCard
from ui.energy.period_words import span_text
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule

TABLES = ("dataset", "energy_source", "energy_layout", "indicator")
FILES_SHOWN, LAYOUTS_SHOWN = range(2)
LOW = 560  # px of the pane under which the card says less


def _title(held: DatasetRow) -> Cell:
    # A file's name is longer than its publisher's, and may be cut.
    return Cell(held.title, f"{publisher_name(held.publisher)} · {held.file_name}", role="strong")


def _sample(held: DatasetRow) -> Cell:
    return Cell(chip=say(C_("energy", "Sample")) if held.sample else "", tone="warn")


def _periods(held: DatasetRow) -> Cell:
    # From which day to which is enough here; the hours stand below.
    days = (period.partition("T")[0] for period in (held.first_period, held.last_period))
    return Cell(span_text(*days))


def _readings(held: DatasetRow) -> Cell:
    return Cell(number(held.readings))


def _replaced(held: DatasetRow) -> Cell:
    return Cell(number(held.replaced) if held.replaced else "–")


def _imported(held: DatasetRow) -> Cell:
    return Cell(words().day(clock.local(held.imported_at), "full"))


def periods(held: DatasetRow) -> str:
    """Return the first and last period of a file."""
    return span_text(held.first_period, held.last_period)


FILES = Table(
    (
        Column("title", N_("Table and file"), cell=_title),
        Column("sample", Msg(""), 88, cell=_sample),
        Column("periods", C_("energy", "Periods"), 184, cell=_periods),
        Column("readings", C_("energy", "Figures"), 80, "right", cell=_readings),
        Column("replaced", C_("energy", "Revised"), 70, "right", cell=_replaced, wide=True),
        Column("imported", N_("Imported on"), 110, "right", cell=_imported, wide=True),
    )
)


def _layout_title(held: LayoutRow) -> Cell:
    return Cell(held.title, held.code, role="strong")


def _own(held: LayoutRow) -> Cell:
    return Cell(chip=say(C_("table layout", "Own")) if held.own else "", tone="acc")


LAYOUTS = Table(
    (
        Column("title", C_("energy", "Table layout"), cell=_layout_title),
        Column("own", Msg(""), 88, cell=_own),
        Column(
            "publisher",
            C_("energy", "Publisher"),
            170,
            cell=lambda row: Cell(publisher_name(row.publisher)),
            wide=True,
        ),
        Column(
            "fills", C_("energy", "Indicators"), 170, cell=lambda r: Cell(", ".join(r.indicators))
        ),
        Column("unit", C_("energy", "Unit"), 70, wide=True),
        Column(
            "datasets", C_("energy", "Files"), 70, "right", cell=lambda r: Cell(number(r.datasets))
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the pane shows."""

    datasets: list[DatasetRow]
    layouts: list[LayoutRow]


def read_all(read) -> Found:
    """Return the imported files and the layouts; files are called as their table is."""
    _indicators, tables = queries.titles(read)
    held = [
        replace(row, title=named(row.title, tables.get(row.source, "")))
        for row in queries.datasets(read)
    ]
    return Found(held, layouts_held.layout_rows(read))


class DatasetsPage(Page):
    """The files, the latest first, with the provenance of the current one below; the layouts."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.rows: list[DatasetRow] = []
        self.layouts: list[LayoutRow] = []
        self._stale = True
        self._wanted: int | None = None
        self.target = Path()
        self.meta = Label("", "sec", elide=True)
        self.import_button = Button(N_("Import figures"), "primary", "upload", slot=self.on_import)
        self.add_button = Button(N_("Add a table layout …"), icon="file-plus", slot=self.on_add)
        self.remove_button = Button(C_("table layout", "Remove"), "danger", slot=self.on_remove)
        self.copy_button = Button(
            C_("table layout", "Save a copy …"), icon="download", slot=self.on_copy
        )
        self.writing(self.import_button, self.add_button, self.remove_button)
        self.segment = Segment(
            (N_("Imported files"), C_("energy", "Table layouts")),
            name=N_("What is listed"),
        )
        self.segment.chosen.connect(self.on_segment)
        self.list = RowList(RowTable(FILES), N_("Imported files"), height=48)
        self.layout_list = RowList(RowTable(LAYOUTS), C_("energy", "Table layouts"), height=48)
        self.card = DatasetCard(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._files())
        self.stack.addWidget(self._layouts())
        column(
            header(
                Label(C_("energy", "Datasets"), "title"),
                self.meta,
                self.add_button,
                self.import_button,
            ),
            row(self.segment, None, self.copy_button, self.remove_button, margins=(28, 0, 24, 8)),
            (self.stack, 1),
            gap=0,
            into=self,
        )
        self.list.previewed.connect(self.on_previewed)
        self.layout_list.previewed.connect(self.on_layout)
        self.card.undone.connect(self.on_undo)
        desk.changed.connect(self.on_changed)
        self.on_segment(FILES_SHOWN)

    def _files(self) -> QWidget:
        empty = State(
            "file-spreadsheet",
            N_("No file has been imported yet."),
            N_("Import a spreadsheet as it was published: its unit and period are read from it."),
        )
        return column(
            (row(Hollow(self.list, empty), margins=(20, 0, 16, 0)), 1),
            self.card,
            gap=0,
        )

    def _layouts(self) -> QWidget:
        told = Label(
            N_(
                "A layout says how a published table is known and what it never says of itself. "
                "For another table, copy one of those shipped and change it."
            ),
            "cap",
            wrap=True,
        )
        return column(
            (row(self.layout_list, margins=(20, 0, 16, 0)), 1),
            rule(),
            row((told, 1), margins=(28, 10, 24, 12)),
            gap=0,
        )

    # --- what a page says of itself

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return [self.layout_list if self.stack.currentIndex() else self.list]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an imported file."""
        self._wanted = id
        self.segment.choose(FILES_SHOWN)
        self.on_segment(FILES_SHOWN)
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is not None and any(held.id == self._wanted for held in self.rows):
            self.list.choose(self._wanted)
            self._wanted = None

    # --- reading

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def read(self) -> None:
        """Ask for the files and the layouts."""
        self._stale = False
        self.desk.read(read_all, then=self.on_loaded)

    def on_loaded(self, found: Found) -> None:
        """Show the files, the latest first."""
        self.rows = sorted(found.datasets, key=lambda held: held.id, reverse=True)
        self.layouts = found.layouts
        self.list.model().show(self.rows)
        self.layout_list.model().show(self.layouts)
        self.renew()
        self.card.setVisible(bool(self.rows))
        if self.list.current() is None:
            self.list.choose_first()
        else:
            self.on_previewed(self.list.current())
        self.layout_list.choose_first()
        self._show_wanted()

    def renew(self) -> None:
        """Say how much there is."""
        self.meta.say(
            NN_("{n} file, {readings} figures", "{n} files, {readings} figures"),
            n=len(self.rows),
            readings=number(sum(held.readings for held in self.rows)),
        )

    # --- slots

    def on_changed(self, changes) -> None:
        """Read again what a change concerns; off screen, later."""
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def on_segment(self, n: int) -> None:
        """Show the files or the layouts."""
        self.stack.setCurrentIndex(n)
        may = not self.desk.read_only
        self.copy_button.setVisible(n == LAYOUTS_SHOWN)
        self.add_button.setVisible(may and n == LAYOUTS_SHOWN)
        self.remove_button.setVisible(may and n == LAYOUTS_SHOWN)
        self.import_button.as_kind("primary" if n == FILES_SHOWN else "default")

    def on_previewed(self, id: int) -> None:
        """Show where a file came from."""
        held = next((held for held in self.rows if held.id == id), None)
        if held is not None:
            names = self.room.names() if hasattr(self, "room") else {}
            self.card.show_dataset(held, periods(held), names)
            self.moved.emit(id, "dataset")

    def on_layout(self, id: int) -> None:
        """Offer to remove a layout of this office's own."""
        held = next((held for held in self.layouts if held.id == id), None)
        shipped = N_("This layout is part of the program.")
        self.remove_button.why_not("" if held is not None and held.own else shipped)

    def on_import(self) -> None:
        """Choose files to import."""
        self.room.on_import()

    def on_undo(self, entry: int) -> None:
        """Take a file's import back as a whole; a later file on top of it refuses that."""
        self.desk.undo(entry)

    def on_add(self) -> None:
        """Choose a file that declares a table."""
        path = ask_for_layout(self)
        if path is not None:
            self.add(path)

    def add(self, path: Path) -> None:
        """Keep a table layout."""
        try:
            declaration = layouts_held.read_declaration(path)
        except UserError as error:
            alerts.tell(error)
            return
        self.desk.do(layouts_held.add_layout, declaration=declaration, file_name=path.name)

    def on_remove(self) -> None:
        """Forget the layout in front."""
        held = self.layout_list.current()
        if held is not None:
            self.desk.do(layouts_held.remove_layout, id=held)

    def on_copy(self) -> None:
        """Choose where the layout in front is written to, as a pattern for another."""
        held = next((one for one in self.layouts if one.id == self.layout_list.current()), None)
        if held is None:
            return
        asked, _filter = QFileDialog.getSaveFileName(
            self, say(N_("Save a copy of the layout")), f"{held.code}.toml", "TOML (*.toml)"
        )
        if asked:
            self.target = Path(asked)
            self.desk.read(layouts_held.declaration, then=self.on_declaration, code=held.code)

    def on_declaration(self, text: str) -> None:
        """Write the copy."""
        write_text(self.target, text)
        self.toast(C_("energy", "Saved: {name}"), name=self.target.name)

    # --- events

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.card.fit(self.height() < theme.px(LOW))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.renew()
            if self.isVisible():
                self.read()
            else:
                self._stale = True


PANE = DatasetsPage
