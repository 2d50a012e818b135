"""What a move of a proposal needs first, by the names a profile's rows use.

Some guards want something typed with the move, the others look at what was done before. A few
hold whatever a profile says: no reply without reasons, no transfer without its agency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalBoard, ProposalReply
from db.schema.proposals import Proposal
from db.vocab import ProposalRuleKey, ProposalState
from gwangju_desktop.proposals import clocks, handled
from gwangju_desktop.proposals.profile_rows import Move
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.text import C_, N_, Msg, say

S = ProposalState
K = ProposalRuleKey


@dataclass(frozen=True, slots=True)
class Asked:
    """What a move was given; `repeated` closes because the same content came again and again.

    `other_id` is the earlier proposal that was repeated, `same_content` says that what was not
    adopted was implemented later.
    """

    to: str
    on_day: dt.date
    reason: str = ""
    outside: str = ""
    planned_on: dt.date | None = None
    review_on: dt.date | None = None
    wanted: str = ""
    until_on: dt.date | None = None
    effect: str = ""
    same_content: bool = False
    repeated: bool = False
    other_id: int | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, in one sentence, and what to do."""

    message: Msg
    hint: Msg | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        text = say(self.message, **self.values)
        return f"{text} {say(self.hint, **self.values)}" if self.hint else text


Check = Callable[[Session, Proposal, Asked, clocks.Counting], Lack | None]


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard: its name for the editor of profiles, and its check.

    A `typed` one is met by what the dialog asks for, so that a button need not wait for it.
    """

    label: Msg
    check: Check
    typed: bool = False


# Needed whatever the rows of a profile say; the first is the open-government standard.
ALWAYS: dict[str, tuple[str, ...]] = {
    S.REPLIED: ("reply", "notice"),
    S.SUPPLEMENT: ("wanted", "notice"),
    S.OPINION: ("asked",),
    S.TRANSFERRED: ("outside", "reason", "notice"),
    S.CIVIL_PETITION: ("reason", "notice"),
    S.CLOSED: ("reason", "notice"),
    S.DEFERRED: ("review_day",),
    S.MERGED: ("merged",),
}


def needs(move: Move) -> tuple[str, ...]:
    """Return the guards of a move, those that always hold first."""
    return tuple(dict.fromkeys((*ALWAYS.get(move.to_state, ()), *move.needs)))


def lacking(
    read: Session,
    proposal: Proposal,
    move: Move,
    asked: Asked,
    keep: clocks.Counting,
    *,
    typed: bool = True,
) -> list[Lack]:
    """Return what a move lacks; without `typed` only what no dialog can supply."""
    found = []
    for name in needs(move):
        guard = GUARDS.get(name)
        if guard is None or (guard.typed and not typed):
            continue
        lack = guard.check(read, proposal, asked, keep)
        if lack is not None:
            found.append(lack)
    return found


def supplement_pauses(begins_on: dt.date, asked_on: dt.date, within: Span | None) -> bool:
    """Say whether a supplement asked on a day stops a clock that began on another."""
    return within is None or asked_on <= within.after(begins_on)


def supplement_said(begins_on: dt.date, asked_on: dt.date, within: Span | None) -> str:
    """Say before a supplement is asked for whether the clock will stand still meanwhile."""
    if supplement_pauses(begins_on, asked_on, within):
        return say(N_("The days of the supplement do not count for the time limit."))
    return say(
        N_(
            "Asked more than {within} after {begins:full}: the time limit is not suspended "
            "while the supplement is awaited."
        ),
        within=str(within),
        begins=begins_on,
    )


def _notice(_: Session, __: Proposal, ___: Asked, ____: clocks.Counting) -> Lack | None:
    """The step itself makes the notice."""
    return None


def _reason(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    if asked.reason:
        return None
    return Lack(N_("This step needs its reason."), N_("Enter why it is taken."))


def _wanted(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    if not asked.wanted:
        return Lack(N_("Say what is to be supplied."))
    if asked.until_on is None:
        return Lack(N_("Say until when the supplement is to come."))
    if asked.until_on < asked.on_day:
        return Lack(
            N_("The supplement cannot come by {until:full}, before it is asked for."),
            values={"until": asked.until_on},
        )
    return None


def _outside(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    if asked.outside:
        return None
    return Lack(N_("Say to which agency the proposal goes."))


def _planned(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    if asked.planned_on is None:
        return Lack(N_("Enter the day it is planned to be implemented."))
    if asked.planned_on < asked.on_day:
        return Lack(
            N_("It cannot be planned for {planned:full}, before the step on {day:full}."),
            values={"planned": asked.planned_on, "day": asked.on_day},
        )
    return None


def _review_day(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    if asked.review_on is None:
        return Lack(N_("A deferred proposal needs the day of its next review."))
    if asked.review_on <= asked.on_day:
        return Lack(
            N_("The next review on {review:full} must come after the deferral."),
            values={"review": asked.review_on},
        )
    return None


def _reply(read: Session, proposal: Proposal, _: Asked, __: clocks.Counting) -> Lack | None:
    row = read.scalars(
        select(ProposalReply).where(
            ProposalReply.proposal_id == proposal.id,
            ProposalReply.round == clocks.round_of(read, proposal.id),
        )
    ).first()
    if row is None or not row.text.strip() or not row.reasons.strip():
        return Lack(
            N_("There is no reply with reasons yet."), N_("Write the reply and its reasons first.")
        )
    if row.sent_on is None:
        return Lack(N_("The reply was not sent yet."), N_("Send the reply."))
    return None


def _board(read: Session, proposal: Proposal, asked: Asked, _: clocks.Counting) -> Lack | None:
    held = read.scalar(
        select(ProposalBoard.id)
        .where(
            ProposalBoard.proposal_id == proposal.id,
            ProposalBoard.round == clocks.round_of(read, proposal.id),
            ProposalBoard.held_on <= asked.on_day,
        )
        .limit(1)
    )
    if held is not None:
        return None
    return Lack(
        N_("The review board must sit on a re-examination."),
        N_("Record the board’s sitting first."),
    )


def _within_re_exam(
    read: Session, proposal: Proposal, asked: Asked, keep: clocks.Counting
) -> Lack | None:
    if proposal.adoption != S.NOT_ADOPTED:
        return Lack(N_("Only a proposal that was not adopted is examined again."))
    told = handled.result_told(read, proposal.id)
    if told is None:
        return Lack(N_("The proposer was not told the result yet."), N_("Send the reply first."))
    profile = keep.profile(proposal.profile_id, proposal.received_on)
    rule = K.SAME_CONTENT_WITHIN if asked.same_content else K.RE_EXAM_WITHIN
    span = profile.value(rule)
    last = keep.shifted(profile, span.after(told)) if span is not None else None
    if last is None or asked.on_day <= last:
        return None
    hint = N_("Later only where the same content was implemented meanwhile.")
    return Lack(
        N_("A re-examination could be asked for until {last:full}."),
        None if asked.same_content else hint,
        {"last": last},
    )


def _supports(_: Session, proposal: Proposal, asked: Asked, keep: clocks.Counting) -> Lack | None:
    debate = proposal.state == S.DEBATE
    rule = K.DEBATE if debate else K.SUPPORT
    wanted = keep.profile(proposal.profile_id, proposal.received_on).value(rule)
    if wanted is None:
        return None
    n = proposal.comments if debate else proposal.supports
    if n < wanted.n:
        return Lack(
            N_("{n:,} of the {wanted:,} voices needed were gathered."),
            values={"n": n, "wanted": wanted.n},
        )
    begins = proposal.since_on if debate else proposal.received_on
    counted_on = asked.on_day if debate else proposal.supports_on or asked.on_day
    last = wanted.span.after(begins)
    if counted_on > last and not debate:
        return Lack(
            N_("The voices were counted on {day:full}, after the last day, {last:full}."),
            values={"day": counted_on, "last": last},
        )
    return None


def _effect(_: Session, proposal: Proposal, asked: Asked, keep: clocks.Counting) -> Lack | None:
    from_on = proposal.effect_from or proposal.implemented_on
    span = keep.profile(proposal.profile_id, proposal.received_on).value(K.EFFECT_AFTER)
    if from_on is not None and span is not None and asked.on_day < span.after(from_on):
        return Lack(
            N_("The effect is measured {span} after it began, from {day:full}."),
            values={"span": str(span), "day": span.after(from_on)},
        )
    return None


def _effect_told(_: Session, __: Proposal, asked: Asked, ___: clocks.Counting) -> Lack | None:
    return None if asked.effect else Lack(N_("Say what the effect is."))


def _told_twice(
    read: Session, proposal: Proposal, asked: Asked, keep: clocks.Counting
) -> Lack | None:
    if not asked.repeated:
        return None
    wanted = keep.profile(proposal.profile_id, proposal.received_on).value(K.REPEATS)
    if wanted is None:
        return None
    times, told = handled.repeats(read, asked.other_id or proposal.id)
    if times >= wanted.times and told >= wanted.notices:
        return None
    return Lack(
        N_(
            "For closing repeats the same content must have come {wanted} times and the result "
            "been told {notices} times; it came {times} times and was told {told} times."
        ),
        values={"wanted": wanted.times, "notices": wanted.notices, "times": times, "told": told},
    )


def _came(read: Session, proposal: Proposal, asked: Asked, _: clocks.Counting) -> Lack | None:
    row = handled.latest_supplement(read, proposal.id)
    if row is None or row.came_on is not None or row.until_on < asked.on_day:
        return None
    return Lack(
        N_("The supplement is awaited until {until:full}."),
        N_("Enter it when it has come."),
        {"until": row.until_on},
    )


def _unsupplemented(
    read: Session, proposal: Proposal, asked: Asked, _: clocks.Counting
) -> Lack | None:
    row = handled.latest_supplement(read, proposal.id)
    if row is None or row.until_on < asked.on_day:
        return None
    return Lack(
        N_("The proposer has until {until:full} to supplement it."), values={"until": row.until_on}
    )


def _asked(read: Session, proposal: Proposal, _: Asked, __: clocks.Counting) -> Lack | None:
    if handled.open_opinions(read, proposal.id):
        return None
    return Lack(N_("No department was asked for its opinion."), N_("Ask a department first."))


def _answered(read: Session, proposal: Proposal, asked: Asked, _: clocks.Counting) -> Lack | None:
    for row in handled.open_opinions(read, proposal.id):
        if row.due_on >= asked.on_day:
            return Lack(
                N_("{department} has until {due:full} to answer."),
                N_("Enter its opinion, or withdraw the request."),
                {"department": row.department, "due": row.due_on},
            )
    return None


def _adopted(_: Session, proposal: Proposal, __: Asked, ___: clocks.Counting) -> Lack | None:
    if proposal.adoption in (S.ADOPTED, S.PARTLY):
        return None
    return Lack(N_("Only an adopted proposal is implemented."))


def _deferred(_: Session, proposal: Proposal, __: Asked, ___: clocks.Counting) -> Lack | None:
    if proposal.adoption == S.DEFERRED:
        return None
    return Lack(N_("Only a deferred proposal is reviewed again."))


def _merged(_: Session, proposal: Proposal, __: Asked, ___: clocks.Counting) -> Lack | None:
    if proposal.merged_into_id is not None:
        return None
    return Lack(N_("Choose the earlier proposal that counts for it."))


def label(name: str) -> Msg:
    """Return what a guard is called; an unknown name is shown as it is."""
    guard = GUARDS.get(name)
    return guard.label if guard else Msg(name)


GUARDS: dict[str, Guard] = {
    "reason": Guard(C_("guard", "Reason"), _reason, typed=True),
    "notice": Guard(C_("guard", "Notice to the proposer"), _notice, typed=True),
    "wanted": Guard(C_("guard", "What is to be supplied, and until when"), _wanted, typed=True),
    "outside": Guard(C_("guard", "Agency"), _outside, typed=True),
    "planned": Guard(C_("guard", "Planned day"), _planned, typed=True),
    "review_day": Guard(C_("guard", "Day of the next review"), _review_day, typed=True),
    "effect_told": Guard(C_("guard", "What the effect is"), _effect_told, typed=True),
    "reply": Guard(C_("guard", "Reply with reasons"), _reply),
    "board": Guard(C_("guard", "Sitting of the review board"), _board),
    "within_re_exam": Guard(C_("guard", "Asked for in time"), _within_re_exam),
    "supports": Guard(C_("guard", "Voices gathered"), _supports),
    "effect": Guard(C_("guard", "Time for the effect to show"), _effect),
    "told_twice": Guard(C_("guard", "Repeats were told of"), _told_twice),
    "came": Guard(C_("guard", "Supplement came or is overdue"), _came),
    "unsupplemented": Guard(C_("guard", "Supplement is overdue"), _unsupplemented),
    "asked": Guard(C_("guard", "A department was asked"), _asked),
    "answered": Guard(C_("guard", "Opinions came or are overdue"), _answered),
    "adopted": Guard(C_("guard", "Was adopted"), _adopted),
    "deferred": Guard(C_("guard", "Was deferred"), _deferred),
    "merged": Guard(C_("guard", "Merged into an earlier one"), _merged),
}
