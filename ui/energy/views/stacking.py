"""Parts of a whole over time: which are shown, what the rest is, where each begins and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gwangju_desktop.energy import sums

REST = sums.REST  # what no item has, and what is not shown on its own
MOST = 6
ROUNDING = 0.002  # of the whole: what the publisher's own rounding leaves over


class Figure(Protocol):
    """One point of an item's series."""

    period: str
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class Summed:
    """Figures of one period added up, as sure as the least sure of them."""

    period: str
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class Part:
    """One item in one column: it reaches from `low` to `high` in the unit shown."""

    item: str
    value: float
    low: float
    high: float
    status: str


@dataclass(frozen=True, slots=True)
class Stacked:
    """One period; `lacking` names the items that have figures before and after but none here.

    `over` says that the parts add up to more than the whole that was published.
    """

    period: str
    parts: tuple[Part, ...]
    total: float
    lacking: tuple[str, ...]
    status: str
    over: bool = False

    def part(self, item: str) -> Part | None:
        """Return an item's part, None where it has none."""
        return next((part for part in self.parts if part.item == item), None)

    def share(self, item: str) -> float | None:
        """Return an item's share of the period; None where the whole is not known or has no sign."""
        part = self.part(item)
        if part is None or self.lacking or self.total <= 0 or any(p.value < 0 for p in self.parts):
            return None
        return part.value / self.total


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns in time order; `items` from the floor up, `folded` those that went into the rest."""

    items: tuple[str, ...]
    columns: tuple[Stacked, ...]
    folded: tuple[str, ...] = ()


SURE = {"final": 0, "provisional": 1, "estimated": 2, "partial": 3}


def stack(
    series: Mapping[str, Sequence[Figure]],
    totals: Mapping[str, float] | None = None,
    most: int = MOST,
    *,
    whole: bool = False,
) -> Stack:
    """Stack items that add up at one time; the `most` that are largest over all stay apart.

    What is left over, with the item REST if there is one, is the rest. Items with a figure below
    zero (absorption) go down from zero, the others up. `totals` are the wholes that are known: a
    period whose parts make up its whole lacks nothing, however the publisher cut it that year.
    `whole` says that only all items together are the whole: one that is not there is missing.
    """
    held = {item: {p.period: p for p in points} for item, points in series.items() if points}
    periods = sorted({period for points in held.values() for period in points})
    if not periods:
        return Stack((), ())
    order = _order(held, periods)
    kept, folded = order[:most], order[most:]
    if len(folded) == 1:
        # A rest of one item would only hide its name.
        kept, folded = order, []
    rest = [*folded, *([REST] if REST in held else [])]
    known = totals or {}
    columns = [_column(held, kept, rest, period, known.get(period), whole) for period in periods]
    shown = {part.item for column in columns for part in column.parts}
    items = [item for item in (*kept, REST) if item in shown]
    return Stack(tuple(items), tuple(columns), tuple(folded))


def grouped(
    series: Mapping[str, Sequence[Figure]], names: Mapping[str, str]
) -> dict[str, list[Summed]]:
    """Return items with those under one heading (산업용/제조업/섬유) added up under it.

    `names` maps a heading to the code it has elsewhere: the same thing keeps one place.
    """
    found: dict[str, dict[str, Summed]] = {}
    for item, points in series.items():
        head = item.split("/")[0]
        held = found.setdefault(names.get(head, head), {})
        for point in points:
            before = held.get(point.period)
            held[point.period] = Summed(
                point.period,
                point.value + (before.value if before else 0.0),
                _surer(before.status, point.status) if before else point.status,
            )
    return {item: [held[period] for period in sorted(held)] for item, held in found.items()}


def largest(
    series: Mapping[str, Sequence[Figure]], most: int = MOST
) -> tuple[dict[str, Sequence[Figure]], tuple[str, ...]]:
    """Return the items that are largest on the average, and the names of the others."""
    held = {item: points for item, points in series.items() if points and item != REST}
    means = {i: sum(abs(p.value) for p in points) / len(points) for i, points in held.items()}
    # An item known for one period only would not make a line.
    order = sorted(held, key=lambda item: (len(held[item]) < 2, -means[item]))
    return {item: held[item] for item in order[:most]}, tuple(order[most:])


def _surer(one: str, other: str) -> str:
    """Return the status that is less sure."""
    return max((one, other), key=lambda name: SURE.get(name, 1))


def _order(held: Mapping[str, dict[str, Figure]], periods: Sequence[str]) -> list[str]:
    """Return the items by their mean share of the periods, the largest first."""
    wholes = {p: sum(abs(held[i][p].value) for i in held if p in held[i]) for p in periods}
    sizes = {
        item: sum(abs(point.value) / (wholes[p] or 1.0) for p, point in points.items())
        for item, points in held.items()
        if item != REST
    }
    return sorted(sizes, key=lambda item: -sizes[item])


def _column(
    held: Mapping[str, dict[str, Figure]],
    kept: Sequence[str],
    rest: Sequence[str],
    period: str,
    known: float | None,
    strict: bool,
) -> Stacked:
    parts: list[Part] = []
    up = down = 0.0
    status = "final"
    apart = [item for item in held if item != REST]
    lacking = [item for item in apart if _lacks(held[item], period, strict)]
    total = sum(points[period].value for points in held.values() if period in points)
    if not strict and known is not None and abs(total - known) <= ROUNDING * abs(known):
        lacking = []
    # What the known whole has beyond its parts belongs to none of them.
    beyond = known - total if known is not None and not lacking and known > total else 0.0
    for item in (*kept, REST):
        sources = rest if item == REST else [item]
        found = [held[source][period] for source in sources if period in held[source]]
        value = sum(point.value for point in found) + (beyond if item == REST else 0.0)
        if (item == REST and abs(value) <= ROUNDING * (up - down)) or (not found and not value):
            continue
        sure = _surest([point.status for point in found])
        status = _surer(status, sure)
        if value < 0:
            parts.append(Part(item, value, down + value, down, sure))
            down += value
        else:
            parts.append(Part(item, value, up, up + value, sure))
            up += value
    over = known is not None and not lacking and total - known > ROUNDING * abs(known)
    return Stacked(period, tuple(parts), up + down, tuple(lacking), status, over)


def _surest(statuses: Sequence[str]) -> str:
    """Return the least sure of some statuses; final without any."""
    return max(statuses, key=lambda name: SURE.get(name, 1), default="final")


def _lacks(points: Mapping[str, Figure], period: str, strict: bool) -> bool:
    return period not in points and (strict or min(points) < period < max(points))
