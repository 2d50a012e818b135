"""A sitting of the review board on a proposal (심사위원회)."""

from __future__ import annotations

from db.vocab import ProposalStance
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import boards
from gwangju_desktop.proposals.words import STANCES
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, DateField, Dialog, Labelled, Lines, NumberField, beside
from ui.widgets.parts import Button, Label

CITIZENS = N_("At least {needed} of them must be citizens.")


class BoardDialog(Dialog):
    """Enter a sitting of the review board, or correct one."""

    def __init__(self, view, proposal, board=None) -> None:
        self.desk, self.proposal, self.board = view.desk, proposal, board
        self.held = Labelled(
            N_("Held on"), DateField(N_("Held on"), board.held_on if board else clock.today(), 0)
        )
        self.members = Labelled(
            N_("Members present"),
            NumberField(N_("Members present"), board.members if board else None, high=999, width=0),
        )
        self.citizens = Labelled(
            N_("Citizens among them"),
            NumberField(
                N_("Citizens among them"), board.citizens if board else None, high=999, width=0
            ),
        )
        self.rule = Label("", "cap", wrap=True)
        self.stance = Labelled(
            N_("What it recommends"),
            Choice(
                STANCES.items(),
                N_("What it recommends"),
                board.stance if board else ProposalStance.ADOPT.value,
            ),
        )
        self.outcome = Labelled(
            C_("board", "Result"), Lines(C_("board", "Result"), board.result if board else "", 84)
        )
        super().__init__(
            view.window(),
            N_("Review board"),
            beside(self.held, self.stance),
            beside(self.members, self.citizens),
            self.rule,
            self.outcome,
            button=N_("Save") if board else C_("button", "Enter"),
        )
        self.remove = Button(C_("button", "Delete"), "link", "trash-2", slot=self.on_remove)
        self.buttons.layout().insertWidget(0, self.remove)
        self.remove.setVisible(board is not None)
        self.members.field.typing.connect(self.on_count)
        self.citizens.field.typing.connect(self.on_count)
        self.held.field.typing.connect(self.on_count)
        self.rule.hide()
        self.held.field.setFocus()
        self.on_count()

    def on_count(self, _typed: str = "") -> None:
        """Ask how many citizens a board of so many needs."""
        try:
            members, day = self.members.field.value(), self.held.field.value()
        except UserError:
            return
        if members and day:
            self.desk.read(
                boards.citizens_needed,
                then=self.on_needed,
                id=self.proposal.id,
                members=members,
                day=day,
            )
        else:
            self.rule.hide()

    def on_needed(self, needed: int) -> None:
        try:
            citizens = self.citizens.field.value()
        except UserError:
            citizens = None
        few = citizens is not None and citizens < needed
        self.rule.ink("warn" if few else "text2").say(CITIZENS, needed=needed)
        self.rule.setVisible(bool(needed))
        self.adjustSize()

    def values(self) -> dict:
        """Return what was entered; raises UserError at the field that lacks something."""
        found = {
            "held_on": self.held.value(),
            "members": self.members.value(),
            "citizens": self.citizens.value(),
            "stance": self.stance.value(),
            "result": self.outcome.value(),
        }
        needed = (
            ("held_on", self.held, N_("The day is needed.")),
            ("members", self.members, N_("A number is needed.")),
            ("citizens", self.citizens, N_("A number is needed.")),
        )
        for key, part, message in needed:
            if found[key] is None:
                part.wrong(say(message))
                raise UserError(message)
        return found

    def confirm(self) -> None:
        values = self.values()
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.board is None:
            self.desk.do(boards.add_board, id=self.proposal.id, **answers, **values)
        else:
            self.desk.do(boards.edit_board, board_id=self.board.id, **answers, **values)

    def on_remove(self) -> None:
        self.desk.do(
            boards.remove_board,
            then=self.on_accepted,
            otherwise=self.on_refused,
            board_id=self.board.id,
        )
