"""What erasing a person would do, said before it is done: what goes, what stays and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db import erase as traces
from db import schema, seals
from db.schema.access import AccessRecord, Erasure
from db.schema.candidates import Candidate
from db.schema.journal import row_change
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.schema.people import Affiliation, Consent, PersonAlias
from gwangju_desktop import clock
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import access, merging
from gwangju_desktop.members.erasing import same, texts_of
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_, Msg

MINUTES = N_("Minutes name who attended (공공기록물법 시행령 제18조).")
COUNTS = N_("Past counts and quorums need the seat: body, role and days, without name.")
ACCESS = N_(
    "The access record is kept whole; it names people by number (안전성 확보조치 기준 제8조)."
)

_GOING: tuple[tuple[Any, Msg], ...] = (
    (PersonAlias, N_("Other names")),
    (Affiliation, N_("Affiliations")),
    (Consent, N_("Consents")),
    (Candidate, N_("Candidacies")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing that goes or stays: how many, why, and where."""

    what: Msg
    n: int
    why: Msg | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A row about something else that still names the person; `law` says why it may not change."""

    table: str
    id: int
    column: str
    title: str
    law: Msg | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing somebody does; `people` are the numbers of all rows that are this person."""

    id: int
    name: str
    people: tuple[int, ...]
    erased_on: dt.date | None
    goes: tuple[Line, ...]
    stays: tuple[Line, ...]
    mentions: tuple[Mention, ...]
    histories: tuple[int, ...]


def preview(read: Session, *, id: int) -> Preview:
    """Return what erasing a person would do; raise UserError when there is none of this id."""
    people = same(read, id)
    first = read.get_one(Person, people[0])
    texts = texts_of(read, people)
    goes = [Line(N_("Name, contact, note and figures for counts"), len(people))]
    goes += [
        Line(what, n)
        for kind, what in _GOING
        if (n := read.scalar(_count(kind).where(kind.person_id.in_(people))))
    ]
    if told_apart := len(merging.apart(read, people)):
        goes.append(Line(N_("Pairs known to differ"), told_apart))
    goes += _ending(read, people)
    payloads = read.scalar(
        select(func.count()).where(row_change.c.subject.in_(people), row_change.c.body.is_not(None))
    )
    goes.append(Line(N_("Steps in the history"), payloads or 0, N_("They cannot be undone then.")))
    images = traces.images_naming(read.connection(), texts, people)
    others = {trace.subject for _entry, _n, trace in images if trace.subject is not None}
    return Preview(
        first.id,
        first.name,
        people,
        first.erased_on,
        tuple(goes),
        tuple(_staying(read, people)),
        tuple(_mentions(read, texts, people)),
        tuple(sorted(others)),
    )


def _count(kind: Any) -> Any:
    return select(func.count()).select_from(kind)


def _ending(read: Session, people: Sequence[int]) -> list[Line]:
    today = clock.today()
    seats = read.execute(
        select(Membership.id, Body.short_ko, Body.short_en)
        .join(Body, Body.id == Membership.body_id)
        .where(
            Membership.person_id.in_(people),
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
        .order_by(Membership.id)
    ).all()
    planned = read.scalars(
        select(Meeting.title)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.person_id.in_(people), ~attendance.on_record())
        .order_by(Meeting.starts_at)
    ).all()
    lines = []
    if seats:
        where = tuple(dict.fromkeys(named(seat.short_ko, seat.short_en) for seat in seats))
        lines.append(Line(N_("Seats held now, which end"), len(seats), None, where))
    if planned:
        lines.append(Line(N_("Places at meetings ahead"), len(planned), None, tuple(planned)))
    return lines


def _staying(read: Session, people: Sequence[int]) -> list[Line]:
    held = read.scalars(
        select(Meeting.title)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.person_id.in_(people), attendance.on_record())
        .order_by(Meeting.starts_at)
    ).all()
    seats = read.scalar(_count(Membership).where(Membership.person_id.in_(people)))
    lines = []
    if held:
        what = N_("The name on the sheets of meetings that were held")
        lines.append(Line(what, len(held), MINUTES, tuple(held)))
    if seats:
        lines.append(Line(N_("Seats held"), seats, COUNTS))
    acts = access.count_about(read, people)
    if acts:
        lines.append(Line(N_("Acts in the access record"), acts, ACCESS))
    return lines


# --- where else the name stands -------------------------------------------------------------------

_TITLES = ("title", "title_ko", "name", "name_ko", "file_name", "key", "source")


def _mentions(read: Session, texts: Sequence[str], people: Sequence[int]) -> list[Mention]:
    connection = read.connection()
    named = traces.rows_naming(connection, texts, people)
    named += traces.entries_naming(connection, texts)
    own = {Attendance.__tablename__, Erasure.__tablename__}
    return [
        Mention(
            trace.table,
            trace.key,
            trace.column,
            _title(read, trace),
            _law(read, trace),
        )
        for trace in named
        if trace.table not in own
    ]


def _title(read: Session, trace: traces.Trace) -> str:
    table = schema.table(trace.table)
    column = next((table.c[name] for name in _TITLES if name in table.c), None)
    if column is None:
        return ""
    return str(read.execute(select(column).where(table.c.id == trace.key)).scalar() or "")


def _law(read: Session, trace: traces.Trace) -> Msg | None:
    """Return why a row may not change, None when a person may decide."""
    if trace.table == AccessRecord.__tablename__:
        return ACCESS
    closed = seals.keeps(read.connection(), trace.table, trace.key)
    return N_("It belongs to a closed meeting, whose record is kept whole.") if closed else None
