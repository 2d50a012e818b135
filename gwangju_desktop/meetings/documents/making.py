"""The documents of meetings but the minutes, composed from the ids of their records."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries, register, written
from gwangju_desktop.meetings.documents import action_list, payment
from gwangju_desktop.meetings.documents.ballots import ballots
from gwangju_desktop.meetings.documents.comparison import comparison
from gwangju_desktop.meetings.documents.excerpt import excerpt
from gwangju_desktop.meetings.documents.model import decided, roll_of
from gwangju_desktop.meetings.documents.registered import NO_DECISION, registered
from gwangju_desktop.members.letters.model import gather
from gwangju_desktop.text import N_


def excerpt_of(read: Session, language: str, *, item_id: int) -> Composed:
    """Return the decision sheet of an item."""
    return excerpt(decided(read, item_id=item_id), language=language)


def comparison_of(read: Session, language: str, *, item_id: int) -> Composed:
    """Return the original of an item beside its amendments."""
    return comparison(decided(read, item_id=item_id), language=language)


def ballots_of(read: Session, language: str, *, meeting_id: int) -> Composed:
    """Return the ballot sheets of a written resolution."""
    meeting = queries.meeting(read, id=meeting_id)
    state = written.state(read, meeting_id=meeting_id)
    return ballots(roll_of(read, meeting), meeting, state, language=language)


def register_of(
    read: Session,
    language: str,
    *,
    year: int | None = None,
    body_id: int | None = None,
    search: str = "",
) -> Composed:
    """Return the register of a year's decisions."""
    rows = register.of_year(read, year=year, body_id=body_id, search=search)
    last = rows[-1] if rows else None
    if last is None:
        raise UserError(NO_DECISION, hint=N_("Choose another year or body."))
    roll = gather(read, body_id=body_id or last.body_id, on=last.day)
    return registered(roll, rows, year=year, language=language)


def payment_of(read: Session, language: str, *, meeting_id: int) -> Composed:
    """Return the payment sheet of a meeting."""
    return payment.compose(read, meeting_id=meeting_id, language=language)


def actions_of(read: Session, language: str, *, meeting_id: int) -> Composed:
    """Return the list of a meeting's actions."""
    today = clock.today()
    return action_list.of_meeting(read, meeting_id=meeting_id, today=today, language=language)


def all_actions(read: Session, language: str, **narrowed: Any) -> Composed:
    """Return the list of actions as narrowed on screen."""
    return action_list.of_bodies(read, today=clock.today(), language=language, **narrowed)
