"""The opinions asked of departments: who owes one, the longest over due first, and who answered."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from gwangju_desktop import clock
from gwangju_desktop.proposals import queries
from gwangju_desktop.proposals.rows import SOON_DAYS, AskedRow
from gwangju_desktop.proposals.words import STANCES
from ui import theme
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.proposals.opinion_forms import AnswerDialog, RequestDialog, WithdrawDialog
from ui.text import C_, N_, NN_, Msg, day, say
from ui.widgets.forms import Check, Choice, Prose
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, row, rule

SETTLE_MS = 150
PROSE_HEIGHT = 92
WATCHED = ("proposal_opinion", "proposal")
STANCE_TONES = {"adopt": "ok", "partly": "ok", "not_adopt": "bad", "defer": "warn"}


def what(one: AskedRow) -> Cell:
    """Show the proposal an opinion is about, and whether the department leads."""
    lead = C_("opinion", "Lead department") if one.leads else C_("opinion", "Joining department")
    sub = " · ".join(filter(None, (one.number, say(lead))))
    return Cell(one.title, sub, role="secb", ink="" if one.open else "text3")


def due(one: AskedRow) -> Cell:
    """Show the day an opinion is due and how far away it is; one that came shows when."""
    if not one.open:
        return Cell(say(N_("{day:full} answered"), day=one.answered_on), ink="text3")
    if one.late:
        words = NN_("{due:full} ({n} day overdue)", "{due:full} ({n} days overdue)")
        return Cell(say(words, due=one.due_on, n=-one.days), ink="bad", role="secb")
    near = one.days <= SOON_DAYS
    words = f"{day(one.due_on, 'full')} D-{one.days}"
    return Cell(words, ink="warn" if near else "", role="secb" if near else "sec")


def stance(one: AskedRow) -> Cell:
    """Show what the department recommends once it answered."""
    if one.open:
        return Cell("–", ink="text3")
    return Cell(chip=say(STANCES[one.stance]), tone=STANCE_TONES.get(one.stance, "neu"))


OPINIONS = Table(
    columns=(
        Column("title", C_("proposals", "Proposal"), cell=what),
        Column(
            "asked_on",
            C_("opinion", "Asked on"),
            112,
            cell=lambda o: Cell(day(o.asked_on, "full")),
            wide=True,
        ),
        Column("stance", C_("opinion", "Recommendation"), 128, cell=stance),
        Column("due", C_("opinion", "Due"), 196, "right", cell=due),
    )
)


class BoardPage(Page):
    """All opinions by department; the one in front can be answered in place."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.found: list = []
        self.rows: dict[int, AskedRow] = {}
        self._wanted: int | None = None
        self.sums = Label("", "cap", elide=True)
        self.department = Choice([("", N_("All departments"))], N_("Department"))
        self.late = Check(N_("Overdue only"))
        self.list = RowList(RowTable(OPINIONS), C_("pane", "Department opinions"), height=46)
        empty = State(
            "building-2",
            N_("No opinion is waited for"),
            N_("Opinions asked of departments are gathered here, the longest overdue first."),
        )
        self.hollow = Hollow(self.list, empty)
        self.chosen, self.told = Label("", "secb", elide=True), Label("", "cap", elide=True)
        self.prose = Prose(C_("opinion", "What it wrote"), read_only=True)
        self.prose.document().setDocumentMargin(0)
        self.answer = Button(C_("opinion", "Enter the opinion"), icon="pencil", slot=self.on_answer)
        self.show_button = Button(N_("Open the proposal"), icon="arrow-right", slot=self.on_show)
        self.withdraw = Button(
            C_("opinion", "Withdraw the request"), "ghost", slot=self.on_withdraw
        )
        self.correct = Button(C_("opinion", "Correct the request"), "ghost", slot=self.on_correct)
        self._lay_out()
        self.department.currentIndexChanged.connect(self.show_rows)
        self.late.toggled.connect(self.show_rows)
        self.list.previewed.connect(self.on_current)
        self.list.opened.connect(self.on_show)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        desk.changed.connect(self.on_changed)
        self.look()

    def _lay_out(self) -> None:
        asked = (self.writing(self.correct), self.writing(self.withdraw))
        tools = row(self.show_button, *asked, self.writing(self.answer), gap=6)
        self.foot = column(
            rule(),
            row((column(self.chosen, self.told, gap=2), 1), tools, margins=(28, 8, 24, 0), gap=12),
            row(self.prose, margins=(28, 0, 24, 0)),
            gap=6,
        )
        self.foot.hide()
        column(
            row(
                Label(N_("Opinions waited for"), "h2"),
                (self.sums, 1),
                self.late,
                self.department,
                margins=(28, 12, 24, 8),
                gap=10,
            ),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            self.foot,
            gap=0,
            margins=(0, 0, 0, 8),
            into=self,
        )
        self.dress()

    def dress(self) -> None:
        """Give the words the height they need, up to a few lines; more is scrolled."""
        needed = self.prose.document().size().height() + 2
        self.prose.setFixedHeight(round(min(needed, theme.px(PROSE_HEIGHT))))

    def changeEvent(self, event) -> None:
        if hasattr(self, "settle"):
            if event.type() == event.Type.StyleChange:
                self.dress()
            elif event.type() == event.Type.LanguageChange:
                self.show_rows()
        super().changeEvent(event)

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        return [self.list, self.prose] if self.foot.isVisible() else [self.list]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Put an opinion in front, whatever the list was narrowed to."""
        if id is None:
            return
        self._wanted = id
        self.look()
        self.moved.emit(id, "proposal_opinion")

    # --- what is shown
    def look(self) -> None:
        """Read the board anew."""
        self.desk.read(queries.board, then=self.on_board, today=clock.today())

    def on_board(self, found) -> None:
        self.found = found
        names = [("", N_("All departments"))]
        names += [(one.department, one.department) for one in found]
        if names != self.department.options:
            self.department.blockSignals(True)
            self.department.show_options(names, self.department.value())
            self.department.blockSignals(False)
        self.show_rows()

    def show_rows(self, *_ignored) -> None:
        """Show the departments chosen, each under its name."""
        if self._wanted is not None and self._wanted in self._ids(self.found):
            self._widen()
        late, chosen = self.late.isChecked(), self.department.value() or ""
        shown: list = []
        for one in self.found:
            rows = [row for row in one.asked if row.late or not late]
            rows += [] if late else one.answered
            if rows and chosen in ("", one.department):
                shown += [self._group(one), *rows]
        self.rows = {one.id: one for one in shown if isinstance(one, AskedRow)}
        current = self._wanted if self._wanted in self.rows else self.list.current()
        self.list.model().show(shown)
        if current in self.rows:
            self.list.choose(current)
            self._wanted = None
        elif shown:
            self.list.clearSelection()
            self.list.choose_first()
        self._sum()
        self.on_current()

    @staticmethod
    def _ids(found) -> set[int]:
        return {row.id for one in found for row in (*one.asked, *one.answered)}

    def _widen(self) -> None:
        """Take the filters away that hide the one asked for."""
        wanted = next(
            row
            for one in self.found
            for row in (*one.asked, *one.answered)
            if row.id == self._wanted
        )
        if self.late.isChecked() and not wanted.late:
            self.late.blockSignals(True)
            self.late.setChecked(False)
            self.late.blockSignals(False)
        if self.department.value() not in ("", wanted.department):
            self.department.blockSignals(True)
            self.department.choose("")
            self.department.blockSignals(False)

    def _group(self, one) -> Group:
        words: Msg = (
            N_("{n} waited for · {late} overdue") if one.late else C_("opinion", "{n} waited for")
        )
        told = say(words, n=len(one.asked), late=one.late)
        return Group(one.department, told, "bad" if one.late else "text3")

    def _sum(self) -> None:
        asked = sum(len(one.asked) for one in self.found)
        late = sum(one.late for one in self.found)
        words = (
            N_("{n} awaited, departments: {departments} · {late} overdue · answers of {days} days")
            if asked
            else ""
        )
        waiting = sum(bool(one.asked) for one in self.found)
        days = queries.ANSWERED_DAYS
        self.sums.say(words, n=asked, departments=waiting, late=late, days=days)

    @property
    def current(self) -> AskedRow | None:
        """Return the opinion in front."""
        return self.rows.get(self.list.current())

    def on_current(self, _id=None) -> None:
        """Show what was asked and what was answered."""
        one = self.current
        self.foot.setVisible(one is not None)
        if one is None:
            return
        self.chosen.say(" · ".join(filter(None, (one.department, one.title))))
        if one.proposal_due_on is None:
            self.told.say(N_("Asked on {asked:full}"), asked=one.asked_on)
        else:
            words = N_("Asked on {asked:full} · the proposal is due on {due:full}")
            self.told.say(words, asked=one.asked_on, due=one.proposal_due_on)
        text = one.question if one.open else "\n".join(filter(None, (one.question, one.text)))
        self.prose.setVisible(bool(text))
        self.prose.show_text(text)
        self.dress()
        for button in (self.correct, self.withdraw):
            button.setVisible(one.open and not self.desk.read_only)

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED):
            self.settle.start()

    # --- what a person does
    def on_show(self, _id=None) -> None:
        """Open the proposal the opinion is about."""
        if self.current is not None:
            self.go("proposals", self.current.proposal_id, "proposal")

    def on_answer(self) -> None:
        """Enter what the department wrote."""
        if self.current is not None and not self.desk.read_only:
            AnswerDialog(self, self.current).open()

    def on_correct(self) -> None:
        """Correct what was asked and until when."""
        if self.current is not None and self.current.open and not self.desk.read_only:
            RequestDialog(self, self.current).open()

    def on_withdraw(self) -> None:
        """Say that the opinion is not waited for any more."""
        if self.current is not None and self.current.open and not self.desk.read_only:
            WithdrawDialog(self, self.current).open()


PANE = BoardPage
