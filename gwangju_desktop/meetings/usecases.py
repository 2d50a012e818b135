"""What can be done to meetings before they are held; steps of their life are in `steps`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.members import Body
from db.store import usecase
from db.vocab import DrawnKind, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import attendance, carrying, numbers, remains, rules
from gwangju_desktop.meetings.guards import changeable, check_minutes
from gwangju_desktop.text import N_

MEETING_FIELDS = (
    "number",
    "kind",
    "title",
    "starts_at",
    "minutes",
    "place",
    "presiding",
    "presiding_id",
    "presiding_ground",
    "secretary",
    "secretariat",
    "reply_by",
    "public",
    "closed_ground",
)


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

    `starts_at` is an aware moment. The number is drawn with the notice; one given here (a
    register taken over) is kept as it is. What earlier meetings left open comes on the agenda.
    """
    body = found(tx, Body, body_id, N_("There is no body {id}."))
    fields = tidy(
        {"kind": MeetingKind(kind).value, "starts_at": starts_at, "number": number, **values},
        MEETING_FIELDS,
    )
    fields["title"] = tidy({"title": title}, ("title",))["title"]
    check_minutes(fields.get("minutes", 1))
    meeting = Meeting(body_id=body.id, **fields)
    _take_number(tx, meeting)
    if not meeting.title:
        meeting.title = rules.proposed_title(meeting.kind, number, _written(tx, meeting))
    tx.add(meeting)
    tx.flush()
    attendance.fit(tx, meeting)
    carrying.bring_in(tx, meeting)
    return meeting.id


@usecase("Edit meeting")
def edit_meeting(tx: Session, *, id: int, **values: Any) -> int:
    """Change a meeting; another day brings the seats in step with the memberships of that day."""
    meeting = changeable(tx, id)
    fields = tidy(values, MEETING_FIELDS)
    if "title" in fields:
        required(fields["title"], N_("A meeting needs a title."))
    planned = meeting.state == MeetingState.PLANNED
    if not planned and fields.get("number", meeting.number) != meeting.number:
        raise UserError(
            N_("{meeting} was called under its number and keeps it."), meeting=meeting.title
        )
    if not planned and fields.get("kind", meeting.kind) != meeting.kind:
        raise UserError(
            N_("{meeting} was called as what it is: its kind stays."), meeting=meeting.title
        )
    check_minutes(fields.get("minutes", 1))
    day_before = clock.local(meeting.starts_at).date()
    usual = meeting.title in rules.plain_titles(meeting.kind)
    change(meeting, fields)
    if usual and "title" not in values and meeting.kind in rules.PLAIN_TITLES:
        change(meeting, {"title": rules.proposed_title(meeting.kind)})
    if planned:
        _take_number(tx, meeting)
    day = clock.local(meeting.starts_at).date()
    if day != day_before:
        if not MeetingState(meeting.state).ahead:
            raise UserError(N_("The day of a meeting that was opened stays as it is."))
        attendance.fit(tx, meeting)
    return id


@usecase("Delete meeting")
def delete_meeting(tx: Session, *, id: int) -> None:
    """Delete a meeting that was not called, with its items, papers and seats."""
    meeting = changeable(tx, id)
    if meeting.state == MeetingState.OPENED:
        raise UserError(N_("A meeting that was opened cannot be deleted."))
    if meeting.state != MeetingState.PLANNED:
        raise UserError(
            N_("{meeting} has been called and cannot be deleted."),
            hint=N_("Cancel it, or take the notice back first."),
            meeting=meeting.title,
        )
    remains.clear_meeting(tx, meeting)
    tx.delete(meeting)
    tx.flush()
    carrying.pass_on(tx, meeting.body_id, meeting.starts_at)


def _take_number(tx: Session, meeting: Meeting) -> None:
    """Let a meeting have the number typed for it, unless another of the year has it."""
    if meeting.number is None:
        meeting.number_year = 0
        return
    if meeting.number < 1:
        raise UserError(N_("A meeting's number is 1 or more."))
    day = clock.local(meeting.starts_at).date()
    with tx.no_autoflush:
        form = numbers.form_of(tx, meeting.body_id, DrawnKind.MEETING, day)
        meeting.number_year = numbers.year_of(form, day)
        same = tx.scalars(
            select(Meeting.id).where(
                Meeting.body_id == meeting.body_id,
                Meeting.number_year == meeting.number_year,
                Meeting.number == meeting.number,
            )
        ).all()
        if any(id != meeting.id for id in same):
            free = numbers.upcoming(tx, body_id=meeting.body_id, kind=DrawnKind.MEETING, day=day)
            raise UserError(
                N_("This body already has a meeting number {n}."),
                hint=N_("The next free number is {free}."),
                n=meeting.number,
                free=free.number,
            )
        numbers.refuse_drawn(
            tx, meeting.body_id, DrawnKind.MEETING, day, meeting.number, meeting.id
        )


def _written(tx: Session, meeting: Meeting) -> str:
    """Return the meeting's number as the body writes it."""
    if meeting.number is None:
        return ""
    day = clock.local(meeting.starts_at).date()
    form = numbers.form_of(tx, meeting.body_id, DrawnKind.MEETING, day)
    return numbers.written(form, meeting.number, day)
