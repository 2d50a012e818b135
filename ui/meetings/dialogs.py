"""Forms of the meetings room; what is typed stays until it was accepted."""

from __future__ import annotations

import datetime as dt

from db.vocab import MeetingKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import rules, usecases
from gwangju_desktop.meetings.words import MEETING_KINDS
from ui.meetings.planning import PlanningStrip
from ui.text import C_, N_, say
from ui.widgets.forms import (
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    NumberField,
    TimeField,
)
from ui.widgets.parts import Align, row

USUAL_TIME = dt.time(14)
USUAL_MINUTES = 120
REPLIES_END = dt.time(18)


def side_by_side(*parts):
    """Return parts of equal width beside each other, their labels on one line."""
    box = row(*((part, 1) for part in parts), gap=12)
    for part in parts:
        box.layout().setAlignment(part, Align.AlignTop)
    return box


class MeetingDialog(Dialog):
    """Add or change a meeting; while its date is typed, what speaks against it is said."""

    edits = ("meeting", "meeting")

    def __init__(self, parent, desk, bodies, meeting=None) -> None:
        self.desk, self.meeting = desk, meeting
        starts = meeting.starts_at if meeting else None
        kind = meeting.kind if meeting else MeetingKind.REGULAR.value
        body_id = meeting.body_id if meeting else None
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body"), body_id))
        self.kind = Labelled(N_("Kind"), Choice(MEETING_KINDS.items(), N_("Kind"), kind))
        number = meeting.number if meeting else None
        self.number = Labelled(
            C_("meeting", "Number"), NumberField(N_("Number"), number, low=1, width=0)
        )
        # Where it is left empty, the number is drawn with the notice.
        self.number.field.setPlaceholderText(say(N_("With the notice")))
        self.title = Labelled(N_("Title"), Field(N_("As usual, from number and kind")))
        self.day = Labelled(
            C_("meeting", "Date"), DateField(N_("Date"), starts.date() if starts else None, 0)
        )
        time = starts.time() if starts else USUAL_TIME
        self.time = Labelled(N_("Starts at"), TimeField(N_("Starts at"), time, 0))
        minutes = meeting.minutes if meeting else USUAL_MINUTES
        self.minutes = Labelled(
            N_("Minutes planned"), NumberField(N_("Minutes planned"), minutes, low=1, width=0)
        )
        self.place = Labelled(N_("Place"), Field())
        self.presiding = Labelled(N_("Presided by"), Field())
        self.secretary = Labelled(N_("Secretary"), Field())
        self.secretariat = Labelled(N_("Secretariat"), Field())
        reply_by = meeting.reply_by.date() if meeting and meeting.reply_by else None
        self.reply_by = Labelled(
            N_("Replies due"),
            DateField(N_("Replies due"), reply_by, 0),
            N_("Until six in the evening of that day."),
        )
        if meeting:
            for key in ("title", "place", "presiding", "secretary", "secretariat"):
                getattr(self, key).field.setText(getattr(meeting, key))
            self.body.setEnabled(False)
            # Once called, a meeting keeps its number and what it is.
            self.number.setEnabled(not meeting.frozen)
            self.kind.setEnabled(not meeting.frozen)
        self.plan = PlanningStrip(desk, meeting.id if meeting else None)
        super().__init__(
            parent,
            N_("Edit meeting") if meeting else N_("New meeting"),
            self.body,
            side_by_side(self.kind, self.number, self.title),
            side_by_side(self.day, self.time, self.minutes),
            self.place,
            self.reply_by,
            self.plan,
            side_by_side(self.presiding, self.secretary, self.secretariat),
            button=N_("Save") if meeting else C_("button", "Add"),
            width=560,
        )
        self.plan.follow(self)
        self.kind.field.activated.connect(self.on_kind)
        self.on_kind()

    def on_kind(self, _n: int = 0) -> None:
        """A written resolution has a day its replies are due, and no place."""
        written = self.kind.field.value() == MeetingKind.WRITTEN
        self.reply_by.setVisible(written)
        self.place.setVisible(not written)
        self.adjustSize()

    def confirm(self) -> None:
        day, time = self.day.value(), self.time.value()
        if day is None or time is None:
            message = N_("The meeting needs a date and a time.")
            (self.day if day is None else self.time).wrong(str(UserError(message)))
            raise UserError(message)
        values = {
            "kind": self.kind.value(),
            "number": self.number.value(),
            "title": self.title.value(),
            "starts_at": dt.datetime.combine(day, time, clock.KST),
            "minutes": self.minutes.value() or USUAL_MINUTES,
            "place": self.place.value(),
            "presiding": self.presiding.value(),
            "secretary": self.secretary.value(),
            "secretariat": self.secretariat.value(),
        }
        if values["kind"] == MeetingKind.WRITTEN:
            due = self.reply_by.value()
            values["reply_by"] = dt.datetime.combine(due, REPLIES_END, clock.KST) if due else None
        if self.meeting and values["title"] in rules.plain_titles(self.meeting.kind):
            # The usual title follows the kind.
            del values["title"]
        if self.meeting:
            usecase, values["id"] = usecases.edit_meeting, self.meeting.id
        else:
            usecase, values["body_id"] = usecases.add_meeting, self.body.value()
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)
