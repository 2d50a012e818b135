"""The milestones of a commitment: a row each, and the next step of the one in front at hand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from db.vocab import MilestoneState
from gwangju_desktop import clock
from gwangju_desktop.commitments import milestones
from gwangju_desktop.commitments.rows import MilestoneRow
from gwangju_desktop.commitments.words import BROKEN_FILES
from ui import theme
from ui.commitments import shown
from ui.commitments.milestone_forms import CauseDialog, CompleteDialog, MilestoneDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

S = MilestoneState


def _number(one: MilestoneRow) -> Cell:
    return Cell(str(one.number), role="secb")


def _title(one: MilestoneRow) -> Cell:
    output = shown.named(one.output, one.output_en)
    sub = say(N_("Output: {output}"), output=output) if output else say(N_("No output yet"))
    if one.sample:
        sub = f"{say(C_('milestone', 'Sample'))} · {sub}"
    return Cell(shown.title(one), sub, role="strong", struck=one.state == S.CANCELLED)


def _days(one: MilestoneRow) -> Cell:
    actual = ""
    if one.started_on or one.completed_on:
        words = C_("milestone", "Actual {days}")
        actual = say(words, days=shown.span(one.started_on, one.completed_on))
    if one.late:
        sub = say(shown.OVERDUE, n=(clock.today() - one.due_on).days)
        return Cell(shown.span(one.starts_on, one.due_on), actual or sub, role="sec", ink="bad")
    return Cell(shown.span(one.starts_on, one.due_on), actual, role="sec")


def _weight(one: MilestoneRow) -> Cell:
    return Cell("–" if one.state == S.CANCELLED else str(one.weight), role="sec")


def _evidence(one: MilestoneRow) -> Cell:
    return shown.proofs(one, lacks=one.state == S.COMPLETED and not one.evidence)


def _state(one: MilestoneRow) -> Cell:
    if one.late:
        overdue = (clock.today() - one.due_on).days
        return Cell("", chip=say(C_("milestone", "{n} days late"), n=overdue), tone="bad")
    return Cell("", chip=shown.state(one.state), tone=shown.MILESTONE_TONES.get(one.state, "neu"))


MILESTONES = Table(
    name="milestones",
    move=milestones.move_milestone,
    columns=(
        Column("number", C_("milestone", "No."), 36, "center", cell=_number),
        Column("title", C_("milestone", "Milestone, output"), cell=_title),
        Column("days", C_("milestone", "Planned · actual"), 200, cell=_days),
        Column("weight", C_("milestone", "Weight"), 60, "right", cell=_weight),
        Column("evidence", C_("milestone", "Evidence"), 64, "right", cell=_evidence),
        Column("state", C_("milestone", "State"), 98, cell=_state),
    ),
)


class MilestoneTable(RowTable):
    """The rows; they are moved by hand while the promise may be edited."""

    def __init__(self, desk) -> None:
        super().__init__(MILESTONES, desk)
        self.frozen = True

    def movable(self) -> bool:
        return not self.frozen and super().movable()

    def move(self, id: int, by: int) -> None:
        """Move a milestone by so many places down (negative: up)."""
        if by and self.movable():
            self.desk.do(milestones.move_milestone, milestone_id=id, by=by)


class MilestoneList(QWidget):
    """The milestones with what can be done next; `evidence_wanted(id)` asks for its files."""

    evidence_wanted = Signal(int)
    note_wanted = Signal(int)
    previewed = Signal(object)

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.whole = None
        self.frozen = True
        self._added: int | None = None
        self.title = Label(N_("Milestones"), "h3")
        self.count = Label("", "cap", elide=True)
        self.add = Button(N_("Add milestone"), icon="plus", slot=self.on_add)
        self.model = MilestoneTable(page.desk)
        self.list = RowList(self.model, N_("Milestones"), height=56, fit=True)
        self.none = Label(
            N_("No milestones yet: each has an output that can be checked, and a day."),
            "sec",
            wrap=True,
        )
        self._make_tools()
        self.list.previewed.connect(self.on_row)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_step)
        column(
            row(self.title, (self.count, 1), self.add, gap=10, margins=(8, 0, 0, 0)),
            row(self.none, margins=(8, 0, 0, 0)),
            self.list,
            self.tools,
            gap=6,
            into=self,
        )

    def _make_tools(self) -> None:
        self.start = Button(C_("milestone", "Start today"), slot=self.on_start)
        self.complete = Button(C_("milestone", "Complete"), icon="check", slot=self.on_complete)
        self.cause = Button(C_("milestone", "Cause of the delay"), slot=self.on_cause)
        self.evidence = Button(C_("milestone", "Evidence"), icon="paperclip", slot=self.on_evidence)
        self.change = Button(C_("commitment", "Edit"), "ghost", "pencil", slot=self.on_change)
        self.more = Button("", "ghost", "ellipsis", name=N_("More about the milestone"))
        self.more.clicked.connect(self.on_more)
        self.menu = QMenu(self)
        self.page.writing(self.add, self.start, self.complete, self.cause, self.change, self.more)
        self.tools = row(
            self.start,
            self.complete,
            self.cause,
            self.evidence,
            None,
            self.change,
            self.more,
            margins=(8, 0, 0, 0),
            gap=6,
        )

    # --- what is shown
    def show_whole(self, whole, frozen: bool) -> None:
        """Show the milestones of a commitment; `frozen` keeps what is promised."""
        other = self.whole is None or self.whole.row.id != whole.row.id
        current = None if other else self.list.current()
        if self._added is not None:
            current, self._added = self._added, None
        self.whole, self.frozen, self.model.frozen = whole, frozen, frozen
        self.model.show(whole.milestones)
        row_ = whole.row
        self.count.say(
            NN_(
                "{n} · {done} completed · weight {share}%",
                "{n} · {done} completed · weight {share}%",
            ),
            n=len(whole.milestones),
            done=row_.completed,
            share=shown.share(row_.done_weight, row_.weight),
        )
        self.count.setVisible(bool(whole.milestones))
        if any(one.id == current for one in whole.milestones):
            self.list.choose(current)
        else:
            self.list.setCurrentIndex(self.model.index(-1, -1))
            self.list.choose_first()
        self.none.setVisible(not whole.milestones)
        self.list.setVisible(bool(whole.milestones))
        if not self.desk.read_only:
            self.add.setVisible(not frozen and whole.row.completed_on is None)
        self.show_tools()

    def choose(self, id: int) -> None:
        """Put a milestone in front."""
        self.list.choose(id)

    def current(self) -> MilestoneRow | None:
        """Return the milestone in front."""
        if self.whole is None:
            return None
        id = self.list.current()
        return next((one for one in self.whole.milestones if one.id == id), None)

    def show_tools(self) -> None:
        """Offer the steps that are next for the milestone in front."""
        one = self.current()
        self.tools.setVisible(one is not None)
        if one is None:
            return
        n = one.evidence
        self.evidence.say(NN_("{n} piece of evidence", "{n} pieces of evidence"), n=n)
        broken = say(BROKEN_FILES, n=one.broken) if one.broken else ""
        self.evidence.setToolTip(broken)
        if self.desk.read_only:
            return
        self.start.setVisible(one.state == S.NOT_STARTED)
        self.complete.setVisible(one.state in (S.NOT_STARTED, S.IN_PROGRESS))
        self.cause.setVisible(one.late or one.late_done)

    # --- what a person does
    def on_row(self, id) -> None:
        self.show_tools()
        self.previewed.emit(id)

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_add(self) -> None:
        """Promise another milestone."""
        if self.whole is None or self.desk.read_only or self.frozen:
            return
        dialog = MilestoneDialog(self.window(), self.desk, self.whole.row.id)
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self._added = self.sender().value

    def on_change(self) -> None:
        """Change what is said of the milestone in front."""
        one = self.current()
        if one is not None and not self.desk.read_only:
            MilestoneDialog(self.window(), self.desk, one.commitment_id, one, self.frozen).open()

    def on_step(self) -> None:
        """Take the next step: begin what was not begun, complete what was."""
        one = self.current()
        if one is None or self.desk.read_only:
            return
        if one.state == S.NOT_STARTED:
            self.on_start()
        elif one.state == S.IN_PROGRESS:
            self.on_complete()

    def on_start(self) -> None:
        """Begin the milestone in front today."""
        one = self.current()
        if one is not None:
            day = clock.today()
            self.desk.do(milestones.start_milestone, milestone_id=one.id, started_on=day)

    def on_complete(self) -> None:
        """Ask on which day the milestone in front was completed."""
        one = self.current()
        if one is not None:
            CompleteDialog(self.window(), self.desk, one).open()

    def on_cause(self) -> None:
        """Ask why the milestone in front is late."""
        one = self.current()
        if one is not None:
            cause = (one.delay_cause, one.delay_cause_en)
            title = f"{one.number}. {shown.title(one)}"
            CauseDialog(self.window(), self.desk, title, cause, milestone_id=one.id).open()

    def on_evidence(self) -> None:
        one = self.current()
        if one is not None:
            self.evidence_wanted.emit(one.id)

    def on_more(self) -> None:
        """Show what else can be done with the milestone in front."""
        one = self.current()
        if one is None:
            return
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        begun = one.state in (S.IN_PROGRESS, S.COMPLETED)
        offers = [(C_("milestone", "Progress note…"), "pencil", self.on_note, True)]
        words = C_("milestone", "Take the completion back")
        if one.state == S.IN_PROGRESS:
            words = C_("milestone", "Take the start back")
        offers.append((words, "undo-2", self.on_reopen, begun))
        free = not self.frozen
        words = C_("milestone", "Take up again")
        offers.append((words, "undo-2", self.on_reopen, free and one.state == S.CANCELLED))
        up = one.state in (S.NOT_STARTED, S.IN_PROGRESS)
        submitted = self.whole.frozen
        offers.append((C_("milestone", "Cancel"), "x", self.on_cancel, free and up and submitted))
        offers.append(
            (C_("milestone", "Remove"), "trash-2", self.on_remove, free and not submitted)
        )
        for label, icon, slot, fits in offers:
            if fits:
                self.menu.addAction(theme.icon(icon, "text2"), say(label)).triggered.connect(slot)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        corner.setX(corner.x() - self.menu.sizeHint().width())
        self.menu.popup(corner)

    def on_note(self) -> None:
        one = self.current()
        if one is not None:
            self.note_wanted.emit(one.id)

    def _do(self, usecase) -> None:
        one = self.current()
        if one is not None:
            self.desk.do(usecase, milestone_id=one.id)

    def on_reopen(self) -> None:
        """Take back the last step of the milestone in front."""
        self._do(milestones.reopen_milestone)

    def on_cancel(self) -> None:
        """Cancel the milestone in front: it leaves the weights and stays in the list."""
        self._do(milestones.cancel_milestone)

    def on_remove(self) -> None:
        """Take the milestone in front away; undo brings it back."""
        self._do(milestones.remove_milestone)
