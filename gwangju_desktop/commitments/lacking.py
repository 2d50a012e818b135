"""What is missing or odd in a plan and its commitments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    Milestone,
    PlanInstitution,
    PlanText,
)
from db.vocab import InstitutionRole, MilestoneState, OpenValue
from gwangju_desktop import clock
from gwangju_desktop.commitments import counts, proofs, template, translating
from gwangju_desktop.commitments.months import first_day, last_day
from gwangju_desktop.commitments.rows import CountRow, Lack, Title, Untranslated
from gwangju_desktop.commitments.status import Facts, Step, computed, lacks_cause
from gwangju_desktop.polls.table import Said
from gwangju_desktop.text import C_, Msg

BLOCK, WARN = "block", "warn"

NO_COMMITMENTS = C_("lacking", "The plan has no commitments.")
NO_DATES = C_("lacking", "“{title}” has no beginning or no end.")
NO_LEAD = C_("lacking", "“{title}” names no lead institution.")
NO_SECTION = C_("lacking", "“{title}”: “{section}” is empty.")
NO_MONITOR = C_("lacking", "The plan names no monitoring body.")
NO_COUNTS = C_("lacking", "The co-creation record is empty.")
COUNT_UNPROVED = C_("lacking", "The co-creation record: “{label}” has no evidence.")
COUNT_BROKEN = C_(
    "lacking",
    "The co-creation record: the evidence file of “{label}” is broken;"
    " put the right file in its place.",
)
COUNT_DIFFERS = C_(
    "lacking", "The co-creation record: “{label}” is {number}, but its parts add up to {sum}."
)
# What is completed in the co-creation record.
OF_COUNTS = (NO_COUNTS, COUNT_UNPROVED, COUNT_BROKEN, COUNT_DIFFERS)
NO_VALUE = C_(
    "lacking",
    "“{title}” advances none of transparency, participation and accountability;"
    " technology and inclusion count only in addition.",
)
VALUE_UNSAID = C_("lacking", "“{title}” names a value and leaves “{section}” empty.")
OUTSIDE_PLAN = C_("lacking", "“{title}” lies outside the plan's months.")
NO_MILESTONES = C_("lacking", "“{title}” has no milestones.")
NO_OUTPUT = C_("lacking", "“{title}”: milestone {n} “{step}” has no output that can be verified.")
NO_DUE = C_("lacking", "“{title}”: milestone {n} “{step}” has no day.")
OUTSIDE = C_("lacking", "“{title}”: milestone {n} “{step}” lies outside the commitment's months.")
STEP_UNCAUSED = C_("lacking", "“{title}”: milestone {n} “{step}” is late without a cause of delay.")
UNCAUSED = C_("lacking", "“{title}” is late without a cause of delay.")
UNPROVED = C_("lacking", "“{title}”: milestone {n} “{step}” is completed without evidence.")
PROOF_BROKEN = C_(
    "lacking",
    "“{title}”: milestone {n} “{step}” is completed, but its evidence file is broken;"
    " put the right file in its place.",
)


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read of a plan: None stands for the plan itself among the commitments' ids."""

    leads: set[int | None]
    written: Mapping[int | None, set[str]]
    steps: Mapping[int, list[Milestone]]
    proved: Mapping[int, int]
    broken: Mapping[int, int]


def plan(read: Session, id: int, today: dt.date | None = None) -> list[Lack]:
    """List what is missing or odd in a plan and in all its commitments."""
    owner = read.get_one(ActionPlan, id)
    promised = read.scalars(
        select(Commitment)
        .where(Commitment.plan_id == id)
        .order_by(Commitment.position, Commitment.id)
    ).all()
    held = _held(read, owner)
    found = [*_of_plan(read, owner, held)]
    if not promised:
        found.insert(0, _lack(owner, NO_COMMITMENTS, BLOCK))
    for one in promised:
        found += _of_commitment(owner, one, held, today or clock.today())
    return found


def commitment(read: Session, id: int, today: dt.date | None = None) -> list[Lack]:
    """List what is missing or odd in one commitment."""
    one = read.get_one(Commitment, id)
    owner = read.get_one(ActionPlan, one.plan_id)
    held = _held(read, owner, one.id)
    return [*_of_commitment(owner, one, held, today or clock.today())]


def _held(read: Session, owner: ActionPlan, only: int | None = None) -> _Held:
    """Read what a plan holds in one go, or what one commitment of it does."""

    def mine(column: Any) -> list[Any]:
        return [] if only is None else [column == only]

    leads = select(PlanInstitution.commitment_id).where(
        PlanInstitution.plan_id == owner.id,
        PlanInstitution.role == InstitutionRole.LEAD.value,
        *mine(PlanInstitution.commitment_id),
    )
    texts = select(PlanText.commitment_id, PlanText.section).where(
        PlanText.plan_id == owner.id,
        (PlanText.text != "") | (PlanText.text_en != ""),
        *mine(PlanText.commitment_id),
    )
    written: dict[int | None, set[str]] = {}
    for id, section in read.execute(texts):
        written.setdefault(id, set()).add(section)
    steps: dict[int, list[Milestone]] = {}
    for step in read.scalars(
        select(Milestone)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(Commitment.plan_id == owner.id, *mine(Commitment.id))
        .order_by(Milestone.position, Milestone.id)
    ):
        steps.setdefault(step.commitment_id, []).append(step)
    whose = None if only is None else [only]
    proved, broken = (proofs.by_milestone(read, whose, broken=one) for one in (False, True))
    return _Held(set(read.scalars(leads)), written, steps, proved, broken)


def _lack(row: ActionPlan | Commitment, what: Msg, severity: str = WARN, **values: object) -> Lack:
    said = Said(what, {"title": Title(row.title, row.title_en), **values})
    return Lack(said, row.__tablename__, row.id, severity)


def _of_plan(read: Session, owner: ActionPlan, held: _Held) -> Iterator[Lack]:
    if owner.starts is None or owner.ends is None:
        yield _lack(owner, NO_DATES)
    if owner.monitor_body_id is None:
        yield _lack(owner, NO_MONITOR)
    if None not in held.leads:
        yield _lack(owner, NO_LEAD)
    yield from _of_counts(owner, counts.record(read, owner.id))
    for section in template.sections("plan"):
        if section.required and section.key not in held.written.get(None, ()):
            yield _lack(owner, NO_SECTION, section=section.label)


def _of_counts(owner: ActionPlan, record: Sequence[CountRow]) -> Iterator[Lack]:
    """Yield what the co-creation record lacks: each number has its own evidence."""
    if not record:
        yield _lack(owner, NO_COUNTS)
    for one in record:
        values: dict[str, object] = {
            "label": Title(one.label, one.label_en),
            "number": one.number,
            "sum": one.parts_sum,
        }
        if one.sum_differs:
            yield Lack(Said(COUNT_DIFFERS, values), "plan_count", one.id, WARN)
        if not one.evidence and not any(part.evidence for part in one.parts):
            broken = one.broken or any(part.broken for part in one.parts)
            message = COUNT_BROKEN if broken else COUNT_UNPROVED
            yield Lack(Said(message, values), "plan_count", one.id, WARN)


def _of_commitment(owner: ActionPlan, one: Commitment, held: _Held, day: dt.date) -> Iterator[Lack]:
    values = one.open_values.split(",") if one.open_values else []
    if not any(OpenValue(value).core for value in values):
        yield _lack(one, NO_VALUE, BLOCK)
    if one.starts is None or one.ends is None:
        yield _lack(one, NO_DATES)
    early = one.starts is not None and owner.starts is not None and one.starts < owner.starts
    if early or (one.ends is not None and owner.ends is not None and one.ends > owner.ends):
        yield _lack(one, OUTSIDE_PLAN)
    if one.id not in held.leads:
        yield _lack(one, NO_LEAD)
    for section in template.sections("commitment"):
        if section.key in held.written.get(one.id, ()):
            continue
        if section.required:
            yield _lack(one, NO_SECTION, section=section.label)
        elif section.key in values:
            yield _lack(one, VALUE_UNSAID, section=section.label)
    steps = held.steps.get(one.id, [])
    if not steps:
        yield _lack(one, NO_MILESTONES)
    counting = [
        Step(s.id, s.state, s.weight, s.due_on, s.started_on, s.completed_on) for s in steps
    ]
    found = computed(Facts(one.starts, one.ends, one.completed_on, counting), day)
    # Where milestones are late, each of them says why.
    alone = not any(step.late(day) for step in counting)
    if alone and lacks_cause(found.code, one.delay_cause, (), day):
        yield _lack(one, UNCAUSED)
    for step in steps:
        yield from _of_milestone(one, step, held, day)


def _of_milestone(owner: Commitment, step: Milestone, held: _Held, day: dt.date) -> Iterator[Lack]:
    def lack(what: Msg, severity: str = WARN) -> Lack:
        values: dict[str, object] = {
            "title": Title(owner.title, owner.title_en),
            "n": step.number,
            "step": Title(step.title, step.title_en),
        }
        return Lack(Said(what, values), "milestone", step.id, severity)

    if step.state == MilestoneState.CANCELLED:
        return
    if not step.output:
        yield lack(NO_OUTPUT, BLOCK)
    if step.due_on is None:
        yield lack(NO_DUE)
    if _outside(owner, step):
        yield lack(OUTSIDE)
    ended = step.completed_on or day
    late = step.due_on is not None and step.due_on < ended
    if late and not step.delay_cause and not owner.delay_cause:
        yield lack(STEP_UNCAUSED)
    if step.completed_on is not None and not held.proved.get(step.id):
        yield lack(PROOF_BROKEN if held.broken.get(step.id) else UNPROVED)


def _outside(owner: Commitment, step: Milestone) -> bool:
    first = first_day(owner.starts) if owner.starts is not None else dt.date.min
    last = last_day(owner.ends) if owner.ends is not None else dt.date.max
    return any(
        day is not None and not first <= day <= last for day in (step.starts_on, step.due_on)
    )


def english(read: Session, plan_id: int) -> list[Untranslated]:
    """List the Korean texts of a plan that have no English yet."""
    return translating.listed(read, plan_id)
