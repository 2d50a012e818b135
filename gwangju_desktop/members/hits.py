"""What a search of the roll hits: whether few or many, whom, and the first page of very many."""

from __future__ import annotations

import unicodedata
from array import array
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db import fetch, search
from db.schema.members import Membership, Person
from db.schema.people import Affiliation, PersonAlias
from db.schema.search import search_doc
from db.types import Words
from gwangju_desktop.members.conditions import hidden

FEW = 2_000  # hits that are sorted sooner than everybody is looked through
PAGE = 60  # rows of the first answer to a search with many hits


class Hit:
    """What was searched for: the kind of its statements, their parameters, whether few match."""

    def __init__(self, read: Session, words: str) -> None:
        dialect = read.get_bind().dialect.name
        self.kind = (dialect, len(search.fold(words)) == 1)
        self.asked = search.asked(dialect, words)
        texts, seats = _counted(*self.kind)
        n = read.scalar(texts, self.asked) or 0
        if n <= FEW:
            n += read.scalar(seats, self.asked) or 0
        self.few = n <= FEW

    def ranks(self, read: Session) -> tuple[list[int], list[int]]:
        """Return who is hit, and 0 for a name that begins with the words, 1 that holds them."""
        people, ranks = fetch.columns(read, people_of(*self.kind), self.asked)
        return people, ranks


def hit_of(read: Session, words: str) -> Hit | None:
    return Hit(read, words) if search.fold(words) else None


@lru_cache
def people_of(dialect: str, single: bool) -> Select[Any]:
    """Select (person, rank) that hits are about, the best rank of each."""
    hit = search.hits(dialect, single)

    def refs(table: str) -> Select[Any]:
        return select(hit.c.ref).where(hit.c.tbl == table)

    # "in", not a join: the planner would walk all seats and look each one up among the hits.
    found = union_all(
        select(hit.c.ref.label("id"), hit.c.inside.label("rank")).where(hit.c.tbl == "person"),
        select(PersonAlias.person_id, literal(1)).where(PersonAlias.id.in_(refs("person_alias"))),
        select(Membership.person_id, literal(2)).where(Membership.id.in_(refs("membership"))),
        select(Membership.person_id, literal(2)).where(
            Membership.organisation_id.in_(refs("organisation"))
        ),
        select(Affiliation.person_id, literal(2)).where(Affiliation.id.in_(refs("affiliation"))),
        select(Affiliation.person_id, literal(2)).where(
            Affiliation.organisation_id.in_(refs("organisation"))
        ),
    ).subquery("found")
    # Grouped by the database, which leaves the interpreter to the window meanwhile.
    return select(found.c.id, func.min(found.c.rank).label("rank")).group_by(found.c.id)


@lru_cache
def _counted(dialect: str, single: bool) -> tuple[Select[Any], Select[Any]]:
    """Select how many texts match, and how many seats their organisations have: FEW + 1 at most."""
    hit = search.hits(dialect, single)
    offices = select(hit.c.ref).where(hit.c.tbl == "organisation")
    seats = select(Membership.id).where(Membership.organisation_id.in_(offices))

    def counted(query: Any) -> Select[Any]:
        return select(func.count()).select_from(query.limit(FEW + 1).subquery())

    return counted(select(hit.c.ref)), counted(seats)


def first_page(read: Session, words: str, hit: Hit) -> array[int]:
    """Return the first people by name whose name begins with the words, else who has such a seat.

    Fewer than PAGE say nothing: the whole answer is then to be asked for.
    """
    first, last = _names_from(words)
    page = fetch.ids(read, _named_from(), {"first": first, "last": last})
    if len(page) or read.scalar(_one_name(*hit.kind), hit.asked):
        return page
    return fetch.ids(read, _walked(), {"inside": hit.asked["folded"]})


def _names_from(words: str) -> tuple[str, str]:
    """Return the first name that begins with the words, and the first after all that do."""
    start = unicodedata.normalize("NFC", words.strip())
    if len(start) == 1 and (initial := search.fold(start)) in search.INITIALS:
        at = 0xAC00 + 588 * search.INITIALS.index(initial)
        return chr(at), chr(at + 588)
    start = start[:1].upper() + start[1:]
    return start, start[:-1] + chr(ord(start[-1]) + 1)


@lru_cache
def _named_from() -> Select[Any]:
    first, last = bindparam("first", type_=Words), bindparam("last", type_=Words)
    return (
        select(Person.id)
        .where(Person.name >= first, Person.name < last, Person.id.not_in(hidden()))
        .order_by(Person.name, Person.id)
        .limit(PAGE)
    )


@lru_cache
def _one_name(dialect: str, single: bool) -> Select[Any]:
    hit = search.hits(dialect, single)
    return select(hit.c.ref).where(hit.c.tbl.in_(["person", "person_alias"])).limit(1)


@lru_cache
def _walked() -> Select[Any]:
    """Select the first by name whose seat is meant; the names are walked until there are PAGE."""
    inside: Any = bindparam("inside", type_=Words)

    def says(table: str, owner: Any) -> ColumnElement[bool]:
        found = search_doc.c.folded.contains(inside)
        return exists().where(search_doc.c.tbl == table, search_doc.c.ref == owner, found)

    seat = exists().where(
        Membership.person_id == Person.id,
        or_(says("membership", Membership.id), says("organisation", Membership.organisation_id)),
    )
    shown = select(Person.id).where(Person.id.not_in(hidden()), seat)
    return shown.order_by(Person.name, Person.id).limit(PAGE)
