"""What a new office knows of energy: indicators, areas, published tables, targets, factors."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import (
    EnergySource,
    Factor,
    Indicator,
    IndicatorSource,
)
from db.schema.office import Setting
from db.store import usecase
from gwangju_desktop import settings
from gwangju_desktop.energy import areas, duties, targets
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
    duties.complete(tx)
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


def shipped_units() -> dict[str, str]:
    """Return the units of the indicators every new office has, by code."""
    return {one["code"]: one["unit"] for one in _read("catalogue.toml")["indicator"]}


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
    """Return the published tables this program knows."""
    return [
        EnergySource(
            code=layout.id,
            publisher=layout.publisher,
            title_ko=layout.title_ko,
            title_en=layout.title_en,
            unit=layout.unit,
        )
        for layout in known()
    ]


def _ids(tx: Session) -> dict[str, int]:
    return {row[0]: row[1] for row in tx.execute(select(Indicator.code, Indicator.id))}
