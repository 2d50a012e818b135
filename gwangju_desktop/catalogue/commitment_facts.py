"""What the documents of action plans share: everything of a plan, gathered once, and its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Organisation
from db.vocab import InstitutionRole, MilestoneState
from gwangju_desktop import clock
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.commitments import counts, institutions, queries
from gwangju_desktop.commitments.months import span
from gwangju_desktop.commitments.rows import (
    CommitmentRow,
    CommitmentWhole,
    CountRow,
    InstitutionRow,
    MilestoneRow,
    PlanRow,
)
from gwangju_desktop.commitments.words import COMPLETIONS, ORIGINS, STATUSES
from gwangju_desktop.evidence import queries as shelves
from gwangju_desktop.evidence.rows import EvidenceRow
from gwangju_desktop.meetings.documents.issuer import Issued, issued
from gwangju_desktop.reviews import forms, ratings
from gwangju_desktop.reviews.ratings import Rating
from gwangju_desktop.text import C_, say, words

NOTHING = "–"
COMPLETION = "completion"
SAMPLE = C_("commitment document", "example")
NOT_RATED = C_("commitment document", "not rated yet")
DIFFERING = C_("commitment document", "two answers: {answers}")
JOINT = C_("commitment document", "joint answer")
PROVISIONAL = C_("commitment document", "not handed in yet")
_FIXED = "\u00a0"
_MARKS = ("예시", "example")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan with its commitments, evidence and the monitors' ratings, as of `today`.

    `names` are the English names that are known of organisations and institutions, by the Korean.
    """

    about: Issued
    today: dt.date
    plan: PlanRow
    commitments: tuple[CommitmentWhole, ...]
    institutions: tuple[InstitutionRow, ...]
    counts: tuple[CountRow, ...]
    shelf: tuple[EvidenceRow, ...]
    ratings: Mapping[int, Mapping[str, Rating]]
    names: Mapping[str, str]

    @property
    def title(self) -> str:
        """Return the plan's title in the language spoken."""
        return named(self.plan.title, self.plan.title_en)

    @property
    def leads(self) -> str:
        """Return the lead institutions of the plan, commas between."""
        return in_role(self.institutions, InstitutionRole.LEAD)

    @property
    def whole_files(self) -> tuple[EvidenceRow, ...]:
        """Return the evidence that counts: files the last reading found changed or gone do not."""
        return tuple(one for one in self.shelf if not one.broken)

    def proves(self, commitment: CommitmentRow) -> tuple[EvidenceRow, ...]:
        """Return the whole files of evidence that concern a commitment."""
        return tuple(one for one in self.whole_files if commitment.id in one.commitments)

    def rated(self, commitment_id: int) -> str:
        """Return the monitors' completion of a commitment in words, or that there is none."""
        rating = self.ratings.get(commitment_id, {}).get(COMPLETION)
        return say(NOT_RATED) if rating is None else rated(rating)

    def proofs(self, milestone: MilestoneRow) -> int:
        """Return how many of the gathered whole files say something of a milestone."""
        return sum(
            any(claim.milestone_id == milestone.id for claim in one.claims)
            for one in self.whole_files
        )

    def of_whom(self, name: str) -> str:
        """Return a department or organisation in the language spoken."""
        return named(name, self.names.get(name, ""))


def gathered(read: Session, plan_id: int, *, public: bool = False) -> PlanFacts:
    """Gather a plan for a document.

    `public` leaves out evidence that not everybody may read, and ratings not handed in yet.
    """
    today = clock.today()
    plan = queries.plan(read, plan_id)
    rows = queries.commitments(read, plan_id=plan.id, today=today)
    shelf = shelves.shelf(read, plan_id=plan.id)
    wholes = tuple(queries.commitment(read, row.id, today) for row in rows)
    about = issued(read, body_id=None, on=today)
    made_up = any(one.sample for whole in wholes for one in whole.milestones)
    if made_up or any(one.sample for one in shelf):
        about = replace(about, sample=True)
    return PlanFacts(
        about,
        today,
        plan,
        wholes,
        tuple(institutions.institutions(read, plan_id=plan.id)),
        tuple(counts.record(read, plan.id)),
        tuple(one for one in shelf if one.public or not public),
        _ratings(read, [row.id for row in rows], public),
        _names(read, wholes, institutions.institutions(read, plan_id=plan.id)),
    )


def _names(
    read: Session, wholes: Sequence[CommitmentWhole], of_plan: Sequence[InstitutionRow]
) -> Mapping[str, str]:
    held = select(Organisation.name_ko, Organisation.name_en).where(Organisation.name_en != "")
    names: dict[str, str] = {row[0]: row[1] for row in read.execute(held)}
    for one in (*of_plan, *(one for whole in wholes for one in whole.institutions)):
        if one.name_en:
            names[one.name] = one.name_en
    return names


def _ratings(read: Session, ids: Sequence[int], public: bool) -> Mapping[int, Mapping[str, Rating]]:
    return {
        id: {key: one for key, one in found.items() if not (public and one.provisional)}
        for id, found in ratings.of(read, ids).items()
    }


# --- words ---------------------------------------------------------------------------------------


def marked(text: str, sample: bool) -> str:
    """Return a text that says it is made up, once."""
    if not sample or any(mark in text for mark in _MARKS):
        return text
    return say(C_("commitment document", "{text} ({mark})"), text=text, mark=SAMPLE)


def in_role(rows: tuple[InstitutionRow, ...], *roles: str) -> str:
    """Return the names of institutions with one of the roles, commas between."""
    return ", ".join(named(one.name, one.name_en) for one in rows if one.role in roles)


def months(row: PlanRow | CommitmentRow) -> str:
    """Return the months something lasts: 2021. 8.~2022. 5."""
    return span(row.starts, row.ends) or NOTHING


def days(first: dt.date | None, last: dt.date | None) -> str:
    """Return a span of days; a dash where neither is known."""
    return words().days(first, last) if first or last else NOTHING


def share(row: CommitmentRow) -> int | None:
    """Return the per cent of the weight that is completed, rounded down; None without weights."""
    return row.done_weight * 100 // row.weight if row.weight else None


def percent(row: CommitmentRow) -> str:
    """Return the completed share of the weight in words."""
    part = share(row)
    return NOTHING if part is None else f"{part}%"


def status(row: CommitmentRow) -> str:
    """Return the own status, and what was worked out where somebody set another."""
    shown = say(STATUSES[row.status])
    if not row.overridden or row.status == row.status_computed:
        return shown
    message = C_("commitment document", "{status} (worked out: {computed})")
    return say(message, status=shown, computed=STATUSES[row.status_computed])


def rated(rating: Rating) -> str:
    """Return a rating in words; two that differ are both said, none is chosen."""
    if rating.value is None:
        told = ", ".join(dict.fromkeys(label(rating.dimension, v) for _who, v in rating.differing))
        said = say(DIFFERING, answers=told)
    else:
        said = label(rating.dimension, rating.value)
    return f"{said} ({say(PROVISIONAL)})" if rating.provisional else said


def label(dimension: str, value: str) -> str:
    """Return what an answer is called; completion as everywhere in the program."""
    if dimension == COMPLETION and value in COMPLETIONS:
        return say(COMPLETIONS[value])
    return forms.rated(dimension)[1].label(value)


def origin(rating: Rating) -> str:
    """Return how and when a rating came, with its source."""
    parts = [words().day(rating.on, "full")]
    if rating.agreed:
        parts.append(say(JOINT))
    parts.append(say(ORIGINS[rating.origin]))
    if rating.source:
        parts.append(named(rating.source))
    return " · ".join(parts)


def output(one: MilestoneRow) -> str:
    """Return the output of a milestone in the language spoken."""
    return named(one.output, one.output_en)


def step_title(one: MilestoneRow) -> str:
    """Return a milestone's number and title, marked where it is made up."""
    return f"{one.number}. {marked(named(one.title, one.title_en), one.sample)}"


def cause(one: MilestoneRow) -> str:
    """Return why a milestone is or was late."""
    return named(one.delay_cause, one.delay_cause_en)


def counting(whole: CommitmentWhole) -> tuple[MilestoneRow, ...]:
    """Return the milestones that were not cancelled."""
    return tuple(one for one in whole.milestones if one.state != MilestoneState.CANCELLED)


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1 << 10:
        return f"{count}{_FIXED}B"
    if count < 1 << 20:
        return f"{count / (1 << 10):.0f}{_FIXED}KB"
    return f"{count / (1 << 20):.1f}{_FIXED}MB"
