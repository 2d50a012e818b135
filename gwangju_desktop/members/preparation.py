"""A term being prepared: its seats, who could take them, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.candidates import Candidate, SeatPlan
from db.schema.members import Body, Membership, Organisation, Person
from db.vocab import BodyRuleKey, Decision
from gwangju_desktop.members import committees, profiles
from gwangju_desktop.members.tallies import Newcomer
from gwangju_desktop.members.terms import TermRow, term
from gwangju_desktop.text import N_, NN_, Msg

# What is entered of a candidate beside person and organisation.
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
    counted = committees.committees_then(
        read,
        row.starts_on,
        body_id=row.body_id,
        said=[(one["person_id"], one["other_bodies"]) for one in known],
    )
    return [
        CandidateRow(**one, bodies=count.known, committees=count.then, most=most)
        for one, count in zip(known, counted, strict=True)
    ]


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
