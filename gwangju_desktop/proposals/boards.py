"""Sittings of the review board on a proposal (심사위원회): a must for a re-examination."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.schema.handling import ProposalBoard
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import ProposalRuleKey, ProposalStance, ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.proposals import clocks, profiles
from gwangju_desktop.proposals.receipt import proposal_of, since_receipt
from gwangju_desktop.text import N_

FIELDS = ("held_on", "members", "citizens", "stance", "result")
NO_BOARD = N_("There is no sitting {id} of a review board.")


@usecase("Record the review board")
def add_board(
    tx: Session,
    *,
    id: int,
    members: int,
    citizens: int,
    held_on: dt.date | None = None,
    stance: str = ProposalStance.NONE.value,
    result: str = "",
    round: int | None = None,
) -> int:
    """Record a sitting; by default of the examination the proposal is in.

    Raises UserError where fewer citizens sat than the profile's rule asks, for a day before the
    receipt or ahead, and for a draft.
    """
    proposal = proposal_of(tx, id)
    if proposal.state == ProposalState.DRAFT:
        raise UserError(
            N_("“{title}” was not received yet."),
            hint=N_("Receive it first."),
            title=proposal.title,
        )
    values = {
        "held_on": since_receipt(proposal, held_on),
        "members": members,
        "citizens": citizens,
        "stance": stance,
        "result": result,
    }
    board = ProposalBoard(
        proposal_id=id,
        round=round if round is not None else clocks.round_of(tx, id),
        **_checked(values),
    )
    _refuse_few(tx, proposal, board)
    tx.add(board)
    tx.flush()
    return board.id


@usecase("Edit the review board")
def edit_board(tx: Session, *, board_id: int, **values: Any) -> int:
    """Change what was recorded of a sitting; refused as in `add_board`."""
    board = found(tx, ProposalBoard, board_id, NO_BOARD)
    proposal = proposal_of(tx, board.proposal_id)
    fields = _checked(values)
    if "held_on" in fields:
        since_receipt(proposal, fields["held_on"])
    change(board, fields)
    _refuse_few(tx, proposal, board)
    return board_id


@usecase("Remove the review board")
def remove_board(tx: Session, *, board_id: int) -> None:
    """Take a sitting away that was recorded by mistake."""
    tx.delete(found(tx, ProposalBoard, board_id, NO_BOARD))


def citizens_needed(read: Session, *, id: int, members: int, day: dt.date) -> int:
    """Return how many of a board of so many must be citizens on a day, 0 without such a rule."""
    return _needed(read, proposal_of(read, id), members, day)


def _needed(read: Session, proposal: Proposal, members: int, day: dt.date) -> int:
    profile = profiles.of(read, proposal.profile_id, day)
    share = profile.value(ProposalRuleKey.BOARD_CITIZENS)
    if share is None:
        return 0
    num, den = share
    return -(-members * int(num) // int(den))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "stance" in fields:
        fields["stance"] = ProposalStance(fields["stance"]).value
    return fields


def _refuse_few(read: Session, proposal: Proposal, board: ProposalBoard) -> None:
    if board.members < 1 or not 0 <= board.citizens <= board.members:
        raise UserError(
            N_("{citizens} citizens of {members} is no board."),
            hint=N_("Enter how many sat on it, and how many of them were citizens."),
            citizens=board.citizens,
            members=board.members,
        )
    needed = _needed(read, proposal, board.members, board.held_on)
    if board.citizens < needed:
        raise UserError(
            N_("Of {members} on the review board at least {needed} must be citizens."),
            hint=N_("Correct the numbers, or convene a board that has them."),
            members=board.members,
            needed=needed,
        )
