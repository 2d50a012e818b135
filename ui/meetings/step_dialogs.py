"""Forms of the steps of a meeting; each says what is missing before its button is pressed."""

from __future__ import annotations

import datetime as dt

from db.vocab import Adjournment, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import conditions, numbers, steps
from gwangju_desktop.meetings.words import ADJOURNMENTS
from ui.meetings.needs import Needs
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, TimeField, beside
from ui.widgets.parts import Label

S = MeetingState
URGENT = N_("Urgent reason")
FOR_GOOD = N_("This step leaves the office and is not undone; it can be taken back with a reason.")


def moment(time: dt.time | None, meeting) -> dt.datetime | None:
    """Return the moment a clock time means: today's, or yesterday's when it lies ahead.

    Sittings cross midnight: 23:50 typed at 00:10 is the evening before.
    """
    if time is None:
        return None
    at = dt.datetime.combine(clock.today(), time, clock.KST)
    began = meeting.opened_at or meeting.starts_at
    before = at - dt.timedelta(days=1)
    if at > clock.local(clock.now()) + dt.timedelta(minutes=1) and before >= began:
        return before
    return at


class StepDialog(Dialog):
    """A step with its conditions, asked anew with every change of the form."""

    asks = None

    def __init__(self, parent, desk, meeting, title, *parts, **options) -> None:
        self.desk, self.meeting = desk, meeting
        self.needs = Needs()
        super().__init__(parent, title, *parts, self.needs, **options)

    def ask(self) -> None:
        """Read what is still missing; what was refused before is so no more."""
        self.refusal_row.hide()
        try:
            values = self.asked()
        except UserError:
            return  # What is typed is no date or time yet.
        self.desk.read(self.asks, then=self.on_needs, id=self.meeting.id, **values)

    def asked(self) -> dict:
        """Return what the conditions depend on."""
        return {}

    def on_needs(self, found) -> None:
        self.needs.show_conditions(found)
        self.adjustSize()


class DayDialog(StepDialog):
    """A step on a day, with the reason where it comes late."""

    day_label = N_("Notice sent on")

    def __init__(self, parent, desk, meeting, title, *more, **options) -> None:
        self.day = Labelled(self.day_label, DateField(self.day_label, clock.today(), 0))
        self.urgency = Labelled(URGENT, Field(N_("Why it is late, as it will be printed")))
        self.urgency.field.setText(meeting.urgency)
        super().__init__(
            parent,
            desk,
            meeting,
            title,
            self.day,
            *more,
            self.urgency,
            Label(FOR_GOOD, "cap", wrap=True),
            **options,
        )
        self.urgency.hide()
        self.day.field.editingFinished.connect(self.ask)
        self.urgency.field.textChanged.connect(self.on_typed)
        self.ask()

    def asked(self) -> dict:
        return {"day": self.day.field.value(), "urgency": self.urgency.field.value()}

    def on_typed(self, _text: str) -> None:
        self.ask()

    def on_needs(self, found) -> None:
        late = any(condition.urgent and not condition.met for condition in found)
        self.urgency.setVisible(late or bool(self.urgency.field.text()))
        super().on_needs(found)

    def values(self) -> dict:
        """Return what the step is taken with."""
        return {"day": self.day.value(), "urgency": self.urgency.value()}


class NoticeDialog(DayDialog):
    """Record that the meeting was called: its number is drawn, the agenda's numbers stay."""

    asks = staticmethod(conditions.of_notice)

    def __init__(self, parent, desk, meeting) -> None:
        self.number = Label("", "sec", wrap=True)
        super().__init__(
            parent,
            desk,
            meeting,
            N_("Send the notice of meeting"),
            Label(N_("Due by {due:long}"), "cap", due=meeting.notice_due),
            self.number,
            button=N_("Record the notice"),
        )
        if meeting.number is None:
            desk.read(
                numbers.upcoming,
                then=self.on_number,
                body_id=meeting.body_id,
                kind="meeting",
                day=meeting.starts_at.date(),
                subject_id=meeting.id,
            )
        else:
            self.number.hide()

    def on_number(self, drawn) -> None:
        self.number.say(
            N_("The number {number} is drawn; the items of the agenda keep theirs from then on."),
            number=drawn.text,
        )
        self.adjustSize()

    def confirm(self) -> None:
        self.desk.do(
            steps.notice,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            **self.values(),
        )


class DistributeDialog(DayDialog):
    """Record that the papers went out."""

    asks = staticmethod(conditions.of_distribution)
    day_label = N_("Papers sent on")

    def __init__(self, parent, desk, meeting) -> None:
        super().__init__(
            parent,
            desk,
            meeting,
            N_("Send the papers"),
            Label(N_("Due by {due:long}"), "cap", due=meeting.materials_due),
            button=N_("Record that the papers went out"),
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.distribute,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            **self.values(),
        )


class OpenDialog(StepDialog):
    """Open the sitting; the quorum is counted from the marks."""

    asks = staticmethod(conditions.of_opening)

    def __init__(self, parent, desk, meeting) -> None:
        self.time = Labelled(
            N_("Opened at"), TimeField(N_("Opened at"), None, 0), N_("Empty is now.")
        )
        self.urgency = Labelled(URGENT, Field(N_("Why it is late, as it will be printed")))
        self.urgency.field.setText(meeting.urgency)
        super().__init__(
            parent,
            desk,
            meeting,
            N_("Open the meeting"),
            self.time,
            self.urgency,
            Label(FOR_GOOD, "cap", wrap=True),
            button=N_("Open the meeting"),
        )
        self.urgency.hide()
        self.time.field.editingFinished.connect(self.ask)
        self.urgency.field.textChanged.connect(self.on_typed)
        self.ask()

    def asked(self) -> dict:
        at = moment(self.time.field.value(), self.meeting)
        return {"at": at, "urgency": self.urgency.field.value()}

    def on_typed(self, _text: str) -> None:
        self.ask()

    def on_needs(self, found) -> None:
        late = any(condition.urgent and not condition.met for condition in found)
        self.urgency.setVisible(late or bool(self.urgency.field.text()))
        super().on_needs(found)

    def confirm(self) -> None:
        self.desk.do(
            steps.open_meeting,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            at=moment(self.time.value(), self.meeting),
            urgency=self.urgency.value(),
        )


class CloseDialog(StepDialog):
    """End the meeting for good; what is undecided is listed, or goes on to the next."""

    asks = staticmethod(conditions.of_closing)

    def __init__(self, parent, desk, meeting) -> None:
        written = meeting.kind == MeetingKind.WRITTEN
        self.how = Labelled(
            N_("How it ends"),
            Choice(ADJOURNMENTS.items(), N_("How it ends"), Adjournment.CLOSED.value),
        )
        self.time = Labelled(
            N_("Closed at"), TimeField(N_("Closed at"), None, 0), N_("Empty is now.")
        )
        self.carry = Check(N_("Carry undecided items over to the next meeting"))
        self.when = beside(self.how, self.time)
        super().__init__(
            parent,
            desk,
            meeting,
            N_("Close the meeting"),
            self.when,
            self.carry,
            Label(
                N_(
                    "{present} of {enrolled} are marked present. Members not marked count as"
                    " absent. Afterwards agenda, papers and attendance can no longer be changed."
                ),
                "sec",
                wrap=True,
                present=meeting.quorum.present,
                enrolled=meeting.quorum.enrolled,
            ),
            button=N_("Close the meeting for good"),
            width=480,
        )
        self.when.setVisible(not written)
        self.carry.hide()
        self.how.field.activated.connect(self.on_how)
        self.carry.toggled.connect(self.on_carry)
        self.time.field.editingFinished.connect(self.ask)
        self.ask()

    def asked(self) -> dict:
        return {
            "at": moment(self.time.field.value(), self.meeting),
            "carry": self.carry.isChecked(),
        }

    def on_how(self, _n: int) -> None:
        if self.how.value() == Adjournment.ADJOURNED:
            self.carry.setChecked(True)
        self.ask()

    def on_carry(self, _on: bool) -> None:
        self.ask()

    def on_needs(self, found) -> None:
        # Where all is decided there is nothing to carry over.
        undecided = any(condition.values.get("items") for condition in found)
        self.carry.setVisible(undecided)
        super().on_needs(found)

    def confirm(self) -> None:
        self.desk.do(
            steps.close_meeting,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            at=moment(self.time.value(), self.meeting),
            adjournment=self.how.value(),
            carry=self.carry.value(),
        )


class NoQuorumDialog(StepDialog):
    """Record that too few came: the meeting never opened (유회)."""

    asks = staticmethod(conditions.of_no_quorum)

    def __init__(self, parent, desk, meeting) -> None:
        self.reason = Labelled(N_("Reason"), Field(N_("As counted, when left empty")))
        super().__init__(
            parent,
            desk,
            meeting,
            N_("Record that there was no quorum"),
            Label(N_("Its items go on to the next meeting under their numbers."), "sec", wrap=True),
            self.reason,
            Label(FOR_GOOD, "cap", wrap=True),
            button=N_("Record no quorum"),
            kind="danger",
        )
        self.ask()

    def confirm(self) -> None:
        self.desk.do(
            steps.no_quorum,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            reason=self.reason.value(),
        )


class PostponeDialog(Dialog):
    """Put a meeting off, at once to another day where that is known."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.meeting = desk, meeting
        self.reason = Labelled(N_("Reason"), Field())
        self.day = Labelled(N_("New date"), DateField(N_("New date"), None, 0))
        time = meeting.starts_at.time()
        self.time = Labelled(N_("Starts at"), TimeField(N_("Starts at"), time, 0))
        super().__init__(
            parent,
            N_("Postpone the meeting"),
            self.reason,
            beside(self.day, self.time),
            Label(
                N_("With a new date a meeting with the same agenda is planned in its place."),
                "cap",
                wrap=True,
            ),
            button=C_("button", "Postpone"),
        )

    def confirm(self) -> None:
        day, time = self.day.value(), self.time.value()
        starts = dt.datetime.combine(day, time or dt.time(14), clock.KST) if day else None
        self.desk.do(
            steps.postpone,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            reason=self.reason.value(),
            starts_at=starts,
        )


class CancelDialog(Dialog):
    """Call a meeting off."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.meeting = desk, meeting
        self.reason = Labelled(N_("Reason"), Field())
        self.carry = Check(N_("Carry undecided items over to the next meeting"), True)
        super().__init__(
            parent,
            N_("Cancel the meeting"),
            self.reason,
            self.carry,
            button=N_("Call the meeting off"),
            kind="danger",
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.cancel,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            reason=self.reason.value(),
            carry=self.carry.value(),
        )


class TakeBackDialog(Dialog):
    """Take the last step back, with a reason that stays in the history."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.meeting = desk, meeting
        self.reason = Labelled(N_("Reason"), Field(N_("What was wrong with the step")))
        super().__init__(
            parent,
            N_("Take the last step back"),
            Label(
                N_("The step and its taking back both stay in the history; numbers stay drawn."),
                "sec",
                wrap=True,
            ),
            self.reason,
            button=N_("Take the step back"),
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.take_back,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            reason=self.reason.value(),
        )


DIALOGS = {
    S.NOTICED: NoticeDialog,
    S.DISTRIBUTED: DistributeDialog,
    S.OPENED: OpenDialog,
    S.CLOSED: CloseDialog,
    S.NO_QUORUM: NoQuorumDialog,
    S.POSTPONED: PostponeDialog,
    S.CANCELLED: CancelDialog,
}
