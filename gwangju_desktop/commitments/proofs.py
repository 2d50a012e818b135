"""How much evidence there is of milestones and commitments; a broken file is none.

A file that the last reading found changed or gone proves nothing. It is counted apart, so that a
screen can say why a number is smaller than the shelf.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import Milestone
from db.schema.evidence import Evidence, EvidenceClaim
from gwangju_desktop.evidence.queries import found_states, found_to_be


def by_plan(read: Session, *, broken: bool = False) -> dict[int, int]:
    """Count evidence files by plan: the whole ones, or the broken ones."""
    states = found_states(read)
    if broken and not states:
        return {}
    query = select(Evidence.plan_id, func.count()).group_by(Evidence.plan_id)
    return {row[0]: row[1] for row in read.execute(query.where(*found_to_be(states, broken)))}


def by_milestone(
    read: Session, commitment_ids: Sequence[int] | None, *, broken: bool = False
) -> dict[int, int]:
    """Count the evidence files that say something of a milestone; None asks of all commitments."""
    states = found_states(read)
    if broken and not states:
        return {}
    query = (
        select(EvidenceClaim.milestone_id, func.count(EvidenceClaim.evidence_id.distinct()))
        .where(EvidenceClaim.milestone_id.is_not(None))
        .group_by(EvidenceClaim.milestone_id)
    )
    if states:
        query = query.join(Evidence, Evidence.id == EvidenceClaim.evidence_id)
        query = query.where(*found_to_be(states, broken))
    if commitment_ids is not None:
        inner = select(Milestone.id).where(Milestone.commitment_id.in_(commitment_ids))
        query = query.where(EvidenceClaim.milestone_id.in_(inner))
    return {id: n for id, n in read.execute(query) if id is not None}


def by_count(
    read: Session, count_ids: Sequence[int], *, broken: bool = False
) -> dict[int | None, int]:
    """Count the evidence files that say something of a number of the co-creation record."""
    states = found_states(read)
    if broken and not states:
        return {}
    query = (
        select(EvidenceClaim.count_id, func.count(EvidenceClaim.evidence_id.distinct()))
        .join(Evidence, Evidence.id == EvidenceClaim.evidence_id)
        .where(EvidenceClaim.count_id.in_(count_ids), *found_to_be(states, broken))
        .group_by(EvidenceClaim.count_id)
    )
    return {row[0]: row[1] for row in read.execute(query)}


def by_commitment(
    read: Session, commitment_ids: Sequence[int] | None, *, broken: bool = False
) -> dict[int, int]:
    """Count evidence files by commitment: those filed with it and those that prove part of it.

    None asks of all commitments.
    """
    states = found_states(read)
    if broken and not states:
        return {}
    so = found_to_be(states, broken)
    filed = select(Evidence.commitment_id, func.count()).where(
        Evidence.commitment_id.is_not(None), *so
    )
    # A file of the whole plan, or of another commitment, may prove something of this one: one of
    # its milestones, a question asked of it, or what it is about as a whole.
    claims = (
        select(EvidenceClaim.evidence_id)
        .join(Evidence, Evidence.id == EvidenceClaim.evidence_id)
        .where(*so)
    )
    of_steps = claims.join(Milestone, Milestone.id == EvidenceClaim.milestone_id)
    branches = []
    for query, owner in (
        (of_steps, Milestone.commitment_id),
        # "> 0" and not "is not null", which no index serves; most claims speak of milestones.
        (claims.where(EvidenceClaim.commitment_id > 0), EvidenceClaim.commitment_id),
    ):
        other = Evidence.commitment_id.is_(None) | (Evidence.commitment_id != owner)
        branch = query.add_columns(owner.label("owner")).where(other)
        wanted = [] if commitment_ids is None else [owner.in_(commitment_ids)]
        branches.append(branch.where(*wanted))
    if commitment_ids is not None:
        filed = filed.where(Evidence.commitment_id.in_(commitment_ids))
    # Each file once, whatever it says.
    named = branches[0].union(branches[1]).subquery()
    counted: dict[int, int] = {}
    for id, n in read.execute(filed.group_by(Evidence.commitment_id)):
        if id is not None:
            counted[id] = n
    for owner, more in read.execute(select(named.c.owner, func.count()).group_by(named.c.owner)):
        counted[owner] = counted.get(owner, 0) + more
    return counted
