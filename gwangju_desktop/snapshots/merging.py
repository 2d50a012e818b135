"""Set two copies side by side, row by row; the child's side of a comparison.

Both lie in the order of their keys, so one pass over each is enough and nothing but a few rows is
held. Runs of equal rows are compared as lists, which costs a tenth of looking at them one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter, lt
from typing import Any, Protocol

from gwangju_desktop.snapshots import sqlite_file
from gwangju_desktop.snapshots.sqlite_file import Row, Shape

ROWS_NAMED = 5_000  # rows of a table that are told one by one; all are counted
ANSWER_BYTES = 24 * 2**20
ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
KINDS = (ADDED, CHANGED, WITHDRAWN)
TITLE, LABEL = "title", "label_ko"
ENTRIES, GONE = "record_entry", "withdrawn"


class Copy(Protocol):
    """What the reader knows of one copy."""

    shapes: dict[str, Shape]

    def blocks(self, name: str) -> Iterator[list[Row]]:
        """Read a table in blocks, demanding as many rows as the manifest says."""

    def codebook(self) -> dict[str, dict[str | None, Row]]:
        """Return the lines of the codebook by table and column (None: the table itself)."""


@dataclass(slots=True)
class _Table:
    """What a table is called, which columns are its key and its label, and whether it is derived."""

    shape: Shape
    keys: list[int]
    label: int | None
    derived: bool
    named_by: list[int]  # what people know a row by: no record of the office is without it
    refers: dict[int, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return the columns' names in order."""
        return [name for name, _ in self.shape.columns]

    @property
    def key(self) -> list[tuple[str, str]]:
        """Return the columns of the key with their types."""
        return [self.shape.columns[n] for n in self.keys]


def compare(old: Copy, new: Copy, figures: dict[str, list[str]], lenient: bool) -> dict[str, Any]:
    """Return what was added, changed and withdrawn, by table, with the days the copies give.

    Derived tables follow from others and are not told, except those of `figures`, by the columns
    named there; tables only one
    copy has are named in `only`. Of a `lenient` comparison what only one of the two discloses is no
    change: they follow different profiles. Raises NotOurs for a table that does not lie in its key's order.
    """
    before, after = _tables(old), _tables(new)
    left = [ANSWER_BYTES]
    told: dict[str, Any] = {}
    for name, table in after.items():
        if name in before and (not table.derived or name in figures):
            theirs = before[name].names
            wanted = {*figures.get(name, table.names), *(column for column, _ in table.key)}
            common = [c for c in table.names if c in theirs and c in wanted]
            if before[name].key != table.key:
                raise sqlite_file.NotOurs(f"{name} has another key")
            one, two = _Side(old, before[name], common), _Side(new, table, common)
            told[name] = _merge(one, two, left, lenient)
    _put_days(new, told)
    return {
        "tables": told,
        "labels": _labels(old, new, after, told),
        "only": {
            "old": [n for n, t in before.items() if n not in after and not t.derived],
            "new": [n for n, t in after.items() if n not in before and not t.derived],
        },
    }


def _tables(copy: Copy) -> dict[str, _Table]:
    found = {}
    for name, lines in copy.codebook().items():
        shape = copy.shapes.get(name)
        if shape is None or None not in lines:
            continue
        columns = [c for c, _ in shape.columns]
        told = [(n, lines[c]) for n, c in enumerate(columns) if c in lines]
        keys = [n for n, line in told if line[6]]
        if not keys:
            raise sqlite_file.NotOurs(f"{name} has no key")
        found[name] = _Table(
            shape,
            keys,
            next((n for n, line in told if line[7] or line[1] == LABEL), None),
            all(line[4] == "derived" for _, line in told),
            [n for n, c in enumerate(columns) if c == TITLE or (c in lines and lines[c][7])],
            {n: str(line[8]) for n, line in told if line[8]},
        )
    return found


class _Side:
    """One copy's table, read forward in blocks."""

    def __init__(self, copy: Copy, table: _Table, common: list[str]) -> None:
        self.table = table
        self.names = table.names
        # A column only one of the two has is a change of the program or of the profile, not of
        # the record.
        self.common = [self.names.index(name) for name in common]
        self.key = itemgetter(*table.keys)
        self._plain = itemgetter(*self.common) if common != self.names else None
        self._blocks = copy.blocks(table.shape.name)
        self._last: Any = None
        self.rows: list[Row] = []
        self.plain: list[Any] = []
        self.at = 0

    def fill(self) -> bool:
        """Have a row in front; say whether there is one."""
        if self.at < len(self.rows):
            return True
        block = next(self._blocks, None)
        if block is None:
            return False
        keys = list(map(self.key, block))
        parts = [keys] if len(self.table.keys) == 1 else zip(*keys, strict=True)
        first = self._last is None or self._last < keys[0]
        if any(None in part for part in parts) or not first or not all(map(lt, keys, keys[1:])):
            raise sqlite_file.NotOurs(f"{self.table.shape.name} is not in the order of its key")
        self._last = keys[-1]
        self.rows, self.at = block, 0
        self.plain = list(map(self._plain, block)) if self._plain else block
        return True

    def front(self) -> Any:
        """Return the key of the row in front."""
        return self.key(self.rows[self.at])

    def key_parts(self) -> list[Any]:
        """Return the key of the row in front as a list of its values."""
        return [self.rows[self.at][n] for n in self.table.keys]

    def named(self) -> dict[str, Any]:
        """Return the row in front by the names of its columns."""
        return dict(zip(self.names, self.rows[self.at], strict=True))


def _merge(old: _Side, new: _Side, left: list[int], lenient: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"counts": dict.fromkeys(KINDS, 0)}
    told |= {kind: [] for kind in KINDS}

    def note(kind: str, side: _Side, **more: Any) -> None:
        told["counts"][kind] += 1
        if len(told[kind]) >= ROWS_NAMED or left[0] <= 0:
            return
        row = side.named()
        left[0] -= _size(row) + sum(_size(part) for part in more.values())
        told[kind].append({"key": side.key_parts(), "row": row, **more})

    run = 1
    while True:
        there, here = old.fill(), new.fill()
        if not there and not here:
            return told
        if there and here:
            n = min(run, len(old.rows) - old.at, len(new.rows) - new.at)
            if old.plain[old.at : old.at + n] == new.plain[new.at : new.at + n]:
                old.at += n
                new.at += n
                run = min(run * 2, sqlite_file.BLOCK)
                continue
            if n > 1:
                run = n // 2
                continue
        was = old.front() if there else None
        now = new.front() if here else None
        if now is None or (was is not None and was < now):
            note(WITHDRAWN, old)
            old.at += 1
        elif was is None or now < was:
            note(ADDED, new)
            new.at += 1
        else:
            _differ(old, new, note, lenient)
            old.at += 1
            new.at += 1


def _differ(old: _Side, new: _Side, note: Callable[..., None], lenient: bool) -> None:
    """Note what differs in a row both have; one whose name is withheld now is as good as gone."""
    before, after = {}, {}
    for mine, yours in zip(new.common, old.common, strict=True):
        was, now = old.rows[old.at][yours], new.rows[new.at][mine]
        if was == now or (lenient and None in (was, now)):
            continue
        if mine in new.table.named_by and was != "" and now is None:
            note(WITHDRAWN, old, hidden={"hidden": True})
            return
        name = new.names[mine]
        before[name], after[name] = was, now
    if after:
        note(CHANGED, new, before=before, after=after)


def _size(row: dict[str, Any]) -> int:
    return sum(len(value) * 3 if isinstance(value, str) else 20 for value in row.values())


# --- days and names --------------------------------------------------------------------------------


def _put_days(new: Copy, told: dict[str, Any]) -> None:
    """Write the days of the newer copy's own list of entries beside the rows that are told."""
    wanted = _wanted(told, (ADDED, CHANGED))
    for row in _found(new, ENTRIES, wanted):
        for kind, entry in wanted[row["table_name"], row["row_code"]]:
            entry["on"] = row.get("first_entered_on" if kind == ADDED else "last_changed_on")
            if kind == ADDED and row.get("late_days"):
                entry["late_days"] = row["late_days"]
    hidden = [(k, e) for k, e in _entries(told, (WITHDRAWN,)) if "hidden" in e]
    by_place = {(name, entry["key"][0]): entry for name, entry in hidden if len(entry["key"]) == 1}
    for row in _found(new, ENTRIES, by_place):
        by_place[row["table_name"], row["row_code"]]["on"] = row.get("last_changed_on")
    wanted = _wanted(told, (WITHDRAWN,))
    for row in _found(new, GONE, wanted):
        for _, entry in wanted[row["table_name"], row["row_code"]]:
            entry["on"] = row.get("withdrawn_on")
            entry["reason"] = [row.get("reason_ko", row.get("step_ko"))]
            entry["reason"].append(row.get("reason_en", row.get("step_en")))


def _entries(told: dict[str, Any], kinds: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, table in told.items():
        for kind in kinds:
            for entry in table[kind]:
                yield name, entry


def _wanted(
    told: dict[str, Any], kinds: tuple[str, ...]
) -> dict[tuple[str, Any], list[tuple[str, dict[str, Any]]]]:
    found: dict[tuple[str, Any], list[tuple[str, dict[str, Any]]]] = {}
    for name, table in told.items():
        for kind in kinds:
            for entry in table[kind]:
                if len(entry["key"]) == 1:
                    found.setdefault((name, entry["key"][0]), []).append((kind, entry))
    return found


def _found(copy: Copy, name: str, wanted: dict[tuple[str, Any], Any]) -> Iterator[dict[str, Any]]:
    """Read the rows of a list of records that are wanted; a copy without the list has none."""
    shape = copy.shapes.get(name)
    if shape is None or not wanted:
        return
    names = [c for c, _ in shape.columns]
    if not {"table_name", "row_code"} <= set(names):
        return
    table, code = names.index("table_name"), names.index("row_code")
    for block in copy.blocks(name):
        for row in block:
            if (row[table], row[code]) in wanted:
                yield dict(zip(names, row, strict=True))


def _labels(
    old: Copy, new: Copy, tables: dict[str, _Table], told: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return what the codes in the told rows stand for, by the table they lead to."""
    wanted: dict[str, set[Any]] = {}
    for name, entry in _entries(told, KINDS):
        names = tables[name].names
        for place, target in tables[name].refers.items():
            column = names[place]
            parts = (entry["row"], entry.get("before", {}), entry.get("after", {}))
            wanted.setdefault(target, set()).update(
                part[column] for part in parts if part.get(column) is not None
            )
    found: dict[str, dict[str, Any]] = {}
    for copy in (new, old):
        for target, codes in wanted.items():
            table = tables.get(target)
            missing = codes - set(found.get(target, ()))
            if table is None or table.label is None or len(table.keys) != 1 or not missing:
                continue
            if target not in copy.shapes or copy.shapes[target] != table.shape:
                continue
            key, label = table.keys[0], table.label
            for block in copy.blocks(target):
                for row in block:
                    if row[key] in missing and row[label] is not None:
                        found.setdefault(target, {})[str(row[key])] = row[label]
    return found
