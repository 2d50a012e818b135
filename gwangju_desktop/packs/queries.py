"""A meeting's pack gathered from the office; for the public, from public rows only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.papers import Papers
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body
from db.schema.packs import PackPlan
from db.schema.sittings import Guest
from db.vocab import (
    AHEAD,
    Capacity,
    Dividers,
    Edition,
    GuestKind,
    Layout,
    MeetingState,
    Reply,
    Role,
    Sides,
)
from gwangju_desktop import clock, settings
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.meetings import quorums, rules
from gwangju_desktop.meetings.guards import meeting_of
from gwangju_desktop.meetings.rows import AttendanceRow
from gwangju_desktop.members import bodies
from gwangju_desktop.members.words import ROLES
from gwangju_desktop.packs import arranging, earlier
from gwangju_desktop.packs.items import Items, named_chair
from gwangju_desktop.packs.model import GuestData, MemberData, PackData, QuorumData
from gwangju_desktop.packs.pages.frame import CLOSED
from gwangju_desktop.packs.slots import slots
from gwangju_desktop.text import C_, Msg, Words, words

_CAPACITIES: dict[str, Msg] = {
    Capacity.EX_OFFICIO: C_("pack", "ex officio"),
    Capacity.APPOINTED: C_("pack", "appointed"),
}
_GUESTS: dict[str, Msg] = {
    GuestKind.OBSERVER: C_("pack", "Observer"),
    GuestKind.SPECTATOR: C_("pack", "Spectator"),
}
_HEADS = (Role.CHAIR.value, Role.CO_CHAIR.value, Role.VICE_CHAIR.value)
_CHAIRS = (Role.CHAIR.value, Role.CO_CHAIR.value)


def pack_data(
    read: Session,
    papers: Papers,
    *,
    meeting_id: int,
    language: str,
    edition: Edition = Edition.MEMBERS,
    day: dt.date | None = None,
) -> PackData:
    """Gather all that a meeting's pack says, names in the pack's language where there are any.

    For the public edition nothing closed is selected. `day` is the day it says it is as of, today
    if none. Raises UserError when there is no such meeting.
    """
    day = day or clock.today()
    say, public = words(language), edition is Edition.PUBLIC
    meeting = meeting_of(read, meeting_id)
    starts = clock.local(meeting.starts_at)
    rule = quorums.rule_on(read, meeting.body_id, starts.date())
    quorum, _counted, _rule = quorums.of_meeting(
        read,
        meeting_id=meeting_id,
        body_id=meeting.body_id,
        day=starts.date(),
        state=meeting.state,
    )
    plan = read.scalars(select(PackPlan).where(PackPlan.meeting_id == meeting_id)).first()
    seats = meetings.attendance(read, meeting_id=meeting_id)
    closed = "" if meeting.public else meeting.closed_ground or say(CLOSED)
    gathering = Items(read, papers, meeting_id=meeting_id, closed=closed, public=public, say=say)
    chairs = tuple(named_chair(say, seat.role, seat.name) for seat in seats if seat.role in _CHAIRS)
    data = PackData(
        body=_body(read, meeting.body_id, starts.date(), language),
        title=rules.spoken_title(meeting.title, say),
        number=meeting.number,
        starts=starts,
        ends=starts + dt.timedelta(minutes=meeting.minutes),
        place=meeting.place,
        presiding=meeting.presiding,
        secretariat=meeting.secretariat,
        members=_members(read, seats, meeting_id, say, public=public),
        items=gathering.gathered(starts, meeting.minutes, meeting.presiding_id),
        quorum=QuorumData(quorum.enrolled, quorum.required, rule.decides),
        printed=day,
        submitted=meeting.noticed_on,
        # Only the sample office lives on a fixed day.
        sample=settings.value(read, settings.TODAY) is not None,
        secretary=meeting.secretary,
        chairs=chairs,
        layout=_layout(read, meeting.body_id),
        sides=Sides(plan.sides) if plan else Sides.RIGHT_HAND,
        dividers=Dividers(plan.dividers) if plan else Dividers.NONE,
        abbreviations=_abbreviations(plan.abbreviations if plan else ""),
        actions=earlier.actions(read, meeting_id=meeting_id, today=day, say=say, public=public),
        guests=() if public else _guests(read, meeting_id, say),
        following=_following(read, meeting),
        closed=closed,
    )
    return _arranged(read, papers, data, meeting, say, public=public)


def _arranged(
    read: Session, papers: Papers, data: PackData, meeting: Meeting, say: Words, *, public: bool
) -> PackData:
    """Return the data with its parts, and the minutes to confirm where they are one of them."""
    before = earlier.previous_id(read, body_id=meeting.body_id, before=meeting.starts_at)
    shut = None if before is None else earlier.closed(read, meeting_id=before)
    ground = "" if shut is None else shut or say(earlier.NOT_PUBLISHED)
    chosen = slots(
        read, papers, meeting=meeting, data=data, public=public, minutes_closed=ground, say=say
    )
    wanted = any(slot.kind == "previous_minutes" for slot in chosen)
    if wanted and before is not None and not (public and ground):
        minutes = earlier.minutes(read, meeting_id=before, say=say, signers=data.chairs)
        data = replace(data, previous=minutes)
    return replace(data, parts=arranging.arranged(data, chosen, say))


def _body(read: Session, body_id: int, day: dt.date, language: str) -> str:
    body_ko, body_en = bodies.names_on(read, body_id, day)
    return body_ko if language == "ko" else body_en or body_ko


def _following(read: Session, meeting: Meeting) -> dt.datetime | None:
    """Return when the body meets next, where that is planned."""
    starts = read.scalar(
        select(Meeting.starts_at)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state.in_((*AHEAD, MeetingState.OPENED.value)),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return clock.local(starts) if starts is not None else None


def _layout(read: Session, body_id: int) -> Layout:
    found = read.scalar(select(Body.layout).where(Body.id == body_id))
    return Layout(found or Layout.U_SHAPE.value)


def _abbreviations(text: str) -> tuple[tuple[str, str], ...]:
    """Read one abbreviation a line: the short form, a colon, what it stands for."""
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return tuple((short.strip(), meaning.strip()) for short, _, meaning in pairs)


def _members(
    read: Session, seats: list[AttendanceRow], meeting_id: int, say: Words, *, public: bool
) -> tuple[MemberData, ...]:
    substitutes = {} if public else _substitutes(read, meeting_id)

    def organisation(row: AttendanceRow) -> str:
        if say.language == "ko":
            return row.organisation_ko
        return row.organisation_en or row.organisation_ko

    return tuple(
        MemberData(
            row.name,
            organisation(row),
            row.post,
            say(_CAPACITIES.get(row.capacity, Msg(row.capacity))),
            "" if row.role == Role.MEMBER else say(ROLES[row.role]),
            row.role in _HEADS,
            substitutes.get(row.id, ""),
        )
        for row in seats
    )


def _substitutes(read: Session, meeting_id: int) -> dict[int, str]:
    """Return who comes instead of whom, with the post, by attendance."""
    query = select(Attendance.id, Attendance.substitute_post, Attendance.substitute).where(
        Attendance.meeting_id == meeting_id, Attendance.reply == Reply.SUBSTITUTE.value
    )
    return {row.id: _joined(row.substitute_post, row.substitute) for row in read.execute(query)}


def _guests(read: Session, meeting_id: int, say: Words) -> tuple[GuestData, ...]:
    query = select(Guest).where(Guest.meeting_id == meeting_id).order_by(Guest.position)
    return tuple(
        GuestData(say(_GUESTS[row.kind]), row.name, _joined(row.organisation, row.post))
        for row in read.scalars(query).all()
    )


def _joined(*parts: Any) -> str:
    return " ".join(str(part) for part in parts if part)
