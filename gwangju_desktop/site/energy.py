"""Energy: every indicator with its figures, path, districts and sources, and its readings to take along."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from db.vocab import AreaLevel, TargetKind
from gwangju_desktop.energy import paths, rules
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.energy.words import DIRECTIONS, ORIGINS, SECTIONS, STATUSES
from gwangju_desktop.errors import UserError
from gwangju_desktop.site import charts
from gwangju_desktop.site.charts import Curve
from gwangju_desktop.site.copy import Copy, Record, text_of
from gwangju_desktop.site.marked import Marked
from gwangju_desktop.site.page import DATA, Asset, Page, Section
from gwangju_desktop.snapshots.reworking.measures import Answer, CopyInputs, answers
from gwangju_desktop.text import C_, Msg, Words, speaking

TITLE = C_("site", "Energy")
_ABOUT = C_(
    "site", "Energy use and emissions of the city by year and district, beside the 2045 targets."
)
_ACTUAL = C_("site", "Figures")
_GUIDE = C_("site", "Guide between targets")
_SAID = C_("site", "{name}, {first} to {last}: from {begin} to {end} {unit}.")
_NO_GUIDE = 1  # a single point has no line


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an indicator: its figure, how sure and from where, and the target set for it.

    `months` is how many months a year has that is not over, else None.
    """

    year: str
    value: float | None
    status: str
    origin: str
    target: float | None
    target_kind: str
    sample: bool
    months: int | None

    @property
    def whole(self) -> bool:
        """Say whether there is a figure of the whole year: a part of one stands beside no other."""
        return self.value is not None and self.months is None


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its years and the whole years of each district."""

    row: Record
    code: str
    name: str
    unit: str
    decimals: int
    years: tuple[Year, ...]
    places: tuple[tuple[str, Mapping[str, Answer]], ...]
    formula: str
    aims: tuple[Record, ...]

    @property
    def latest(self) -> Year | None:
        """Return the last whole year with a figure."""
        return next((year for year in reversed(self.years) if year.whole), None)

    @property
    def address(self) -> str:
        """Return its page."""
        return f"energy/{self.code}.html"

    def written(self, value: float) -> str:
        """Write a figure with the indicator's digits."""
        return f"{value:,.{self.decimals}f}"


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of indicators and the page of each that has figures or targets."""
    with speaking(say.language):
        engine = Engine(CopyInputs(copy.rows, say.language))
        rows = sorted(copy.of("indicator"), key=lambda row: (int(row["position"]), row["code"]))
        made = [one for row in rows if (one := _measured(copy, say, engine, row)) is not None]
    groups: list[tuple[str, list[Measured]]] = []
    for key, title in SECTIONS.items():
        own = [one for one in made if one.row["section"] == key]
        if own:
            groups.append((say(title), own))
    rest = [one for one in made if one.row["section"] not in SECTIONS]
    if rest:
        groups.append((say(C_("site", "Other")), rest))
    yield Page(
        "energy/index.html",
        "energy/index.html",
        "energy",
        say(TITLE),
        {"groups": groups},
        say(_ABOUT),
    )
    for one in made:
        yield _page(copy, say, one)


def assets(copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the readings of each indicator as CSV, and what moves the charts."""
    for row in copy.of("indicator"):
        if any(copy.by("reading", "series_id", one["id"]) for one in _series(copy, row)):
            yield Asset(csv_address(row), partial(_csv, copy, row))
    for name in (*charts.SCRIPTS, "assets/uplot.min.css", "assets/uplot-LICENSE.txt"):
        yield Asset(name, partial(_shipped, name))


def _shipped(name: str) -> bytes:
    import resources

    return resources.path("site", *name.split("/")).read_bytes()


def _measured(copy: Copy, say: Words, engine: Engine, row: Record) -> Measured | None:
    code = str(row["code"])
    held: dict[str, Answer] = {}
    places: list[tuple[str, Mapping[str, Answer]]] = []
    # What the rules refuse to tell of one indicator takes nothing from the others.
    with contextlib.suppress(UserError):
        held = answers(engine, code)
        for area in _districts(copy):
            own = {
                year: one
                for year, one in answers(engine, code, str(area["code"])).items()
                if one.value.months is None
            }
            if own:
                places.append((text_of(area, "name", say.language), own))
    aims = [aim for aim in copy.by("target", "indicator_id", row["id"]) if aim["area"] == CITY]
    aims.sort(key=lambda aim: int(aim["year"]))
    if not held and not aims and not places:
        return None
    sampled = _sampled(copy)
    by_year = {str(aim["year"]): aim for aim in aims}
    years = []
    for year in sorted({*held, *by_year}):
        one, aim = held.get(year), by_year.get(year)
        used = [sampled[n] for n in one.value.datasets] if one else []
        years.append(
            Year(
                year,
                float(one.value.value) if one else None,
                say(STATUSES[one.value.status]) if one else "",
                say(ORIGINS[one.origin]) if one else "",
                float(aim["value"]) if aim else None,
                copy.word("target", "kind", aim["kind"], say.language) if aim else "",
                any(used) or bool(aim and aim["sample"]),
                one.value.months if one else None,
            )
        )
    formulas = [one.value.made.formula for one in held.values() if one.value.made is not None]
    return Measured(
        row,
        code,
        text_of(row, "name", say.language),
        str(row["unit"]),
        int(row["decimals"]),
        tuple(years),
        tuple(places),
        formulas[-1] if formulas else "",
        tuple(aims),
    )


def _sampled(copy: Copy) -> list[bool]:
    """Say of each set of data, in the order of the copy, whether its figures are invented."""
    return [bool(row["sample"]) for row in copy.of("dataset")]


def _districts(copy: Copy) -> list[Record]:
    """Return the city's districts, each code once."""
    found = {
        str(row["code"]): row
        for row in copy.of("area")
        if row["parent"] == CITY and row["level"] == AreaLevel.DISTRICT
    }
    return [found[code] for code in sorted(found)]


def _page(copy: Copy, say: Words, one: Measured) -> Page:
    curves = _curves(say, one)
    told = [year for year in one.years if year.whole]
    description = ""
    if told:
        first, last = told[0], told[-1]
        assert first.value is not None and last.value is not None
        description = say(
            _SAID,
            name=one.name,
            first=first.year,
            last=last.year,
            begin=one.written(first.value),
            end=one.written(last.value),
            unit=one.unit,
        )
    svg = charts.lines("chart", one.name, description or one.name, curves)
    years = sorted({year for _, own in one.places for year in own})
    facts: dict[str, Any] = {
        "one": one,
        "own": Marked(say).own,
        "svg": svg,
        "legend": charts.legend(curves),
        "figures": charts.data(curves, say(C_("site", "Year")), one.unit, one.decimals),
        "direction": say(DIRECTIONS[one.row["direction"]]),
        "note": text_of(one.row, "note", say.language),
        "place_years": years[-6:],
        "sources": sources(copy, one.row),
        "events": _events(copy, one.row),
        "csv": csv_address(one.row) if _has_readings(copy, one.row) else "",
        "sample": any(year.sample for year in one.years),
    }
    return Page(
        one.address,
        "energy/indicator.html",
        "energy",
        one.name,
        facts,
        description=description or say(_ABOUT),
        text=f"{one.code} {facts['note']}",
        kind=say(C_("site record", "Indicator")),
        scripts=charts.SCRIPTS if svg else (),
    )


def _curves(say: Words, one: Measured) -> list[Curve]:
    """Return the figures as a line and the path as a dashed one with the targets on it."""
    actual = [
        (int(year.year), year.value) for year in one.years if year.whole and year.value is not None
    ]
    found = [Curve(say(_ACTUAL), actual, "1")] if actual else []
    aims = [SimpleNamespace(**aim) for aim in one.aims]
    if len(aims) > _NO_GUIDE:
        guide = [(point.year, point.value) for point in paths.path(aims)]
        found.append(Curve(say(_GUIDE), guide, "target", dashed=True))
    for kind in (TargetKind.TARGET, TargetKind.LEAST):
        own = [(aim.year, aim.value) for aim in aims if aim.kind == kind]
        if own:
            title = C_("site", "Targets") if kind == TargetKind.TARGET else _LEAST
            tone = "3" if kind == TargetKind.TARGET else "5"
            found.append(Curve(say(title), own, tone, marks=True))
    return found


_LEAST: Msg = C_("site", "Least the law asks for")


def _series(copy: Copy, row: Record) -> list[Record]:
    return copy.by("series", "indicator_id", row["id"])


def _has_readings(copy: Copy, row: Record) -> bool:
    return any(copy.by("reading", "series_id", one["id"]) for one in _series(copy, row))


def sources(copy: Copy, row: Record) -> list[Record]:
    """Return the published tables an indicator rests on, the one that is asked first before others."""
    ranked = sorted(
        copy.by("indicator_source", "indicator_id", row["id"]), key=lambda one: int(one["rank"])
    )
    used = {one["source_id"] for one in _series(copy, row)}
    return [
        copy.one("energy_source", one["source_id"]) for one in ranked if one["source_id"] in used
    ]


def _events(copy: Copy, row: Record) -> list[Record]:
    """Return what happened that the figures may show, of this indicator or of all."""
    found = [one for one in copy.of("annotation") if one["indicator_id"] in (None, row["id"])]
    return sorted(found, key=lambda one: (str(one["first_on"]), str(one["id"])))


def csv_address(row: Record) -> str:
    """Return where the readings of an indicator stand as CSV, from the site's root."""
    return f"{DATA}/energy/{row['code']}.csv"


def _csv(copy: Copy, row: Record) -> bytes:
    """Write every reading of an indicator as it was published: RFC 4180, UTF-8 with a mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows(_readings(copy, row))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


_HEAD = ("indicator", "area", "division", "period", "value", "unit", "status", "source", "sample")


def _readings(copy: Copy, row: Record) -> Iterator[Sequence[object]]:
    for series in sorted(
        _series(copy, row), key=lambda one: (one["area"], str(one["dims"]), one["id"])
    ):
        source = copy.one("energy_source", series["source_id"])
        unit = series["unit"] or source["unit"] or row["unit"]
        readings = copy.by("reading", "series_id", series["id"])
        for one in sorted(readings, key=lambda held: int(held["period"])):
            dataset = copy.one("dataset", one["dataset_id"])
            yield (
                *(row["code"], series["area"], series["dims"] or ""),
                *(rules.period_text(one["period"]), one["value"], unit, one["status"]),
                *(source["code"], "1" if dataset.get("sample") else "0"),
            )


SECTION = Section("energy", TITLE, pages, assets)
