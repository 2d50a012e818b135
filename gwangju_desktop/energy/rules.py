"""How published figures add up: exactly, once, and only when all parts are there.

Pure functions over readings; periods are year * 100 + month, month 0 for a whole year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from db.vocab import IndicatorKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

CITY = "29000"
DISTRICTS = ("29110", "29140", "29155", "29170", "29200")
AREAS = (CITY, *DISTRICTS)

Origin = Literal["published", "sum"]
# The least certain part decides what is said of a sum.
STATUSES = ("final", "provisional", "estimated", "partial")
PARTIAL = "partial"

# A value may hold commas itself: use=의복,모피.
_CONDITIONS = re.compile(r",(?=[^,=]+=)")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Held:
    """One stored reading with its key; `value` in the indicator's unit."""

    source: int
    area: str
    dims: str
    period: int
    value: Decimal
    summed: bool
    status: str
    dataset: int


@dataclass(frozen=True, slots=True)
class Figure:
    """The answer for one area and period; `months` counts those in a sum of less than a year."""

    value: Decimal
    status: str
    origin: Origin
    datasets: frozenset[int]
    months: int | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is missing in it."""
        return self.status != PARTIAL


def period_text(period: int) -> str:
    """Write a period: 2024 or 2024-01."""
    year, month = divmod(period, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


def period_number(text: str) -> int | None:
    """Return the number of 2024 or 2024-01; None for what is finer, coarser or no period."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    month = int(found[2] or 0)
    if month > 12 or found[2] == "00":
        return None
    return int(found[1]) * 100 + month


def converted(value: float, ratio: Fraction) -> Decimal:
    """Return a published number times a ratio, exactly: 817030854 kWh is 817030.854 MWh."""
    return Decimal(repr(value)) * ratio.numerator / ratio.denominator


def dims_text(dims: Mapping[str, str]) -> str:
    """Write dimension values in the one order a series is keyed by."""
    return ";".join(f"{name}={dims[name]}" for name in sorted(dims))


def dims_of(text: str) -> dict[str, str]:
    """Read dimension values back."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return {name: value for name, _, value in pairs}


def asked_dims(where: str | None) -> dict[str, str]:
    """Read conditions such as use=residential, joined by commas; raises UserError for others."""
    dims = {}
    for part in _CONDITIONS.split(where or ""):
        if not part.strip():
            continue
        name, mark, value = part.partition("=")
        if not mark or not name.strip() or not value.strip():
            raise UserError(
                N_("'{where}' is no condition."), hint=N_("Write use=residential."), where=part
            )
        if name.strip() in dims:
            raise UserError(
                N_("'{where}' asks for another {name} than before."),
                hint=N_("Ask for one at a time; figures of two are never added."),
                where=part,
                name=name.strip(),
            )
        dims[name.strip()] = value.strip()
    return dims


def series(
    readings: Iterable[Held],
    *,
    area: str,
    by: Literal["month", "year"],
    kind: str,
    order: Mapping[int, int],
    where: Mapping[str, str],
) -> dict[int, Figure]:
    """Answer each period of an area from one source.

    `order` ranks the sources, 1 first; the first with a whole answer wins, else the first with
    any. Two sources are never added, nor a year and its months.
    """
    sources: dict[int, list[Held]] = {}
    for reading in readings:
        sources.setdefault(reading.source, []).append(reading)
    chosen: dict[int, Figure] = {}
    for source in sorted(sources, key=lambda one: (order.get(one, len(order) + 1), one)):
        for period, figure in _from_source(sources[source], area, by, kind, where).items():
            held = chosen.get(period)
            if held is None or (figure.whole and not held.whole):
                chosen[period] = figure
    return dict(sorted(chosen.items()))


def _from_source(
    readings: list[Held], area: str, by: str, kind: str, where: Mapping[str, str]
) -> dict[int, Figure]:
    parts = {
        code: _over_dims([one for one in readings if one.area == code], kind, where)
        for code in (DISTRICTS if area == CITY else ())
    }
    figures = _over_dims([one for one in readings if one.area == area], kind, where)
    if kind != IndicatorKind.RATE:
        for period, figure in _city_sums(parts).items():
            held = figures.get(period)
            if held is None or (figure.whole and not held.whole):
                figures[period] = figure
    months = {period: figure for period, figure in figures.items() if period % 100}
    if by == "month":
        return months
    years = {period: figure for period, figure in figures.items() if not period % 100}
    for period, figure in _years(months, kind).items():
        held = years.get(period)
        if held is None or (figure.whole and not held.whole):
            years[period] = figure
    return years


def _over_dims(readings: list[Held], kind: str, where: Mapping[str, str]) -> dict[int, Figure]:
    """Sum over the dimensions not named: the published whole where there is one, else its parts."""
    wanted = dict(where)
    wholes: dict[int, Figure] = {}
    leaves: dict[int, list[Held]] = {}
    for one in readings:
        dims = dims_of(one.dims)
        if dims == wanted:
            wholes[one.period] = Figure(
                one.value, one.status, "published", frozenset({one.dataset})
            )
        elif not one.summed and wanted.items() <= dims.items():
            leaves.setdefault(one.period, []).append(one)
    found = _leaf_sums(leaves, kind)
    found.update(wholes)
    return found


def _leaf_sums(leaves: Mapping[int, list[Held]], kind: str) -> dict[int, Figure]:
    """Add the parts of each period; partial where a part is missing that its year has elsewhere."""
    known: dict[int, set[str]] = {}
    for period, parts in leaves.items():
        known.setdefault(_span(period), set()).update(one.dims for one in parts)
    found = {}
    for period, parts in leaves.items():
        if len(known[_span(period)]) > 1 and kind == IndicatorKind.RATE:
            continue
        figure = add(Figure(o.value, o.status, "sum", frozenset({o.dataset})) for o in parts)
        if len(parts) == 1:
            figure = replace(figure, origin="published")
        if len(parts) < len(known[_span(period)]):
            figure = replace(figure, status=PARTIAL)
        found[period] = figure
    return found


def _span(period: int) -> int:
    """The months of a year should have the same parts; a whole year answers for itself."""
    return period // 100 if period % 100 else -period


def _city_sums(parts: Mapping[str, Mapping[int, Figure]]) -> dict[int, Figure]:
    """Add the districts; all five are needed, else the city's figure is partial."""
    found = {}
    for period in sorted({period for figures in parts.values() for period in figures}):
        there = [figures[period] for figures in parts.values() if period in figures]
        figure = add(there)
        if len(there) < len(DISTRICTS):
            figure = replace(figure, status=PARTIAL)
        found[period] = figure
    return found


def _years(months: Mapping[int, Figure], kind: str) -> dict[int, Figure]:
    """Make years of months: all twelve of a flow, the December of a stock, nothing of a rate."""
    if kind == IndicatorKind.RATE:
        return {}
    years: dict[int, list[int]] = {}
    for period in sorted(months):
        years.setdefault(period // 100, []).append(period)
    found = {}
    for year, periods in years.items():
        count = len(periods)
        if kind == IndicatorKind.STOCK:
            figure = months[periods[-1]]
            missing = periods[-1] % 100 != 12
        else:
            figure = add(months[period] for period in periods)
            missing = count < 12
        if missing:
            figure = replace(figure, status=PARTIAL, months=count)
        found[year * 100] = figure
    return found


def add(figures: Iterable[Figure]) -> Figure:
    """Add figures of one source; the least certain decides the status."""
    parts = list(figures)
    return Figure(
        value=sum((one.value for one in parts), Decimal(0)),
        status=least_certain(one.status for one in parts),
        origin="sum",
        datasets=frozenset().union(*(one.datasets for one in parts)),
    )


def least_certain(statuses: Iterable[str]) -> str:
    """Return the least certain of statuses; one that is unknown counts as provisional."""
    places = [STATUSES.index(one) if one in STATUSES else 1 for one in statuses]
    return STATUSES[max(places, default=0)]


def known_conditions(readings: Iterable[Held]) -> set[tuple[str, str]]:
    """Return the dimensions and their values that readings have."""
    return {pair for one in readings for pair in dims_of(one.dims).items()}
