"""Opinions asked of departments: the proposer is told first, one department leads (의견요청).

The clock stands still for an opinion only where the proposer was told; what a department writes
is for the office, the public reply is another text.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalNotice, ProposalOpinion
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import NoticeKind, ProposalRuleKey, ProposalStance, ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.proposals import clocks, handled, profiles, receipt, steps
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.text import N_

S = ProposalState
NO_OPINION = N_("There is no opinion {id}.")
NO_DEPARTMENT = N_("Say which department is asked.")
ASKABLE = frozenset(
    {S.RECEIVED, S.SUPPLEMENT, S.DEBATE, S.REVIEW, S.OPINION, S.TABLED, S.DEFERRED, S.RE_EXAM}
)
TEXTS = ("department", "question")


@usecase("Ask for an opinion")
def ask_opinion(
    tx: Session,
    *,
    id: int,
    department: str,
    leads: bool | None = None,
    due_on: dt.date | None = None,
    told: bool = True,
    how: str = "",
    question: str = "",
    on_day: dt.date | None = None,
) -> int:
    """Ask a department; it answers within the profile's time unless `due_on` says otherwise.

    `told` says the proposer was told first, in the way `how`: without that the clock runs on. The
    first one asked leads; one asked to lead later takes its place. A proposal under review moves
    to where opinions are awaited. Raises UserError for one that is decided or was not received.
    """
    proposal = receipt.proposal_of(tx, id)
    _refuse_decided(proposal)
    day = receipt.since_receipt(proposal, on_day)
    texts = tidy({"department": department, "question": question, "how": how}, (*TEXTS, "how"))
    required(texts["department"], NO_DEPARTMENT)
    waiting = [row for row in of(tx, id) if row.withdrawn_on is None]
    for row in waiting:
        if row.answered_on is None and row.department == texts["department"]:
            raise UserError(
                N_("{department} was asked on {day:full} and has not answered yet."),
                hint=N_("Wait for the answer, or withdraw the request first."),
                department=row.department,
                day=row.asked_on,
            )
    lead = not any(row.leads for row in waiting) if leads is None else leads
    if lead:
        _follow(waiting)
    opinion = ProposalOpinion(
        proposal_id=id,
        department=texts["department"],
        question=texts["question"],
        leads=lead,
        asked_on=day,
        due_on=_due(tx, proposal, day, due_on),
        told_on=day if told else None,
    )
    tx.add(opinion)
    tx.flush()
    profile = profiles.of(tx, proposal.profile_id, proposal.received_on)
    if profile.move(proposal.state, S.OPINION) is not None:
        steps.move(tx, id=id, to=S.OPINION.value, on_day=day, department=texts["department"])
    _tell(tx, proposal, day, told=told, how=texts["how"])
    clocks.renew(tx, proposal)
    return opinion.id


@usecase("Record an opinion")
def answer_opinion(
    tx: Session,
    *,
    opinion_id: int,
    stance: str = ProposalStance.NONE.value,
    text: str = "",
    on_day: dt.date | None = None,
) -> int:
    """Record what a department answered; recorded again, it takes the former answer's place.

    With the last one awaited the proposal goes back under review. Raises UserError for an answer
    that says nothing, or from before it was asked.
    """
    opinion, proposal = _found(tx, opinion_id)
    if opinion.withdrawn_on is not None:
        raise UserError(
            N_("The request to {department} was withdrawn."), department=opinion.department
        )
    wanted = ProposalStance(stance)
    said = tidy({"text": text}, ("text",))["text"]
    if not said and wanted == ProposalStance.NONE:
        raise UserError(N_("Enter what the department answered, or what it recommends."))
    day = _after(opinion, proposal, on_day if on_day is not None else opinion.answered_on)
    change(opinion, {"answered_on": day, "stance": wanted.value, "text": said})
    tx.flush()
    _back(tx, proposal, day)
    clocks.renew(tx, proposal)
    return opinion_id


@usecase("Change the request for an opinion")
def edit_opinion(
    tx: Session,
    *,
    opinion_id: int,
    department: str | None = None,
    question: str | None = None,
    due_on: dt.date | None = None,
    leads: bool | None = None,
) -> int:
    """Correct whom an opinion was asked of, what was asked, until when, or who leads."""
    opinion, proposal = _found(tx, opinion_id)
    asked = {"department": department, "question": question}
    fields = tidy({name: held for name, held in asked.items() if held is not None}, TEXTS)
    if "department" in fields:
        required(fields["department"], NO_DEPARTMENT)
    if due_on is not None:
        fields["due_on"] = _due(tx, proposal, opinion.asked_on, due_on)
    if leads is not None:
        if leads:
            _follow([row for row in of(tx, proposal.id) if row is not opinion])
        fields["leads"] = leads
    change(opinion, fields)
    tx.flush()
    clocks.renew(tx, proposal)
    return opinion_id


@usecase("Withdraw the request for an opinion")
def withdraw_opinion(tx: Session, *, opinion_id: int, on_day: dt.date | None = None) -> int:
    """Withdraw a request that was not answered; the clock runs again from the day after."""
    opinion, proposal = _found(tx, opinion_id)
    if opinion.answered_on is not None:
        raise UserError(
            N_("{department} answered on {day:full}; the answer stays."),
            department=opinion.department,
            day=opinion.answered_on,
        )
    day = _after(opinion, proposal, on_day)
    change(opinion, {"withdrawn_on": day, "leads": False})
    tx.flush()
    _back(tx, proposal, day)
    clocks.renew(tx, proposal)
    return opinion_id


def of(read: Session, proposal_id: int) -> list[ProposalOpinion]:
    """Return the opinions asked on a proposal, the first first."""
    query = select(ProposalOpinion).where(ProposalOpinion.proposal_id == proposal_id)
    return list(read.scalars(query.order_by(ProposalOpinion.id)).all())


def _due(read: Session, proposal: Proposal, asked_on: dt.date, due_on: dt.date | None) -> dt.date:
    if due_on is None:
        profile = profiles.of(read, proposal.profile_id, proposal.received_on)
        span = profile.value(ProposalRuleKey.OPINION_WITHIN)
        if not isinstance(span, Span):
            raise UserError(N_("Enter the day by which the department answers."))
        return span.after(asked_on)
    if due_on < asked_on:
        raise UserError(
            N_("The day {due:full} lies before the request on {day:full}."),
            hint=N_("Enter the day by which the department answers."),
            due=due_on,
            day=asked_on,
        )
    return due_on


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.state not in ASKABLE:
        raise UserError(
            N_("No opinion can be asked on “{title}” as it stands now."),
            hint=N_("Opinions are asked between the receipt and the decision."),
            title=proposal.title,
        )


def _found(tx: Session, opinion_id: int) -> tuple[ProposalOpinion, Proposal]:
    opinion = found(tx, ProposalOpinion, opinion_id, NO_OPINION)
    return opinion, receipt.proposal_of(tx, opinion.proposal_id)


def _after(opinion: ProposalOpinion, proposal: Proposal, on_day: dt.date | None) -> dt.date:
    day = receipt.since_receipt(proposal, on_day)
    if day < opinion.asked_on:
        raise UserError(
            N_("{day:full} lies before the request on {asked:full}."),
            hint=N_("Enter the day on which it happened."),
            day=day,
            asked=opinion.asked_on,
        )
    return day


def _follow(rows: list[ProposalOpinion]) -> None:
    """Let departments lend a hand: another one leads."""
    for row in rows:
        change(row, {"leads": False})


def _tell(tx: Session, proposal: Proposal, day: dt.date, *, told: bool, how: str) -> None:
    """See that one notice tells the proposer of the opinions asked on a day."""
    notice = tx.scalars(
        select(ProposalNotice)
        .where(
            ProposalNotice.proposal_id == proposal.id,
            ProposalNotice.kind == NoticeKind.OPINION.value,
            ProposalNotice.made_on == day,
        )
        .order_by(ProposalNotice.id.desc())
        .limit(1)
    ).first()
    if notice is None:
        notice = receipt.keep_notice(tx, proposal, NoticeKind.OPINION, day)
    if told and notice.told_on is None:
        change(notice, {"told_on": day, "how": how})


def _back(tx: Session, proposal: Proposal, day: dt.date) -> None:
    """Take a proposal back to where it was once no opinion is awaited any more."""
    if proposal.state == S.OPINION and not handled.open_opinions(tx, proposal.id):
        steps.go_back(tx, proposal, day)
