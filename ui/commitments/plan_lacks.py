"""What a plan still lacks: each line says it in a sentence and leads to where it is completed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gwangju_desktop.clock import today
from gwangju_desktop.commitments import lacking
from gwangju_desktop.commitments.rows import Lack
from ui.commitments.plan_face import Face
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Label, column, row

BLOCKS = C_("lacking", "Stops the submission")
TEXTS, INSTITUTIONS, COUNTS = range(3)  # faces of the pane


@dataclass(frozen=True, slots=True)
class Line:
    """Something lacking; `id` is its place in the list."""

    id: int
    lack: Lack

    @property
    def blocks(self) -> bool:
        """Say whether the plan cannot be submitted with it."""
        return self.lack.severity == lacking.BLOCK


def _said(line: Line) -> Cell:
    return Cell(
        str(line.lack.what),
        icon="circle-alert" if line.blocks else "triangle-alert",
        ink="bad" if line.blocks else "",
    )


def _chip(line: Line) -> Cell:
    return Cell(chip=say(BLOCKS), tone="bad") if line.blocks else Cell()


class LacksFace(Face):
    """What is lacking of the plan first, then of each commitment and milestone."""

    TOUCHES = (
        *("action_plan", "commitment", "milestone", "plan_text", "plan_institution"),
        *("plan_count", "evidence", "evidence_claim"),
    )
    TABLE = Table(
        (
            Column("said", C_("lacking", "What is lacking"), cell=_said),
            Column("blocks", C_("lacking", "Follows"), 164, cell=_chip),
        )
    )

    def __init__(self, page) -> None:
        super().__init__(page)
        self.lines: list[Line] = []
        self.list = RowList(RowTable(self.TABLE), C_("plan face", "To complete"), height=36)
        self.meta = Label("", "cap", elide=True)
        self.hollow = Hollow(
            self.list,
            State(
                "circle-check",
                N_("Nothing is lacking"),
                N_("All the template asks for is there, and everything late has its cause."),
                ink="ok",
            ),
        )
        column(
            row((self.meta, 1), margins=(28, 12, 24, 8)),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            row(
                Label(N_("Enter leads to where it is completed."), "cap"),
                None,
                margins=(28, 6, 24, 8),
            ),
            gap=0,
            into=self,
        )
        self.list.opened.connect(self.on_opened)

    def ask(self) -> None:
        """Ask for what is lacking today."""
        self.desk.read(lacking.plan, then=self.on_rows, id=self.plan.id, today=today())

    def on_rows(self, rows: list[Lack]) -> None:
        """List it by what it is of."""
        self.lines = [Line(n, one) for n, one in enumerate(rows)]
        shown: list = []
        of = {
            "action_plan": N_("Action plan"),
            "plan_count": C_("plan face", "Co-creation record"),
            "commitment": C_("lacking", "Commitments"),
            "milestone": C_("lacking", "Milestones"),
        }
        for table, title in of.items():
            held = [one for one in self.lines if one.lack.table == table]
            if held:
                shown += [Group(title, len(held)), *held]
        self.list.model().show(shown)
        self.list.dress()
        self.list.choose_first()
        blocking = sum(one.blocks for one in self.lines)
        self.list.setColumnHidden(1, not blocking)
        if blocking:
            self.meta.say(
                NN_("{n} thing stops the submission.", "{n} things stop the submission."),
                n=blocking,
            )
        else:
            self.meta.say(N_("Nothing here stops the submission."))

    def panes(self) -> list[QWidget]:
        return [self.list if self.lines else self.hollow.empty]

    # --- slots
    def on_opened(self, id: int) -> None:
        """Go to where it is completed."""
        found = next((one for one in self.lines if one.id == id), None)
        if found is not None:
            self.lead(found.lack)

    def lead(self, lack: Lack) -> None:
        """Show the record, and the part of it that lacks something."""
        message, page = lack.what.message, self.page
        whole = lack.table == "action_plan"
        if message in (lacking.NO_SECTION, lacking.VALUE_UNSAID):
            page.on_part(TEXTS)
            page.front.find(None if whole else lack.row_id, lack.what.values["section"])
        elif message == lacking.NO_LEAD:
            page.on_part(INSTITUTIONS)
            page.front.on_owner(None if whole else lack.row_id)
        elif message in lacking.OF_COUNTS:
            page.on_part(COUNTS)
            if not whole:
                page.front.open(lack.row_id, lack.table)
        elif message == lacking.NO_COMMITMENTS:
            page.room.show_pane("overview")
        elif whole:
            if not self.desk.read_only:
                page.on_edit()
        else:
            page.go("commitments", lack.row_id, lack.table)
