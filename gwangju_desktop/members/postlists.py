"""Selects about posts that return frozen rows: the list, one post whole, what a change would do."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db import search
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person
from db.schema.posts import Post, PostHolding, PostSeat
from db.vocab import Capacity
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import rules
from gwangju_desktop.members.posts import NO_POST
from gwangju_desktop.members.seatrules import SITS_FROM_TO, SITS_SINCE
from gwangju_desktop.text import N_, say


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post in the order of offices, with who holds it and where it sits on the day asked for."""

    id: int
    name_ko: str
    name_en: str
    organisation_ko: str
    organisation_en: str
    holder_id: int | None
    holder: str
    since: dt.date | None
    bodies: tuple[str, ...]
    bodies_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """Who held a post, from a day to a day or open."""

    id: int
    person_id: int
    name: str
    starts_on: dt.date
    ends_on: dt.date | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class PostSeatRow:
    """A seat in a body that goes with a post."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    role: str
    voting: bool
    starts_on: dt.date
    ends_on: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class PostDetail:
    """One post whole: its holders, the latest first, and its seats."""

    id: int
    name_ko: str
    name_en: str
    organisation_ko: str
    organisation_en: str
    holdings: tuple[HoldingRow, ...]
    seats: tuple[PostSeatRow, ...]

    def holding(self, on: dt.date) -> HoldingRow | None:
        """Return who holds the post on a day."""
        return next((h for h in self.holdings if rules.in_office(h.starts_on, h.ends_on, on)), None)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of holder does in one body; `trouble` says why it would be refused, or ""."""

    body_ko: str
    body_en: str
    role: str
    trouble: str


def post_ids(
    read: Session,
    *,
    sort: str = "position",
    descending: bool = False,
    words: str = "",
    on: dt.date | None = None,
) -> array[int]:
    """Return the ids of posts in the order of offices; `words` search names, initials too."""
    ids = list(read.scalars(select(Post.id).order_by(Post.position, Post.id)).all())
    wanted = search.fold(words)
    if wanted:
        ids = [
            row.id
            for row in post_rows(read, ids=ids, on=on)
            if wanted
            in search.document((row.name_ko, row.name_en, row.organisation_ko, row.holder))
        ]
    return array("q", reversed(ids) if descending else ids)


def post_rows(read: Session, *, ids: Sequence[int], on: dt.date | None = None) -> list[PostRow]:
    """Return the rows of these posts on a day, in the order of `ids`."""
    day = on or clock.today()
    found = read.execute(
        select(
            Post.id,
            Post.name_ko,
            Post.name_en,
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
        )
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id.in_(ids))
    )
    holders = _holders(read, ids, day)
    seats = _bodies(read, ids, day)
    rows = {}
    for row in found.mappings():
        holder_id, holder, since = holders.get(row["id"], (None, "", None))
        names = seats.get(row["id"], [])
        rows[row["id"]] = PostRow(
            **row,
            holder_id=holder_id,
            holder=holder,
            since=since,
            bodies=tuple(ko for ko, _en in names),
            bodies_en=tuple(en or ko for ko, en in names),
        )
    return [rows[id] for id in ids if id in rows]


def _holders(
    read: Session, ids: Sequence[int], day: dt.date
) -> dict[int, tuple[int, str, dt.date]]:
    held = read.execute(
        select(PostHolding.post_id, Person.id, Person.name, PostHolding.starts_on)
        .join(Person, Person.id == PostHolding.person_id)
        .where(
            PostHolding.post_id.in_(ids),
            PostHolding.starts_on <= day,
            or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= day),
        )
    )
    return {post: (person, name, since) for post, person, name, since in held.all()}


def _bodies(read: Session, ids: Sequence[int], day: dt.date) -> dict[int, list[tuple[str, str]]]:
    held = read.execute(
        select(PostSeat.post_id, Body.short_ko, Body.short_en)
        .join(Body, Body.id == PostSeat.body_id)
        .where(
            PostSeat.post_id.in_(ids),
            PostSeat.starts_on <= day,
            or_(PostSeat.ends_on.is_(None), PostSeat.ends_on >= day),
        )
        .order_by(Body.position, PostSeat.id)
    )
    names: dict[int, list[tuple[str, str]]] = {}
    for post_id, ko, en in held.all():
        names.setdefault(post_id, []).append((ko, en))
    return names


def post(read: Session, *, id: int) -> PostDetail:
    """Return one post; raises UserError when there is none of this id."""
    found = post_rows(read, ids=[id])
    if not found:
        raise UserError(NO_POST, hint=N_("See the list of posts."), id=id)
    holdings = read.execute(
        select(
            PostHolding.id,
            PostHolding.person_id,
            Person.name,
            PostHolding.starts_on,
            PostHolding.ends_on,
            PostHolding.end_reason,
        )
        .join(Person, Person.id == PostHolding.person_id)
        .where(PostHolding.post_id == id)
        .order_by(PostHolding.starts_on.desc(), PostHolding.id)
    )
    return PostDetail(
        id,
        found[0].name_ko,
        found[0].name_en,
        found[0].organisation_ko,
        found[0].organisation_en,
        tuple(HoldingRow(**row) for row in holdings.mappings()),
        _seats(read, id),
    )


def _seats(read: Session, post_id: int) -> tuple[PostSeatRow, ...]:
    rows = read.execute(
        select(
            PostSeat.id,
            PostSeat.body_id,
            Body.short_ko.label("body_ko"),
            Body.short_en.label("body_en"),
            PostSeat.role,
            PostSeat.voting,
            PostSeat.starts_on,
            PostSeat.ends_on,
            PostSeat.source,
        )
        .join(Body, Body.id == PostSeat.body_id)
        .where(PostSeat.post_id == post_id)
        .order_by(Body.position, PostSeat.starts_on, PostSeat.id)
    )
    return tuple(PostSeatRow(**row) for row in rows.mappings())


def effects(
    read: Session, *, post_id: int, on: dt.date, person_id: int | None = None
) -> tuple[Effect, ...]:
    """Return what another holder from a day on does: one row for each body with a seat then."""
    seats = [row for row in _seats(read, post_id) if row.ends_on is None or row.ends_on >= on]
    return tuple(
        Effect(
            row.body_ko,
            row.body_en,
            row.role,
            _held(read, post_id, row.body_id, on) or _sits(read, person_id, row, on),
        )
        for row in seats
    )


def _held(read: Session, post_id: int, body_id: int, on: dt.date) -> str:
    """Say which held meeting has the holder before on its sheet on or after the day."""
    since = dt.datetime.combine(on, dt.time.min, clock.KST)
    row = read.execute(
        select(Meeting.title, Meeting.starts_at)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(
            Membership.post_id == post_id,
            Membership.body_id == body_id,
            attendance.on_record(),
            Meeting.starts_at >= since,
        )
        .order_by(Meeting.starts_at)
    ).first()
    if row is None:
        return ""
    return say(
        N_("The holder before is on the sheet of {meeting} ({day:full})."),
        meeting=row.title,
        day=clock.local(row.starts_at).date(),
    )


def _sits(read: Session, person_id: int | None, seat: PostSeatRow, on: dt.date) -> str:
    """Say where the new holder sits already, other than by office."""
    row = read.execute(
        select(Person.name, Membership.starts_on, Membership.ends_on)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id == person_id,
            Membership.body_id == seat.body_id,
            or_(Membership.capacity != Capacity.EX_OFFICIO.value, Membership.post_id.is_not(None)),
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
    ).first()
    if row is None:
        return ""
    return say(
        SITS_SINCE if row.ends_on is None else SITS_FROM_TO,
        name=row.name,
        body=rules.named(seat.body_ko, seat.body_en),
        start=row.starts_on,
        end=row.ends_on or row.starts_on,
    )
