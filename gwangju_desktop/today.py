"""What is due: the next meeting, deadlines, and what changed last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.schema.journal import change_log
from db.schema.members import Body, Membership, Person
from db.vocab import Capacity
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.meetings.rows import Upcoming
from gwangju_desktop.members.rules import SOON_DAYS, named
from gwangju_desktop.text import N_, Msg

WEEK_DAYS = 7
CHANGES = 5
# A term that ran out longer ago than this is no news any more.
STALE_DAYS = 60


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the preparation list: `done` of `total`, by a day if there is one."""

    label: Msg
    done: int
    total: int
    due: dt.date | None

    @property
    def finished(self) -> bool:
        """Say whether nothing is left to do."""
        return self.total > 0 and self.done >= self.total


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting and what is known about who comes.

    `starts_at` and `ends_at` are on the office's clock; `forecast` says that those who said they
    come are enough to open.
    """

    id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    presiding: str
    days_left: int
    enrolled: int
    required: int
    coming: int
    silent: int
    not_coming: int
    checks: tuple[Check, ...]

    @property
    def forecast(self) -> bool:
        """Say whether enough said they come."""
        return self.coming >= self.required


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: `title` with `values`, of which kind, who looks after it, and by when.

    `days` counts from today to the day, negative when it has passed; `table` and `id` say which
    record to open (`meeting` or `person`).
    """

    title: Msg
    values: dict[str, object]
    kind: Msg
    owner: str
    due: dt.date
    days: int
    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is due, in order of the day: passed, within a week, later."""

    overdue: tuple[Deadline, ...]
    week: tuple[Deadline, ...]
    later: tuple[Deadline, ...]

    @property
    def count(self) -> int:
        """Count them all."""
        return len(self.overdue) + len(self.week) + len(self.later)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal: what was done, by whom, when on the office's clock."""

    id: int
    kind: str
    label: Msg
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows."""

    today: dt.date
    next_meeting: NextMeeting | None
    deadlines: Deadlines
    changes: tuple[Change, ...]


def overview(read: Session, *, today: dt.date) -> Overview:
    """Collect what is due from `today` on."""
    ahead = meetings.upcoming(read, today=today)
    due = [*_of_meetings(ahead, today), *_of_terms(read, today)]
    due.sort(key=lambda deadline: (deadline.due, deadline.id))
    return Overview(
        today,
        _next(ahead[0], today) if ahead else None,
        Deadlines(
            tuple(d for d in due if d.days < 0),
            tuple(d for d in due if 0 <= d.days <= WEEK_DAYS),
            tuple(d for d in due if d.days > WEEK_DAYS),
        ),
        tuple(_changes(read)),
    )


def _next(meeting: Upcoming, today: dt.date) -> NextMeeting:
    return NextMeeting(
        id=meeting.id,
        body_id=meeting.body_id,
        body_ko=meeting.body_ko,
        body_en=meeting.body_en,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        presiding=meeting.presiding,
        days_left=(meeting.starts_at.date() - today).days,
        enrolled=meeting.enrolled,
        required=meeting.required,
        coming=meeting.coming,
        silent=meeting.silent,
        not_coming=meeting.not_coming,
        checks=(
            Check(N_("Agenda items drawn up"), meeting.written, meeting.numbered, None),
            Check(N_("Notice of meeting"), int(meeting.noticed), 1, meeting.notice_due),
            Check(
                N_("Papers received"), meeting.with_papers, meeting.numbered, meeting.materials_due
            ),
            Check(
                N_("Members' replies"),
                meeting.enrolled - meeting.silent,
                meeting.enrolled,
                meeting.starts_at.date() - dt.timedelta(days=1),
            ),
        ),
    )


def _of_meetings(ahead: list[Upcoming], today: dt.date) -> Iterator[Deadline]:
    for meeting in ahead:

        def due(day: dt.date, title: Msg, m: Upcoming = meeting, **more: object) -> Deadline:
            return Deadline(
                title,
                {"meeting": m.title, **more},
                N_("Meeting"),
                m.secretariat,
                day,
                (day - today).days,
                "meeting",
                m.id,
            )

        held = meeting.starts_at.date()
        if not meeting.noticed:
            yield due(meeting.notice_due, N_("{meeting}: notice of meeting"))
        if meeting.lacking:
            numbers = "·".join(str(number) for number in meeting.lacking)
            title = N_("{meeting}: papers (item {numbers} missing)")
            yield due(meeting.materials_due, title, numbers=numbers)
        if meeting.silent:
            title = N_("{meeting}: replies of {n} members")
            yield due(held - dt.timedelta(days=1), title, n=meeting.silent)


def _of_terms(read: Session, today: dt.date) -> Iterator[Deadline]:
    later = aliased(Membership)
    followed = (
        select(later.id)
        .where(
            later.person_id == Membership.person_id,
            later.body_id == Membership.body_id,
            later.starts_on > Membership.ends_on,
        )
        .exists()
    )
    found = read.execute(
        select(Membership.ends_on, Person.id, Person.name, Body.short_ko, Body.short_en)
        .join(Person, Person.id == Membership.person_id)
        .join(Body, Body.id == Membership.body_id)
        .where(
            Membership.capacity == Capacity.APPOINTED.value,
            Membership.end_reason.is_(None),
            Membership.ends_on >= today - dt.timedelta(days=STALE_DAYS),
            Membership.ends_on <= today + dt.timedelta(days=SOON_DAYS),
            ~followed,
        )
        .order_by(Membership.ends_on, Person.name)
    ).all()
    grouped: dict[tuple[dt.date, str], list[tuple[int, str]]] = {}
    for ends_on, person_id, name, short_ko, short_en in found:
        assert ends_on is not None
        body = named(short_ko, short_en)
        grouped.setdefault((ends_on, body), []).append((person_id, name))
    for (ends_on, body), people in grouped.items():
        first_id, first = people[0]
        if len(people) == 1:
            title = N_("Term of {name} ends ({body})")
        else:
            title = N_("Terms of {name} and {n} more end ({body})")
        values: dict[str, object] = {"name": first, "n": len(people) - 1, "body": body}
        days = (ends_on - today).days
        yield Deadline(title, values, N_("Member"), "", ends_on, days, "person", first_id)


def _changes(read: Session) -> Iterator[Change]:
    rows = read.execute(
        select(
            change_log.c.id,
            change_log.c.kind,
            change_log.c.label,
            change_log.c.who,
            change_log.c.at,
        )
        .order_by(change_log.c.id.desc())
        .limit(CHANGES)
    )
    for row in rows.all():
        at = clock.local(dt.datetime.fromisoformat(row.at.replace("Z", "+00:00")))
        yield Change(row.id, row.kind, Msg(row.label), row.who, at)
