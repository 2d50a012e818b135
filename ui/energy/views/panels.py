"""Districts on one shared scale: an index against one base, or the values themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.energy.districts import base_period
from ui.energy.figures import Reading, is_monthly
from ui.energy.views.axis import Axis
from ui.widgets.chart_scale import YEAR, moment


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure where it is drawn: its moment, its period, the value shown and the published one."""

    at: float
    period: str
    shown: float
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class Panels:
    """Series by code on one scale; `base` names the period that is 100, "" for the values."""

    spots: dict[str, tuple[Spot, ...]]
    whole: tuple[Spot, ...]
    base: str
    steps: tuple[float, ...]
    limits: tuple[float, float]
    apart: float

    def joined(self, before: Spot, after: Spot) -> bool:
        """Say whether two figures follow one another without a gap."""
        return after.at - before.at <= self.apart * 1.001

    @property
    def periods(self) -> list[str]:
        """Return every period that any of them has."""
        return sorted({spot.period for spots in self.spots.values() for spot in spots})


def panels(
    series: Mapping[str, Sequence[Reading]],
    whole: Sequence[Reading],
    *,
    kind: str,
    index: bool,
    by: float,
    span: tuple[float, float] | None = None,
) -> Panels | None:
    """Put districts and their whole on one scale; None where there is nothing to show.

    Rates are never an index: a change of a percentage in percent reads as something else. A year
    that is not over is left out of flows, which would seem to fall. The whole stands beside an
    index only: beside values it would press the districts to the floor. `by` divides values.
    """
    held = {code: _held(points, kind) for code, points in series.items()}
    held = {code: points for code, points in held.items() if points}
    if not held:
        return None
    index = index and kind != "rate"
    base = base_period(list(held.values())) if index else ""
    spots = {code: _spots(points, base, by, span) for code, points in held.items()}
    spots = {code: found for code, found in spots.items() if found}
    if not spots:
        return None
    ats = [spot.at for found in spots.values() for spot in found]
    # The whole may be known far longer than its parts: their time is what is shown.
    within = min(ats), max(ats)
    beside = _spots(_held(whole, kind), base, by, within, only=True) if index else ()
    shown = [spot.shown for found in (*spots.values(), beside) for spot in found]
    steps = Axis.steps_of(min(shown), max(shown), from_zero=False)
    apart = 1.0 if is_monthly(next(iter(held.values()))) else YEAR
    return Panels(spots, beside, base, steps, within, apart)


def _held(points: Sequence[Reading], kind: str) -> list[Reading]:
    return [
        point
        for point in points
        if point.value is not None and not (kind == "flow" and point.status == "partial")
    ]


def _spots(
    points: Sequence[Reading],
    base: str,
    by: float,
    span: tuple[float, float] | None,
    *,
    only: bool = False,
) -> tuple[Spot, ...]:
    """Return the figures of a span, or all where it has none; an index only where the base has any.

    With `only` nothing outside of the span.
    """
    foot = by
    if base:
        level = [p.value for p in points if p.period == base or p.period[:4] == base]
        foot = sum(level) / len(level) / 100 if level else 0.0
        if foot <= 0:
            return ()
    found = [Spot(moment(p.period), p.period, p.value / foot, p.value, p.status) for p in points]
    if span is None:
        return tuple(found)
    inside = [spot for spot in found if span[0] <= spot.at <= span[1]]
    return tuple(inside if only else inside or found)
