"""The two commitments of the published plan, with made-up milestones (예시)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from db.schema.commitments import Commitment
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.papers import StoredFile
from db.store import Store, usecase
from gwangju_desktop.commitments import institutions, milestones, plans, promises

SUBMITTED = dt.date(2021, 7, 30)
TODAY = dt.date(2022, 3, 11)


@dataclass(frozen=True)
class Made:
    """The ids of what was made: the plan, its commitments, the milestones of the first."""

    plan: int
    first: int
    second: int
    steps: tuple[int, int, int]


def make(store: Store, *, submitted: bool = True) -> Made:
    """Enter the plan and submit it."""
    plan = store.run(
        plans.add_plan,
        code="KRGNJ2021",
        title="열린정부 실행계획 2021–2022",
        starts=202108,
        ends=202206,
        source="예시",
    ).value
    first = store.run(
        promises.add_commitment,
        plan_id=plan,
        code="KRGNJ0001",
        title="시민과 함께 만드는 기후변화 대응 정책",
        starts=202108,
        ends=202205,
        open_values=["participation"],
    ).value
    second = store.run(
        promises.add_commitment,
        plan_id=plan,
        code="KRGNJ0002",
        title="시민 친화형 에너지 정보 플랫폼 구축",
        starts=202108,
        ends=202204,
        open_values=["technology", "participation"],
    ).value
    store.run(
        institutions.add_institution,
        plan_id=plan,
        commitment_id=first,
        role="lead",
        name="에너지산업과",
    )
    steps = [
        _step(store, first, "시민 교육과 홍보", dt.date(2021, 10, 31), 1),
        _step(store, first, "5개월 주기 시민 의견 조사", dt.date(2022, 1, 31), 2),
        _step(store, first, "조사 결과의 위원회 반영", dt.date(2022, 5, 31), 3),
    ]
    _step(store, second, "플랫폼 공개", dt.date(2022, 4, 30), 1)
    if submitted:
        store.run(plans.submit_plan, plan_id=plan, submitted_on=SUBMITTED)
    return Made(plan, first, second, (steps[0], steps[1], steps[2]))


def _step(store: Store, owner: int, title: str, due: dt.date, weight: int) -> int:
    id: int = store.run(
        milestones.add_milestone,
        commitment_id=owner,
        title=title,
        output="예시 산출물",
        due_on=due,
        weight=weight,
        sample=True,
    ).value
    return id


def complete(store: Store, step: int, on: dt.date, **more: Any) -> None:
    """Complete a milestone."""
    store.run(milestones.complete_milestone, milestone_id=step, completed_on=on, **more)


@usecase("Prove")
def prove(tx, *, plan_id: int, milestone_id: int, commitment_id: int | None, name: str) -> int:
    """File a piece of evidence whose bytes nobody asks for, with a claim on a milestone."""
    file = StoredFile(sha256=name.rjust(64, "0"), name=f"{name}.pdf", bytes=1)
    tx.add(file)
    tx.flush()
    row = Evidence(
        plan_id=plan_id,
        commitment_id=commitment_id,
        file_id=file.id,
        position=1024,
        title=name,
        obtained_on=TODAY,
        sample=True,
    )
    tx.add(row)
    tx.flush()
    tx.add(
        EvidenceClaim(evidence_id=row.id, position=1024, claim="예시", milestone_id=milestone_id)
    )
    tx.flush()
    return row.id


def code(store: Store, id: int) -> str:
    """Return the code of a commitment."""
    with store.reading() as read:
        return read.get_one(Commitment, id).code
