"""Write the other members of a copy anew from its database and hold them against the signed list.

All members are signed, but a signature does not say that they say the same: an office could sign a
CSV file or a page that tells otherwise than the database. What stands in CSV files, pages and package
follows from the database and the manifest alone, all but the page's section of what changed since the
copy before, which follows from both copies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol, overload

from gwangju_desktop.snapshots import codes, container, monitor_page, readme, tabular
from gwangju_desktop.snapshots.container import Measured
from gwangju_desktop.snapshots.manifest import Withheld
from gwangju_desktop.snapshots.readme import About
from gwangju_desktop.snapshots.sqlite_file import Row, Shape


class Copy(Protocol):
    """A database of a copy, as the reader opened it."""

    shapes: dict[str, Shape]
    said: dict[str, int] | None

    def rows(self, name: str) -> Iterator[Row]:
        """Read a table."""


def run(copy: Copy, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the members of a copy must be; the child's side.

    `facts` are of the manifest, as `facts_of` gives them. Answers `members`: (size, SHA-256) by name,
    `around` the page's beginning and end, likewise, and `withheld` whether the manifest adds up what
    was withheld as the database has it.
    """
    told = codes.read([(shape, _Rows(copy, name)) for name, shape in copy.shapes.items()])
    made = {tabular.place(table): _csv(table) for table in told.tables.values()}
    about = _about(facts)
    evidence: dict[str, str] = facts["evidence"]
    made[container.PACKAGE] = _measured(tabular.package(about, told, made))
    for language, name in (("ko", container.README_KO), ("en", container.README_EN)):
        made[name] = _measured(readme.page(language, about, facts["names"]))
    if about.previous is None:
        made[container.PAGE] = _measured(monitor_page.page(about, told, evidence, None))
        around = None
    else:
        parts = monitor_page.around(about, told, evidence)
        around = [[len(part), hashlib.sha256(part).hexdigest()] for part in parts]
    return {
        "members": {name: [one.size, one.sha256] for name, one in made.items()},
        "around": around,
        "withheld": _added_up(told.withheld) == _said(about.withheld),
    }


class _Rows(Sequence[Row]):
    """The rows of a table, read when they are wanted; a slice is cheap after the one before it."""

    def __init__(self, copy: Copy, name: str) -> None:
        self._copy, self._name = copy, name
        self._at = 0
        self._left: Iterator[Row] = iter(())

    def __len__(self) -> int:
        assert self._copy.said is not None
        return self._copy.said[self._name]

    def __iter__(self) -> Iterator[Row]:
        return self._copy.rows(self._name)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, int):
            return next(islice(iter(self), at, None))
        start, stop, _ = at.indices(len(self))
        if start == 0 or start != self._at:
            self._left = islice(iter(self), start, None)
        self._at = stop
        return list(islice(self._left, stop - start))


class _Sink(io.RawIOBase):
    """A file of which only size and SHA-256 are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.size, self.digest = 0, hashlib.sha256()

    def writable(self) -> bool:
        """Say that it is written to."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes in."""
        self.size += len(data)
        self.digest.update(data)
        return len(data)


def _csv(table: codes.Table) -> Measured:
    sink = _Sink()
    tabular.write(io.BufferedWriter(sink, 2**20), table)
    return Measured(b"", sink.size, 0, sink.digest.hexdigest())


def _measured(content: bytes) -> Measured:
    return Measured(b"", len(content), 0, hashlib.sha256(content).hexdigest())


def _about(facts: Mapping[str, Any]) -> About:
    return About(
        facts["office_ko"],
        facts["office_en"],
        readme.TITLES[facts["profile"]],
        facts["sequence"],
        dt.datetime.fromisoformat(facts["made_at"]),
        bytes.fromhex(facts["public"]),
        facts["previous"],
        facts["audit_id"],
        facts["audit_hash"],
        facts["policy"],
        {code: Withheld(ko, en, count) for code, ko, en, count in facts["withheld"]},
    )


def _added_up(rows: Sequence[Row]) -> dict[tuple[str, str], int | None]:
    found: dict[tuple[str, str], int | None] = {}
    for row in rows:
        ground, count = (str(row[7]), str(row[8])), row[9]
        if isinstance(count, int):
            found[ground] = (found.get(ground) or 0) + count
        else:
            found.setdefault(ground, None)
    return found


def _said(withheld: Mapping[str, Withheld]) -> dict[tuple[str, str], int | None]:
    return {(one.ko, one.en): one.count for one in withheld.values()}
