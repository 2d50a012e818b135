"""The sample's energy figures: yearly totals that were published, and made-up ones beside them."""

from __future__ import annotations

import hashlib
import itertools
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db import bulk
from db.schema.energy import (
    Annotation,
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

Texts = dict[str, Any]
# Shares of districts are given for this year.
_SHARES_OF = 2018


class Figure(NamedTuple):
    """One reading on its way in: what of, where, which part, when, how much."""

    indicator: str
    unit: str
    area: str
    dims: str
    period: int
    value: float
    status: str = "final"


def texts() -> Texts:
    """Return the texts of the sample's figures."""
    return tomllib.loads(resources.path("sample", "energy.toml").read_text("utf-8"))


@usecase("Add sample energy figures")
def add_figures(tx: Session, *, texts: Texts) -> list[int]:
    """Add the published totals, the made-up figures, targets and annotations; return dataset ids.

    Published totals carry their source; everything made up is marked 예시 and of a sample source.
    """
    known = {row.code: row.id for row in tx.execute(select(Indicator.code, Indicator.id))}
    sources = {one["code"]: _source(one) for one in texts["source"]}
    tx.add_all(sources.values())
    tx.flush()
    made = []
    for source, file, figures in _files(texts):
        made.append(_store(tx, sources[source], file, figures, known))
    _rank(tx, sources, made)
    _aims(tx, texts["target"], known)
    for one in texts["annotation"]:
        fields = {name: one[name] for name in one if name != "indicator"}
        tx.add(Annotation(indicator_id=known.get(one.get("indicator")), sample=True, **fields))
    tx.flush()
    return [dataset.id for dataset, _ in made]


def _source(told: Texts) -> EnergySource:
    fields = {name: told[name] for name in told if name != "title"}
    return EnergySource(title_ko=told["title"]["ko"], title_en=told["title"]["en"], **fields)


def _files(texts: Texts) -> Iterator[tuple[str, str, list[Figure]]]:
    """Return each file's source, name and figures."""
    for told in (texts["reported"], texts["yearly"]):
        yield told["source"], told["file"], list(_by_year(told["figure"]))
    for one in texts["monthly"]:
        yield one["source"], one["file"], list(_by_month(one))
    for one in texts["counted"]:
        yield one["source"], one["file"], list(_counted(one))


def _by_year(told: list[Texts]) -> Iterator[Figure]:
    for one in told:
        for year, value in one["years"].items():
            dims = one.get("dims", "")
            yield Figure(one["indicator"], one["unit"], "29000", dims, int(year) * 100, value)


def _by_month(told: Texts) -> Iterator[Figure]:
    """Split each year's whole by district, use and month, so that the parts add up to it."""
    uses: dict[str, int] = told.get("uses", {"": 1})
    for year, whole in told["years"].items():
        cells = []
        for area, of in told["areas"].items():
            share = of["share"] + of["drift"] * (int(year) - _SHARES_OF)
            for (month, weight), (use, part) in itertools.product(
                enumerate(_weights(int(year), told["months"], of["swing"]), start=1), uses.items()
            ):
                cells.append((area, use, month, share * weight * part))
        for (area, use, month, _), value in zip(cells, _split(whole, cells), strict=True):
            period = int(year) * 100 + month
            if period <= told["last"]:
                status = "final" if period <= told["final"] else "provisional"
                dims = f"use={use}" if use else ""
                yield Figure(told["indicator"], told["unit"], area, dims, period, value, status)


def _weights(year: int, months: list[int], swing: int) -> list[int]:
    """Return a year's weights: the seasons of a district as wide as its `swing`, no year alike."""
    mean = sum(months) // len(months)
    return [
        (mean * 100 + (weight - mean) * swing) * (1000 + (year * 7 + month * 13) % 41 - 20)
        for month, weight in enumerate(months, start=1)
    ]


def _split(whole: int, cells: list[tuple[str, str, int, int]]) -> list[float]:
    """Return whole numbers by weight; the last takes what rounding left over."""
    weights = [weight for *_, weight in cells]
    total = sum(weights)
    values = [whole * weight // total for weight in weights]
    values[-1] += whole - sum(values)
    return [float(value) for value in values]


def _counted(told: Texts) -> Iterator[Figure]:
    """Return a stock of each month, evenly between the Decembers given."""
    ends = sorted((int(year) * 12 + 11, count) for year, count in told["years"].items())
    parts = told["areas"]
    for (first, count), (last, then) in itertools.pairwise(ends):
        for at in range(first + (first != ends[0][0]), last + 1):
            period = at // 12 * 100 + at % 12 + 1
            if period > told["last"]:
                return
            whole = count + (then - count) * (at - first) // (last - first)
            cells = [(area, "", 0, part) for area, part in parts.items()]
            for (area, *_), value in zip(cells, _split(whole, cells), strict=True):
                yield Figure(told["indicator"], told["unit"], area, "", period, value)


def _store(
    tx: Session,
    source: EnergySource,
    file: str,
    figures: list[Figure],
    known: dict[str, int],
) -> tuple[Dataset, set[int]]:
    """Keep figures as one dataset; return it with the ids of its indicators."""
    series: dict[tuple[str, str, str], Series] = {}
    for one in figures:
        key = (one.indicator, one.area, one.dims)
        if key not in series:
            series[key] = Series(
                source_id=source.id,
                indicator_id=known[one.indicator],
                area=one.area,
                dims=one.dims,
                unit=one.unit,
            )
    tx.add_all(series.values())
    tx.flush()
    digest = hashlib.sha256(repr(figures).encode()).hexdigest()
    dataset = Dataset(
        source_id=source.id,
        file_name=file,
        sha256=digest,
        values_sha256=digest,
        publisher=source.publisher,
        title=source.title_ko,
        unit=", ".join(sorted({one.unit for one in figures})),
        first_period=min(one.period for one in figures),
        last_period=max(one.period for one in figures),
        imported_at=clock.now(),
        readings=len(figures),
        sample=source.sample,
    )
    rows = (
        bulk.BulkRow(
            series[one.indicator, one.area, one.dims].id, one.period, one.value, False, one.status
        )
        for one in figures
    )
    bulk.load(tx, dataset, rows)
    return dataset, {one.indicator_id for one in series.values()}


def _rank(
    tx: Session, sources: dict[str, EnergySource], made: list[tuple[Dataset, set[int]]]
) -> None:
    """Put the sample's tables after the published ones, in the order of the texts."""
    order = [source.id for source in sources.values()]
    pairs = {(indicator, data.source_id) for data, of in made for indicator in of}
    ranks = select(IndicatorSource.indicator_id, func.max(IndicatorSource.rank)).group_by(
        IndicatorSource.indicator_id
    )
    last = {row[0]: row[1] for row in tx.execute(ranks)}
    for indicator, source in sorted(pairs, key=lambda pair: (pair[0], order.index(pair[1]))):
        last[indicator] = last.get(indicator, 0) + 1
        tx.add(IndicatorSource(indicator_id=indicator, source_id=source, rank=last[indicator]))
    tx.flush()


def _aims(tx: Session, told: list[Texts], known: dict[str, int]) -> None:
    for one in told:
        first = min(one["path"])
        for year, value in one["path"].items():
            kind = TargetKind.START if year == first else TargetKind.TARGET
            tx.add(
                Target(
                    indicator_id=known[one["indicator"]],
                    year=int(year),
                    value=value,
                    source=one["source"],
                    sample=True,
                    kind=kind.value,
                )
            )
