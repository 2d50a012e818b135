"""What speaks for and against a day: deadlines, days off, who sits elsewhere, who has the room.

Deadlines are the body's own rules, computed back from the day (각종위원회 조례 제9조제1항).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.vocab import AHEAD, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import holidays, quorums, rules
from gwangju_desktop.meetings.holidays import DayOff
from gwangju_desktop.meetings.rules import LONGEST
from gwangju_desktop.members.rules import in_office, named
from gwangju_desktop.text import N_, NN_, Msg, say

Tone = Literal["bad", "warn", "ok"]
PROPOSED = 3  # free days offered
SEARCHED = 120  # days looked through for them
MOST_NAMED = 3
STANDING = (*AHEAD, MeetingState.OPENED)


@dataclass(frozen=True, slots=True)
class Clash:
    """A meeting at the same time: who sits in both, and whether it has the same room."""

    meeting_id: int
    body_ko: str
    body_en: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: tuple[str, ...]
    room: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a day stands. `notice_by` is the last working day not after the deadline.

    `off` is why nobody works on the day; `free` are days nothing speaks against.
    """

    day: dt.date
    notice_due: dt.date
    notice_by: dt.date
    materials_due: dt.date
    materials_by: dt.date
    notice_missed: bool
    materials_missed: bool
    past: bool
    off: str
    clashes: tuple[Clash, ...]
    free: tuple[dt.date, ...]

    @property
    def fine(self) -> bool:
        """Say whether nothing speaks against the day."""
        missed = self.notice_missed or self.materials_missed
        return not (missed or self.past or self.off or self.clashes)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about a day."""

    tone: Tone
    message: Msg
    values: Mapping[str, object]

    def __str__(self) -> str:
        return say(self.message, **self.values)


def outlook(
    read: Session,
    *,
    body_id: int,
    starts_at: dt.datetime,
    minutes: int,
    place: str = "",
    kind: str = MeetingKind.REGULAR.value,
    meeting_id: int | None = None,
    today: dt.date,
) -> Outlook:
    """Say what speaks for and against a moment; `meeting_id` is the meeting being moved.

    A notice that has gone out already counts from its day, not from today.
    """
    starts = clock.local(starts_at)
    day = starts.date()
    rule = quorums.rule_on(read, body_id, day)
    last = max(day, today) + dt.timedelta(days=SEARCHED)
    first = min(day, today) - dt.timedelta(days=62)
    named_days = holidays.days(read, first=first, last=last)
    sent = distributed = today
    if meeting_id is not None:
        row = read.execute(
            select(Meeting.noticed_on, Meeting.distributed_on).where(Meeting.id == meeting_id)
        ).first()
        if row is not None:
            sent = row.noticed_on or today
            distributed = row.distributed_on or today
    notice, materials = rules.notice_due(rule, day), rules.materials_due(rule, day)
    diary = Diary.of(read, body_id, first, last, meeting_id)
    sits = kind != MeetingKind.WRITTEN
    return Outlook(
        day=day,
        notice_due=notice,
        notice_by=holidays.working_day(named_days, notice, -1) or notice,
        materials_due=materials,
        materials_by=holidays.working_day(named_days, materials, -1) or materials,
        notice_missed=sent > notice,
        materials_missed=distributed > materials,
        past=day < today,
        off=holidays.why_off(named_days, day),
        clashes=diary.clashes(starts, minutes, place) if sits else (),
        free=tuple(_free(diary, rule, starts, minutes, place, named_days, today=today, last=last)),
    )


def _free(
    diary: Diary,
    rule: rules.Rule,
    starts: dt.datetime,
    minutes: int,
    place: str,
    named_days: Mapping[dt.date, DayOff],
    *,
    today: dt.date,
    last: dt.date,
) -> Iterable[dt.date]:
    """Find the next days at the same time of day that nothing speaks against."""
    found = 0
    day = max(starts.date(), today) + dt.timedelta(days=1)
    while day <= last and found < PROPOSED:
        moment = dt.datetime.combine(day, starts.timetz())
        in_time = rules.notice_due(rule, day) >= today
        working = not holidays.why_off(named_days, day)
        if in_time and working and not diary.clashes(moment, minutes, place):
            yield day
            found += 1
        day += dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Other:
    """Another meeting, with the ids of those who sit in it."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    starts: dt.datetime
    ends: dt.datetime
    place: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Diary:
    """The other meetings of a span of days, and who sits in the body and when."""

    body_id: int
    others: tuple[_Other, ...]
    seats: tuple[tuple[int, dt.date, dt.date | None], ...]
    names: Mapping[int, str]

    @classmethod
    def of(
        cls, read: Session, body_id: int, first: dt.date, last: dt.date, without: int | None
    ) -> Diary:
        """Read the meetings that are to be held, with their sheets, in three selects."""
        low = dt.datetime.combine(first, dt.time(), clock.KST)
        high = dt.datetime.combine(last, dt.time(), clock.KST) + dt.timedelta(days=2)
        standing = (
            Meeting.starts_at >= low,
            Meeting.starts_at < high,
            Meeting.state.in_(STANDING),
            Meeting.kind != MeetingKind.WRITTEN.value,
            Meeting.id != (without or 0),
        )
        rows = read.execute(
            select(
                Meeting.id,
                Meeting.body_id,
                Body.name_ko,
                Body.name_en,
                Meeting.title,
                Meeting.starts_at,
                Meeting.minutes,
                Meeting.place,
            )
            .join(Body, Body.id == Meeting.body_id)
            .where(*standing)
            .order_by(Meeting.starts_at, Meeting.id)
        ).all()
        members = read.execute(
            select(Membership.person_id, Membership.starts_on, Membership.ends_on, Person.name)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.body_id == body_id,
                Membership.starts_on <= last,
                or_(Membership.ends_on.is_(None), Membership.ends_on >= first),
            )
            .order_by(Membership.id)
        ).all()
        sheets: dict[int, set[int]] = {}
        seated = select(Attendance.meeting_id, Attendance.person_id).join(
            Meeting, Meeting.id == Attendance.meeting_id
        )
        wanted = [row.person_id for row in members]
        if rows and wanted:
            shared = seated.where(*standing, Attendance.person_id.in_(wanted))
            for meeting, person in read.execute(shared):
                sheets.setdefault(meeting, set()).add(person)
        others = []
        for row in rows:
            starts = clock.local(row.starts_at)
            others.append(
                _Other(
                    row.id,
                    row.body_id,
                    row.name_ko,
                    row.name_en,
                    row.title,
                    starts,
                    starts + dt.timedelta(minutes=row.minutes),
                    row.place,
                    frozenset(sheets.get(row.id, ())),
                )
            )
        return cls(
            body_id,
            tuple(others),
            tuple((row.person_id, row.starts_on, row.ends_on) for row in members),
            {row.person_id: row.name for row in members},
        )

    def clashes(self, starts: dt.datetime, minutes: int, place: str) -> tuple[Clash, ...]:
        """Return the meetings at that time that share members or the room."""
        ends = starts + dt.timedelta(minutes=min(max(minutes, 1), LONGEST))
        room = same_room(place)
        day = starts.date()
        holding = [person for person, first, last in self.seats if in_office(first, last, day)]
        found = []
        for other in self.others:
            if other.starts >= ends or other.ends <= starts:
                continue
            both = list(dict.fromkeys(person for person in holding if person in other.people))
            same = bool(room) and same_room(other.place) == room
            own = other.body_id == self.body_id
            if both or same or own:
                found.append(
                    Clash(
                        other.id,
                        other.body_ko,
                        other.body_en,
                        other.title,
                        other.starts,
                        other.ends,
                        tuple(self.names[person] for person in both),
                        same,
                        own,
                    )
                )
        return tuple(found)


def same_room(place: str) -> str:
    """Return a place as two spellings of it are compared: without blanks, in small letters."""
    return "".join(place.split()).casefold()


def sentences(plan: Outlook) -> list[Said]:
    """Say what an outlook holds, the weightiest first."""
    told: list[Said] = []
    if plan.past:
        told.append(Said("warn", N_("{day:long} has passed."), {"day": plan.day}))
    elif plan.notice_missed:
        told.append(
            Said(
                "bad",
                N_("The notice was due on {due:long}: an urgent reason is needed."),
                {"due": plan.notice_due},
            )
        )
    elif plan.materials_missed:
        told.append(
            Said(
                "bad",
                N_("The papers were due on {due:long}: an urgent reason is needed."),
                {"due": plan.materials_due},
            )
        )
    if plan.off:
        told.append(
            Said("warn", N_("{day:long} is a day off: {why}."), {"day": plan.day, "why": plan.off})
        )
    for clash in plan.clashes:
        told.extend(_clash(clash))
    if not plan.past and not plan.notice_missed:
        told.append(_due(plan))
    return told


def _due(plan: Outlook) -> Said:
    values: dict[str, object] = {"notice": plan.notice_due, "papers": plan.materials_due}
    early = (plan.notice_by, plan.materials_by) != (plan.notice_due, plan.materials_due)
    if early:
        values |= {"notice_by": plan.notice_by, "papers_by": plan.materials_by}
        message = N_(
            "Notice by {notice:long}, papers by {papers:long}; on working days by"
            " {notice_by:long} and {papers_by:long}."
        )
    else:
        message = N_("Notice by {notice:long}, papers by {papers:long}.")
    return Said("ok", message, values)


def _clash(clash: Clash) -> Iterable[Said]:
    values: dict[str, object] = {
        "meeting": f"{named(clash.body_ko, clash.body_en)} {clash.title}",
        "from": clash.starts_at,
        "to": clash.ends_at,
    }
    if clash.own:
        yield Said("bad", N_("The body meets then already: {meeting}, {from:time}."), values)
    elif clash.people:
        people = names(clash.people)
        yield Said(
            "warn",
            NN_(
                "{n} member sits in {meeting} at {from:time}: {people}.",
                "{n} members sit in {meeting} at {from:time}: {people}.",
            ),
            {**values, "n": len(clash.people), "people": people},
        )
    if clash.room:
        yield Said("bad", N_("The room is taken: {meeting}, {from:time}."), values)


def names(people: Sequence[str]) -> str:
    """List the first names, and how many more there are."""
    if len(people) <= MOST_NAMED:
        return ", ".join(people)
    listed = ", ".join(people[:MOST_NAMED])
    return say(N_("{names} and {n} more"), names=listed, n=len(people) - MOST_NAMED)
