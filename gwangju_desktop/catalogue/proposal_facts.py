"""What the documents of one proposal say of it, gathered once.

Neither an opinion's text nor a private note nor anybody's contact is read here, so that no document
can print one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalBoard,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import OutsideNumber, Proposal, ProposalFile, Proposer
from db.vocab import DECIDED, ProposalRuleKey, ProposalState, ProposalStepKind, ProposerKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found as found_row
from gwangju_desktop.meetings.documents.issuer import Issued, issued
from gwangju_desktop.proposals import profiles
from gwangju_desktop.proposals.clocks import Counting, anew
from gwangju_desktop.proposals.profile_rows import StateWord
from gwangju_desktop.proposals.receipt import NO_PROPOSAL
from gwangju_desktop.proposals.spans import UNITS, Span
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import C_, N_, Words, words

PROPOSER = C_("proposal letter", "Proposer")


@dataclass(frozen=True, slots=True)
class Who:
    """One of those who proposed; `share` is in hundredths of a percent."""

    name: str
    kind: str
    share: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A department asked for its opinion; what it wrote stays in the office."""

    id: int
    department: str
    leads: bool
    asked_on: dt.date
    due_on: dt.date
    told_on: dt.date | None
    question: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A supplement asked of the proposer."""

    id: int
    asked_on: dt.date
    until_on: dt.date
    wanted: str
    pauses: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One move in the proposal's history; `from_state` is None for the first."""

    id: int
    from_state: str | None
    to_state: str
    on_day: dt.date
    reason: str
    outside: str
    outside_number: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it was made for the proposer."""

    id: int
    kind: str
    step_id: int | None
    made_on: dt.date
    reason: str
    new_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reasoned reply of a round."""

    round: int
    text: str
    reasons: str
    sent_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Board:
    """A sitting of the review board; what it said stays in the office."""

    round: int
    held_on: dt.date
    members: int
    citizens: int


@dataclass(frozen=True, slots=True)
class Round:
    """One examination: from when, and what was decided; `re_exam` where the proposer asked again."""

    number: int
    begins_on: dt.date
    re_exam: bool = False
    decision: str | None = None
    decided_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A proposal, what was done with it, and who writes about it in which language.

    `first_due_on` is when the decision was due as it came in, `due_on` as it is counted now; both
    are None where no time runs.
    """

    say: Words
    about: Issued
    id: int
    number: str
    title: str
    text: str
    channel: str
    state: str
    received_on: dt.date
    first_due_on: dt.date | None
    due_on: dt.date | None
    department: str
    anonymous: bool
    consent: str
    adoption: str | None
    decided_on: dt.date | None
    planned_on: dt.date | None
    plan: str
    review_on: dt.date | None
    split_from: str
    files: int
    basis: str
    states: Mapping[str, StateWord]
    re_exam_within: Span | None
    same_content_within: Span | None
    people: tuple[Who, ...]
    outside: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    wanted: tuple[Wanted, ...]
    steps: tuple[Step, ...]
    notices: tuple[Told, ...]
    replies: tuple[Answer, ...]
    boards: tuple[Board, ...]

    @property
    def main(self) -> Who | None:
        """Return the main proposer, None where nobody is to be named."""
        named = [one for one in self.people if one.name]
        return None if self.anonymous or not named else named[0]

    @property
    def addressed(self) -> str:
        """Return who a letter to the proposer is for: 김하늘 귀하, a group 귀중."""
        main = self.main
        if main is None:
            return self.say(C_("letter", "The proposer"))
        form = C_("letter to a group", "{name}")
        if main.kind == ProposerKind.PERSON:
            form = C_("letter to a person", "{name}")
        return self.say(form, name=main.name)

    def state_name(self, state: str) -> str:
        """Return what the proposal's profile calls a state, in the language of the document."""
        return state_named(self.states.get(state), state, self.say)

    def span(self, span: Span) -> str:
        """Say a length of time in the language of the document."""
        return self.say(UNITS[span.unit], n=span.n)

    def last(self, state: str) -> Step | None:
        """Return the last move to a state."""
        return next((step for step in reversed(self.steps) if step.to_state == state), None)

    def told(self, kind: str, id: int | None = None) -> Told | None:
        """Return the notice of an id, or the last of its kind that tells of a step of its own."""
        alike = [one for one in self.notices if one.kind == kind and id in (None, one.id)]
        own = [one for one in alike if id is not None or not self.repeated(one)]
        return own[-1] if own else None

    def repeated(self, notice: Told) -> bool:
        """Say whether a notice answers the same content that came once more."""
        moves = {step.id for step in self.steps}
        return notice.step_id is not None and notice.step_id not in moves

    def reply(self, round: int) -> Answer | None:
        """Return the reply of a round."""
        return next((one for one in self.replies if one.round == round), None)

    def rounds(self) -> list[Round]:
        """Return the examinations there were: the first, and those begun anew, in their order."""
        found = [Round(1, self.received_on)]
        for step in self.steps:
            if anew(step.from_state, step.to_state):
                again = step.to_state == ProposalState.RE_EXAM
                found.append(Round(len(found) + 1, step.on_day, re_exam=again))
            elif step.to_state in DECIDED:
                found[-1] = replace(found[-1], decision=step.to_state, decided_on=step.on_day)
        # A proposal that came with its decision from another system has no step of it here.
        if len(found) == 1 and found[0].decision is None and self.adoption:
            found[0] = replace(found[0], decision=self.adoption, decided_on=self.decided_on)
        return found

    def examined(self, notice: Told | None = None) -> Round | None:
        """Return the last round that is decided and no re-examination, or had begun by a notice."""
        known = [
            one
            for one in self.rounds()
            if one.decision is not None
            and not one.re_exam
            and (notice is None or one.begins_on <= notice.made_on)
        ]
        return known[-1] if known else None

    def re_examined(self) -> Round | None:
        """Return the last re-examination, decided or not."""
        known = [one for one in self.rounds() if one.re_exam]
        return known[-1] if known else None

    def answered(self, round: Round | None) -> bool:
        """Say whether reply and reasons of a round are written."""
        reply = self.reply(round.number) if round is not None else None
        return reply is not None and bool(reply.text.strip() and reply.reasons.strip())


def state_named(word: StateWord | None, state: str, say: Words) -> str:
    """Return what a profile calls a state; one it does not use has the name all know."""
    if word is None:
        return say(STATES[state])
    return word.name_en if say.language == "en" and word.name_en else word.name_ko


def facts(read: Session, *, id: int, language: str = "ko", on: dt.date | None = None) -> Facts:
    """Gather a proposal for a document of a day, by default today.

    Raises UserError when there is no such proposal, or it is a draft that was never received.
    """
    row = found_row(read, Proposal, id, NO_PROPOSAL)
    if row.number is None:
        raise UserError(
            N_("“{title}” is a draft: no document is made of it."),
            hint=N_("Receive the proposal first."),
            title=row.title,
        )
    steps = _steps(read, id)
    profile = profiles.of(read, row.profile_id, row.received_on)
    return Facts(
        say=words(language),
        about=issued(read, body_id=None, on=on or clock.today()),
        id=row.id,
        number=row.number,
        title=row.title,
        text=row.text,
        channel=row.channel,
        state=row.state,
        received_on=row.received_on,
        first_due_on=_first_due(read, row, steps),
        due_on=row.due_on,
        department=row.department,
        anonymous=row.anonymous,
        consent=row.consent,
        adoption=row.adoption,
        decided_on=row.decided_on,
        planned_on=row.planned_on,
        plan=row.plan,
        review_on=row.review_on,
        split_from=_number(read, row.split_from_id),
        files=_files(read, id),
        # What stands in brackets is its number and day, or where it was read.
        basis=profile.basis.partition("(")[0].strip(),
        states=profile.states,
        re_exam_within=profile.value(ProposalRuleKey.RE_EXAM_WITHIN),
        same_content_within=profile.value(ProposalRuleKey.SAME_CONTENT_WITHIN),
        people=_people(read, id),
        outside=_outside(read, id),
        asked=_asked(read, id),
        wanted=_wanted(read, id),
        steps=steps,
        notices=_notices(read, id),
        replies=_replies(read, id),
        boards=_boards(read, id),
    )


def _first_due(read: Session, row: Proposal, steps: tuple[Step, ...]) -> dt.date | None:
    state = steps[0].to_state if steps else ProposalState.RECEIVED
    return Counting(read).due(row.profile_id, state, row.received_on, row.call_id)


def _number(read: Session, id: int | None) -> str:
    if id is None:
        return ""
    return read.scalar(select(Proposal.number).where(Proposal.id == id)) or ""


def _files(read: Session, id: int) -> int:
    counted = select(func.count()).select_from(ProposalFile).where(ProposalFile.proposal_id == id)
    return read.scalar(counted) or 0


def _people(read: Session, id: int) -> tuple[Who, ...]:
    """Return the proposers, the main one first: the largest share, then the order of entry."""
    found = read.execute(
        select(Proposer.name, Proposer.kind, Proposer.share)
        .where(Proposer.proposal_id == id)
        .order_by(Proposer.share.desc(), Proposer.position)
    )
    return tuple(Who(*row) for row in found.all())


def _outside(read: Session, id: int) -> tuple[tuple[str, str], ...]:
    query = select(OutsideNumber.system, OutsideNumber.number)
    rows = read.execute(query.where(OutsideNumber.proposal_id == id).order_by(OutsideNumber.id))
    return tuple((row.system, row.number) for row in rows)


def _asked(read: Session, id: int) -> tuple[Asked, ...]:
    query = (
        select(
            ProposalOpinion.id,
            ProposalOpinion.department,
            ProposalOpinion.leads,
            ProposalOpinion.asked_on,
            ProposalOpinion.due_on,
            ProposalOpinion.told_on,
            ProposalOpinion.question,
            ProposalOpinion.answered_on.is_not(None),
        )
        .where(ProposalOpinion.proposal_id == id, ProposalOpinion.withdrawn_on.is_(None))
        .order_by(ProposalOpinion.leads.desc(), ProposalOpinion.asked_on, ProposalOpinion.id)
    )
    return tuple(Asked(*row) for row in read.execute(query).all())


def _wanted(read: Session, id: int) -> tuple[Wanted, ...]:
    table = ProposalSupplement
    query = select(table.id, table.asked_on, table.until_on, table.wanted, table.pauses)
    rows = read.execute(query.where(table.proposal_id == id).order_by(table.asked_on, table.id))
    return tuple(Wanted(*row) for row in rows.all())


def _steps(read: Session, id: int) -> tuple[Step, ...]:
    query: Any = (
        select(
            ProposalStep.id,
            ProposalStep.from_state,
            ProposalStep.to_state,
            ProposalStep.on_day,
            ProposalStep.reason,
            ProposalStep.outside,
            ProposalStep.outside_number,
        )
        .where(
            ProposalStep.proposal_id == id,
            ProposalStep.kind == ProposalStepKind.MOVE,
            ProposalStep.to_state.is_not(None),
        )
        .order_by(ProposalStep.id)
    )
    return tuple(Step(*row) for row in read.execute(query).all())


def _notices(read: Session, id: int) -> tuple[Told, ...]:
    table = ProposalNotice
    query = select(
        table.id, table.kind, table.step_id, table.made_on, table.reason, table.new_on
    ).where(table.proposal_id == id)
    return tuple(Told(*row) for row in read.execute(query.order_by(table.id)).all())


def _replies(read: Session, id: int) -> tuple[Answer, ...]:
    table = ProposalReply
    query = select(table.round, table.text, table.reasons, table.sent_on)
    rows = read.execute(query.where(table.proposal_id == id).order_by(table.round))
    return tuple(Answer(*row) for row in rows.all())


def _boards(read: Session, id: int) -> tuple[Board, ...]:
    table = ProposalBoard
    query = select(table.round, table.held_on, table.members, table.citizens)
    rows = read.execute(query.where(table.proposal_id == id).order_by(table.held_on, table.id))
    return tuple(Board(*row) for row in rows.all())
