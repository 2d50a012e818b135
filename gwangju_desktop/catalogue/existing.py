"""Documents that decisions, payments and the roll compose themselves, under their catalogue names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Membership
from gwangju_desktop import clock
from gwangju_desktop.catalogue.periods import year_of
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import register as decisions
from gwangju_desktop.meetings.documents import making
from gwangju_desktop.meetings.documents import minutes as kept
from gwangju_desktop.members.letters import making as letters
from gwangju_desktop.text import N_


def minutes(read: Session, *, id: int, language: str) -> Composed:
    """Return the minutes of a meeting."""
    return kept.compose(read, meeting_id=id, language=language)


def ballots(read: Session, *, id: int, language: str) -> Composed:
    """Return the ballot sheets of a written resolution."""
    return making.ballots_of(read, language, meeting_id=id)


def actions(read: Session, *, id: int, language: str) -> Composed:
    """Return the actions a meeting gave and those it read about."""
    return making.actions_of(read, language, meeting_id=id)


def all_actions(read: Session, *, id: int | None, language: str, **narrowed: Any) -> Composed:
    """Return the actions of a body, or of all, as narrowed on screen."""
    return making.all_actions(read, language, body_id=id, **narrowed)


def payment(read: Session, *, id: int, language: str) -> Composed:
    """Return the payment sheet of a meeting."""
    return making.payment_of(read, language, meeting_id=id)


def excerpt(read: Session, *, id: int, language: str) -> Composed:
    """Return the decision sheet of an item."""
    return making.excerpt_of(read, language, item_id=id)


def comparison(read: Session, *, id: int, language: str) -> Composed:
    """Return the original of an item beside its amendments."""
    return making.comparison_of(read, language, item_id=id)


def register(
    read: Session, *, id: int | None, language: str, period: str = "", search: str = ""
) -> Composed:
    """Return the decisions of a year, by default of the last one there are any of."""
    year = year_of(period) if period else None
    if year is None:
        found = decisions.decision_ids(read, body_id=id, descending=True, search=search)[:1]
        rows = decisions.decision_rows(read, ids=found)
        year = rows[0].day.year if rows else clock.today().year
    return making.register_of(read, language, year=year, body_id=id, search=search)


def roster(
    read: Session,
    *,
    id: int,
    language: str,
    on: dt.date | None = None,
    membership_ids: Sequence[int] | None = None,
    contacts: bool = False,
) -> Composed:
    """Return the member list of a body; who hands out contacts writes the access record."""
    return _roll(read, "roster", id, language, on, membership_ids, contacts=contacts)


def seating(
    read: Session,
    *,
    id: int,
    language: str,
    on: dt.date | None = None,
    membership_ids: Sequence[int] | None = None,
    layout: str | None = None,
) -> Composed:
    """Return the seating plan of a body."""
    return _roll(read, "seating", id, language, on, membership_ids, layout=layout)


def plates(
    read: Session,
    *,
    id: int,
    language: str,
    on: dt.date | None = None,
    membership_ids: Sequence[int] | None = None,
) -> Composed:
    """Return the name plates of a body."""
    return _roll(read, "plates", id, language, on, membership_ids)


def request(
    read: Session, *, id: int, language: str, on: dt.date | None = None, **options: Any
) -> Composed:
    """Return the request to recommend members of a body."""
    return _roll(read, "request", id, language, on, None, **options)


def consent(
    read: Session,
    *,
    id: int,
    language: str,
    on: dt.date | None = None,
    membership_ids: Sequence[int] | None = None,
) -> Composed:
    """Return the consent form and the pledge of a member, or of several of the same body."""
    chosen = membership_ids or [id]
    return _roll(read, "consent", body_of(read, id), language, on, chosen)


def blank_consent(read: Session, *, id: int, language: str) -> Composed:
    """Return a consent form and a pledge of a body without anybody's name on them."""
    return _roll(read, "consent", id, language, None, None, blank=True)


def letter(
    read: Session,
    *,
    id: int,
    language: str,
    on: dt.date | None = None,
    membership_ids: Sequence[int] | None = None,
    signatory: str = "",
) -> Composed:
    """Return the letter of appointment of a member, or of several of the same body."""
    body, chosen = body_of(read, id), membership_ids or [id]
    return _roll(read, "letter", body, language, on, chosen, signatory=signatory)


def body_of(read: Session, membership_id: int) -> int:
    """Return the body of a membership; raises UserError when there is none of this id."""
    found = read.scalar(select(Membership.body_id).where(Membership.id == membership_id))
    if found is None:
        raise UserError(
            N_("There is no membership {id}."),
            hint=N_("The list of members shows them."),
            id=membership_id,
        )
    return found


def _roll(
    read: Session,
    kind: str,
    body_id: int,
    language: str,
    on: dt.date | None,
    membership_ids: Sequence[int] | None,
    **options: Any,
) -> Composed:
    return letters.compose(
        read,
        kind=kind,
        body_id=body_id,
        on=on or clock.today(),
        membership_ids=membership_ids,
        language=language,
        options=options,
    )
