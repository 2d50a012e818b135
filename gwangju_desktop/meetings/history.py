"""What happened to a meeting, in the order of the clock: steps, breaks, comings, items, votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Person
from db.schema.sittings import Break, Movement, Step
from db.vocab import MeetingState, VoteState
from gwangju_desktop import clock
from gwangju_desktop.meetings.words import (
    ADJOURNMENTS,
    BREAKS,
    ITEM_STATES,
    OUTCOMES,
    STATES,
    VERDICTS,
)
from gwangju_desktop.text import C_, N_, Msg, say

_ORDER = list(MeetingState)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `kind` is step, break, item, vote, coming or going."""

    id: str
    at: dt.datetime
    kind: str
    message: Msg
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    tone: str = ""
    # Of lines at one moment: an opening comes before what happened in it, an end after.
    rank: int = 1


def of_meeting(read: Session, *, meeting_id: int) -> list[Event]:
    """List all that was recorded of a meeting, the latest first."""
    found = [
        *_steps(read, meeting_id),
        *_breaks(read, meeting_id),
        *_items(read, meeting_id),
        *_votes(read, meeting_id),
        *_movements(read, meeting_id),
    ]
    return sorted(found, key=lambda event: (event.at, event.rank), reverse=True)


def _steps(read: Session, meeting_id: int) -> Iterator[Event]:
    ending = read.scalar(select(Meeting.adjournment).where(Meeting.id == meeting_id))
    query = select(Step.__table__).where(Step.meeting_id == meeting_id).order_by(Step.id.desc())
    for row in read.execute(query):
        before, after = MeetingState(row.before), MeetingState(row.after)
        back = before.dropped or _ORDER.index(before) > _ORDER.index(after)
        yield Event(
            f"step-{row.id}",
            clock.local(row.at),
            "step",
            N_("Taken back: {before} → {after}") if back else N_("{before} → {after}"),
            {"before": STATES[before], "after": STATES[after]},
            row.reason
            or (say(ADJOURNMENTS[ending]) if ending and after == MeetingState.CLOSED else ""),
            "warn" if back else "bad" if after.dropped else "acc",
            2 if after.over or after.dropped else 0,
        )


def _breaks(read: Session, meeting_id: int) -> Iterator[Event]:
    query = select(Break.__table__).where(Break.meeting_id == meeting_id).order_by(Break.id.desc())
    for row in read.execute(query):
        kind = BREAKS[row.kind]
        if row.ends_at:
            yield Event(
                f"resumed-{row.id}",
                clock.local(row.ends_at),
                "break",
                N_("{kind} ended"),
                {"kind": kind},
            )
        yield Event(
            f"break-{row.id}",
            clock.local(row.starts_at),
            "break",
            N_("{kind} began"),
            {"kind": kind},
            row.reason,
            "warn",
        )


def _items(read: Session, meeting_id: int) -> Iterator[Event]:
    query = (
        select(AgendaItem.__table__)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.begun_at.is_not(None))
        .order_by(AgendaItem.position.desc())
    )
    for row in read.execute(query):
        title = f"{row.label}. {row.title}" if row.label else row.title
        if row.decided_at and row.outcome:
            yield Event(
                f"decided-{row.id}",
                clock.local(row.decided_at),
                "item",
                N_("{outcome}: {title}"),
                {"outcome": OUTCOMES[row.outcome], "title": title},
                row.remark,
                "ok",
            )
        yield Event(
            f"item-{row.id}",
            clock.local(row.begun_at),
            "item",
            N_("{state}: {title}"),
            {"state": ITEM_STATES["taken_up"], "title": title},
        )


def _votes(read: Session, meeting_id: int) -> Iterator[Event]:
    query = (
        select(Vote.__table__, AgendaItem.title)
        .outerjoin(AgendaItem, AgendaItem.id == Vote.item_id)
        .where(Vote.meeting_id == meeting_id, Vote.state == VoteState.CLOSED.value)
        .order_by(Vote.id.desc())
    )
    for row in read.execute(query):
        if row.closed_at is None:
            continue
        yield Event(
            f"vote-{row.id}",
            clock.local(row.closed_at),
            "vote",
            N_("Vote, {result}: {title}"),
            {
                "result": VERDICTS.get(row.result, C_("vote", "Counted")),
                "title": row.label or row.title or "",
            },
            row.explanation,
        )


def _movements(read: Session, meeting_id: int) -> Iterator[Event]:
    """Tell comings and goings after the opening; those there at the opening are one line."""
    opened = read.scalar(select(Meeting.opened_at).where(Meeting.id == meeting_id))
    query = (
        select(
            Movement.id,
            Movement.at,
            Movement.inside,
            func.coalesce(Attendance.recorded_name, Person.name).label("name"),
        )
        .join(Attendance, Attendance.id == Movement.attendance_id)
        .join(Person, Person.id == Attendance.person_id)
        .where(Movement.meeting_id == meeting_id)
        .order_by(Movement.id.desc())
    )
    at_opening = 0
    for row in read.execute(query):
        if row.inside and row.at == opened:
            at_opening += 1
            continue
        yield Event(
            f"movement-{row.id}",
            clock.local(row.at),
            "coming" if row.inside else "going",
            N_("{name} came in") if row.inside else N_("{name} went out"),
            {"name": row.name},
        )
    if at_opening and opened is not None:
        yield Event(
            "present",
            clock.local(opened),
            "coming",
            N_("{n} were there at the opening"),
            {"n": at_opening},
        )
