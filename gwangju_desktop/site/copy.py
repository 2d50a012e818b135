"""What the site is made from: a public copy that was verified, opened for reading, and nothing else.

The office file is never opened here, so nothing private can be reached.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.vocab import Profile
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import sqlite_file, verify
from gwangju_desktop.snapshots.manifest import Manifest
from gwangju_desktop.snapshots.reworking.rows import Rows
from gwangju_desktop.snapshots.verify import Progress
from gwangju_desktop.text import N_

Record = dict[str, Any]
SECONDS = 120.0
# A site is built of a copy one chose, and a large one takes longer than a glance.
PATIENCE = 6


@dataclass(frozen=True, slots=True)
class Copy:
    """A public copy: its rows by table and code, what it says of itself and where its file is.

    `signed` is False for one made for this site without a key: it was checked by its digests alone.
    `day` is the day the copy is of; what is due or over is counted from it.
    """

    path: Path
    manifest: Manifest
    manifest_sha256: str
    signed: bool
    rows: Rows
    stream: Callable[[str], Iterator[Record]]

    @property
    def day(self) -> dt.date:
        """Return the day the copy was made."""
        return dt.date.fromisoformat(self.manifest.made_at[:10])

    def of(self, table: str) -> list[Record]:
        """Return a table's rows, [] for a table the copy does not have."""
        return self.rows.of(table)

    def by(self, table: str, column: str, value: object) -> list[Record]:
        """Return the rows of a table with a value in a column."""
        return self.rows.by(table, column, value)

    def one(self, table: str, code: object) -> Record:
        """Return a row by its code, {} where it is not there."""
        return self.rows.one(table, code) if code else {}

    def word(self, table: str, column: str, code: object, language: str) -> str:
        """Return what the copy calls a closed word of a column; the code itself where it has none."""
        for row in self.rows.by("words", "code", code):
            if row["table_name"] == table and row["column_name"] == column:
                return str(row[language])
        return "" if code is None else str(code)


def text_of(row: Record, name: str, language: str) -> str:
    """Return a paired text in a language, the other one where it has none there.

    Pairs are named `title` and `title_en`, or `name_ko` and `name_en`.
    """
    korean = row.get(name, row.get(f"{name}_ko"))
    english = row.get(f"{name}_en")
    first, second = (korean, english) if language == "ko" else (english, korean)
    return str(first or second or "")


@contextmanager
def opened(
    path: Path,
    *,
    signed: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Copy]:
    """Verify a public copy whole and open it while the block lasts.

    `signed` is False for a copy this program made without the office's key a moment ago: the key in
    it was thrown away, so its signature says nothing but that the bytes are those it was made of.
    Raises UserError for a file that is not whole, not signed by its own key, or made for the
    monitoring body: what monitors get is not for everybody.
    """
    with verify.unpacked(path, progress=progress, cancelled=cancelled) as (verdict, database):
        manifest = verdict.demand()
        assert database is not None and verdict.manifest_sha256 is not None
        demand_public(manifest, path.name)
        verify.look_inside(
            *(verdict, database, {"mode": "check"}, path.name),
            cancelled=cancelled,
            patience=PATIENCE,
        )
        with reading(database) as (rows, stream):
            yield Copy(path, manifest, verdict.manifest_sha256, signed, rows, stream)


def demand_public(manifest: Manifest, name: str) -> None:
    """Refuse a copy that was not made for everybody; raises UserError."""
    if manifest.profile != Profile.PUBLIC.value:
        raise UserError(
            N_("{file} is a copy for monitors, and a site is made from a public copy alone."),
            hint=N_("Make a public copy of the office and build the site from it."),
            file=name,
        )


@contextmanager
def reading(database: Path) -> Iterator[tuple[Rows, Callable[[str], Iterator[Record]]]]:
    """Open the database of a copy whose bytes were checked: rows by table, and a table as a stream."""
    with closing(sqlite_file.open_foreign(database, seconds=SECONDS)) as held:
        shapes = {shape.name: shape for shape in sqlite_file.shapes(held)}

        def stream(table: str) -> Iterator[Record]:
            if table in shapes:
                names = [column for column, _ in shapes[table].columns]
                for row in sqlite_file.rows(held, shapes[table]):
                    yield dict(zip(names, row, strict=True))

        yield Rows(lambda table: list(stream(table)), frozenset(shapes)), stream
