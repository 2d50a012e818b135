"""Records one may open a thread of, or link: found by words, else the latest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import search
from db.schema.actions import Action
from db.schema.answers import PollFinding
from db.schema.commitments import Commitment
from db.schema.energy import Indicator
from db.schema.meetings import AgendaItem, Meeting
from db.schema.proposals import Proposal
from db.schema.reviews import ReviewFinding
from db.vocab import ItemKind
from gwangju_desktop.text import words as in_words
from gwangju_desktop.threads import (
    actions,
    commitments,
    findings,
    indicators,
    items,
    proposals,
    review_findings,
)
from gwangju_desktop.threads.model import Lens, Node
from gwangju_desktop.threads.nouns import BY_KEY, NOUNS

LINKED = tuple(noun.key for noun in NOUNS if noun.links_from or noun.links_to)
# What the words of a proposal's other system or proposer lead to is found in the list, not here.
_LATEST: dict[str, Any] = {
    findings.KEY: select(PollFinding.id).order_by(
        PollFinding.found_on.desc(), PollFinding.id.desc()
    ),
    review_findings.KEY: select(ReviewFinding.id).order_by(
        ReviewFinding.found_on.desc(), ReviewFinding.id.desc()
    ),
    proposals.KEY: select(Proposal.id).order_by(Proposal.received_on.desc(), Proposal.id.desc()),
    items.KEY: select(AgendaItem.id)
    .join(Meeting, Meeting.id == AgendaItem.meeting_id)
    .where(
        AgendaItem.kind.not_in((ItemKind.PROCEDURE.value, ItemKind.HEADING.value)),
        AgendaItem.standing == "",
    )
    .order_by(Meeting.starts_at.desc(), AgendaItem.position),
    commitments.KEY: select(Commitment.id).order_by(Commitment.position, Commitment.id),
    actions.KEY: select(Action.id).order_by(Action.due_on.desc(), Action.id.desc()),
    indicators.KEY: select(Indicator.id).order_by(Indicator.position, Indicator.id),
}

_ID: dict[str, Any] = {
    findings.KEY: PollFinding.id,
    review_findings.KEY: ReviewFinding.id,
    proposals.KEY: Proposal.id,
    items.KEY: AgendaItem.id,
    commitments.KEY: Commitment.id,
    actions.KEY: Action.id,
    indicators.KEY: Indicator.id,
}


def candidates(
    read: Session,
    *,
    words: str = "",
    tables: Sequence[str] = LINKED,
    today: dt.date,
    limit: int = 60,
) -> list[Node]:
    """Return records of these kinds that hold the words, or the latest of each for no words."""
    found: list[Node] = []
    for kind in tables:
        ids = _found(read, kind, words.strip(), limit)
        lens = Lens(today, False, in_words())
        loaded = {node.id: node for node in BY_KEY[kind].nodes(read, ids, lens) if node.of is None}
        found += [loaded[id] for id in ids if id in loaded]
    return found


def _found(read: Session, kind: str, words: str, limit: int) -> list[int]:
    query = _LATEST[kind]
    if not search.fold(words):
        return list(read.scalars(query.limit(limit)).all())
    noun = BY_KEY[kind]
    dialect = read.get_bind().dialect.name
    hit = search.hits(dialect, len(search.fold(words)) == 1)
    ours = query.where(_ID[kind].in_(select(hit.c.ref).where(hit.c.tbl == noun.table)))
    ids = list(read.scalars(ours.limit(limit), search.asked(dialect, words)).all())
    exact = noun.find(read, words) if noun.find else None
    return list(dict.fromkeys([exact, *ids])) if exact is not None else ids
