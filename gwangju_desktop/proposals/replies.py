"""The reasoned reply to a proposer (회신): written, sent, and published apart from sending.

One reply an examination. Without reasons none is sent (OGP co-creation standard 4); one that was
sent stays as it is. What is typed in between is kept by `reply_drafts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalNotice, ProposalReply
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import NoticeKind, ProposalConsent, ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, tidy
from gwangju_desktop.meetings.notes import kept
from gwangju_desktop.proposals import clocks, filling, flags, profiles, receipt, steps
from gwangju_desktop.proposals.words import FLAGS
from gwangju_desktop.text import N_, say

NOT_WRITTEN = N_("No reply to “{title}” is written yet.")
# So many personal numbers are named in a refusal.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether something can be done to one proposal, and why not: "" where it can."""

    id: int
    number: str | None
    title: str
    why: str


def current(read: Session, id: int) -> ProposalReply | None:
    """Return the row of the reply of the examination a proposal is in."""
    query = select(ProposalReply).where(
        ProposalReply.proposal_id == id, ProposalReply.round == clocks.round_of(read, id)
    )
    return read.scalars(query).first()


def sent(read: Session, id: int) -> ProposalReply | None:
    """Return the row of the reply that was sent last, of whatever examination."""
    query = select(ProposalReply).where(
        ProposalReply.proposal_id == id, ProposalReply.sent_on.is_not(None)
    )
    return read.scalars(query.order_by(ProposalReply.round.desc()).limit(1)).first()


# --- writing --------------------------------------------------------------------------------------


@usecase("Write reply")
def write_reply(tx: Session, *, id: int, text: str, reasons: str) -> int:
    """Write the reply of the examination a proposal is in; raise UserError once it was sent."""
    proposal = receipt.proposal_of(tx, id)
    if proposal.state == ProposalState.DRAFT:
        raise UserError(
            N_("“{title}” was not received yet."),
            hint=N_("Receive it first."),
            title=proposal.title,
        )
    row = current(tx, id)
    if row is not None and row.sent_on is not None:
        raise UserError(
            N_("The reply was sent on {day:full} and stays as it is."),
            hint=N_("A re-examination has a reply of its own."),
            day=row.sent_on,
        )
    said = {
        "text": kept(text, row.text if row else ""),
        "reasons": kept(reasons, row.reasons if row else ""),
    }
    if row is None:
        row = ProposalReply(proposal_id=id, round=clocks.round_of(tx, id), **said)
        tx.add(row)
    else:
        change(row, said)
    tx.flush()
    return row.id


# --- sending --------------------------------------------------------------------------------------


@usecase("Send reply", undoable=False)
def send_reply(tx: Session, *, id: int, on_day: dt.date | None = None, how: str = "") -> int:
    """Send the reply: the proposal moves on, the notice of the result was told on that day.

    Raises UserError for a reply without text or reasons, with blanks left, or sent before.
    """
    proposal = receipt.proposal_of(tx, id)
    _send(tx, proposal, on_day, tidy({"how": how}, ("how",))["how"])
    return id


@usecase("Send replies", undoable=False)
def send_replies(
    tx: Session, *, ids: Sequence[int], on_day: dt.date | None = None, how: str = ""
) -> dict[str, list[int]]:
    """Send every reply that is ready; return whose were `sent` and whose `refused`.

    What is refused is not touched; `ready` says why.
    """
    way = tidy({"how": how}, ("how",))["how"]
    outcome: dict[str, list[int]] = {"sent": [], "refused": []}
    for id in dict.fromkeys(ids):
        proposal = receipt.proposal_of(tx, id)
        try:
            _refuse_sending(tx, proposal, on_day)
        except UserError:
            outcome["refused"].append(id)
            continue
        _send(tx, proposal, on_day, way)
        outcome["sent"].append(id)
    return outcome


def ready(read: Session, *, ids: Sequence[int], on_day: dt.date | None = None) -> list[Ready]:
    """Say of each proposal whether its reply can be sent, and why not."""
    return [_ready(read, id, lambda one: _refuse_sending(read, one, on_day)) for id in ids]


def _send(tx: Session, proposal: Proposal, on_day: dt.date | None, how: str) -> None:
    row, day = _refuse_sending(tx, proposal, on_day)
    change(row, {"sent_on": day, "sent_by": how})
    tx.flush()
    steps.move(tx, id=proposal.id, to=ProposalState.REPLIED.value, on_day=day)
    notice = _result_notice(tx, proposal, day)
    change(notice, {"told_on": day, "how": how})
    tx.flush()


def _refuse_sending(
    read: Session, proposal: Proposal, on_day: dt.date | None
) -> tuple[ProposalReply, dt.date]:
    """Return the reply and its day; raise UserError where it cannot be sent."""
    day = receipt.since_receipt(proposal, on_day)
    row = current(read, proposal.id)
    if row is None or not row.text:
        raise UserError(
            NOT_WRITTEN, hint=N_("Write the reply and its reasons first."), title=proposal.title
        )
    if row.sent_on is not None:
        raise UserError(N_("The reply was sent on {day:full} already."), day=row.sent_on)
    if not row.reasons:
        raise UserError(
            N_("The reply to “{title}” gives no reasons."),
            hint=N_("Write why it was decided so; no reply leaves without reasons."),
            title=proposal.title,
        )
    _refuse_unrecorded(read, proposal)
    left = filling.blanks(f"{row.text}\n{row.reasons}")
    if left:
        raise UserError(
            N_("The reply to “{title}” still has blanks: {left}."),
            hint=N_("Fill them in first."),
            title=proposal.title,
            left=", ".join(left),
        )
    _refuse_undecided(read, proposal, day)
    return row, day


def _refuse_unrecorded(read: Session, proposal: Proposal) -> None:
    """Raise UserError where something newer was typed: after a crash it would be left out."""
    from gwangju_desktop.proposals import reply_drafts

    if reply_drafts.written(read, id=proposal.id).draft is not None:
        raise UserError(
            N_("A newer text of the reply to “{title}” was typed and not recorded."),
            hint=N_("Open the reply and choose which text stays."),
            title=proposal.title,
        )


def _refuse_undecided(read: Session, proposal: Proposal, day: dt.date) -> None:
    profile = profiles.of(read, proposal.profile_id, proposal.received_on)
    if profile.move(proposal.state, ProposalState.REPLIED) is None:
        raise UserError(
            N_("“{title}” is not decided: its reply cannot be sent yet."),
            hint=N_("Record the decision first."),
            title=proposal.title,
        )
    if day < proposal.since_on:
        raise UserError(
            N_("{day:full} lies before the decision of {since:full}."),
            hint=N_("Enter the day on which the reply was sent."),
            day=day,
            since=proposal.since_on,
        )


def _result_notice(tx: Session, proposal: Proposal, day: dt.date) -> ProposalNotice:
    """Return the notice of the result that is not told yet, a new one where there is none."""
    notice = tx.scalars(
        select(ProposalNotice)
        .where(
            ProposalNotice.proposal_id == proposal.id,
            ProposalNotice.kind == NoticeKind.RESULT.value,
            ProposalNotice.told_on.is_(None),
        )
        .order_by(ProposalNotice.id.desc())
        .limit(1)
    ).first()
    return notice or receipt.keep_notice(tx, proposal, NoticeKind.RESULT, day)


# --- publishing -----------------------------------------------------------------------------------


@usecase("Publish reply")
def publish_reply(
    tx: Session,
    *,
    id: int,
    on_day: dt.date | None = None,
    confirmed: bool = False,
    mask: bool = False,
) -> int:
    """Publish a reply that was sent, where the proposer agreed to it.

    Personal numbers in title, text or reply are refused until `confirmed` (they may stay: an
    office's own telephone) or masked: `mask` masks those of the reply.
    """
    proposal = receipt.proposal_of(tx, id)
    row, day = _refuse_publishing(tx, proposal, on_day, confirmed=confirmed, mask=mask)
    if mask:
        change(row, {"text": flags.masked(row.text), "reasons": flags.masked(row.reasons)})
    change(row, {"published_on": day})
    return id


@usecase("Publish replies")
def publish_replies(
    tx: Session, *, ids: Sequence[int], on_day: dt.date | None = None
) -> dict[str, list[int]]:
    """Publish every reply that may be; return whose were `published` and whose `refused`."""
    outcome: dict[str, list[int]] = {"published": [], "refused": []}
    for id in dict.fromkeys(ids):
        proposal = receipt.proposal_of(tx, id)
        try:
            row, day = _refuse_publishing(tx, proposal, on_day)
        except UserError:
            outcome["refused"].append(id)
            continue
        change(row, {"published_on": day})
        outcome["published"].append(id)
    return outcome


@usecase("Take reply out of publication")
def unpublish(tx: Session, *, id: int) -> int:
    """Take a reply out of publication; copies that went out keep it."""
    row = sent(tx, id)
    if row is None or row.published_on is None:
        raise UserError(N_("This reply is not published."))
    change(row, {"published_on": None})
    return id


def publishable(read: Session, *, ids: Sequence[int], on_day: dt.date | None = None) -> list[Ready]:
    """Say of each proposal whether its reply may be published, and why not."""
    return [_ready(read, id, lambda one: _refuse_publishing(read, one, on_day)) for id in ids]


def flagged(read: Session, *, id: int) -> list[flags.Flag]:
    """Return the personal numbers in what publishing would show."""
    proposal, row = receipt.proposal_of(read, id), sent(read, id)
    texts = [proposal.title, proposal.text]
    texts += [row.text, row.reasons] if row is not None else []
    return [flag for text in texts for flag in flags.found(text)]


def _refuse_publishing(
    read: Session,
    proposal: Proposal,
    on_day: dt.date | None,
    *,
    confirmed: bool = False,
    mask: bool = False,
) -> tuple[ProposalReply, dt.date]:
    day = receipt.since_receipt(proposal, on_day)
    row = sent(read, proposal.id)
    if row is None or row.sent_on is None:
        raise UserError(
            N_("The reply to “{title}” was not sent yet."),
            hint=N_("Send it first; it is published afterwards."),
            title=proposal.title,
        )
    if row.published_on is not None:
        raise UserError(N_("The reply was published on {day:full}."), day=row.published_on)
    if day < row.sent_on:
        raise UserError(
            N_("{day:full} lies before the reply was sent on {sent:full}."),
            day=day,
            sent=row.sent_on,
        )
    if proposal.consent != ProposalConsent.FULL:
        raise UserError(
            N_("The proposer of “{title}” did not agree to publication."),
            hint=N_("Title and result alone may be public; record the consent when it comes."),
            title=proposal.title,
        )
    _refuse_flagged(read, proposal, row, confirmed=confirmed, mask=mask)
    return row, day


def _refuse_flagged(
    read: Session, proposal: Proposal, row: ProposalReply, *, confirmed: bool, mask: bool
) -> None:
    if confirmed:
        return
    texts = [proposal.title, proposal.text] + ([] if mask else [row.text, row.reasons])
    found = [flag for text in texts for flag in flags.found(text)]
    if found:
        told = ", ".join(f"{say(FLAGS[flag.kind])} {flag.masked}" for flag in found[:_TOLD])
        raise UserError(
            N_("What would be published on “{title}” holds personal numbers: {told}."),
            # Of the proposal itself nothing is masked here: it is as it came.
            hint=N_("Mask them in the proposal, or confirm that they may be public.")
            if mask
            else N_("Mask them, or confirm that they may be public."),
            title=proposal.title,
            told=told,
        )


def _ready(read: Session, id: int, refuse: Callable[[Proposal], object]) -> Ready:
    proposal = receipt.proposal_of(read, id)
    why = ""
    try:
        refuse(proposal)
    except UserError as error:
        why = str(error)
    return Ready(id, proposal.number, proposal.title, why)
