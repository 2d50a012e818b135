"""Take a calendar in: what each event would do, then the same in one step.

An event is known again by its identifier (UID), so that a file read twice doubles nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.members import Body
from db.store import usecase
from db.vocab import MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.meetings import rules, usecases
from gwangju_desktop.meetings.calendar_reading import Event, Source
from gwangju_desktop.members import barred
from gwangju_desktop.members.importing.model import Change, Plan, Row
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_, NN_

FIELDS = ("title", "starts_at", "minutes", "place")


@dataclass(frozen=True, slots=True)
class Act:
    """One meeting to add (`id` None) or to change."""

    id: int | None
    body_id: int
    uid: str
    values: dict[str, Any]
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Intake:
    """What a calendar would do: its rows for the eye, its acts for the office."""

    plan: Plan = field(default_factory=Plan)
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Body:
    id: int
    names: frozenset[str]
    shown: str


def plan(read: Session, *, source: Source, body_id: int | None = None) -> Intake:
    """Say what each event of a calendar would do; `body_id` takes them for meetings of that body.

    Without it an event says by its category or the beginning of its title which body meets.
    """
    made = Intake()
    made.plan.remarks = list(source.remarks)
    office = _Office(read, body_id)
    for event in source.events:
        row, acts = office.judge(event)
        made.plan.rows.append(row)
        made.acts += acts
    return made


@saved_first(Why.IMPORT)
@usecase("Import calendar")
def import_calendar(tx: Session, *, source: Source, body_id: int | None = None) -> dict[str, Any]:
    """Take a calendar in; return how many events did what, and the ids of the meetings.

    Events that cannot be meetings are left out; raises UserError when nothing else is there.
    """
    made = plan(tx, source=source, body_id=body_id)
    counts = made.plan.counts
    if made.plan.rows and counts["refused"] == len(made.plan.rows):
        raise refusal(source, made)
    added, changed = [], []
    for act in made.acts:
        if act.id is None:
            id = usecases.add_meeting(tx, body_id=act.body_id, **act.values)
            added.append(id)
        else:
            id = act.id
            differing = {change.field: change.new for change in act.changes}
            if differing:
                usecases.edit_meeting(tx, id=id, **differing)
            changed.append(id)
        meeting = tx.get_one(Meeting, id)
        if meeting.uid != act.uid:
            meeting.uid = act.uid
        tx.flush()
    return {**counts, "meetings_added": added, "meetings_changed": changed}


def refusal(source: Source, made: Intake) -> UserError:
    """Return the refusal of a file of which nothing can be taken in: its first event's."""
    first = next(row for row in made.plan.rows if row.kind == "refused")
    return UserError(
        N_("{file}, line {line}: {why}"),
        hint=N_("Nothing was imported."),
        file=source.name,
        line=first.line,
        why=str(first.why),
    )


class _Office:
    """The bodies and meetings events are compared with."""

    def __init__(self, read: Session, body_id: int | None) -> None:
        self.bodies = [
            _Body(
                row.id,
                frozenset(
                    _folded(name)
                    for name in (row.name_ko, row.name_en, row.short_ko, row.short_en)
                    if name.strip()
                ),
                named(row.short_ko or row.name_ko, row.short_en or row.name_en),
            )
            for row in read.execute(
                select(Body.id, Body.name_ko, Body.name_en, Body.short_ko, Body.short_en).order_by(
                    Body.id
                )
            )
        ]
        self.given = next((body for body in self.bodies if body.id == body_id), None)
        if body_id is not None and self.given is None:
            raise UserError(N_("There is no body {id}."), id=body_id)
        rows = read.execute(
            select(
                Meeting.id,
                Meeting.body_id,
                Meeting.uid,
                Meeting.title,
                Meeting.starts_at,
                Meeting.minutes,
                Meeting.place,
                Meeting.state,
                Meeting.kind,
            )
        ).all()
        self.by_uid = {row.uid: row for row in rows if row.uid}
        self.by_time = {(row.body_id, row.starts_at): row for row in rows}

    def judge(self, event: Event) -> tuple[Row, list[Act]]:
        """Say what becomes of an event and all its times."""
        body = self._body(event)
        shown = body.shown if body else ""
        if event.why is not None:
            row = Row(event.line, "refused", event.title, shown, event.why, event.column)
            return row, []
        acts: list[Act] = []
        whys: list[Remark] = []
        same = 0
        for uid, starts in event.times:
            try:
                act = self._one(event, body, uid, starts)
            except UserError as error:
                whys.append(remark(error.message, **error.values))
                continue
            if act is None:
                same += 1
            else:
                acts.append(act)
        return self._row(event, shown, acts, whys, same), acts

    def _row(self, event: Event, shown: str, acts: list[Act], whys: list[Remark], same: int) -> Row:
        row = Row(event.line, "same", event.title, shown)
        if whys and not acts and not same:
            row.kind, row.why = "refused", whys[0]
        elif any(act.id is None for act in acts):
            row.kind = "add"
            row.why = _told(event, [act for act in acts if act.id is None])
        elif acts:
            row.kind = "change"
            row.changes = acts[0].changes
            if len(acts) > 1:
                row.changes = ()
                row.why = remark(NN_("{n} meeting changes", "{n} meetings change"), n=len(acts))
            elif not row.changes:
                row.why = remark(N_("The meeting takes the event's identifier (UID)."))
        return row

    def _body(self, event: Event) -> _Body | None:
        for uid, _starts in event.times:
            held = self.by_uid.get(uid)
            if held is not None:
                return next(body for body in self.bodies if body.id == held.body_id)
        if self.given is not None:
            return self.given
        said = [_folded(name) for name in event.bodies]
        for body in self.bodies:
            if any(name in body.names for name in said):
                return body
        title = _folded(event.title)
        starting = [
            (len(name), body)
            for body in self.bodies
            for name in body.names
            if title.startswith(name)
        ]
        return max(starting, key=lambda pair: pair[0])[1] if starting else None

    def _one(self, event: Event, body: _Body | None, uid: str, starts: dt.datetime) -> Act | None:
        """Return what one time of an event does; None where nothing changes."""
        if body is None:
            raise UserError(N_("It does not say which body meets."))
        held = self.by_uid.get(uid)
        there = self.by_time.get((body.id, starts.astimezone(dt.UTC)))
        if held is None and there is not None:
            if there.uid is not None:
                raise UserError(N_("The body meets then already: {title}."), title=there.title)
            held = there
        if event.cancelled:
            return _cancelled(held)
        values = self._values(event, body, starts, held)
        barred.refuse(values)
        if held is None:
            return Act(None, body.id, uid, values)
        now = {
            "title": held.title,
            "starts_at": clock.local(held.starts_at),
            "minutes": held.minutes,
            "place": held.place,
        }
        changes = tuple(
            Change(name, now[name], values[name])
            for name in FIELDS
            if values[name] != now[name] and values[name] != ""
        )
        if changes and not MeetingState(held.state).ahead:
            raise UserError(
                N_("{meeting} has been held or dropped and can no longer be changed."),
                meeting=held.title,
            )
        if not changes and held.uid == uid:
            return None
        return Act(held.id, held.body_id, uid, values, changes)

    def _values(self, event: Event, body: _Body, starts: dt.datetime, held: Any) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": _title(event, body),
            "starts_at": starts,
            "minutes": event.minutes,
            "place": writable(event.place),
        }
        if held is not None and values["title"] in rules.plain_titles(held.kind):
            # The number a meeting was given since stays in its title.
            values["title"] = held.title
        if held is None:
            known = [str(kind) for kind in MeetingKind]
            values["kind"] = event.kind if event.kind in known else MeetingKind.REGULAR.value
            values["title"] = values["title"] or rules.proposed_title(values["kind"])
        return values


def _cancelled(held: Any) -> Act | None:
    if held is None:
        raise UserError(N_("It is cancelled in the file and not planned here."))
    if MeetingState(held.state).dropped:
        return None
    raise UserError(
        N_("It is cancelled in the file: cancel {meeting} on its page, with a reason."),
        meeting=held.title,
    )


def _title(event: Event, body: _Body) -> str:
    """Return an event's title without the name of the body it begins with."""
    title = writable(event.title)
    for name in sorted(body.names, key=len, reverse=True):
        if _folded(title).startswith(name) and len(title) > len(name):
            # Folding keeps the length of Hangul and Latin letters.
            return title[len(name) :].strip(" -–·:,]")
    return title


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _told(event: Event, acts: list[Act]) -> Remark:
    """Say when the new meetings of an event are, and what was read otherwise than written."""
    times = [act.values["starts_at"] for act in acts]
    notes = "".join(f" · {note}" for note in event.notes)
    if len(times) == 1:
        message = N_("{when:when}, {n} min{notes}")
        return remark(message, when=times[0], n=event.minutes, notes=notes)
    message = N_("{n} meetings from {first:full} to {last:full}{notes}")
    return remark(message, n=len(times), first=times[0], last=times[-1], notes=notes)
