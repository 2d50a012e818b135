"""Energy figures of each year from the readings of a copy, computed ones by their rule."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from db.vocab import AreaLevel
from gwangju_desktop.energy import conversion, derived, held, paths, rules, sums
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.energy.derived.inputs import Fact, Inputs, Value, exact
from gwangju_desktop.energy.derived.model import Computed
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.energy.rules import CITY, Held
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.snapshots.reworking.rows import (
    Both,
    Found,
    Part,
    Rows,
    Worked,
    day,
    part,
    said,
)
from gwangju_desktop.text import C_, speaking

PARTS = 120
_PUBLISHED = C_("recompute", "{value} {unit} as published.")
_SUMMED = C_("recompute", "{value} {unit} as the sum of the published parts.")
_GAP = C_("recompute", "({value} − {aim}) ÷ {aim} × 100 = {share} %")


class CopyInputs(Inputs):
    """What figures are computed from, of the rows of a copy; answers as the office's own does."""

    def __init__(self, rows: Rows, language: str) -> None:
        self.rows = rows
        self.as_known_on = None
        self.factors = [_factor(n, row, language) for n, row in enumerate(_ordered(rows, "factor"))]
        name = "name_ko" if language == "ko" else "name_en"
        self.indicators = {str(row["code"]): row for row in rows.of("indicator")}
        self.facts = {
            code: Fact(
                code,
                str(row[name] or row["name_ko"]),
                str(row["unit"]),
                int(row["decimals"]),
                row["baseline_year"],
                json.loads(row["rule"]) if row["rule"] else None,
            )
            for code, row in self.indicators.items()
        }
        self.datasets = {str(row["id"]): n for n, row in enumerate(rows.of("dataset"))}
        self._sources = {str(row["id"]): n for n, row in enumerate(rows.of("energy_source"))}
        self.places = _places(rows)
        self._published: dict[tuple[str, str, str, str], dict[str, Value]] = {}
        self._items: dict[tuple[str, str, str, str], dict[str, dict[str, Value]]] = {}
        self._readings: dict[str, list[Held]] = {}
        self.figures: dict[tuple[str, str, str, str], sums.Figures] = {}
        with_series = {str(row["indicator_id"]) for row in rows.of("series")}
        self.__dict__["read_codes"] = frozenset(
            code for code, row in self.indicators.items() if str(row["id"]) in with_series
        )

    def published(self, code: str, area: str, by: str, where: str = "") -> dict[str, Value]:
        """Return what was published or adds up from it, by period."""
        key = (code, area, by, where)
        if key not in self._published:
            wanted = rules.asked_dims(where)
            readings = self._held(code)
            known = {pair for one in readings for pair in rules.pairs_of(one.dims)}
            found: sums.Figures = {}
            if not known or set(wanted.items()) <= known:
                found = sums.series(
                    readings,
                    area=area,
                    by=by,
                    kind=self.indicators[code]["kind"],
                    order=self._order(code),
                    where=wanted,
                    places=self.places,
                )
            self.figures[key] = found
            self._published[key] = _values(found)
        return self._published[key]

    def division(
        self, code: str, area: str, by: str, dimension: str
    ) -> dict[str, dict[str, Value]]:
        """Return each item's figures and the rest, each period divided by one publisher."""
        key = (code, area, by, dimension)
        if key not in self._items:
            readings = self._held(code)
            found: dict[str, sums.Figures] = {}
            if any(name == dimension for one in readings for name, _ in rules.pairs_of(one.dims)):
                found = sums.breakdown(
                    readings,
                    area=area,
                    by=by,
                    kind=self.indicators[code]["kind"],
                    order=self._order(code),
                    dimension=dimension,
                    places=self.places,
                )
            self._items[key] = {item: _values(figures) for item, figures in found.items()}
        return self._items[key]

    def _order(self, code: str) -> dict[int, int]:
        own = self.rows.by("indicator_source", "indicator_id", self.indicators[code]["id"])
        return {self._sources[str(row["source_id"])]: row["rank"] for row in own}

    def _held(self, code: str) -> list[Held]:
        if code not in self._readings:
            indicator = self.indicators[code]
            found = []
            for series in self.rows.by("series", "indicator_id", indicator["id"]):
                source = self.rows.one("energy_source", series["source_id"])
                ratio = self._ratio(str(series["unit"] or source["unit"] or ""), indicator["unit"])
                found += [
                    Held(
                        self._sources[str(series["source_id"])],
                        str(series["area"]),
                        str(series["dims"] or ""),
                        one["period"],
                        rules.converted(one["value"], ratio),
                        bool(one["summed"]),
                        str(one["status"]),
                        self.datasets[str(one["dataset_id"])],
                    )
                    for one in self.rows.by("reading", "series_id", series["id"])
                ]
            self._readings[code] = sums.rolled(found, indicator["kind"])
        return self._readings[code]

    def _ratio(self, published: str, unit: str) -> Fraction:
        if not published:
            return Fraction(1)
        found = units.ratio(published, unit)
        return found or conversion.lasting_ratio(self.factors, published, unit) or Fraction(1)


def _values(found: sums.Figures) -> dict[str, Value]:
    return {
        rules.period_text(period): Value(
            exact(float(one.value)), one.status, tuple(sorted(one.datasets)), one.months
        )
        for period, one in found.items()
    }


def _ordered(rows: Rows, table: str) -> list[dict[str, Any]]:
    return sorted(rows.of(table), key=lambda row: row["position"])


def _places(rows: Rows) -> rules.Places:
    known = [
        SimpleNamespace(
            code=row["code"],
            parent=row["parent"],
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            successor=row["successor"],
        )
        for row in _ordered(rows, "area")
        if row["parent"] is not None and row["level"] != AreaLevel.DONG
    ]
    return held.places_of(known)


def _factor(n: int, row: Mapping[str, Any], language: str) -> FactorRow:
    name = row["name_ko"] if language == "ko" else row["name_en"] or row["name_ko"]
    return FactorRow(
        *(n, row["kind"], row["variant"] or "", name, row["name_ko"], row["name_en"]),
        *(row["value"], row["unit"], day(row["valid_from"]), day(row["valid_to"])),
        *(row["basis"], row["source"], row["mark"], bool(row["sample"])),
    )


# --- figures --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """A year's figure: published or computed."""

    value: Value
    origin: str


def rework(rows: Rows) -> Found:
    """Return every figure of energy by its key."""
    with speaking("ko"):
        ours = Engine(CopyInputs(rows, "ko"))
        found: dict[str, dict[str, Answer]] = {}
        for code in _inputs(ours).indicators:
            # What the rules refuse to tell of one indicator takes nothing from the others.
            with contextlib.suppress(UserError):
                found[code] = answers(ours, code)
    with speaking("en"):
        theirs = Engine(CopyInputs(rows, "en"))
        english = {code: answers(theirs, code) for code in found}
    told: Found = {}
    for code, held_ in found.items():
        told.update(_indicator(rows, ours, code, held_, english[code]))
    return told


def _inputs(engine: Engine) -> CopyInputs:
    assert isinstance(engine.inputs, CopyInputs)
    return engine.inputs


def answers(engine: Engine, code: str, area: str = CITY) -> dict[str, Answer]:
    """Return an area's figures by year: published ones, or where there are none computed ones."""
    inputs = _inputs(engine)
    published = inputs.published(code, area, "year")
    if published or inputs.rule(code) is None:
        origins = inputs.figures[code, area, "year", ""]
        return {
            period: Answer(one, origins[int(period) * 100].origin)
            for period, one in published.items()
        }
    made = derived.filled(engine, code, area, "year")
    return {one.period: Answer(_made(one), "computed") for one in made}


def _made(one: Computed) -> Value:
    assert one.value is not None
    return Value(exact(one.value), one.status, one.datasets, one.months, one)


def _indicator(
    rows: Rows,
    engine: Engine,
    code: str,
    answers: dict[str, Answer],
    english: dict[str, Answer],
) -> Iterator[tuple[str, Worked]]:
    inputs = _inputs(engine)
    row = inputs.indicators[code]
    aims = [one for one in rows.by("target", "indicator_id", row["id"]) if one["area"] == CITY]
    points = [SimpleNamespace(**one) for one in aims]
    for period, one in answers.items():
        value = float(one.value.value)
        key = f"energy:{row['id']}:{period}"
        parts = _parts(rows, inputs, row, period, one)
        yield f"{key}:total", Worked(value, _steps(row, one, english[period]), parts)
        gap = paths.gap(value, int(period), points)
        if gap is None or gap.share is None or one.value.months is not None:
            continue
        share = gap.share * 100
        steps = said(_GAP, value=f"{value:,.10g}", aim=f"{gap.aim:,.10g}", share=f"{share:.1f}")
        own = [part("target", aim, aim["year"], "value", "kind") for aim in aims]
        here = Part("indicator", str(row["id"]), period, f"{value:,.10g} {row['unit']}")
        yield f"{key}:gap", Worked(share, steps, [here, *own])


def _steps(row: dict[str, Any], one: Answer, english: Answer) -> Both:
    if one.value.made is not None and english.value.made is not None:
        return one.value.made.formula, english.value.made.formula
    message = _PUBLISHED if one.origin == "published" else _SUMMED
    digits = int(row["decimals"])
    return said(message, value=f"{float(one.value.value):,.{digits}f}", unit=row["unit"])


def _parts(
    rows: Rows, inputs: CopyInputs, row: dict[str, Any], period: str, one: Answer
) -> list[Part]:
    """Return what a year rests on: the parts of a rule, else readings of the datasets used."""
    if one.value.made is not None:
        return [
            Part(
                "indicator",
                str(inputs.indicators[made.indicator]["id"])
                if made.indicator in inputs.indicators
                else "",
                " ".join(text for text in (made.name, made.item) if text),
                f"{made.amount:,.10g} {made.amount_unit}" if made.amount is not None else "",
            )
            for made in one.value.made.parts
        ]
    used = {code for code, n in inputs.datasets.items() if n in one.value.datasets}
    found: list[Part] = []
    for series in rows.by("series", "indicator_id", row["id"]):
        if series["area"] not in (CITY, *inputs.places.ever(CITY)):
            continue
        for held_ in rows.by("reading", "series_id", series["id"]):
            here = rules.year_of(held_["period"]) == int(period)
            fits = one.origin != "published" or held_["period"] == int(period) * 100
            if here and fits and str(held_["dataset_id"]) in used and len(found) < PARTS:
                label = " · ".join(
                    str(text)
                    for text in (rules.period_text(held_["period"]), series["area"], series["dims"])
                    if text
                )
                unit = series["unit"] or ""
                found.append(
                    Part(
                        "series", str(series["id"]), label, f"{held_['value']:,.10g} {unit}".strip()
                    )
                )
    return found
