"""Meetings as an iCalendar file (RFC 5545) for other calendars: Seoul time, Korean text, no names.

A file holds what anybody may know: body, title, time, place, the public agenda. Who comes or
presides is not in it, nor anybody's address.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.files import atomic_write
from db.schema.journal import row_change
from db.schema.meetings import Meeting
from db.schema.members import Body
from db.store import usecase
from db.vocab import MeetingKind, MeetingState
from gwangju_desktop import VERSION, clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import notices, queries
from gwangju_desktop.meetings.calendar_lines import BODY_MARK, KIND_MARK, TITLE_MARK
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_, language, say

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone

ZONE = "Asia/Seoul"
SUFFIX = ".ics"
STATUSES: dict[str, str] = {
    MeetingState.PLANNED: "TENTATIVE",
    MeetingState.NO_QUORUM: "CANCELLED",
    MeetingState.POSTPONED: "CANCELLED",
    MeetingState.CANCELLED: "CANCELLED",
}
CONFIRMED = "CONFIRMED"


@dataclass(frozen=True, slots=True)
class Made:
    """A calendar as it is written, and how many meetings are in it."""

    data: bytes
    meetings: int


@usecase("Give meetings calendar identifiers", aside=True)
def give_uids(tx: Session, *, body_id: int | None = None) -> int:
    """Give every meeting without one an identifier it keeps in all calendars; return how many."""
    query = select(Meeting).where(Meeting.uid.is_(None)).order_by(Meeting.id)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    meetings = tx.scalars(query).all()
    for meeting in meetings:
        meeting.uid = secrets.token_hex(16)
    return len(meetings)


def without_uid(read: Session, *, body_id: int | None = None) -> bool:
    """Say whether a meeting has no identifier yet."""
    query = select(Meeting.id).where(Meeting.uid.is_(None)).limit(1)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    return read.scalar(query) is not None


def calendar(
    read: Session, *, body_id: int | None = None, meeting_ids: Sequence[int] | None = None
) -> Made:
    """Return the meetings of all bodies, of one, or these, as an iCalendar file."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", f"-//Gwangju Desktop//{VERSION}//{language().upper()}")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", _name(read, body_id))
    book.add("x-wr-timezone", ZONE)
    book.add_component(_seoul())
    query = (
        select(Meeting.id, Meeting.uid, Body.name_ko, Body.name_en)
        .join(Body, Body.id == Meeting.body_id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    if meeting_ids is not None:
        query = query.where(Meeting.id.in_(meeting_ids))
    rows = read.execute(query).all()
    changed = _changes(read, [row.id for row in rows])
    for row in rows:
        uid = row.uid or _uid_of(row.id, row.name_ko)
        _event(book, read, row.id, uid, row.name_ko, changed.get(row.id, 0))
    return Made(book.to_ical(), len(rows))


def write(path: Path, made: Made) -> None:
    """Write a calendar to a file, whole or not at all; raises UserError for another kind of file."""
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        raise UserError(
            N_("{file} is no calendar file."),
            hint=N_("Give it a name that ends in .ics."),
            file=path.name,
        )
    with atomic_write(path) as file:
        file.write(made.data)


def _name(read: Session, body_id: int | None) -> str:
    if body_id is None:
        return say(N_("Meetings of the bodies"))
    row = read.execute(select(Body.name_ko, Body.name_en).where(Body.id == body_id)).first()
    if row is None:
        raise UserError(N_("There is no body {id}."), id=body_id)
    return named(row.name_ko, row.name_en)


def _uid_of(id: int, body: str) -> str:
    """Return an identifier for a meeting that has none, where none can be kept: always the same."""
    return hashlib.sha256(f"{body}\n{id}".encode()).hexdigest()[:32]


def _changes(read: Session, ids: Sequence[int]) -> dict[int, int]:
    """Count how often each meeting was changed since it was made, by the journal.

    The count only grows, also by undoing: other calendars take the higher of two (RFC 5545 3.8.7.4).
    """
    keys = {json.dumps([id]): id for id in ids}
    query = (
        select(row_change.c.pk, func.count())
        .where(row_change.c.tbl == Meeting.__tablename__, row_change.c.pk.in_(keys))
        .group_by(row_change.c.pk)
    )
    return {keys[pk]: times - 1 for pk, times in read.execute(query).all()}


def _seoul() -> Timezone:
    """Return Seoul's zone: nine hours ahead, without summer time."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1970, 1, 1))
    standard.add("tzname", "KST")
    standard.add("tzoffsetfrom", dt.timedelta(hours=9))
    standard.add("tzoffsetto", dt.timedelta(hours=9))
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(book: Calendar, read: Session, id: int, uid: str, body_ko: str, changes: int) -> None:
    from icalendar import Event

    meeting = queries.meeting(read, id=id)
    body = named(meeting.body_ko, meeting.body_en)
    written = meeting.kind == MeetingKind.WRITTEN
    starts, ends = meeting.starts_at, meeting.ends_at
    if written and meeting.reply_by is not None:
        # A written resolution has no sitting: its day is the day replies are due.
        starts = meeting.reply_by
        ends = starts + dt.timedelta(minutes=meeting.minutes)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", clock.now())
    event.add("sequence", changes)
    for name, moment in (("dtstart", starts), ("dtend", ends)):
        event.add(name, moment.replace(tzinfo=None), parameters={"TZID": ZONE})
    event.add("summary", f"{body} {meeting.title}")
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", _description(read, id))
    event.add("categories", [body])
    event.add("status", STATUSES.get(meeting.state, CONFIRMED))
    event.add("class", "PUBLIC" if meeting.public else "PRIVATE")
    event.add(KIND_MARK, meeting.kind)
    event.add(TITLE_MARK, meeting.title)
    event.add(BODY_MARK, body_ko)
    book.add_component(event)


def _description(read: Session, id: int) -> str:
    """Return the public agenda."""
    return "\n".join(notices.public_agenda(read, meeting_id=id))
