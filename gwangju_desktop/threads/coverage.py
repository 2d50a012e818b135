"""How far the voices of a period, proposals and findings, reached: a decision, a reply, an action; each with its base."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.answers import PollFinding
from db.schema.handling import ProposalReply
from db.schema.meetings import AgendaItem
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.vocab import Outcome, ProposalState
from gwangju_desktop.proposals.statistics import DECIDED
from gwangju_desktop.text import C_, Msg
from gwangju_desktop.threads.walk import BLOCK

# What is taken off the agenda again was not decided on.
UNDECIDED = (Outcome.WITHDRAWN.value, Outcome.RETURNED.value)


@dataclass(frozen=True, slots=True)
class Reach:
    """One figure: `n` of `base` reached it; `key` is decision, reply or action."""

    key: str
    label: Msg
    n: int
    base: int

    @property
    def share(self) -> float | None:
        """Return the share, None of nothing."""
        return self.n / self.base if self.base else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of what came in from `begins` to `ends`, both days among them."""

    begins: dt.date
    ends: dt.date
    base: int
    reached: tuple[Reach, ...]


def coverage(read: Session, begins: dt.date, ends: dt.date) -> Coverage:
    """Count the proposals of a period and how many of them reached what.

    Drafts do not count, and those merged into another count with it.
    """
    ours = and_(
        Proposal.received_on.between(begins, ends),
        Proposal.state != ProposalState.DRAFT.value,
        Proposal.merged_into_id.is_(None),
    )
    base = read.scalar(select(func.count()).select_from(Proposal).where(ours)) or 0
    sent = exists(
        select(ProposalReply.id).where(
            ProposalReply.proposal_id == Proposal.id, ProposalReply.sent_on.is_not(None)
        )
    )
    replied = read.scalar(select(func.count()).select_from(Proposal).where(ours, sent)) or 0
    decided, acted = _by_links(read, ours)
    known = and_(ours, Proposal.adoption.in_(DECIDED))
    by_state = read.scalar(select(func.count()).select_from(Proposal).where(known)) or 0
    return Coverage(
        begins,
        ends,
        base,
        (
            Reach("decision", C_("reached", "Decision"), by_state + len(decided), base),
            Reach("reply", C_("reached", "Reply"), replied, base),
            Reach("action", C_("reached", "Action"), len(acted), base),
        ),
    )


def of_findings(read: Session, begins: dt.date, ends: dt.date) -> Coverage:
    """Count the findings of polls written in a period, and how many of them reached what.

    What was made a proposal reaches what the proposal does.
    """
    ours = PollFinding.found_on.between(begins, ends)
    base = read.scalar(select(func.count()).select_from(PollFinding).where(ours)) or 0
    query = (
        select(PollFinding.id, ThreadLink.to_item_id, ThreadLink.to_proposal_id)
        .join(ThreadLink, ThreadLink.from_finding_id == PollFinding.id)
        .where(ours)
    )
    items: dict[int, set[int]] = defaultdict(set)
    proposed: dict[int, set[int]] = defaultdict(set)
    put: set[int] = set()
    for id, item_id, proposal_id in read.execute(query):
        put.add(id)
        if item_id is not None:
            items[item_id].add(id)
        if proposal_id is not None:
            proposed[proposal_id].add(id)
    for block in _blocks(proposed):
        links = select(ThreadLink.from_proposal_id, ThreadLink.to_item_id).where(
            ThreadLink.from_proposal_id.in_(block), ThreadLink.to_item_id.is_not(None)
        )
        for proposal, item in read.execute(links).all():
            if proposal is not None and item is not None:
                items[item] |= proposed[proposal]
    decided, acted = _by_items(read, items)
    return Coverage(
        begins,
        ends,
        base,
        (
            Reach("put", C_("reached", "Agenda item or proposal"), len(put), base),
            Reach("decision", C_("reached", "Decision"), len(decided), base),
            Reach("action", C_("reached", "Action"), len(acted), base),
        ),
    )


def _by_links(read: Session, ours: ColumnElement[bool]) -> tuple[set[int], set[int]]:
    """Return the proposals whose thread reaches a decided item, and those that reach an action.

    Among the first are none of which the decision itself is known.
    """
    query = (
        select(Proposal.id, Proposal.adoption, ThreadLink.to_item_id, ThreadLink.to_action_id)
        .join(ThreadLink, ThreadLink.from_proposal_id == Proposal.id)
        .where(ours)
    )
    items: dict[int, set[int]] = defaultdict(set)
    acted: set[int] = set()
    known: set[int] = set()
    for id, adoption, item_id, action_id in read.execute(query):
        if adoption in DECIDED:
            known.add(id)
        if item_id is not None:
            items[item_id].add(id)
        if action_id is not None:
            acted.add(id)
    decided, also_acted = _by_items(read, items)
    return decided - known, acted | also_acted


def _by_items(read: Session, items: dict[int, set[int]]) -> tuple[set[int], set[int]]:
    """Return of those that reach these items the ones decided on, and the ones acted on."""
    _follow(read, items)
    decided: set[int] = set()
    acted: set[int] = set()
    for block in _blocks(items):
        outcomes = select(AgendaItem.id).where(
            AgendaItem.id.in_(block),
            AgendaItem.outcome.is_not(None),
            AgendaItem.outcome.not_in(UNDECIDED),
        )
        for item_id in read.scalars(outcomes):
            decided |= items[item_id]
        given = select(Action.item_id).where(Action.item_id.in_(block)).distinct()
        linked = select(ThreadLink.from_item_id).where(
            ThreadLink.from_item_id.in_(block), ThreadLink.to_action_id.is_not(None)
        )
        for acting in [*read.scalars(given).all(), *read.scalars(linked).all()]:
            if acting is not None:
                acted |= items[acting]
    return decided, acted


def _follow(read: Session, items: dict[int, set[int]]) -> None:
    """Let the items that go on with others stand for the same proposals."""
    frontier = list(items)
    while frontier:
        found: list[Any] = []
        for block in _blocks(frontier):
            carried = select(AgendaItem.carried_from_id, AgendaItem.id).where(
                AgendaItem.carried_from_id.in_(block)
            )
            linked = select(ThreadLink.from_item_id, ThreadLink.to_item_id).where(
                ThreadLink.from_item_id.in_(block), ThreadLink.to_item_id.is_not(None)
            )
            for query in (carried, linked):
                found += read.execute(query).all()
        frontier = []
        for before, after in found:
            if not items[before] <= items[after]:
                items[after] |= items[before]
                frontier.append(after)


def _blocks(ids: Iterable[int]) -> list[list[int]]:
    listed = list(ids)
    return [listed[at : at + BLOCK] for at in range(0, len(listed), BLOCK)]
