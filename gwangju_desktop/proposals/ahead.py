"""Where a proposal may go next, with all that each step lacks, said before it is taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.vocab import ProposalRuleKey, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.proposals import clocks, guards, handled, receipt
from gwangju_desktop.proposals.guards import Asked
from gwangju_desktop.proposals.profile_rows import Move
from gwangju_desktop.proposals.words import DELAY_AGAIN, MEASURE_EFFECT, MOVES
from gwangju_desktop.text import C_, N_, Msg, say

S = ProposalState
K = ProposalRuleKey
# From a supplement one goes on with what came, or without it once its day is over.
ENTER = N_("Enter supplement")
WITHOUT = C_("proposal move", "Go on without the supplement ({state})")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A state a proposal may go to: its verb, what it lacks, what the dialog asks for.

    `lacks` are whole sentences. `asks` names the guards met by typing, and "same_content" where it
    must be confirmed that the same content was implemented. `says` is what a person should know
    before: that the time limit is not suspended, that the request comes late.
    """

    to_state: str
    label: Msg
    lacks: list[Msg]
    asks: tuple[str, ...] = ()
    says: str = ""


def ahead(read: Session, id: int, on_day: dt.date | None = None) -> list[Ahead]:
    """List where a proposal may go from its state on a day, by default today, the usual way first.

    Merging is not among them: it begins with the other proposal.
    """
    proposal = receipt.proposal_of(read, id)
    keep = clocks.Counting(read)
    profile = keep.profile(proposal.profile_id, proposal.received_on)
    day = on_day or clock.today()
    ways = [
        move
        for move in profile.moves
        if move.from_state == proposal.state and move.to_state != S.MERGED
    ]
    return [_ahead(read, proposal, move, day, keep) for move in ways]


def _ahead(
    read: Session, proposal: Proposal, move: Move, day: dt.date, keep: clocks.Counting
) -> Ahead:
    asked = Asked(move.to_state, day)
    lacks = guards.lacking(read, proposal, move, asked, keep, typed=False)
    says = ""
    late: tuple[str, ...] = ()
    if move.to_state == S.SUPPLEMENT:
        says = supplement_ahead(read, id=proposal.id, on_day=day)
    if move.to_state == S.RE_EXAM and lacks:
        later = Asked(move.to_state, day, same_content=True)
        if not guards.lacking(read, proposal, move, later, keep, typed=False):
            says, lacks, late = str(lacks[0]), [], ("same_content",)
    label = MOVES[move.to_state]
    if move.from_state == S.SUPPLEMENT and move.to_state in (S.RECEIVED, S.REVIEW):
        row = handled.latest_supplement(read, proposal.id)
        if row is not None and row.came_on is None and row.until_on < day:
            state = keep.profile(proposal.profile_id, proposal.received_on).states[move.to_state]
            label = Msg(say(WITHOUT, state=state.name))
        elif move.to_state == S.RECEIVED:
            label = ENTER
    if move.from_state == move.to_state:
        label = MEASURE_EFFECT if move.to_state == S.DONE else DELAY_AGAIN
    typed = tuple(n for n in guards.needs(move) if n in guards.GUARDS and guards.GUARDS[n].typed)
    return Ahead(move.to_state, label, [Msg(str(lack)) for lack in lacks], typed + late, says)


def supplement_ahead(read: Session, *, id: int, on_day: dt.date | None = None) -> str:
    """Say before a supplement is asked for on a day whether the clock will stand still."""
    proposal = receipt.proposal_of(read, id)
    keep = clocks.Counting(read)
    profile = keep.profile(proposal.profile_id, proposal.received_on)
    begins = clocks.begins(read, proposal, keep)
    day = on_day or clock.today()
    return guards.supplement_said(begins, day, profile.value(K.SUPPLEMENT_WITHIN))
