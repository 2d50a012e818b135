"""The seats of a term being prepared: 연임, 교체, 공석; who could take them; and the appointment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.candidates import Candidate, SeatPlan
from db.schema.members import Body, Membership, Organisation, Person, Term
from db.store import usecase
from db.vocab import BodyRuleKey, Channel, Decision, EndReason
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members import profiles, tallies
from gwangju_desktop.members.memberships import KEPT, seat, withdraw
from gwangju_desktop.members.people import add_person, living, organisation_id
from gwangju_desktop.members.seatrules import keep_closed_meetings
from gwangju_desktop.members.tallies import Newcomer
from gwangju_desktop.members.terms import NO_TERM, TermRow, term
from gwangju_desktop.text import N_, NN_, Msg

NO_SEAT = N_("There is no planned seat {id}.")
NO_CANDIDATE = N_("There is no candidate {id}.")
DAY = dt.timedelta(days=1)
FIELDS = (
    "post",
    "field",
    "channel",
    "recommender",
    "has_recommendation",
    "has_acceptance",
    "has_privacy_consent",
    "has_pledge",
    "other_bodies",
    "note",
)
# The papers of a candidate, in the order they are ticked.
PAPERS: dict[str, Msg] = {
    "has_recommendation": N_("Recommendation"),
    "has_acceptance": N_("Acceptance"),
    "has_privacy_consent": N_("Consent to personal data"),
    "has_pledge": N_("Pledge (interests, confidentiality)"),
}
# Nobody is appointed without having accepted, nor listed without consent (개인정보 보호법 제15조).
NEEDED = ("has_acceptance", "has_privacy_consent")
_NUMBER = re.compile(r"제(\d{4})-(\d+)호")


@dataclass(frozen=True, slots=True)
class SeatPlanRow:
    """An appointed seat of the new term and who sat on it; `membership_id` None was vacant."""

    id: int
    membership_id: int | None
    person_id: int | None
    name: str
    organisation_id: int | None
    organisation_ko: str
    organisation_en: str
    post: str
    field: str
    decision: str
    appointments: int
    position: int
    most: int | None = None

    @property
    def beyond(self) -> bool:
        """Say whether another appointment would be one more than the body's rule allows."""
        return (
            self.membership_id is not None
            and self.most is not None
            and (self.appointments >= self.most)
        )


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who could take a seat.

    `bodies` counts the other committees the office knows of, `committees` all of them with this
    seat, as the checks count them.
    """

    id: int
    person_id: int
    name: str
    gender: str | None
    youth: bool | None
    organisation_id: int | None
    organisation_ko: str
    organisation_en: str
    post: str
    field: str
    channel: str
    recommender: str
    has_recommendation: bool
    has_acceptance: bool
    has_privacy_consent: bool
    has_pledge: bool
    other_bodies: int | None
    chosen: bool
    note: str
    bodies: int
    committees: int
    most: int | None = None

    @property
    def too_many(self) -> bool:
        """Say whether this seat would be one committee more than the rule allows a person."""
        return self.most is not None and self.committees > self.most

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the papers without which nobody is appointed."""
        return tuple(name for name in NEEDED if not getattr(self, name))


@dataclass(frozen=True, slots=True)
class Preparation:
    """A term being prepared: its seats and candidates.

    `appointed` are the memberships that belong to the term already, with their people's names;
    `appointed_on` is the day by which all of them sit.
    """

    term: TermRow
    body_ko: str
    body_en: str
    seats: tuple[SeatPlanRow, ...]
    candidates: tuple[CandidateRow, ...]
    appointed: tuple[int, ...]
    appointed_names: tuple[str, ...]
    appointed_on: dt.date

    @property
    def open(self) -> int:
        """Count the seats nothing was decided on."""
        return sum(seat.decision == Decision.OPEN for seat in self.seats)

    @property
    def renewed(self) -> tuple[SeatPlanRow, ...]:
        """Return the seats whose holders stay."""
        return tuple(seat for seat in self.seats if seat.decision == Decision.RENEW)

    @property
    def chosen(self) -> tuple[CandidateRow, ...]:
        """Return the candidates chosen."""
        return tuple(one for one in self.candidates if one.chosen)

    @property
    def free(self) -> int:
        """Count the seats to be taken by candidates that none of the chosen takes yet."""
        wanted = sum(seat.decision == Decision.REPLACE for seat in self.seats)
        return wanted - len(self.chosen)

    @property
    def appointing(self) -> int:
        """Count whom the appointment would seat."""
        return len(self.renewed) + len(self.chosen)

    def newcomers(self) -> list[Newcomer]:
        """Return whom the appointment would seat, as the checks count them."""
        stay = [
            Newcomer(
                person_id=seat.person_id,
                organisation_id=seat.organisation_id,
                appointments=seat.appointments + 1,
            )
            for seat in self.renewed
        ]
        come = [
            Newcomer(
                person_id=one.person_id,
                organisation_id=one.organisation_id,
                other_bodies=one.other_bodies,
            )
            for one in self.chosen
        ]
        return stay + come

    def replaced(self) -> list[int]:
        """Return the memberships the new ones take the place of."""
        return [seat.membership_id for seat in self.seats if seat.membership_id is not None]


def preparation(read: Session, *, term_id: int) -> Preparation:
    """Return a term's preparation; raises UserError when there is no such term."""
    row = term(read, id=term_id)
    body = read.execute(select(Body.name_ko, Body.name_en).where(Body.id == row.body_id)).one()
    belong = read.execute(
        select(Membership.id, Membership.starts_on, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.term_id == term_id)
        .order_by(Person.name, Membership.id)
    ).all()
    rules = profiles.in_force(read, row.body_id, row.starts_on)
    return Preparation(
        row,
        body.name_ko,
        body.name_en,
        tuple(_seats(read, term_id, rules.value(BodyRuleKey.MOST_TERMS))),
        tuple(_candidates(read, row, rules.value(BodyRuleKey.MOST_COMMITTEES))),
        tuple(one.id for one in belong),
        tuple(one.name for one in belong),
        max((one.starts_on for one in belong), default=row.starts_on),
    )


def _seats(read: Session, term_id: int, most: int | None) -> list[SeatPlanRow]:
    asked = (
        select(
            SeatPlan.id,
            SeatPlan.membership_id,
            Membership.person_id,
            func.coalesce(Person.name, "").label("name"),
            Membership.organisation_id,
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            func.coalesce(Membership.post, "").label("post"),
            SeatPlan.field,
            SeatPlan.decision,
            func.coalesce(Membership.appointments, 0).label("appointments"),
            SeatPlan.position,
        )
        .outerjoin(Membership, Membership.id == SeatPlan.membership_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(SeatPlan.term_id == term_id)
        .order_by(SeatPlan.position, SeatPlan.id)
    )
    return [SeatPlanRow(**row, most=most) for row in read.execute(asked).mappings()]


def _candidates(read: Session, row: TermRow, most: int | None) -> list[CandidateRow]:
    asked = (
        select(
            Candidate.id,
            Candidate.person_id,
            Person.name,
            Person.gender,
            Person.youth,
            Candidate.organisation_id,
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            *(getattr(Candidate, name) for name in FIELDS),
            Candidate.chosen,
        )
        .join(Person, Person.id == Candidate.person_id)
        .outerjoin(Organisation, Organisation.id == Candidate.organisation_id)
        .where(Candidate.term_id == row.id)
        .order_by(Candidate.field, Candidate.position, Candidate.id)
    )
    known = read.execute(asked).mappings().all()
    counted = tallies.committees_then(
        read,
        row.starts_on,
        body_id=row.body_id,
        said=[(one["person_id"], one["other_bodies"]) for one in known],
    )
    return [
        CandidateRow(**one, bodies=count.known, committees=count.then, most=most)
        for one, count in zip(known, counted, strict=True)
    ]


# --- deciding


@usecase("Decide on the seat")
def decide(tx: Session, *, id: int, decision: str) -> int:
    """Say what becomes of a seat: renewed, replaced, left vacant, or open again."""
    row = found(tx, SeatPlan, id, NO_SEAT)
    wanted = Decision(decision)
    if wanted == Decision.RENEW and row.membership_id is None:
        raise UserError(
            N_("Nobody sat on this seat who could be reappointed."),
            hint=N_("Replace it, or leave it vacant."),
        )
    change(row, {"decision": wanted.value})
    return id


@usecase("Decide on the seats")
def decide_all(tx: Session, *, ids: Sequence[int], decision: str) -> int:
    """Say the same of several seats in one step; vacant ones are left out of renewing."""
    done = 0
    for id in ids:
        row = found(tx, SeatPlan, id, NO_SEAT)
        if decision == Decision.RENEW and row.membership_id is None:
            continue
        change(row, {"decision": Decision(decision).value})
        done += 1
    return done


@usecase("Set the field of the seats")
def set_field(tx: Session, *, ids: Sequence[int], field: str) -> int:
    """Say for which field (위촉 분야) planned seats are; return how many."""
    fields = tidy({"field": field}, ("field",))
    for id in ids:
        change(found(tx, SeatPlan, id, NO_SEAT), fields)
    return len(ids)


@usecase("Add candidate")
def add_candidate(
    tx: Session,
    *,
    term_id: int,
    person_id: int | None = None,
    person: dict[str, Any] | None = None,
    organisation: str = "",
    channel: str = Channel.RECOMMENDED.value,
    **values: Any,
) -> int:
    """Add a candidate, a known person or a new one; raises UserError when entered already."""
    planned = found(tx, Term, term_id, NO_TERM)
    if person_id is None:
        person_id = add_person(tx, **(person or {"name": ""}))
    who = living(tx, person_id)
    twice = select(Candidate.id).where(
        Candidate.term_id == planned.id, Candidate.person_id == who.id
    )
    if tx.scalars(twice).first() is not None:
        raise UserError(
            N_("{name} is a candidate already."),
            hint=N_("Correct that entry in the list of candidates."),
            name=who.name,
        )
    last = tx.scalar(select(func.max(Candidate.position)).where(Candidate.term_id == planned.id))
    row = Candidate(
        term_id=planned.id,
        person_id=who.id,
        organisation_id=organisation_id(tx, organisation),
        channel=Channel(channel).value,
        position=(last or 0) + GAP,
        **tidy({"other_bodies": None, **values}, FIELDS),
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit candidate")
def edit_candidate(tx: Session, *, id: int, organisation: str | None = None, **values: Any) -> int:
    """Change what is known of a candidate, ticks of the papers among it."""
    row = found(tx, Candidate, id, NO_CANDIDATE)
    change(row, tidy(values, FIELDS))
    if organisation is not None:
        change(row, {"organisation_id": organisation_id(tx, organisation)})
    return id


@usecase("Remove candidate")
def remove_candidate(tx: Session, *, id: int) -> int:
    """Take a candidate off the list; the person stays."""
    tx.delete(found(tx, Candidate, id, NO_CANDIDATE))
    return id


@usecase("Choose candidate")
def choose(tx: Session, *, id: int, chosen: bool = True) -> int:
    """Choose a candidate for a seat, or not any more."""
    change(found(tx, Candidate, id, NO_CANDIDATE), {"chosen": chosen})
    return id


# --- appointing


def hindrances(found: Preparation) -> list[tuple[Msg, dict[str, Any]]]:
    """Return why the chosen cannot be appointed yet, as sentences; nothing is the way clear."""
    reasons: list[tuple[Msg, dict[str, Any]]] = []
    if found.term.done:
        reasons.append((N_("The members of this term are appointed."), {}))
    if not found.appointing:
        reasons.append((N_("Nobody is chosen yet."), {}))
    if found.open:
        reasons.append(
            (NN_("{n} seat is not decided on.", "{n} seats are not decided on."), {"n": found.open})
        )
    if found.free < 0:
        reasons.append(
            (
                NN_(
                    "{n} more is chosen than seats are free.",
                    "{n} more are chosen than seats are free.",
                ),
                {"n": -found.free},
            )
        )
    lacking = [one.name for one in found.chosen if one.missing]
    if lacking:
        message = N_("Acceptance or consent is missing: {names}.")
        reasons.append((message, {"names": ", ".join(lacking)}))
    return reasons


@usecase("Appoint the chosen members")
def appoint(tx: Session, *, term_id: int, on: dt.date | None = None) -> list[int]:
    """Appoint those renewed and those chosen on one day, by default the term's first.

    Memberships that go on past it end on the eve; each new one belongs to the term, ends with it
    and has the next appointment number. Returns the new memberships' ids. Raises UserError with
    everything that stands in the way.
    """
    plan = preparation(tx, term_id=term_id)
    reasons = hindrances(plan)
    if reasons:
        message, values = reasons[0]
        raise UserError(message, hint=N_("Finish the preparation of the term first."), **values)
    row = plan.term
    day = on or row.starts_on
    if day < row.starts_on or (row.ends_on is not None and day > row.ends_on):
        raise UserError(
            N_("{day:full} does not lie in the term."),
            hint=N_("It begins on {start:full}."),
            day=day,
            start=row.starts_on,
        )
    _end_old(tx, plan, day)
    tx.flush()
    numbers = _numbers(tx, row.body_id, day)
    made = [_renew(tx, row, seat_row, day, next(numbers)) for seat_row in plan.renewed]
    made += [_seat(tx, row, one, day, next(numbers)) for one in plan.chosen]
    attendance.fit_body(tx, row.body_id)
    return made


def _end_old(tx: Session, plan: Preparation, day: dt.date) -> None:
    """End the memberships of the old term on the eve; those that ended before get their reason."""
    for planned in plan.seats:
        if planned.membership_id is None:
            continue
        old = tx.get_one(Membership, planned.membership_id)
        if old.ends_on is None or old.ends_on >= day:
            old.ends_on = day - DAY
            if old.starts_on < day:
                keep_closed_meetings(tx, old)
        if old.end_reason is None:
            old.end_reason = EndReason.TERM.value
        if old.ends_on < old.starts_on:
            withdraw(tx, old)


def _renew(tx: Session, row: TermRow, planned: SeatPlanRow, day: dt.date, number: str) -> int:
    old = tx.get_one(Membership, planned.membership_id)
    kept = {name: getattr(old, name) for name in KEPT}
    made = seat(
        tx,
        person_id=old.person_id,
        body_id=row.body_id,
        starts_on=day,
        ends_on=row.ends_on,
        **{
            **kept,
            "field": planned.field or old.field,
            "term_id": row.id,
            "appointments": old.appointments + 1,
            "appointment_number": number,
            "channel": old.channel,
            "recommender": old.recommender,
        },
    )
    return made.id


def _seat(tx: Session, row: TermRow, one: CandidateRow, day: dt.date, number: str) -> int:
    made = seat(
        tx,
        person_id=one.person_id,
        body_id=row.body_id,
        starts_on=day,
        ends_on=row.ends_on,
        organisation_id=one.organisation_id,
        post=one.post,
        field=one.field,
        channel=one.channel,
        recommender=one.recommender,
        term_id=row.id,
        appointment_number=number,
    )
    return made.id


def _numbers(tx: Session, body_id: int, day: dt.date) -> Iterator[str]:
    """Yield the next appointment numbers of a body's year: 제2023-1호, 제2023-2호 …"""
    given = tx.scalars(
        select(Membership.appointment_number).where(
            Membership.body_id == body_id, Membership.appointment_number != ""
        )
    ).all()
    used = [
        int(match[2])
        for text in given
        if (match := _NUMBER.fullmatch(text)) and int(match[1]) == day.year
    ]
    n = max(used, default=0)
    while True:
        n += 1
        yield f"제{day.year}-{n}호"
