"""When each record was entered, which due days were moved too late, and what was taken out.

All of it from the journal: a monitor sees a record written a month after the matter, a deadline
moved when it had passed, and a row that a former copy had and this one has not. What everybody gets
names no step of the office, nor the day on which something that stays inside may have been edited.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

import resources
from db import schema
from db.schema.journal import change_log, row_change
from db.schema.snapshots import Snapshot
from db.vocab import Profile
from gwangju_desktop import clock
from gwangju_desktop.snapshots.derived import Context, Derived, DerivedColumn
from gwangju_desktop.snapshots.sqlite_file import Row
from gwangju_desktop.text import C_, Msg, words


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as late, and which columns say when: resources/entries.toml."""

    late_days: int
    occurred: Mapping[str, str]
    due: Mapping[str, tuple[str, ...]]


@cache
def rules() -> Rules:
    """Read the rules."""
    data = tomllib.loads(resources.path("entries.toml").read_text(encoding="utf-8"))
    due = {table: tuple(columns) for table, columns in data["due"].items()}
    return Rules(data["late"]["days"], data["occurred"], due)


@dataclass(frozen=True, slots=True)
class _Times:
    """The days of the journal's entries, and its first and last entry for every record."""

    days: Mapping[int, str]
    spans: Mapping[str, Mapping[int, tuple[int, int]]]


def _times(read: Session) -> _Times:
    days = {
        number: _day(at)
        for number, at in read.execute(select(change_log.c.id, change_log.c.at)).all()
    }
    first, last = func.min(row_change.c.change_id), func.max(row_change.c.change_id)
    spans: dict[str, dict[int, tuple[int, int]]] = {}
    grouped = select(row_change.c.tbl, row_change.c.pk, first, last)
    for table, key, begun, reached in read.execute(
        grouped.group_by(row_change.c.tbl, row_change.c.pk)
    ):
        number = _number(key)
        if number is not None:
            spans.setdefault(table, {})[number] = (begun, reached)
    return _Times(days, spans)


# --- record_entry ---------------------------------------------------------------------------------


def _gather_entries(read: Session) -> tuple[_Times, dict[tuple[str, int], str]]:
    occurred: dict[tuple[str, int], str] = {}
    for name, column in rules().occurred.items():
        table = schema.table(name)
        wanted = table.c[column]
        for number, when in read.execute(
            select(table.c.id, wanted).where(wanted.is_not(None))
        ).all():
            day = clock.local(when).date() if isinstance(when, dt.datetime) else when
            occurred[name, number] = day.isoformat()
    return _times(read), occurred


def _entry_rows(gathered: Any, context: Context) -> list[Row]:
    times, occurred = gathered
    days, most = times.days, rules().late_days
    rows: list[Row] = []
    for table, spans in times.spans.items():
        for number, (begun, reached) in spans.items():
            if not context.shows(table, number):
                continue
            entered, happened = _until(days[begun], context), occurred.get((table, number))
            after = _days_between(happened, entered) if happened else None
            late = after if after is not None and after > most else None
            changed = None if _public(context) and not context.whole(table) else days[reached]
            rows.append(
                (
                    table,
                    context.code(table, number),
                    happened,
                    entered,
                    changed and _until(changed, context),
                    late,
                )
            )
    return rows


# --- moved_due ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    """One change of a day by which something was due."""

    table: str
    number: int
    column: str
    before: str
    after: str
    entry: int
    day: str
    label: str


def _undone(read: Session) -> set[int]:
    """Return the entries that were taken back and not done again since."""
    kind, target = change_log.c.kind, change_log.c.target
    steps = select(target, kind).where(kind.in_(("undo", "redo"))).order_by(change_log.c.id)
    last = dict(read.execute(steps).all())
    return {number for number, what in last.items() if what == "undo"}


def _gather_moves(read: Session) -> list[_Move]:
    undone = _undone(read)
    query = (
        select(
            row_change.c.tbl,
            row_change.c.pk,
            row_change.c.body,
            change_log.c.id,
            change_log.c.at,
            change_log.c.label,
        )
        .join(change_log, change_log.c.id == row_change.c.change_id)
        .where(row_change.c.tbl.in_(list(rules().due)), change_log.c.kind == "do")
        .where(row_change.c.body.is_not(None))
        .order_by(change_log.c.id, row_change.c.n)
    )
    found: list[_Move] = []
    for table, key, body, entry, at, label in read.execute(query):
        number = _number(key)
        if number is None or body.startswith("[null,") or entry in undone:
            continue
        before, after = json.loads(body)
        for column in rules().due[table] if after is not None else ():
            was, now = before.get(column), after.get(column)
            # A day that is done with is taken off, not moved.
            if None not in (was, now) and was != now:
                found.append(_Move(table, number, column, was, now, entry, _day(at), label))
    return found


def _move_rows(gathered: Any, context: Context) -> list[Row]:
    rows: list[Row] = []
    for move in gathered:
        day = _until(move.day, context)
        passed = _days_between(move.before, day)
        if passed > 0 and context.shows(move.table, move.number):
            ko, en = _said(MOVED if _public(context) else move.label)
            code = context.code(move.table, move.number)
            place = (move.table, code, move.column, move.entry)
            rows.append((*place, move.before, move.after, day, passed, ko, en))
    return rows


# --- withdrawn ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gone:
    """A record that a former copy may have had and that is no more."""

    table: str
    number: int
    day: str
    label: str


def _gather_gone(read: Session) -> list[_Gone]:
    heads = list(read.scalars(select(Snapshot.audit_id).order_by(Snapshot.audit_id)))
    if not heads:
        return []
    ended = case((row_change.c.body.like("%,null]"), 1), else_=0)
    query = (
        select(
            row_change.c.tbl,
            row_change.c.pk,
            func.min(row_change.c.change_id),
            func.max(row_change.c.change_id),
        )
        .group_by(row_change.c.tbl, row_change.c.pk)
        # Erased images say nothing of themselves: whether such a row is there is asked below.
        .having((func.max(ended) == 1) | (func.count(row_change.c.body) < func.count()))
    )
    spans = [
        (table, number, begun, reached)
        for table, key, begun, reached in read.execute(query).all()
        if (number := _number(key)) is not None and any(begun <= head < reached for head in heads)
    ]
    entries = {
        row.id: row
        for row in read.execute(select(change_log.c.id, change_log.c.at, change_log.c.label))
    }
    here: dict[str, set[int]] = {}
    for table in {table for table, *_ in spans}:
        try:
            known = schema.table(table)
        except KeyError:
            continue
        if "id" in known.c:
            here[table] = set(read.scalars(select(known.c.id)))
    return [
        _Gone(table, number, _day(entries[reached].at), entries[reached].label)
        for table, number, _begun, reached in spans
        if table in here and number not in here[table]
    ]


def _gone_rows(gathered: Any, context: Context) -> list[Row]:
    return [
        (
            gone.table,
            context.code(gone.table, gone.number),
            _until(gone.day, context),
            *_said(TAKEN_OUT if _public(context) else gone.label),
        )
        for gone in gathered
        # A register that stays in the office says nothing of what is no more in it either.
        if context.has(gone.table)
    ]


# What a step of the office is called where its own name stays inside.
MOVED = C_("public step", "Due day moved")
TAKEN_OUT = C_("public step", "Record taken out")


# --- small things ---------------------------------------------------------------------------------


def _number(key: str) -> int | None:
    """Return the id of a record's key as the journal writes it, None for a key of several parts."""
    inner = key[1:-1]
    return int(inner) if inner.isdecimal() else None


def _day(at: str) -> str:
    """Return the day on the office's wall clock of an entry of the journal."""
    return clock.local(dt.datetime.fromisoformat(at.replace("Z", "+00:00"))).date().isoformat()


def _until(day: str, context: Context) -> str:
    """Return a day of the journal, never after the copy: an office may live on a fixed day."""
    return min(day, context.made_on)


def _days_between(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def _said(label: str) -> tuple[str, str]:
    message = label if isinstance(label, Msg) else Msg(label)
    return words("ko")(message), words("en")(message)


def _public(context: Context) -> bool:
    return context.profile == Profile.PUBLIC


def _iterate() -> Iterator[Derived]:
    place = (
        DerivedColumn("table_name", "TEXT", "text", "표", "Table"),
        DerivedColumn("row_code", "TEXT", "code", "기록", "Record"),
    )
    step = (
        DerivedColumn("step_ko", "TEXT", "text", "처리", "Step (Korean)"),
        DerivedColumn("step_en", "TEXT", "text", "처리(영문)", "Step"),
    )
    yield Derived(
        "record_entry",
        "입력 시점",
        "When records were entered",
        (
            *place,
            DerivedColumn("occurred_on", "TEXT", "date", "있은 날", "Occurred on"),
            DerivedColumn("first_entered_on", "TEXT", "date", "처음 입력한 날", "First entered on"),
            DerivedColumn(
                "last_changed_on", "TEXT", "date", "마지막으로 고친 날", "Last changed on"
            ),
            DerivedColumn("late_days", "INTEGER", "number", "늦은 입력(일)", "Days late"),
        ),
        2,
        _gather_entries,
        _entry_rows,
    )
    yield Derived(
        "moved_due",
        "지난 뒤에 옮긴 기한",
        "Due days moved after they had passed",
        (
            *place,
            DerivedColumn("column_name", "TEXT", "text", "열", "Column"),
            DerivedColumn("entry", "INTEGER", "number", "감사 번호", "Audit number"),
            DerivedColumn("before", "TEXT", "date", "옮기기 전", "Before"),
            DerivedColumn("after", "TEXT", "date", "옮긴 뒤", "After"),
            DerivedColumn("moved_on", "TEXT", "date", "옮긴 날", "Moved on"),
            DerivedColumn("days_after", "INTEGER", "number", "기한 뒤 일수", "Days after"),
            *step,
        ),
        4,
        _gather_moves,
        _move_rows,
    )
    yield Derived(
        "withdrawn",
        "없어진 기록",
        "Records taken out",
        (
            *place,
            DerivedColumn("withdrawn_on", "TEXT", "date", "없어진 날", "Taken out on"),
            *step,
        ),
        2,
        _gather_gone,
        _gone_rows,
    )


TABLES = tuple(_iterate())
