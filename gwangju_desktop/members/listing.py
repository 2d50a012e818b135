"""The roll as a list: which people, in which order, and the rows of those near the eye.

A list of 100,000 opens and is searched while somebody types, so ids come in one piece
(`db.fetch`), few people are sorted by the database and many in the order of names it keeps.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal, select
from sqlalchemy.orm import Session, aliased

from db import fetch
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person, Term
from db.vocab import OVER, BodyRuleKey
from gwangju_desktop import clock
from gwangju_desktop.members import conditions, hits, ordering, profiles
from gwangju_desktop.members.access import masked_email, masked_phone
from gwangju_desktop.members.conditions import BODY, ON, hidden, holds
from gwangju_desktop.members.rows import MemberRow

_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


def member_ids(
    read: Session,
    *,
    words: str = "",
    sort: str = "name",
    descending: bool = False,
    **seat: Any,
) -> array[int]:
    """Return the ids of people in the order of a list.

    `words` search names, other names, posts and organisations, initial consonants too. `seat`
    are conditions on a seat (`conditions.asked`); without any, everybody is listed.
    """
    asked = conditions.asked(seat)
    return _listed(read, asked, hits.hit_of(read, words), sort, descending)


def first_member_ids(
    read: Session, *, words: str = "", sort: str = "name", descending: bool = False, **seat: Any
) -> tuple[array[int], bool]:
    """Return the ids, or the first page of them while very many match; whether these are all."""
    asked = conditions.asked(seat)
    hit = hits.hit_of(read, words)
    plain = sort in ("name", "precedence") and not descending and not asked
    if plain and hit is not None and not hit.few:
        page = hits.first_page(read, words, hit)
        if len(page) == hits.PAGE:
            return page, False
    return _listed(read, asked, hit, sort, descending), True


def _listed(
    read: Session, asked: dict[str, Any], hit: hits.Hit | None, sort: str, descending: bool
) -> array[int]:
    found = _by_name(read, asked, hit)
    if sort == "precedence" and "body_id" in asked:
        found = ordering.in_precedence(read, found, asked)
    elif sort not in ("name", "precedence"):
        return ordering.sorted_by(read, found, sort, asked, descending)
    if descending:
        found.reverse()
    return found


def fields(read: Session) -> list[str]:
    """List the fields people were appointed for, for choosing one."""
    query = select(Membership.field).where(Membership.field != "").distinct()
    return list(read.scalars(query.order_by(Membership.field)).all())


def span(read: Session) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last known day of any seat."""
    found = read.execute(select(func.min(Membership.starts_on), func.max(Membership.ends_on))).one()
    return found[0], found[1]


# --- which people


def _by_name(read: Session, asked: dict[str, Any], hit: hits.Hit | None) -> array[int]:
    """Return the people whose seats and texts are wanted, by name.

    Of those searched for, whose name begins so stands first, then whose name holds the words,
    then who was found by a post or an organisation.
    """
    if "body_id" in asked or (hit is not None and hit.few):
        return _few_by_name(read, asked, hit)
    found = ordering.everybody(read).ids[:]
    if asked:
        wanted = set(fetch.ids(read, _seated(tuple(asked)), asked))
        found = array("q", [id for id in found if id in wanted])
    return found if hit is None else _ranked(found, *hit.ranks(read))


def _few_by_name(read: Session, asked: dict[str, Any], hit: hits.Hit | None) -> array[int]:
    """Return few people by name; sorted here, because the index of names would be walked whole."""
    few = hit is not None and hit.few
    query = _named(tuple(asked), hit.kind if hit is not None and few else None)
    given = {**asked, **hit.asked} if hit is not None and few else asked
    ids, names, ranks = fetch.columns(read, query, given)
    found = array("q", [id for *_, id in sorted(zip(ranks, names, ids, strict=True))])
    return found if hit is None or few else _ranked(found, *hit.ranks(read))


def _ranked(found: array[int], people: list[int], ranks: list[int]) -> array[int]:
    """Return who of `found` is hit, those of the first rank first."""
    # Bytes by id stay near the processor, where a dictionary of 100,000 does not.
    place = bytearray(1 + max(max(some, default=0) for some in (people, found)))
    for id, rank in zip(people, ranks, strict=True):
        place[id] = rank + 1
    order = [array("q"), array("q"), array("q")]
    for id in found:
        if n := place[id]:
            order[n - 1].append(id)
    return ordering.joined(order)


@lru_cache
def _seated(kinds: tuple[str, ...]) -> Select[Any]:
    """Select whom the seats that are wanted belong to."""
    return select(Membership.person_id).where(*conditions.on_seat(kinds))


@lru_cache
def _named(kinds: tuple[str, ...], hit: tuple[str, bool] | None) -> Any:
    """Select (person, name, rank) of seats, or of what was searched for."""
    if hit is None:
        query: Any = select(Person.id, Person.name, literal(0).label("rank"))
    else:
        meant = hits.people_of(*hit).subquery("meant")
        query = select(Person.id, Person.name, meant.c.rank).join(meant, meant.c.id == Person.id)
    query = query.where(Person.id.not_in(hidden()))
    return query.where(Person.id.in_(_seated(kinds))) if kinds else query


# --- rows


def member_rows(read: Session, *, ids: Sequence[int], **seat: Any) -> list[MemberRow]:
    """Return the rows of these people, in the order of `ids`; `seat` as the list was asked with."""
    asked = conditions.asked(seat)
    given = {"ids": list(ids), **asked}
    found = read.execute(_rows_asked(tuple(asked)), given).mappings().all()
    sits = _bodies_of(read, _bodies_asked("on" in asked), given)
    came = _came(read, _marks_asked("body_id" in asked), given)
    most = None
    if "body_id" in asked:
        held = profiles.in_force(read, asked["body_id"], asked.get("on") or clock.today())
        most = held.value(BodyRuleKey.MOST_TERMS)
    rows = {}
    for row in found:
        values = {**row, "most": most}
        values["phone"] = masked_phone(row["phone"])
        values["email"] = masked_email(row["email"])
        names = sits.get(row["id"], [])
        rows[row["id"]] = MemberRow(
            **values,
            bodies=tuple(ko for ko, _en in names),
            bodies_en=tuple(en for _ko, en in names),
            came=came.get(row["id"]),
        )
    return [rows[id] for id in ids if id in rows]


# A row is asked for on every edit, and making the statements costs more than carrying them out:
# each kind is made once, with parameters in the places of the days and ids.
@lru_cache
def _rows_asked(asked: tuple[str, ...]) -> Any:
    mine = aliased(Membership)
    first = select(func.min(mine.id)).where(
        mine.person_id == Person.id, *conditions.on_seat(asked, mine)
    )
    return (
        select(
            Person.id,
            Person.name,
            func.coalesce(Membership.id, 0).label("membership_id"),
            func.coalesce(Membership.body_id, 0).label("body_id"),
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            func.coalesce(Membership.post, "").label("post"),
            func.coalesce(Membership.field, "").label("field"),
            func.coalesce(Membership.role, "").label("role"),
            func.coalesce(Membership.capacity, "").label("capacity"),
            func.coalesce(Membership.voting, False).label("voting"),
            Term.number.label("term"),
            Membership.starts_on,
            Membership.ends_on,
            func.coalesce(Membership.appointments, 0).label("appointments"),
            Person.fictional,
            Person.phone,
            Person.email,
        )
        .select_from(Person)
        .outerjoin(Membership, Membership.id == first.correlate(Person).scalar_subquery())
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Term, Term.id == Membership.term_id)
        .where(Person.id.in_(_IDS))
    )


@lru_cache
def _bodies_asked(dated: bool) -> Any:
    query = (
        select(Membership.person_id, Body.short_ko, Body.short_en)
        .join(Body, Body.id == Membership.body_id)
        .where(Membership.person_id.in_(_IDS))
        .order_by(Body.position, Membership.id)
    )
    return query.where(holds(ON)) if dated else query


@lru_cache
def _marks_asked(bodied: bool) -> Any:
    query = (
        select(Attendance.person_id, Attendance.presence)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id.in_(_IDS), Meeting.state.in_(OVER))
    )
    return query.where(Meeting.body_id == BODY) if bodied else query


def _bodies_of(
    read: Session, query: Any, asked: dict[str, Any]
) -> dict[int, list[tuple[str, str]]]:
    sits: dict[int, list[tuple[str, str]]] = {}
    for person_id, short_ko, short_en in read.execute(query, asked).all():
        names = sits.setdefault(person_id, [])
        if (short_ko, short_en) not in names:
            names.append((short_ko, short_en))
    return sits


def _came(read: Session, query: Any, asked: dict[str, Any]) -> dict[int, float]:
    marks: dict[int, list[bool]] = {}
    for person_id, presence in read.execute(query, asked).all():
        marks.setdefault(person_id, []).append(presence in ordering.ATTENDED)
    return {person_id: sum(held) / len(held) for person_id, held in marks.items()}
