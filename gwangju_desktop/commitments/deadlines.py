"""What is due of a plan: the official reports, the web page, milestones, notes, evidence checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    Milestone,
    ProgressNote,
)
from db.schema.evidence import Evidence, EvidenceCheck
from db.schema.reviews import Publication, Review
from db.vocab import (
    MilestoneState,
    OwnStatus,
    PlanRuleKey,
    PublicationChannel,
    ReviewKind,
)
from gwangju_desktop import clock
from gwangju_desktop.commitments import institutions, rules
from gwangju_desktop.commitments.months import add_months, first_day, last_day
from gwangju_desktop.commitments.rows import DeadlineRow, Title
from gwangju_desktop.polls.table import Said
from gwangju_desktop.text import C_

INCEPTION, CLOSING, WEB = "inception", "closing", "web"
MILESTONE, NOTE, CHECK = "milestone", "note", "check"
KINDS = (INCEPTION, CLOSING, WEB, MILESTONE, NOTE, CHECK)
# Milestones are named so long before their day.
AHEAD_DAYS = 30
# Of a commitment that was stopped or merged nothing of its plan is due any more.
_GIVEN_UP = (OwnStatus.STOPPED, OwnStatus.MERGED)

INCEPTION_DUE = C_("commitment due", "Inception report: {plan}")
CLOSING_DUE = C_("commitment due", "End-of-commitment report: {title}")
WEB_DUE = C_("commitment due", "Update of the web page: {plan}")
MILESTONE_DUE = C_("commitment due", "Milestone {n} of {code}: {step}")
NOTE_DUE = C_("commitment due", "How it goes is asked for: {title}")
CHECK_DUE = C_("commitment due", "Evidence files are to be read again")


@dataclass(frozen=True, slots=True)
class _Owner:
    """What counts of one commitment; `done_on` is the day it was completed, if it was."""

    id: int
    plan_id: int
    title: Title
    starts: int | None
    ends: int | None
    own_status: str
    done_on: dt.date | None

    @property
    def given_up(self) -> bool:
        return self.own_status in _GIVEN_UP


def due(read: Session, today: dt.date) -> list[DeadlineRow]:
    """List what is due and not met yet, of all plans, the most urgent first."""
    return [row for row in _all(read, today) if row.done_on is None]


def titles(read: Session, ids: Iterable[int]) -> dict[int, Title]:
    """Return the titles of plans by id."""
    columns = select(ActionPlan.id, ActionPlan.title, ActionPlan.title_en)
    rows = read.execute(columns.where(ActionPlan.id.in_(list(ids))))
    return {row.id: Title(row.title, row.title_en) for row in rows}


def of_plan(read: Session, plan_id: int, today: dt.date) -> list[DeadlineRow]:
    """List the deadlines of one plan and its commitments, met ones too."""
    return _all(read, today, plan_id)


def of_commitment(read: Session, commitment_id: int, today: dt.date) -> list[DeadlineRow]:
    """List the deadlines of one commitment, met ones too."""
    plan_id = read.scalar(select(Commitment.plan_id).where(Commitment.id == commitment_id))
    found = _all(read, today, plan_id, commitment_id)
    return [row for row in found if row.commitment_id == commitment_id]


def _all(
    read: Session,
    today: dt.date,
    plan_id: int | None = None,
    commitment_id: int | None = None,
) -> list[DeadlineRow]:
    query = select(ActionPlan).order_by(ActionPlan.id)
    if plan_id is not None:
        query = query.where(ActionPlan.id == plan_id)
    plans = {one.id: one for one in read.scalars(query)}
    if not plans:
        return []
    held = rules.of_plans(read, today)
    ours = {key: one.value for key, one in rules.shipped().items()}
    values: Mapping[int, Mapping[str, int]] = {id: held.get(id, ours) for id in plans}
    owners = _owners(read, plans, commitment_id)
    rows = [
        *_reports(read, plans, owners, values, today),
        *_web(read, plans, values, today),
        *_milestones(read, plans, owners, today),
        *_notes(read, plans, owners, values, today),
        *_check(read, plans, values, today),
    ]
    leads = institutions.leads(read, plans)
    owned = [
        row
        if row.owner
        else replace(
            row,
            owner=leads.get((row.plan_id, row.commitment_id)) or leads.get((row.plan_id, None), ""),
        )
        for row in rows
    ]
    return sorted(owned, key=lambda row: (row.due_on, KINDS.index(row.kind), row.row_id))


def _owners(
    read: Session, plans: Mapping[int, ActionPlan], commitment_id: int | None
) -> list[_Owner]:
    only = [] if commitment_id is None else [Commitment.id == commitment_id]
    mine = [] if commitment_id is None else [Milestone.commitment_id == commitment_id]
    counted = (
        select(
            Milestone.commitment_id,
            func.sum(case((Milestone.state == MilestoneState.CANCELLED.value, 0), else_=1)).label(
                "n"
            ),
            func.count(Milestone.completed_on).label("done"),
            func.max(Milestone.completed_on).label("last"),
        )
        .where(*mine)
        .group_by(Milestone.commitment_id)
        .subquery()
    )
    found = read.execute(
        select(
            Commitment.id,
            Commitment.plan_id,
            Commitment.title,
            Commitment.title_en,
            Commitment.starts,
            Commitment.ends,
            Commitment.own_status,
            Commitment.completed_on,
            counted.c.n,
            counted.c.done,
            counted.c.last,
        )
        .outerjoin(counted, counted.c.commitment_id == Commitment.id)
        .where(Commitment.plan_id.in_(plans), *only)
        .order_by(Commitment.position, Commitment.id)
    )
    return [
        _Owner(
            row.id,
            row.plan_id,
            Title(row.title, row.title_en),
            row.starts,
            row.ends,
            row.own_status,
            row.completed_on or (row.last if row.n and row.n == row.done else None),
        )
        for row in found
    ]


def _reports(
    read: Session,
    plans: Mapping[int, ActionPlan],
    owners: list[_Owner],
    values: Mapping[int, Mapping[str, int]],
    today: dt.date,
) -> Iterator[DeadlineRow]:
    """Yield the inception report of each plan and the closing report of each commitment.

    OGP Local: the first so many months after the submission, the second after the completion.
    """
    handed = read.execute(
        select(Review.kind, Review.plan_id, Review.commitment_id, func.min(Review.submitted_on))
        .where(
            Review.kind.in_((ReviewKind.INCEPTION.value, ReviewKind.CLOSING.value)),
            Review.submitted_on.is_not(None),
        )
        .group_by(Review.kind, Review.plan_id, Review.commitment_id)
    ).all()
    met: dict[tuple[str, int, int | None], dt.date] = {
        (row[0], row[1], row[2]): row[3] for row in handed if row[3] is not None
    }
    for plan in plans.values():
        if plan.submitted_on is None:
            continue
        yield _row(
            INCEPTION,
            add_months(plan.submitted_on, values[plan.id][PlanRuleKey.INCEPTION_MONTHS]),
            Said(INCEPTION_DUE, {"plan": Title(plan.title, plan.title_en)}),
            today,
            plan.id,
            table="action_plan",
            row_id=plan.id,
            done_on=next((met[key] for key in met if key[:2] == (INCEPTION, plan.id)), None),
        )
    for owner in owners:
        if plans[owner.plan_id].submitted_on is None or (owner.given_up and owner.done_on is None):
            continue
        until = owner.done_on or (last_day(owner.ends) if owner.ends is not None else None)
        if until is None:
            continue
        yield _row(
            CLOSING,
            add_months(until, values[owner.plan_id][PlanRuleKey.CLOSING_MONTHS]),
            Said(CLOSING_DUE, {"title": owner.title}),
            today,
            owner.plan_id,
            owner.id,
            table="commitment",
            row_id=owner.id,
            done_on=met.get((CLOSING, owner.plan_id, owner.id))
            or met.get((CLOSING, owner.plan_id, None)),
            planned=owner.done_on is None,
        )


def _web(
    read: Session,
    plans: Mapping[int, ActionPlan],
    values: Mapping[int, Mapping[str, int]],
    today: dt.date,
) -> Iterator[DeadlineRow]:
    """Yield the next update of each plan's web page, counted from the last one."""
    published = read.execute(
        select(Publication.plan_id, func.max(Publication.published_on))
        .where(Publication.channel == PublicationChannel.WEB.value)
        .group_by(Publication.plan_id)
    )
    last: dict[int, dt.date] = {row[0]: row[1] for row in published}
    for plan in plans.values():
        if plan.submitted_on is None or plan.closed_on is not None:
            continue
        since = last.get(plan.id, plan.submitted_on)
        yield _row(
            WEB,
            add_months(since, values[plan.id][PlanRuleKey.WEB_MONTHS]),
            Said(WEB_DUE, {"plan": Title(plan.title, plan.title_en)}),
            today,
            plan.id,
            table="action_plan",
            row_id=plan.id,
        )


def _milestones(
    read: Session, plans: Mapping[int, ActionPlan], owners: list[_Owner], today: dt.date
) -> Iterator[DeadlineRow]:
    """Yield the milestones past their day or due soon."""
    running = {owner.id for owner in owners if not owner.given_up}
    found = read.execute(
        select(
            Milestone.id,
            Milestone.commitment_id,
            Milestone.number,
            Milestone.title,
            Milestone.title_en,
            Milestone.responsible,
            Milestone.due_on,
            Commitment.plan_id,
            Commitment.code,
        )
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(
            Commitment.plan_id.in_(plans),
            Commitment.completed_on.is_(None),
            Milestone.due_on <= today + dt.timedelta(days=AHEAD_DAYS),
            Milestone.state.in_(
                (MilestoneState.NOT_STARTED.value, MilestoneState.IN_PROGRESS.value)
            ),
        )
    )
    for row in found:
        if row.commitment_id not in running or plans[row.plan_id].closed_on is not None:
            continue
        yield _row(
            MILESTONE,
            row.due_on,
            Said(
                MILESTONE_DUE,
                {"n": row.number, "code": row.code, "step": Title(row.title, row.title_en)},
            ),
            today,
            row.plan_id,
            row.commitment_id,
            row.id,
            table="milestone",
            row_id=row.id,
            owner=row.responsible,
        )


def _notes(
    read: Session,
    plans: Mapping[int, ActionPlan],
    owners: list[_Owner],
    values: Mapping[int, Mapping[str, int]],
    today: dt.date,
) -> Iterator[DeadlineRow]:
    """Yield when the next word on each running commitment is asked for."""
    noted = read.execute(
        select(ProgressNote.commitment_id, func.max(ProgressNote.noted_on)).group_by(
            ProgressNote.commitment_id
        )
    )
    last: dict[int, dt.date] = {row[0]: row[1] for row in noted}
    for owner in owners:
        plan = plans[owner.plan_id]
        if plan.submitted_on is None or plan.closed_on is not None:
            continue
        begins = first_day(owner.starts) if owner.starts is not None else plan.submitted_on
        if owner.done_on is not None or owner.given_up or today < begins:
            continue
        since = max(begins, plan.submitted_on, last.get(owner.id, dt.date.min))
        yield _row(
            NOTE,
            since + dt.timedelta(days=values[plan.id][PlanRuleKey.NOTE_DAYS]),
            Said(NOTE_DUE, {"title": owner.title}),
            today,
            plan.id,
            owner.id,
            table="commitment",
            row_id=owner.id,
        )


def _check(
    read: Session,
    plans: Mapping[int, ActionPlan],
    values: Mapping[int, Mapping[str, int]],
    today: dt.date,
) -> Iterator[DeadlineRow]:
    """Yield when the evidence files are to be read again: one row, for all plans together."""
    holding = [
        id
        for id in read.scalars(select(Evidence.plan_id).distinct())
        if id in plans and plans[id].closed_on is None
    ]
    if not holding:
        return
    strictest = min(holding, key=lambda id: (values[id][PlanRuleKey.CHECK_DAYS], id))
    moment = read.scalar(select(func.max(EvidenceCheck.checked_at)))
    days = dt.timedelta(days=values[strictest][PlanRuleKey.CHECK_DAYS])
    yield _row(
        CHECK,
        clock.local(moment).date() + days if moment is not None else today,
        Said(CHECK_DUE),
        today,
        strictest,
        table="action_plan",
        row_id=strictest,
    )


def _row(
    kind: str,
    day: dt.date,
    label: Said,
    today: dt.date,
    plan_id: int,
    commitment_id: int | None = None,
    milestone_id: int | None = None,
    **more: Any,
) -> DeadlineRow:
    met = more.get("done_on") is not None or more.get("planned", False)
    overdue = 0 if met else max(0, (today - day).days)
    return DeadlineRow(kind, plan_id, commitment_id, milestone_id, day, overdue, label, **more)
