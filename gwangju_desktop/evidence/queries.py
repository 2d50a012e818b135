"""What is asked of the evidence shelf."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone, PlanCount
from db.schema.evidence import Evidence, EvidenceCheck, EvidenceClaim
from db.schema.papers import StoredFile
from db.vocab import Disclosure, PlanRuleKey
from gwangju_desktop import clock
from gwangju_desktop.commitments import rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence.intake import MEGABYTE
from gwangju_desktop.evidence.rows import (
    BROKEN,
    MISSING,
    Best,
    CheckRow,
    ClaimRow,
    EvidenceRow,
    PickRow,
)
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.text import N_

NO_EVIDENCE = N_("There is no evidence {id}.")


def shelf(
    read: Session,
    *,
    plan_id: int | None = None,
    commitment_id: int | None = None,
    milestone_id: int | None = None,
    count_id: int | None = None,
    ids: Iterable[int] | None = None,
) -> list[EvidenceRow]:
    """List evidence in its order, with its claims and how its files were found last.

    `commitment_id` takes what belongs to it and what a claim says of it or of its milestones.
    """
    query = (
        select(
            Evidence.id,
            Evidence.plan_id,
            ActionPlan.code.label("plan"),
            Evidence.commitment_id,
            func.coalesce(Commitment.code, "").label("commitment"),
            Evidence.position,
            Evidence.kind,
            Evidence.title,
            Evidence.title_en,
            Evidence.url,
            Evidence.obtained_on,
            Evidence.obtained_from,
            Evidence.disclosure,
            Evidence.ground,
            Evidence.note,
            Evidence.sample,
            Evidence.file_id,
            StoredFile.name,
            StoredFile.sha256,
            StoredFile.bytes,
        )
        .join(ActionPlan, ActionPlan.id == Evidence.plan_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .outerjoin(Commitment, Commitment.id == Evidence.commitment_id)
        .order_by(Evidence.plan_id, Evidence.position, Evidence.id)
    )
    said = _claims(read, plan_id)
    if plan_id is not None:
        query = query.where(Evidence.plan_id == plan_id)
    if ids is not None:
        query = query.where(Evidence.id.in_(list(ids)))
    states = found_states(read)
    rows = []
    for row in read.execute(query):
        claims = tuple(claim for claim, _of in said.get(row.id, ()))
        own = {row.commitment_id, *(of for _claim, of in said.get(row.id, ()))} - {None}
        if commitment_id is not None and commitment_id not in own:
            continue
        if milestone_id is not None and all(one.milestone_id != milestone_id for one in claims):
            continue
        if count_id is not None and all(one.count_id != count_id for one in claims):
            continue
        rows.append(
            EvidenceRow(
                **row._mapping,
                broken=states.get(row.file_id, ""),
                claims=claims,
                commitments=tuple(sorted(own)),
            )
        )
    return rows


def evidence(read: Session, *, id: int) -> EvidenceRow:
    """Return one piece of evidence; raises UserError when it is gone."""
    rows = shelf(read, ids=(id,))
    if not rows:
        raise UserError(NO_EVIDENCE, hint=MEANWHILE, id=id)
    return rows[0]


def _claims(read: Session, plan_id: int | None) -> dict[int, list[tuple[ClaimRow, int | None]]]:
    """Return the claims of each piece of evidence, each with the id of the commitment it is about."""
    about = func.coalesce(EvidenceClaim.commitment_id, Milestone.commitment_id)
    query = (
        select(
            EvidenceClaim.id,
            EvidenceClaim.evidence_id,
            EvidenceClaim.position,
            EvidenceClaim.claim,
            EvidenceClaim.claim_en,
            about.label("commitment_id"),
            func.coalesce(Commitment.code, "").label("commitment"),
            EvidenceClaim.milestone_id,
            Milestone.number,
            func.coalesce(Milestone.title, "").label("milestone"),
            func.coalesce(Milestone.title_en, "").label("milestone_en"),
            EvidenceClaim.count_id,
            func.coalesce(PlanCount.label, "").label("count"),
            func.coalesce(PlanCount.label_en, "").label("count_en"),
            EvidenceClaim.form,
            EvidenceClaim.question,
            EvidenceClaim.picked,
        )
        .outerjoin(Milestone, Milestone.id == EvidenceClaim.milestone_id)
        .outerjoin(Commitment, Commitment.id == about)
        .outerjoin(PlanCount, PlanCount.id == EvidenceClaim.count_id)
        .order_by(EvidenceClaim.position, EvidenceClaim.id)
    )
    if plan_id is not None:
        query = query.join(Evidence, Evidence.id == EvidenceClaim.evidence_id).where(
            Evidence.plan_id == plan_id
        )
    found: dict[int, list[tuple[ClaimRow, int | None]]] = {}
    for row in read.execute(query):
        claim = ClaimRow(**row._mapping)
        found.setdefault(claim.evidence_id, []).append((claim, claim.commitment_id))
    return found


def best(
    read: Session,
    *,
    form: str,
    question: str,
    commitment_id: int | None = None,
    plan_id: int | None = None,
    on: dt.date | None = None,
) -> Best:
    """Return the files that bear on a question of a form, the picked ones first in their order.

    The question is asked of a commitment, or, where that is None, of the plan.
    """
    if plan_id is None:
        own = select(Commitment.plan_id).where(Commitment.id == commitment_id)
        plan_id = read.execute(own).scalar()
    files, each = limits(read, plan_id, on)
    query = (
        select(EvidenceClaim, Evidence, StoredFile)
        .join(Evidence, Evidence.id == EvidenceClaim.evidence_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(EvidenceClaim.form == form, EvidenceClaim.question == question)
        .where(Evidence.plan_id == plan_id)
        .where(
            EvidenceClaim.commitment_id.is_(None)
            if commitment_id is None
            else EvidenceClaim.commitment_id == commitment_id
        )
        .order_by(Evidence.position, EvidenceClaim.position, EvidenceClaim.id)
    )
    states = found_states(read)
    rows = [
        PickRow(
            claim_id=claim.id,
            evidence_id=row.id,
            title=row.title,
            title_en=row.title_en,
            claim=claim.claim,
            claim_en=claim.claim_en,
            name=file.name,
            sha256=file.sha256,
            bytes=file.bytes,
            public=row.disclosure == Disclosure.PUBLIC,
            broken=states.get(file.id, ""),
            sample=row.sample,
            too_large=file.bytes > each,
            picked=claim.picked,
        )
        for claim, row, file in read.execute(query)
    ]
    rows.sort(key=lambda row: (row.picked is None, row.picked or 0))
    return Best(tuple(rows), files, each)


def limits(read: Session, plan_id: int | None, on: dt.date | None = None) -> tuple[int, int]:
    """Return how many files an official upload takes, and how many bytes each may have."""
    on = on or clock.today()
    keys = (PlanRuleKey.BEST_FILES, PlanRuleKey.BEST_MEGABYTES)
    files, megabytes = (rules.rule(read, plan_id or 0, key, on) for key in keys)
    return files, megabytes * MEGABYTE


def found_states(read: Session) -> dict[int, str]:
    """Return BROKEN or MISSING by stored file, as the last reading found the evidence files."""
    last = (
        select(EvidenceCheck.broken, EvidenceCheck.missing)
        .order_by(EvidenceCheck.id.desc())
        .limit(1)
    )
    row = read.execute(last).first()
    if row is None:
        return {}
    return states(row.broken, row.missing)


def found_to_be(states: Mapping[int, str], broken: bool = False) -> list[ColumnElement[bool]]:
    """Return what narrows a query of Evidence to whole files, or to the `broken` ones."""
    if broken:
        return [Evidence.file_id.in_(list(states))]
    return [Evidence.file_id.not_in(list(states))] if states else []


def states(broken: Any, missing: Any) -> dict[int, str]:
    """Return the lists of one check as states by stored file."""
    return dict.fromkeys(broken or (), BROKEN) | dict.fromkeys(missing or (), MISSING)


def checks(read: Session, limit: int = 20) -> list[CheckRow]:
    """List the last readings, the latest first."""
    query = select(EvidenceCheck).order_by(EvidenceCheck.id.desc()).limit(limit)
    return [
        CheckRow(
            row.id,
            row.checked_at,
            row.occasion,
            row.files,
            row.bytes,
            row.seconds,
            len(states(row.broken, row.missing)),
        )
        for row in read.scalars(query)
    ]


def plans_with_evidence(read: Session) -> list[int]:
    """Return the ids of the plans that have evidence."""
    query = select(Evidence.plan_id).group_by(Evidence.plan_id).order_by(Evidence.plan_id)
    return list(read.scalars(query))
