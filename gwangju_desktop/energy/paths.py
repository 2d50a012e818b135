"""Where an indicator should go: points with a source, the guide between them, gap and pace.

Pure arithmetic. Only a point somebody set is a target; a year between two points is read off a
straight line, which is a guide (참고 경로) and neither kept nor missed. Before the first point
and after the last there is nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from db.vocab import TargetKind


class Aim(Protocol):
    """One point of a path."""

    @property
    def year(self) -> int:
        """Return the year it is for."""

    @property
    def value(self) -> float:
        """Return the value aimed at, in the indicator's unit."""

    @property
    def kind(self) -> str:
        """Return what it is: a word of TargetKind."""


@dataclass(frozen=True, slots=True)
class Guide:
    """The path in one year; `kind` is that of the point set for it, "" between points."""

    year: int
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a value is from what stands for its year, in the indicator's unit and as a share.

    `kind` says what that is: a target somebody set, or the guide between points. `share` is None
    where the path is at 0.
    """

    kind: Literal["target", "guide"]
    aim: float
    difference: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Pace:
    """The even change a year that leads from the last whole figure to the next target point.

    `yearly` is in the indicator's unit; `rate` the same number of years at one rate (-0.017 is
    1.7 % less each year), None where a rate leads nowhere because one end is not above 0.
    """

    year: int
    aim: float
    years: int
    yearly: float
    rate: float | None


def ordered(points: Iterable[Aim]) -> list[Aim]:
    """Return points by year."""
    return sorted(points, key=lambda point: point.year)


def path(points: Iterable[Aim]) -> list[Guide]:
    """Return the path year by year, from the first point to the last."""
    known = ordered(points)
    if not known:
        return []
    kinds = {point.year: point.kind for point in known}
    years = range(known[0].year, known[-1].year + 1)
    return [Guide(year, _on(known, year), kinds.get(year, "")) for year in years]


def at(points: Iterable[Aim], year: int) -> Guide | None:
    """Return the path in one year; None before its first point, after its last and without any."""
    known = ordered(points)
    if not known or not known[0].year <= year <= known[-1].year:
        return None
    kind = next((point.kind for point in known if point.year == year), "")
    return Guide(year, _on(known, year), kind)


def gap(value: float, year: int, points: Iterable[Aim]) -> Gap | None:
    """Return how far a year's value is from the path; None where the path says nothing of it.

    Only a year whose point is a target is compared with a target: not the least the law asks for,
    not where the path begins, and never a year between points.
    """
    here = at(points, year)
    if here is None or here.kind == TargetKind.START:
        return None
    difference = value - here.value
    share = difference / abs(here.value) if here.value else None
    kind: Literal["target", "guide"] = "target" if here.kind == TargetKind.TARGET else "guide"
    return Gap(kind, here.value, difference, share)


def pace(year: int, value: float, points: Iterable[Aim]) -> Pace | None:
    """Return what it takes from a year's whole figure to the next target; None when none is left.

    Where no target is left but a least the law asks for is, that is what it leads to.
    """
    ahead = [point for point in ordered(points) if point.year > year]
    wanted = [point for point in ahead if point.kind == TargetKind.TARGET]
    wanted = wanted or [point for point in ahead if point.kind == TargetKind.LEAST]
    if not wanted:
        return None
    aim = wanted[0]
    years = aim.year - year
    rate = (aim.value / value) ** (1 / years) - 1 if value > 0 and aim.value > 0 else None
    return Pace(aim.year, aim.value, years, (aim.value - value) / years, rate)


def change(base: float, value: float) -> float | None:
    """Return a value's change on a base as a share (997 to 548 is -0.450); None on a base of 0."""
    return (value - base) / abs(base) if base else None


def since_start(points: Iterable[Aim]) -> dict[int, float]:
    """Return the change on the path's beginning by year of each later point; {} without one."""
    known = ordered(points)
    start = next((point for point in known if point.kind == TargetKind.START), None)
    if start is None:
        return {}
    changes = {
        point.year: change(start.value, point.value) for point in known if point.year > start.year
    }
    return {year: share for year, share in changes.items() if share is not None}


def _on(known: Sequence[Aim], year: int) -> float:
    """Read the straight line between the two points around a year."""
    for before, after in itertools.pairwise(known):
        if before.year <= year <= after.year:
            share = (year - before.year) / ((after.year - before.year) or 1)
            return before.value + share * (after.value - before.value)
    return known[0].value
