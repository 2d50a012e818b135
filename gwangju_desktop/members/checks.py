"""Whether a body keeps its rules on a day: each verdict names the rule, its limit and its source.

Whole numbers only: a share is compared crosswise, so that exactly six tenths passes (domain 2.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.members import Body
from db.vocab import BodyRuleKey, Capacity
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import committees, profiles, tallies
from gwangju_desktop.members.composition import gender, non_officials, youth
from gwangju_desktop.members.profiles import Entry
from gwangju_desktop.members.tallies import Named
from gwangju_desktop.members.verdict import Case, Verdict, judged, listed
from gwangju_desktop.text import C_, N_, Msg

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
    case = Case(read, body_id, on, list(without), body)
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


def _seats(case: Case) -> Verdict:
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


def _committees(case: Case, entry: Entry, most: int) -> Verdict:
    people = tallies.appointed_people(case.body_id, case.on, case.without)
    full = committees.committees_of(case.read, case.on, least=most, people=people)
    full += _newcomers_committees(case, most)
    over = [one for one in full if one.count > most]
    value: dict[str, Any] = {
        "most": most,
        "over": over,
        "full": [one for one in full if one.count == most],
        "names": listed(over),
        "n": len(over),
        "full_n": len(full) - len(over),
    }
    if over:
        message = N_("On more than {most} committees: {names}.")
        brief = C_("committees", "{n} over {most}")
    else:
        message = N_("Nobody is appointed to more than {most} committees; {full_n} reach it.")
        brief = C_("committees", "≤ {most}")
    return judged(entry, not over, value, message, brief)


def _newcomers_committees(case: Case, most: int) -> list[Named]:
    """Count the committees of those who would come, this one with them."""
    appointed = [new for new in case.newcomers if new.capacity == Capacity.APPOINTED]
    counted = committees.committees_then(
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


def _renewals(case: Case, entry: Entry, most: int) -> Verdict:
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
        "names": listed(over),
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
    return judged(entry, not over, value, message, brief)


def _terms_ending(case: Case) -> Verdict:
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


def _sunset(case: Case) -> Verdict:
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


_JUDGES: dict[str, Any] = {
    BodyRuleKey.GENDER_MOST: gender,
    BodyRuleKey.YOUTH_LEAST: youth,
    BodyRuleKey.NON_OFFICIALS: non_officials,
    BodyRuleKey.MOST_COMMITTEES: _committees,
    BodyRuleKey.MOST_TERMS: _renewals,
}
