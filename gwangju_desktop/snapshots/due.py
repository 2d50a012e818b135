"""When the next copy for monitors is due: by the calendar of each plan under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan
from db.schema.snapshots import Snapshot, SnapshotDelivery
from db.vocab import PlanRuleKey, Profile
from gwangju_desktop import clock
from gwangju_desktop.commitments import institutions, rules
from gwangju_desktop.commitments.rows import Title
from gwangju_desktop.text import C_, Msg

MAKE = C_("copy due", "Review copy for the monitors: {plan}")
HAND_OVER = C_("copy due", "Review copy no. {n} has not been handed over")
# A copy is made to be given away: after so many days without that somebody is reminded.
HANDED_DAYS = 7


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing that is due: its sentence, who looks after it, the day, and what to open."""

    title: Msg
    values: dict[str, object]
    owner: str
    due: dt.date
    table: str
    id: int


def listed(read: Session, *, today: dt.date) -> list[DueRow]:
    """List the copies that are to be made or handed over, the most urgent first."""
    rows = [*_to_make(read, today), *_to_hand_over(read, today)]
    return sorted(rows, key=lambda row: (row.due, row.table, row.id))


def _to_make(read: Session, today: dt.date) -> Iterator[DueRow]:
    """Yield one row for each submitted plan that is open, counted from the last copy for monitors.

    A copy made before a plan was submitted says nothing of it.
    """
    query = select(ActionPlan).where(
        ActionPlan.submitted_on.is_not(None), ActionPlan.closed_on.is_(None)
    )
    plans = {plan.id: plan for plan in read.scalars(query.order_by(ActionPlan.id))}
    if not plans:
        return
    made = read.scalar(
        select(func.max(Snapshot.made_at)).where(Snapshot.profile == Profile.MONITOR.value)
    )
    last = clock.local(made).date() if made is not None else dt.date.min
    leads = institutions.leads(read, plans)
    for plan in plans.values():
        assert plan.submitted_on is not None
        months = rules.of_plan(read, plan.id, today)[PlanRuleKey.COPY_MONTHS]
        yield DueRow(
            MAKE,
            {"plan": Title(plan.title, plan.title_en)},
            leads.get((plan.id, None), ""),
            rules.add_months(max(last, plan.submitted_on), months),
            "snapshot_due",
            plan.id,
        )


def _to_hand_over(read: Session, today: dt.date) -> Iterator[DueRow]:
    """Yield the latest copy for monitors while nobody has it, a week after it was made."""
    row = read.execute(
        select(Snapshot.id, Snapshot.sequence, Snapshot.made_at)
        .where(Snapshot.profile == Profile.MONITOR.value)
        .order_by(Snapshot.sequence.desc())
        .limit(1)
    ).first()
    if row is None:
        return
    handed = select(SnapshotDelivery.id).where(SnapshotDelivery.snapshot_id == row.id).limit(1)
    if read.scalar(handed) is None:
        day = clock.local(row.made_at).date() + dt.timedelta(days=HANDED_DAYS)
        if day <= today + dt.timedelta(days=HANDED_DAYS):
            yield DueRow(HAND_OVER, {"n": row.sequence}, "", day, "snapshot", row.id)
