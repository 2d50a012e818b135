"""Whether a body keeps its rules on a day: each verdict names the rule, its limit and its source.

Whole numbers only: a share is compared crosswise, so that exactly six tenths passes (domain 2.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.members import Body
from db.vocab import BodyRuleKey, Capacity
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import profiles, rules, tallies
from gwangju_desktop.members.profiles import Entry
from gwangju_desktop.members.tallies import Named, Newcomer, Tally
from gwangju_desktop.text import C_, N_, NN_, Msg, say

SEATS = "seats"
TERMS_ENDING = "terms_ending"
SUNSET = "sunset"
# Days ahead that are looked at; the widest is what counts as soon.
TERM_WINDOWS = (30, 60, 90)
SUNSET_WINDOWS = (90, 180)

LABELS: dict[str, Msg] = {
    SEATS: N_("Seats filled"),
    BodyRuleKey.GENDER_MOST: N_("Balance of sexes"),
    BodyRuleKey.YOUTH_LEAST: N_("Share of youth"),
    BodyRuleKey.NON_OFFICIALS: N_("Majority of non-officials"),
    BodyRuleKey.MOST_COMMITTEES: N_("Committees a person"),
    BodyRuleKey.MOST_TERMS: N_("Times appointed"),
    TERMS_ENDING: N_("Terms ending"),
    SUNSET: N_("Last day of the body"),
}
UNNAMED = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a body on a day.

    `ok` is None where nothing can be said yet, or where something is only near. `value` holds the
    numbers, `limit` the rule's own text, `brief` two or three words with the numbers.
    """

    rule: str
    ok: bool | None
    value: dict[str, Any]
    limit: str
    source: str
    message: Msg
    brief: Msg
    unverified: bool = False
    since: dt.date | None = None
    notes: tuple[tuple[Msg, dict[str, Any]], ...] = field(default=())

    @property
    def sentence(self) -> str:
        """Say the verdict in the current language."""
        said = [say(self.message, **self.value)]
        return " ".join(said + [say(note, **values) for note, values in self.notes])


def verdicts(
    read: Session,
    *,
    body_id: int,
    on: dt.date,
    with_people: Sequence[Any] = (),
    without: Sequence[int] = (),
) -> list[Verdict]:
    """Judge a body on a day, as it is or as it would be.

    `with_people` are Newcomers or anything with some of their attributes, `without` memberships
    left out. Raises UserError when there is no such body. A rule the body does not have gives no
    verdict.
    """
    body = read.execute(
        select(Body.kind, Body.seats, Body.sunset_on, Body.dissolved_on, Body.ordinance).where(
            Body.id == body_id
        )
    ).first()
    if body is None:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
        )
    case = _Case(read, body_id, on, list(without), body)
    case.newcomers = tallies.newcomers(read, with_people, body_id, on, without)
    case.tally = tallies.tally(read, body_id, on, case.newcomers, without)
    entries = profiles.in_force(read, body_id, on).entries
    found: list[Verdict] = [_seats(case)]
    for rule, judge in _JUDGES.items():
        entry = entries.get(rule)
        limit = profiles.RULES[rule].read(entry.value) if entry else None
        if entry is not None and limit:
            found.append(judge(case, entry, limit))
    found.append(_terms_ending(case))
    if body.sunset_on is not None and (body.dissolved_on is None or body.dissolved_on > on):
        found.append(_sunset(case))
    return found


def compare(
    read: Session,
    *,
    body_id: int,
    on: dt.date,
    with_people: Sequence[Any] = (),
    without: Sequence[int] = (),
) -> list[tuple[Verdict | None, Verdict]]:
    """Pair each verdict as it would be with the one as it is, None where there was none."""
    now = {one.rule: one for one in verdicts(read, body_id=body_id, on=on)}
    then = verdicts(read, body_id=body_id, on=on, with_people=with_people, without=without)
    return [(now.get(one.rule), one) for one in then]


def broken(read: Session, *, on: dt.date) -> Iterator[tuple[int, Verdict]]:
    """Yield the broken rules of every body that exists on a day, with the body's id."""
    living = select(Body.id).where(
        or_(Body.founded_on.is_(None), Body.founded_on <= on),
        or_(Body.dissolved_on.is_(None), Body.dissolved_on >= on),
    )
    for body_id in read.scalars(living.order_by(Body.position, Body.id)).all():
        for verdict in verdicts(read, body_id=body_id, on=on):
            if verdict.ok is False:
                yield body_id, verdict


def least(appointed: int, share: tuple[int, int]) -> int:
    """Return how many of the appointed are a share at least (T5: 2/10 of 41 are 9)."""
    num, den = share
    return -(-num * appointed // den)


@dataclass(slots=True)
class _Case:
    """One body on one day, and what is thought of."""

    read: Session
    body_id: int
    on: dt.date
    without: list[int]
    body: Any
    newcomers: list[Newcomer] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def _seats(case: _Case) -> Verdict:
    counted, seats = case.tally, case.body.seats
    value: dict[str, Any] = {
        "enrolled": counted.enrolled,
        "voting": counted.voting,
        "appointed": counted.appointed,
        "ex_officio": counted.enrolled - counted.appointed,
        "seats": seats,
        "vacant": None if seats is None else max(0, seats - counted.enrolled),
    }
    brief = C_("seats", "{enrolled}/{seats}")
    if seats is None:
        ok, brief = None, C_("seats", "{enrolled}")
        message = N_("{enrolled} members in office; the number of seats is not laid down.")
    elif counted.enrolled > seats:
        ok = False
        value["over"] = counted.enrolled - seats
        message = N_("{enrolled} members in office, {over} more than the {seats} seats.")
    else:
        ok = True
        message = N_("{enrolled} members in office, {vacant} of {seats} seats vacant.")
    limit = "" if seats is None else str(seats)
    return Verdict(SEATS, ok, value, limit, case.body.ordinance, message, brief)


def _gender(case: _Case, entry: Entry, limit: tuple[int, int]) -> Verdict:
    counted = case.tally
    balance = rules.balance(counted.women, counted.men, counted.sex_unknown, limit)
    largest = max(balance.women, balance.men)
    value: dict[str, Any] = {
        "female": balance.women,
        "male": balance.men,
        "unknown": balance.unknown,
        "appointed": balance.appointed,
        "most": balance.most,
        "lacking": balance.lacking,
    }
    notes: list[tuple[Msg, dict[str, Any]]] = []
    if not balance.kept:
        ok: bool | None = False
        message = N_(
            "{female} women and {male} men among {appointed} appointed: one sex may hold {most} at"
            " most ({lacking} too many)."
        )
    elif largest + balance.unknown > balance.most:
        ok = None
        message = N_(
            "{female} women and {male} men among {appointed} appointed: cannot be judged before the"
            " sex of {unknown} is entered (at most {most})."
        )
    else:
        ok = True
        message = N_(
            "{female} women and {male} men among {appointed} appointed: at most {most} of one sex,"
            " kept."
        )
    if balance.unknown:
        notes.append(_names_of_unknown_sex(case, balance.unknown))
    brief = C_("sexes", "W {female} · M {male} (≤ {most})")
    return _verdict(entry, ok, value, message, brief, notes)


def _names_of_unknown_sex(case: _Case, n: int) -> tuple[Msg, dict[str, Any]]:
    named = [
        one.name
        for one in tallies.of_unknown_sex(case.read, case.body_id, case.on, case.without)
        if one.name
    ]
    named += [new.name for new in case.newcomers if new.gender is None and new.name]
    shown = ", ".join(named[:UNNAMED])
    if not shown:
        return NN_("Sex of {n} not entered.", "Sex of {n} not entered."), {"n": n}
    if n > UNNAMED:
        return N_("Sex not entered: {names} and others, {n} in all."), {"names": shown, "n": n}
    return N_("Sex not entered: {names}."), {"names": shown}


def _youth(case: _Case, entry: Entry, share: tuple[int, int]) -> Verdict:
    counted = case.tally
    need = least(counted.appointed, share)
    value: dict[str, Any] = {
        "count": counted.youth,
        "unknown": counted.youth_unknown,
        "least": need,
        "appointed": counted.appointed,
        "lacking": max(0, need - counted.youth),
    }
    brief = C_("youth", "{count} (≥ {least})")
    if counted.youth >= need:
        ok: bool | None = True
        message = N_("{count} young people among {appointed} appointed: at least {least}, kept.")
    elif counted.youth + counted.youth_unknown >= need:
        ok = None
        message = N_(
            "{count} young people among {appointed} appointed: cannot be judged, at least {least}"
            " are needed and {unknown} are not entered."
        )
    else:
        ok = False
        message = N_(
            "{count} young people among {appointed} appointed: at least {least} are needed,"
            " {lacking} are lacking."
        )
    return _verdict(entry, ok, value, message, brief)


def _non_officials(case: _Case, entry: Entry, _limit: bool) -> Verdict:
    counted = case.tally
    unknown, officials = counted.affiliation_unknown, counted.officials
    others = counted.enrolled - officials - unknown
    need = counted.enrolled // 2 + 1
    value: dict[str, Any] = {
        "non_officials": others,
        "officials": officials,
        "unknown": unknown,
        "enrolled": counted.enrolled,
        "least": need,
    }
    brief = C_("non-officials", "{non_officials}/{enrolled}")
    if 2 * others > counted.enrolled or not counted.enrolled:
        ok: bool | None = True
        message = N_("{non_officials} of {enrolled} are no public officials: more than half.")
    elif 2 * (others + unknown) > counted.enrolled:
        ok = None
        message = N_(
            "{non_officials} of {enrolled} are no public officials: cannot be judged before the"
            " affiliation of {unknown} is entered."
        )
    else:
        ok = False
        message = N_(
            "{non_officials} of {enrolled} are no public officials: at least {least} are needed."
        )
    return _verdict(entry, ok, value, message, brief)


def _committees(case: _Case, entry: Entry, most: int) -> Verdict:
    people = tallies.appointed_people(case.body_id, case.on, case.without)
    full = tallies.committees_of(case.read, case.on, least=most, people=people)
    full += _newcomers_committees(case, most)
    over = [one for one in full if one.count > most]
    value: dict[str, Any] = {
        "most": most,
        "over": over,
        "full": [one for one in full if one.count == most],
        "names": _listed(over),
        "n": len(over),
        "full_n": len(full) - len(over),
    }
    if over:
        message = N_("On more than {most} committees: {names}.")
        brief = C_("committees", "{n} over {most}")
    else:
        message = N_("Nobody is appointed to more than {most} committees; {full_n} reach it.")
        brief = C_("committees", "≤ {most}")
    return _verdict(entry, not over, value, message, brief)


def _newcomers_committees(case: _Case, most: int) -> list[Named]:
    """Count the committees of those who would come, this one with them."""
    appointed = [new for new in case.newcomers if new.capacity == Capacity.APPOINTED]
    counted = tallies.committees_then(
        case.read,
        case.on,
        body_id=case.body_id,
        said=[(new.person_id, new.other_bodies) for new in appointed],
    )
    return [
        Named(new.person_id or 0, new.name, count.then)
        for new, count in zip(appointed, counted, strict=True)
        if count.then >= most
    ]


def _renewals(case: _Case, entry: Entry, most: int) -> Verdict:
    full = tallies.appointed_at_least(case.read, case.body_id, case.on, most, case.without)
    full += [
        Named(new.person_id or 0, new.name, new.appointments)
        for new in case.newcomers
        if new.capacity == Capacity.APPOINTED and new.appointments >= most
    ]
    over = [one for one in full if one.count > most]
    used = [one for one in full if one.count == most]
    value: dict[str, Any] = {
        "most": most,
        "over": over,
        "used": used,
        "names": _listed(over),
        "n": len(over),
        "used_n": len(used),
    }
    if over:
        message = N_("Appointed more than {most} times in a row: {names}.")
        brief = C_("renewals", "{n} over {most}")
    else:
        message = N_(
            "Nobody is appointed more than {most} times in a row; {used_n} cannot be reappointed."
        )
        brief = C_("renewals", "{used_n} used up")
    return _verdict(entry, not over, value, message, brief)


def _terms_ending(case: _Case) -> Verdict:
    ends = [
        ending
        for _body, ending in tallies.endings(
            case.read, case.on, TERM_WINDOWS[-1], body_id=case.body_id, without=case.without
        )
    ]
    value: dict[str, Any] = {
        "within": {str(days): sum(e.days <= days for e in ends) for days in TERM_WINDOWS},
        "people": ends,
        "n": len(ends),
        "days": TERM_WINDOWS[-1],
    }
    if not ends:
        message = N_("No term ends within {days} days.")
        return Verdict(TERMS_ENDING, True, value, "", "", message, C_("terms", "none"))
    value["first"] = ends[0].ends_on
    value["month"] = value["within"][str(TERM_WINDOWS[0])]
    message = N_(
        "Terms that end within {days} days: {n}, the first on {first:full}; within a month: {month}."
    )
    return Verdict(TERMS_ENDING, None, value, "", "", message, C_("terms", "{n} in {days} days"))


def _sunset(case: _Case) -> Verdict:
    last: dt.date = case.body.sunset_on
    days = (last - case.on).days
    value: dict[str, Any] = {"sunset_on": last, "days": days, "past": -days}
    if days < 0:
        ok: bool | None = False
        message = N_(
            "The body's last day was {sunset_on:full}, {past} days ago: prolong it or end it."
        )
        brief = C_("sunset", "{past} days past")
    else:
        ok = None if days <= SUNSET_WINDOWS[-1] else True
        message = N_("The body exists until {sunset_on:full}, {days} more days.")
        brief = C_("sunset", "{sunset_on:full}")
    return Verdict(SUNSET, ok, value, last.isoformat(), case.body.ordinance, message, brief)


def _verdict(
    entry: Entry,
    ok: bool | None,
    value: dict[str, Any],
    message: Msg,
    brief: Msg,
    notes: Sequence[tuple[Msg, dict[str, Any]]] = (),
) -> Verdict:
    return Verdict(
        entry.rule,
        ok,
        value,
        entry.value,
        entry.source,
        message,
        brief,
        entry.unverified,
        entry.since,
        tuple(notes),
    )


def _listed(found: Sequence[Named]) -> str:
    """Return the first names with their numbers; names are data in no language."""
    shown = ", ".join(f"{one.name}({one.count})" for one in found[:UNNAMED])
    return shown + (" …" if len(found) > UNNAMED else "")


_JUDGES: dict[str, Any] = {
    BodyRuleKey.GENDER_MOST: _gender,
    BodyRuleKey.YOUTH_LEAST: _youth,
    BodyRuleKey.NON_OFFICIALS: _non_officials,
    BodyRuleKey.MOST_COMMITTEES: _committees,
    BodyRuleKey.MOST_TERMS: _renewals,
}
