"""Who is there: the mix of bodies and of consultations by sector, sex, age and disability.

Counts below the office's limit are hidden, and so are as many others as are needed so that no
hidden one can be worked out from those shown and the total (소수셀 비공개).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.inclusion import Consultation, ConsultationCount
from db.schema.members import Body, Membership, Person
from db.store import usecase
from db.vocab import Gender, Sector
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.members import tallies
from gwangju_desktop.members.tallies import enrolled, organisations, seated
from gwangju_desktop.text import C_, N_, Msg

SECTOR, GENDER, AGE, DISABILITY = "sector", "gender", "age", "disability"
UNKNOWN = "unknown"
HIDDEN = "*"
MOST_PEOPLE = 1_000_000
LEAST_LIMIT, MOST_LIMIT = 1, 100

DIMENSIONS: dict[str, Msg] = {
    SECTOR: N_("By sector"),
    GENDER: N_("By sex"),
    AGE: N_("By age"),
    DISABILITY: N_("By disability"),
}
SECTORS: dict[str, Msg] = {
    Sector.CITIZEN: N_("Citizens"),
    Sector.CIVIL_SOCIETY: N_("Social organisations"),
    Sector.EDUCATION: N_("Educational organisations"),
    Sector.RESEARCH: N_("Research"),
    Sector.BUSINESS: N_("Business"),
    Sector.COUNCIL: N_("Council"),
    Sector.GOVERNMENT: N_("Administration"),
    Sector.OTHER: C_("sector", "Other"),
}
SEXES: dict[str, Msg] = {Gender.FEMALE: C_("mix", "Women"), Gender.MALE: C_("mix", "Men")}
ABILITIES: dict[str, Msg] = {"yes": N_("With a disability"), "no": N_("Without a disability")}
# Ages as a questionnaire asks them; of members only the decade of birth is kept.
AGES: dict[str, Msg] = {
    "10s": N_("Teens"),
    "20s": N_("Twenties"),
    "30s": N_("Thirties"),
    "40s": N_("Forties"),
    "50s": N_("Fifties"),
    "60s": N_("Sixty and older"),
}
CODES: dict[str, dict[str, Msg]] = {
    SECTOR: SECTORS,
    GENDER: SEXES,
    AGE: AGES,
    DISABILITY: ABILITIES,
}
FIELDS = ("title_ko", "title_en", "held_on", "source", "note")
NO_CONSULTATION = N_("There is no consultation {id}.")
NO_TITLE = N_("A title is needed.")


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a mix; `people` is None where the count is hidden."""

    code: str
    label: Msg
    values: dict[str, Any]
    people: int | None


@dataclass(frozen=True, slots=True)
class Split:
    """How people divide in one respect; `total` is None where it is hidden too."""

    dimension: str
    parts: tuple[Part, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """Count the groups that are hidden."""
        return sum(part.people is None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Mix:
    """The mix of a body on a day or of a consultation; `least` is the smallest count shown."""

    title_ko: str
    title_en: str
    on: dt.date | None
    source: str
    least: int
    splits: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A body or a consultation whose mix can be shown; `id` is minus the consultation's id."""

    id: int
    consultation: bool
    title_ko: str
    title_en: str
    held_on: dt.date | None
    total: int | None


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation as it is edited, with its true counts by dimension and code."""

    id: int
    title_ko: str
    title_en: str
    held_on: dt.date | None
    source: str
    note: str
    counts: dict[str, dict[str, int]]


def mix(
    read: Session,
    *,
    body_id: int | None = None,
    consultation_id: int | None = None,
    on: dt.date | None = None,
) -> Mix:
    """Return the mix of a body on a day, or of a consultation, with small counts hidden."""
    least = settings.value(read, settings.SMALL_CELL)
    if consultation_id is not None:
        row = consultation(read, id=consultation_id)
        counted = {name: row.counts.get(name, {}) for name in DIMENSIONS}
        held = (row.title_ko, row.title_en, row.held_on, row.source)
    else:
        assert body_id is not None and on is not None
        body = read.execute(
            select(Body.name_ko, Body.name_en, Body.ordinance).where(Body.id == body_id)
        ).first()
        if body is None:
            raise UserError(
                N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
            )
        counted = _of_body(read, body_id, on)
        held = (body.name_ko, body.name_en, on, body.ordinance)
    return Mix(*held, least, _splits(counted, least))


def _splits(counted: Mapping[str, Mapping[str, int]], least: int) -> tuple[Split, ...]:
    splits = [
        _split(dimension, groups, least)
        for dimension, groups in counted.items()
        if any(groups.values())
    ]
    if any(split.total is None for split in splits):
        # The same people are counted in every respect: one total would give the others away.
        splits = [Split(split.dimension, split.parts, None) for split in splits]
    return tuple(splits)


def _split(dimension: str, groups: Mapping[str, int], least: int) -> Split:
    counts = {code: n for code, n in groups.items() if n}
    known = CODES[dimension]
    order = [*known, *sorted(code for code in counts if code not in known and code != UNKNOWN)]
    codes = [code for code in [*order, UNKNOWN] if code in counts]
    shown = hide([counts[code] for code in codes], least)
    parts = tuple(
        Part(code, *_label(dimension, code), people)
        for code, people in zip(codes, shown.counts, strict=True)
    )
    return Split(dimension, parts, shown.total)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of counts and their total; None is hidden."""

    counts: tuple[int | None, ...]
    total: int | None


def hide(counts: Sequence[int], least: int) -> Shown:
    """Hide the counts below `least` (none is 0), and what would give one of them away.

    With the total shown, the hidden counts add up to a known sum. They stay unknown when there are
    two or more, their sum is no small count itself, and it is not just one person each; until then
    the smallest count still shown is hidden too. When none is left, the total is hidden.
    """
    hidden = {n for n, count in enumerate(counts) if count < least}
    left = sorted(set(range(len(counts))) - hidden, key=lambda n: (counts[n], n))
    while hidden and not _safe([counts[n] for n in hidden], least):
        if not left:
            return Shown((None,) * len(counts), None)
        hidden.add(left.pop(0))
    total = sum(counts)
    return Shown(tuple(None if n in hidden else count for n, count in enumerate(counts)), total)


def _safe(hidden: Sequence[int], least: int) -> bool:
    together = sum(hidden)
    return len(hidden) > 1 and together >= least and together > len(hidden)


def _label(dimension: str, code: str) -> tuple[Msg, dict[str, Any]]:
    if code == UNKNOWN:
        return C_("mix", "Not entered"), {}
    if dimension == AGE and code.isdigit():
        return N_("Born in the {decade}s"), {"decade": int(code)}
    return CODES[dimension].get(code, Msg(code)), {}


def _of_body(read: Session, body_id: int, on: dt.date) -> dict[str, dict[str, int]]:
    """Count the members in office; observers and clerks without a vote are none."""
    mine, posts = organisations()
    kinds = (
        func.coalesce(mine.sector, posts.sector, "").label("sector"),
        Person.gender,
        Person.birth_decade,
        Person.disability,
    )
    found_rows = read.execute(tallies.counted(*kinds).where(seated(body_id, on), enrolled()))
    counted: dict[str, dict[str, int]] = {name: {} for name in DIMENSIONS}
    for sector, gender, decade, disability, n in found_rows.all():
        ability = UNKNOWN if disability is None else ("yes" if disability else "no")
        for name, code in (
            (SECTOR, sector or UNKNOWN),
            (GENDER, gender or UNKNOWN),
            (AGE, UNKNOWN if decade is None else str(decade)),
            (DISABILITY, ability),
        ):
            counted[name][code] = counted[name].get(code, 0) + n
    return counted


def subjects(read: Session, *, on: dt.date) -> list[Subject]:
    """List the bodies that exist on a day, then the consultations, the latest first."""
    least = settings.value(read, settings.SMALL_CELL)
    seats = (
        select(Membership.body_id, func.count().label("n"))
        .where(
            Membership.starts_on <= on, or_(Membership.ends_on.is_(None), Membership.ends_on >= on)
        )
        .group_by(Membership.body_id)
        .subquery()
    )
    bodies = read.execute(
        select(Body.id, Body.name_ko, Body.name_en, func.coalesce(seats.c.n, 0).label("n"))
        .outerjoin(seats, seats.c.body_id == Body.id)
        .where(
            or_(Body.founded_on.is_(None), Body.founded_on <= on),
            or_(Body.dissolved_on.is_(None), Body.dissolved_on >= on),
        )
        .order_by(Body.position, Body.id)
    )
    rows = [Subject(row.id, False, row.name_ko, row.name_en, None, row.n) for row in bodies.all()]
    held = read.execute(
        select(Consultation.id, Consultation.title_ko, Consultation.title_en, Consultation.held_on)
        # Days that are not known come last on both databases.
        .order_by(Consultation.held_on.is_(None), Consultation.held_on.desc(), Consultation.id)
    )
    for row in held.all():
        total = _largest_total(read, row.id)
        shown = total if total is not None and total >= least else None
        rows.append(Subject(-row.id, True, row.title_ko, row.title_en, row.held_on, shown))
    return rows


def _largest_total(read: Session, consultation_id: int) -> int | None:
    totals = read.execute(
        select(func.sum(ConsultationCount.people))
        .where(ConsultationCount.consultation_id == consultation_id)
        .group_by(ConsultationCount.dimension)
    )
    return max((int(row[0]) for row in totals.all()), default=None)


def consultation(read: Session, *, id: int) -> ConsultationRow:
    """Return a consultation for editing; raises UserError when there is none of this id."""
    row = read.execute(
        select(Consultation.id, *(getattr(Consultation, name) for name in FIELDS)).where(
            Consultation.id == id
        )
    ).first()
    if row is None:
        raise UserError(NO_CONSULTATION, hint=MEANWHILE, id=id)
    counts: dict[str, dict[str, int]] = {}
    found_rows = read.execute(
        select(ConsultationCount.dimension, ConsultationCount.code, ConsultationCount.people)
        .where(ConsultationCount.consultation_id == id)
        .order_by(ConsultationCount.id)
    )
    for dimension, code, people in found_rows.all():
        counts.setdefault(dimension, {})[code] = people
    return ConsultationRow(**row._mapping, counts=counts)


@usecase("Add consultation")
def add_consultation(
    tx: Session, *, title_ko: str, counts: Mapping[str, Mapping[str, int]], **values: Any
) -> int:
    """Add an occasion at which people were heard, with how many of each group took part."""
    fields = tidy({"title_ko": title_ko, **values}, FIELDS)
    fields["title_ko"] = required(fields["title_ko"], NO_TITLE)
    fields.setdefault("held_on", None)
    row = Consultation(**fields)
    tx.add(row)
    tx.flush()
    _set_counts(row, counts)
    tx.flush()
    return row.id


@usecase("Edit consultation")
def edit_consultation(
    tx: Session, *, id: int, counts: Mapping[str, Mapping[str, int]] | None = None, **values: Any
) -> int:
    """Change a consultation; `counts`, where given, replaces all its counts."""
    row = found(tx, Consultation, id, NO_CONSULTATION)
    fields = tidy(values, FIELDS)
    if "title_ko" in fields:
        fields["title_ko"] = required(fields["title_ko"], NO_TITLE)
    change(row, fields)
    if counts is not None:
        _set_counts(row, counts)
    tx.flush()
    return id


@usecase("Remove consultation")
def remove_consultation(tx: Session, *, id: int) -> int:
    """Take a consultation away with its counts."""
    tx.delete(found(tx, Consultation, id, NO_CONSULTATION))
    tx.flush()
    return id


@usecase("Change which counts are hidden")
def set_small_cell(tx: Session, *, least: int) -> str:
    """Say below which number counts of people are hidden."""
    if not LEAST_LIMIT <= least <= MOST_LIMIT:
        raise UserError(
            N_("{n} is no limit for small counts."),
            hint=N_("Enter a number from {first} to {last}."),
            n=least,
            first=LEAST_LIMIT,
            last=MOST_LIMIT,
        )
    return settings.change_setting(tx, key=settings.SMALL_CELL, value=least)


def _set_counts(row: Consultation, counts: Mapping[str, Mapping[str, int]]) -> None:
    wanted = {
        (dimension, code): people
        for dimension, groups in counts.items()
        for code, people in groups.items()
        if people
    }
    for (dimension, code), people in wanted.items():
        if code not in CODES.get(dimension, {}) and code != UNKNOWN:
            raise UserError(
                N_("There is no group “{code}”."),
                hint=N_("Choose one of {known}."),
                code=code,
                known=", ".join([*CODES.get(dimension, {}), UNKNOWN]),
            )
        if not 0 < people <= MOST_PEOPLE:
            raise UserError(
                N_("{n} is no number of people."),
                hint=N_("Enter a whole number up to {most}."),
                n=people,
                most=MOST_PEOPLE,
            )
    for known in list(row.counts):
        people = wanted.pop((known.dimension, known.code), 0)
        if not people:
            row.counts.remove(known)
        elif known.people != people:
            known.people = people
    for (dimension, code), people in wanted.items():
        row.counts.append(ConsultationCount(dimension=dimension, code=code, people=people))
