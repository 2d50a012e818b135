"""What an import would do, row by row, before anything counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.members.importing.model import KINDS, Change, Plan, Row
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Check, Field
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Icon, Label, column, frame, row

WORDS: dict[str, Msg] = {
    "refused": C_("import", "Refused {n:,}"),
    "conflict": C_("import", "To settle {n:,}"),
    "alike": C_("import", "Look-alikes {n:,}"),
    "flagged": C_("import", "Flagged {n:,}"),
    "add": C_("import", "Added {n:,}"),
    "change": C_("import", "Changed {n:,}"),
    "same": C_("import", "Unchanged {n:,}"),
}
ICONS = {
    "refused": ("x", "bad"),
    "conflict": ("circle-alert", "warn"),
    "alike": ("files", "acc"),
    "flagged": ("circle-alert", "warn"),
    "add": ("plus", "ok"),
    "change": ("pencil", "acc"),
    "same": ("check", "text3"),
}
# What needs eyes first.
EYES = ("conflict", "refused", "alike", "flagged", "add", "change", "same")
NEW = C_("import", "New: {what}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the preview's list."""

    id: int
    row: Row
    says: Callable[[Row], str]

    @property
    def what(self) -> str:
        """What becomes of it, in words; made when it is seen."""
        return self.says(self.row)


def line_cell(shown: Shown) -> Cell:
    """Show a row's line in the file with the sign of what becomes of it."""
    icon, ink = ICONS[shown.row.kind]
    return Cell(f"{shown.row.line:,}", icon=icon, ink=ink)


ROWS = Table(
    (
        Column("line", N_("Line"), 84, cell=line_cell),
        Column("name", N_("Name"), 150, cell=lambda one: Cell(one.row.name, role="secb")),
        Column("where", N_("Where"), 170, cell=lambda one: Cell(one.row.where)),
        Column("what", N_("What happens"), cell=lambda one: Cell(one.what)),
    )
)


class Preview(QWidget):
    """The rows of one kind at a time, and for a conflict the ways out of it.

    `told` says a change in words, `adds` what the rows add; `table` names the columns where these
    are not lines of people, `kinds` what may become of a row where it is not the usual.
    """

    settled = Signal(int, str)  # a conflict's line, the choice

    def __init__(
        self,
        told: Callable[[Change], str],
        adds: Mapping[str, Msg],
        table: Table = ROWS,
        kinds: Sequence[str] = KINDS,
    ) -> None:
        super().__init__()
        self.told, self.adds = told, adds
        self.plan: Plan | None = None
        self.kinds: list[str] = list(kinds)
        self.checks: list[Check] = []
        self.keys: list[str] = []
        self.line = 0
        self.segment = Segment(["–"] * len(self.kinds), 0, N_("Kinds of rows"))
        self.segment.chosen.connect(self.on_kind)
        self.search = Field(N_("Find in the rows"), search=True)
        self.search.typing.connect(self.on_typing)
        self.remarks = Label("", "sec", "text2", wrap=True)
        self.ignored = Label("", "cap", wrap=True)
        self.model = RowTable(table)
        self.list = RowList(self.model, N_("Rows of the file"), height=32)
        self.list.previewed.connect(self.on_row)
        self.nothing = Label(N_("No rows of this kind."), "sec", "text3", align=Align.AlignHCenter)
        self.detail = frame("inset")
        self.why = Label("", "sec", wrap=True)
        self.icon = Icon("circle-alert", "warn")
        self.ways = column(gap=4)
        column(
            row((self.icon, Align.AlignTop), (self.why, 1)),
            self.ways,
            margins=(14, 10, 14, 10),
            gap=6,
            into=self.detail,
        )
        column(
            row(self.segment, None, self.search),
            self.remarks,
            (self.list, 1),
            self.nothing,
            self.detail,
            self.ignored,
            gap=8,
            into=self,
        )

    def show_plan(self, plan: Plan) -> None:
        """Show what an import would do; the kind that needs eyes first stays in front."""
        first = self.plan is None
        self.plan = plan
        for part, kind in zip(self.segment.parts, self.kinds, strict=True):
            part.say(WORDS[kind], n=plan.counts[kind])
        self.remarks.say(" ".join(str(remark) for remark in plan.remarks))
        self.remarks.setVisible(bool(plan.remarks))
        self.ignored.say(N_("Columns that are not read: {names}"), names=", ".join(plan.ignored))
        self.ignored.setVisible(bool(plan.ignored))
        kind = self.kinds[self.segment.current()]
        if first or not plan.counts[kind]:
            kind = next((one for one in EYES if plan.counts.get(one)), "same")
            self.segment.choose(self.kinds.index(kind))
        self._fill()

    def forget(self) -> None:
        """Show the next plan as the first."""
        self.plan = None

    def _fill(self) -> None:
        assert self.plan is not None
        kind = self.kinds[self.segment.current()]
        words = self.search.value().casefold()
        rows = [Shown(r.line, r, self._what) for r in self.plan.rows if r.kind == kind]
        if words:
            rows = [
                one
                for one in rows
                if words in f"{one.row.line} {one.row.name} {one.row.where} {one.what}".casefold()
            ]
        self.model.show(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.detail.hide()
        if rows:
            places = [one.id for one in rows]
            self.list.clearSelection()
            self.list.choose(self.line if self.line in places else places[0])
            self.on_row(self.list.current())

    def _what(self, one: Row) -> str:
        """Say what becomes of a row."""
        if one.why is not None:
            return (f"[{one.column}] " if one.column else "") + str(one.why)
        new = say(NEW, what=", ".join(say(self.adds[key]) for key in one.adds))
        changed = [self.told(change) for change in one.changes]
        return " · ".join([new, *changed] if one.adds else changed)

    # --- slots

    def on_kind(self, _n: int) -> None:
        """Show the rows of another kind."""
        self._fill()

    def on_typing(self, _words: str) -> None:
        """Show the rows that hold what is typed."""
        self._fill()

    def on_row(self, line: object) -> None:
        """Show a row whole, with the ways out of a conflict."""
        place = self.model.place(line)
        if place < 0:
            return
        shown = self.model.row(place)
        self.line = shown.row.line
        self.icon.show_icon(*ICONS[shown.row.kind])
        self.why.say(shown.what)
        for check in self.checks:
            check.hide()
            check.deleteLater()
        self.checks, self.keys = [], []
        for choice in shown.row.choices:
            check = Check(str(choice.says), shown.row.chosen == choice.key)
            check.clicked.connect(self.on_way)
            self.ways.layout().addWidget(check)
            self.checks.append(check)
            self.keys.append(choice.key)
        self.ways.setVisible(bool(self.checks))
        self.detail.setVisible(bool(shown.what))

    def on_way(self) -> None:
        """Settle a conflict."""
        at = self.checks.index(self.sender())
        self.settled.emit(self.line, self.keys[at])
