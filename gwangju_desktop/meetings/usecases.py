"""What can be done to meetings, their order of business and their attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body
from db.store import usecase
from db.vocab import ItemKind, MeetingKind, MeetingState, Presence, Reply
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import attendance, queries, rules
from gwangju_desktop.text import N_

MEETING_FIELDS = (
    "number",
    "kind",
    "title",
    "starts_at",
    "minutes",
    "place",
    "presiding",
    "secretariat",
)
ITEM_FIELDS = (
    "kind",
    "title",
    "presenter",
    "minutes",
    "request",
    "reason",
    "contents",
    "reference",
)
# A sitting longer than a day or an item longer than a sitting is a slip of the finger.
LONGEST = 24 * 60

NO_MEETING = N_("There is no meeting {id}.")
NO_ITEM = N_("There is no agenda item {id}.")
NO_TITLE = N_("An agenda item needs a title.")


def changeable(tx: Session, meeting_id: int) -> Meeting:
    """Return a meeting that may still change; raise UserError for one that is closed."""
    meeting = found(tx, Meeting, meeting_id, NO_MEETING)
    if meeting.state == MeetingState.CLOSED:
        raise UserError(
            N_("{meeting} is closed and can no longer be changed."), meeting=meeting.title
        )
    return meeting


@usecase("Add meeting")
def add_meeting(
    tx: Session,
    *,
    body_id: int,
    starts_at: dt.datetime,
    kind: str = MeetingKind.REGULAR.value,
    number: int | None = None,
    title: str = "",
    **values: Any,
) -> int:
    """Add a meeting with a seat for every membership that holds on its day.

    `starts_at` is an aware moment; number and title default to the next and the usual one.
    """
    body = found(tx, Body, body_id, N_("There is no body {id}."))
    number = number or queries.next_number(tx, body_id=body.id)
    fields = tidy(
        {
            "kind": MeetingKind(kind).value,
            "number": number,
            "title": title or rules.proposed_title(kind, number),
            "starts_at": starts_at,
            **values,
        },
        MEETING_FIELDS,
    )
    _check_minutes(fields.get("minutes", 1))
    _refuse_same_number(tx, body.id, number)
    meeting = Meeting(body_id=body.id, **fields)
    tx.add(meeting)
    tx.flush()
    attendance.fit(tx, meeting)
    return meeting.id


@usecase("Edit meeting")
def edit_meeting(tx: Session, *, id: int, **values: Any) -> int:
    """Change a meeting; another day brings the seats in step with the memberships of that day."""
    meeting = changeable(tx, id)
    fields = tidy(values, MEETING_FIELDS)
    if "title" in fields:
        required(fields["title"], N_("A meeting needs a title."))
    if fields.get("number") is not None:
        _refuse_same_number(tx, meeting.body_id, fields["number"], but=id)
    _check_minutes(fields.get("minutes", 1))
    day_before = clock.local(meeting.starts_at).date()
    change(meeting, fields)
    day = clock.local(meeting.starts_at).date()
    if day != day_before:
        if meeting.state != MeetingState.PLANNED:
            raise UserError(N_("The day of a meeting that was opened stays as it is."))
        attendance.fit(tx, meeting)
    return id


@usecase("Delete meeting")
def delete_meeting(tx: Session, *, id: int) -> None:
    """Delete a meeting that was not opened, with its items, papers and seats."""
    meeting = changeable(tx, id)
    if meeting.state != MeetingState.PLANNED:
        raise UserError(N_("A meeting that was opened cannot be deleted."))
    tx.delete(meeting)


@usecase("Record the notice of meeting")
def record_notice(tx: Session, *, id: int, day: dt.date | None) -> int:
    """Note the day the notice went out; None takes the note back."""
    meeting = changeable(tx, id)
    change(meeting, {"noticed_on": day})
    return id


@usecase("Start the roll call")
def open_meeting(tx: Session, *, id: int, at: dt.datetime | None = None) -> int:
    """Begin to mark who is present."""
    meeting = changeable(tx, id)
    if meeting.state != MeetingState.PLANNED:
        raise UserError(N_("{meeting} has already been opened."), meeting=meeting.title)
    meeting.state = MeetingState.OPENED.value
    meeting.opened_at = at or clock.now()
    return id


@usecase("Close the meeting", undoable=False)
def close_meeting(tx: Session, *, id: int, at: dt.datetime | None = None) -> int:
    """Close a meeting for good; who is not marked was absent."""
    meeting = changeable(tx, id)
    if meeting.state != MeetingState.OPENED:
        raise UserError(N_("{meeting} has not been opened."), meeting=meeting.title)
    for seat in meeting.attendances:
        if seat.presence == Presence.UNMARKED:
            seat.presence = Presence.ABSENT.value
    meeting.state = MeetingState.CLOSED.value
    meeting.closed_at = at or clock.now()
    return id


@usecase("Record replies")
def set_reply(tx: Session, *, ids: Sequence[int], reply: str) -> None:
    """Note what members said about coming; `ids` are attendances."""
    for seat in _seats(tx, ids):
        change(seat, {"reply": Reply(reply).value})


@usecase("Mark attendance")
def mark_presence(tx: Session, *, ids: Sequence[int], presence: str) -> None:
    """Mark who is present at a meeting that was opened; `ids` are attendances."""
    for seat in _seats(tx, ids):
        meeting = tx.get_one(Meeting, seat.meeting_id)
        if meeting.state == MeetingState.PLANNED:
            raise UserError(
                N_("{meeting} has not been opened."),
                hint=N_("Start the roll call first."),
                meeting=meeting.title,
            )
        change(seat, {"presence": Presence(presence).value})


@usecase("Add agenda item")
def add_item(
    tx: Session,
    *,
    meeting_id: int,
    title: str,
    kind: str = ItemKind.DELIBERATION.value,
    **values: Any,
) -> int:
    """Add an item at the end of the order of business."""
    meeting = changeable(tx, meeting_id)
    fields = tidy({"title": title, "kind": ItemKind(kind).value, **values}, ITEM_FIELDS)
    required(fields["title"], NO_TITLE)
    _check_minutes(fields.get("minutes", 1))
    positions = _positions(tx, meeting.id)
    item = AgendaItem(
        meeting_id=meeting.id, position=(positions[-1] if positions else 0) + rules.GAP, **fields
    )
    tx.add(item)
    tx.flush()
    return item.id


@usecase("Edit agenda item")
def edit_item(tx: Session, *, id: int, **values: Any) -> int:
    """Change an item of a meeting that is not closed."""
    item = found(tx, AgendaItem, id, NO_ITEM)
    changeable(tx, item.meeting_id)
    fields = tidy(values, ITEM_FIELDS)
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    _check_minutes(fields.get("minutes", 1))
    change(item, fields)
    return id


@usecase("Delete agenda item")
def delete_item(tx: Session, *, id: int) -> None:
    """Delete an item with its papers; the files stay in the store."""
    item = found(tx, AgendaItem, id, NO_ITEM)
    changeable(tx, item.meeting_id)
    tx.delete(item)


@usecase("Move agenda item")
def move_item(tx: Session, *, id: int, by: int) -> int:
    """Move an item up (negative) or down by so many places, at most to the end."""
    item = found(tx, AgendaItem, id, NO_ITEM)
    changeable(tx, item.meeting_id)
    others = _positions(tx, item.meeting_id)
    at = others.index(item.position)
    others.pop(at)
    to = max(0, min(len(others), at + by))
    if to == at:
        return id
    free = rules.place_between(others, to)
    if free is None:
        _spread(tx, item.meeting_id)
        return move_item(tx, id=id, by=by)
    item.position = free
    return id


def _positions(tx: Session, meeting_id: int) -> list[int]:
    found_positions = tx.scalars(
        select(AgendaItem.position)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    )
    return list(found_positions.all())


def _spread(tx: Session, meeting_id: int) -> None:
    """Give all items of a meeting positions with whole gaps again.

    They are parked first: two rows may not pass through one position, even within one flush.
    """
    items = tx.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
    ).all()
    for n, item in enumerate(items, 1):
        item.position = -n
    tx.flush()
    for n, item in enumerate(items, 1):
        item.position = n * rules.GAP
    tx.flush()


def _seats(tx: Session, ids: Sequence[int]) -> list[Attendance]:
    seats = [found(tx, Attendance, id, N_("There is no seat {id}.")) for id in ids]
    for meeting_id in {seat.meeting_id for seat in seats}:
        changeable(tx, meeting_id)
    return seats


def _check_minutes(minutes: int) -> None:
    if not 1 <= minutes <= LONGEST:
        raise UserError(
            N_("{minutes} minutes is no length for a meeting or an item."),
            hint=N_("Enter a number from 1 to {longest}."),
            minutes=minutes,
            longest=LONGEST,
        )


def _refuse_same_number(tx: Session, body_id: int, number: int, but: int | None = None) -> None:
    if number < 1:
        raise UserError(N_("A meeting's number is 1 or more."))
    same = select(Meeting.id).where(Meeting.body_id == body_id, Meeting.number == number)
    if any(id != but for id in tx.scalars(same).all()):
        raise UserError(
            N_("This body already has a meeting number {n}."),
            hint=N_("The next free number is {free}."),
            n=number,
            free=queries.next_number(tx, body_id=body_id),
        )
