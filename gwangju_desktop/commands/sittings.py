"""A meeting as `show meeting` tells of it: its quorum, and of each item the arithmetic and result."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from db.vocab import CountBase, MeetingState, VoteState
from gwangju_desktop.commands import output
from gwangju_desktop.meetings import history, presence, queries, rules, votes
from gwangju_desktop.meetings.rows import AgendaRow
from gwangju_desktop.meetings.votes import VoteRow
from gwangju_desktop.text import say

COUNTS = ("yes", "no", "abstain", "invalid", "not_voting")


def meeting(read: Session, *, id: int) -> dict[str, Any]:
    """Return a meeting whole: quorum, items with their votes, and its history."""
    found = queries.meeting(read, id=id)
    by_item: dict[int, list[VoteRow]] = {}
    for vote in votes.of_meeting(read, meeting_id=id):
        if vote.item_id is not None:
            by_item.setdefault(vote.item_id, []).append(vote)
    rule = presence.standing(read, meeting_id=id).rule
    told: dict[str, Any] = output.plain(found)
    told["agenda"] = [
        _item(read, found.state, rule, row, by_item.get(row.id, []))
        for row in queries.agenda(read, meeting_id=id)
    ]
    told["history"] = [
        {
            "at": event.at,
            "kind": event.kind,
            "text": say(event.message, **event.values),
            "reason": event.reason,
        }
        for event in reversed(history.of_meeting(read, meeting_id=id))
    ]
    return output.plain(told)  # type: ignore[no-any-return]


def _item(
    read: Session, state: str, rule: rules.Rule, row: AgendaRow, held: list[VoteRow]
) -> dict[str, Any]:
    """Return an item with what its decision counts from, needs and got.

    A closed vote tells its frozen counts; an item in session what the room would need now.
    """
    told: dict[str, Any] = output.plain(row)
    closed = [vote for vote in held if vote.state == VoteState.CLOSED]
    told.update(base=None, required=None, counts=None, verdict=None, explanation="")
    if closed:
        vote = closed[-1]
        told.update(
            base=_base(rule, vote),
            required=vote.required,
            counts=None if vote.uncounted else {name: getattr(vote, name) for name in COUNTS},
            verdict=vote.result or vote.suggested,
            explanation=vote.explanation,
        )
    elif state == MeetingState.OPENED and row.number is not None:
        standing = presence.standing(read, meeting_id=row.meeting_id, item_id=row.id)
        told.update(base=standing.present, required=standing.majority)
    told["votes"] = output.plain(held)
    return told


def _base(rule: rules.Rule, vote: VoteRow) -> int | None:
    if rule.decides.base == CountBase.ENROLLED:
        return vote.enrolled
    if rule.decides.base == CountBase.VOTES:
        return None if vote.uncounted else (vote.yes or 0) + (vote.no or 0)
    return vote.present
