"""A damaged office file, read as far as it goes and round what cannot be read.

Everything happens on a copy: SQLite itself would play a journal back into the file.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from db.engine import APPLICATION_ID
from db.errors import Damaged
from db.files import blaming

Row = tuple[Any, ...]
Key = tuple[int, ...]
# sqlite.org/fileformat2, 1.3: what every office has in its first hundred bytes.
_HEADER = 100
_FIXED = {
    0: b"SQLite format 3\0",
    # Read and write version of a file with a rollback journal, no reserved bytes, the fractions.
    18: bytes((1, 1, 0, 64, 32, 32)),
    # The list of free pages is not read, so it may be damaged too.
    32: bytes(8),
    # Schema format 4; no automatic vacuum; UTF-8.
    44: (4).to_bytes(4, "big"),
    52: bytes(4),
    56: (1).to_bytes(4, "big"),
    68: APPLICATION_ID.to_bytes(4, "big"),
}
_PAGE = 4096
_FARTHEST = 1 << 62
# SQLite's own message may hold what is no text.
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
# A table with more of them has lost its inner pages: what is left is found by numbers.
_MOST_HOLES = 5000


class _Text(bytes):
    """Bytes that a text column holds; whether they are UTF-8 is found row by row."""


@dataclass
class Read:
    """What one table gave: rows in the order of its columns.

    `holes` counts the places where reading broke off, `spoilt` rows whose words are no words.
    """

    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    holes: int = 0
    spoilt: int = 0


class Wreck:
    """A copy of a damaged file, open for reading; raises Damaged when not even its tables show."""

    def __init__(self, path: Path, workshop: Path, donors: Iterable[Path] = ()) -> None:
        """Open a copy in `workshop`; `donors` are whole files of the same office, or of its kind.

        Where the list of tables cannot be read it is taken from the first donor whose tables lie
        where the wreck's do.
        """
        self.path = path
        copy = workshop / "wreck.sqlite"
        _copied(path, copy)
        found = _tables_of(copy)
        if found is None:
            for donor in donors:
                if (given := _tables_of(donor)) and _begins_alike(copy, given):
                    _transplant(copy, given)
                    if _reads_alike(copy):
                        found = _tables_of(copy)
                        break
        if not found:
            raise Damaged(str(path))
        self.schema = [(kind, name, table, sql) for kind, name, table, _root, sql in found]
        self._connection = _opened(copy)
        self.tables = {
            name
            for kind, name, _table, sql in self.schema
            if kind == "table" and sql and not str(name).startswith(("sqlite_", "search_fts"))
        }

    def close(self) -> None:
        """Let go of the copy."""
        self._connection.close()

    def __enter__(self) -> Wreck:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, table: str, columns: Sequence[str] | None = None) -> Read:
        """Read what can be read of a table, all its columns or these; one that is gone gives none."""
        try:
            facts = self._connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        except BROKEN:
            return Read((), holes=1)
        facts = [tuple(map(_plain, fact)) for fact in facts]
        names = tuple(str(fact[1]) for fact in facts)
        names = tuple(name for name in names if columns is None or name in columns)
        found = Read(names)
        if not names:
            return found
        key = self._key(table, facts)
        position = _Position(self._connection, table, key)
        listed = ", ".join([*(f'"{name}"' for name in key), *(f'"{name}"' for name in names)])
        for raw in position.rows(f'SELECT {listed} FROM "{table}"'):
            try:
                found.rows.append(tuple(map(_plain, raw[len(key) :])))
            except UnicodeDecodeError:
                found.spoilt += 1
        found.holes = position.holes
        return found

    def numbers(self, table: str) -> set[int]:
        """Return the row numbers of a table as far as its indexes know them."""
        known: set[int] = set()
        for kind, name, owner, _sql in self.schema:
            if kind != "index" or owner != table:
                continue
            with contextlib.suppress(*BROKEN):
                for (number,) in self._connection.execute(
                    f'SELECT rowid FROM "{table}" INDEXED BY "{name}"'
                ):
                    known.add(number)
        return known

    def count(self, table: str) -> int:
        """Return how many rows a table has by the largest of its indexes that can be read."""
        most = 0
        for kind, name, owner, _sql in self.schema:
            if kind == "index" and owner == table:
                with contextlib.suppress(*BROKEN):
                    query = f'SELECT count(*) FROM "{table}" INDEXED BY "{name}"'
                    most = max(most, self._connection.execute(query).fetchone()[0])
        return most

    def one(self, table: str, columns: Sequence[str], number: int) -> Row | None:
        """Return a row by its number where nothing before it can be read, None when it is gone."""
        listed = ", ".join(f'"{name}"' for name in columns)
        with contextlib.suppress(*BROKEN):
            raw = self._connection.execute(
                f'SELECT {listed} FROM "{table}" WHERE rowid = ?', (number,)
            ).fetchone()
            return None if raw is None else tuple(map(_plain, raw))
        return None

    def _key(self, table: str, facts: list[Row]) -> tuple[str, ...]:
        """Return the columns a table is laid out by: its row number, or a key of numbers."""
        try:
            self._connection.execute(f'SELECT rowid FROM "{table}" LIMIT 0')
            return ("rowid",)
        except BROKEN:
            keyed = sorted((fact[5], str(fact[1])) for fact in facts if fact[5])
            return tuple(name for _n, name in keyed)


class _Position:
    """Walk a table by its key; where reading breaks off, go on behind the hole."""

    def __init__(self, connection: sqlite3.Connection, table: str, key: tuple[str, ...]) -> None:
        self._connection, self._key = connection, key
        self._named = ", ".join(f'"{name}"' for name in key)
        self._marks = ", ".join("?" * len(key))
        self._probe = f'SELECT {self._named} FROM "{table}"'
        self.holes = 0
        # The key of the row a search for the end of a hole came upon last.
        self._found: Key | None = None

    def rows(self, select: str) -> Iterator[Row]:
        """Yield the rows of a select whose first columns are the key."""
        last: Key | None = None
        start: Key | None = (0,) * len(self._key)
        while start is not None and self.holes < _MOST_HOLES:
            order = f" WHERE ({self._named}) >= ({self._marks}) ORDER BY {self._named}"
            try:
                for raw in self._connection.execute(select + order, start):
                    here = raw[: len(self._key)]
                    if not all(type(part) is int for part in here):
                        continue
                    # A page that hangs in its own tree would go round for ever.
                    if here < start or (last is not None and here <= last):
                        raise sqlite3.DatabaseError("not in order")
                    last = here
                    yield raw
                return
            except BROKEN:
                self.holes += 1
                # Where not even the first row could be read, its key is all that can be.
                here = max(start, last or start, self._found or start)
                start = self._behind(here)

    def _readable(self, start: Key) -> bool:
        order = f" WHERE ({self._named}) >= ({self._marks}) ORDER BY {self._named} LIMIT 1"
        try:
            found = self._connection.execute(self._probe + order, start).fetchone()
            if found is not None and found < start:
                return False
            self._found = found
            return True
        except (*BROKEN, TypeError):
            return False

    def _behind(self, broken: Key) -> Key | None:
        """Return the first key behind `broken` from which something can be read, None at the end."""
        for n in range(len(broken) - 1, -1, -1):
            head, tail = broken[:n], (0,) * (len(broken) - n - 1)
            found = _first(partial(self._readable_at, head, tail), broken[n])
            if found is not None:
                return (*head, found, *tail)
        return None

    def _readable_at(self, head: Key, tail: Key, value: int) -> bool:
        return self._readable((*head, value, *tail))


def _first(good: Callable[[int], bool], bad: int) -> int | None:
    """Return the smallest good number behind a bad one, as far as doubling and halving find it."""
    step = 1
    low = bad
    while bad + step < _FARTHEST:
        if good(bad + step):
            high = bad + step
            while high - low > 1:
                middle = (low + high) // 2
                if good(middle):
                    high = middle
                else:
                    low = middle
            return high
        low = bad + step
        step *= 2
    return None


def _plain(value: Any) -> Any:
    return value.decode("utf-8") if isinstance(value, _Text) else value


def _copied(path: Path, copy: Path) -> None:
    """Copy the file and the journal of its last write, play that back, and mend the first bytes."""
    with blaming(copy):
        shutil.copyfile(path, copy)
        journal = path.with_name(f"{path.name}-journal")
        beside = copy.with_name(f"{copy.name}-journal")
        if journal.exists():
            shutil.copyfile(journal, beside)
    # A journal that does not fit is no reason to give up: what it would mend is read as it is.
    with (
        contextlib.suppress(*BROKEN),
        contextlib.closing(sqlite3.connect(copy)) as connection,
    ):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    beside.unlink(missing_ok=True)
    with blaming(copy), copy.open("r+b") as file:
        header = bytearray(file.read(_HEADER).ljust(_HEADER, b"\0"))
        size = file.seek(0, 2)
        page = int.from_bytes(header[16:18], "big")
        if page < 512 or page & (page - 1):
            page = _PAGE
            header[16:18] = page.to_bytes(2, "big")
        told = int.from_bytes(header[28:32], "big")
        # What was cut off reads as empty pages; a number of pages that cannot be is not believed.
        pages = max(-(-size // page), min(told, 2 * (size // page) + 1))
        header[28:32] = pages.to_bytes(4, "big")
        header[92:96] = header[24:28]
        for at, wanted in _FIXED.items():
            header[at : at + len(wanted)] = wanted
        file.truncate(pages * page)
        file.seek(0)
        file.write(header)


def _opened(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = _Text
    for pragma in ("query_only=1", "trusted_schema=0", "cell_size_check=1", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _tables_of(path: Path) -> list[Row] | None:
    """Return (type, name, table, root page, SQL) of a file's tables and indexes, None if unread."""
    try:
        with contextlib.closing(_opened(path)) as connection:
            found = connection.execute(
                "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
                " WHERE name NOT LIKE 'search_fts%' ORDER BY rowid"
            ).fetchall()
            return [tuple(map(_plain, row)) for row in found]
    except BROKEN:
        return None


def _begins_alike(copy: Path, given: list[Row]) -> bool:
    """Say whether tables and indexes begin where others say: of pages that are pages, nearly all."""
    # Interior and leaf pages of a table by row number, and of an index (fileformat2, 1.6).
    by_number, by_key = {0x05, 0x0D}, {0x02, 0x0A}
    right = wrong = 0
    with copy.open("rb") as file:
        for kind, _name, _table, root, sql in given:
            file.seek((root - 1) * _PAGE if root else 0)
            found = set(file.read(1)) if root else set()
            numbered = kind == "table" and not str(sql).rstrip().endswith("WITHOUT ROWID")
            right += bool(found & (by_number if numbered else by_key))
            wrong += bool(found & (by_key if numbered else by_number))
    return right * 2 >= len(given) and wrong * 20 <= right


def _transplant(copy: Path, given: list[Row]) -> None:
    """Write a list of tables into a copy that lost its own: as an empty first page, then by SQLite."""
    with copy.open("r+b") as file:
        file.seek(_HEADER)
        # An empty leaf page of a table (fileformat2, 1.6): its cells begin at the page's end.
        empty = bytes((0x0D, 0, 0, 0, 0)) + _PAGE.to_bytes(2, "big") + b"\0"
        file.write(empty.ljust(_PAGE - _HEADER, b"\0"))
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=1")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", given)
        connection.execute("COMMIT")


def _reads_alike(copy: Path) -> bool:
    """Say whether the first rows have the types their tables declare: one in twenty may not."""
    tried = wrong = 0
    with contextlib.closing(_opened(copy)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (raw,) in found:
            name = str(_plain(raw))
            with contextlib.suppress(*BROKEN):
                facts = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
                row = connection.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone()
                if row is None or name.startswith("sqlite_"):
                    continue
                tried += 1
                wrong += any(
                    not _declared(_plain(fact[2]), bool(fact[3]), value)
                    for fact, value in zip(facts, row, strict=True)
                )
    return wrong * 20 <= tried


def _declared(kind: str, needed: bool, value: Any) -> bool:
    """Say whether SQLite would hold this value in a column of this kind (datatype3, 3.1)."""
    if value is None:
        return not needed
    if "INT" in kind or kind.startswith("BOOL"):
        return isinstance(value, int)
    if "CHAR" in kind or "TEXT" in kind or "DATE" in kind:
        return isinstance(value, _Text)
    return True
