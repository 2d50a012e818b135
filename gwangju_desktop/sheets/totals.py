"""Which lines are sums of their neighbours? Arithmetic answers where labels mislead.

서비스업 may be the sum of the four rows under it and say nothing; 소계 may stand twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gwangju_desktop.sheets import areas
from gwangju_desktop.sheets.cells import key
from gwangju_desktop.sheets.facts import Wrong
from gwangju_desktop.sheets.model import Line, Table
from gwangju_desktop.sheets.sums import NEARLY, Flags, Numbers, Tree

_NOT_SUMMED = re.compile(
    r"률|율$|비율|%|평균|증감|전년|전월|대비|구성비|누계|누적|당인구|남여비|원단위|℃"
)
# Beyond these an unbounded search takes minutes; long tables are checked by their labels.
_MOST_NEIGHBOURS = 400
_MOST_UNKNOWN_TABLE = 60
# What adding floats makes of exact numbers; how many exact totals make a lone inexact one wrong.
_NOISE = 1e-12
_MANY = 10
_MOST_FAULTS = 20
# A total of the nation is complete with these; one may be missing before a new one was made.
_MOST_PROVINCES = 16


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
    told = np.isfinite(values)
    work = _Work(table, columns, filled, told, summed, _slack(values[:, summed]), known, checked)
    found = work.faults
    work.neighbours("row")
    if len({line.unit for line in columns}) == 1:
        work.neighbours("column")
    work.grouped()
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
    # Where a number stands: a missing one is no zero.
    told: Flags
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
        tree = Tree(data, [bool(line.total) for line in lines], self.slack, unlabelled=items)
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
        for place, line in enumerate(lines):
            if not line.total or flags[keep[place]] or not data[place].any():
                continue
            alike = any(
                flags[keep[other]] and one.total == line.total for other, one in enumerate(lines)
            )
            parts = self._meant(lines, tree, place, alike=alike)
            if parts:
                # Others of its kind are sums of what stands beside them: this one is wrong.
                flags[keep[place]] = True
                for at in np.flatnonzero(data[place])[:_MOST_FAULTS]:
                    self._wrong(by_row, lines, data, place, parts, int(at))
            else:
                self.out.unexplained.append(" / ".join(line.path))

    def _meant(
        self, lines: Sequence[Line], tree: Tree, place: int, *, alike: bool
    ) -> list[int] | None:
        """Return what a total that fits nothing must mean, None where nobody knows.

        `alike` says that others of its kind fit. All provinces beside it are the nation's parts.
        """
        side = tree.beside(place)
        group = lines[place].path[:-1]
        if group and any(lines[part].path[:-1] == group for part in side):
            # 업무용 / 업무용 계 sums what stands under 업무용.
            side = [part for part in side if lines[part].path[:-1] == group]
        provinces = {lines[part].province for part in side} - {None, areas.NATION}
        whole = "area" in lines[place].total and len(provinces) >= _MOST_PROVINCES
        return side if side and (alike or whole) else None

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

    def grouped(self) -> None:
        """Compare each labelled total row that its neighbours did not explain with its group.

        Its group are all rows that agree on its other labels. Without a place of its own a row of
        a short table has none: nobody knows which of the others it means to sum.
        """
        rows = self.table.rows
        long = len(rows) > _MOST_NEIGHBOURS
        totals = [
            (place, row)
            for place, row in enumerate(rows)
            if row.total
            and "other" not in row.total
            and not self.out.rows[place]
            and (long or row.province or row.sub or row.code or "area" in row.total)
        ]
        if not totals:
            return
        sums: dict[tuple[object, ...], Numbers] = {}
        counts: dict[tuple[object, ...], int] = {}
        for place, row in enumerate(rows):
            if row.total or self.out.rows[place]:
                continue
            numbers = self.filled[place, self.summed]
            for group in _groups(row):
                sums[group] = sums[group] + numbers if group in sums else numbers
                counts[group] = counts.get(group, 0) + 1
        left, fitting = [], Counter[frozenset[str]]()
        for place, row in totals:
            self.out.rows[place] = True
            label = " / ".join(row.path)
            group = _group_of_total(row)
            if group in sums and self._compare(place, row, sums[group], counts[group]):
                fitting[row.total] += 1
                if label in self.out.unexplained:
                    self.out.unexplained.remove(label)
            else:
                left.append((place, row, group, label))
        odd = Counter(row.total for _, row, _, _ in left)
        for place, row, group, label in left:
            if group in sums and fitting[row.total] > odd[row.total]:
                # Most of its kind are the sums of their groups, so this one is wrong.
                wrong = self.told[place, self.summed]
                self._grouped_faults(row, self.filled[place, self.summed], sums[group], wrong)
                if label in self.out.unexplained:
                    self.out.unexplained.remove(label)
            elif label not in self.out.unexplained:
                self.out.unexplained.append(label)

    def _compare(self, place: int, row: Line, added: Numbers, count: int) -> bool:
        """Compare a total with its group; False where the file has only some of its parts."""
        stated = self.filled[place, self.summed]
        if not stated.any():
            # Left blank, or nothing of nothing.
            self.out.checked += int(not added.any())
            return not added.any()
        wrong = (np.abs(added - stated) > self.slack * (count + 1)) & self.told[place, self.summed]
        live = (stated != 0) | (added != 0)
        nearly = np.count_nonzero(~wrong & live) >= NEARLY * np.count_nonzero(live)
        if not nearly and not self._complete(row):
            return False
        self.out.checked += len(self.summed)
        self._grouped_faults(row, stated, added, wrong)
        return True

    def _grouped_faults(self, row: Line, stated: Numbers, added: Numbers, wrong: Flags) -> None:
        for worst in np.flatnonzero(wrong)[:_MOST_FAULTS]:
            cell = (row.at, self.columns[self.summed[worst]].at)
            told = Wrong(
                self.table.sheet.place(*cell),
                float(stated[worst]),
                round(float(added[worst]), 6),
            )
            self.faults.append(_Fault(cell, frozenset(), told))

    def _complete(self, total: Line) -> bool:
        """Say whether all parts of a total over places must be in the file."""
        if "area" not in total.total:
            return True
        rows = [row for row in self.table.rows if not row.total]
        if total.province in (None, areas.NATION):
            return len({row.province for row in rows if row.province}) >= _MOST_PROVINCES
        subs = {key(row.sub) for row in rows if row.province == total.province and row.sub}
        return total.province == areas.CITY and subs == set(areas.DISTRICTS) and not total.sub


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
    province = row.province if row.province != areas.NATION else None
    return (row.period, province or "*", place, items)


def _inside(row: Line) -> tuple[str | None, str | None]:
    return (row.sub, row.dong)
