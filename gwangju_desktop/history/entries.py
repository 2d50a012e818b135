"""The journal's entries: found by who, when, what kind and which record; told line by line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.schema.journal import change_log, row_change
from gwangju_desktop import clock
from gwangju_desktop.history import belonging, images, labels, telling
from gwangju_desktop.history.images import ADDED, CHANGED, DELETED, ERASED, Row
from gwangju_desktop.history.naming import Names
from gwangju_desktop.text import Msg, say

Record = tuple[str, int]
FIRST_ROWS = 4  # rows of an entry that are read to tell it in a line
MOST_IN = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None is any.

    `kind` is a kind of entry, `act` what was done to its first row (added, changed, deleted or
    erased), `area` a kind of record, `record` one record with what belongs to it, `since` and
    `until` days of the office's clock, `words` what it says.
    """

    kind: str | None = None
    act: str | None = None
    who: str | None = None
    area: str | None = None
    record: Record | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""


EVERY = Filters()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a list; `at` is on the office's clock, None when a stranger made it unreadable.

    `table` and `record` are of the row it is about, `undone` says that it was taken back since.
    """

    id: int
    at: dt.datetime | None
    who: str
    kind: str
    act: str
    label: Msg
    sentence: str
    target: int | None
    rows: int
    table: str
    record: int
    undone: bool
    hash: str = field(repr=False, default="")


def ids(read: Session, filters: Filters = EVERY, limit: int | None = None) -> list[int]:
    """Return the ids of the entries that pass, the newest first."""
    query = select(change_log.c.id).order_by(change_log.c.id.desc())
    for condition in _conditions(filters):
        query = query.where(condition)
    if filters.record is not None:
        told = belonging.entries_of(read, *filters.record)
        # Undoing it tells of the record by its rows; filters narrow what was found.
        passing = [id for id in read.scalars(query) if id in told] if _narrow(filters) else told
        found = sorted(passing, reverse=True)
    elif filters.words.strip():
        return _said(read, query, filters.words.strip(), limit)
    else:
        return list(read.scalars(query.limit(limit)))
    if filters.words.strip():
        wanted = set(_said(read, query, filters.words.strip(), None))
        found = [id for id in found if id in wanted]
    return found[:limit]


def under_days(read: Session, filters: Filters = EVERY, limit: int | None = None) -> list[int]:
    """Return the entries that pass, and before those of each day its first entry's number below zero.

    A day is the office's; entries whose moment cannot be read stand under the day before them.
    """
    found = ids(read, filters, limit)
    at = days(read, found)
    told: list[int] = []
    last: dt.date | None = None
    for id in found:
        day = at.get(id, last)
        if day != last or not told:
            told.append(-id)
            last = day
        told.append(id)
    return told


def days(read: Session, ids: Sequence[int]) -> dict[int, dt.date]:
    """Return the office's day of each entry; those whose moment cannot be read are left out."""
    found: dict[int, dt.date] = {}
    for start in range(0, len(ids), MOST_IN):
        query = select(change_log.c.id, change_log.c.at).where(
            change_log.c.id.in_(ids[start : start + MOST_IN])
        )
        for id, written in read.execute(query):
            if (at := moment(written)) is not None:
                found[id] = at.date()
    return found


def lines(read: Session, ids: Sequence[int]) -> list[Line]:
    """Return entries told in lines, in the order of `ids`; those that are gone are left out."""
    last = (
        select(func.max(row_change.c.n))
        .where(row_change.c.change_id == change_log.c.id)
        .scalar_subquery()
    )
    entries = read.execute(
        select(change_log, last.label("last")).where(change_log.c.id.in_(ids))
    ).all()
    rows = first_rows(read, ids)
    leading = [row for some in rows.values() if (row := telling.lead(some)) is not None]
    names = Names(read, leading, brief=True)
    undone = taken_back(read, ids)
    told = {
        entry.id: _line(entry, rows.get(entry.id, []), names, entry.id in undone)
        for entry in entries
    }
    return [told[id] for id in ids if id in told]


def first_rows(read: Session, ids: Iterable[int]) -> dict[int, list[Row]]:
    """Return the first few rows of entries, enough to tell them."""
    found = read.execute(
        select(
            row_change.c.change_id,
            row_change.c.tbl,
            row_change.c.pk,
            row_change.c.body,
            row_change.c.subject,
        )
        .where(row_change.c.change_id.in_(list(ids)), row_change.c.n < FIRST_ROWS)
        .order_by(row_change.c.change_id, row_change.c.n)
    ).all()
    rows: dict[int, list[Row]] = {}
    for image in found:
        row = images.read(image.tbl, image.pk, image.body, image.subject)
        rows.setdefault(image.change_id, []).append(row)
    return rows


def taken_back(read: Session, ids: Sequence[int]) -> set[int]:
    """Return those of the entries whose effect was taken back and not brought again since.

    A step that took one back may have been taken back itself.
    """
    if not ids:
        return set()
    steps = read.execute(
        select(change_log.c.id, change_log.c.target, change_log.c.kind)
        .where(change_log.c.id > min(ids), change_log.c.kind.in_(("undo", "redo")))
        .order_by(change_log.c.id.desc())
    ).all()
    # The newest step that holds decides; what happened to a step is newer than the step.
    settled: dict[int, str] = {}
    for step in steps:
        if settled.get(step.id) != "undo":
            settled.setdefault(step.target, step.kind)
    return {id for id in ids if settled.get(id) == "undo"}


def people(read: Session) -> list[str]:
    """Return who wrote anything, by name."""
    return sorted(read.scalars(select(change_log.c.who).distinct()))


def span(read: Session) -> tuple[int, dt.datetime | None]:
    """Return how many entries there are and when the first was written, on the office's clock."""
    first = read.execute(select(change_log.c.at).order_by(change_log.c.id).limit(1)).first()
    last = read.scalar(select(func.max(change_log.c.id)))
    return int(last or 0), moment(first.at) if first else None


def moment(written: object) -> dt.datetime | None:
    """Return when an entry was written, on the office's clock; None where that cannot be read."""
    try:
        read = dt.datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return clock.local(read if read.tzinfo else read.replace(tzinfo=dt.UTC))


def _line(entry: Any, rows: Sequence[Row], names: Names, undone: bool) -> Line:
    count = 0 if entry.last is None else entry.last + 1
    told = telling.Told(entry.who, entry.kind, entry.label, rows, count)
    first = telling.lead(rows)
    return Line(
        entry.id,
        moment(entry.at),
        entry.who,
        entry.kind,
        first.act if first else "",
        Msg(entry.label),
        telling.sentence(told, names),
        entry.target,
        count,
        first.table if first else "",
        first.id if first else 0,
        undone,
        entry.hash.hex() if isinstance(entry.hash, bytes) else "",
    )


# --- what passes -----------------------------------------------------------------------------------


def _narrow(filters: Filters) -> bool:
    return any((filters.kind, filters.act, filters.who, filters.area, filters.since, filters.until))


def _conditions(filters: Filters) -> Iterable[ColumnElement[bool]]:
    if filters.kind is not None:
        yield change_log.c.kind == filters.kind
    if filters.who is not None:
        yield change_log.c.who == filters.who
    if filters.since is not None:
        yield change_log.c.at >= _midnight(filters.since)
    if filters.until is not None:
        yield change_log.c.at < _midnight(filters.until + dt.timedelta(days=1))
    if filters.area is not None:
        tables = labels.load().of_area(filters.area)
        yield _some_row(row_change.c.n < FIRST_ROWS, row_change.c.tbl.in_(tables))
    if filters.act is not None:
        yield _some_row(row_change.c.n == 0, _acted(filters.act))


def _midnight(day: dt.date) -> str:
    midnight = dt.datetime.combine(day, dt.time(), clock.KST).astimezone(dt.UTC)
    return midnight.strftime("%Y-%m-%dT%H:%M")


def _some_row(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    here = row_change.c.change_id == change_log.c.id
    return select(row_change.c.n).where(here, *conditions).exists()


def _acted(act: str) -> ColumnElement[bool]:
    """Say what was done to a row by the form of its images."""
    body = row_change.c.body
    new, gone = body.startswith("[null,"), body.endswith(",null]")
    if act == ERASED:
        return body.is_(None)
    if act == ADDED:
        return new
    if act == DELETED:
        return and_(gone, ~new)
    assert act == CHANGED
    return and_(body.is_not(None), ~new, ~gone)


def _said(read: Session, query: Any, words: str, limit: int | None) -> list[int]:
    """Return the entries whose act or rows say `words`; what is masked is not searched."""
    known = read.scalars(select(change_log.c.label).distinct()).all()
    wanted = words.casefold()
    acts = [label for label in known if wanted in f"{label}\n{say(Msg(label))}".casefold()]
    quoted = json.dumps(words, ensure_ascii=False)[1:-1]
    holding = row_change.c.body.icontains(quoted, autoescape=True)
    masking = row_change.c.tbl.in_(labels.load().masking())
    found: set[int] = set(
        read.scalars(
            query.where(
                or_(
                    change_log.c.label.in_(acts),
                    change_log.c.who.icontains(words, autoescape=True),
                    _some_row(holding, ~masking),
                )
            ).limit(limit)
        )
    )
    asked = (
        select(row_change.c.change_id, row_change.c.tbl, row_change.c.pk, row_change.c.body)
        .where(holding, masking)
        .order_by(row_change.c.change_id.desc())
    )
    shown = {
        image.change_id
        for image in read.execute(asked)
        if _says(images.read(image.tbl, image.pk, image.body), wanted)
    }
    if shown - found:
        some = sorted(shown - found)
        for start in range(0, len(some), MOST_IN):
            part = some[start : start + MOST_IN]
            found |= set(read.scalars(query.where(change_log.c.id.in_(part))))
    return sorted(found, reverse=True)[:limit]


def _says(row: Row, wanted: str) -> bool:
    held = labels.load()
    return any(
        wanted in str(value).casefold()
        for image in (row.before, row.after)
        for column, value in (image or {}).items()
        if isinstance(value, str) and not held.masked(row.table, column)
    )
