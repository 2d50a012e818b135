"""Making one person of two rows that are the same somebody; both histories stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.candidates import Candidate
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.schema.people import Affiliation, Consent, DistinctPair, PersonAlias
from db.schema.posts import Post, PostHolding
from db.schema.reviews import MonitorKey, ReviewAnswer, ReviewComment
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import rules
from gwangju_desktop.members.people import PERSON_FIELDS, living
from gwangju_desktop.text import N_, words

Whose = TypeVar("Whose", Affiliation, Candidate, Consent)
# Every table that names one person; a test compares them with the tables.
HISTORY: tuple[Any, ...] = (
    Membership,
    PostHolding,
    Affiliation,
    PersonAlias,
    Consent,
    Candidate,
    Attendance,
    MonitorKey,
    ReviewAnswer,
    ReviewComment,
)
FILLED = tuple(name for name in PERSON_FIELDS if name not in ("name", "fictional"))
TICKS = ("has_recommendation", "has_acceptance", "has_privacy_consent", "has_pledge", "chosen")
# What is held (its id and names), from when, to when.
Held = tuple[int, str, str, dt.date, dt.date | None]
HINT = N_("Correct or remove one of the two first; nobody sits in a body twice on one day.")


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days inside a sentence, written in the language it is said in."""

    start: dt.date
    end: dt.date | None

    def __format__(self, _spec: str) -> str:
        return words().days(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two memberships of the two persons in one body, or two holdings of one post, with days."""

    what_ko: str
    what_en: str
    first: tuple[dt.date, dt.date | None]
    second: tuple[dt.date, dt.date | None]


@usecase("Merge persons")
def merge_people(tx: Session, *, keep_id: int, other_id: int) -> int:
    """Give the history of one person to another: seats, posts, names, consents, attendance.

    What is empty of the kept is filled; another name becomes an alias. The other row stays, empty
    of history, and names the kept. Raises UserError, naming the dates, when both sat in one body,
    or held one post, at the same time.
    """
    if keep_id == other_id:
        raise UserError(
            N_("Choose two different persons."),
            hint=N_("One of them is kept, the other goes over to it."),
        )
    keep, other = living(tx, keep_id), living(tx, other_id)
    for clash in overlaps(tx, keep_id=keep_id, other_id=other_id):
        raise UserError(
            N_("Both are in {what}: {first} and {second}."),
            hint=HINT,
            what=rules.named(clash.what_ko, clash.what_en),
            first=Days(*clash.first),
            second=Days(*clash.second),
        )
    for name in FILLED:
        if getattr(keep, name) in (None, "") and getattr(other, name) not in (None, ""):
            setattr(keep, name, getattr(other, name))
    _keep_names_on_sheets(tx, keep, other)
    _drop_doubles(tx, keep, other)
    _move_pairs(tx, keep.id, other.id)
    for table in HISTORY:
        for row in tx.scalars(select(table).where(table.person_id == other_id)).all():
            row.person_id = keep_id
    for merged in tx.scalars(select(Person).where(Person.merged_into_id == other_id)).all():
        merged.merged_into_id = keep_id
    if other.name != keep.name and other.name not in _names(tx, keep_id):
        tx.add(PersonAlias(person_id=keep_id, name=other.name))
    other.merged_into_id = keep_id
    tx.flush()
    return keep_id


@usecase("Note that the two are not one person")
def keep_apart(tx: Session, *, person_id: int, other_id: int) -> int:
    """Note that two people who look alike are two, so that nobody is asked again."""
    if person_id == other_id:
        raise UserError(
            N_("Choose two different persons."),
            hint=N_("They are compared with each other, not one with itself."),
        )
    first, second = sorted(living(tx, id).id for id in (person_id, other_id))
    known = tx.scalars(
        select(DistinctPair).where(DistinctPair.person_id == first, DistinctPair.other_id == second)
    ).first()
    if known is not None:
        return known.id
    row = DistinctPair(person_id=first, other_id=second, noted_on=clock.today())
    tx.add(row)
    tx.flush()
    return row.id


def apart(tx: Session, people: Collection[int]) -> list[DistinctPair]:
    """Return the pairs known to differ in which one of these people is."""
    either = or_(DistinctPair.person_id.in_(people), DistinctPair.other_id.in_(people))
    return list(tx.scalars(select(DistinctPair).where(either).order_by(DistinctPair.id)).all())


def _move_pairs(tx: Session, keep_id: int, other_id: int) -> None:
    """Let whom the other was told apart from differ from the kept; the two themselves are one."""
    told = {other for row in apart(tx, [keep_id]) for other in (row.person_id, row.other_id)}
    for row in apart(tx, [other_id]):
        third = row.other_id if row.person_id == other_id else row.person_id
        if third == keep_id or third in told:
            tx.delete(row)
        else:
            row.person_id, row.other_id = sorted((keep_id, third))
    tx.flush()


def overlaps(read: Session, *, keep_id: int, other_id: int) -> list[Overlap]:
    """List what stands against a merge: days both sat in one body or held one post."""
    found = []
    for mine, theirs in (
        (_seats(read, keep_id), _seats(read, other_id)),
        (_posts(read, keep_id), _posts(read, other_id)),
    ):
        for what, ko, en, start, end in mine:
            for same, _ko, _en, since, until in theirs:
                if what == same and rules.overlap((start, end), (since, until)):
                    found.append(Overlap(ko, en, (start, end), (since, until)))
    return found


def _seats(read: Session, person_id: int) -> list[Held]:
    rows = read.execute(
        select(Body.id, Body.short_ko, Body.short_en, Membership.starts_on, Membership.ends_on)
        .join(Body, Body.id == Membership.body_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.starts_on)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows.all()]


def _posts(read: Session, person_id: int) -> list[Held]:
    rows = read.execute(
        select(Post.id, Post.name_ko, Post.name_en, PostHolding.starts_on, PostHolding.ends_on)
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.person_id == person_id)
        .order_by(PostHolding.starts_on)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows.all()]


def _names(tx: Session, person_id: int) -> set[str]:
    aliases = select(PersonAlias.name).where(PersonAlias.person_id == person_id)
    return set(tx.scalars(aliases).all())


def _keep_names_on_sheets(tx: Session, keep: Person, other: Person) -> None:
    """Leave the sheets of held meetings with the name that was read out there."""
    if keep.name == other.name:
        return
    sheets = (
        select(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id == other.id, attendance.on_record())
    )
    for row in tx.scalars(sheets).all():
        row.recorded_name = row.recorded_name or other.name


def _drop_doubles(tx: Session, keep: Person, other: Person) -> None:
    """Take away what the kept person has: names, affiliations, consents, a candidacy for a term."""
    names = _names(tx, keep.id) | {keep.name}
    for alias in tx.scalars(select(PersonAlias).where(PersonAlias.person_id == other.id)).all():
        if alias.name in names:
            tx.delete(alias)
    mine = {_affiliation(row) for row in _of(tx, Affiliation, keep.id)}
    for row in _of(tx, Affiliation, other.id):
        if _affiliation(row) in mine:
            tx.delete(row)
    agreed = {(row.field, row.purpose): row for row in _open_consents(tx, keep.id)}
    for consent in _open_consents(tx, other.id):
        known = agreed.get((consent.field, consent.purpose))
        if known is not None:
            # One consent to withdraw and not two, from the earlier day.
            known.given_on = min(known.given_on, consent.given_on)
            tx.delete(consent)
    standing = {row.term_id: row for row in _of(tx, Candidate, keep.id)}
    for candidate in _of(tx, Candidate, other.id):
        first = standing.get(candidate.term_id)
        if first is None:
            continue
        for tick in TICKS:
            setattr(first, tick, getattr(first, tick) or getattr(candidate, tick))
        tx.delete(candidate)
    tx.flush()


def _open_consents(tx: Session, person_id: int) -> list[Consent]:
    return [row for row in _of(tx, Consent, person_id) if row.withdrawn_on is None]


def _of(tx: Session, table: type[Whose], person_id: int) -> list[Whose]:
    return list(tx.scalars(select(table).where(table.person_id == person_id)).all())


def _affiliation(row: Affiliation) -> tuple[int, str, dt.date | None, dt.date | None]:
    return row.organisation_id, row.post, row.starts_on, row.ends_on
