"""Proposals before a body: put on an agenda in one step, and what is decided comes back to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.store import usecase
from db.vocab import AHEAD, ItemKind, ItemState, MeetingState, Outcome, ProposalConsent
from db.vocab import ProposalState as S
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.meetings import agenda, rules
from gwangju_desktop.meetings.guards import NO_ITEM, changeable, item_of, meeting_of
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.proposals import clocks, flags, guards, steps
from gwangju_desktop.proposals.guards import Asked
from gwangju_desktop.text import N_, NN_, say
from gwangju_desktop.threads import links
from gwangju_desktop.threads.proposals import NOUN

# What an outcome means for the proposals behind it; a person may say otherwise.
MEANS: dict[str, S] = {
    Outcome.AS_PROPOSED: S.ADOPTED,
    Outcome.AMENDED: S.PARTLY,
    Outcome.CONDITIONAL: S.PARTLY,
    Outcome.REJECTED: S.NOT_ADOPTED,
    Outcome.DEFERRED: S.DEFERRED,
    Outcome.RETURNED: S.REVIEW,
    Outcome.WITHDRAWN: S.REVIEW,
    Outcome.NOTED: S.REVIEW,
}
CHOICES = (S.ADOPTED, S.PARTLY, S.NOT_ADOPTED, S.DEFERRED, S.REVIEW)
SUBMITTER = N_("Citizen proposal {number}")
SUBMITTERS = NN_(
    "Citizen proposal {number} and {n} other", "Citizen proposal {number} and {n} others"
)
TITLES = NN_("{title} and {n} other", "{title} and {n} others")
REASON = N_(
    "Citizen proposal {number}, received on {day:full}, is put to the body for its decision."
)
TEXT_WITHHELD = N_("(The text is not shown: the proposer has not agreed to its publication.)")


@dataclass(frozen=True, slots=True)
class Place:
    """A meeting ahead whose agenda may take proposals; `gone_out` wants a reason for a late item.

    `items` are (id, label, title) of items a proposal may be added to.
    """

    meeting_id: int
    body: str
    title: str
    starts_at: dt.datetime
    gone_out: bool
    items: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for what an item decided; `lacks` are sentences no form can meet."""

    id: int
    number: str
    title: str
    state: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the outcome of an item means for its proposals.

    `to_state` is what is suggested, `asks` the guards a form must meet for it (planned, review_day,
    reason), `reason` what it may be filled with. `decided_on` is the day it counts from.
    """

    item_id: int
    outcome: str
    decided_on: dt.date
    to_state: str
    asks: tuple[str, ...]
    reason: str
    proposals: tuple[Waiting, ...]


def places(read: Session) -> list[Place]:
    """List the meetings ahead, the next first, with the items a proposal may be added to."""
    query = (
        select(Meeting, Body.name_ko)
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.state.in_((*AHEAD, MeetingState.OPENED.value)))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [
        Place(
            meeting.id,
            body,
            meeting.title,
            clock.local(meeting.starts_at),
            agenda.frozen(meeting),
            tuple(
                (item.id, item.label, item.title)
                for item in agenda.of_meeting(read, meeting.id)
                if _takes(item)
            ),
        )
        for meeting, body in read.execute(query).all()
    ]


@usecase("Table proposals")
def table_proposal(
    tx: Session,
    *,
    ids: Sequence[int],
    meeting_id: int | None = None,
    item_id: int | None = None,
    title: str = "",
    listing_reason: str = "",
    on_day: dt.date | None = None,
) -> int:
    """Put proposals on an agenda (상정): on an item there, or on a new one made from them.

    The new item has their title, why they are put to the body and, with the proposers' consent,
    their text without personal numbers. Returns the item. Raises UserError for a meeting that is
    over, an item that is decided, and a proposal whose profile does not let it be tabled now.
    """
    proposals = [found(tx, Proposal, id, NOUN.missing) for id in dict.fromkeys(ids)]
    if not proposals:
        raise UserError(N_("Choose the proposals to be tabled."))
    if item_id is not None:
        item, meeting = item_of(tx, item_id)
        if not _takes(item):
            raise UserError(
                N_("“{title}” is decided or is no item of business."),
                hint=N_("Choose another item, or let one be made."),
                title=item.title,
            )
    elif meeting_id is not None:
        meeting = changeable(tx, meeting_id)
        item_id = _made(tx, meeting, proposals, title, listing_reason)
    else:
        raise UserError(N_("Choose the meeting the proposals are put to."))
    by = tx.scalar(select(Body.name_ko).where(Body.id == meeting.body_id)) or ""
    for proposal in proposals:
        links.link(tx, before=(NOUN.key, proposal.id), after=("item", item_id))
        if proposal.state != S.TABLED:
            reason = f"{by} {meeting.title}".strip()
            steps.move(tx, id=proposal.id, to=S.TABLED.value, on_day=on_day, reason=reason)
    return item_id


@usecase("Take proposals off the agenda")
def untable(
    tx: Session, *, id: int, item_id: int | None = None, reason: str, on_day: dt.date | None = None
) -> int:
    """Take a proposal off the item it was tabled on and back to the review, with the reason.

    The item stays on its agenda. Raises UserError for one that is not tabled, or decided on.
    """
    proposal = found(tx, Proposal, id, NOUN.missing)
    query = (
        select(ThreadLink)
        .join(AgendaItem, AgendaItem.id == ThreadLink.to_item_id)
        .where(ThreadLink.from_proposal_id == id, AgendaItem.outcome.is_(None))
        .order_by(ThreadLink.id.desc())
    )
    if item_id is not None:
        query = query.where(ThreadLink.to_item_id == item_id)
    row = tx.scalars(query).first()
    if row is None or proposal.state != S.TABLED:
        raise UserError(N_("“{title}” is on no agenda."), title=proposal.title)
    tx.delete(row)
    return int(steps.move(tx, id=id, to=S.REVIEW.value, on_day=on_day, reason=reason))


def decided(read: Session, item_id: int, to: str | None = None) -> Decided | None:
    """Return what an item's outcome means for the proposals that wait for it.

    `to` looks at another state than the one it means. None while the item is undecided, or where
    no proposal waits.
    """
    item = found(read, AgendaItem, item_id, NO_ITEM)
    if item.outcome is None:
        return None
    day = _decided_on(read, item)
    target = S(to) if to else MEANS[item.outcome]
    waiting = [_waiting(read, proposal, target, day) for proposal in _behind(read, item)]
    if not waiting:
        return None
    asks = dict.fromkeys(ask for one, asked in waiting for ask in asked)
    proposals = tuple(one for one, _ in waiting)
    because = _because(read, item)
    return Decided(item_id, item.outcome, day, target, tuple(asks), because, proposals)


@usecase("Bring the decision back to the proposals")
def flow_back(
    tx: Session,
    *,
    id: int,
    to: str | None = None,
    planned_on: dt.date | None = None,
    plan: str = "",
    review_on: dt.date | None = None,
    reason: str = "",
) -> list[int]:
    """Take all proposals that wait for the item `id` to the state its outcome means, or to `to`.

    Returns their steps. Raises UserError naming what is missing (the planned day, the day of the
    next look, the reason), while the item is undecided, and where no proposal waits.
    """
    item = found(tx, AgendaItem, id, NO_ITEM)
    if item.outcome is None:
        raise UserError(N_("“{title}” has not been decided yet."), title=item.title)
    proposals = _behind(tx, item)
    if not proposals:
        raise UserError(N_("No proposal waits for what “{title}” decided."), title=item.title)
    target = S(to) if to else MEANS[item.outcome]
    day = _decided_on(tx, item)
    because = reason.strip() or _because(tx, item)
    meeting = meeting_of(tx, item.meeting_id)
    by = tx.scalar(select(Body.name_ko).where(Body.id == meeting.body_id)) or ""
    made: list[int] = []
    for proposal in proposals:
        if proposal.state == S.DEFERRED:
            when = max(min(day, clock.local(meeting.starts_at).date()), proposal.since_on)
            steps.move(tx, id=proposal.id, to=S.TABLED.value, on_day=when, reason=meeting.title)
        made.append(
            steps.move(
                tx,
                id=proposal.id,
                to=target.value,
                on_day=max(day, proposal.since_on),
                reason=because,
                planned_on=planned_on,
                plan=plan,
                review_on=review_on,
                by=by,
            )
        )
    return made


def _made(
    tx: Session, meeting: Meeting, proposals: Sequence[Proposal], title: str, listing_reason: str
) -> int:
    """Add the item that speaks for the proposals, after the last item of business."""
    first, more = proposals[0], len(proposals) - 1
    called = title.strip() or flags.masked(first.title)
    submitter = say(SUBMITTER, number=first.number or "")
    if more:
        submitter = say(SUBMITTERS, number=first.number or "", n=more)
        called = title.strip() or say(TITLES, title=flags.masked(first.title), n=more)
    business = [i for i in agenda.of_meeting(tx, meeting.id) if rules.numbered(i.kind)]
    late: dict[str, Any] = {"listing_reason": listing_reason} if agenda.frozen(meeting) else {}
    return int(
        agenda.add_item(
            tx,
            meeting_id=meeting.id,
            title=called,
            kind=ItemKind.DELIBERATION.value,
            after_id=business[-1].id if business else None,
            submitter=submitter,
            submitted_on=first.received_on,
            reason="\n".join(
                say(REASON, number=one.number or "", day=one.received_on) for one in proposals
            ),
            contents="\n\n".join(_told(one, alone=not more) for one in proposals),
            **late,
        )
    )


def _told(proposal: Proposal, *, alone: bool) -> str:
    """Return what the front sheet says of a proposal; agendas are published, so is their text."""
    agreed = proposal.consent == ProposalConsent.FULL
    text = flags.masked(proposal.text) if agreed else say(TEXT_WITHHELD)
    if alone:
        return text
    return f"○ {proposal.number} {flags.masked(proposal.title)}\n{text}"


def _takes(item: AgendaItem) -> bool:
    """Say whether a proposal may be put on an item."""
    still = item.state in (ItemState.PENDING, ItemState.TAKEN_UP) and item.outcome is None
    return still and rules.numbered(item.kind) and not item.standing


def _behind(read: Session, item: AgendaItem) -> list[Proposal]:
    """Return the proposals that wait for an item, also those put off with it before."""
    chain, frontier = {item.id}, [item.id]
    while frontier:
        carried = select(AgendaItem.carried_from_id).where(
            AgendaItem.id.in_(frontier), AgendaItem.carried_from_id.is_not(None)
        )
        linked = select(ThreadLink.from_item_id).where(
            ThreadLink.to_item_id.in_(frontier), ThreadLink.from_item_id.is_not(None)
        )
        earlier = [id for query in (carried, linked) for id in read.scalars(query).all() if id]
        frontier = [id for id in dict.fromkeys(earlier) if id not in chain]
        chain.update(frontier)
    query = (
        select(Proposal)
        .join(ThreadLink, ThreadLink.from_proposal_id == Proposal.id)
        .where(
            ThreadLink.to_item_id.in_(chain),
            Proposal.state.in_((S.TABLED.value, S.DEFERRED.value)),
        )
        .order_by(Proposal.id)
        .distinct()
    )
    # What was put off on this very item is not put off by it again.
    own = select(ThreadLink.from_proposal_id).where(ThreadLink.to_item_id == item.id)
    ours = set(read.scalars(own).all())
    return [one for one in read.scalars(query).all() if one.state == S.TABLED or one.id not in ours]


def _waiting(
    read: Session, proposal: Proposal, to: str, day: dt.date
) -> tuple[Waiting, tuple[str, ...]]:
    """Return a proposal that waits, and what its profile wants typed on the way."""
    keep = clocks.Counting(read)
    way = keep.profile(proposal.profile_id, proposal.received_on).move(S.TABLED.value, to)
    lacks: tuple[str, ...] = (say(N_("Its profile has no way from here to there.")),)
    asks: tuple[str, ...] = ()
    if way is not None:
        found_lacks = guards.lacking(read, proposal, way, Asked(to, day), keep, typed=False)
        lacks = tuple(str(lack) for lack in found_lacks)
        asks = tuple(n for n in guards.needs(way) if n in guards.GUARDS and guards.GUARDS[n].typed)
    told = Waiting(proposal.id, proposal.number or "", proposal.title, proposal.state, lacks)
    return told, asks


def _decided_on(read: Session, item: AgendaItem) -> dt.date:
    if item.decided_at is not None:
        return clock.local(item.decided_at).date()
    return clock.local(meeting_of(read, item.meeting_id).starts_at).date()


def _because(read: Session, item: AgendaItem) -> str:
    """Return the outcome in words with its meeting, and why."""
    meeting = meeting_of(read, item.meeting_id)
    said = f"{meeting.title}: {say(OUTCOMES[Outcome(item.outcome or '')])}"
    return f"{said}. {item.remark}" if item.remark else said
