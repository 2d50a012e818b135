"""What the documents of a meeting say of it, gathered once, titles as outsiders may read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.vocab import DrawnKind, ItemKind, ItemState, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import numbers, queries, rules
from gwangju_desktop.meetings.documents.issuer import Issued, issued
from gwangju_desktop.meetings.rows import MeetingDetail
from gwangju_desktop.text import N_, Words, words

HIDDEN = N_("Item not open to the public")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order of business; `title` is its own, `shown` the one it has outside.

    `label` is empty for steps without a number.
    """

    id: int
    label: str
    nested: bool
    kind: str
    title: str
    shown: str
    restricted: bool
    presenter: str
    minutes: int
    starts_at: dt.datetime
    state: str
    outcome: str | None
    item_number: str
    request: str
    resolution: str
    remark: str
    papers: int

    @property
    def voted(self) -> bool:
        """Say whether the body decides on it."""
        return self.kind == ItemKind.DELIBERATION

    @property
    def named(self) -> str:
        """Return the number and the title it has outside."""
        return f"{self.label}. {self.shown}" if self.label else self.shown


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting, who calls it, its title in the language of the document, and its steps."""

    meeting: MeetingDetail
    about: Issued
    title: str
    steps: tuple[Step, ...]
    say: Words

    @property
    def written(self) -> bool:
        """Say whether it is a written resolution, which nobody sits in."""
        return self.meeting.kind == MeetingKind.WRITTEN

    @property
    def items(self) -> tuple[Step, ...]:
        """Return the steps that have a number and stand."""
        return tuple(
            step for step in self.steps if step.label and step.state != ItemState.WITHDRAWN
        )

    @property
    def body(self) -> str:
        """Return the body's name."""
        return self.about.name(self.say)

    @property
    def whole(self) -> str:
        """Return the body's name and the meeting's title."""
        return f"{self.body} {self.title}"

    def when(self) -> str:
        """Return from when to when, or until when replies are taken."""
        meeting, say = self.meeting, self.say
        if self.written:
            until = meeting.reply_by or meeting.ends_at
            return say(N_("until {until:when}"), until=until)
        return span(meeting.starts_at, meeting.ends_at, say)

    def called(self, document: str) -> str:
        """Return the title of a document of this meeting."""
        return self.say(N_("{document}, {meeting}"), document=document, meeting=self.title)

    def name(self, title: str, *, day: dt.date | None = None) -> str:
        """Return what a file of this meeting is called: its day, its title, the document."""
        return f"{day or self.meeting.starts_at.date():%Y-%m-%d} {self.title} {title}"


def span(starts: dt.datetime, ends: dt.datetime, say: Words) -> str:
    """Write from when to when: `2022. 3. 17.(목) 14:00~16:00`; past midnight the day is named."""
    if ends.date() == starts.date():
        return say(N_("{from_:when}–{to:time}"), from_=starts, to=ends)
    return say(N_("{from_:when} – {to:when}"), from_=starts, to=ends)


def sitting(read: Session, *, id: int, language: str = "ko", on: dt.date | None = None) -> Sitting:
    """Gather a meeting for a document of a day, by default today; raises UserError for no meeting."""
    say = words(language)
    meeting = queries.meeting(read, id=id)
    about = issued(read, body_id=meeting.body_id, on=on or clock.today())
    return Sitting(meeting, about, _title(read, meeting, say), _steps(read, id, say), say)


def _title(read: Session, meeting: MeetingDetail, say: Words) -> str:
    """Return the title; before its number is drawn, with the one it is likely to get."""
    own = rules.spoken_title(meeting.title, say)
    if meeting.number is not None or not MeetingState(meeting.state).ahead:
        return own
    likely = numbers.upcoming(
        read,
        body_id=meeting.body_id,
        kind=DrawnKind.MEETING,
        day=meeting.starts_at.date(),
        subject_id=meeting.id,
    )
    return say(N_("{number} (planned) {title}"), number=likely.text, title=own)


def _steps(read: Session, meeting_id: int, say: Words) -> tuple[Step, ...]:
    found = read.execute(
        select(
            AgendaItem.id,
            AgendaItem.open_title,
            AgendaItem.request,
            AgendaItem.resolution,
            AgendaItem.remark,
        ).where(AgendaItem.meeting_id == meeting_id)
    )
    texts = {row.id: row for row in found.all()}
    return tuple(
        Step(
            id=row.id,
            label=row.number or "",
            nested=row.nested,
            kind=row.kind,
            title=row.title,
            shown=(texts[row.id].open_title or say(HIDDEN)) if row.restricted else row.title,
            restricted=row.restricted,
            presenter=row.presenter,
            minutes=row.minutes,
            starts_at=row.starts_at,
            state=row.state,
            outcome=row.outcome,
            item_number=row.item_number,
            request=texts[row.id].request,
            resolution=texts[row.id].resolution,
            remark=texts[row.id].remark,
            papers=row.papers,
        )
        for row in queries.agenda(read, meeting_id=meeting_id)
    )
