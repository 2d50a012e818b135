"""Read a snapshot's database; the child's side. Nothing in the file is believed.

Runs under the limits of gwangju_desktop.child: memory, processor time, no file may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import merging, shapes, sqlite_file
from gwangju_desktop.snapshots.sqlite_file import Row

ROWS_SHOWN = 500
ANSWER_BYTES = 24 * 2**20
INSIDE = tuple(shape.name for shape in shapes.SHAPES)
ROWS_PICKED = 2_000
# What is shown of a list whatever its length: by the value of a column.
PICKED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "record_entry": ("late_days", lambda days: days is not None),
    "moved_due": ("days_after", lambda _days: True),
    "register_number": ("state", lambda state: state != "used"),
    "snapshot": ("sequence", lambda _number: True),
}


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Check, view or compare databases.

    Asked: `mode` check | view | compare | recompute | members, `path`, `schema` (its SHA-256), `rows`
    (by table; both None for a file that nothing vouches for), `seconds`; compare also `old` with path,
    schema and rows, `figures`, the derived tables that are told and their columns, and `lenient` for
    copies of different profiles; recompute `evidence`, members `facts`. Answers `{"why": …}`: newer,
    time, memory or broken, when the file is not what it should be.
    """
    try:
        with sqlite_file.blaming(), closing(_Copy(asked, asked["seconds"])) as copy:
            if asked["mode"] == "check":
                copy.count()
                return {"ok": True}
            if asked["mode"] == "view":
                return _view(copy)
            if asked["mode"] == "recompute":
                # The rules of the office come with much else: only for those who ask for them.
                from gwangju_desktop.snapshots.reworking import task

                return task.run(copy, asked["evidence"])
            if asked["mode"] == "members":
                from gwangju_desktop.snapshots import rewriting

                return rewriting.run(copy, asked["facts"])
            with closing(_Copy(asked["old"], asked["seconds"])) as old:
                return _compare(old, copy, asked["figures"], asked["lenient"])
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
            # None for a file that nothing vouches for: it is read as it is, if it can be.
            self.said: dict[str, int] | None = asked["rows"]
            # Also of a signed file: whoever signed it may have built it as they liked.
            if any(self.shapes.get(shape.name) != shape for shape in shapes.SHAPES):
                raise sqlite_file.NotOurs("a table that explains the copy is missing or another")
            fits = sqlite_file.schema_hash(list(self.shapes.values())) == asked["schema"]
            if self.said is not None and (not fits or set(self.shapes) != set(self.said)):
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
        for block in self.blocks(name):
            yield from block

    def blocks(self, name: str) -> Iterator[list[Row]]:
        """Read a table in blocks, demanding as many rows as the manifest says."""
        count = 0
        for block in sqlite_file.blocks(self.database, self.shapes[name]):
            count += len(block)
            yield block
        if self.said is not None and count != self.said[name]:
            raise sqlite_file.NotOurs(f"{count} rows in {name}")

    def count(self) -> None:
        """Read everything once."""
        for name in self.shapes:
            for _ in self.blocks(name):
                pass

    def codebook(self) -> dict[str, dict[str | None, Row]]:
        """Return the lines of the codebook by table and column (None: the table itself)."""
        found: dict[str, dict[str | None, Row]] = {}
        for line in self.rows("codebook"):
            column = None if line[1] is None else str(line[1])
            found.setdefault(str(line[0]), {})[column] = line
        return found


def _view(copy: _Copy) -> dict[str, Any]:
    told: dict[str, Any] = {name: [list(row) for row in copy.rows(name)] for name in INSIDE}
    left = ANSWER_BYTES
    tables = []
    for name, shape in copy.shapes.items():
        if name in INSIDE:
            continue
        rows: list[list[Any]] = []
        total = 0
        for row in copy.rows(name):
            total += 1
            left -= _size(row) if len(rows) < ROWS_SHOWN else 0
            if len(rows) < ROWS_SHOWN and left > 0:
                rows.append(list(row))
        columns = [column for column, _ in shape.columns]
        tables.append({"name": name, "columns": columns, "total": total, "rows": rows})
    return {**told, "tables": tables, "picked": {n: _picked(copy, n) for n in PICKED}}


def _picked(copy: _Copy, name: str) -> dict[str, Any]:
    """Return the rows of a list that are shown whole, however long the list is."""
    shape = copy.shapes.get(name)
    found: list[dict[str, Any]] = []
    count = 0
    if shape is not None:
        names = [column for column, _ in shape.columns]
        column, wanted = PICKED[name]
        at = names.index(column) if column in names else None
        for row in copy.rows(name):
            if at is not None and not wanted(row[at]):
                continue
            count += 1
            if len(found) < ROWS_PICKED:
                found.append(dict(zip(names, row, strict=True)))
    return {"count": count, "rows": found}


def _compare(
    old: _Copy, new: _Copy, figures: dict[str, list[str]], lenient: bool
) -> dict[str, Any]:
    """Set two copies side by side."""
    told = merging.compare(old, new, figures, lenient)
    # Of the older copy only what it calls its registers: one the newer has not is named by it.
    titles = [list(row) for row in old.rows("codebook") if row[1] is None]
    return {**told, "codebook": [list(row) for row in new.rows("codebook")], "titles": titles}


def _size(row: Row) -> int:
    return sum(len(value) * 3 if isinstance(value, str) else 20 for value in row)
