"""How long a proposal is followed and kept (관리기간, 보존기간).

An adopted one is followed for so many years from the decision. The record of any is kept for so
many years from 1 January of the year after its file was closed (공공기록물법 시행령 제26조): one still
being implemented has no last day yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.vocab import ProposalRuleKey, ProposalState
from gwangju_desktop.proposals import clocks, receipt
from gwangju_desktop.proposals.profile_rows import Profile
from gwangju_desktop.proposals.spans import Span

S = ProposalState
K = ProposalRuleKey
# The file of these is closed; a reply closes only the file of one that was not adopted.
CLOSED = frozenset(
    {S.DONE, S.DROPPED, S.CLOSED, S.CIVIL_PETITION, S.TRANSFERRED, S.MERGED, S.WITHDRAWN}
)
ADOPTED = frozenset({S.ADOPTED, S.PARTLY})


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when a proposal is followed and kept; None where that has not begun or never ends.

    `source` is where the rule stands that says how long it is kept.
    """

    followed_until: dt.date | None
    closed_on: dt.date | None
    kept_until: dt.date | None
    source: str


def followed_until(decided_on: dt.date, span: Span) -> dt.date:
    """Return the last day an adopted proposal is followed; the day of decision is not counted."""
    return span.after(decided_on)


def kept_until(closed_on: dt.date, span: Span) -> dt.date:
    """Return the last day a record is kept: counted from 1 January of the year after closing."""
    return span.after(dt.date(closed_on.year, 12, 31))


def closed_on(proposal: Proposal) -> dt.date | None:
    """Return the day a proposal's file was closed, None while it is open."""
    refused = proposal.state == S.REPLIED and proposal.adoption == S.NOT_ADOPTED
    return proposal.since_on if refused or proposal.state in CLOSED else None


def reckon(proposal: Proposal, profile: Profile) -> Retention:
    """Return until when a proposal is followed and kept by its profile."""
    adopted = proposal.adoption in ADOPTED
    rule = K.FOLLOW_UP if adopted else K.KEEP_NOT_ADOPTED
    span = profile.value(rule)
    closed = closed_on(proposal)
    follow = None
    if adopted and proposal.decided_on is not None and span is not None:
        follow = followed_until(proposal.decided_on, span)
    keep = kept_until(closed, span) if closed is not None and span is not None else None
    if keep is not None and follow is not None:
        keep = max(keep, follow)
    return Retention(follow, closed, keep, profile.source(rule))


def retention(read: Session, *, id: int) -> Retention:
    """Return until when a proposal is followed and kept."""
    proposal = receipt.proposal_of(read, id)
    keep = clocks.Counting(read)
    return reckon(proposal, keep.profile(proposal.profile_id, proposal.received_on))
