"""Notices to the proposer: that one was told, and that the decision will be late."""

from __future__ import annotations

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import notices
from gwangju_desktop.proposals.words import NOTICES
from ui.text import C_, N_, say
from ui.widgets.forms import DateField, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Label


def called(proposal) -> str:
    """Return number and title in one line."""
    return " · ".join(filter(None, (proposal.number, proposal.title)))


class ToldDialog(Dialog):
    """Record when and how a proposer was told."""

    def __init__(self, view, proposal, notice) -> None:
        self.desk, self.notice = view.desk, notice
        self.day = Labelled(N_("Told on"), DateField(N_("Told on"), clock.today(), 0))
        self.how = Labelled(N_("Told by"), Field(), N_("E.g. letter, e-mail, messenger."))
        super().__init__(
            view.window(),
            N_("Record telling"),
            Label(called(proposal), "sec", "text2", wrap=True),
            Label(NOTICES[notice.kind], "strong"),
            beside(self.day, self.how),
            button=C_("button", "Record"),
        )
        self.how.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            notices.told,
            then=self.on_accepted,
            otherwise=self.on_refused,
            notice_id=self.notice.id,
            on_day=self.day.value(),
            how=self.how.value(),
        )


class DelayDialog(Dialog):
    """Tell the proposer that the decision comes later, why, and when."""

    def __init__(self, view, proposal) -> None:
        self.desk, self.proposal = view.desk, proposal
        self.new_on = Labelled(N_("Promised for"), DateField(N_("Promised for"), None, 0))
        self.reason = Labelled(N_("Reason"), Lines(N_("Reason"), "", 72))
        super().__init__(
            view.window(),
            N_("Notice of a delay"),
            Label(called(proposal), "sec", "text2", wrap=True),
            self.reason,
            self.new_on,
            Label(
                N_("The time to decide stays as it is: the notice says why it is not kept."),
                "cap",
                wrap=True,
            ),
            button=N_("Make the notice"),
        )
        self.reason.field.setFocus()

    def confirm(self) -> None:
        new_on = self.new_on.value()
        for part, value, message in (
            (self.reason, self.reason.value(), N_("The reason is needed.")),
            (self.new_on, new_on, N_("The day it is promised for is needed.")),
        ):
            if not value:
                part.wrong(say(message))
                raise UserError(message)
        self.desk.do(
            notices.delay,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.proposal.id,
            reason=self.reason.value(),
            new_on=new_on,
        )
