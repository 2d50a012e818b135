"""A plan with two commitments, for the tests of evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone, PlanCount
from db.store import Store, usecase
from gwangju_desktop.evidence import evidence, intake, queries

DAY = dt.date(2022, 3, 11)


@dataclass(frozen=True, slots=True)
class Made:
    """Ids of what `plan` made."""

    plan: int
    other_plan: int
    commitment: int
    second: int
    milestone: int
    later: int
    count: int


@usecase("Make a plan for a test")
def make(tx: Session) -> dict[str, int]:
    """Make two plans; the first has two commitments, two milestones and a number."""
    plans = [
        ActionPlan(code=f"가상-{n}", title=f"가상 실행계획 {n}", starts=202108, ends=202206)
        for n in (1, 2)
    ]
    tx.add_all(plans)
    tx.flush()
    commitments = [
        Commitment(plan_id=plans[0].id, code=f"EX000{n}", position=n * 1024, title=f"가상 과제 {n}")
        for n in (1, 2)
    ]
    tx.add_all(commitments)
    tx.flush()
    milestones = [
        Milestone(
            commitment_id=commitments[0].id,
            position=n * 1024,
            number=n,
            title=f"예시 단계 {n}",
            sample=True,
        )
        for n in (1, 2)
    ]
    count = PlanCount(
        plan_id=plans[0].id, position=1024, kind="meeting", label="가상 회의", number=4
    )
    tx.add_all([*milestones, count])
    tx.flush()
    return {
        "plan": plans[0].id,
        "other_plan": plans[1].id,
        "commitment": commitments[0].id,
        "second": commitments[1].id,
        "milestone": milestones[0].id,
        "later": milestones[1].id,
        "count": count.id,
    }


def plan(store: Store) -> Made:
    """Make the plan and return its ids."""
    return Made(**store.run(make).value)


def file(folder: Path, name: str, content: bytes = b"proof") -> Path:
    """Write a file and return it."""
    path = folder / name
    path.write_bytes(content)
    return path


def add(store: Store, path: Path, plan_id: int, **values: Any) -> int:
    """Take a file in as evidence and return the id of that."""
    facts = intake.take_in(store.papers, path)
    values = {"obtained_on": DAY} | values
    return int(store.run(evidence.add_evidence, plan_id=plan_id, **asdict(facts), **values).value)


def on_disk(store: Store, sha256: str) -> Path:
    """Return where the bytes of a file lie beside an office file."""
    return store.papers._place(sha256)


def digest_place(store: Store, name: str) -> Path:
    """Return where the bytes of the evidence file of a name lie."""
    with store.reading() as read:
        rows = queries.shelf(read)
    return on_disk(store, next(row.sha256 for row in rows if row.name == name))
