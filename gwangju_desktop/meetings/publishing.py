"""Publishing minutes: until when, when they were, and why some are not (각종위원회 조례 제10조)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body
from db.schema.minutes import Minutes
from db.store import usecase
from db.vocab import OVER, BodyRuleKey, MeetingState, Verdict, VoteState, VoteSubject
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.meetings import contents, guards, steps
from gwangju_desktop.meetings.minutes_kept import existing, refuse_draft, rules_of
from gwangju_desktop.text import N_

S = MeetingState


@dataclass(frozen=True, slots=True)
class DueRow:
    """Minutes that are still to be published, and until when."""

    meeting_id: int
    meeting: str
    body_ko: str
    body_en: str
    state: str
    due: dt.date


def due(read: Session, meeting: Meeting) -> dt.date | None:
    """Return the last day to publish minutes (각종위원회 조례 제10조: a month after the meeting)."""
    months = rules_of(read, meeting).value(BodyRuleKey.MINUTES_MONTHS)
    ended = clock.local(meeting.closed_at or meeting.starts_at).date()
    return None if months is None else later(ended, months)


def later(day: dt.date, months: int) -> dt.date:
    """Return the day so many calendar months later, the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, (following - dt.timedelta(days=1)).day))


def to_publish(read: Session) -> list[DueRow]:
    """List meetings whose minutes are not public yet and have to be, the most urgent first.

    A meeting taken over from a register has no sheet: its minutes were made before, elsewhere.
    """
    sheet = select(Attendance.id).where(Attendance.meeting_id == Meeting.id).exists()
    found = read.execute(
        select(Meeting, Body.name_ko, Body.name_en, Minutes)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.state.in_(OVER), Meeting.state != S.PUBLISHED.value)
        .where(or_(Minutes.id.is_not(None), sheet))
    ).all()
    rows = []
    for meeting, name_ko, name_en, row in found:
        if row is not None and (row.closed_ground or row.published_on is not None):
            continue
        until = due(read, meeting)
        if until is not None:
            rows.append(DueRow(meeting.id, meeting.title, name_ko, name_en, meeting.state, until))
    return sorted(rows, key=lambda row: (row.due, row.meeting_id))


@usecase("Publish the minutes", undoable=False)
def publish(
    tx: Session,
    *,
    meeting_id: int,
    on: dt.date | None = None,
    where: str = "",
    early: bool = False,
    at: dt.datetime | None = None,
) -> int:
    """Record that the minutes went public, by default today.

    `early` publishes them before they are confirmed: the copy is marked so, and publishing the
    confirmed text is still to come. Raises UserError where something the law asks for is missing.
    """
    meeting = guards.meeting_of(tx, meeting_id)
    row = existing(tx, meeting)
    day = on or clock.today()
    if row.closed_ground:
        raise UserError(
            N_("These minutes are not published: {ground}."),
            hint=N_("Take that back first."),
            ground=row.closed_ground,
        )
    ended = clock.local(meeting.closed_at or meeting.starts_at).date()
    if not ended <= day <= clock.today():
        raise UserError(
            N_("{day:full} is no day on which they can have been published."),
            hint=N_("Enter a day from the meeting until today."),
            day=day,
        )
    values = tidy({"published_where": where}, ("published_where",))
    if meeting.state == S.DRAFTED:
        if not early:
            raise UserError(
                N_("The minutes of {meeting} are not confirmed yet."),
                hint=N_("Confirm them, or publish them marked as published before confirmation."),
                meeting=meeting.title,
            )
        refuse_draft(tx, meeting)
        steps.refuse_missing(contents.of_meeting(tx, meeting, row.text))
        change(row, {"early": True, "published_on": day, **values})
        return row.id
    change(row, {"published_on": day, **values})
    steps.enter(tx, meeting, S.PUBLISHED, at or clock.now())
    return row.id


@usecase("Keep the minutes unpublished")
def withhold(tx: Session, *, meeting_id: int, ground: str, by_vote: bool = False) -> int:
    """Record why minutes are not published: a ground of disclosure law, or the body's decision.

    A decision (`by_vote`) needs a vote of this meeting, carried by a majority of the enrolled
    (각종위원회 조례 제10조). Raises UserError for minutes that are public already.
    """
    meeting = guards.meeting_of(tx, meeting_id)
    row = existing(tx, meeting)
    why = required(ground, N_("Say the ground on which they are not published."))
    if row.published_on is not None:
        raise UserError(N_("These minutes were published on {day:full}."), day=row.published_on)
    if by_vote and not closed_by_vote(tx, meeting_id):
        raise UserError(
            N_("{meeting} has no vote by which a majority of the enrolled closed its minutes."),
            hint=N_("Record the vote with the item, or name the ground in law."),
            meeting=meeting.title,
        )
    change(row, tidy({"closed_ground": why}, ("closed_ground",)))
    return row.id


@usecase("Publish after all")
def release(tx: Session, *, meeting_id: int) -> int:
    """Take back that minutes are not published."""
    row = existing(tx, guards.meeting_of(tx, meeting_id))
    change(row, {"closed_ground": ""})
    return row.id


def closed_by_vote(read: Session, meeting_id: int) -> bool:
    """Say whether a majority of the enrolled decided that the minutes stay closed."""
    found = read.scalars(
        select(Vote).where(
            Vote.meeting_id == meeting_id,
            Vote.subject == VoteSubject.CLOSED_MINUTES.value,
            Vote.state == VoteState.CLOSED.value,
            Vote.result == Verdict.CARRIED.value,
        )
    ).all()
    return any(vote.uncounted or 2 * (vote.yes or 0) > (vote.enrolled or 0) for vote in found)
