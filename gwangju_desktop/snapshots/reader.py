"""Read a snapshot's database; the child's side. Nothing in the file is believed.

Runs under the limits of gwangju_desktop.child: memory, processor time, no file may be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import sqlite_file
from gwangju_desktop.snapshots.sqlite_file import Row, Shape

ROWS_SHOWN = 500
ROWS_NAMED = 200
ANSWER_BYTES = 24 * 2**20
INSIDE = ("meta", "codebook", "words", "withheld")


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Check, view or compare databases.

    Asked: `mode` check | view | compare, `path`, `schema` (its SHA-256), `rows` (by table),
    `seconds`; compare also `old` with path, schema and rows. Answers `{"why": …}`: newer, time,
    memory or broken, when the file is not what it should be.
    """
    try:
        with sqlite_file.blaming(), closing(_Copy(asked, asked["seconds"])) as copy:
            if asked["mode"] == "check":
                copy.count()
                return {"ok": True}
            if asked["mode"] == "view":
                return _view(copy)
            with closing(_Copy(asked["old"], asked["seconds"])) as old:
                return _compare(old, copy)
    except sqlite_file.NewerFormat:
        return {"why": "newer"}
    except MemoryError:
        return {"why": "memory"}
    except sqlite_file.TooLong:
        return {"why": "time"}
    except sqlite_file.NotOurs:
        return {"why": "broken"}


class _Copy:
    """One database, opened and compared with what its manifest says."""

    def __init__(self, asked: dict[str, Any], seconds: float) -> None:
        path = Path(asked["path"])
        with path.open("rb") as file:
            sqlite_file.check_header(file.read(100), path.stat().st_size)
        self.database = sqlite_file.open_foreign(path, seconds=seconds)
        try:
            self.shapes = {shape.name: shape for shape in sqlite_file.shapes(self.database)}
            self.said: dict[str, int] = asked["rows"]
            fits = sqlite_file.schema_hash(list(self.shapes.values())) == asked["schema"]
            if not fits or set(self.shapes) != set(self.said) or not set(INSIDE) <= set(self.said):
                raise sqlite_file.NotOurs("another schema than the manifest's")
            sqlite_file.quick_check(self.database)
        except BaseException:
            self.database.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def rows(self, name: str) -> Iterator[Row]:
        """Read a table, demanding as many rows as the manifest says by the time it ends."""
        count = 0
        for row in sqlite_file.rows(self.database, self.shapes[name]):
            count += 1
            yield row
        if count != self.said[name]:
            raise sqlite_file.NotOurs(f"{count} rows in {name}")

    def count(self) -> None:
        """Read everything once."""
        for name in self.shapes:
            for _ in self.rows(name):
                pass

    def keys(self) -> dict[str, list[int]]:
        """Return where the key of each table's rows stands, by the codebook."""
        named: dict[str, set[str]] = {}
        for table, column, *rest in self.rows("codebook"):
            if column is not None and rest[4]:
                named.setdefault(str(table), set()).add(str(column))
        found = {}
        for name, shape in self.shapes.items():
            if name not in INSIDE:
                places = [i for i, (c, _) in enumerate(shape.columns) if c in named.get(name, ())]
                if not places:
                    raise sqlite_file.NotOurs(f"{name} has no key")
                found[name] = places
        return found


def _view(copy: _Copy) -> dict[str, Any]:
    told: dict[str, Any] = {name: [list(row) for row in copy.rows(name)] for name in INSIDE}
    left = ANSWER_BYTES
    tables = []
    for name, shape in copy.shapes.items():
        if name in INSIDE:
            continue
        rows: list[list[Any]] = []
        for row in copy.rows(name):
            left -= _size(row) if len(rows) < ROWS_SHOWN else 0
            if len(rows) < ROWS_SHOWN and left > 0:
                rows.append(list(row))
        tables.append(
            {
                "name": name,
                "columns": [column for column, _ in shape.columns],
                "total": copy.said[name],
                "rows": rows,
            }
        )
    return {**told, "tables": tables}


def _compare(old: _Copy, new: _Copy) -> dict[str, Any]:
    """Set two copies side by side, row by row: both lie in the order of their keys."""
    old_keys, new_keys = old.keys(), new.keys()
    left = [ANSWER_BYTES]
    tables = {}
    for name in [*new_keys, *(n for n in old_keys if n not in new_keys)]:
        before = _keyed(old, name, old_keys) if name in old_keys else iter(())
        after = _keyed(new, name, new_keys) if name in new_keys else iter(())
        tables[name] = _merge(before, after, old.shapes.get(name), new.shapes.get(name), left)
    return {"tables": tables, "codebook": [list(row) for row in new.rows("codebook")]}


Key = tuple[Any, ...]


def _keyed(copy: _Copy, name: str, keys: dict[str, list[int]]) -> Iterator[tuple[Key, Row]]:
    previous: Key | None = None
    for row in copy.rows(name):
        key = tuple(row[i] for i in keys[name])
        if None in key or (previous is not None and not previous < key):
            raise sqlite_file.NotOurs(f"{name} is not in the order of its key")
        previous = key
        yield key, row


def _merge(
    before: Iterator[tuple[Key, Row]],
    after: Iterator[tuple[Key, Row]],
    old: Shape | None,
    new: Shape | None,
    left: list[int],
) -> dict[str, Any]:
    told: dict[str, Any] = {"counts": {"added": 0, "removed": 0, "changed": 0}}
    told |= {"added": [], "removed": [], "changed": []}

    def note(kind: str, entry: dict[str, Any], size: int) -> None:
        told["counts"][kind] += 1
        if len(told[kind]) < ROWS_NAMED and left[0] > size:
            left[0] -= size
            told[kind].append(entry)

    alike = old is not None and new is not None and old.columns == new.columns
    one, two = next(before, None), next(after, None)
    while one is not None or two is not None:
        if alike and one == two:
            one, two = next(before, None), next(after, None)
        elif two is None or (one is not None and one[0] < two[0]):
            assert one is not None and old is not None
            note("removed", {"key": list(one[0]), "row": _named(old, one[1])}, _size(one[1]))
            one = next(before, None)
        elif one is None or two[0] < one[0]:
            assert new is not None
            note("added", {"key": list(two[0]), "row": _named(new, two[1])}, _size(two[1]))
            two = next(after, None)
        else:
            assert old is not None and new is not None
            was, now = _named(old, one[1]), _named(new, two[1])
            # A column only one of the two has is a change of the program, not of the record.
            differing = [c for c in now if c in was and was[c] != now[c]]
            if differing:
                entry = {
                    "key": list(two[0]),
                    "row": now,
                    "before": {c: was[c] for c in differing},
                    "after": {c: now[c] for c in differing},
                }
                note("changed", entry, _size(one[1]) + _size(two[1]))
            one, two = next(before, None), next(after, None)
    return told


def _named(shape: Shape, row: Row) -> dict[str, Any]:
    return dict(zip((c for c, _ in shape.columns), row, strict=True))


def _size(row: Row) -> int:
    return sum(len(value) * 3 if isinstance(value, str) else 20 for value in row)
