"""The votes and amendments of the item in front, with what can be done to each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import AmendmentState, Verdict, VoteMethod, VoteState, VoteSubject
from gwangju_desktop.meetings import amendments, deciding, elections
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.words import (
    AMENDMENT_STATES,
    VERDICTS,
    VOTE_METHODS,
    VOTE_STATES,
    VOTE_SUBJECTS,
)
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say, words
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

RESULT_TONES = {Verdict.CARRIED: "ok", Verdict.LOST: "bad", Verdict.TIE: "warn"}
STATE_TONES = {
    AmendmentState.PROPOSED: "acc",
    AmendmentState.CARRIED: "ok",
    AmendmentState.LOST: "bad",
    AmendmentState.WITHDRAWN: "neu",
}


def vote_cell(vote) -> Cell:
    """Say what a vote was about, how it was taken, and its arithmetic."""
    title = say(VOTE_SUBJECTS[vote.subject])
    if vote.label:
        title = f"{title} · {vote.label}"
    return Cell(
        f"{title} · {say(VOTE_METHODS[vote.method])}", sub=retold(vote.explanation, words())
    )


def result_cell(vote) -> Cell:
    """Say how a vote ended, or that it is open."""
    if vote.state == VoteState.OPEN:
        return Cell(chip=say(VOTE_STATES[vote.state]), tone="acc")
    result = Verdict(vote.result)
    return Cell(chip=say(VERDICTS[result]), tone=RESULT_TONES.get(result, "neu"))


def amendment_cell(amendment) -> Cell:
    """Show an amendment with who moved and seconded it."""
    message = N_("Moved by {mover}, seconded by {seconder}")
    if not amendment.seconder:
        message = N_("Moved by {mover}, not seconded yet")
    sub = say(message, mover=amendment.mover, seconder=amendment.seconder)
    return Cell(amendment.text.replace("\n", " "), sub=sub)


def amendment_state(amendment) -> Cell:
    """Say what became of an amendment."""
    state = AmendmentState(amendment.state)
    return Cell(chip=say(AMENDMENT_STATES[state]), tone=STATE_TONES[state])


VOTES = Table(
    columns=(
        Column("what", C_("list", "Vote"), cell=vote_cell),
        Column("result", C_("list", "Result"), 92, cell=result_cell),
    )
)
AMENDMENTS = Table(
    columns=(
        Column("text", C_("list", "Amendment"), cell=amendment_cell),
        Column("state", C_("list", "State"), 92, cell=amendment_state),
    )
)


class Votes(QWidget):
    """Below the form: amendments first, for they are voted on first, then every vote."""

    def __init__(self, block) -> None:
        super().__init__()
        self.block, self.panel, self.open = block, None, False
        view = block.view
        self.amendments = RowList(
            RowTable(AMENDMENTS), N_("Amendments"), height=46, header=False, fit=True
        )
        self.votes = RowList(
            RowTable(VOTES), C_("list", "Votes"), height=46, header=False, fit=True
        )
        self.amendments.previewed.connect(self.on_current)
        self.votes.previewed.connect(self.on_current)
        self.votes.opened.connect(self.on_go_on)
        self.agree = Button(N_("No objection"), "link", slot=self.on_agree)
        self.put = Button(C_("button", "Vote"), "link", slot=self.on_put)
        self.second = Button(C_("button", "Second"), "link", slot=self.on_second)
        self.drop = Button(C_("button", "Withdraw"), "link", slot=self.on_drop)
        self.compare = Button(N_("Original beside amendment"), "link", slot=self.on_compare)
        self.go_on = Button(N_("Go on counting"), "link", slot=self.on_go_on)
        self.break_off = Button(N_("Break off"), "link", slot=self.on_break_off)
        self.run_off = Button(N_("Run-off"), "link", slot=self.on_run_off)
        self.move = Button(N_("Move an amendment"), slot=self.on_move)
        self.roll = Button(C_("vote", "Roll call"), slot=self.on_roll)
        self.elect = Button(C_("vote", "Election"), slot=self.on_elect)
        self.other = Button(N_("Other vote"), slot=self.on_other)
        self.tools = row(self.move, self.roll, self.elect, self.other, None, gap=6)
        view.writing(self.tools)
        self.amended = column(
            row(Label(N_("Amendments"), "secb"), None, self.compare, gap=8),
            self.amendments,
            row(self.agree, self.put, self.second, self.drop, None, gap=10),
            gap=4,
        )
        self.voted = column(
            row(
                Label(C_("list", "Votes"), "secb"),
                None,
                self.go_on,
                self.break_off,
                self.run_off,
                gap=8,
            ),
            self.votes,
            gap=4,
        )
        column(self.tools, self.amended, self.voted, gap=10, into=self)
        self.show_none()

    @property
    def desk(self):
        """Return the way to the office."""
        return self.block.view.desk

    def show_none(self) -> None:
        """Show no votes."""
        self.panel = None
        self.amendments.model().show(())
        self.votes.model().show(())
        self.amended.hide()
        self.voted.hide()
        self.tools.hide()

    def show_panel(self, panel, open_: bool) -> None:
        """Show the votes of a Panel; `open_` says that the item may still be voted on."""
        self.panel, self.open = panel, open_
        self.tools.setVisible(open_)
        for button in (self.roll, self.elect, self.other):
            button.setEnabled(panel.refusal is None)
        self.amended.setVisible(bool(panel.amendments))
        self.voted.setVisible(bool(panel.votes))
        self.amendments.model().show(panel.amendments)
        self.votes.model().show(panel.votes)
        for shown in (self.amendments, self.votes):
            if shown.model().rowCount() and shown.current() is None:
                shown.choose_first()
        self.on_current()

    def amendment(self):
        """Return the amendment in front."""
        id = self.amendments.current()
        known = self.panel.amendments if self.panel else ()
        return next((one for one in known if one.id == id), None)

    def vote(self):
        """Return the vote in front."""
        id = self.votes.current()
        known = self.panel.votes if self.panel else ()
        return next((one for one in known if one.id == id), None)

    def on_current(self, _id=None) -> None:
        """Offer what can be done with the rows in front."""
        if self.panel is None:
            return
        amendment, vote = self.amendment(), self.vote()
        waits = self.open and amendment is not None and amendment.state == AmendmentState.PROPOSED
        seconded = waits and bool(amendment.seconder_id)
        quorate = self.panel.refusal is None
        self.agree.setVisible(seconded and quorate)
        self.put.setVisible(seconded and quorate)
        self.second.setVisible(waits and not seconded)
        self.drop.setVisible(waits)
        running = self.open and vote is not None and vote.state == VoteState.OPEN
        self.go_on.setVisible(running and quorate)
        self.break_off.setVisible(running)
        self.run_off.setVisible(
            self.open
            and vote is not None
            and vote.subject == VoteSubject.ELECTION
            and vote.state == VoteState.CLOSED
            and vote.result == Verdict.LOST
            and vote is self.panel.votes[-1]
        )

    # --- amendments
    def on_move(self) -> None:
        """Move an amendment."""
        from ui.meetings.voting_forms import AmendmentDialog

        AmendmentDialog(self.window(), self.desk, self.block.item, self.panel.wording).open()

    def on_second(self) -> None:
        from ui.meetings.voting_forms import SecondDialog

        SecondDialog(self.window(), self.desk, self.block.item, self.amendment()).open()

    def on_agree(self) -> None:
        self.desk.do(amendments.vote_on_amendment, then=self.on_voted, id=self.amendment().id)

    def on_put(self) -> None:
        from ui.meetings.voting_forms import AmendmentVoteDialog

        dialog = AmendmentVoteDialog(
            self.window(), self.desk, self.amendment(), self.panel.standing
        )
        dialog.accepted.connect(self.on_voted)
        dialog.open()

    def on_voted(self, _value=None) -> None:
        """Another wording may stand to the vote: fill it in."""
        self.block.filled = False

    def on_drop(self) -> None:
        self.desk.do(amendments.withdraw_amendment, id=self.amendment().id)

    def on_compare(self) -> None:
        """Show the original beside the amendment as it will be printed."""
        from ui.documents.dialog import DocumentsDialog

        DocumentsDialog(self.window(), self.desk, "comparison", self.block.item.id).open()

    # --- votes
    def on_roll(self) -> None:
        """Call the roll on the item."""
        from ui.meetings.roll_call import RollCallDialog

        RollCallDialog(self.window(), self.desk, self.block.item).open()

    def on_elect(self) -> None:
        """Elect somebody from among the members."""
        from ui.meetings.election import ElectionDialog

        dialog = ElectionDialog(self.window(), self.desk, self.block.item)
        dialog.accepted.connect(self.on_election_open)
        dialog.open()

    def on_election_open(self) -> None:
        self.elected(self.sender().value)

    def on_other(self) -> None:
        """Vote on something beside the item."""
        from ui.meetings.voting_forms import AsideDialog

        AsideDialog(self.window(), self.desk, self.block.item, self.panel).open()

    def on_go_on(self, _id=None) -> None:
        """Go on with an open vote."""
        vote = self.vote()
        if vote is None or vote.state != VoteState.OPEN or not self.open:
            return
        if vote.subject == VoteSubject.ELECTION:
            self.elected(vote.id)
        elif vote.method == VoteMethod.ROLL_CALL:
            from ui.meetings.roll_call import RollCallDialog

            RollCallDialog(self.window(), self.desk, self.block.item, vote.id).open()

    def on_break_off(self) -> None:
        self.desk.do(deciding.drop_vote, vote_id=self.vote().id)

    def on_run_off(self) -> None:
        self.desk.do(elections.run_off, then=self.elected, vote_id=self.vote().id)

    def elected(self, vote_id: int) -> None:
        """Count the votes of an election that is open."""
        from ui.meetings.election import CountDialog

        CountDialog(self.window(), self.desk, vote_id, self.panel.standing).open()
