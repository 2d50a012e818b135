"""Elections from among the members: who stands for what, then the votes of each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import VoteMethod
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import elections
from gwangju_desktop.meetings.words import VOTE_METHODS
from gwangju_desktop.members.words import ROLES
from ui.meetings.counts import CountField
from ui.meetings.seat_field import SeatField
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice, Dialog, Labelled, begin_at, beside
from ui.widgets.parts import Button, Label, column, row

METHODS = (VoteMethod.SECRET, VoteMethod.SHOW_OF_HANDS)


class Standing(QWidget):
    """Somebody who stands, with the way out."""

    def __init__(self, dialog, seat) -> None:
        super().__init__()
        self.dialog, self.seat = dialog, seat
        off = Button("", "ghost", "x", name=N_("Take off"), slot=self.on_off)
        off.setAutoDefault(False)
        row(Label(seat.name, "secb"), None, off, gap=6, into=self)

    def on_off(self) -> None:
        self.dialog.take_off(self)


class ElectionDialog(Dialog):
    """Say for which role, and who stands: initials and Enter add one after the other."""

    def __init__(self, parent, desk, item) -> None:
        self.desk, self.item = desk, item
        self.standing: list[Standing] = []
        roles = [(role.value, ROLES[role]) for role in elections.ROLES]
        self.role = Labelled(C_("election", "Role"), Choice(roles, C_("election", "Role")))
        methods = [(method.value, VOTE_METHODS[method]) for method in METHODS]
        self.method = Labelled(N_("Way of voting"), Choice(methods, N_("Way of voting")))
        self.seat = Labelled(
            N_("Who stands"),
            SeatField(N_("Who stands"), desk, item.meeting_id, inside=False),
            N_("Enter adds the member."),
        )
        self.names = column(gap=2)
        super().__init__(
            parent,
            N_("Election during “{item}”"),
            beside(self.role, self.method),
            self.seat,
            self.names,
            button=N_("Open the election"),
            width=520,
            item=item.title,
        )
        self.seat.field.entered.connect(self.on_add)
        self.seat.field.setFocus()

    def on_add(self) -> None:
        """Add who is meant, once."""
        seat = self.seat.value()
        if seat is None or seat.id in {one.seat.id for one in self.standing}:
            return
        added = Standing(self, seat)
        self.standing.append(added)
        self.names.layout().addWidget(added)
        self.seat.field.clear()
        self.adjustSize()

    def take_off(self, one: Standing) -> None:
        """Take somebody off the list."""
        self.standing.remove(one)
        self.names.layout().removeWidget(one)
        one.hide()
        one.deleteLater()
        self.adjustSize()

    def confirm(self) -> None:
        self.desk.do(
            elections.open_election,
            then=self.on_accepted,
            otherwise=self.on_refused,
            item_id=self.item.id,
            role=self.role.value(),
            method=self.method.value(),
            membership_ids=[one.seat.membership_id for one in self.standing],
        )


class CountDialog(Dialog):
    """The votes of each who stands; one alone may be elected without objection (추대)."""

    def __init__(self, parent, desk, vote_id: int, standing) -> None:
        self.desk, self.vote_id, self.held = desk, vote_id, standing
        self.nominees: list = []
        self.fields: dict[int, CountField] = {}
        self.lines = column(gap=6)
        self.abstain = CountField(C_("vote", "Abstained"))
        self.invalid = CountField(C_("vote", "Invalid"))
        self.alone = Check(N_("Elected without objection"))
        self.alone.hide()
        self.alone.toggled.connect(self.on_alone)
        self.chosen = Labelled(
            N_("Even: the chair declares elected"),
            Choice([], N_("Even: the chair declares elected")),
        )
        self.chosen.hide()
        self.sums = Label("", "sec", "text2", wrap=True)
        self.rest = row(
            Label(C_("vote", "Abstained"), "sec", "text2"),
            self.abstain,
            12,
            Label(C_("vote", "Invalid"), "sec", "text2"),
            self.invalid,
            None,
            gap=6,
        )
        super().__init__(
            parent,
            N_("Count the election"),
            self.alone,
            self.lines,
            self.rest,
            self.chosen,
            self.sums,
            button=N_("Close the election"),
            width=440,
        )
        for field in (self.abstain, self.invalid):
            field.textChanged.connect(self.on_typed)
            field.confirmed.connect(self.on_confirm)
        desk.read(elections.nominees, then=self.on_nominees, vote_id=vote_id)

    def on_nominees(self, nominees) -> None:
        """Show a line for each who stands."""
        self.nominees = list(nominees)
        for one in self.nominees:
            field = CountField(one.name)
            field.textChanged.connect(self.on_typed)
            field.confirmed.connect(self.on_confirm)
            self.fields[one.membership_id] = field
            line = row(Label(one.name, "secb"), None, field, Label(N_("votes"), "cap"), gap=6)
            self.lines.layout().addWidget(line)
        self.alone.setVisible(len(self.nominees) == 1)
        self.adjustSize()
        begin_at(self.fields[self.nominees[0].membership_id])
        self.on_typed()

    def on_alone(self, alone: bool) -> None:
        """Nothing is counted where nobody objects."""
        self.lines.setVisible(not alone)
        self.rest.setVisible(not alone)
        self.on_typed()

    def on_typed(self, _text: str = "") -> None:
        """Say how many votes are given, and ask for the chair's word on an even run-off."""
        try:
            given = {id: field.value() or 0 for id, field in self.fields.items()}
        except UserError as error:
            self.sums.ink("bad").say(str(error))
            return
        self.sums.ink("text2").say(
            N_("{given} votes given, {entitled} may vote; {needed} elect."),
            given=sum(given.values()),
            entitled=self.held.entitled,
            needed=self.held.majority,
        )
        most = max(given.values(), default=0)
        first = [one for one in self.nominees if given[one.membership_id] == most]
        even = most > 0 and len(first) > 1
        self.chosen.setVisible(even and not self.alone.isChecked())
        if even:
            options = [(one.membership_id, one.name) for one in first]
            self.chosen.field.show_options(options, self.chosen.field.value())

    def confirm(self) -> None:
        asked: dict = {"counts": None}
        if not self.alone.isChecked():
            asked = {
                "counts": {id: field.value() or 0 for id, field in self.fields.items()},
                "abstain": self.abstain.value() or 0,
                "invalid": self.invalid.value() or 0,
            }
            if self.chosen.isVisibleTo(self):
                asked["chosen"] = self.chosen.value()
        self.desk.do(
            elections.close_election,
            then=self.on_accepted,
            otherwise=self.on_refused,
            vote_id=self.vote_id,
            **asked,
        )
