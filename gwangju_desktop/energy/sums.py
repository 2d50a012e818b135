"""How published figures add up: exactly, once, and only when all parts are there."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from db.vocab import IndicatorKind
from gwangju_desktop.energy.rules import (
    CITY,
    DAYS,
    PARTIAL,
    Figure,
    Held,
    Places,
    coarse,
    grain,
    last_day,
    least_certain,
    pairs_of,
    quarter_of,
    year_of,
)

Figures = dict[int, Figure]
# What is left of a published whole when its parts are taken from it.
REST = "rest"
_NO_PLACES = Places()
# Less than this share of a whole is the publisher's rounding.
_ROUNDING = Decimal("0.000001")


def series(
    readings: Iterable[Held],
    *,
    area: str,
    by: str,
    kind: str,
    order: Mapping[int, int],
    where: Mapping[str, str],
    places: Places = _NO_PLACES,
) -> Figures:
    """Answer each period of an area from one source.

    `order` ranks the sources, 1 first; the first with a whole answer wins, else the first with
    any. Two sources are never added, nor a year and its months. Days and hours count towards
    months and years once they were `rolled`.
    """
    found = several(by_rank(readings, order), area, kind, places, (by,), where)
    return dict(sorted(found[0].items()))


def several(
    ranked: Sequence[dict[str, list[Held]]],
    area: str,
    kind: str,
    places: Places,
    grains: Sequence[str],
    where: Mapping[str, str] = MappingProxyType({}),
) -> list[Figures]:
    """Answer an area's periods as `series`, for several lengths of period at once."""
    chosen: list[Figures] = [{} for _ in grains]
    for own in ranked:
        figures = _published(own, area, kind, where, places, leaves=False)
        for found, by in zip(chosen, grains, strict=True):
            for period, figure in _by(figures, by, kind).items():
                _better(found, period, figure)
    return chosen


def breakdown(
    readings: Iterable[Held],
    *,
    area: str,
    by: str,
    kind: str,
    order: Mapping[int, int],
    dimension: str,
    places: Places = _NO_PLACES,
) -> dict[str, Figures]:
    """Split each period of an area by a dimension, from one source, so that nothing counts twice.

    Only parts that no other published figure sums up; what a published whole holds besides them
    is REST. A period is answered by the first source whose parts are whole, else the first.
    """
    found: dict[str, Figures] = {}
    answered: dict[int, bool] = {}
    for own in by_rank(readings, order):
        split = _split(own, area, by, kind, dimension, places)
        for period, parts in split.items():
            whole = all(part.whole for part in parts.values())
            if answered.get(period, False) or (period in answered and not whole):
                continue
            for figures in found.values():
                figures.pop(period, None)
            answered[period] = whole
            for item, part in parts.items():
                found.setdefault(item, {})[period] = part
    return {item: dict(sorted(figures.items())) for item, figures in found.items() if figures}


def by_rank(readings: Iterable[Held], order: Mapping[int, int]) -> list[dict[str, list[Held]]]:
    """Return each source's readings by area, the source that is asked first before the others."""
    sources: dict[int, dict[str, list[Held]]] = {}
    for one in readings:
        sources.setdefault(one.source, {}).setdefault(one.area, []).append(one)
    ranked = sorted(sources, key=lambda one: (order.get(one, len(order) + 1), one))
    return [sources[one] for one in ranked]


def _split(
    own: dict[str, list[Held]], area: str, by: str, kind: str, dimension: str, places: Places
) -> dict[int, dict[str, Figure]]:
    items: dict[str, None] = {}
    for one in (one for readings in own.values() for one in readings if not one.summed):
        value = dict(pairs_of(one.dims)).get(dimension)
        if value is not None:
            items[value] = None
    split: dict[int, dict[str, Figure]] = {}
    for item in items:
        figures = _from_source(own, area, by, kind, {dimension: item}, places, leaves=True)
        for period, figure in figures.items():
            split.setdefault(period, {})[item] = figure
    if kind == IndicatorKind.RATE:
        return split
    for period, whole in _from_source(own, area, by, kind, {}, places).items():
        parts = split.get(period)
        if not parts or not whole.whole:
            continue
        rest = whole.value - sum(part.value for part in parts.values())
        if abs(rest) > abs(whole.value) * _ROUNDING:
            parts[REST] = replace(whole, value=rest, origin="sum")
    return split


def _from_source(
    own: dict[str, list[Held]],
    area: str,
    by: str,
    kind: str,
    where: Mapping[str, str],
    places: Places,
    *,
    leaves: bool = False,
) -> Figures:
    return _by(_published(own, area, kind, where, places, leaves=leaves), by, kind)


def _published(
    own: dict[str, list[Held]],
    area: str,
    kind: str,
    where: Mapping[str, str],
    places: Places,
    *,
    leaves: bool,
) -> Figures:
    figures = _over_dims(own.get(area, ()), kind, where, leaves=leaves)
    if kind != IndicatorKind.RATE:
        parts = {
            code: _over_dims(own[code], kind, where, leaves=leaves)
            for code in places.ever(area)
            if code in own
        }
        for period, figure in _area_sums(area, parts, places).items():
            _better(figures, period, figure)
    return figures


def _better(figures: Figures, period: int, figure: Figure) -> None:
    """Take a figure where there is none, or only one that is not whole."""
    held = figures.get(period)
    if held is None or (figure.whole and not held.whole):
        figures[period] = figure


def _over_dims(
    readings: Sequence[Held], kind: str, where: Mapping[str, str], *, leaves: bool
) -> Figures:
    """Sum over the dimensions not named: the published whole where there is one, else its parts."""
    wanted = set(where.items())
    wholes: Figures = {}
    # A table by use and one by building are two ways to split one whole: never added.
    ways: dict[frozenset[str], dict[int, list[Held]]] = {}
    for one in readings:
        pairs = pairs_of(one.dims)
        if len(pairs) == len(wanted) and wanted.issuperset(pairs):
            if leaves and one.summed:
                continue
            origin = "sum" if one.made else "published"
            _better(wholes, one.period, _figure(one, origin))
        elif not one.summed and wanted.issubset(pairs):
            way = frozenset(name for name, _ in pairs)
            ways.setdefault(way, {}).setdefault(one.period, []).append(one)
    for way in sorted(ways, key=lambda names: (len(names), sorted(names))):
        for period, figure in _leaf_sums(ways[way], kind).items():
            if period not in wholes or not wholes[period].whole:
                _better(wholes, period, figure)
    return wholes


def _figure(one: Held, origin: str) -> Figure:
    return Figure(one.value, one.status, origin, frozenset({one.dataset}))  # type: ignore[arg-type]


def _leaf_sums(leaves: Mapping[int, list[Held]], kind: str) -> Figures:
    """Add the parts of each period; partial where a part is missing that its year has elsewhere."""
    known: dict[int, set[str]] = {}
    for period, parts in leaves.items():
        known.setdefault(_span(period), set()).update(one.dims for one in parts)
    found = {}
    for period, parts in leaves.items():
        if len(known[_span(period)]) > 1 and kind == IndicatorKind.RATE:
            continue
        if len(parts) == 1:
            figure = _figure(parts[0], "sum" if parts[0].made else "published")
        else:
            figure = add(_figure(one, "sum") for one in parts)
        if len(parts) < len(known[_span(period)]):
            figure = replace(figure, status=PARTIAL)
        found[period] = figure
    return found


def _span(period: int) -> int:
    """The months of a year should have the same parts; a whole year answers for itself."""
    return -period if grain(period) == "year" else year_of(period)


def _area_sums(area: str, parts: Mapping[str, Figures], places: Places) -> Figures:
    """Add the parts of an area; where one is missing the city's figure is partial.

    Any other area has none then: one city's figure says nothing of the nation. Where not all
    parts are known the sum is partial too.
    """
    found = {}
    for period in sorted({period for figures in parts.values() for period in figures}):
        codes = places.parts(area, period)
        there = [parts[code][period] for code in codes if period in parts.get(code, ())]
        if not there or (len(there) < len(codes) and area != CITY):
            continue
        figure = add(there)
        if len(there) < len(codes) or area in places.open:
            figure = replace(figure, status=PARTIAL)
        found[period] = figure
    return found


def _by(figures: Figures, by: str, kind: str) -> Figures:
    """Keep the periods of one length, making longer ones of shorter where they are not published."""
    own = {period: figure for period, figure in figures.items() if grain(period) == by}
    if by == "year":
        months = {period: one for period, one in figures.items() if grain(period) == "month"}
        quarters = {period: one for period, one in figures.items() if grain(period) == "quarter"}
        made = _longer(months, lambda month: month // 100 * 100, 12, 1, kind)
        for year, figure in _longer(quarters, lambda one: one // 100 * 100, 4, 3, kind).items():
            _better(made, year, figure)
    elif by == "quarter":
        months = {period: one for period, one in figures.items() if grain(period) == "month"}
        made = _longer(months, quarter_of, 3, 1, kind)
    else:
        return own
    for period, figure in made.items():
        _better(own, period, figure)
    return own


def _longer(
    figures: Figures, of: Callable[[int], int], count: int, months: int, kind: str
) -> Figures:
    """Make longer periods: all parts of a flow, the last of a stock, nothing of a rate."""
    if kind == IndicatorKind.RATE:
        return {}
    spans: dict[int, list[int]] = {}
    for period in sorted(figures):
        spans.setdefault(of(period), []).append(period)
    found = {}
    for span, periods in spans.items():
        if kind == IndicatorKind.STOCK:
            figure = figures[periods[-1]]
            missing = last_day(periods[-1]) != last_day(span)
        else:
            figure = add(figures[period] for period in periods)
            missing = len(periods) < count
        if missing:
            figure = replace(figure, status=PARTIAL, months=len(periods) * months)
        found[span] = figure
    return found


def add(figures: Iterable[Figure]) -> Figure:
    """Add figures of one source; the least certain decides the status."""
    parts = list(figures)
    return Figure(
        value=sum((one.value for one in parts), Decimal(0)),
        status=least_certain({one.status for one in parts}),
        origin="sum",
        datasets=frozenset().union(*(one.datasets for one in parts)),
    )


# --- days and hours -------------------------------------------------------------------------------


def rolled(readings: Iterable[Held], kind: str) -> list[Held]:
    """Add months made of days and hours, where no month is published; drop the days and hours.

    A month of days comes before one of hours unless only the second is whole.
    """
    longer: list[Held] = []
    fine: list[Held] = []
    for one in readings:
        (longer if one.period < DAYS else fine).append(one)
    return join(longer, _added(fine, coarse, kind))


def days(readings: Iterable[Held], kind: str) -> list[Held]:
    """Return the days, made of hours where they are not published."""
    fine = [one for one in readings if one.period >= DAYS]
    own = [one for one in fine if grain(one.period) == "day"]
    hours = [one for one in fine if grain(one.period) == "hour"]
    return join(own, _added(hours, lambda period: period // 100, kind))


def join(published: Iterable[Held], made: Iterable[Held]) -> list[Held]:
    """Put made periods beside published ones, each key once."""
    found = {(one.source, one.area, one.dims, one.period): one for one in published}
    for one in made:
        key = (one.source, one.area, one.dims, one.period)
        held = found.get(key)
        if held is None or (held.made and held.status == PARTIAL and one.status != PARTIAL):
            found[key] = one
    return list(found.values())


def _added(fine: Iterable[Held], of: Callable[[int], int], kind: str) -> list[Held]:
    if kind != IndicatorKind.FLOW:
        return []
    groups: dict[tuple[str, int, str, str, int], list[Held]] = {}
    for one in fine:
        key = (grain(one.period), one.source, one.area, one.dims, of(one.period))
        groups.setdefault(key, []).append(one)
    made = []
    for (size, source, area, dims, period), parts in sorted(groups.items()):
        status = least_certain({one.status for one in parts})
        made.append(
            Held(
                source,
                area,
                dims,
                period,
                sum((one.value for one in parts), Decimal(0)),
                any(one.summed for one in parts),
                status if len(parts) >= parts_in(period, size) else PARTIAL,
                max(one.dataset for one in parts),
                made=True,
            )
        )
    return made


def parts_in(period: int, size: str) -> int:
    """Return how many days or hours a whole month or day has."""
    if period >= DAYS:
        return 24
    days_of = calendar.monthrange(period // 100, period % 100)[1]
    return days_of if size == "day" else 24 * days_of
