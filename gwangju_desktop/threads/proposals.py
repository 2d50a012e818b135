"""Citizens' proposals on the thread: merged ones lead to what counts for them, parts to a split."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, exists, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.proposals import ProfileState, Proposal
from db.schema.threads import ThreadLink
from db.vocab import ProposalConsent, ProposalState
from gwangju_desktop.text import C_, N_, NN_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd, Pairs

KEY = "proposal"
SOON_DAYS = 7
# Answered, out of our hands, or never ours: nothing is waited for.
ENDED = frozenset(
    {
        ProposalState.DONE,
        ProposalState.DROPPED,
        ProposalState.CLOSED,
        ProposalState.CIVIL_PETITION,
        ProposalState.TRANSFERRED,
        ProposalState.MERGED,
        ProposalState.WITHDRAWN,
    }
)
ANSWERED = frozenset({ProposalState.REPLIED, ProposalState.IMPLEMENTING, ProposalState.DELAYED})


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of proposals; to the public one that was not received is none.

    Of one whose proposer agreed to nothing the public reads the number only.
    """
    decided = exists(
        select(ThreadLink.id)
        .join(AgendaItem, AgendaItem.id == ThreadLink.to_item_id)
        .where(ThreadLink.from_proposal_id == Proposal.id, AgendaItem.outcome.is_not(None))
    )
    title: Any = Proposal.title
    if lens.public:
        shut = Proposal.consent == ProposalConsent.NONE.value
        title = case((shut, Proposal.number), else_=Proposal.title)
    query = (
        select(
            Proposal.id,
            Proposal.number,
            title.label("title"),
            Proposal.state,
            Proposal.received_on,
            Proposal.due_on,
            Proposal.adoption,
            Proposal.planned_on,
            Proposal.review_on,
            ProfileState.name_ko,
            ProfileState.name_en,
            decided.label("decided"),
        )
        .outerjoin(
            ProfileState,
            and_(
                ProfileState.profile_id == Proposal.profile_id,
                ProfileState.state == Proposal.state,
            ),
        )
        .where(Proposal.id.in_(ids))
    )
    if lens.public:
        query = query.where(Proposal.number.is_not(None))
    return [
        Node(
            Key(KEY, row.id),
            "proposal",
            row.title,
            number=row.number or "",
            day=row.received_on,
            state=lens.name(row.name_ko or row.state, row.name_en or ""),
            open_end=_open_end(row, lens.today),
            done=row.state in ENDED or row.state in ANSWERED,
            record=("proposals", row.id, "proposal"),
        )
        for row in read.execute(query)
    ]


def _open_end(row: Any, today: dt.date) -> OpenEnd | None:
    state = ProposalState(row.state)
    if state in ENDED:
        return None
    if state == ProposalState.DRAFT:
        return OpenEnd(N_("not received yet"), "neu")
    put_off = _put_off(row, today)
    if state in ANSWERED:
        return put_off or _promised(row.planned_on, today)
    over = row.due_on is not None and row.due_on < today
    if state == ProposalState.TABLED and row.decided and not over:
        return OpenEnd(N_("decided, and not brought back to the proposal yet"))
    if put_off is not None:
        return put_off
    if row.due_on is None:
        return None
    if over:
        n = (today - row.due_on).days
        return OpenEnd(
            NN_("no reply yet, {n} day over", "no reply yet, {n} days over"), "bad", {"n": n}
        )
    if row.due_on == today:
        return OpenEnd(N_("no reply yet, due today"), "warn")
    n = (row.due_on - today).days
    message = NN_("no reply yet, {n} day left", "no reply yet, {n} days left")
    return OpenEnd(message, "warn" if n <= SOON_DAYS else "neu", {"n": n})


def _put_off(row: Any, today: dt.date) -> OpenEnd | None:
    """Say that a deferred proposal was to be looked at again, also where a reply told of it."""
    if ProposalState.DEFERRED not in (row.state, row.adoption):
        return None
    if row.review_on is None or row.review_on >= today:
        return None
    n = (today - row.review_on).days
    message = NN_("put off to {day:full}: {n} day over", "put off to {day:full}: {n} days over")
    return OpenEnd(message, "bad", {"day": row.review_on, "n": n})


def _promised(planned_on: dt.date | None, today: dt.date) -> OpenEnd | None:
    """Say what became of the day on which an adopted proposal was to be carried out."""
    if planned_on is None:
        return None
    n = (today - planned_on).days
    values = {"day": planned_on, "n": abs(n)}
    if n > 0:
        message = NN_(
            "to be carried out by {day:full}: {n} day over",
            "to be carried out by {day:full}: {n} days over",
        )
        return OpenEnd(message, "bad", values)
    message = NN_(
        "to be carried out by {day:full}, {n} day left",
        "to be carried out by {day:full}, {n} days left",
    )
    return OpenEnd(message, "neu", values)


def before(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the proposals merged into these, and those these were split from."""
    merged = select(Proposal.merged_into_id, Proposal.id).where(Proposal.merged_into_id.in_(ids))
    split = select(Proposal.id, Proposal.split_from_id).where(
        Proposal.id.in_(ids), Proposal.split_from_id.is_not(None)
    )
    return _pairs(read, merged) + _pairs(read, split)


def after(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the proposals these were merged into, and the parts that were split off."""
    merged = select(Proposal.id, Proposal.merged_into_id).where(
        Proposal.id.in_(ids), Proposal.merged_into_id.is_not(None)
    )
    split = select(Proposal.split_from_id, Proposal.id).where(Proposal.split_from_id.in_(ids))
    return _pairs(read, merged) + _pairs(read, split)


def _pairs(read: Session, query: Any) -> list[tuple[int, Key]]:
    return [(ours, Key(KEY, other)) for ours, other in read.execute(query)]


def find(read: Session, typed: str) -> int | None:
    """Return the id of the proposal of a number (2022-031)."""
    return read.scalar(select(Proposal.id).where(Proposal.number == typed))


NOUN = Noun(
    key=KEY,
    table="proposal",
    rank=0,
    label=C_("thread", "Proposal"),
    missing=N_("There is no proposal {id}."),
    nodes=nodes,
    before=before,
    after=after,
    links_from=ThreadLink.from_proposal_id,
    links_to=ThreadLink.to_proposal_id,
    find=find,
)
