"""Which lines are sums of their neighbours? Arithmetic answers where labels mislead.

서비스업 may be the sum of the four rows under it and say nothing; 소계 may stand twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gwangju_desktop.sheets.cells import key
from gwangju_desktop.sheets.facts import Wrong
from gwangju_desktop.sheets.model import Line, Table

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_NOT_SUMMED = re.compile(
    r"률|율$|비율|%|평균|증감|전년|전월|대비|구성비|누계|누적|당인구|남여비|원단위|℃"
)
# Beyond these an unbounded search takes minutes; long tables are checked by their labels.
_MOST_UNLABELLED = 120
_MOST_NEIGHBOURS = 400
_MOST_UNKNOWN_TABLE = 60
# A stated total this near to its parts is a total with wrong cells, not a chance.
_NEARLY = 0.6
# What adding floats makes of exact numbers; how many exact totals make a lone inexact one wrong.
_NOISE = 1e-12
_MANY = 10
# Of a number without a label; nearer than this it is no chance.
_CHANCE = 0.005
_MOST_FAULTS = 20


@dataclass(slots=True)
class Checked:
    """What the totals of a table turned out to be.

    `rows` and `columns` say which lines are sums, by their order; `names` names a total inside
    another one by its parts, by ("row" or "column", place).
    """

    rows: list[bool]
    columns: list[bool]
    checked: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    # Totals that differ from their parts by no more than rounding makes.
    rounded: list[Wrong] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    names: dict[tuple[str, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Broken:
    """A labelled total that fits most of its numbers, and where it does not."""

    line: int
    parts: list[int]
    wrong: Flags


def check(table: Table, columns: list[Line], values: Numbers, *, known: bool) -> Checked:
    """Compare every stated total with its parts, along rows and along columns.

    `values` is rows by `columns`, NaN where missing; `known` tables are also searched for sums
    that no label claims.
    """
    checked = Checked([False] * len(table.rows), [False] * len(columns))
    summed = [place for place, line in enumerate(columns) if _adds_up(line)]
    if not summed:
        return checked
    filled = np.nan_to_num(values)
    work = _Work(table, columns, filled, summed, _slack(values[:, summed]), known, checked)
    found = work.faults
    work.neighbours("row")
    if len({line.unit for line in columns}) == 1:
        work.neighbours("column")
    if len(table.rows) > _MOST_NEIGHBOURS:
        work.long_table()
    checked.wrong = [fault.wrong for fault in _culprits(found)]
    return checked


def _culprits(faults: list[_Fault]) -> list[_Fault]:
    """Return each cell once, without totals that are wrong only because a part of theirs is."""
    once = list({fault.cell: fault for fault in faults}.values())
    return [fault for fault in once if not any(_explains(other, fault) for other in once)]


def _explains(other: _Fault, fault: _Fault) -> bool:
    """Say whether a wrong cell is among the parts of another total and is off by as much."""
    return other.cell in fault.parts and abs(other.off + fault.off) <= 1e-6 * abs(fault.off)


def _adds_up(line: Line) -> bool:
    return line.unit != "%" and not _NOT_SUMMED.search(key(" ".join(line.path)))


def _slack(values: Numbers) -> float:
    """Return half of the last printed digit."""
    live = values[np.isfinite(values)]
    for digits in range(4):
        if np.allclose(live, np.round(live, digits), rtol=0, atol=1e-9):
            return float(0.5 * 10.0**-digits)
    return 0.0005


@dataclass(frozen=True, slots=True)
class _Fault:
    """A stated total's cell (row, column) and those of its parts, where they are known."""

    cell: tuple[int, int]
    parts: frozenset[tuple[int, int]]
    wrong: Wrong

    @property
    def off(self) -> float:
        """By how much the total is more than its parts."""
        return self.wrong.stated - self.wrong.parts


@dataclass(slots=True)
class _Work:
    table: Table
    columns: list[Line]
    filled: Numbers
    summed: list[int]
    slack: float
    known: bool
    out: Checked
    faults: list[_Fault] = field(default_factory=list)

    def neighbours(self, axis: str) -> None:
        """Find sums among the lines beside them."""
        by_row = axis == "row"
        lines = self.table.rows if by_row else self.columns
        data = self.filled[:, self.summed] if by_row else self.filled.T
        claims = any(line.total for line in lines)
        if not (claims or self.known):
            return
        if len(lines) > (_MOST_NEIGHBOURS if claims else _MOST_UNKNOWN_TABLE):
            return
        keep = [place for place, line in enumerate(lines) if "other" not in line.total]
        lines = [lines[place] for place in keep]
        data = data[keep]
        # Only items hide sums without a name; a city is never the sum of its neighbours.
        items = len({line.items for line in lines}) > 1
        tree = _Tree(data, [bool(line.total) for line in lines], self.slack, unlabelled=items)
        tree.find()
        flags = self.out.rows if by_row else self.out.columns
        for place in {parent for parent in tree.parents if parent is not None}:
            flags[keep[place]] = True
            self.out.checked += int(np.count_nonzero(data[place]))
            self._name(axis, lines, tree.parents, place)
            if all(broken.line != place for broken in tree.broken):
                self._round(by_row, lines, data, tree.parents, place)
        for broken in tree.broken:
            for at in np.flatnonzero(broken.wrong)[:_MOST_FAULTS]:
                self._wrong(by_row, lines, data, broken.line, broken.parts, int(at))
        self.out.unexplained += [
            " / ".join(line.path)
            for place, line in enumerate(lines)
            if line.total and not flags[keep[place]] and data[place].any()
        ]

    def _name(
        self, axis: str, lines: Sequence[Line], parents: list[int | None], place: int
    ) -> None:
        line = lines[place]
        above = parents[place]
        if above is None or not line.items or _whose(lines[above]) != _whose(line):
            # The whole of its own place and period needs no other name.
            return
        parts = [
            key(lines[child].items[-1])
            for child, parent in enumerate(parents)
            if parent == place and lines[child].items
        ]
        if parts:
            name = f"{key(line.items[-1])} ({parts[0]}…{parts[-1]})"
            self.out.names[axis, line.at] = name

    def _round(
        self,
        by_row: bool,
        lines: Sequence[Line],
        data: Numbers,
        parents: list[int | None],
        place: int,
    ) -> None:
        """Tell a total's differences that rounding explains; a lone one among exact ones is wrong."""
        parts = [child for child, parent in enumerate(parents) if parent == place]
        stated = data[place]
        off = np.abs(data[parts].sum(axis=0) - stated) > _NOISE * np.maximum(1.0, np.abs(stated))
        exact = np.count_nonzero(~off & (stated != 0))
        lone = off.any() and exact >= _MANY and exact >= 10 * np.count_nonzero(off)
        for at in np.flatnonzero(off)[:_MOST_FAULTS]:
            if lone:
                self._wrong(by_row, lines, data, place, parts, int(at))
            else:
                fault = self._fault(by_row, lines, data, place, parts, int(at))
                self.out.rounded.append(fault.wrong)

    def _wrong(
        self,
        by_row: bool,
        lines: Sequence[Line],
        data: Numbers,
        line: int,
        parts: list[int],
        at: int,
    ) -> None:
        self.faults.append(self._fault(by_row, lines, data, line, parts, at))

    def _fault(
        self,
        by_row: bool,
        lines: Sequence[Line],
        data: Numbers,
        line: int,
        parts: list[int],
        at: int,
    ) -> _Fault:
        across = self.columns[self.summed[at]].at if by_row else self.table.rows[at].at

        def cell_of(place: int) -> tuple[int, int]:
            return (lines[place].at, across) if by_row else (across, lines[place].at)

        cell = cell_of(line)
        stated, added = float(data[line, at]), float(data[parts, at].sum())
        told = Wrong(self.table.sheet.place(*cell), stated, round(added, 6))
        return _Fault(cell, frozenset(map(cell_of, parts)), told)

    def long_table(self) -> None:
        """Compare each labelled total row with all rows that agree on its other labels."""
        if not any(row.total for row in self.table.rows):
            return
        sums: dict[tuple[object, ...], Numbers] = {}
        counts: dict[tuple[object, ...], int] = {}
        for place, row in enumerate(self.table.rows):
            if row.total:
                continue
            numbers = self.filled[place, self.summed]
            for group in _groups(row):
                sums[group] = sums[group] + numbers if group in sums else numbers
                counts[group] = counts.get(group, 0) + 1
        for place, row in enumerate(self.table.rows):
            if not row.total or "other" in row.total:
                continue
            self.out.rows[place] = True
            group = _group_of_total(row)
            if group not in sums:
                self.out.unexplained.append(" / ".join(row.path))
                continue
            stated = self.filled[place, self.summed]
            wrong = np.abs(sums[group] - stated) > self.slack * (counts[group] + 1)
            self.out.checked += len(self.summed)
            for worst in np.flatnonzero(wrong)[:_MOST_FAULTS]:
                cell = (row.at, self.columns[self.summed[worst]].at)
                told = Wrong(
                    self.table.sheet.place(*cell),
                    float(stated[worst]),
                    round(float(sums[group][worst]), 6),
                )
                self.faults.append(_Fault(cell, frozenset(), told))


def _whose(line: Line) -> tuple[object, ...]:
    return (line.period, line.province, line.sub, line.dong, line.code)


def _groups(row: Line) -> list[tuple[object, ...]]:
    place = _inside(row)
    return [
        (row.period, row.province, place, "*"),
        (row.period, row.province, (row.sub, "*"), row.items),
        (row.period, row.province, (row.sub, "*"), "*"),
        (row.period, row.province, "*", row.items),
        (row.period, "*", "*", row.items),
        (row.period, row.province, "*", "*"),
        (row.period, "*", "*", "*"),
    ]


def _group_of_total(row: Line) -> tuple[object, ...]:
    items: object = "*" if "item" in row.total or not row.items else row.items
    place: object = _inside(row) if row.sub else "*"
    if row.sub and "area" in row.total:
        place = (row.sub, "*")
    return (row.period, row.province or "*", place, items)


def _inside(row: Line) -> tuple[str | None, str | None]:
    return (row.sub, row.dong)


class _Tree:
    """Lines swallowed by their sums, again and again, until nothing more is a sum."""

    def __init__(self, data: Numbers, said: list[bool], slack: float, *, unlabelled: bool) -> None:
        self.parents: list[int | None] = [None] * len(data)
        self.broken: list[_Broken] = []
        self._data = data
        self._said = said
        self._unlabelled = unlabelled and len(data) <= _MOST_UNLABELLED
        self._slack = slack
        self._strong = np.count_nonzero(data, axis=1)
        self._top = list(range(len(data)))
        self._done: set[int] = set()

    def find(self) -> None:
        """Find the sums: exact ones first, then labelled totals with wrong cells."""
        while self._swallow(1.0):
            pass
        while self._open() and self._swallow(_NEARLY):
            pass

    def _open(self) -> bool:
        return any(self._said[line] and line not in self._done for line in self._top)

    def _swallow(self, need: float) -> bool:
        # Labelled totals first: a chance sum must not eat a real total's parts.
        labelled = [True, False] if self._unlabelled and need == 1 else [True]
        for claimed in labelled:
            for place, line in enumerate(self._top):
                if self._said[line] == claimed and line not in self._done:
                    before = self._top[:place][::-1]
                    after = self._top[place + 1 :]
                    # The parts stand before (합계 last) or after (전국 first).
                    if self._take(line, before, need) or self._take(line, after, need):
                        return True
        return False

    def _take(self, line: int, side: list[int], need: float) -> bool:
        if not self._said[line] and any(self._said[other] for other in side[:2]):
            return False
        fit = self._fit(line, side, need)
        if fit is None:
            return False
        count, wrong = fit
        parts = side[:count]
        for part in parts:
            self.parents[part] = line
        if wrong.any():
            self.broken.append(_Broken(line, sorted(parts), wrong))
        self._top = [other for other in self._top if other not in parts]
        self._done.add(line)
        return True

    def _fit(self, line: int, side: list[int], need: float) -> tuple[int, Flags] | None:
        """Return how many neighbours a line is the sum of, and which numbers do not fit."""
        if not side or not self._strong[line]:
            return None
        if not self._said[line] and self._strong[line] < 3:
            return None
        least = 1 if self._said[line] else 2
        stated = self._data[line]
        for count in self._candidates(line, side, need):
            if count < least or np.count_nonzero(self._strong[side[:count]]) < least:
                continue
            total = self._data[side[:count]].sum(axis=0)
            right = np.abs(total - stated) <= self._room(line, count)
            live = (stated != 0) | (total != 0)
            if np.count_nonzero(right & live) >= need * np.count_nonzero(live):
                return count, ~right
        return None

    def _room(self, line: int, count: int) -> Numbers:
        """Return how far from its parts each number of a total may be by rounding."""
        room = np.full(self._data.shape[1], self._slack * (count + 1))
        # Small numbers are the sum of anything within rounding: without a label that is no sum.
        return room if self._said[line] else np.minimum(room, _CHANCE * np.abs(self._data[line]))

    def _candidates(self, line: int, side: list[int], need: float) -> list[int]:
        """Try the largest number first, the whole line only where that one fits."""
        if need < 1:
            return list(range(1, len(side) + 1))
        largest = int(np.argmax(np.abs(self._data[line])))
        running = np.cumsum(self._data[side, largest])
        room = self._slack * (np.arange(len(side)) + 2)
        near = np.abs(running - self._data[line, largest]) <= room
        return [int(place) + 1 for place in np.flatnonzero(near)]
