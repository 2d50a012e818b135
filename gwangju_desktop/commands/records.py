"""`list` and `show`: the queries of the screens, printed."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_, say


def list_records(asked: argparse.Namespace) -> int:
    """Print one kind of records."""
    if (asked.what == "agenda") != (asked.meeting is not None):
        raise UsageError(say(N_("“list agenda” takes a meeting's id, other lists take none.")))
    for option, lists in _OPTIONS.items():
        if getattr(asked, option) is not None and asked.what not in lists:
            raise UsageError(
                say(N_("“list {what}” takes no --{option}."), what=asked.what, option=option)
            )
    columns, select = _LISTS[asked.what]
    with output.office(asked) as store, store.reading() as read:
        rows = select(read, asked)
    if asked.json and asked.what == "agenda":
        # Programs find records by id; a person reads an agenda in its running order.
        rows = sorted(rows, key=lambda row: row.id)
    rows = rows[: asked.limit]
    if asked.json and asked.what == "members":
        from gwangju_desktop.commands import told

        output.document([told.without_contact(row) for row in rows])
    elif asked.json:
        output.document(rows)
    else:
        output.table(columns, [[_value(row, column) for column in columns] for row in rows])
    return 0


def show_record(asked: argparse.Namespace) -> int:
    """Print one record whole; a body as it is on a day."""
    if asked.on is not None and asked.what != "body":
        raise UsageError(
            say(N_("“show {what}” takes no --{option}."), what=asked.what, option="on")
        )
    with output.office(asked) as store, store.reading() as read:
        record = _SHOWN[asked.what](read, asked)
    if asked.json:
        output.document(record)
    else:
        _print(output.plain(record))
    return 0


def _print(value: dict[str, Any], indent: str = "") -> None:
    """Write an object as indented lines in words, lists of objects below their name."""
    from gwangju_desktop.commands import labels

    for field, item in value.items():
        key = labels.label(field)
        if isinstance(item, dict):
            output.line(f"{indent}{key}:")
            _print(item, indent + "  ")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            for number, part in enumerate(item, 1):
                output.line(f"{indent}{key} {number}:")
                _print(part, indent + "  ")
        else:
            shown = ", ".join(map(str, item)) if isinstance(item, list) else item
            output.line(f"{indent}{key}: {labels.value(field, shown)}")


def _value(row: Any, column: str) -> Any:
    """Return a column of a row; `name` stands for the pair name_ko, name_en."""
    if hasattr(row, column):
        return getattr(row, column)
    return named(getattr(row, f"{column}_ko"), getattr(row, f"{column}_en"))


def record_id(value: str) -> int:
    """Read the id of a record without a code of its own; raise UserError."""
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise UserError(N_("“{id}” is not an id; the lists show them."), id=value)
    return int(value)


def day(value: str | None) -> dt.date | None:
    """Read a day of the command line; raise UserError for no day."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UserError(N_("“{day}” is not a day; write it as 2022-03-11."), day=value) from None


def _bodies(read: Session, asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.members import queries

    rows = queries.bodies(read, on=day(asked.on) or clock.today())
    return sorted(rows, key=lambda row: row.id)


def _members(read: Session, asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.members import queries

    body = record_id(asked.body) if asked.body is not None else None
    if body is not None:
        queries.body(read, id=body, on=clock.today())
    rows = queries.members(read, body_id=body, on=day(asked.on) or clock.today())
    return sorted(rows, key=lambda row: row.id)


def _meetings(read: Session, asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.meetings import queries

    body = record_id(asked.body) if asked.body is not None else None
    return queries.meetings(read, body_id=body)


def _agenda(read: Session, asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.meetings import queries

    meeting = record_id(asked.meeting)
    queries.meeting(read, id=meeting)
    return queries.agenda(read, meeting_id=meeting)


def _actions(read: Session, asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.meetings import actionlist

    body = record_id(asked.body) if asked.body is not None else None
    rows = actionlist.listed(read, today=clock.today(), body_id=body)
    return sorted(rows, key=lambda row: row.id)


def _indicators(read: Session, _asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.energy import queries

    return sorted(queries.indicators(read), key=lambda row: row.id)


def _factors(read: Session, _asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.energy import factors

    return sorted(factors.factors(read), key=lambda row: row.id)


def _datasets(read: Session, _asked: argparse.Namespace) -> Sequence[Any]:
    from gwangju_desktop.energy import queries

    return sorted(queries.datasets(read), key=lambda row: row.id)


def _body(read: Session, asked: argparse.Namespace) -> Any:
    from gwangju_desktop.commands import told

    return told.body(read, id=record_id(asked.id), on=day(asked.on) or clock.today())


def _member(read: Session, asked: argparse.Namespace) -> Any:
    from gwangju_desktop.commands import told

    return told.member(read, id=record_id(asked.id))


def _meeting(read: Session, asked: argparse.Namespace) -> Any:
    from gwangju_desktop.commands import sittings

    return sittings.meeting(read, id=record_id(asked.id))


def _dataset(read: Session, asked: argparse.Namespace) -> Any:
    from gwangju_desktop.energy import queries

    return queries.dataset(read, id=record_id(asked.id))


_LISTS: dict[str, tuple[Sequence[str], Callable[[Session, argparse.Namespace], Sequence[Any]]]] = {
    "bodies": (("id", "kind", "name", "members"), _bodies),
    "members": (("id", "name", "capacity", "role", "starts_on", "ends_on"), _members),
    "meetings": (("id", "body", "title", "starts_at", "place", "state"), _meetings),
    "agenda": (("id", "number", "kind", "title", "starts_at", "minutes", "papers"), _agenda),
    "actions": (("id", "body", "text", "department", "due_on", "state"), _actions),
    "indicators": (
        ("id", "code", "name", "unit", "frequency", "first_period", "last_period"),
        _indicators,
    ),
    "factors": (("id", "kind", "name", "value", "unit", "valid_from", "valid_to"), _factors),
    "datasets": (
        ("id", "publisher", "title", "file_name", "first_period", "last_period", "readings"),
        _datasets,
    ),
}
# The lists an option means something to; elsewhere it would be ignored without a word.
_OPTIONS: dict[str, tuple[str, ...]] = {
    "body": ("members", "meetings", "actions"),
    "on": ("bodies", "members"),
    "state": (),
    "overdue": (),
}
_SHOWN: dict[str, Callable[[Session, argparse.Namespace], Any]] = {
    "body": _body,
    "member": _member,
    "meeting": _meeting,
    "dataset": _dataset,
}
