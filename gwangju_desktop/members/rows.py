"""What is known of bodies and people, as frozen rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.members import rules
from gwangju_desktop.members.personrecord import AffiliationRow, ConsentRow
from gwangju_desktop.members.profiles import Entry


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What every row about a body says."""

    id: int
    parent_id: int | None
    kind: str
    name_ko: str
    name_en: str
    short_ko: str
    short_en: str
    founded_on: dt.date | None
    dissolved_on: dt.date | None
    seats: int | None


@dataclass(frozen=True, slots=True)
class BodyRow(BodyFacts):
    """One body with how many sit in it on the day asked for."""

    members: int
    ex_officio: int
    appointed: int


@dataclass(frozen=True, slots=True)
class BodyNameRow:
    """Another name of a body and where it was found."""

    id: int
    kind: str
    name: str
    language: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term of a body (제n기) and its days."""

    id: int
    number: int
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class BodyWhole(BodyFacts):
    """One body with its names and the rules in force on the day asked for."""

    parent_ko: str
    parent_en: str
    ordinance: str
    note: str
    ex_officio: int
    appointed: int
    names: tuple[BodyNameRow, ...]
    rules: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BodyDetail(BodyWhole):
    """One body counted; `vacant` is None where the number of seats is not fixed.

    `term` is the one that holds the day asked for.
    """

    members: int
    vacant: int | None
    balance: rules.Balance
    term: TermSpan | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person in the roll; the membership shown is the one asked for, else the first held.

    `bodies` are the short Korean names of all bodies the person sits in on that day, `came` the
    share of closed meetings attended, None without any. `phone` and `email` are masked; ids are 0
    where there is no seat, `term` is the number of the body's term (제n기); `most` how often in a row
    the body's rule lets somebody be appointed, known where one body is asked for.
    """

    id: int
    name: str
    membership_id: int
    body_id: int
    organisation_ko: str
    organisation_en: str
    post: str
    field: str
    role: str
    capacity: str
    voting: bool
    term: int | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    appointments: int
    most: int | None
    bodies: tuple[str, ...]
    bodies_en: tuple[str, ...]
    fictional: bool
    phone: str
    email: str
    came: float | None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One seat a person holds or held."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    organisation_ko: str
    organisation_en: str
    post: str
    role: str
    capacity: str
    voting: bool
    starts_on: dt.date
    ends_on: dt.date | None
    end_reason: str | None
    appointments: int
    field: str
    term: int | None
    post_id: int | None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post a person holds or held."""

    post_id: int
    name_ko: str
    name_en: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """How a person came to one meeting."""

    meeting_id: int
    body_ko: str
    body_en: str
    number: int | None
    title: str
    day: dt.date
    state: str
    reply: str
    presence: str


@dataclass(frozen=True, slots=True)
class MemberDetail:
    """One person with all seats (the earliest first) and the attendance history.

    `committees` counts those the person is appointed to today.
    """

    id: int
    name: str
    hanja: str
    latin: str
    gender: str | None
    phone: str
    email: str
    note: str
    fictional: bool
    memberships: tuple[MembershipRow, ...]
    attendance: tuple[MarkRow, ...]
    aliases: tuple[str, ...]
    affiliations: tuple[AffiliationRow, ...]
    posts: tuple[HeldPost, ...]
    consents: tuple[ConsentRow, ...]
    committees: int
