"""Two copies that were both written to: chosen, set side by side, the list saved or printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.documents import writers
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import lists
from gwangju_desktop.handover.comparing import Comparison, Difference, FieldChange, compare
from gwangju_desktop.history import telling
from gwangju_desktop.text import words
from ui import theme
from ui.handover.parts import COPY, Deed, Opening
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, language, say
from ui.widgets.forms import Dialog
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, row

TONES = {"added": "ok", "changed": "info", "deleted": "bad", "erased": "neu"}
SHEETS = N_("Lists ({pattern})")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a record that differs, or a record without fields."""

    id: int
    record: Difference
    field: FieldChange
    first: bool


def _record(line: Line) -> Cell:
    return Cell(line.record.title if line.first else "", role="secb")


def _kind(line: Line) -> Cell:
    kind = line.record.kind
    return Cell(chip=say(telling.ACTS[kind]), tone=TONES[kind]) if line.first else Cell()


def _field(line: Line) -> Cell:
    return Cell(line.field.label)


def _before(line: Line) -> Cell:
    return Cell(line.field.before, ink="text3")


def _after(line: Line) -> Cell:
    return Cell(line.field.after)


def _who(line: Line) -> Cell:
    if not line.first:
        return Cell()
    both = say(lists.BOTH) if line.record.both else ""
    return Cell(line.record.who, chip=both, tone="warn")


def _when(line: Line) -> Cell:
    return Cell(f"{clock.local(line.record.at):%Y-%m-%d %H:%M}" if line.first else "")


DIFFERENCES = Table(
    columns=(
        Column("record", C_("two copies", "Record"), 220, cell=_record),
        Column("kind", C_("two copies", "Kind"), 76, cell=_kind),
        Column("field", C_("two copies", "Field"), 116, cell=_field),
        Column("before", C_("two copies", "Before"), 124, cell=_before),
        Column("after", C_("two copies", "After"), cell=_after),
        Column("who", C_("two copies", "Who"), 124, cell=_who, wide=True),
        Column("when", C_("two copies", "When"), 132, cell=_when, wide=True),
    )
)


def rows(found: Comparison) -> list:
    """Return both copies' differences under a heading each."""
    made: list = []
    for side in found.sides:
        made.append(Group(side.name, len(side.differences)))
        for one in side.differences:
            fields = one.fields or (FieldChange("", "", "", ""),)
            made += [Line(len(made) + n, one, field, n == 0) for n, field in enumerate(fields)]
    return made


def carry_out(work, *, one, other) -> Comparison:
    """Set two copies side by side; a job for a desk's work."""
    return compare(one[0], other[0], passphrases=(one[1], other[1]), progress=work.progress)


class CompareDialog(Deed):
    """Which two copies are set side by side."""

    def __init__(self, shell) -> None:
        here = str(shell.where) if shell.desk is not None and "://" not in shell.where else ""
        self.one = Opening(N_("One copy"), COPY, here)
        self.other = Opening(N_("The other copy"), COPY)
        super().__init__(
            shell,
            N_("Compare two copies"),
            Label(
                N_(
                    "Where two copies were both written to, nothing is merged: what each has and"
                    " the other lacks is listed record by record, to be entered by hand."
                ),
                "sec",
                wrap=True,
            ),
            self.one,
            self.other,
            button=N_("Compare"),
            icon="table",
        )
        (self.other if here else self.one).path.field.setFocus()

    def confirm(self) -> None:
        one, other = self.one.value(), self.other.value()
        if one[0].resolve() == other[0].resolve():
            raise UserError(N_("This is the same file twice."))
        self.begin(carry_out, title=N_("Comparing the copies"), one=one, other=other)

    def on_done(self, value) -> None:
        super().on_done(value)
        DifferencesDialog(self.shell, value).open()


class DifferencesDialog(Dialog):
    """What each copy did since they parted, with the list to take along."""

    def __init__(self, shell, found: Comparison) -> None:
        self.shell, self.found = shell, found
        self.model = RowTable(DIFFERENCES)
        self.list = RowList(self.model, N_("What the two copies differ in"))
        self.model.show(rows(found))
        self.list.setMinimumSize(theme.px(900), theme.px(380))
        since = clock.local(found.at) if found.at else None
        message = (
            N_("Both copies are the same up to {at}; both were written to since.")
            if found.apart
            else N_("The copies did not part: one goes on from the other, which can be replaced.")
        )
        self.csv = Button(N_("Save as CSV…"), icon="download", slot=self.on_csv)
        self.pdf = Button(N_("Save to print (PDF)…"), icon="printer", slot=self.on_pdf)
        for button in (self.csv, self.pdf):
            button.setAutoDefault(False)
        super().__init__(
            shell.window,
            N_("What the two copies differ in"),
            Label(message, "sec", wrap=True, at=f"{since:%Y-%m-%d %H:%M}" if since else "–"),
            self.list,
            row(self.csv, self.pdf, None),
            button=C_("dialog", "Close"),
            width=980,
        )
        self.cancel_button.hide()
        self.list.setFocus()

    def _target(self, title, ending: str) -> Path | None:
        name = f"{say(lists.TITLE)}{ending}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, say(title), str(Path.home() / name), say(SHEETS, pattern=f"*{ending}")
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == ending else path.with_name(path.name + ending)

    def on_csv(self) -> None:
        """Write the list for a spreadsheet."""
        target = self._target(N_("Save as CSV…"), ".csv")
        if target is not None:
            self._write(lambda: lists.write_csv(self.found, target), target)

    def on_pdf(self) -> None:
        """Write the list to be ticked off on paper."""
        target = self._target(N_("Save to print (PDF)…"), ".pdf")
        if target is not None:
            self._write(lambda: self._press(target), target)

    def _press(self, target: Path) -> None:
        composed = lists.document(self.found, words(language()))
        data = writers.write(composed, "pdf")
        with atomic_write(target, private=True) as out:
            out.write(data)

    def _write(self, act, target: Path) -> None:
        try:
            act()
        except Exception as error:
            self.on_refused(error)
            return
        self.shell.window.toast.tell(N_("Saved: {file}"), undo=False, file=target.name)
