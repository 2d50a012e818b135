"""What derived figures are computed from: read once, published or computed themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Indicator, Series
from gwangju_desktop.energy import factors, figures
from gwangju_desktop.energy.derived.model import Computed, Part, Rule, rule_of
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

# Grains figures are computed for; days and hours only ever are what was published.
GRAINS = ("year", "quarter", "month")
# The part of a breakdown that no item names.
REST = "rest"


@dataclass(frozen=True, slots=True)
class Fact:
    """What of an indicator computing needs."""

    code: str
    name: str
    unit: str
    decimals: int
    baseline_year: int | None
    rule: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Value:
    """One figure something is computed from; `made` where it was computed itself."""

    value: Fraction
    status: str
    datasets: tuple[int, ...]
    months: int | None = None
    made: Computed | None = None


Values = Mapping[str, Value]


class Inputs:
    """The readings, rules and factors of one question, each read once."""

    def __init__(self, read: Session, *, as_known_on: dt.date | None = None) -> None:
        self.session, self.as_known_on = read, as_known_on
        self.factors = factors.factors(read)
        self.facts = {
            row.code: Fact(
                row.code,
                named(row.name_ko, row.name_en),
                row.unit,
                row.decimals,
                row.baseline_year,
                row.rule,
            )
            for row in read.execute(select(Indicator.__table__)).all()
        }
        self._published: dict[tuple[str, str, str, str], dict[str, Value]] = {}
        self._items: dict[tuple[str, str, str, str], dict[str, dict[str, Value]]] = {}

    def rule(self, code: str, definition: str = "") -> Rule | None:
        """Return an indicator's rule in a definition; raise UserError for one it has not."""
        raw = self.facts[code].rule
        if raw is None:
            return None
        try:
            return rule_of(raw, definition)
        except KeyError:
            raise UserError(
                N_("{indicator} has no definition {definition}."),
                hint=N_("Known: {known}."),
                indicator=code,
                definition=definition,
                known=", ".join(raw.get("definitions", {})) or "–",
            ) from None

    def may_have(self, code: str) -> bool:
        """Say whether an indicator has readings or is computed itself."""
        fact = self.facts.get(code)
        return fact is not None and (fact.rule is not None or code in self.read_codes)

    @cached_property
    def read_codes(self) -> frozenset[str]:
        """Return the indicators that have a series of readings."""
        query = select(Indicator.code).join(Series, Series.indicator_id == Indicator.id).distinct()
        return frozenset(self.session.scalars(query))

    def published(self, code: str, area: str, by: str, where: str = "") -> dict[str, Value]:
        """Return what was published or adds up from it, by period; nothing for a part unknown."""
        key = (code, area, by, where)
        if key not in self._published:
            try:
                found = figures.series(
                    self.session,
                    indicator=code,
                    area=area,
                    by=by,  # type: ignore[arg-type]
                    where=where or None,
                    as_known_on=self.as_known_on,
                ).points
            except UserError:
                if not where:
                    raise
                # The indicator is not told apart by what was asked.
                found = ()
            self._published[key] = {point.period: _value(point) for point in found}
        return self._published[key]

    def held(self, code: str, area: str) -> list[str]:
        """Return the periods of an area that an indicator was published for, of any length."""
        if code not in self.read_codes:
            return []
        return [period for by in GRAINS for period in self.published(code, area, by)]

    def items(self, code: str, area: str, by: str, dimension: str) -> dict[str, dict[str, Value]]:
        """Return the figures of each item of a dimension, without the rest no item names."""
        found = self.division(code, area, by, dimension)
        return {item: values for item, values in found.items() if item != REST}

    def division(
        self, code: str, area: str, by: str, dimension: str
    ) -> dict[str, dict[str, Value]]:
        """Return each item's figures and the rest, each period divided by one publisher."""
        key = (code, area, by, dimension)
        if key not in self._items:
            found: Mapping[str, tuple[figures.Point, ...]] = {}
            if dimension in figures.dimensions(self.session, indicator=code):
                found = figures.breakdown(
                    self.session,
                    indicator=code,
                    area=area,
                    by=by,  # type: ignore[arg-type]
                    dimension=dimension,
                )
            self._items[key] = {
                item: {point.period: _value(point) for point in points}
                for item, points in found.items()
            }
        return self._items[key]


def exact(value: float) -> Fraction:
    """Return the number that a stored figure is written as: 8973446.068, not its binary cousin."""
    return Fraction(repr(value))


def part_of(fact: Fact, value: Value) -> Part:
    """Return a figure that was read as a part of a computed one, in its own unit."""
    number = float(value.value)
    used = tuple(row.id for row in value.made.factors) if value.made else ()
    return Part(
        fact.code,
        fact.name,
        number,
        fact.unit,
        number,
        fact.unit,
        value.made.formula if value.made else "",
        used,
        datasets=value.datasets,
        computed=value.made is not None,
    )


def _value(point: figures.Point) -> Value:
    return Value(exact(point.value), point.status, point.datasets, point.months)
