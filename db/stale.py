"""What a save would overwrite that its form has never shown.

A form looked at the office as it was at an entry of the journal. When it saves, every value it
would change is compared with what others changed since: the rule is by column, so two people who
change different fields of one record are not in each other's way, and a form that writes back an
old value it merely showed is caught all the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from db import journal
from db.changes import Image, RowChange
from db.errors import Conflict
from db.images import canonical
from db.schema.journal import change_log, row_change

Key = tuple[str, tuple[Any, ...]]
AT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(slots=True)
class Look:
    """What somebody has looked at who is about to write: the journal up to `entry`.

    What came from the same `origin` (Store.origin) is theirs: one window shows what it wrote.
    `decided` are the values they took from others by the keyword that gives them; a `rehearsal`
    tells what is in the way and writes nothing.
    """

    entry: int
    origin: str = ""
    decided: dict[str, Any] = field(default_factory=dict)
    rehearsal: bool = False

    def asked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is asked for with what was decided in its place."""
        return {name: self._decided(name, value) for name, value in values.items()}

    def _decided(self, name: str, value: Any) -> Any:
        if name in self.decided:
            return self.decided[name]
        if isinstance(value, dict):
            return {key: self.decided.get(key, held) for key, held in value.items()}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = {one.name for one in dataclasses.fields(value)}
            return dataclasses.replace(
                value, **{key: held for key, held in self.decided.items() if key in names}
            )
        return value


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that another person changed since and this save would change: `theirs` stands now.

    `was` is what the form had shown. `given` is the keyword that gives `mine`; without it the
    whole row goes or comes with the save, and `column` is empty.
    """

    table: str
    pk: tuple[Any, ...]
    column: str
    was: Any
    theirs: Any
    mine: Any
    who: str
    at: dt.datetime
    given: str = ""


class Stale(Conflict):
    """A save would overwrite what its form has never shown; `entry` is the journal's newest."""

    def __init__(self, clashes: Sequence[Clash], entry: int) -> None:
        super().__init__(", ".join(sorted({one.table for one in clashes})))
        self.clashes, self.entry = tuple(clashes), entry


def refuse(
    connection: Connection,
    rows: Sequence[RowChange],
    look: Look,
    values: Mapping[str, Any],
    head: int,
) -> None:
    """Raise Stale when `rows`, about to be written, overwrite what `look` has not seen.

    A rehearsal always raises it, without clashes where there are none.
    """
    found = clashes(connection, rows, look, values) if head > look.entry else []
    if found or look.rehearsal:
        raise Stale(found, head)


def clashes(
    connection: Connection, rows: Iterable[RowChange], look: Look, values: Mapping[str, Any]
) -> list[Clash]:
    """Return what others changed after `look` among the values that `rows` change."""
    mine = _whole(rows)
    if not mine:
        return []
    since = _since(connection, mine, look)
    names, texts = _given(values)
    found = []
    for key, (before, after) in mine.items():
        theirs = since.get(key)
        if theirs is None:
            continue
        if after is None:
            who, at = theirs[-1][1:]
            found.append(Clash(*key, "", theirs[0][0].before, before, None, who, at))
            continue
        for column, now in before.items():
            wanted = after[column]
            if column == "version" or now == wanted:
                continue
            given = column if column in names else texts.get(_hashable(wanted), "")
            changes = [entry for entry in theirs if _changes(entry[0], column)]
            if not given or not changes:
                continue
            was = (changes[0][0].before or {}).get(column)
            if was == now:
                continue  # changed, and changed back
            who, at = changes[-1][1:]
            found.append(Clash(*key, column, was, now, wanted, who, at, given))
    return found


def changed_since(
    connection: Connection, table: str, pk: tuple[Any, ...], look: Look
) -> tuple[str, dt.datetime] | None:
    """Return who changed a row last after `look`, and when; None when nobody did."""
    found = _since(connection, {(table, pk): None}, look).get((table, pk))
    return found[-1][1:] if found else None


def _whole(rows: Iterable[RowChange]) -> dict[Key, tuple[Image, Image | None]]:
    """Return each row that was there as it was first and is last; rows that are new clash with none."""
    whole: dict[Key, tuple[Image, Image | None]] = {}
    fresh: set[Key] = set()
    for row in rows:
        key = (row.table, row.pk)
        if key in whole:
            whole[key] = (whole[key][0], row.after)
        elif row.before is None or key in fresh:
            fresh.add(key)
        else:
            whole[key] = (row.before, row.after)
    return whole


def _since(
    connection: Connection, keys: Iterable[Key], look: Look
) -> dict[Key, list[tuple[RowChange, str, dt.datetime]]]:
    wanted = {(table, canonical(pk)): (table, pk) for table, pk in keys}
    query = (
        select(row_change, change_log.c.who, change_log.c.at)
        .join(change_log, change_log.c.id == row_change.c.change_id)
        .where(
            row_change.c.change_id > look.entry,
            row_change.c.tbl.in_({table for table, _pk in wanted}),
            row_change.c.pk.in_({pk for _table, pk in wanted}),
            change_log.c.origin != look.origin,
            # Personal data that was erased since leaves nothing to compare with.
            row_change.c.body.is_not(None),
        )
        .order_by(row_change.c.change_id, row_change.c.n)
    )
    found: dict[Key, list[tuple[RowChange, str, dt.datetime]]] = {}
    for image in connection.execute(query).all():
        key = wanted.get((image.tbl, image.pk))
        if key is not None:
            at = dt.datetime.strptime(image.at, AT).replace(tzinfo=dt.UTC)
            found.setdefault(key, []).append((journal.row_of(image), image.who, at))
    return found


def _changes(row: RowChange, column: str) -> bool:
    before, after = row.before or {}, row.after or {}
    return bool(before.get(column) != after.get(column))


def _given(values: Mapping[str, Any]) -> tuple[set[str], dict[Any, str]]:
    """Return the names a use case is given, and the longer values with the name of each.

    A value names its column where a use case calls it otherwise; truths and small numbers do not,
    because many columns hold them.
    """
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat |= {str(key): held for key, held in value.items()}
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            flat |= {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        flat[name] = value
    told = {
        value: name
        for name, value in flat.items()
        if (isinstance(value, str) and value) or isinstance(value, dt.date)
    }
    return set(flat), told


def _hashable(value: Any) -> Any:
    return value if isinstance(value, (str, dt.date)) else None
