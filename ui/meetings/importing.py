"""Import a meeting register: choose, say which column holds what, look, take in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.meetings.importing import apply, columns, reading
from gwangju_desktop.meetings.importing import preview as planning
from gwangju_desktop.meetings.importing.fields import FIELDS
from gwangju_desktop.meetings.importing.model import Options
from gwangju_desktop.members.importing.model import Change
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.rules import named
from ui.importing.columns import Columns
from ui.importing.frame import Words
from ui.importing.lists import Jobs, ListImport
from ui.importing.preview import Preview, Shown, line_cell
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Choice, Labelled
from ui.widgets.parts import row

ADDS: dict[str, Msg] = {
    "meeting": C_("register", "a meeting"),
    "item": C_("register", "an item"),
    "vote": C_("register", "its counts"),
}


def _name(shown: Shown) -> Cell:
    return Cell(shown.row.name, role="secb")


ROWS = Table(
    (
        Column("line", N_("Line"), 84, cell=line_cell),
        Column("name", N_("Item or meeting"), 190, cell=_name),
        Column("where", N_("Body and day"), 190, cell=lambda shown: Cell(shown.row.where)),
        Column("what", N_("What happens"), cell=lambda shown: Cell(shown.what)),
    )
)
WORDS = Words(
    title=N_("Import a meeting register"),
    drop=N_("Drop a meeting register here"),
    forms=N_("CSV or XLSX with a row of titles; one row for each meeting or for each item."),
    choose=N_("Choose a file"),
    refused=N_("This register cannot be read."),
    kinds=N_("Registers ({suffixes})"),
    suffixes=reading.SUFFIXES,
)
JOBS = Jobs(
    reading,
    columns,
    planning,
    apply.import_meetings,
    N_("Comparing {file} with the meetings"),
    N_("Comparing the register with the meetings"),
)


class RegisterColumns(Columns):
    """The columns of a register, and the body all its meetings are of."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.body = Labelled(N_("Meetings of"), Choice((), N_("Meetings of"), width=340))
        super().__init__(
            {key: field.title for key, field in FIELDS.items()},
            row(self.body, None),
            note=N_("A row that names no meeting goes on with the one above: its next item."),
            untitled=("timeline",),
        )

    def show_list(self, source: Source, mapped: tuple[str, ...], bodies, body_id) -> None:
        """Show a register's columns, how they are taken, and whose meetings they may be."""
        self.source = source
        options = [(None, N_("The bodies the file names"))]
        options += [(one.id, named(one.name_ko, one.name_en)) for one in bodies]
        self.body.field.show_options(options, body_id)
        self.show_source(source, mapped)

    def mapped(self) -> tuple[str, ...]:
        """Return each column's field; raise UserError when none holds the days."""
        columns.check(self.source, self.chosen())
        return self.chosen()

    def options(self) -> Options:
        """Return what was said of the whole file."""
        return Options(body_id=self.body.value())


def change_words(change: Change) -> str:
    """Say a change: the field, what was held, what would be."""
    old, new = (planning.shown(change.field, value) for value in (change.old, change.new))
    told = N_("{field}: {old} → {new}")
    return say(told, field=FIELDS[change.field].title, old=old or "–", new=new or "–")


class RegisterDialog(ListImport):
    """A register of meetings that were held; what goes in stays in."""

    def __init__(
        self, parent: QWidget, desk, body_id: int | None = None, path: Path | None = None
    ) -> None:
        preview = Preview(change_words, ADDS, ROWS)
        super().__init__(parent, desk, WORDS, JOBS, RegisterColumns(), preview, body_id, path)

    def _judge(self) -> None:
        """Count meetings on the button: rows are only how the file tells of them."""
        super()._judge()
        n = len(self.plan.new)
        if n:
            self.button.say(NN_("Import {n:,} meeting", "Import {n:,} meetings"), n=n)
