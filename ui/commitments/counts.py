"""The co-creation record: what was counted, of which parts, by which source, with which proof."""

from __future__ import annotations

from collections.abc import Sequence

from db.vocab import CountKind
from gwangju_desktop.clock import today
from gwangju_desktop.commitments import counts
from gwangju_desktop.commitments.words import BROKEN_FILES, COUNTS
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.members.rules import named
from ui.commitments.adjust import meeting_name
from ui.commitments.plan_face import ListFace, Ordered
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, Lines, NumberField, beside
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label

MOST = 999_999
INDENT = 22
NOT_COUNTED = C_("co-creation", "not counted")
DIFFERS = N_("Parts: {sum}")
ADDS_UP = C_("co-creation", "Adds up")
FILES = NN_("{n} file", "{n} files")


class Line:
    """A number of the record, or a part of one, as the list shows it."""

    def __init__(self, row, parent=None) -> None:
        self.row, self.parent = row, parent
        self.id = row.id
        self.height = 34 if parent is not None else 48


def _label(line: Line) -> Cell:
    row = line.row
    words = named(row.label, row.label_en)
    if line.parent is not None:
        return Cell(words, indent=INDENT)
    kind = say(COUNTS[row.kind])
    where = [kind] if kind != words else []
    if row.meeting:
        where.append(row.meeting)
    if row.held_on is not None:
        where.append(day(row.held_on, "full"))
    return Cell(words, " · ".join(where), role="secb")


def _number(line: Line) -> Cell:
    if line.row.number is None:
        return Cell(say(NOT_COUNTED), ink="text3")
    return Cell(f"{line.row.number:,}", role="strong" if line.parent is None else "sec")


def _sum(line: Line) -> Cell:
    row = line.row
    if not row.parts or row.number is None:
        return Cell()
    if row.sum_differs:
        return Cell(chip=say(DIFFERS, sum=f"{row.parts_sum:,}"), tone="warn")
    if any(part.number is None for part in row.parts):
        return Cell(chip=say(C_("co-creation", "Not all counted")), tone="neu")
    return Cell(chip=say(ADDS_UP), tone="ok")


def _evidence(line: Line) -> Cell:
    if line.row.broken:
        return Cell(chip=say(BROKEN_FILES, n=line.row.broken), tone="bad", icon="paperclip")
    if line.row.evidence:
        return Cell(chip=say(FILES, n=line.row.evidence), tone="ok", icon="paperclip")
    if line.parent is not None:
        return Cell("–", ink="text3")
    return Cell(chip=say(C_("co-creation", "No evidence")), tone="warn")


class CountForm(Dialog):
    """A number of the co-creation record, or a part of one."""

    edits = ("plan_count", "row")

    def __init__(self, parent, desk, plan_id: int, line: Line | None, of=None) -> None:
        row = line.row if line else None
        self.desk, self.plan_id, self.row, self.of = desk, plan_id, row, of
        part = of is not None
        held = row or _Nothing()
        kinds = [(one.value, COUNTS[one]) for one in CountKind if one != CountKind.PART]
        kind, meeting = C_("co-creation", "What is counted"), C_("co-creation", "Meeting")
        self.kind = labelled(kind, Choice(kinds, kind, held.kind))
        self.number = labelled(
            C_("co-creation", "Number"),
            NumberField("", held.number, high=MOST, width=0),
            say(N_("Empty: not counted in the source.")),
        )
        self.label = labelled(C_("co-creation", "Label"), filled(held.label))
        self.label_en = labelled(C_("co-creation", "Label in English"), filled(held.label_en))
        self.on = labelled(C_("co-creation", "Day"), DateField("", held.held_on, 0))
        self.meeting = labelled(
            meeting, Choice([(held.meeting_id, held.meeting or C_("co-creation", "None"))], meeting)
        )
        self.source = labelled(C_("co-creation", "Source"), filled(held.source))
        note = C_("co-creation", "Note")
        self.note = labelled(note, Lines(note, held.note, 52))
        self.kind.setVisible(not part)
        self.kind.setMaximumHeight(0 if part else 16_777_215)
        if part:
            title = C_("form", "Edit the part") if row else N_("New part")
            above = Label(N_("Part of “{name}”"), "sec", wrap=True, name=_words(of))
        else:
            title = C_("form", "Edit the number") if row else N_("New number of the record")
            above = Label(
                N_("What is counted here is claimed in the plan: its evidence is linked to it."),
                "sec",
                wrap=True,
            )
        super().__init__(
            parent,
            title,
            above,
            self.kind,
            beside(self.label, self.label_en),
            beside(self.number, self.on),
            self.meeting,
            self.source,
            self.note,
            button=N_("Save") if row else C_("button", "Add"),
            width=580,
        )
        (self.label if row or part else self.kind).field.setFocus()
        desk.read(meetings.meetings, then=self.on_meetings)

    def on_meetings(self, rows) -> None:
        """Offer the meetings held so far, the latest first."""
        held = [one for one in reversed(rows) if one.starts_at.date() <= today()]
        chosen = self.row.meeting_id if self.row else None
        self.meeting.field.show_options(
            [(None, C_("co-creation", "None")), *((one.id, meeting_name(one)) for one in held)],
            chosen,
        )

    def confirm(self) -> None:
        values = {
            "label": self.label.value(),
            "label_en": self.label_en.value(),
            "number": self.number.value(),
            "held_on": self.on.value(),
            "meeting_id": self.meeting.value(),
            "source": self.source.value(),
            "note": self.note.value(),
        }
        if self.of is None:
            values["kind"] = self.kind.value()
        if self.row is not None:
            use, of = counts.edit_count, {"count_id": self.row.id}
        else:
            parent = self.of.id if self.of is not None else None
            use, of = counts.add_count, {"plan_id": self.plan_id, "parent_id": parent}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **of)


class _Nothing:
    """What a new number holds."""

    kind, number, label, label_en = CountKind.CONSULTATION.value, None, "", ""
    held_on = meeting_id = None
    meeting = source = note = ""


def _counted(part) -> str:
    """Return a part in English as it stands behind its number."""
    words = part.label_en or part.label
    return words if part.number is None else f"{part.number:,} {words}"


def _words(row) -> str:
    return named(row.label, row.label_en)


class CountsFace(ListFace):
    """Every number with its parts below it."""

    NAME = C_("plan face", "Co-creation record")
    NOTHING = (
        "users",
        N_("Nothing of the co-creation is recorded yet"),
        N_("Consultations, meetings, polls and groups are counted, each with its evidence."),
    )
    TABLE = Table(
        (
            Column("label", C_("co-creation", "What took place"), cell=_label),
            Column("number", C_("co-creation", "Number"), 92, "right", cell=_number),
            Column("sum", C_("co-creation", "Sum of the parts"), 132, cell=_sum),
            Column("evidence", C_("co-creation", "Evidence"), 116, cell=_evidence),
            Column(
                "source",
                C_("co-creation", "Source"),
                cell=lambda line: Cell(line.row.source, ink="text2"),
                wide=True,
            ),
        ),
        move=counts.move_count,
    )
    TOUCHES = ("plan_count", "evidence", "evidence_claim", "meeting")
    REMOVE = staticmethod(counts.remove_count)

    def tools(self) -> Sequence:
        self.chip = Chip()
        self.meta = Label("", "cap", elide=True)
        self.proof = Button(N_("Evidence of it"), "link", slot=self.on_proof)
        self.add_part = Button(C_("co-creation", "Add a part"), slot=self.on_add_part)
        self.add = Button(N_("Add number"), icon="plus", slot=self.on_add)
        self.page.writing(self.add, self.add_part)
        return (
            self.chip,
            (self.meta, 1),
            self.copy,
            self.proof,
            self.remove,
            self.edit,
            self.add_part,
            self.add,
        )

    def ask(self) -> None:
        """Ask for the record."""
        self.desk.read(counts.record, then=self.on_record, plan_id=self.plan.id)

    def on_record(self, record) -> None:
        """List the numbers, each with its parts."""
        lines = []
        for row in record:
            lines.append(Line(row))
            lines += [Line(part, row) for part in row.parts]
        bare = sum(not one.evidence for one in record)
        odd = sum(one.sum_differs for one in record)
        self.meta.say(NN_("{n} number of the record", "{n} numbers of the record"), n=len(record))
        self.meta.setVisible(bool(record))
        if odd:
            self.chip.say(NN_("{n} sum differs", "{n} sums differ"), "warn", n=odd)
        else:
            told = NN_("{n} without evidence", "{n} without evidence")
            self.chip.say(told if bare else "", "warn", n=bare)
        self.on_rows(lines)

    def form_text(self) -> str:
        """Return each number in English with its parts, a line each, as the plan's page has it."""
        lines = []
        for line in self.rows:
            if line.parent is not None:
                continue
            parts = ", ".join(_counted(part) for part in line.row.parts)
            number = f" ({line.row.number:,})" if line.row.number is not None else ""
            lines.append(
                f"{line.row.label_en or line.row.label}{number}" + (parts and f": {parts}")
            )
        return "\n".join(lines)

    def on_previewed(self, id) -> None:
        super().on_previewed(id)
        self.copy.setEnabled(bool(self.rows))
        shown = self.shown
        self.proof.setEnabled(shown is not None)
        if not self.desk.read_only:
            self.add_part.setEnabled(shown is not None)

    def form(self, line: Line | None) -> CountForm:
        of = line.parent if line is not None else None
        return CountForm(self.window(), self.desk, self.plan.id, line, of)

    def on_add_part(self) -> None:
        """Ask for a part of the number in front."""
        shown = self.shown
        if shown is not None:
            of = shown.parent or shown.row
            self._ask_form(CountForm(self.window(), self.desk, self.plan.id, None, of))

    def on_proof(self) -> None:
        """Show the evidence of the number in front."""
        if self.shown is not None:
            self.page.go("commitments", self.shown.id, "plan_count.evidence")

    def make_model(self) -> RowTable:
        return Ordered(self.TABLE, self)

    def siblings(self, one: Line, other: Line) -> bool:
        return one.parent == other.parent

    def move_row(self, shown: Line, target: Line, by: int) -> None:
        self.desk.do(counts.move_count, count_id=shown.id, by=by)

    def take_away(self, shown: Line) -> None:
        self.desk.do(counts.remove_count, count_id=shown.id)
