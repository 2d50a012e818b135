"""Forms of departments' opinions: what one answered, and one that is not waited for any more."""

from __future__ import annotations

from db.vocab import ProposalStance
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import opinions
from gwangju_desktop.proposals.words import STANCES
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Labelled, Lines, beside
from ui.widgets.parts import Label

ASKED = N_("{department}, asked on {asked:full}, due on {due:full}")


class AnswerDialog(Dialog):
    """Enter what a department answered; it stays in the office."""

    edits = ("proposal_opinion", "opinion")

    def __init__(self, view, opinion) -> None:
        self.desk, self.opinion = view.desk, opinion
        self.stance = Labelled(
            N_("What it recommends"),
            Choice(
                STANCES.items(),
                N_("What it recommends"),
                opinion.stance if opinion.answered_on else ProposalStance.ADOPT.value,
            ),
        )
        day = opinion.answered_on or clock.today()
        self.day = Labelled(N_("Answered on"), DateField(N_("Answered on"), day, 0))
        self.text = Labelled(
            C_("opinion", "What it wrote"), Lines(C_("opinion", "What it wrote"), opinion.text, 130)
        )
        asked = [Label(opinion.question, "sec", wrap=True)] if opinion.question else []
        super().__init__(
            view.window(),
            N_("Opinion of {department}"),
            Label(
                ASKED,
                "cap",
                wrap=True,
                department=opinion.department,
                asked=opinion.asked_on,
                due=opinion.due_on,
            ),
            *asked,
            beside(self.stance, self.day),
            self.text,
            Label(
                N_("It stays in the office: notices and the reply do not show it."),
                "cap",
                wrap=True,
            ),
            button=N_("Enter the answer"),
            width=520,
            department=opinion.department,
        )
        self.stance.field.setFocus()

    def confirm(self) -> None:
        day = self.day.value()
        if day is None:
            message = N_("The day is needed.")
            self.day.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            opinions.answer_opinion,
            then=self.on_accepted,
            otherwise=self.on_refused,
            opinion_id=self.opinion.id,
            stance=self.stance.value(),
            text=self.text.value(),
            on_day=day,
        )


class RequestDialog(Dialog):
    """Correct a request: what was asked, until when, and whether the department leads."""

    edits = ("proposal_opinion", "opinion")

    def __init__(self, view, opinion) -> None:
        self.desk, self.opinion = view.desk, opinion
        self.day = Labelled(
            C_("opinion", "Due"), DateField(C_("opinion", "Due"), opinion.due_on, 0)
        )
        self.question = Labelled(
            N_("What is asked"), Lines(N_("What is asked"), opinion.question, 110)
        )
        self.leads = Check(C_("opinion", "Lead department"))
        self.leads.setChecked(opinion.leads)
        super().__init__(
            view.window(),
            N_("Request to {department}"),
            Label(N_("Asked on {asked:full}"), "cap", wrap=True, asked=opinion.asked_on),
            self.day,
            self.question,
            self.leads,
            button=C_("button", "Correct"),
            width=520,
            department=opinion.department,
        )
        self.day.field.setFocus()

    def confirm(self) -> None:
        day = self.day.value()
        if day is None:
            message = N_("The day is needed.")
            self.day.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            opinions.edit_opinion,
            then=self.on_accepted,
            otherwise=self.on_refused,
            opinion_id=self.opinion.id,
            due_on=day,
            question=self.question.value(),
            leads=self.leads.isChecked(),
        )


class WithdrawDialog(Dialog):
    """Wait no longer for an opinion."""

    def __init__(self, view, opinion) -> None:
        self.desk, self.opinion = view.desk, opinion
        self.day = Labelled(
            C_("proposal step", "Day"), DateField(C_("proposal step", "Day"), clock.today(), 0)
        )
        super().__init__(
            view.window(),
            N_("Take the request to {department} back"),
            Label(
                ASKED,
                "cap",
                wrap=True,
                department=opinion.department,
                asked=opinion.asked_on,
                due=opinion.due_on,
            ),
            self.day,
            Label(N_("The time limit runs on from the next day."), "cap", wrap=True),
            button=C_("button", "Take back"),
            department=opinion.department,
        )
        self.day.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            opinions.withdraw_opinion,
            then=self.on_accepted,
            otherwise=self.on_refused,
            opinion_id=self.opinion.id,
            on_day=self.day.value(),
        )
