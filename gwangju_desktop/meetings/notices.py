"""The notice of a meeting as plain text for messengers and e-mail; nobody is named in it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.vocab import DrawnKind, ItemState, MeetingKind
from gwangju_desktop.meetings import numbers, queries
from gwangju_desktop.meetings.rows import MeetingDetail
from gwangju_desktop.meetings.words import ITEM_KINDS
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_, say

HEAD = N_("[{body}] Notice: {meeting}")
WHEN = N_("○ Date and time: {when}")
DEADLINE = N_("○ Reply by: {by:when}")
WHERE = N_("○ Place: {place}")
ITEMS = N_("○ Agenda")
LINE = N_("{label}. {title} ({kind})")
ASKED = N_(
    "○ Reply: please say by {by:when} whether you attend, as “name attending” or “name absent”."
)
ASKED_SOON = N_("○ Reply: please say whether you attend, as “name attending” or “name absent”.")
BALLOT = N_("○ How: please send back the ballot sheet with your vote and opinion.")
PAPERS = N_("○ Papers: to be sent by {by:long}.")
FROM = N_("○ Enquiries: {office}")


def notice_text(read: Session, *, meeting_id: int) -> str:
    """Return the notice in the current language: body, number, when, where, agenda, reply wish.

    Restricted items stand there under their public title; no name, number or address of anybody.
    """
    meeting = queries.meeting(read, id=meeting_id)
    written = meeting.kind == MeetingKind.WRITTEN
    lines = [say(HEAD, body=named(meeting.body_ko, meeting.body_en), meeting=title(read, meeting))]
    if written:
        lines.append(say(DEADLINE, by=meeting.reply_by or meeting.starts_at))
    else:
        lines.append(say(WHEN, when=clock_time(meeting.starts_at, meeting.ends_at)))
        if meeting.place:
            lines.append(say(WHERE, place=meeting.place))
    items = public_agenda(read, meeting_id=meeting_id)
    if items:
        lines += [say(ITEMS), *(f"  {item}" for item in items)]
    if meeting.distributed_on is None and not written:
        lines.append(say(PAPERS, by=meeting.materials_due))
    if written:
        lines.append(say(BALLOT))
    elif meeting.reply_by is not None:
        lines.append(say(ASKED, by=meeting.reply_by))
    else:
        lines.append(say(ASKED_SOON))
    if meeting.secretariat:
        lines.append(say(FROM, office=meeting.secretariat))
    return "\n".join(lines)


def title(read: Session, meeting: MeetingDetail) -> str:
    """Return a meeting's title; before the number is drawn, with the one it is likely to get."""
    if meeting.number is not None:
        return meeting.title
    day = meeting.starts_at.date()
    likely = numbers.upcoming(
        read, body_id=meeting.body_id, kind=DrawnKind.MEETING, day=day, subject_id=meeting.id
    )
    return say(N_("{number} (planned) {title}"), number=likely.text, title=meeting.title)


def clock_time(starts: dt.datetime, ends: dt.datetime) -> str:
    """Write from when to when: `2022. 3. 17.(목) 14:00~16:00`; past midnight the day is named."""
    if ends.date() == starts.date():
        return say(N_("{from_:when}–{to:time}"), from_=starts, to=ends)
    return say(N_("{from_:when} – {to:when}"), from_=starts, to=ends)


def public_agenda(read: Session, *, meeting_id: int) -> list[str]:
    """Return a line for each item with a number; nested ones a step further in."""
    open_titles = {
        row.id: row.open_title
        for row in read.execute(
            select(AgendaItem.id, AgendaItem.open_title).where(
                AgendaItem.meeting_id == meeting_id, AgendaItem.restricted.is_(True)
            )
        )
    }
    told = []
    for row in queries.agenda(read, meeting_id=meeting_id):
        if not row.number or row.state == ItemState.WITHDRAWN:
            continue
        shown = public_title(row.title, row.restricted, open_titles.get(row.id, ""))
        line = say(LINE, label=row.number, title=shown, kind=ITEM_KINDS[row.kind])
        told.append(f"  {line}" if row.nested else line)
    return told


def public_title(own: str, restricted: bool, open_title: str) -> str:
    """Return the title an item has outside the body."""
    if not restricted:
        return own
    return open_title or say(N_("Item not open to the public"))
