"""Notices to the proposer: which were made, who was told when, and that a decision is delayed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalNotice, ProposalOpinion
from db.store import usecase
from db.vocab import NoticeKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.proposals import clocks, receipt
from gwangju_desktop.proposals.rows import NoticeRow
from gwangju_desktop.text import N_

NO_NOTICE = N_("There is no notice {id} to a proposer.")


def notices(read: Session, id: int) -> list[NoticeRow]:
    """List the notices made on a proposal, the first first."""
    names = list(NoticeRow.__dataclass_fields__)
    rows = read.execute(
        select(*(ProposalNotice.__table__.c[name] for name in names))
        .where(ProposalNotice.proposal_id == id)
        .order_by(ProposalNotice.id)
    ).all()
    return [NoticeRow(*row) for row in rows]


@usecase("Record that the proposer was told")
def told(tx: Session, *, notice_id: int, on_day: dt.date | None = None, how: str = "") -> int:
    """Record the day and the way a notice was told; recorded again, it is corrected.

    Raises UserError for a day before the notice was made, or ahead.
    """
    notice = found(tx, ProposalNotice, notice_id, NO_NOTICE)
    day = receipt.past(on_day or clock.today())
    if day < notice.made_on:
        raise UserError(
            N_("{day:full} lies before the notice was made on {made:full}."),
            hint=N_("Enter the day on which the proposer was told."),
            day=day,
            made=notice.made_on,
        )
    _stop(tx, notice, notice.told_on, day)
    change(notice, {"told_on": day, "how": tidy({"how": how}, ("how",))["how"]})
    return notice_id


@usecase("Take back that the proposer was told")
def not_told(tx: Session, *, notice_id: int) -> int:
    """Take back a day on which nobody was told after all."""
    notice = found(tx, ProposalNotice, notice_id, NO_NOTICE)
    _stop(tx, notice, notice.told_on, None)
    change(notice, {"told_on": None, "how": ""})
    return notice_id


@usecase("Make a notice of delay")
def delay(
    tx: Session, *, id: int, reason: str, new_on: dt.date, on_day: dt.date | None = None
) -> int:
    """Make the notice that a decision will be late, with the reason and the new day.

    It stops no clock. Raises UserError without a reason, for a new day that does not lie after
    the one it was due, and for a proposal no decision is due on.
    """
    proposal = receipt.proposal_of(tx, id)
    why = required(
        tidy({"reason": reason}, ("reason",))["reason"], N_("Say why the decision is late.")
    )
    if proposal.due_on is None:
        raise UserError(
            N_("No decision is due on “{title}”: there is nothing to delay."), title=proposal.title
        )
    day = receipt.since_receipt(proposal, on_day)
    if new_on <= max(day, proposal.due_on):
        raise UserError(
            N_("{day:full} is no later than the decision is due on {due:full}."),
            hint=N_("Enter the day by which it will be decided."),
            day=new_on,
            due=proposal.due_on,
        )
    notice = receipt.keep_notice(tx, proposal, NoticeKind.DELAY, day, reason=why, new_on=new_on)
    return notice.id


def _stop(tx: Session, notice: ProposalNotice, before: dt.date | None, day: dt.date | None) -> None:
    """Let the clock stand still from the day the proposer knew of the opinions asked."""
    if notice.kind != NoticeKind.OPINION:
        return
    asked = select(ProposalOpinion).where(
        ProposalOpinion.proposal_id == notice.proposal_id,
        ProposalOpinion.asked_on == notice.made_on,
    )
    for opinion in tx.scalars(asked).all():
        # One notice tells of all that was asked on its day.
        if opinion.told_on in (before, None):
            change(opinion, {"told_on": day})
    clocks.renew(tx, receipt.proposal_of(tx, notice.proposal_id))
