"""The recorder, the inverse and the hash chain.

Mapper events in the flush give one image per statement, in statement order; one entry covers a
command. The hash covers salted digests of the images, never the images, so that a person's images
can be erased and the chain still verifies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper, Session, object_session

from db import bulk, schema
from db.base import Recorded
from db.changes import ChangeSet, Image, RowChange
from db.errors import Conflict, Erased
from db.images import bodies, canonical, decode
from db.schema.journal import change_log, row_change

ZERO = bytes(32)
MIGRATED = "migrate"
# The office was put together anew from a damaged file; nothing before it is taken back.
SALVAGED = "salvage"


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's last link, and the entry this command already has."""

    id: int
    hash: bytes
    done: int | None


# --- recording ------------------------------------------------------------------------------------


def _session(target: object) -> Session:
    session = object_session(target)
    if session is None or "rows" not in session.info:
        raise RuntimeError("a flush outside Store.run")
    return session


def _table(mapper: Mapper[Any]) -> Table:
    return cast(Table, mapper.local_table)


def _stored(mapper: Mapper[Any], connection: Connection, target: object) -> Image | None:
    """Return the row as the database has it; what the session remembers may be stale or partial."""
    identity = mapper.primary_key_from_instance(target)
    here = {f"key_{n}": value for n, value in enumerate(identity)}
    row = connection.execute(_by_key(_table(mapper)), here).one_or_none()
    return dict(row._mapping) if row else None


@cache
def _by_key(table: Table) -> Select[Any]:
    """Return the select of one row; built once, because a roll of a hundred asks it 300 times."""
    keys = enumerate(table.primary_key)
    return select(table).where(*(column == bindparam(f"key_{n}") for n, column in keys))


def _record(target: object, mapper: Mapper[Any], before: Image | None, after: Image | None) -> None:
    some = after if after is not None else before
    if some is None or before == after:
        return
    table = _table(mapper)
    subject = cast(type[Recorded], mapper.class_).__subject__
    _session(target).info["rows"].append(
        RowChange(
            table.name,
            tuple(some[column.name] for column in table.primary_key),
            before,
            after,
            some[subject] if subject else None,
        )
    )


@event.listens_for(Recorded, "after_insert", propagate=True)
def _inserted(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    _record(target, mapper, None, _stored(mapper, connection, target))


@event.listens_for(Recorded, "before_update", propagate=True)
@event.listens_for(Recorded, "before_delete", propagate=True)
def _will_change(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    if cast(type[Recorded], mapper.class_).__only_added__:
        raise RuntimeError(f"{_table(mapper).name}: rows are only ever added")
    _session(target).info["befores"][id(target)] = _stored(mapper, connection, target)


@event.listens_for(Recorded, "after_update", propagate=True)
def _updated(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    before = _session(target).info["befores"].pop(id(target))
    _record(target, mapper, before, _stored(mapper, connection, target))


@event.listens_for(Recorded, "after_delete", propagate=True)
def _deleted(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    _record(target, mapper, _session(target).info["befores"].pop(id(target)), None)


# --- writing the entry ----------------------------------------------------------------------------


def head(connection: Connection, command: str) -> Head:
    """Return the chain's last link under the writer's lock, in one read."""
    done = select(change_log.c.id).where(change_log.c.command == command).scalar_subquery()
    row = connection.execute(
        select(change_log.c.id, change_log.c.hash, done).order_by(change_log.c.id.desc()).limit(1)
    ).first()
    return Head(row[0], bytes(row[1]), row[2]) if row else Head(0, ZERO, None)


def append(
    connection: Connection,
    last: Head,
    *,
    kind: str,
    label: str,
    command: str,
    who: str,
    origin: str,
    rows: Sequence[RowChange],
    target: int | None = None,
    result: Any = None,
) -> ChangeSet:
    """Write one entry and its images, chained to `last`; `result` holds ids only."""
    number = last.id + 1
    count = len(rows)
    tables = [str(row.table) for row in rows]
    keys = [_key(row.pk) for row in rows]
    texts = bodies(rows)
    salts = _salts(count)
    digests = [
        sha(salt, table.encode(), key.encode(), text.encode())
        for salt, table, key, text in zip(salts, tables, keys, texts, strict=True)
    ]
    entry: dict[str, Any] = {
        "id": number,
        "at": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "who": who,
        "origin": origin,
        "kind": kind,
        "label": label,
        "command": command,
        "target": target,
        "result": canonical(result),
        "prev": last.hash,
    }
    entry["hash"] = link(entry, digests)
    connection.execute(insert(change_log), entry)
    if rows:
        columns: dict[str, Sequence[Any]] = {
            "change_id": [number] * count,
            "n": range(count),
            "tbl": tables,
            "pk": keys,
            "subject": [row.subject for row in rows],
            "digest": digests,
            "salt": salts,
            "body": texts,
        }
        bulk.put_columns(connection, row_change, columns)
    return ChangeSet(number, kind, str(label), command, origin, target, tuple(rows), result)


def _salts(count: int) -> list[bytes]:
    """Return random salts of 16 bytes; the system is asked for them once."""
    drawn = secrets.token_bytes(16 * count)
    return [drawn[at : at + 16] for at in range(0, 16 * count, 16)]


def _key(pk: tuple[Any, ...]) -> str:
    """Write a primary key as `canonical` does, most often a single id."""
    return f"[{pk[0]}]" if len(pk) == 1 and type(pk[0]) is int else canonical(pk)


def link(entry: Mapping[str, Any], digests: Iterable[bytes]) -> bytes:
    """Hash an entry: everything but the payloads, which it covers by their salted digests."""
    keys = ("id", "at", "who", "origin", "kind", "label", "command", "target")
    texts = [str(entry[key]).encode() for key in keys]
    return sha(_bytes(entry["prev"]), *texts, *digests)


def sha(*parts: bytes) -> bytes:
    """Hash length-prefixed parts with SHA-256, so that no two lists of parts look alike."""
    whole = b"".join([piece for part in parts for piece in (len(part).to_bytes(8, "big"), part)])
    return hashlib.sha256(whole).digest()


# What can be wrong: an image or an entry is missing or was changed, an entry is not the anchored
# one, images have no entry, the journal ends before the anchor.
Wrong = Literal[
    "lost image", "changed image", "lost entry", "changed entry", "other entry", "stray", "cut"
]


class Break(NamedTuple):
    """A break of the chain: at an entry, or at its n-th image."""

    entry: int
    what: Wrong
    image: int | None = None


def verify(
    connection: Connection,
    anchor: tuple[int, bytes] | None = None,
    told: Callable[[int, int], object] | None = None,
) -> list[Break]:
    """Return every break of the chain; an empty list is a whole chain.

    Whatever a stranger wrote into the two tables is a break and never an exception.

    An erased payload is no break. `anchor` is an (id, hash) kept outside, the only way to find a
    tail that was cut off or a chain rebuilt from its start. `told` is called with how many entries
    were looked at and how many there are, and stops the work by raising.
    """
    held = connection.execute(select(func.count()).select_from(change_log)).scalar() or 0
    images = _Digests(connection)
    faults: list[Break] = []
    strays: list[Break] = []
    previous, expected, looked = ZERO, 0, 0
    while block := connection.execute(_after(None if not looked else expected)).mappings().all():
        digests = images.up_to(block[-1]["id"])
        for entry in block:
            expected += 1
            if entry["id"] != expected:
                faults.append(Break(expected, "lost entry"))
                expected = entry["id"]
            chained = link(dict(entry), digests.pop(entry["id"], []))
            if _bytes(entry["prev"]) != previous or chained != _bytes(entry["hash"]):
                faults.append(Break(entry["id"], "changed entry"))
            previous = _bytes(entry["hash"])
            if anchor and entry["id"] == anchor[0] and previous != anchor[1]:
                faults.append(Break(entry["id"], "other entry"))
        strays.extend(Break(number, "stray") for number in digests)
        looked += len(block)
        if told is not None:
            told(looked, held)
    strays.extend(Break(number, "stray") for number in images.up_to(None))
    if anchor and expected < anchor[0]:
        strays.append(Break(anchor[0], "cut"))
    return [*images.faults, *faults, *strays]


_BLOCK = 1_000  # entries held at once while the chain is verified


def _after(last: int | None) -> Select[Any]:
    query = select(change_log).order_by(change_log.c.id).limit(_BLOCK)
    return query if last is None else query.where(change_log.c.id > last)


class _Digests:
    """The digests of all images in order, a block of entries at a time; notes what was altered."""

    def __init__(self, connection: Connection) -> None:
        self.faults: list[Break] = []
        self._connection = connection
        self._last: int | None = None

    def up_to(self, entry: int | None) -> dict[int, list[bytes]]:
        """Return the digests of the images of the entries after the last call's, by entry."""
        query = select(row_change).order_by(row_change.c.change_id, row_change.c.n)
        if self._last is not None:
            query = query.where(row_change.c.change_id > self._last)
        if entry is not None:
            query = query.where(row_change.c.change_id <= entry)
        self._last = entry
        digests: dict[int, list[bytes]] = {}
        for image in self._connection.execute(query):
            mine = digests.setdefault(image.change_id, [])
            if image.n != len(mine):
                self.faults.append(Break(image.change_id, "lost image", len(mine)))
            mine.append(_bytes(image.digest))
            if image.body is not None:
                parts = (str(part).encode() for part in (image.tbl, image.pk, image.body))
                if sha(_bytes(image.salt), *parts) != _bytes(image.digest):
                    self.faults.append(Break(image.change_id, "changed image", image.n))
        return digests


def altered(connection: Connection, kind: type[Recorded]) -> list[int]:
    """Return the ids of rows of an only-added table that are not as the journal has them.

    Changed, deleted and smuggled rows alike; the chain alone covers the images, not the rows.
    """
    table = cast(Table, kind.__table__)
    images = connection.execute(
        select(row_change.c.pk, row_change.c.body).where(row_change.c.tbl == table.name)
    )
    known = {image.pk: image.body for image in images}
    wrong = set()
    for number in connection.execute(select(table.c.id)).scalars().all():
        try:
            row = connection.execute(select(table).where(table.c.id == number)).one()
            same = known.pop(canonical((number,)), None) == canonical([None, dict(row._mapping)])
        except (TypeError, ValueError):
            # A stranger wrote what the column cannot hold.
            same = False
        if not same:
            wrong.add(number)
    return sorted(wrong | {_first(pk) for pk in known})


def _first(pk: str) -> int:
    try:
        return int(json.loads(pk)[0])
    except (TypeError, ValueError, LookupError):
        return 0


def _bytes(value: object) -> bytes:
    """Return the bytes of a stored hash; another type cannot be one (a number would be a length)."""
    return bytes(value) if isinstance(value, (bytes, bytearray, memoryview)) else b""


# --- replay ---------------------------------------------------------------------------------------


def load(connection: Connection, number: int) -> list[RowChange]:
    """Return an entry's row changes in statement order; raise Erased when a payload is gone."""
    found = connection.execute(
        select(row_change).where(row_change.c.change_id == number).order_by(row_change.c.n)
    ).all()
    if any(image.body is None for image in found):
        raise Erased(f"entry {number} held personal data that was erased")
    return [row_of(image) for image in found]


def row_of(image: Any) -> RowChange:
    """Return the change an image of the journal holds."""
    before, after = json.loads(image.body) if image.body else (None, None)
    return RowChange(
        image.tbl,
        tuple(json.loads(image.pk)),
        decode(image.tbl, before),
        decode(image.tbl, after),
        image.subject,
    )


def apply(connection: Connection, row: RowChange) -> None:
    """Carry out one row change, guarded by the version it expects; raise Conflict."""
    table = schema.table(row.table)
    here = [column == value for column, value in zip(table.primary_key, row.pk, strict=True)]
    statement: Any
    if row.before is None:
        assert row.after is not None
        statement = insert(table).values(row.after)
    else:
        guard = [*here, table.c.version == row.before["version"]]
        # The old token is written back, so that undoing twice meets what it expects.
        statement = (
            delete(table).where(*guard)
            if row.after is None
            else update(table).where(*guard).values(row.after)
        )
    try:
        done = connection.execute(statement)
    except IntegrityError as error:
        raise Conflict(f"{row.table} {row.pk}: {error.orig}") from error
    # An INSERT's rowcount is -1 on PostgreSQL.
    if row.before is not None and done.rowcount != 1:
        raise Conflict(f"{row.table} {row.pk} was changed since")


def entries(connection: Connection, after: int, limit: int) -> list[ChangeSet]:
    """Return the entries after an id with their rows, in commit order."""
    found = connection.execute(
        select(change_log).where(change_log.c.id > after).order_by(change_log.c.id).limit(limit)
    ).all()
    if not found:
        return []
    rows: dict[int, list[RowChange]] = {}
    images = connection.execute(
        select(row_change)
        .where(row_change.c.change_id.between(found[0].id, found[-1].id))
        .order_by(row_change.c.change_id, row_change.c.n)
    ).all()
    for image in images:
        rows.setdefault(image.change_id, []).append(row_of(image))
    return [
        ChangeSet(
            entry.id,
            entry.kind,
            entry.label,
            entry.command,
            entry.origin,
            entry.target,
            tuple(rows.get(entry.id, ())),
            json.loads(entry.result) if entry.result else None,
        )
        for entry in found
    ]
