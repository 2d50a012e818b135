"""What is stored of an indicator, as the sums over it need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from db.schema.energy import (
    Area,
    EnergySource,
    FigureDue,
    Indicator,
    IndicatorSource,
    Reading,
    ReadingMonth,
    Series,
)
from db.vocab import AreaLevel
from gwangju_desktop.energy import rules, sums
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.areas import NATION
from gwangju_desktop.text import N_

ALL_YEARS = (0, 9999)
# A statement holds only so many ranges.
_RANGES = 200


_NAMED = select(
    Indicator.id,
    Indicator.code,
    Indicator.unit,
    Indicator.kind,
    Indicator.decimals,
    Indicator.rule,
    exists().where(FigureDue.indicator_id == Indicator.id).label("due"),
).where(Indicator.code == bindparam("code"))


def named(read: Session, code: str) -> Any:
    """Return an indicator's id, unit, kind, decimals and rule; `due` where a figure is.

    Raises UserError.
    """
    row = read.execute(_NAMED, {"code": code}).one_or_none()
    if row is None:
        raise UserError(
            N_("There is no indicator {code}."),
            hint=N_("'list indicators' names them all."),
            code=code,
        )
    return row


def order(read: Session, indicator: int) -> dict[int, int]:
    """Return the rank of each source of an indicator, 1 first."""
    query = select(IndicatorSource.source_id, IndicatorSource.rank).where(
        IndicatorSource.indicator_id == indicator
    )
    return {row[0]: row[1] for row in read.execute(query).all()}


def places(read: Session) -> rules.Places:
    """Return which areas make up another: the nation's provinces, the city's districts.

    Dongs are not added: an office knows only those that came in some file.
    """
    query = (
        select(Area.code, Area.parent, Area.valid_from, Area.valid_to, Area.successor)
        .where(Area.parent.is_not(None), Area.level != AreaLevel.DONG.value)
        .order_by(Area.position, Area.id)
    )
    return places_of(read.execute(query).all())


def places_of(rows: Sequence[Any]) -> rules.Places:
    """Return which areas make up another from their rows, in their order. Pure."""
    return rules.Places(
        tuple(
            rules.Place(row.code, row.parent, row.valid_from, row.valid_to)
            for row in rows
            if row.parent
        ),
        _open(rows),
    )


def _open(rows: Sequence[Any]) -> frozenset[str]:
    """Return the areas that took in more than the city while only its own parts are known in them.

    What ended the day before an area began without another that follows went into it.
    """
    ended = {row.valid_to for row in rows if row.parent == NATION and row.code != rules.CITY}
    first = {day + dt.timedelta(days=1) for day in ended if day is not None}
    joined = {row.code for row in rows if row.parent == NATION and row.valid_from in first}
    if not joined:
        return frozenset()
    own = {row.successor for row in rows if row.parent == rules.CITY and row.successor}
    others = {row.parent for row in rows if row.parent in joined and row.code not in own}
    return frozenset(joined - others)


def check_area(read: Session, code: str) -> None:
    known = list(dict.fromkeys(read.scalars(select(Area.code).order_by(Area.position))))
    if code not in known:
        raise UserError(
            N_("There is no area {code}."),
            hint=N_("Known: {known}."),
            code=code,
            known=", ".join(known[:40]),
        )


def due_years(read: Session, indicator: int, years: tuple[int, int] = ALL_YEARS) -> set[int]:
    """Return the years of an indicator that the rollup does not know yet."""
    query = select(FigureDue.period).where(FigureDue.indicator_id == indicator)
    found = {period // 100 for period in read.scalars(query)}
    return {year for year in found if years[0] <= year <= years[1]}


def spans(
    years: tuple[int, int], steps: tuple[int, ...], only: Collection[int] | None
) -> list[tuple[int, int]]:
    """Return the ranges of period numbers: years times 100, days times 10,000 and so on."""
    ranges = [(year, year) for year in sorted(only)] if only is not None else [years]
    return [
        (low * step, min(high * step + step - 1, 2**31 - 1))
        for step in steps
        for low, high in ranges
    ]


def stored(
    read: Session,
    row: Any,
    codes: Collection[str] | None,
    spans: Iterable[tuple[int, int]],
) -> list[rules.Held]:
    """Return an indicator's readings of some areas (None: all) within ranges of periods."""
    ranges = or_(*(Reading.period.between(low, high) for low, high in spans))
    query = (
        select(
            Series.source_id,
            Series.area,
            Series.dims,
            Reading.period,
            Reading.value,
            Reading.summed,
            Reading.status,
            Reading.dataset_id,
            Series.unit,
            EnergySource.unit,
        )
        .join(Reading, Reading.series_id == Series.id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Series.indicator_id == row.id, ranges)
    )
    if codes is not None:
        query = query.where(Series.area.in_(list(codes)))
    ratio = Ratios(read, row.unit)
    return [
        rules.Held(
            source,
            area,
            dims,
            period,
            rules.converted(value, ratio.of(own or of)),
            summed,
            status,
            dataset,
        )
        for source, area, dims, period, value, summed, status, dataset, own, of in read.execute(
            query
        ).all()
    ]


class Ratios:
    """The exact ratios from published units into an indicator's, energy by the office's factors."""

    def __init__(self, read: Session, unit: str) -> None:
        self.read, self.unit = read, unit
        self._known: dict[str, Fraction] = {}

    def of(self, published: str) -> Fraction:
        """Return what a published number is multiplied with."""
        ratio = self._known.get(published)
        if ratio is None:
            exact = units.ratio(published, self.unit) if published else None
            if exact is None and published:
                # Few figures are of another measure, and the factors read figures themselves.
                from gwangju_desktop.energy import conversion

                exact = conversion.lasting_ratio(self.read, published, self.unit)
            ratio = self._known[published] = exact or Fraction(1)
        return ratio


def made_months(
    read: Session,
    row: Any,
    codes: Collection[str] | None,
    years: tuple[int, int] = ALL_YEARS,
    *,
    only: Collection[int] | None = None,
) -> list[rules.Held]:
    """Return the months made of days and hours; those that are due are added again."""
    low, high = (min(only), max(only)) if only else years
    period = ReadingMonth.period
    query = (
        select(
            Series.source_id,
            Series.area,
            Series.dims,
            period,
            ReadingMonth.n,
            ReadingMonth.total,
            ReadingMonth.status,
            ReadingMonth.dataset_id,
            Series.unit,
            EnergySource.unit,
        )
        .join(ReadingMonth, ReadingMonth.series_id == Series.id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(
            Series.indicator_id == row.id,
            or_(
                period.between(low * 100, high * 100 + 99),
                period.between(low * 10_000, high * 10_000 + 9999),
            ),
        )
    )
    late_query = select(FigureDue.period).where(FigureDue.indicator_id == row.id)
    if codes is not None:
        query = query.where(Series.area.in_(list(codes)))
    late = {one for one in read.scalars(late_query) if rules.grain(one) == "month"}
    if only is not None:
        late = {one for one in late if one // 100 in only}
    ratio = Ratios(read, row.unit)
    made = []
    for source, area, dims, key, n, total, status, dataset, own, of in read.execute(query).all():
        month, size = (key, "day") if key < rules.DAYS else (key // 100, "hour")
        if month in late or (only is not None and month // 100 not in only):
            continue
        whole = n >= sums.parts_in(month, size)
        made.append(
            rules.Held(
                source,
                area,
                dims,
                month,
                rules.converted(total, ratio.of(own or of)),
                False,
                status if whole else rules.PARTIAL,
                dataset,
                made=True,
            )
        )
    if late:
        spans = [(one * 100, one * 100 + 99) for one in late]
        spans += [(one * 10_000, one * 10_000 + 9999) for one in late]
        for at in range(0, len(spans), _RANGES):
            fine = stored(read, row, codes, spans[at : at + _RANGES])
            made += sums.rolled(fine, row.kind)
    made.sort(key=lambda one: one.status == rules.PARTIAL)
    return sums.join((), made)
