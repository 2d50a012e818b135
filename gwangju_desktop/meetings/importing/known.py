"""The office's meetings in a register's terms: what a file is compared with, and what goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Membership
from db.schema.sittings import DrawnNumber
from db.vocab import DrawnKind, MeetingState, Presence, VoteState, VoteSubject
from gwangju_desktop import clock
from gwangju_desktop.meetings.importing import values
from gwangju_desktop.meetings.importing.fields import COUNTS
from gwangju_desktop.meetings.importing.model import Held, HeldItem, Sitting
from gwangju_desktop.members.importing.values import fold

_BLOCK = 500
_MIDNIGHT = dt.time()
# What an item of the register has as it is kept; the rest follows below.
_PLAIN = {
    "label": "label",
    "item_number": "number",
    "item_kind": "kind",
    "item_title": "title",
    "presenter": "presenter",
    "submitter": "submitter",
    "outcome": "outcome",
    "resolution": "resolution",
    "remark": "remark",
    "restricted_ground": "restricted_ground",
    "open_title": "open_title",
}


def read_all(read: Session, bodies: Collection[int] | None = None) -> list[Held]:
    """Return the meetings of some bodies, or of all, by body and moment, with their items."""
    query = select(Meeting.__table__).order_by(Meeting.body_id, Meeting.starts_at, Meeting.id)
    if bodies is not None:
        query = query.where(Meeting.body_id.in_(bodies))
    held = {row.id: _held(row) for row in read.execute(query).all()}
    for block in _blocks(sorted(held)):
        for meeting_id, came in _came(read, block).items():
            present = held[meeting_id].facts["present"]
            held[meeting_id].facts["present"] = max(came, present or 0)
        votes = _votes(read, block)
        items = (
            select(AgendaItem.__table__)
            .where(AgendaItem.meeting_id.in_(block))
            .order_by(AgendaItem.meeting_id, AgendaItem.position)
        )
        for row in read.execute(items).all():
            held[row.meeting_id].items.append(_item(row, votes.get(row.id)))
    return list(held.values())


def _held(row: Any) -> Held:
    start = clock.local(row.opened_at or row.starts_at)
    # A register that named no time left the planned moment at midnight and nothing of an opening.
    timeless = row.opened_at is None and start.time() == _MIDNIGHT
    state = MeetingState(row.state)
    facts = {
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "day": clock.local(row.starts_at).date(),
        "start": None if timeless else minute(start).time(),
        "end": None if row.closed_at is None else minute(clock.local(row.closed_at)),
        "place": row.place,
        "presiding": row.presiding,
        "secretary": row.secretary,
        "public": row.public,
        "enrolled": row.enrolled_at_opening,
        "present": row.present_at_opening,
        "state": (values.HELD if state.over else state).value,
        "reason": row.reason,
    }
    return Held(row.id, row.body_id, row.state, row.starts_at, row.number_year, facts)


def _item(row: Any, vote: Any) -> HeldItem:
    facts = {key: getattr(row, column) for key, column in _PLAIN.items()}
    facts["begun"] = None if row.begun_at is None else minute(clock.local(row.begun_at))
    done = row.ended_at or row.decided_at
    facts["ended"] = None if done is None else minute(clock.local(done))
    facts["method"] = vote.method if vote is not None else None
    facts.update({key: getattr(vote, key) if vote is not None else None for key in COUNTS})
    return HeldItem(row.id, facts)


def _came(read: Session, meetings: Sequence[int]) -> dict[int, int]:
    """Count the voting seats whose holder was there at any time, where a sheet was kept."""
    query = (
        select(Attendance.meeting_id, func.count())
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(
            Attendance.meeting_id.in_(meetings),
            Attendance.presence.in_((Presence.PRESENT.value, Presence.LEFT.value)),
            Membership.voting.is_(True),
        )
        .group_by(Attendance.meeting_id)
    )
    return {row[0]: row[1] for row in read.execute(query).all()}


def _votes(read: Session, meetings: Sequence[int]) -> dict[int, Any]:
    """Return the last vote on each item itself."""
    query = (
        select(Vote.__table__)
        .where(
            Vote.meeting_id.in_(meetings),
            Vote.subject == VoteSubject.ITEM.value,
            Vote.state == VoteState.CLOSED.value,
        )
        .order_by(Vote.position, Vote.id)
    )
    return {row.item_id: row for row in read.execute(query).all()}


def minute(at: dt.datetime) -> dt.datetime:
    """Return a moment without its seconds: registers keep minutes."""
    return at.replace(second=0, microsecond=0)


class Known:
    """Where the meetings and the numbers of some bodies are found."""

    def __init__(self, read: Session, bodies: Collection[int]) -> None:
        self.all = read_all(read, bodies)
        self._numbered = {
            (held.body_id, held.number_year, held.facts["number"]): held
            for held in self.all
            if held.facts["number"] is not None
        }
        self._days: dict[tuple[int, dt.date], list[Held]] = {}
        for held in self.all:
            self._days.setdefault((held.body_id, held.facts["day"]), []).append(held)
        drawn = select(DrawnNumber.__table__).where(DrawnNumber.body_id.in_(bodies))
        self.drawn = {
            (row.body_id, row.kind, row.year, row.number): row.subject_id
            for row in read.execute(drawn).all()
        }
        self.item_titles = {
            item.id: str(item.facts["item_title"]) for held in self.all for item in held.items
        }

    def find(self, sitting: Sitting) -> Held | None:
        """Return the meeting a sitting of the file is: of its number, else of its day and time."""
        number = sitting.facts.get("number")
        if number is not None:
            found = self._numbered.get((sitting.body_id, sitting.number_year, number))
            if found is not None:
                return found
        title, start = sitting.facts.get("title"), sitting.facts.get("start")
        for held in self._days.get((sitting.body_id, sitting.day), []):
            others = held.facts
            same_number = None in (number, others["number"]) or number == others["number"]
            same_title = title is None or fold(title) == fold(others["title"])
            same_start = None in (start, others["start"]) or (
                start is not None and start.replace(second=0) == others["start"]
            )
            if same_number and same_title and same_start:
                return held
        return None

    def meeting_drawn(self, sitting: Sitting) -> bool:
        """Say whether a sitting's number was given to a meeting that is no longer there."""
        key = (sitting.body_id, DrawnKind.MEETING.value, sitting.number_year)
        return (*key, sitting.facts.get("number")) in self.drawn


def pair(items: Iterable[HeldItem], facts: dict[str, Any], taken: set[int]) -> HeldItem | None:
    """Return the held item a row of the file is about, by its number, else by its title."""
    free = [item for item in items if item.id not in taken]
    for key in ("item_number", "item_title"):
        wanted = facts.get(key)
        if wanted is None:
            continue
        same = [item for item in free if fold(str(item.facts[key] or "")) == fold(wanted)]
        labelled = [one for one in same if one.facts["label"] == facts.get("label")]
        if same:
            return (labelled or same)[0]
    return None


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), _BLOCK):
        yield ids[at : at + _BLOCK]
