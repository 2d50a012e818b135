"""Plan a meeting after an earlier one: its place, length and order of business, not its results."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.store import usecase
from db.vocab import ItemState, MeetingKind, MeetingState, Outcome
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, attendance, carrying, opinions, rules
from gwangju_desktop.meetings.guards import meeting_of
from gwangju_desktop.text import N_

DROPPED = (
    MeetingState.NO_QUORUM.value,
    MeetingState.POSTPONED.value,
    MeetingState.CANCELLED.value,
)
# Who presides may be another by then, and grounds are of one sitting.
KEPT = ("kind", "minutes", "place", "secretary", "secretariat", "public", "closed_ground")
# Papers, numbers, decisions and times are of the meeting they belong to.
COPIED = (
    "kind",
    "standing",
    "title",
    "restricted",
    "restricted_ground",
    "open_title",
    "submitter",
    "presenter",
    "minutes",
    "request",
    "reason",
    "contents",
    "reference",
    "basis",
    "budget",
)
TEXTS = ("request", "reason", "contents", "reference", "basis", "budget")


def last_meeting(read: Session, *, body_id: int) -> int | None:
    """Return the latest meeting of a body that was not dropped, None before the first."""
    return read.scalar(
        select(Meeting.id)
        .where(
            Meeting.body_id == body_id,
            Meeting.state.not_in(DROPPED),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
    )


@usecase("Copy meeting")
def copy_meeting(tx: Session, *, id: int, starts_at: dt.datetime, texts: bool = True) -> int:
    """Plan a meeting like an earlier one, with its order of business; return the new one's id.

    Withdrawn items stay behind; what was left open or deferred comes by itself, under its number.
    Without `texts` the front sheets are left empty.
    """
    source = meeting_of(tx, id)
    if clock.local(starts_at) == clock.local(source.starts_at):
        raise UserError(
            N_("{meeting} itself is at that time."),
            hint=N_("Give the copy another date."),
            meeting=source.title,
        )
    usual = rules.proposed_title(source.kind)
    named = source.number is None and source.title not in rules.plain_titles(source.kind)
    made = Meeting(
        body_id=source.body_id,
        title=source.title if named else usual,
        starts_at=starts_at,
        **{name: getattr(source, name) for name in KEPT},
    )
    tx.add(made)
    tx.flush()
    attendance.fit(tx, made)
    copies: dict[int, int] = {}
    items = [item for item in agenda.of_meeting(tx, source.id) if _wanted(item)]
    for item in items:
        copied = AgendaItem(
            meeting_id=made.id,
            position=agenda.place_after(tx, made.id, None),
            **{name: getattr(item, name) for name in COPIED},
        )
        if not texts:
            for name in TEXTS:
                setattr(copied, name, "")
        if item.parent_id in copies:
            copied.parent_id = copies[item.parent_id]
        tx.add(copied)
        tx.flush()
        copies[item.id] = copied.id
        if texts:
            opinions.copy_opinions(tx, item_id=item.id, to=copied.id)
    carrying.bring_in(tx, made)
    return made.id


def _wanted(item: AgendaItem) -> bool:
    """Leave out what was withdrawn and what goes on by itself."""
    dropped = (ItemState.WITHDRAWN.value, ItemState.CARRIED_OVER.value)
    return item.state not in dropped and item.outcome != Outcome.DEFERRED.value
