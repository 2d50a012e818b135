"""What a new office knows of energy: indicators, areas, published tables, targets; the sample's
figures."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db import bulk
from db.schema.energy import (
    Dataset,
    EnergySource,
    Indicator,
    IndicatorSource,
    Series,
    Target,
)
from db.store import usecase
from db.vocab import TargetKind
from gwangju_desktop import clock
from gwangju_desktop.energy import areas, rules, targets
from gwangju_desktop.sheets.layouts import known

_GAP = 1024


@usecase("Set up energy indicators")
def set_up(tx: Session) -> None:
    """Write the indicators, areas, published tables, their order and the published targets."""
    catalogue = _read("catalogue.toml")
    sources = {source.code: source for source in _sources()}
    tx.add_all(sources.values())
    areas.complete(tx)
    indicators = {one["code"]: _indicator(place, one) for place, one in _numbered(catalogue)}
    tx.add_all(indicators.values())
    tx.flush()
    for one in catalogue["indicator"]:
        for rank, code in enumerate(one.get("sources", ()), start=1):
            tx.add(
                IndicatorSource(
                    indicator_id=indicators[one["code"]].id,
                    source_id=sources[code].id,
                    rank=rank,
                )
            )
    targets.complete(tx)


@usecase("Add sample energy figures")
def sample_readings(tx: Session) -> list[int]:
    """Add the published yearly totals and made-up districts and months; return the datasets' ids.

    Published totals carry their source; everything made up is marked 예시.
    """
    sample = _read("sample.toml")
    _add_targets(tx, sample["target"], sample=True)
    reported = sample["reported"]
    rows: list[_Row] = [("EL01", "", year, value, False) for year, value in _years(reported)]
    rows += [
        ("EL01", f"use={use}", 201900, value, False) for use, value in reported["uses"].items()
    ]
    rows += [
        ("EL03", "", int(year) * 100, value, False)
        for year, value in reported["households"].items()
    ]
    first = _store(
        tx,
        "city_reports",
        reported["file"],
        [(rules.CITY, *row) for row in rows],
        indicator_units={"EL03": "kWh"},
    )
    made = sample["made_up"]
    second = _store(
        tx,
        "sample",
        made["file"],
        [row for code in ("EL01", "GS01") for row in _made_up(code, made[code], made["last"])],
        status="estimated",
        indicator_units={code: made[code]["unit"] for code in ("EL01", "GS01")},
    )
    return [first, second]


_Row = tuple[str, str, int, float, bool]
_Place = tuple[str, str, str, int, float, bool]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.path("energy", name).read_text("utf-8"))


def _numbered(catalogue: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(catalogue["indicator"], start=1))


def _indicator(place: int, one: dict[str, Any]) -> Indicator:
    return Indicator(
        code=one["code"],
        position=place * _GAP,
        section=one["section"],
        name_ko=one["name"]["ko"],
        name_en=one["name"]["en"],
        unit=one["unit"],
        kind=one["kind"],
        direction=one["better"],
        decimals=one.get("decimals", 0),
    )


def _sources() -> list[EnergySource]:
    """Return the tables that may hold figures of the city, and the sample's."""
    published = [
        EnergySource(
            code=layout.id,
            publisher=layout.publisher,
            title_ko=layout.title_ko,
            title_en=layout.title_en,
            unit=layout.unit,
        )
        for layout in known()
        if not layout.area
    ]
    told = [
        EnergySource(
            code=one["code"],
            publisher=one["publisher"],
            title_ko=one["title"]["ko"],
            title_en=one["title"]["en"],
            unit=one["unit"],
            sample=one.get("sample", False),
        )
        for one in _read("sample.toml")["source"]
    ]
    return published + told


def _add_targets(tx: Session, told: list[dict[str, Any]], *, sample: bool) -> None:
    indicators = _ids(tx)
    for one in told:
        for place, (year, value) in enumerate(one["path"].items()):
            begins = place == 0 and len(one["path"]) > 1
            tx.add(
                Target(
                    indicator_id=indicators[one["indicator"]],
                    year=int(year),
                    value=value,
                    source=one["source"],
                    sample=sample,
                    kind=(TargetKind.START if begins else TargetKind.TARGET).value,
                )
            )


def _ids(tx: Session) -> dict[str, int]:
    return {row[0]: row[1] for row in tx.execute(select(Indicator.code, Indicator.id))}


def _years(told: dict[str, Any]) -> list[tuple[int, float]]:
    return [(int(year) * 100, value) for year, value in told["years"].items()]


def _made_up(code: str, told: dict[str, Any], last: int) -> list[_Place]:
    """Split each year's whole by area, use and month, so that the parts add up to it."""
    months: list[int] = told["months"]
    uses: dict[str, int] = told["uses"] or {"": 1}
    shares = sum(months) * sum(told["areas"].values()) * sum(uses.values())
    rows: list[_Place] = []
    for year, whole in _years(told):
        parts = [
            (area, code, f"use={use}" if use else "", year + place, whole * part * share * weight)
            for area, part in told["areas"].items()
            for use, share in uses.items()
            for place, weight in enumerate(months, start=1)
        ]
        # Whole units; the last part takes what rounding left over.
        values = [float(round(value / shares)) for *_, value in parts]
        values[-1] += whole - sum(values)
        rows += [
            (area, of, dims, period, value, False)
            for (area, of, dims, period, _), value in zip(parts, values, strict=True)
            if period <= last
        ]
    return rows


def _store(
    tx: Session,
    source_code: str,
    file: str,
    rows: list[_Place],
    *,
    status: str = "final",
    indicator_units: dict[str, str] | None = None,
) -> int:
    source = tx.scalars(select(EnergySource).where(EnergySource.code == source_code)).one()
    indicators = _ids(tx)
    own_units = indicator_units or {}
    series: dict[tuple[str, str, str], Series] = {}
    for area, code, dims, *_ in rows:
        if (area, code, dims) not in series:
            made = Series(
                source_id=source.id,
                indicator_id=indicators[code],
                area=area,
                dims=dims,
                unit=own_units.get(code, source.unit),
            )
            series[area, code, dims] = made
            tx.add(made)
    tx.flush()
    values = hashlib.sha256(repr(rows).encode()).hexdigest()
    periods = [row[3] for row in rows]
    dataset = Dataset(
        source_id=source.id,
        file_name=file,
        sha256=values,
        values_sha256=values,
        publisher=source.publisher,
        title=source.title_ko,
        unit=", ".join(sorted({one.unit for one in series.values()})),
        first_period=min(periods),
        last_period=max(periods),
        imported_at=clock.now(),
        readings=len(rows),
        sample=source.sample,
    )
    bulk.load(
        tx,
        dataset,
        (
            bulk.BulkRow(series[area, code, dims].id, period, value, summed, status)
            for area, code, dims, period, value, summed in rows
        ),
    )
    return dataset.id
