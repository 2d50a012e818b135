"""Copy the last meeting, and copy the notice as text for messengers."""

from __future__ import annotations

import datetime as dt

from PySide6.QtGui import QGuiApplication

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import copying, notices, queries
from ui.meetings.planning import PlanningStrip
from ui.text import C_, N_
from ui.widgets.forms import Check, DateField, Dialog, Labelled, TimeField, beside
from ui.widgets.parts import Label

USUAL_TIME = dt.time(14)


class CopyDialog(Dialog):
    """When the copy is held, and whether the texts of its items come along."""

    def __init__(self, parent, desk, meeting, on: dt.date | None = None) -> None:
        self.desk, self.meeting = desk, meeting
        starts = meeting.starts_at
        self.day = Labelled(C_("meeting", "Date"), DateField(N_("Date"), on, 0))
        self.time = Labelled(N_("Starts at"), TimeField(N_("Starts at"), starts.time(), 0))
        self.texts = Check(N_("With the texts of the items"), True)
        self.strip = PlanningStrip(desk, body_id=meeting.body_id)
        super().__init__(
            parent,
            N_("Copy meeting"),
            Label(
                N_("After {meeting}: place, length and agenda; no papers and no decisions."),
                "sec",
                wrap=True,
                meeting=meeting.title,
            ),
            beside(self.day, self.time),
            self.strip,
            self.texts,
            button=C_("meeting", "Copy"),
            width=520,
        )
        self.strip.follow(self)

    def confirm(self) -> None:
        on, time = self.day.value(), self.time.value()
        if on is None or time is None:
            message = N_("The meeting needs a date and a time.")
            (self.day if on is None else self.time).wrong(str(UserError(message)))
            raise UserError(message)
        self.desk.do(
            copying.copy_meeting,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.meeting.id,
            starts_at=dt.datetime.combine(on, time, clock.KST),
            texts=self.texts.value(),
        )


def _source(read, *, id: int | None, body_id: int | None):
    """Return the meeting to copy: the one in front, else the last of the body."""
    if id is None and body_id is not None:
        id = copying.last_meeting(read, body_id=body_id)
    return queries.meeting(read, id=id) if id is not None else None


class Copies:
    """What a page does that has a meeting in front (`copied_id`) or a body chosen (`copied_body`)."""

    def copied_id(self) -> int | None:
        """Return the meeting in front."""
        return None

    def copied_body(self) -> int | None:
        """Return the body whose last meeting is meant without one in front."""
        return None

    def copied_day(self) -> dt.date | None:
        """Return the day the copy is wanted on."""
        return None

    def on_copy(self) -> None:
        """Plan a meeting like the one in front, or like the last of the body."""
        self.desk.read(
            _source, then=self.on_source, id=self.copied_id(), body_id=self.copied_body()
        )

    def on_source(self, meeting) -> None:
        if meeting is None:
            self.toast(N_("There is no meeting to copy yet."))
            return
        dialog = CopyDialog(self.window(), self.desk, meeting, self.copied_day())
        dialog.accepted.connect(self.on_copied)
        dialog.open()

    def on_copied(self) -> None:
        self.go("meetings", self.sender().value, "meeting")

    def on_copy_notice(self) -> None:
        """Copy the notice of the meeting in front as plain text."""
        if self.copied_id() is None:
            self.toast(N_("Choose a meeting first."))
            return
        self.desk.read(notices.notice_text, then=self.on_notice_text, meeting_id=self.copied_id())

    def on_notice_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.toast(N_("The notice is on the clipboard: paste it into a messenger or a mail."))
