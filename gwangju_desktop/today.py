"""What is due: the next meeting, deadlines, and what changed last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.journal import change_log
from db.schema.members import Body
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.meetings.rows import Upcoming
from gwangju_desktop.members import tallies
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import C_, N_, NN_, Msg
from gwangju_desktop.today_rows import (
    Change,
    Check,
    Deadline,
    Deadlines,
    NextMeeting,
    Overview,
)

__all__ = ["Change", "Check", "Deadline", "Deadlines", "NextMeeting", "Overview"]
__all__ += ["glance", "overview"]

WEEK_DAYS = 7
CHANGES = 5
# A term that ran out longer ago than this is no news any more.
STALE_DAYS = 60
# How far ahead terms of members and the last days of bodies are looked at.
TERM_DAYS = 90
SUNSET_DAYS = 180
# How far ahead a report is named whose day follows from a plan.
PLANNED_DAYS = 60
# So many milestones and notes of action plans are named; one line counts the others.
MOST_STEPS = 12
OTHERS = NN_("{plan}: {n} other date", "{plan}: {n} other dates")


def overview(read: Session, *, today: dt.date) -> Overview:
    """Collect what is due from `today` on, and the latest changes."""
    due = [
        *_of_minutes(read, today),
        *_of_actions(read, today),
        *_of_packs(read, today),
        *_of_proposals(read, today),
        *_of_polls(read, today),
        *_of_figures(read, today),
        *_of_commitments(read, today),
        *_of_copies(read, today),
    ]
    return _collect(read, today, due, tuple(_changes(read)))


def glance(read: Session, *, today: dt.date) -> Overview:
    """Collect what is due to meetings and bodies alone: the first rows a start shows.

    Minutes, actions, packs, proposals, polls and the names of changed records need most of the
    tables, which take their time to load.
    """
    return _collect(read, today, [], ())


def _collect(
    read: Session, today: dt.date, due: list[Deadline], changes: tuple[Change, ...]
) -> Overview:
    ahead = meetings.upcoming(read, today=today)
    due = [*_of_meetings(ahead, today), *due, *_of_bodies(read, today)]
    due.sort(key=lambda deadline: (deadline.due, deadline.id))
    return Overview(
        today,
        _next(ahead[0], today) if ahead else None,
        Deadlines(
            tuple(d for d in due if d.days < 0),
            tuple(d for d in due if 0 <= d.days <= WEEK_DAYS),
            tuple(d for d in due if d.days > WEEK_DAYS),
        ),
        changes,
    )


def _next(meeting: Upcoming, today: dt.date) -> NextMeeting:
    return NextMeeting(
        id=meeting.id,
        body_id=meeting.body_id,
        body_ko=meeting.body_ko,
        body_en=meeting.body_en,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        presiding=meeting.presiding,
        days_left=(meeting.starts_at.date() - today).days,
        enrolled=meeting.enrolled,
        required=meeting.required,
        coming=meeting.coming,
        silent=meeting.silent,
        not_coming=meeting.not_coming,
        checks=(
            Check(N_("Agenda drawn up"), meeting.written, meeting.numbered, None),
            Check(N_("Notice of meeting"), int(meeting.noticed), 1, meeting.notice_due),
            Check(
                N_("Papers received"), meeting.with_papers, meeting.numbered, meeting.materials_due
            ),
            Check(
                N_("Members' replies"),
                meeting.enrolled - meeting.silent,
                meeting.enrolled,
                meeting.starts_at.date() - dt.timedelta(days=1),
            ),
        ),
    )


def _of_meetings(ahead: list[Upcoming], today: dt.date) -> Iterator[Deadline]:
    for meeting in ahead:

        def due(
            day: dt.date,
            title: Msg,
            m: Upcoming = meeting,
            table: str = "meeting",
            **more: object,
        ) -> Deadline:
            return Deadline(
                title,
                {"meeting": m.title, **more},
                N_("Meeting"),
                m.secretariat,
                day,
                (day - today).days,
                table,
                m.id,
            )

        held = meeting.starts_at.date()
        if not meeting.noticed:
            yield due(meeting.notice_due, N_("{meeting}: notice of meeting"))
        if meeting.lacking:
            numbers = "·".join(str(number) for number in meeting.lacking)
            title = N_("{meeting}: papers (item {numbers} missing)")
            yield due(meeting.materials_due, title, numbers=numbers)
        if meeting.silent:
            title = N_("{meeting}: replies of {n} members")
            yield due(held - dt.timedelta(days=1), title, table="attendance", n=meeting.silent)


_MINUTES = {
    MeetingState.CLOSED: N_("{meeting}: draft the minutes, public by then"),
    MeetingState.DRAFTED: N_("{meeting}: confirm the minutes, public by then"),
    MeetingState.CONFIRMED: N_("{meeting}: publish the minutes"),
}


def _of_minutes(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield the minutes that are not public yet, with what comes next."""
    from gwangju_desktop.meetings import publishing

    for row in publishing.to_publish(read):
        yield Deadline(
            _MINUTES[MeetingState(row.state)],
            {"meeting": row.meeting},
            N_("Minutes"),
            named(row.body_ko, row.body_en),
            row.due,
            (row.due - today).days,
            "minutes",
            row.meeting_id,
        )


def _of_actions(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield the actions that are overdue or due within a week; the others wait in their list."""
    from gwangju_desktop.meetings import actionlist

    for row in actionlist.listed(read, today=today, unfinished=True):
        if row.days <= WEEK_DAYS:
            yield Deadline(
                N_("{text}"),
                {"text": row.text},
                C_("deadlines", "Action"),
                row.department,
                row.due_on,
                row.days,
                "action",
                row.id,
            )


def _of_packs(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield the packs that did not go out though papers are due, and those that changed since."""
    from gwangju_desktop.packs import due

    for row in due.listed(read, today=today):
        message = (
            N_("{meeting}: the issued pack is out of date")
            if row.issued
            else N_("{meeting}: issue the pack")
        )
        yield Deadline(
            message,
            {"meeting": row.meeting},
            C_("deadlines", "Pack"),
            row.secretariat,
            row.due,
            (row.due - today).days,
            "pack",
            row.meeting_id,
        )


def _of_proposals(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield what is due of citizens' proposals: replies, opinions, reviews, promised days."""
    from gwangju_desktop.proposals import due

    for row in due.listed(read, today=today):
        yield _told(row, C_("deadlines", "Proposal"), row.department, today)


def _of_polls(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield what is due of polls: waves to plan, to begin and to close, answers to erase."""
    from gwangju_desktop.polls import due

    for row in due.listed(read, today=today):
        yield _told(row, C_("deadlines", "Poll"), row.commissioner, today)


def _told(row: Any, kind: Msg, owner: str, today: dt.date) -> Deadline:
    """Turn a room's row of what is due into a deadline."""
    days = (row.due - today).days
    return Deadline(row.title, row.values, kind, owner, row.due, days, row.table, row.id)


def _of_figures(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield what is due of energy figures: tables to import, recorded results that changed."""
    from gwangju_desktop.energy import due

    for row in due.listed(read, today=today):
        yield _told(row, row.kind, row.owner, today)


def _of_commitments(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield what is due of action plans: milestones, reports, the web page, evidence to read again.

    Of many milestones and notes the most urgent are named, the others of each plan counted.
    """
    from gwangju_desktop.commitments import deadlines

    kind = C_("deadlines", "Commitment")
    named_here = 0
    others: dict[int, list[Any]] = {}
    for row in deadlines.due(read, today):
        days = (row.due_on - today).days
        # A day that follows from a plan moves with it: it is named when it comes near.
        if row.planned and days > PLANNED_DAYS:
            continue
        if row.kind in (deadlines.MILESTONE, deadlines.NOTE):
            named_here += 1
            if named_here > MOST_STEPS:
                others.setdefault(row.plan_id, []).append(row)
                continue
        message, values = row.label.message, dict(row.label.values)
        yield Deadline(message, values, kind, row.owner, row.due_on, days, row.table, row.row_id)
    titles = deadlines.titles(read, others)
    for plan_id, rows in others.items():
        first = rows[0].due_on
        values = {"plan": titles[plan_id], "n": len(rows)}
        days = (first - today).days
        yield Deadline(OTHERS, values, kind, "", first, days, "action_plan", plan_id)


def _of_copies(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield the copies for monitors that are to be made by a plan's calendar, or handed over."""
    from gwangju_desktop.snapshots import due

    for row in due.listed(read, today=today):
        if (row.due - today).days <= PLANNED_DAYS:
            yield _told(row, C_("deadlines", "Review copy"), row.owner, today)


def _of_bodies(read: Session, today: dt.date) -> Iterator[Deadline]:
    """Yield the terms that end, those of one body and day as one line, and the bodies' own ends."""
    bodies = read.execute(
        select(Body.id, Body.short_ko, Body.short_en, Body.sunset_on, Body.dissolved_on)
    ).all()
    names = {row.id: named(row.short_ko, row.short_en) for row in bodies}
    grouped: dict[tuple[dt.date, int], list[tallies.Ending]] = {}
    for body_id, ending in tallies.endings(read, today, TERM_DAYS, past=STALE_DAYS):
        grouped.setdefault((ending.ends_on, body_id), []).append(ending)
    for (ends_on, body_id), people in grouped.items():
        first = people[0]
        alone = len(people) == 1
        if alone:
            title = N_("Term of {name} ends ({body})")
        else:
            title = N_("Terms of {name} and {n} more end ({body})")
        values: dict[str, object] = {
            "name": first.name,
            "n": len(people) - 1,
            "body": names[body_id],
        }
        table, id = ("person", first.id) if alone else ("body", body_id)
        yield Deadline(title, values, N_("Member"), "", ends_on, first.days, table, id)
    for row in bodies:
        if row.sunset_on is None or row.dissolved_on is not None:
            continue
        days = (row.sunset_on - today).days
        if days <= SUNSET_DAYS:
            title = N_("{body}: prolong the body or end it (last day)")
            values = {"body": names[row.id]}
            yield Deadline(title, values, N_("Body"), "", row.sunset_on, days, "body", row.id)


def _changes(read: Session) -> Iterator[Change]:
    from gwangju_desktop import subjects

    rows = read.execute(
        select(
            change_log.c.id,
            change_log.c.kind,
            change_log.c.label,
            change_log.c.who,
            change_log.c.at,
        )
        .order_by(change_log.c.id.desc())
        .limit(CHANGES)
    )
    entries = rows.all()
    called = subjects.of_entries(read, [row.id for row in entries])
    for row in entries:
        at = clock.local(dt.datetime.fromisoformat(row.at.replace("Z", "+00:00")))
        yield Change(row.id, row.kind, Msg(row.label), row.who, at, called.get(row.id, ""))
