"""Two proposals that are one, one that is two, and two that only look alike.

Of those that are one the earliest counts; the others keep their words, their numbers and their
history, and name it. Whoever proposed any of them is told of what becomes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalDistinct,
    ProposalOpinion,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import Proposal, Proposer
from db.store import usecase
from db.vocab import ProposalState, ProposalStepKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, writable
from gwangju_desktop.proposals import clocks, fingerprint, flags, proposers, receipt, steps
from gwangju_desktop.proposals.usecases import words_of
from gwangju_desktop.text import N_

S = ProposalState
# As long as nothing is decided a proposal may be divided.
DIVIDED = frozenset({S.SUPPORT, S.DEBATE, S.RECEIVED, S.SUPPLEMENT, S.REVIEW, S.OPINION})
# What of a history its parts share: where it had come to, not what was asked meanwhile.
_SHARED = (S.SUPPORT, S.DEBATE, S.RECEIVED, S.REVIEW)
_COPIED = (
    "profile_id",
    "call_id",
    "channel",
    "received_on",
    "department",
    "field",
    "district",
    "sector",
    "anonymous",
    "consent",
    "consent_on",
)
_COUNTED = ("supports", "comments")
_OPINION = (
    "department",
    "leads",
    "asked_on",
    "due_on",
    "told_on",
    "question",
    "answered_on",
    "stance",
    "text",
    "withdrawn_on",
)
_TWO = N_("Choose two different proposals.")


@dataclass(frozen=True, slots=True)
class Told:
    """A proposer who is told of what becomes of a proposal, and as whose proposal it came."""

    proposal_id: int
    number: str
    title: str
    name: str
    reachable: bool


@usecase("Merge proposals")
def merge(tx: Session, *, ids: Sequence[int], into: int | None = None, reason: str = "") -> int:
    """Let one proposal count for others of the same content; return its id.

    It is the earliest of them, by receipt and number; `into` may only be that one. The others go
    to MERGED with a line of history on both sides. Raises UserError for drafts, for what is decided
    or gone, and for fewer than two.
    """
    wanted = sorted({*ids, *([into] if into is not None else [])})
    if len(wanted) < 2:
        raise UserError(_TWO, hint=N_("One of them counts for the others."))
    rows = [receipt.proposal_of(tx, id) for id in wanted]
    for row in rows:
        if row.state in (S.DRAFT, S.MERGED):
            raise UserError(
                N_("“{title}” is a draft, or merged already."),
                hint=N_("Choose proposals that were received."),
                title=row.title,
            )
    rows.sort(key=_age)
    first, *others = rows
    if into is not None and first.id != into:
        raise UserError(
            N_("{number} came first: it counts for the others."),
            hint=N_("Merge the later ones into it."),
            number=first.number,
        )
    if first.state in steps.GONE:
        raise UserError(
            N_("“{title}” is no longer handled here."),
            hint=N_("A proposal that is gone cannot count for another."),
            title=first.title,
        )
    why = writable(reason)
    for other in others:
        _merge_one(tx, first, other, why)
    _forget_apart(tx, wanted)
    tx.flush()
    return first.id


def _age(proposal: Proposal) -> tuple[Any, ...]:
    return proposal.received_on, proposal.number_year or 0, proposal.number_drawn or 0, proposal.id


def _merge_one(tx: Session, first: Proposal, other: Proposal, reason: str) -> None:
    for before in tx.scalars(select(Proposal).where(Proposal.merged_into_id == other.id)).all():
        before.merged_into_id = first.id
    other.merged_into_id = first.id
    tx.flush()
    steps.move(tx, id=other.id, to=S.MERGED.value, reason=reason, other_id=first.id)
    receipt.keep_step(
        tx, first, ProposalStepKind.MERGED, clock.today(), reason=reason, other_id=other.id
    )


def _forget_apart(tx: Session, ids: Sequence[int]) -> None:
    """Take away notes that two of these are not the same: they are now."""
    noted = select(ProposalDistinct).where(
        ProposalDistinct.proposal_id.in_(ids), ProposalDistinct.other_id.in_(ids)
    )
    for row in tx.scalars(noted).all():
        tx.delete(row)


def told(read: Session, *, id: int) -> list[Told]:
    """List everybody who proposed a proposal or one merged into it, the earliest first."""
    query = (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposer.name,
            Proposer.phone,
            Proposer.email,
            Proposer.address,
        )
        .join(Proposer, Proposer.proposal_id == Proposal.id)
        .where(or_(Proposal.id == id, Proposal.merged_into_id == id), Proposer.name != "")
        .order_by(Proposal.received_on, Proposal.number_drawn, Proposer.position)
    )
    return [
        Told(
            row.id,
            row.number or "",
            row.title,
            row.name,
            bool(row.phone or row.email or row.address),
        )
        for row in read.execute(query).all()
    ]


@usecase("Split proposal")
def split(tx: Session, *, id: int, parts: Sequence[Mapping[str, Any]]) -> list[int]:
    """Cut parts off a proposal; return their ids.

    Each part has a title and a text, its own number, the day of receipt, the proposers and the
    clock of the whole, and what came of it so far. `supports` and `comments` a part takes with it
    are the original's no more, so that together they stay what they were. Raises UserError for a
    draft, once it is decided, and for counts it has not.
    """
    whole = receipt.proposal_of(tx, id)
    if whole.state not in DIVIDED:
        raise UserError(
            N_("“{title}” can no longer be divided."),
            hint=N_("A proposal is divided before it is decided."),
            title=whole.title,
        )
    if not parts:
        raise UserError(N_("Name the part that is cut off."), hint=N_("It needs a title."))
    _take_counts(whole, parts)
    made = [_part(tx, whole, part) for part in parts]
    tx.flush()
    return made


def _take_counts(whole: Proposal, parts: Sequence[Mapping[str, Any]]) -> None:
    for name in _COUNTED:
        taken = [int(part.get(name) or 0) for part in parts]
        held = getattr(whole, name)
        if min(taken) < 0 or sum(taken) > held:
            raise UserError(
                N_("The parts take {taken:,} where the proposal has {held:,}."),
                hint=N_("Together the parts have what the whole had."),
                taken=sum(taken),
                held=held,
            )
        change(whole, {name: held - sum(taken)})


def _part(tx: Session, whole: Proposal, asked: Mapping[str, Any]) -> int:
    title, text = words_of(str(asked.get("title", "")), str(asked.get("text", "")), from_text=False)
    people = [
        {name: getattr(one, name) for name in ("name", "kind", "share", *_REACHED)}
        for one in whole.proposers
        if one.name
    ]
    part = Proposal(
        state=S.DRAFT.value,
        since_on=whole.received_on,
        title=flags.kept(title),
        text=flags.kept(text),
        fingerprint=fingerprint.of(
            title, text, whole.received_on, people[0]["name"] if people else ""
        ),
        split_from_id=whole.id,
        supports_on=whole.supports_on if asked.get("supports") else None,
        **{name: int(asked.get(name) or 0) for name in _COUNTED},
        **{name: getattr(whole, name) for name in _COPIED},
    )
    # Of proposers that were erased nothing is left to name.
    part.anonymous = whole.anonymous or not people
    tx.add(part)
    tx.flush()
    proposers.put(tx, part, people)
    receipt.take_in(tx, part)
    _share_history(tx, whole, part)
    today = clock.today()
    receipt.keep_step(tx, part, ProposalStepKind.SPLIT, today, other_id=whole.id)
    receipt.keep_step(tx, whole, ProposalStepKind.SPLIT, today, other_id=part.id)
    clocks.renew(tx, part)
    return part.id


_REACHED = ("phone", "email", "address")


def _share_history(tx: Session, whole: Proposal, part: Proposal) -> None:
    """Give a part what its clock hangs on: the steps of the whole, and every pause so far."""
    moves = tx.scalars(
        select(ProposalStep)
        .where(
            ProposalStep.proposal_id == whole.id,
            ProposalStep.kind == ProposalStepKind.MOVE.value,
            ProposalStep.from_state.is_not(None),
        )
        .order_by(ProposalStep.id)
    ).all()
    for move in moves:
        _share_move(tx, part, move)
    if part.state not in _SHARED and part.state != S.RE_EXAM:
        # Voices were gathered, then a department was asked at once: of the part nobody is asked.
        steps.go_back(tx, part, part.since_on)
    _share_supplements(tx, whole, part)
    _share_opinions(tx, whole, part)
    tx.flush()


def _share_move(tx: Session, part: Proposal, move: ProposalStep) -> None:
    """Enter a move of the whole for a part, if it took it on or began its time."""
    if move.to_state is None:
        return
    begins = move.from_state in clocks.GATHERING or clocks.anew(move.from_state, move.to_state)
    if not begins and (move.to_state not in _SHARED or move.to_state == part.state):
        return
    # Where the time begins is told by both ends of the move; others go on from where the part is.
    before = move.from_state if begins else part.state
    receipt.keep_step(
        tx, part, ProposalStepKind.MOVE, move.on_day, from_state=before, to_state=move.to_state
    )
    change(part, {"state": move.to_state, "since_on": move.on_day})


def _share_supplements(tx: Session, whole: Proposal, part: Proposal) -> None:
    """Give a part the supplements of the whole; one still awaited is awaited of the whole only."""
    today = clock.today()
    asked = select(ProposalSupplement).where(ProposalSupplement.proposal_id == whole.id)
    for row in tx.scalars(asked.order_by(ProposalSupplement.id)).all():
        tx.add(
            ProposalSupplement(
                proposal_id=part.id,
                asked_on=row.asked_on,
                until_on=row.until_on if row.came_on else min(row.until_on, today),
                wanted=row.wanted,
                pauses=row.pauses,
                came_on=row.came_on,
                answer=row.answer,
            )
        )


def _share_opinions(tx: Session, whole: Proposal, part: Proposal) -> None:
    """Give a part the opinions that stopped the clock or were given.

    What is still asked is asked of the whole only: of the part the request ends today.
    """
    asked = select(ProposalOpinion).where(
        ProposalOpinion.proposal_id == whole.id,
        or_(ProposalOpinion.told_on.is_not(None), ProposalOpinion.answered_on.is_not(None)),
    )
    for row in tx.scalars(asked.order_by(ProposalOpinion.id)).all():
        kept = {name: getattr(row, name) for name in _OPINION}
        if row.answered_on is None and row.withdrawn_on is None:
            kept |= {"withdrawn_on": clock.today(), "leads": False}
        tx.add(ProposalOpinion(proposal_id=part.id, **kept))


@usecase("Note that the two are not the same")
def distinct(tx: Session, *, a: int, b: int) -> int:
    """Note that two proposals that look alike are two, so that nobody is asked again."""
    if a == b:
        raise UserError(_TWO, hint=N_("They are compared with each other, not one with itself."))
    first, second = sorted(receipt.proposal_of(tx, id).id for id in (a, b))
    known = tx.scalars(
        select(ProposalDistinct).where(
            ProposalDistinct.proposal_id == first, ProposalDistinct.other_id == second
        )
    ).one_or_none()
    if known is not None:
        return known.id
    row = ProposalDistinct(proposal_id=first, other_id=second)
    tx.add(row)
    tx.flush()
    return row.id
