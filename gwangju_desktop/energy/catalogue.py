"""What a new office knows of energy: indicators, areas, published tables, targets; the sample's
figures."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db import bulk
from db.schema.energy import (
    Dataset,
    EnergySource,
    Factor,
    Indicator,
    IndicatorSource,
    Series,
    Target,
)
from db.schema.office import Setting
from db.store import usecase
from db.vocab import TargetKind
from gwangju_desktop import clock, settings
from gwangju_desktop.energy import areas, rules, targets
from gwangju_desktop.sheets.layouts import known

GAP = 1024
# Raised when the files of resources/energy have something new for offices that are there.
EDITION = 1
# The first day of a factor that has always held, or whose first day nobody knows.
ALWAYS = dt.date(1900, 1, 1)
# What indicators could not say before revision 0007.
_SINCE_7 = (
    "frequency",
    "level",
    "dimensions",
    "origin",
    "baseline_year",
    "quality",
    "rule",
    "note_ko",
    "note_en",
)


@usecase("Set up energy indicators")
def set_up(tx: Session) -> None:
    """Write the indicators, areas, published tables with their order, targets and factors."""
    completed(tx)


@usecase("Complete the energy catalogue")
def complete(tx: Session) -> int:
    """Give an office of an earlier program what has come since; return how many rows it lacked."""
    return completed(tx)


def completed(tx: Session) -> int:
    """Add what the office lacks of this edition and fill what its rows could not say before.

    Nothing that is there is changed, and what somebody took away stays away: each edition is
    added once. For use cases that need the catalogue whole, such as an import.
    """
    held = tx.scalars(select(Setting).where(Setting.key == settings.ENERGY_EDITION)).one_or_none()
    if held is not None and held.value == EDITION:
        return 0
    catalogue = _read("catalogue.toml")["indicator"]
    sources = _complete_sources(tx)
    areas.complete(tx)
    indicators, added = _complete_indicators(tx, catalogue)
    added += _complete_orders(tx, catalogue, indicators, sources)
    targets.complete(tx)
    added += _complete_factors(tx)
    if held is None:
        tx.add(Setting(key=settings.ENERGY_EDITION, value=EDITION))
    else:
        held.value = EDITION
    tx.flush()
    return added


def incomplete(read: Session) -> bool:
    """Say whether the office is of an earlier edition than this program's catalogue."""
    return bool(settings.value(read, settings.ENERGY_EDITION) != EDITION)


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


def _complete_indicators(
    tx: Session, catalogue: list[dict[str, Any]]
) -> tuple[dict[str, Indicator], int]:
    """Add the indicators that lack, each after its neighbour; return all by code, and how many."""
    held = {row.code: row for row in tx.scalars(select(Indicator))}
    places = sorted(row.position for row in held.values())
    last, added = 0, 0
    for one in catalogue:
        facts = _facts(one)
        row = held.get(one["code"])
        if row is None:
            after = next((place for place in places if place > last), last + 2 * GAP)
            row = Indicator(code=one["code"], position=(last + after) // 2, **facts)
            tx.add(row)
            held[row.code] = row
            places = sorted([*places, row.position])
            added += 1
        else:
            for name in _SINCE_7:
                if getattr(row, name) in ("", None):
                    setattr(row, name, facts[name])
        last = row.position
    tx.flush()
    return held, added


def _facts(one: dict[str, Any]) -> dict[str, Any]:
    note = one.get("note", {})
    return {
        "section": one["section"],
        "name_ko": one["name"]["ko"],
        "name_en": one["name"]["en"],
        "unit": one["unit"],
        "kind": one["kind"],
        "direction": one["better"],
        "decimals": one.get("decimals", 0),
        "frequency": one.get("frequency", ""),
        "level": one.get("level", ""),
        "dimensions": one.get("dimensions", ""),
        "origin": one.get("origin", ""),
        "baseline_year": one.get("baseline"),
        "quality": one.get("quality", ""),
        "rule": one.get("rule"),
        "note_ko": note.get("ko", ""),
        "note_en": note.get("en", ""),
    }


def _complete_sources(tx: Session) -> dict[str, EnergySource]:
    held = {row.code: row for row in tx.scalars(select(EnergySource))}
    for source in _sources():
        if source.code not in held:
            held[source.code] = source
            tx.add(source)
    tx.flush()
    return held


def _complete_orders(
    tx: Session,
    catalogue: list[dict[str, Any]],
    indicators: dict[str, Indicator],
    sources: dict[str, EnergySource],
) -> int:
    """Rank the tables an indicator is read from; those an office has no rank for come last."""
    ranked: dict[int, dict[int, int]] = {}
    for row in tx.scalars(select(IndicatorSource)):
        ranked.setdefault(row.indicator_id, {})[row.source_id] = row.rank
    added = 0
    for one in catalogue:
        indicator = indicators[one["code"]].id
        held = ranked.setdefault(indicator, {})
        for code in one.get("sources", ()):
            if code in sources and sources[code].id not in held:
                rank = max(held.values(), default=0) + 1
                held[sources[code].id] = rank
                tx.add(
                    IndicatorSource(indicator_id=indicator, source_id=sources[code].id, rank=rank)
                )
                added += 1
    return added


def _complete_factors(tx: Session) -> int:
    held = {(row.kind, row.variant, row.valid_from) for row in tx.scalars(select(Factor))}
    last = tx.scalar(select(func.max(Factor.position))) or 0
    added = 0
    for one in _read("factors.toml")["factor"]:
        first = one.get("valid_from", ALWAYS)
        if (one["kind"], one.get("variant", ""), first) in held:
            continue
        added += 1
        tx.add(
            Factor(
                kind=one["kind"],
                variant=one.get("variant", ""),
                position=last + added * GAP,
                name_ko=one["name"]["ko"],
                name_en=one["name"]["en"],
                value=float(one["value"]),
                unit=one["unit"],
                valid_from=first,
                valid_to=one.get("valid_to"),
                basis=one.get("basis", ""),
                source=one["source"],
                mark=one["mark"],
            )
        )
    return added


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
