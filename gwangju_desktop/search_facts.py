"""The day of a found record and the bodies it belongs to, as its list shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.commitments import ActionPlan, Commitment, Milestone
from db.schema.energy import Dataset
from db.schema.evidence import Evidence
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Membership
from db.schema.packs import Outgoing
from db.schema.papers import Paper
from db.schema.polls import PollWave
from db.schema.proposals import Proposal
from db.schema.reviews import Publication, Review, ReviewFinding
from gwangju_desktop import clock
from gwangju_desktop.search_found import Found

# A record's own number -> its day.
Days = dict[int, dt.date]
# Records whose number, or whose row, is a meeting's.
_SITTINGS = ("meeting", "minutes", "pack")
_DAYS: dict[str, tuple[Any, Any]] = {
    "action": (Action.id, Action.due_on),
    "action_plan": (ActionPlan.id, ActionPlan.submitted_on),
    "commitment": (Commitment.id, Commitment.completed_on),
    "dataset": (Dataset.id, Dataset.imported_at),
    "evidence": (Evidence.id, Evidence.obtained_on),
    "milestone": (Milestone.id, Milestone.due_on),
    "outgoing": (Outgoing.id, Outgoing.made_on),
    "poll_wave": (PollWave.id, PollWave.from_on),
    "proposal": (Proposal.id, Proposal.received_on),
    "publication": (Publication.id, Publication.published_on),
    "review": (Review.id, Review.from_on),
    "review_finding": (ReviewFinding.id, ReviewFinding.found_on),
}
_BODIES: dict[str, tuple[Any, Any]] = {
    "action": (Action.id, Action.body_id),
    "outgoing": (Outgoing.id, Outgoing.body_id),
    "person": (Membership.person_id, Membership.body_id),
    "action_plan": (ActionPlan.id, ActionPlan.monitor_body_id),
}


def told(read: Session, found: Sequence[Found], *, bodies: bool) -> list[Found]:
    """Return the records with their days, and with their bodies where these are asked for."""
    by_table: dict[str, set[int]] = {}
    for one in found:
        table, id = _subject(one)
        by_table.setdefault(table, set()).add(id)
    days: dict[tuple[str, int], dt.date] = {}
    of: dict[tuple[str, int], set[int]] = {}
    for table, ids in by_table.items():
        for id, day in _days(read, table, ids):
            days[table, id] = day
        if bodies:
            for id, body in _bodies(read, table, ids):
                of.setdefault((table, id), set()).add(body)
    return [
        replace(
            one,
            day=days.get(_subject(one)),
            bodies=frozenset(of.get(_subject(one), ())),
        )
        for one in found
    ]


def _subject(one: Found) -> tuple[str, int]:
    """Return the record whose day counts: that of a file's words is that of what it belongs to."""
    return one.record if one.table == "file_text" else (one.table, one.id)


def _days(read: Session, table: str, ids: Iterable[int]) -> list[tuple[int, dt.date]]:
    if table in _SITTINGS:
        return _moments(read, Meeting.id, Meeting.starts_at, Meeting.id.in_(ids))
    if table == "agenda_item":
        return _moments(
            *(read, AgendaItem.id, Meeting.starts_at, AgendaItem.id.in_(ids)),
            lambda query: query.join(Meeting, Meeting.id == AgendaItem.meeting_id),
        )
    if table == "paper":
        return _moments(
            *(read, Paper.id, Meeting.starts_at, Paper.id.in_(ids)),
            lambda query: query.join(AgendaItem, AgendaItem.id == Paper.item_id).join(
                Meeting, Meeting.id == AgendaItem.meeting_id
            ),
        )
    if table in _DAYS:
        own, day = _DAYS[table]
        return _moments(read, own, day, own.in_(ids))
    return []


def _moments(
    read: Session,
    own: Any,
    moment: Any,
    where: Any,
    joined: Callable[[Any], Any] | None = None,
) -> list[tuple[int, dt.date]]:
    query = select(own, moment)
    if joined is not None:
        query = joined(query)
    rows = read.execute(query.where(where)).all()
    return [(id, _day(value)) for id, value in rows if value is not None]


def _day(value: dt.date | dt.datetime) -> dt.date:
    return clock.local(value).date() if isinstance(value, dt.datetime) else value


def _bodies(read: Session, table: str, ids: Iterable[int]) -> list[tuple[int, int]]:
    if table == "body":
        return [(id, id) for id in ids]
    query: Any = None
    if table in _SITTINGS:
        query = select(Meeting.id, Meeting.body_id).where(Meeting.id.in_(ids))
    elif table == "agenda_item":
        query = (
            select(AgendaItem.id, Meeting.body_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(AgendaItem.id.in_(ids))
        )
    elif table == "paper":
        query = (
            select(Paper.id, Meeting.body_id)
            .join(AgendaItem, AgendaItem.id == Paper.item_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(Paper.id.in_(ids))
        )
    elif table in _BODIES:
        own, body = _BODIES[table]
        query = select(own, body).where(own.in_(ids), body.is_not(None))
    return [] if query is None else [(id, body) for id, body in read.execute(query).all()]
