"""The form that brings the decision on an item back to all proposals behind it, at once."""

from __future__ import annotations

from db.vocab import ProposalState
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.proposals import tabling
from gwangju_desktop.proposals.words import STATES
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, Lines
from ui.widgets.lists import RowList
from ui.widgets.parts import Label

WAITING = Table(
    columns=(
        Column("title", N_("Record"), cell=lambda one: Cell(one.title, one.number)),
        Column(
            "lacks",
            C_("thread", "Missing"),
            230,
            cell=lambda one: Cell(" ".join(one.lacks), ink="warn"),
        ),
    )
)


class FlowBackDialog(Dialog):
    """What the proposals behind an item become, what that needs, and one confirmation for all."""

    def __init__(self, parent, desk, told) -> None:
        self.desk, self.told = desk, told
        options = [(state.value, STATES[state]) for state in tabling.CHOICES]
        self.to = Choice(options, N_("Result for the proposals"), told.to_state)
        self.planned = Labelled(N_("Planned to be implemented on"), DateField())
        self.plan = Labelled(N_("Plan"), Field())
        self.review = Labelled(N_("To be reviewed again on"), DateField())
        self.reason = Labelled(N_("Reason"), Lines(N_("Reason")))
        self.reason.field.setPlainText(told.reason)
        self.list = RowList(
            RowTable(WAITING), N_("Proposals behind the item"), height=44, header=False, fit=True
        )
        super().__init__(
            parent,
            NN_(
                "Bring the decision back to {n} proposal",
                "Bring the decision back to {n} proposals",
            ),
            Label(
                N_("{outcome} on {day:long}"),
                "sec",
                "text2",
                outcome=OUTCOMES[told.outcome],
                day=told.decided_on,
            ),
            self.list,
            Labelled(N_("Result for the proposals"), self.to),
            self.planned,
            self.plan,
            self.review,
            self.reason,
            button=N_("Bring back"),
            width=560,
            n=len(told.proposals),
        )
        self.to.currentIndexChanged.connect(self.on_to)
        self.show_told(told)
        self.to.setFocus()

    def on_to(self) -> None:
        self.desk.read(
            tabling.decided,
            then=self.on_told,
            otherwise=self.on_refused,
            item_id=self.told.item_id,
            to=self.to.value(),
        )

    def on_told(self, told) -> None:
        if told is not None:
            self.show_told(told)

    def show_told(self, told) -> None:
        """Show the proposals, and ask for what the state chosen needs."""
        self.told = told
        self.list.model().show(told.proposals)
        self.planned.setVisible("planned" in told.asks)
        self.plan.setVisible("planned" in told.asks)
        self.review.setVisible("review_day" in told.asks)
        self.adjustSize()

    def confirm(self) -> None:
        asked = {"planned_on": None, "review_on": None, "plan": ""}
        if "planned" in self.told.asks:
            asked |= {"planned_on": self.planned.value(), "plan": self.plan.value()}
        if "review_day" in self.told.asks:
            asked["review_on"] = self.review.value()
        self.desk.do(
            tabling.flow_back,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.told.item_id,
            to=ProposalState(self.to.value()).value,
            reason=self.reason.value(),
            **asked,
        )
