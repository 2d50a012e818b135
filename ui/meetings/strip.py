"""The red strip under the tabs: below the quorum, and while the sitting rests."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from db.vocab import Adjournment, BreakKind, MeetingState
from gwangju_desktop.meetings import presence, sheet, sitting, steps
from ui.meetings.sitting_forms import RestDialog
from ui.text import C_, N_
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Button, Icon, Label, row


def look(read, *, meeting_id: int):
    """Return how a meeting stands and the break it is in."""
    return (
        presence.standing(read, meeting_id=meeting_id),
        sheet.room(read, meeting_id=meeting_id).resting,
    )


class QuorumStrip(QFrame):
    """What hinders votes, in one line with the ways out of it: 정회, 산회, 간담회 전환, 속개."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting, self.resting = view, None, None
        self.setObjectName("banner")
        self.icon = Icon("triangle-alert", "bad", 18)
        self.title = Label("", "strong", "bad")
        self.words = Label("", "sec", "text", elide=True)
        self.resume = Button(N_("Resume the sitting"), "primary", slot=self.on_resume)
        self.recess = Button(C_("sitting", "Recess"), slot=self.on_recess)
        self.adjourn = Button(C_("button", "Adjourn"), slot=self.on_adjourn)
        self.talk = Button(N_("Turn into a talk"), slot=self.on_talk)
        view.writing(self.resume, self.recess, self.adjourn, self.talk)
        row(
            self.icon,
            self.title,
            (self.words, 1),
            self.resume,
            self.recess,
            self.talk,
            self.adjourn,
            margins=(28, 5, 16, 5),
            gap=8,
            into=self,
        )
        self.hide()

    def show_meeting(self, meeting) -> None:
        """Look at a MeetingDetail; only one in session may need the strip."""
        self.meeting = meeting
        if meeting.state != MeetingState.OPENED:
            self.hide()
            return
        self.view.desk.read(look, then=self.on_look, meeting_id=meeting.id)

    def on_look(self, found) -> None:
        held, self.resting = found
        short, rests = not held.quorum_met, self.resting is not None
        self.setVisible(self.meeting.state == MeetingState.OPENED and (short or rests))
        values = {"n": held.attending, "needed": held.quorum_required}
        if short:
            self.title.say(N_("Below the quorum {n}/{needed}"), **values)
        elif rests:
            self.title.say(
                N_("Talk since {at:time}")
                if self.resting.kind == BreakKind.TALK
                else N_("Recess since {at:time}"),
                at=self.resting.starts_at,
            )
        self._say_words(short)
        self._tone("bad" if short else "warn")
        writing = not self.view.desk.read_only
        kind = self.resting.kind if rests else None
        self.resume.setVisible(writing and rests)
        self.resume.why_not(N_("The quorum is not there yet.") if short else "")
        self.recess.setVisible(writing and kind != BreakKind.RECESS)
        self.talk.setVisible(writing and kind != BreakKind.TALK)
        self.adjourn.setVisible(writing)

    def _say_words(self, short: bool) -> None:
        if self.resting is None:
            self.words.say(N_("No vote can be recorded."))
        elif short and self.resting.kind == BreakKind.TALK:
            self.words.say(N_("Talk since {at:time}"), at=self.resting.starts_at)
        elif short:
            self.words.say(N_("Recess since {at:time}"), at=self.resting.starts_at)
        else:
            self.words.say(self.resting.reason)

    def _tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        self.icon.show_icon("triangle-alert" if tone == "bad" else "clock", tone)
        self.title.ink(tone)
        self.style().unpolish(self)
        self.style().polish(self)

    # --- what a person does
    def on_resume(self) -> None:
        self.view.desk.do(sitting.resume, meeting_id=self.meeting.id)

    def on_recess(self) -> None:
        RestDialog(self.window(), self.view.desk, self.meeting, BreakKind.RECESS).open()

    def on_talk(self) -> None:
        RestDialog(self.window(), self.view.desk, self.meeting, BreakKind.TALK).open()

    def on_adjourn(self) -> None:
        AdjournDialog(self.window(), self.view.desk, self.meeting).open()


class AdjournDialog(Dialog):
    """Ask before a sitting is adjourned: the step is not undone."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.id = desk, meeting.id
        self.reason = Labelled(N_("Reason"), Field())
        super().__init__(
            parent,
            N_("Adjourn the sitting"),
            Label(
                N_(
                    "What is undecided goes on to the next agenda under its number. Decisions"
                    " taken before stand with those present then."
                ),
                "sec",
                wrap=True,
            ),
            self.reason,
            button=N_("Adjourn for good"),
            width=460,
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.close_meeting,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            adjournment=Adjournment.ADJOURNED.value,
            reason=self.reason.value(),
        )
