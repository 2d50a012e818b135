"""Commitments of an action plan on the thread: what was promised, between decision and action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone
from db.schema.threads import ThreadLink
from db.vocab import MilestoneState
from gwangju_desktop.text import C_, N_, NN_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd

KEY = "commitment"
NO_COMMITMENT = N_("There is no commitment {id}.")
_REACHED = NN_(
    "{done} of {n} milestone completed",
    "{done} of {n} milestones completed",
)


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of commitments; to the public those of submitted plans only."""
    counted = Milestone.state != MilestoneState.CANCELLED.value
    query = (
        select(
            Commitment.id,
            Commitment.code,
            Commitment.title,
            Commitment.title_en,
            Commitment.completed_on,
            ActionPlan.submitted_on,
            func.count(Milestone.id).filter(counted).label("n"),
            func.count(Milestone.completed_on).label("done"),
        )
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .outerjoin(Milestone, Milestone.commitment_id == Commitment.id)
        .where(Commitment.id.in_(ids))
        .group_by(Commitment.id, ActionPlan.id)
    )
    if lens.public:
        query = query.where(ActionPlan.submitted_on.is_not(None))
    return [_node(row, lens) for row in read.execute(query)]


def _node(row: Any, lens: Lens) -> Node:
    done = row.completed_on is not None or (row.n > 0 and row.done == row.n)
    ahead = OpenEnd(_REACHED, "neu", {"n": row.n, "done": row.done})
    if not row.n:
        ahead = OpenEnd(N_("no milestones yet"))
    return Node(
        Key(KEY, row.id),
        "commitment",
        lens.name(row.title, row.title_en),
        number=row.code,
        day=row.completed_on or row.submitted_on,
        open_end=None if done else ahead,
        done=done,
        record=("commitments", row.id, "commitment"),
    )


def find(read: Session, typed: str) -> int | None:
    """Return the id of the commitment of a code."""
    return read.scalar(select(Commitment.id).where(Commitment.code == typed))


NOUN = Noun(
    key=KEY,
    table="commitment",
    rank=3,
    label=C_("thread", "Commitment"),
    missing=NO_COMMITMENT,
    nodes=nodes,
    links_from=ThreadLink.from_commitment_id,
    links_to=ThreadLink.to_commitment_id,
    find=find,
)
