"""Imported files and what each says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.energy.queries import DatasetRow
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.text import words
from ui.energy.figures import period_name
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State, header, pair
from ui.widgets.parts import Button, Label, column, frame, row, rule

ORDER = N_(
    "Taking back an import puts the values before it back; the latest import comes first (Ctrl+Z)."
)


def _title(held: DatasetRow) -> Cell:
    return Cell(held.title, held.file_name, role="strong")


def _publisher(held: DatasetRow) -> Cell:
    return Cell(held.publisher)


def _sample(held: DatasetRow) -> Cell:
    return Cell(chip=say(C_("energy", "Sample")) if held.sample else "", tone="warn")


def _periods(held: DatasetRow) -> Cell:
    return Cell(periods(held))


def _readings(held: DatasetRow) -> Cell:
    return Cell(number(held.readings))


def _imported(held: DatasetRow) -> Cell:
    return Cell(words().day(clock.local(held.imported_at), "full"))


def periods(held: DatasetRow) -> str:
    """Return the first and last period of a file."""
    first, last = str(period_name(held.first_period)), str(period_name(held.last_period))
    if first == last:
        return first
    return say(C_("range", "{first} – {last}"), first=first, last=last)


FILES = Table(
    (
        Column("title", N_("Table and file"), cell=_title),
        Column("sample", Msg(""), 70, cell=_sample),
        Column("publisher", C_("energy", "Publisher"), 150, cell=_publisher),
        Column("periods", C_("energy", "Periods"), 150, cell=_periods),
        Column("readings", C_("energy", "Figures"), 80, "right", cell=_readings),
        Column("imported", N_("Imported on"), 110, "right", cell=_imported),
    )
)


class Datasets(QWidget):
    """The list of imported files with the provenance of the current one below."""

    def __init__(self, import_button: Button, back: Button) -> None:
        super().__init__()
        self.rows: list[DatasetRow] = []
        self.meta = Label("", "sec", elide=True)
        self.list = RowList(RowTable(FILES), N_("Imported files"), height=48)
        empty = State(
            "file-spreadsheet",
            N_("No file has been imported yet."),
            N_("Import a spreadsheet as it was published: its unit and period are read from it."),
        )
        self.file = Label("", "sec", elide=True)
        self.digest = Label("", "sec", elide=True)
        self.unit = Label("", "sec", elide=True)
        self.span = Label("", "sec", elide=True)
        self.detail = frame("inset")
        column(
            rule(),
            column(
                pair(Label(C_("energy", "File"), "cap"), self.file, 110),
                pair(Label(N_("Digest (SHA-256)"), "cap"), self.digest, 110),
                pair(Label(C_("energy", "Unit"), "cap"), self.unit, 110),
                pair(Label(C_("energy", "Periods"), "cap"), self.span, 110),
                Label(ORDER, "cap", wrap=True),
                margins=(28, 10, 24, 12),
                gap=5,
            ),
            gap=0,
            into=self.detail,
        )
        column(
            header(Label(N_("Imported files"), "title"), self.meta, back, import_button),
            (row(Hollow(self.list, empty), margins=(20, 0, 16, 0)), 1),
            self.detail,
            gap=0,
            into=self,
        )
        self.detail.hide()
        self.list.previewed.connect(self.on_previewed)

    def show_datasets(self, rows: Sequence[DatasetRow]) -> None:
        """Show the files, the latest first."""
        self.rows = sorted(rows, key=lambda held: held.id, reverse=True)
        self.meta.say(
            NN_("{n} file, {readings} figures", "{n} files, {readings} figures"),
            n=len(rows),
            readings=number(sum(held.readings for held in rows)),
        )
        self.list.model().show(self.rows)
        self.detail.setVisible(bool(rows))
        self.list.choose_first()

    def on_previewed(self, id: int) -> None:
        """Show where a file came from."""
        held = next((held for held in self.rows if held.id == id), None)
        if held is None:
            return
        self.file.say(held.file_name)
        self.digest.say(held.sha256)
        self.unit.say(unit_words(held.unit))
        self.span.say(periods(held))
