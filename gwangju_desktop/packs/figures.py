"""Figures in a pack, from the same numbers as on the page they are chosen on.

A figure is asked for by what pack_part.figure holds:
    {"kind": "energy-path", "indicator": "EL01"}       actual figures of the city and its targets
    {"kind": "energy-districts", "indicator": "EL01"}  the districts' last year that all have whole
    {"kind": "energy-months", …}, {"kind": "energy-beside", …}   see packs.figure_lines
    {"kind": "poll-finding", "finding": 3}             a finding of a poll, with its question's shares
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from db.vocab import IndicatorKind, TargetKind
from gwangju_desktop import clock, settings
from gwangju_desktop.documents.blocks import Block, para
from gwangju_desktop.documents.figures import (
    Bar,
    BarFigure,
    LineFigure,
    LineSeries,
    Note,
    ticks,
    years,
)
from gwangju_desktop.energy import areas, paths, queries, rules, targets
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.queries import IndicatorRow, Point
from gwangju_desktop.energy.scales import Scale, written
from gwangju_desktop.energy.targets import TargetRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs import figure_lines
from gwangju_desktop.text import C_, N_, Msg, Words, speaking

PATH, DISTRICTS, FINDING = "energy-path", "energy-districts", "poll-finding"
KINDS: dict[str, Msg] = {
    PATH: C_("figure", "{name}: actual figures and targets"),
    DISTRICTS: C_("figure", "{name}: the districts in comparison"),
}
_UNPUBLISHED = N_("Poll results that are not published yet")
# Only a year somebody set a target for is compared with a target; any other with the guide.
_GAPS = {
    "target": (
        N_("{name}: in {year} it was {difference} {unit} above the target"),
        N_("{name}: in {year} it was {difference} {unit} below the target"),
        N_("{name}: in {year} it was on the target"),
    ),
    "guide": (
        N_("{name}: in {year} it was {difference} {unit} above the guide path"),
        N_("{name}: in {year} it was {difference} {unit} below the guide path"),
        N_("{name}: in {year} it was on the guide path"),
    ),
}
_LAST = N_("{name}: {value} {unit} in {year}")
_LARGEST = N_("{name}: {district} has the largest share, {percent}% ({year})")
_HIGHEST = N_("{name}: highest in {district}, {value} {unit} ({year})")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure for paper: its finding, which is its title, and its blocks below that.

    `ground` is why it is not public yet, empty for what everybody may read.
    """

    finding: str
    blocks: tuple[Block, ...]
    ground: str = ""


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A figure that can be put into a pack: what to store, and its name."""

    spec: dict[str, Any]
    label: str


def of_finding(finding_id: int) -> dict[str, Any]:
    """Return how the page of a finding is stored."""
    return {"kind": FINDING, "finding": finding_id}


def checked(spec: Any) -> dict[str, Any]:
    """Return a figure as it is stored; raises UserError for one nobody can draw."""
    if isinstance(spec, dict) and spec.get("kind") == FINDING and spec.get("finding"):
        return of_finding(int(spec["finding"]))
    if isinstance(spec, dict) and (lines := figure_lines.checked(spec)):
        return lines
    if isinstance(spec, dict) and spec.get("kind") in KINDS and spec.get("indicator"):
        return {"kind": str(spec["kind"]), "indicator": str(spec["indicator"])}
    raise UserError(
        N_("There is no such figure."), hint=N_("Choose an indicator of the energy page.")
    )


def choices(
    read: Session,
    say: Words,
    indicator: str = "",
    finding: int | None = None,
    shown: dict[str, Any] | None = None,
) -> list[FigureChoice]:
    """List the figures that have numbers: those of the energy page, then findings of polls.

    Of one `indicator` or `finding` only its own, before them what is `shown` on screen: months,
    or two series together.
    """
    found: list[FigureChoice] = []
    engine = Engine(read)
    facts = queries.indicators(read, engine=engine) if finding is None else []
    if shown and (spec := figure_lines.checked(shown)) and _lines(read, spec, facts, say):
        found.append(FigureChoice(spec, figure_lines.label(read, spec, facts, say)))
    for row in facts:
        if not row.held or indicator not in ("", row.code):
            continue
        has = {
            PATH: _of_city(read, row, engine),
            DISTRICTS: _shared(_by_district(read, row, engine)),
        }
        for kind, label in KINDS.items():
            if has[kind]:
                spec = {"kind": kind, "indicator": row.code}
                found.append(FigureChoice(spec, say(label, name=_name(row, say))))
    if indicator:
        return found
    # The tables of polls load when somebody wants one of them.
    from gwangju_desktop.polls.finding_rows import findings

    label = C_("figure", "Finding: {sentence}")
    found += [
        FigureChoice(of_finding(one.id), say(label, sentence=one.sentence))
        for one in findings(read)
        if finding in (None, one.id)
    ]
    return found


def drawn(read: Session, spec: Any, say: Words) -> Drawn | None:
    """Return a figure as it stands today; None where what it shows is gone or has no numbers."""
    if not isinstance(spec, dict):
        return None
    if spec.get("kind") == FINDING:
        return _finding_of_a_poll(read, spec.get("finding"), say)
    facts = queries.indicators(read)
    if lines := figure_lines.checked(spec):
        return _lines(read, lines, facts, say)
    fact = next((row for row in facts if row.code == spec.get("indicator")), None)
    if fact is None or not fact.held:
        return None
    if spec.get("kind") == PATH:
        return _path(read, fact, say)
    if spec.get("kind") == DISTRICTS:
        return _districts(read, fact, say)
    return None


def _lines(
    read: Session, spec: dict[str, Any], facts: Sequence[IndicatorRow], say: Words
) -> Drawn | None:
    """Return months or two series together; None where an indicator or its figures are gone."""
    known = {row.code: row for row in facts}
    codes = [spec["indicator"], *([spec["other"]] if "other" in spec else [])]
    if any(code not in known for code in codes):
        return None
    months = spec["kind"] == figure_lines.MONTHS
    draw = figure_lines.drawn_months if months else figure_lines.drawn_beside
    made = draw(read, spec, facts, say)
    if made is None:
        return None
    finding, unit, figure, points = made
    measured = figure_lines.label(read, spec, facts, say)
    return Drawn(
        finding,
        (
            para(say(N_("{name} · unit: {unit}"), name=measured, unit=unit), "meta", keep=True),
            figure,
            *_sources(read, [known[code] for code in codes], points, (), say),
        ),
    )


def _finding_of_a_poll(read: Session, id: Any, say: Words) -> Drawn | None:
    from gwangju_desktop.catalogue.poll_papers import finding_blocks
    from gwangju_desktop.polls.finding_rows import finding

    with speaking(say.language):
        try:
            row = finding(read, int(id or 0))
            ground = "" if row.published else say(_UNPUBLISHED)
            return Drawn(row.sentence, finding_blocks(read, row), ground)
        except UserError:
            return None


# The city against its targets


def _path(read: Session, fact: IndicatorRow, say: Words) -> Drawn | None:
    points = _of_city(read, fact)
    if not points:
        return None
    aims = targets.targets(read, indicator=fact.code)
    scale = Scale.of(fact.unit, [p.value for p in points] + [aim.value for aim in aims])
    unit, name = say(scale.unit), _name(fact, say)
    last = points[-1]
    year = int(last.period)
    guide = paths.at(aims, year)
    value = written(last.value / scale.by)
    series = [_actual(points, scale, say)]
    if aims:
        series.append(_planned(aims, scale, say))
    values = [y for line in series for _x, y in line.points]
    xs = [int(x) for line in series for x, _y in line.points]
    told = [say(_LAST, name=name, value=value, unit=unit, year=year)]
    if guide is not None and not guide.kind:
        at = written(guide.value / scale.by)
        told.append(say(N_("guide path {value} {unit}"), value=at, unit=unit))
    told += [
        say(
            N_("target {year}: {value} {unit}"),
            year=a.year,
            value=written(a.value / scale.by),
            unit=unit,
        )
        for a in aims
        if a.year > year and a.kind == TargetKind.TARGET
    ]
    figure = LineFigure(
        tuple(series),
        years(min(xs), max(xs), [year, *(a.year for a in aims)]),
        ticks(min(values), max(values)),
        ", ".join(told) + ".",
    )
    return Drawn(
        _finding(fact, name, last, aims, scale, say),
        (
            para(_measure(read, name, unit, say), "meta", keep=True),
            figure,
            *_sources(read, [fact], points, aims, say),
        ),
    )


def _of_city(read: Session, fact: IndicatorRow, engine: Engine | None = None) -> list[Point]:
    found = queries.series(read, indicator=fact.code, area=rules.CITY, engine=engine)
    return _whole(found.points)


def _whole(points: Sequence[Point]) -> list[Point]:
    """Return years of which nothing is missing."""
    return [point for point in points if point.status != rules.PARTIAL]


def _actual(points: Sequence[Point], scale: Scale, say: Words) -> LineSeries:
    unsure = any(point.status != rules.STATUSES[0] for point in points)
    name = N_("Actual (some years provisional or estimated)") if unsure else N_("Actual")
    at = [int(point.period) for point in points]
    gaps = frozenset(n for n in range(1, len(at)) if at[n] - at[n - 1] > 1)
    value = written(points[-1].value / scale.by)
    return LineSeries(
        say(name),
        tuple((float(x), point.value / scale.by) for x, point in zip(at, points, strict=True)),
        notes=(Note(len(points) - 1, say(N_("Actual {year}: {value}"), year=at[-1], value=value)),),
        gaps=gaps,
    )


def _planned(aims: Sequence[TargetRow], scale: Scale, say: Words) -> LineSeries:
    """Return the guide between the points somebody set; those are named, it is not a target."""
    points = paths.ordered(aims)
    notes = tuple(
        Note(
            n,
            say(
                N_("Least by law {year}: {value}")
                if aim.kind == TargetKind.LEAST
                else N_("Target {year}: {value}"),
                year=aim.year,
                value=written(aim.value / scale.by),
            ),
            strong=True,
        )
        for n, aim in enumerate(points)
        if aim.kind != TargetKind.START
    )
    sample = any(aim.sample for aim in aims)
    name = N_("Guide path between targets (sample)") if sample else N_("Guide path between targets")
    places = tuple((float(aim.year), aim.value / scale.by) for aim in points)
    return LineSeries(say(name), places, True, notes)


def _finding(
    fact: IndicatorRow,
    name: str,
    last: Point,
    aims: Sequence[TargetRow],
    scale: Scale,
    say: Words,
) -> str:
    """Say in one sentence where the last year stands."""
    year = int(last.period)
    values: dict[str, object] = {"name": name, "year": year, "unit": say(scale.unit)}
    gap = paths.gap(last.value, year, aims)
    if gap is None:
        return say(_LAST, value=written(last.value / scale.by), **values)
    above, below, on = _GAPS[gap.kind]
    if abs(gap.difference) < 1e-9 * max(1.0, abs(gap.aim)):
        return say(on, **values)
    values["difference"] = written(abs(gap.difference) / scale.by)
    if fact.kind == IndicatorKind.RATE and fact.unit == "%":
        values["unit"] = "%p"
    return say(above if gap.difference > 0 else below, **values)


# The districts beside each other


def _districts(read: Session, fact: IndicatorRow, say: Words) -> Drawn | None:
    held = _by_district(read, fact)
    shared = _shared(held)
    if not shared:
        return None
    year = max(shared)
    names = {area.code: (area.name_ko, area.name_en) for area in areas.areas(read)}
    latest = {code: points[year] for code, points in held.items()}
    order = sorted(latest, key=lambda code: -latest[code].value)
    scale = Scale.of(fact.unit, [point.value for point in latest.values()])
    unit, name = say(scale.unit), _name(fact, say)

    def called(code: str) -> str:
        ko, en = names[code]
        return ko if say.language == "ko" else en or ko

    bars = tuple(
        Bar(
            called(code),
            latest[code].value / scale.by,
            written(latest[code].value / scale.by),
            (_change(fact, latest[code], held[code].get(year - 1)),),
            strong=code == order[0],
        )
        for code in order
    )
    told = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    figure = BarFigure(
        bars,
        say(
            N_("{name} of the districts in {year} ({unit}): {values}."),
            name=name,
            year=year,
            unit=unit,
            values=told,
        ),
        (say(C_("figure", "On the year before")),),
    )
    values = {"name": name, "district": bars[0].name, "year": year}
    total = sum(bar.value for bar in bars)
    if fact.kind == IndicatorKind.RATE or total <= 0:
        finding = say(_HIGHEST, value=bars[0].text, unit=unit, **values)
    else:
        finding = say(_LARGEST, percent=f"{bars[0].value / total * 100:.1f}", **values)
    return Drawn(
        finding,
        (
            para(_measure(read, f"{name} ({year})", unit, say), "meta", keep=True),
            figure,
            *_sources(read, [fact], list(latest.values()), (), say),
        ),
    )


def _by_district(
    read: Session, fact: IndicatorRow, engine: Engine | None = None
) -> dict[str, dict[int, Point]]:
    """Return the whole years of each district."""
    found = queries.districts(read, indicator=fact.code, engine=engine)
    return {code: {int(p.period): p for p in _whole(row.points)} for code, row in found.items()}


def _shared(held: dict[str, dict[int, Point]]) -> set[int]:
    """Return the years all districts have."""
    years_of = [set(points) for points in held.values()]
    return set.intersection(*years_of) if years_of else set()


def _change(fact: IndicatorRow, now: Point, before: Point | None) -> str:
    """Return the change on the year before with its direction as a mark: ▲ 2.1%."""
    if before is None:
        return "–"
    if fact.kind == IndicatorKind.RATE and fact.unit == "%":
        change, unit = now.value - before.value, "%p"
    elif before.value:
        change, unit = (now.value / before.value - 1) * 100, "%"
    else:
        return "–"
    if abs(change) < 0.05:
        return f"0.0{unit}"
    return f"{'▲' if change > 0 else '▼'} {abs(change):.1f}{unit}"


# What stands round a figure


def _name(fact: IndicatorRow, say: Words) -> str:
    return fact.name_ko if say.language == "ko" else fact.name_en or fact.name_ko


def _measure(read: Session, name: str, unit: str, say: Words) -> str:
    """Return what was measured where, and the unit."""
    named = settings.values_on(read, clock.today())
    city = named[settings.CITY_KO if say.language == "ko" else settings.CITY_EN]
    return say(N_("{name}, {city} · unit: {unit}"), name=name, city=city, unit=unit)


def _sources(
    read: Session,
    facts: Sequence[IndicatorRow],
    points: Sequence[Point],
    aims: Sequence[TargetRow],
    say: Words,
) -> list[Block]:
    """Return where the figures come from; made-up ones say so."""
    used = {id for point in points for id in point.datasets}
    codes = {fact.code for fact in facts}
    files = [
        row for row in queries.datasets(read) if row.id in used and codes & set(row.indicators)
    ]
    titles = {} if say.language == "ko" else queries.english_titles(read)
    named = dict.fromkeys(
        _titled(publisher_name(row.publisher, say), titles.get(row.source, row.title))
        for row in files
    )
    lines = []
    if named:
        lines.append(say(N_("Figures: {sources}"), sources=" / ".join(named)))
    told = dict.fromkeys(aim.source for aim in aims if aim.source)
    if told:
        lines.append(say(N_("Targets: {sources}"), sources=" / ".join(told)))
    if any(row.sample for row in files) or any(aim.sample for aim in aims):
        lines.append(say(N_("Sample figures are made up.")))
    return [para(line, "note") for line in lines]


def _titled(publisher: str, title: str) -> str:
    """Return who published what; a title may name its publisher itself."""
    return title if not publisher or publisher in title else f"{publisher} {title}"
