"""Lists of plans, commitments and milestones.

The list of commitments asks each table once, however many there are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    Milestone,
)
from db.vocab import MilestoneState
from gwangju_desktop import clock
from gwangju_desktop.commitments import proofs, rules, status
from gwangju_desktop.commitments.months import last_day, month_text
from gwangju_desktop.commitments.rows import CommitmentRow, MilestoneRow, PlanRow, RatingRow
from gwangju_desktop.commitments.status import Facts, Step, Suggestion
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.reviews import ratings as monitored
from gwangju_desktop.reviews.ratings import Rating
from gwangju_desktop.text import N_

# The dimension a list shows; the page of a commitment shows all.
COMPLETION = "completion"
_FEW = 50
_DIGITS = 10


def plans(read: Session) -> list[PlanRow]:
    """List the action plans, the latest first."""
    counted = {
        row.plan_id: row
        for row in read.execute(
            select(
                Commitment.plan_id,
                func.count(Commitment.id.distinct()).label("commitments"),
                func.count(Milestone.id).label("milestones"),
                func.count(Milestone.completed_on).label("completed"),
            )
            .outerjoin(
                Milestone,
                (Milestone.commitment_id == Commitment.id)
                & (Milestone.state != MilestoneState.CANCELLED.value),
            )
            .group_by(Commitment.plan_id)
        )
    }
    files, broken = proofs.by_plan(read), proofs.by_plan(read, broken=True)
    rows = []
    for one in read.scalars(select(ActionPlan)):
        count = counted.get(one.id)
        rows.append(
            PlanRow(
                one.id,
                one.code,
                one.title,
                one.title_en,
                one.submitted_on,
                month_text(one.starts),
                month_text(one.ends),
                one.starts,
                one.ends,
                one.closed_on,
                one.monitor_body_id,
                one.forum_body_id,
                one.url,
                one.source,
                one.note,
                count.commitments if count else 0,
                count.milestones if count else 0,
                count.completed if count else 0,
                files.get(one.id, 0),
                broken.get(one.id, 0),
            )
        )
    return sorted(rows, key=lambda row: (row.submitted_on or dt.date.max, row.id), reverse=True)


def plan(read: Session, id: int | str) -> PlanRow:
    """Return one plan by its id or code; raise UserError when there is none."""
    rows = plans(read)
    # A code may look like an id; what is called so comes first.
    for row in (*(row for row in rows if row.code == str(id)), *rows):
        if str(id) in (row.code, str(row.id)):
            return row
    raise UserError(N_("There is no action plan {id}."), hint=MEANWHILE, id=id)


def commitment_id(read: Session, id: int | str) -> int:
    """Return the id of a commitment named by its id or code; raise UserError when there is none."""
    named = select(Commitment.id)
    found = read.scalars(named.where(Commitment.code == str(id))).first()
    # A code may look like an id; what is called so comes first. No id has more digits.
    if found is None and str(id).isascii() and str(id).isdigit() and len(str(id)) < _DIGITS:
        found = read.scalars(named.where(Commitment.id == int(id))).first()
    if found is None:
        raise UserError(N_("There is no commitment {id}."), hint=MEANWHILE, id=id)
    return found


def commitments(
    read: Session,
    plan_id: int | None = None,
    today: dt.date | None = None,
    *,
    ids: Sequence[int] | None = None,
) -> list[CommitmentRow]:
    """List commitments in the order of their plans; `ids` names some of them."""
    day = today or clock.today()
    query = _columns().order_by(ActionPlan.id, Commitment.position, Commitment.id)
    if plan_id is not None:
        query = query.where(Commitment.plan_id == plan_id)
    if ids is not None:
        query = query.where(Commitment.id.in_(ids))
    rows = read.execute(query).all()
    named = plan_id is not None or ids is not None
    # To read the milestones of all costs less than to name most of them.
    whose = [row.id for row in rows] if named and len(rows) <= _FEW else None
    steps, titles, samples = _steps(read, whose)
    files, broken = (proofs.by_commitment(read, whose, broken=one) for one in (False, True))
    proved = proofs.by_milestone(read, whose)
    thawed = set(
        read.scalars(
            select(CommitmentEdition.commitment_id).where(CommitmentEdition.closed_on.is_(None))
        )
    )
    limits = {id: rules.limits(held) for id, held in rules.of_plans(read, day).items()}
    rated = ratings(read, [row.id for row in rows])
    made = []
    for row in rows:
        own = steps.get(row.id, ())
        facts = Facts(row.starts, row.ends, row.completed_on, own)
        found = status.computed(facts, day)
        done, whole = status.weights(own)
        counting = [step for step in own if step.counts]
        late = sum(step.late(day) for step in counting)
        suggested = status.suggestion(
            own,
            proved,
            files.get(row.id, 0) > 0,
            limits.get(row.plan_id) or rules.limits(None),
        )
        due, step_id = _next(facts)
        made.append(
            CommitmentRow(
                row.id,
                row.code,
                row.title,
                row.title_en,
                row.plan_id,
                row.plan,
                month_text(row.starts),
                month_text(row.ends),
                row.starts,
                row.ends,
                row.own_status or found.code,
                found.code,
                found.why,
                row.own_status_reason,
                row.own_status_on,
                row.completed_on,
                done,
                whole,
                len(counting),
                sum(step.done for step in counting),
                late,
                files.get(row.id, 0),
                broken.get(row.id, 0),
                *_completion(rated.get(row.id, {}).get(COMPLETION)),
                suggested.code,
                due,
                *titles.get(step_id, ("", "")),
                row.delay_cause,
                status.lacks_cause(found.code, row.delay_cause, own, day),
                row.edition,
                row.id in thawed,
                row.id in samples,
                row.position,
            )
        )
    return made


def milestones(
    read: Session,
    plan_id: int | None = None,
    commitment_id: int | None = None,
    today: dt.date | None = None,
) -> list[MilestoneRow]:
    """List milestones in the order of their plans and commitments."""
    day = today or clock.today()
    query = (
        select(*_SHOWN, Commitment.code)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .order_by(
            Commitment.plan_id,
            Commitment.position,
            Commitment.id,
            Milestone.position,
            Milestone.id,
        )
    )
    if plan_id is not None:
        query = query.where(Commitment.plan_id == plan_id)
    if commitment_id is not None:
        query = query.where(Commitment.id == commitment_id)
    found = read.execute(query).all()
    whose = None if commitment_id is None else [commitment_id]
    proved, broken = (proofs.by_milestone(read, whose, broken=one) for one in (False, True))
    return [_milestone(row, proved, broken, day) for row in found]


def suggestion(read: Session, commitment_id: int, today: dt.date) -> Suggestion:
    """Return the completion the program suggests for a commitment, with what stands in the way."""
    steps, _titles, _samples = _steps(read, [commitment_id])
    plan_id = read.scalar(select(Commitment.plan_id).where(Commitment.id == commitment_id))
    whose = [commitment_id]
    made = status.suggestion(
        steps.get(commitment_id, ()),
        proofs.by_milestone(read, whose),
        proofs.by_commitment(read, whose).get(commitment_id, 0) > 0,
        rules.limits(rules.of_plan(read, plan_id or 0, today)),
    )
    broken = proofs.by_commitment(read, whose, broken=True).get(commitment_id, 0)
    return dataclasses.replace(made, broken=broken)


def ratings(read: Session, commitment_ids: Sequence[int]) -> Mapping[int, Mapping[str, Rating]]:
    """Return what the monitors rated, by commitment and dimension."""
    return monitored.of(read, commitment_ids)


def _columns() -> Any:
    return select(
        Commitment.id,
        Commitment.code,
        Commitment.title,
        Commitment.title_en,
        Commitment.plan_id,
        ActionPlan.code.label("plan"),
        Commitment.starts,
        Commitment.ends,
        Commitment.own_status,
        Commitment.own_status_reason,
        Commitment.own_status_on,
        Commitment.completed_on,
        Commitment.delay_cause,
        Commitment.edition,
        Commitment.position,
    ).join(ActionPlan, ActionPlan.id == Commitment.plan_id)


def _steps(
    read: Session, commitment_ids: Sequence[int] | None
) -> tuple[Mapping[int, Sequence[Step]], Mapping[int, tuple[str, str]], set[int]]:
    """Return the milestones that count by commitment, their titles, and who has samples."""
    query = select(
        Milestone.commitment_id,
        Milestone.id,
        Milestone.state,
        Milestone.weight,
        Milestone.due_on,
        Milestone.started_on,
        Milestone.completed_on,
        Milestone.delay_cause,
        Milestone.title,
        Milestone.title_en,
        Milestone.sample,
    )
    if commitment_ids is not None:
        query = query.where(Milestone.commitment_id.in_(commitment_ids))
    steps: dict[int, list[Step]] = {}
    titles: dict[int, tuple[str, str]] = {}
    samples: set[int] = set()
    for owner, *fields, title, title_en, sample in read.execute(query):
        step = Step(*fields)
        steps.setdefault(owner, []).append(step)
        titles[step.id] = title, title_en
        if sample:
            samples.add(owner)
    return steps, titles, samples


def _next(facts: Facts) -> tuple[dt.date | None, int]:
    """Return the next day something is due of a commitment, and the milestone, 0 for its end."""
    if facts.completed_on is not None:
        return None, 0
    waiting = [
        (step.due_on, step.id)
        for step in facts.milestones
        if step.counts and not step.done and step.due_on is not None
    ]
    if waiting:
        return min(waiting)
    return (last_day(facts.ends) if facts.ends is not None else None), 0


def _completion(rating: Rating | None) -> tuple[RatingRow | None, bool]:
    """Return the rating of a list, and whether two monitors differ."""
    if rating is None:
        return None, False
    if rating.value is None:
        return None, bool(rating.differing)
    who = ", ".join(rating.who)
    return (
        RatingRow(rating.value, who, rating.on, rating.origin, rating.review_id, rating.agreed),
        False,
    )


# In the order of MilestoneRow from its third field on, so far as a table has them.
_SHOWN = (
    Milestone.id,
    Milestone.commitment_id,
    Milestone.number,
    Milestone.title,
    Milestone.title_en,
    Milestone.output,
    Milestone.output_en,
    Milestone.starts_on,
    Milestone.due_on,
    Milestone.started_on,
    Milestone.completed_on,
    Milestone.state,
    Milestone.weight,
    Milestone.responsible,
    Milestone.supporting,
    Milestone.delay_cause,
    Milestone.delay_cause_en,
    Milestone.sample,
    Milestone.position,
)


def _milestone(
    row: Any, proved: Mapping[int, int], broken: Mapping[int, int], day: dt.date
) -> MilestoneRow:
    id, owner, *shown, code = row
    due, completed = row.due_on, row.completed_on
    step = Step(id, row.state, row.weight, due, row.started_on, completed)
    late_done = completed is not None and due is not None and completed > due
    fields: tuple[Any, ...] = (
        *(id, owner, code),
        *shown,
        *(proved.get(id, 0), broken.get(id, 0), step.late(day), late_done),
    )
    return MilestoneRow(*fields)
