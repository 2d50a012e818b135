"""The roll as a list: which people, in which order, and the rows of those near the eye.

A list of 100,000 opens and is searched while somebody types, so ids come in one piece
(`db.fetch`), few people are sorted by the database and many in the order of names it keeps.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from db import fetch, search
from db.schema.access import Erasure
from db.schema.journal import change_log
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person, Term
from db.schema.people import Affiliation, PersonAlias
from db.schema.search import search_doc
from db.types import Words
from db.vocab import BodyRuleKey, MeetingState, Presence
from gwangju_desktop import clock
from gwangju_desktop.members import precedence, profiles
from gwangju_desktop.members.access import masked_email, masked_phone
from gwangju_desktop.members.rows import MemberRow

NEVER = 0  # the number of who has no seat
OPEN = "9999-12-31"  # the last day of a seat without one
LAST = "~"  # stands behind every day: who has no seat has no last day either
FEW = 2_000  # hits that are sorted sooner than everybody is looked through
PAGE = 60  # rows of the first answer to a search with many hits
_ATTENDED = (Presence.PRESENT.value, Presence.LEFT.value)

_ON: Any = bindparam("on", type_=Date)
_UNTIL: Any = bindparam("until", type_=Date)
_BODY: Any = bindparam("body_id", type_=Integer)
_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


def holds(on: Any, row: Any = Membership) -> ColumnElement[bool]:
    """Return the condition that a membership holds on a day."""
    return and_(row.starts_on <= on, or_(row.ends_on.is_(None), row.ends_on >= on))


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
    are conditions on a seat (`_asked`); without any, everybody is listed.
    """
    asked = _asked(seat)
    return _listed(read, asked, _hit(read, words), sort, descending)


def first_member_ids(
    read: Session, *, words: str = "", sort: str = "name", descending: bool = False, **seat: Any
) -> tuple[array[int], bool]:
    """Return the ids, or the first PAGE of them while very many match; whether these are all."""
    asked = _asked(seat)
    hit = _hit(read, words)
    plain = sort in ("name", "precedence") and not descending and not asked
    if plain and hit is not None and not hit.few:
        page = _first_page(read, words, hit)
        if len(page) == PAGE:
            return page, False
    return _listed(read, asked, hit, sort, descending), True


def _listed(
    read: Session, asked: dict[str, Any], hit: _Hit | None, sort: str, descending: bool
) -> array[int]:
    found = _by_name(read, asked, hit)
    if sort == "precedence" and "body_id" in asked:
        found = _in_precedence(read, found, asked)
    elif sort not in ("name", "precedence"):
        return _sorted_by(read, found, sort, asked, descending)
    if descending:
        found.reverse()
    return found


def prepare(read: Session) -> bool:
    """Sort everybody by a key that was not asked for yet; return whether another key is left.

    For quiet moments: whoever then sorts 100,000 has them in some 20 ms instead of 100.
    """
    kept = _kept_order(read)
    left = [sort for sort in (*_KEYS, "came") if sort not in kept.sorted]
    if left:
        kept.sorted[left[0]] = _everybody_parted(read, kept, left[0])
    return len(left) > 1


def fields(read: Session) -> list[str]:
    """List the fields people were appointed for, for choosing one."""
    query = select(Membership.field).where(Membership.field != "").distinct()
    return list(read.scalars(query.order_by(Membership.field)).all())


def span(read: Session) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last known day of any seat."""
    found = read.execute(select(func.min(Membership.starts_on), func.max(Membership.ends_on))).one()
    return found[0], found[1]


# --- which seats


def _asked(seat: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of the conditions that are wanted.

    `on` a day in office, `body_id`, `role`, `capacity`, `field`, `ending` so many days from `on`
    (or today) on within which the last day lies.
    """
    asked = {name: value for name, value in seat.items() if value not in (None, "")}
    if days := asked.pop("ending", None):
        asked.setdefault("on", clock.today())
        asked["until"] = asked["on"] + dt.timedelta(days=int(days))
    return asked


def _conditions(kinds: Sequence[str], row: Any = Membership) -> list[ColumnElement[bool]]:
    """Return the conditions on a seat, with parameters in the places of the values."""
    known: dict[str, ColumnElement[bool]] = {
        "on": holds(_ON, row),
        "body_id": row.body_id == _BODY,
        "role": row.role == bindparam("role"),
        "capacity": row.capacity == bindparam("capacity"),
        "field": row.field == bindparam("field"),
        "until": row.ends_on <= _UNTIL,
    }
    return [known[name] for name in kinds]


# --- which people


def _hidden() -> Select[Any]:
    """Select the people no list shows: merged into another, or erased."""
    # "> 0" and not "is not null", which no index serves; an erased one keeps its uid.
    merged = select(Person.id).where(Person.merged_into_id > 0)
    erased = select(Person.id).where(Person.uid.in_(select(Erasure.uid)))
    return select(union_all(merged, erased).subquery("hidden").c.id)


def _by_name(read: Session, asked: dict[str, Any], hit: _Hit | None) -> array[int]:
    """Return the people whose seats and texts are wanted, by name.

    Of those searched for, whose name begins so stands first, then whose name holds the words,
    then who was found by a post or an organisation.
    """
    if "body_id" in asked or (hit is not None and hit.few):
        return _few_by_name(read, asked, hit)
    found = _kept_order(read).ids[:]
    if asked:
        wanted = set(fetch.ids(read, _seated(tuple(asked)), asked))
        found = array("q", [id for id in found if id in wanted])
    return found if hit is None else _ranked(found, hit.ranks(read))


@dataclass(frozen=True, slots=True)
class _Order:
    """Everybody by name as of an entry of the journal, and what sorting them has found out.

    `seats` are the seats the rows show, as places among all seats in the order they were entered,
    -1 for none; `sorted` are for a key the people of each value, the least value first.
    """

    entry: int
    ids: array[int]
    seats: array[int] = field(default_factory=lambda: array("q"))
    sorted: dict[str, list[array[int]]] = field(default_factory=dict)


# For each open office; asked anew only when something was written since.
_kept: WeakKeyDictionary[Any, _Order] = WeakKeyDictionary()


def _kept_order(read: Session) -> _Order:
    """Return everybody by name."""
    entry = read.scalar(select(func.max(change_log.c.id))) or 0
    office = read.get_bind()
    known = _kept.get(office)
    if known is None or known.entry != entry:
        known = _Order(entry, fetch.ids(read, _everybody(), {}))
        _kept[office] = known
    return known


def _seats_shown(read: Session, kept: _Order) -> array[int]:
    """Return the seats of an order, asked for when it is first sorted by one."""
    if len(kept.seats) < len(kept.ids):
        (people,) = fetch.columns(read, _owners(), {})
        first = array("q", [-1]) * _room(people, kept.ids)
        seat = len(people)
        for person in reversed(people):
            seat -= 1
            first[person] = seat
        kept.seats.extend([first[id] for id in kept.ids])
    return kept.seats


def _room(*ids: Sequence[int]) -> int:
    """Return how long a table of something for each id must be."""
    return 1 + max(max(some, default=0) for some in ids)


@lru_cache
def _owners() -> Select[Any]:
    return select(Membership.person_id).order_by(Membership.id)


def _few_by_name(read: Session, asked: dict[str, Any], hit: _Hit | None) -> array[int]:
    """Return few people by name; sorted here, because the index of names would be walked whole."""
    few = hit is not None and hit.few
    query = _named(tuple(asked), hit.kind if hit is not None and few else None)
    given = {**asked, **hit.asked} if hit is not None and few else asked
    ids, names, ranks = fetch.columns(read, query, given)
    found = array("q", [id for *_, id in sorted(zip(ranks, names, ids, strict=True))])
    return found if hit is None or few else _ranked(found, hit.ranks(read))


def _ranked(found: array[int], hits: tuple[list[int], list[int]]) -> array[int]:
    """Return who of `found` is hit, those of the first rank first."""
    people, ranks = hits
    # Bytes by id stay near the processor, where a dictionary of 100,000 does not.
    place = bytearray(_room(people, found))
    for id, rank in zip(people, ranks, strict=True):
        place[id] = rank + 1
    order: list[list[int]] = [[], [], []]
    for id in found:
        if n := place[id]:
            order[n - 1].append(id)
    return _joined(order)


def _joined(parts: Iterable[Iterable[int]]) -> array[int]:
    whole: array[int] = array("q")
    for part in parts:
        whole.extend(part)
    return whole


@lru_cache
def _everybody() -> Select[Any]:
    """Select everybody a list may show, by name."""
    shown = Person.id.not_in(_hidden())
    return select(Person.id).where(shown).order_by(Person.name, Person.id)


@lru_cache
def _seated(kinds: tuple[str, ...]) -> Select[Any]:
    """Select whom the seats that are wanted belong to."""
    return select(Membership.person_id).where(*_conditions(kinds))


@lru_cache
def _named(kinds: tuple[str, ...], hit: tuple[str, bool] | None) -> Any:
    """Select (person, name, rank) of seats, or of what was searched for."""
    if hit is None:
        query: Any = select(Person.id, Person.name, literal(0).label("rank"))
    else:
        meant = _people_of(*hit).subquery("meant")
        query = select(Person.id, Person.name, meant.c.rank).join(meant, meant.c.id == Person.id)
    query = query.where(Person.id.not_in(_hidden()))
    return query.where(Person.id.in_(_seated(kinds))) if kinds else query


class _Hit:
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
        people, ranks = fetch.columns(read, _people_of(*self.kind), self.asked)
        return people, ranks


def _hit(read: Session, words: str) -> _Hit | None:
    return _Hit(read, words) if search.fold(words) else None


@lru_cache
def _people_of(dialect: str, single: bool) -> Select[Any]:
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


# --- the first page of a search with very many hits


def _first_page(read: Session, words: str, hit: _Hit) -> array[int]:
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
        .where(Person.name >= first, Person.name < last, Person.id.not_in(_hidden()))
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
    shown = select(Person.id).where(Person.id.not_in(_hidden()), seat)
    return shown.order_by(Person.name, Person.id).limit(PAGE)


# --- in which order


def _sorted_by(
    read: Session, found: array[int], sort: str, asked: dict[str, Any], descending: bool
) -> array[int]:
    """Sort people by a key of the seat their row shows; equal ones stay as they stood."""
    kept = _kept_order(read)
    if not asked and found == kept.ids:
        if sort not in kept.sorted:
            kept.sorted[sort] = _everybody_parted(read, kept, sort)
        parts = kept.sorted[sort]
    else:
        parts = _parted(read, found, sort, asked)
    return _joined(reversed(parts) if descending else parts)


# A loop that deals people out takes a third of the time of a sort by keys, and the interpreter
# may go to the window between any two of them.


def _everybody_parted(read: Session, kept: _Order, sort: str) -> list[array[int]]:
    """Return everybody parted by a key, the least first."""
    if sort == "came":
        return _parted(read, kept.ids, sort, {})
    (keys,) = fetch.columns(read, _key_alone(sort), {})
    keys.append(_none(sort))
    places = _places(keys)
    return _dealt(kept.ids, map(places.__getitem__, _seats_shown(read, kept)))


def _parted(read: Session, found: array[int], sort: str, asked: dict[str, Any]) -> list[array[int]]:
    """Return people parted by a key of the seats that are wanted, the least first."""
    people, keys = fetch.columns(read, _keyed(sort, tuple(asked)), asked)
    keys.append(_none(sort))
    places = _places(keys)
    none = places.pop()
    # A row shows the earliest entered seat: of one person's, the last one put in stays.
    known = dict(zip(reversed(people), reversed(places), strict=True))
    return _dealt(found, [known.get(id, none) for id in found])


def _dealt(ids: array[int], places: Iterable[int]) -> list[array[int]]:
    """Return ids dealt out to their places, the first place first."""
    hands: defaultdict[int, list[int]] = defaultdict(list)
    for id, place in zip(ids, places, strict=True):
        hands[place].append(id)
    return [array("q", hands[place]) for place in sorted(hands)]


def _places(keys: list[Any]) -> list[int]:
    """Return keys as their places among the different ones: small numbers are soon looked up."""
    places = {key: n for n, key in enumerate(sorted(set(keys), key=_least_first))}
    return [places[key] for key in keys]


def _none(sort: str) -> Any:
    """Return the key of who has no seat."""
    if sort == "ends_on":
        return LAST
    return None if sort in ("capacity", "field", "starts_on") else NEVER


def _least_first(key: Any) -> tuple[bool, Any]:
    """Return what sorts a key; None stands before every text, the empty one too."""
    return key is not None, key


@lru_cache
def _key_alone(sort: str) -> Any:
    """Select the key of every seat, in the order they were entered."""
    keyed = _keyed(sort, ())
    return keyed.with_only_columns(_KEYS[sort].label("key"), maintain_column_froms=True)


@lru_cache
def _keyed(sort: str, kinds: tuple[str, ...]) -> Select[Any]:
    """Select (person, key) of the seats that are wanted, in the order they were entered."""
    if sort == "came":
        return _shares(kinds)
    query: Select[Any] = select(Membership.person_id, _KEYS[sort].label("key"))
    if sort == "bodies":
        query = query.join(Body, Body.id == Membership.body_id)
    if sort == "term":
        query = query.outerjoin(Term, Term.id == Membership.term_id)
    return query.where(*_conditions(kinds)).order_by(Membership.id)


_KEYS: dict[str, Any] = {
    "capacity": Membership.capacity,
    "field": Membership.field,
    "starts_on": cast(Membership.starts_on, Text),
    "ends_on": func.coalesce(cast(Membership.ends_on, Text), OPEN),
    "appointments": Membership.appointments,
    "bodies": Body.position,
    "term": func.coalesce(Term.number, NEVER),
}


def _shares(kinds: tuple[str, ...]) -> Select[Any]:
    """Select (person, share of closed meetings attended in thousandths, and one)."""
    came = func.sum(case((Attendance.presence.in_(_ATTENDED), 1000), else_=0))
    query: Any = (
        select(Attendance.person_id, cast(1 + came / func.count(), Integer).label("key"))
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.state == MeetingState.CLOSED.value)
        .group_by(Attendance.person_id)
    )
    return query.where(Meeting.body_id == _BODY) if "body_id" in kinds else query  # type: ignore[no-any-return]


def _in_precedence(read: Session, found: array[int], asked: dict[str, Any]) -> array[int]:
    """Put the people of a body in its order of precedence on the day, else today's."""
    seats = precedence.ordered(read, asked["body_id"], asked.get("on") or clock.today())
    places: dict[int, int] = {}
    for n, seat in enumerate(seats):
        places.setdefault(seat.person_id, n)
    return array("q", sorted(found, key=lambda id: places.get(id, len(places))))


# --- rows


def member_rows(read: Session, *, ids: Sequence[int], **seat: Any) -> list[MemberRow]:
    """Return the rows of these people, in the order of `ids`; `seat` as the list was asked with."""
    asked = _asked(seat)
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
    first = select(func.min(mine.id)).where(mine.person_id == Person.id, *_conditions(asked, mine))
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
    return query.where(holds(_ON)) if dated else query


@lru_cache
def _marks_asked(bodied: bool) -> Any:
    query = (
        select(Attendance.person_id, Attendance.presence)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id.in_(_IDS), Meeting.state == MeetingState.CLOSED.value)
    )
    return query.where(Meeting.body_id == _BODY) if bodied else query


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
        marks.setdefault(person_id, []).append(presence in _ATTENDED)
    return {person_id: sum(held) / len(held) for person_id, held in marks.items()}
