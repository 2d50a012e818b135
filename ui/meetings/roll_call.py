"""A vote by name: one number key for each member, in the order of the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from db.vocab import Choice, Verdict, VoteMethod
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import deciding, verdicts, votes
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.meetings.words import CHOICES
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say, words
from ui.widgets.forms import Dialog
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import KeyCap, Label, row

KEYS = {
    Qt.Key.Key_1: Choice.YES,
    Qt.Key.Key_2: Choice.NO,
    Qt.Key.Key_3: Choice.ABSTAIN,
    Qt.Key.Key_0: None,
}
TONES = {Choice.YES: "ok", Choice.NO: "bad", Choice.ABSTAIN: "warn"}


@dataclass(frozen=True, slots=True)
class Called:
    """A member called, and the vote given; `id` is the attendance's."""

    id: int
    name: str
    choice: str | None


def choice_cell(called: Called) -> Cell:
    """Show the vote of a member."""
    if called.choice is None:
        return Cell("–", ink="text3")
    choice = Choice(called.choice)
    return Cell(chip=say(CHOICES[choice]), tone=TONES.get(choice, "neu"))


CALLED = Table(
    columns=(
        Column("name", C_("roll call", "Member"), cell=lambda c: Cell(c.name, role="secb")),
        Column("choice", C_("roll call", "Vote"), 110, cell=choice_cell),
    )
)


class CalledList(RowList):
    """The roll; a number key records a vote and goes on to the next member."""

    def __init__(self, dialog) -> None:
        super().__init__(RowTable(CALLED), N_("Roll call of the members"), height=32)
        self.dialog = dialog
        self.setMinimumHeight(260)

    def keyPressEvent(self, event) -> None:
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in KEYS and not control:
            self.dialog.on_choice(KEYS[key])
        else:
            super().keyPressEvent(event)


class RollCallDialog(Dialog):
    """Call the roll; every key is kept at once, so a vote broken off can be gone on with."""

    def __init__(self, parent, desk, item, vote_id: int | None = None) -> None:
        self.desk, self.item, self.vote_id = desk, item, vote_id
        self.called: list[Called] = []
        self.standing = None
        self.list = CalledList(self)
        self.tally = Label("", "secb")
        self.sentence = Label("", "sec", wrap=True)
        self.chair = Segment((N_("Chair in favour"), N_("Chair against")), 0, N_("Casting vote"))
        self.chair.chosen.connect(self.on_tally)
        self.cast = row(Label(N_("Casting vote"), "sec", "text2"), self.chair, None, gap=8)
        self.cast.hide()
        keys = []
        for cap, choice in (("1", Choice.YES), ("2", Choice.NO), ("3", Choice.ABSTAIN)):
            keys += [KeyCap(cap), Label(CHOICES[choice], "cap", "text2"), 8]
        super().__init__(
            parent,
            N_("Roll call on “{item}”"),
            row(*keys, KeyCap("0"), Label(N_("Take back"), "cap", "text2"), None, gap=5),
            self.list,
            self.tally,
            self.cast,
            self.sentence,
            button=N_("Close the vote"),
            width=460,
            item=item.title,
        )
        self.button.setDefault(False)
        self.button.setAutoDefault(False)
        if vote_id is None:
            desk.do(
                votes.open_vote,
                then=self.on_opened,
                otherwise=self.on_unopened,
                item_id=item.id,
                method=VoteMethod.ROLL_CALL.value,
            )
        else:
            self.on_opened(vote_id)

    def on_opened(self, vote_id: int) -> None:
        self.vote_id = vote_id
        self.desk.read(deciding.roll, then=self.on_roll, vote_id=vote_id)

    def on_unopened(self, error: Exception) -> None:
        """Say why no vote can be taken; nothing can be called then."""
        self.on_refused(error)
        self.button.setEnabled(False)

    def on_roll(self, roll) -> None:
        """Show who is called and what was given before."""
        self.standing = roll.standing
        self.called = [Called(id, name, choice) for id, name, choice in roll.called]
        self.list.model().show(self.called)
        first = next((one.id for one in self.called if one.choice is None), None)
        self.list.choose(first if first is not None else self.called[0].id)
        self.list.setFocus()
        self.on_tally()

    def on_choice(self, choice: Choice | None) -> None:
        """Record the vote of the member in front and go on to the next."""
        n = self.list.currentIndex().row()
        if self.vote_id is None or not 0 <= n < len(self.called):
            return
        one = self.called[n]
        value = None if choice is None else choice.value
        self.called[n] = Called(one.id, one.name, value)
        self.list.model().show(self.called)
        self.desk.do(
            votes.set_choices,
            otherwise=self.on_refused,
            vote_id=self.vote_id,
            choices={one.id: value},
        )
        self.list.setCurrentIndex(self.list.model().index(min(n + 1, len(self.called) - 1), 0))
        self.on_tally()

    def count(self) -> Count:
        """Return what was given so far."""
        given = [one.choice for one in self.called]
        return Count(*(given.count(c) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN)))

    def on_tally(self, _n: int = 0) -> None:
        """Say how many were called and what it comes to."""
        count, held = self.count(), self.standing
        self.tally.say(
            N_("Called {n} of {all} · for {yes}, against {no}, abstained {abstain}"),
            n=count.cast,
            all=len(self.called),
            yes=count.yes,
            no=count.no,
            abstain=count.abstain,
        )
        outcome = verdicts.judge(
            held.rule,
            enrolled=held.enrolled,
            present=held.present,
            entitled=held.entitled,
            count=count,
        )
        self.cast.setVisible(outcome.verdict == Verdict.TIE)
        ink = "ok" if outcome.verdict == Verdict.CARRIED else "text2"
        self.sentence.ink(ink).say(outcome.sentence(words()))

    def confirm(self) -> None:
        if self.vote_id is None:
            raise UserError(N_("The vote is not open yet."))
        casting = self.chair.current() == 0 if self.cast.isVisibleTo(self) else None
        self.desk.do(
            votes.close_vote,
            then=self.on_accepted,
            otherwise=self.on_refused,
            vote_id=self.vote_id,
            chair_in_favour=casting,
        )
