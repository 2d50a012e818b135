"""Finding people entered twice: pairs with a score and the reasons for it.

Nobody is compared with everybody: two people are looked at only when they share a key (name and
organisation, initial consonants and organisation or number, another name), so that the work grows
with the number of people. A key that many share (the number of a switchboard) says nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import search
from db.schema.members import Membership, Organisation, Person
from db.schema.people import Affiliation, DistinctPair, PersonAlias
from gwangju_desktop.members import rules
from gwangju_desktop.text import N_, Msg

# Points of each sign; 100 is certainty enough to offer the pair first.
SAME_NAME, SAME_INITIALS, ALIAS = 50, 25, 45
SAME_ORGANISATION, SAME_PHONE, SAME_EMAIL, SAME_HANJA = 25, 30, 30, 15
OTHER_SEX, OTHER_DECADE, SAT_TOGETHER = -40, -30, -40
LEAST = 45
# A number, or a key, that more people than this share tells nothing of them.
MANY_NUMBERS, MANY_NAMES = 4, 6
MOST = 200

REASONS: dict[str, Msg] = {
    "name": N_("Same name"),
    "initials": N_("Same initial consonants"),
    "alias": N_("Another name of the other"),
    "organisation": N_("Same organisation"),
    "phone": N_("Same phone"),
    "email": N_("Same e-mail"),
    "hanja": N_("Same Hanja"),
    "sex": N_("But another sex"),
    "decade": N_("But another decade of birth"),
    "together": N_("But both sat in one body at one time"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one; the first has been in the office longer."""

    id: int
    other_id: int
    name: str
    other_name: str
    organisations: tuple[str, ...]
    other_organisations: tuple[str, ...]
    score: int
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Face:
    """What two people are compared by."""

    id: int
    name: str
    folded: str
    initials: str
    hanja: str
    phone: str
    email: str
    gender: str | None
    decade: int | None
    organisations: dict[int, str]
    aliases: set[str]
    seats: list[tuple[int, Any, Any]]
    apart: set[int]


def duplicates(read: Session, *, person_id: int | None = None) -> list[Pair]:
    """List pairs of people who may be one, the surest first; of one person where asked.

    Two who were told apart (`merging.keep_apart`) are none.
    """
    return pairs(faces(read), person_id)


def pairs(everybody: Mapping[int, Face], person_id: int | None = None) -> list[Pair]:
    """Compare what `faces` read: it takes long in a big office, and no database."""
    found = []
    for first_id, second_id in sorted(_candidates(everybody.values())):
        if person_id is not None and person_id not in (first_id, second_id):
            continue
        if second_id in everybody[first_id].apart:
            continue
        pair = _judge(everybody[first_id], everybody[second_id])
        if pair.score >= LEAST:
            found.append(pair)
    found.sort(key=lambda pair: (-pair.score, pair.name, pair.id))
    return found[:MOST]


def faces(read: Session) -> dict[int, Face]:
    """Read everybody who is listed, with organisations, other names and seats."""
    rows = read.execute(
        select(
            Person.id,
            Person.name,
            Person.hanja,
            Person.phone,
            Person.email,
            Person.gender,
            Person.birth_decade,
        ).where(Person.merged_into_id.is_(None), Person.erased_on.is_(None))
    )
    known: dict[int, Face] = {}
    for row in rows.all():
        folded = search.fold(row.name)
        phone = "".join(character for character in row.phone if character.isdigit())
        known[row.id] = Face(
            row.id,
            row.name,
            folded,
            search.initials(folded),
            row.hanja,
            phone,
            row.email.casefold(),
            row.gender,
            row.birth_decade,
            {},
            set(),
            [],
            set(),
        )
    seats = read.execute(
        select(
            Membership.person_id,
            Membership.organisation_id,
            Organisation.name_ko,
            Membership.body_id,
            Membership.starts_on,
            Membership.ends_on,
        ).outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    )
    for person, organisation, name, body, starts, ends in seats.all():
        if person in known:
            known[person].seats.append((body, starts, ends))
            if organisation is not None:
                known[person].organisations[organisation] = name
    works = read.execute(
        select(Affiliation.person_id, Organisation.id, Organisation.name_ko).join(
            Organisation, Organisation.id == Affiliation.organisation_id
        )
    )
    for person, organisation, name in works.all():
        if person in known:
            known[person].organisations[organisation] = name
    for person, name in read.execute(select(PersonAlias.person_id, PersonAlias.name)).all():
        if person in known:
            known[person].aliases.add(search.fold(name))
    told_apart = select(DistinctPair.person_id, DistinctPair.other_id)
    for first, second in read.execute(told_apart).all():
        if first in known:
            known[first].apart.add(second)
    _forget_switchboards(known.values())
    return known


def _forget_switchboards(faces: Collection[Face]) -> None:
    phones = Counter(face.phone for face in faces)
    emails = Counter(face.email for face in faces)
    for face in faces:
        if phones[face.phone] > MANY_NUMBERS:
            face.phone = ""
        if emails[face.email] > MANY_NUMBERS:
            face.email = ""


def _candidates(faces: Iterable[Face]) -> set[tuple[int, int]]:
    """Return the pairs that share a key; a key of too many people gives none."""
    keys: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for face in faces:
        if not face.folded:
            continue
        keys["name", face.folded].append(face.id)
        for organisation in face.organisations:
            keys["name in", face.folded, organisation].append(face.id)
            keys["initials in", face.initials, organisation].append(face.id)
        if face.phone:
            keys["initials at", face.initials, face.phone].append(face.id)
        if face.email:
            keys["initials by", face.initials, face.email].append(face.id)
        for alias in face.aliases - {face.folded}:
            keys["name", alias].append(face.id)
    found = set()
    for ids in keys.values():
        if 1 < len(ids) <= MANY_NAMES:
            found.update(_each(ids))
    return found


def _each(ids: list[int]) -> set[tuple[int, int]]:
    known = sorted(set(ids))
    return {(a, b) for n, a in enumerate(known) for b in known[n + 1 :]}


def _judge(first: Face, second: Face) -> Pair:
    """Weigh the signs for and against."""
    alias = first.folded in second.aliases or second.folded in first.aliases
    same_name = first.folded == second.folded
    signs = {
        "name": SAME_NAME if same_name else 0,
        "alias": ALIAS if alias and not same_name else 0,
        "initials": (
            SAME_INITIALS
            if first.initials == second.initials and not same_name and not alias
            else 0
        ),
        "organisation": SAME_ORGANISATION
        if first.organisations.keys() & second.organisations
        else 0,
        "phone": SAME_PHONE if first.phone and first.phone == second.phone else 0,
        "email": SAME_EMAIL if first.email and first.email == second.email else 0,
        "hanja": SAME_HANJA if first.hanja and first.hanja == second.hanja else 0,
        "sex": OTHER_SEX if _differ(first.gender, second.gender) else 0,
        "decade": OTHER_DECADE if _differ(first.decade, second.decade) else 0,
        "together": SAT_TOGETHER if _together(first, second) else 0,
    }
    return Pair(
        first.id,
        second.id,
        first.name,
        second.name,
        tuple(first.organisations.values()),
        tuple(second.organisations.values()),
        max(0, min(100, sum(signs.values()))),
        tuple(name for name, points in signs.items() if points),
    )


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _together(first: Face, second: Face) -> bool:
    return any(
        body == same and rules.overlap((starts, ends), (since, until))
        for body, starts, ends in first.seats
        for same, since, until in second.seats
    )
