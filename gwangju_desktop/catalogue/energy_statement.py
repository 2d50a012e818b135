"""The yearly statement of emissions (연간 온실가스 배출 산정서): how they were worked out, and what of.

Every figure can be worked out again from the page: activity with its file and table, factors with
their validity and source, the formula with its numbers. Only targets somebody set are called so.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.catalogue import energy_parts as parts
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.energy_trend import trend
from gwangju_desktop.catalogue.periods import Half, year_of
from gwangju_desktop.documents.blocks import Block, Box, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import Bar, BarFigure
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.energy import derived, paths, queries, results, rules, targets
from gwangju_desktop.energy.derived import Computed
from gwangju_desktop.energy.factors import MARKS, MODES, FactorRow
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.energy.words import STATUSES, TARGETS
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.text import C_, N_, Msg, Words, say, speaking
from gwangju_desktop.text import words as spoken

STATEMENT = C_("document", "Yearly statement of greenhouse gas emissions")
_EMISSIONS, _CUT = "GH01", "GH03"
# What is told beside the emissions, where it can be computed.
_BESIDE = (_CUT, "GH02")
_ROW = 7.0 * MM
_DIGITS = 1
_MONTH = re.compile(r"-\d{2}$")
_GAPS: dict[tuple[str, bool], Msg] = {
    ("target", True): N_("In {year} it was {value} {unit} above the target."),
    ("target", False): N_("In {year} the target was met, {value} {unit} below it."),
    ("guide", True): N_("In {year} it was {value} {unit} more than on the guide between targets."),
    ("guide", False): N_("In {year} it was {value} {unit} less than on the guide between targets."),
}
_FALL = N_("To reach the point of {year}, it must fall by {value} {unit} each year.")
_RISE = N_("To reach the point of {year}, it may rise by {value} {unit} each year.")
_PUBLISHED = N_("Compared is the figure that was published, {value} {unit}, as in the chart.")


def statement(
    read: Session, *, id: None = None, language: str = "ko", period: str = ""
) -> Composed:
    """Return the statement of a year, by default of the latest whole one that can be computed.

    A month stands for its year.

    Raises UserError for what is no year, or one nothing can be computed of.
    """
    with speaking(language) as words:
        year = year_of(_MONTH.sub("", period)) if period else _latest(read)
        made = derived.compute(read, indicator=_EMISSIONS, year=year)
        if made.value is None:
            why = " ".join(str(note) for note in made.notes)
            raise UserError(
                N_("The emissions of {year} cannot be computed. {why}"),
                hint=N_("Import the energy used in that year first."),
                year=year,
                why=why,
            )
        today = clock.today()
        title = say(
            N_("{document}, {period}"), document=STATEMENT, period=Half(year, 0).text(words)
        )
        blocks: list[Block] = [
            *frame.head(parts.city(read), title),
            para(_headline(made), "lead"),
            *_cautions(read, made),
            frame.section(1, C_("statement", "Results"), words),
            *_results(made),
            *_beside(read, year),
            frame.section(2, C_("statement", "Method"), words),
            *_method(read, made, words),
            frame.section(3, C_("statement", "Activity"), words),
            *_activity(read, made),
            frame.section(4, C_("statement", "Factors"), words),
            *_factors(made),
            frame.section(5, C_("statement", "Course and targets"), words),
            *trend(read, _EMISSIONS, year),
            *_gap(read, year),
            *_targets(read),
            frame.section(6, C_("statement", "Record"), words),
            *_record(read, year),
            para(say(END)),
        ]
        name = f"{today:%Y-%m-%d} {title}"
        about = issued(read, body_id=None, on=today)
        return Composed(title, name, about, language, (tuple(blocks),), head=say(STATEMENT))


def _latest(read: Session) -> int:
    """Return the last year whose emissions are whole, else the last one."""
    points = queries.series(read, indicator=_EMISSIONS, area=rules.CITY, by="year").points
    if not points:
        raise UserError(
            N_("There are no emissions yet: no energy used has been imported."),
            hint=N_("Import the energy used in that year first."),
        )
    whole = [point for point in points if point.status != rules.PARTIAL]
    return int((whole or list(points))[-1].period)


def _headline(made: Computed) -> str:
    return say(
        N_("Emissions of {year}: {value} {unit} ({status})"),
        year=made.period,
        value=parts.number(made.value, _DIGITS),
        unit=unit_words(made.unit),
        status=STATUSES[made.status],
    )


def _cautions(read: Session, made: Computed) -> list[Block]:
    """Say in a box what the total lacks of what its method asks for, and what is made up in it."""
    told = []
    lacking = [part.name for part in made.parts if part.value is None]
    if lacking:
        message = N_(
            "Not in the total, because there are no figures: {names}. It is less than the whole."
        )
        told.append(say(message, names=", ".join(lacking)))
    used = parts.files(read, {id for part in made.parts for id in part.datasets})
    if any(one.sample for one in used.values()) or any(one.sample for one in made.factors):
        told.append(say(N_("Sample figures are made up.")))
    return [Box(tuple(para(line, "note") for line in told))] if told else []


def _results(made: Computed) -> list[Block]:
    """Return emissions by part, as a table and as bars."""
    total = made.value or 0.0
    columns = [
        Column(say(C_("statement", "Part")), 0.24, style="strong"),
        Column(say(C_("statement", "Activity")), 0.28, "right", "number"),
        Column(say(C_("statement", "Emissions (t CO₂eq)")), 0.3, "right", "number"),
        Column(say(C_("energy page", "Share")), 0.18, "right", "number"),
    ]
    rows = [
        [
            part.name,
            _amount(part.amount, part.amount_unit),
            parts.number(part.value, _DIGITS),
            _share(part.value, total),
        ]
        for part in made.parts
    ]
    sums = [say(C_("statement", "Total")), "", parts.number(made.value, _DIGITS), "100.0%"]
    shown = [part for part in made.parts if part.value is not None]
    bars = tuple(
        Bar(
            part.name,
            part.value or 0.0,
            parts.number(part.value, _DIGITS),
            (_share(part.value, total),),
            strong=part is max(shown, key=lambda one: one.value or 0.0),
        )
        for part in shown
    )
    told = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    alternative = say(N_("{title}: {told}."), title=C_("statement", "Results"), told=told)
    caption = say(C_("statement", "Results"))
    blocks: list[Block] = [table(columns, [*rows, sums], min_row=_ROW, grid=True, caption=caption)]
    if len(bars) > 1:
        blocks.append(BarFigure(bars, alternative, (say(C_("energy page", "Share")),)))
    return blocks


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return parts.NOTHING
    return f"{_exact(value)} {say(unit_words(unit))}"


def _exact(value: float) -> str:
    """Write a value with at most three digits behind the point, and none it does not need."""
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")


def _share(value: float | None, total: float) -> str:
    return f"{value / total * 100:.1f}%" if value is not None and total else parts.NOTHING


def _beside(read: Session, year: int) -> list[Block]:
    """Say what follows from the emissions: the cut since the baseline, what it is per person."""
    facts = parts.facts(read)
    blocks: list[Block] = []
    for code in _BESIDE:
        if code not in facts:
            continue
        made = derived.compute(read, indicator=code, year=year)
        name = facts[code].name
        if made.value is None:
            why = " ".join(str(note) for note in made.notes)
            blocks.append(para(say(N_("{name}: not computed. {why}"), name=name, why=why), "note"))
            continue
        digits = facts[code].decimals
        value = f"{parts.number(made.value, digits)} {say(unit_words(made.unit))}"
        blocks.append(
            para(
                say(N_("{name}: {value} ({formula})"), name=name, value=value, formula=made.formula)
            )
        )
    return blocks


def _method(read: Session, made: Computed, words: Words) -> list[Block]:
    """Return how it was worked out: formula with its numbers, factors chosen, definition, notes."""
    told = parts.facts(read)[_EMISSIONS].note
    formulas = [f"{part.name}: {part.formula}" for part in made.parts if part.formula]
    facts = [
        (C_("statement", "Place"), parts.city(read)),
        (C_("statement", "Period"), made.period),
        (C_("statement", "Formula"), "\n".join(formulas) or made.formula),
        (C_("statement", "Choice of factors"), say(MODES[made.mode]) if made.mode else ""),
        (C_("statement", "Definition"), made.definition),
        (C_("statement", "Scope"), told),
    ]
    blocks: list[Block] = [frame.facts(facts, words, share=0.18, row=7.0)]
    blocks += [para(str(note), "note") for note in made.notes]
    return blocks


def _activity(read: Session, made: Computed) -> list[Block]:
    """Return what was used, each with the table and the file it was read in."""
    found = parts.files(read, {id for part in made.parts for id in part.datasets})
    columns = [
        Column(say(C_("statement", "Activity")), 0.17, style="strong"),
        Column(say(C_("energy", "Value")), 0.22, "right", "number"),
        Column(say(C_("statement", "Table and publisher")), 0.31),
        Column(say(C_("statement", "File and day of import")), 0.3, style="small"),
    ]
    rows = []
    for part in made.parts:
        used = [found[id] for id in part.datasets if id in found]
        tables = dict.fromkeys(parts.table_of(one) for one in used)
        names = [f"{one.name} ({one.imported})" for one in used]
        rows.append(
            [
                part.name,
                _amount(part.amount, part.amount_unit),
                "\n".join(tables) or parts.NOTHING,
                "\n".join(names) or parts.NOTHING,
            ]
        )
    caption = say(C_("statement", "Activity"))
    return [table(columns, rows, min_row=_ROW, grid=True, caption=caption)]


def _factors(made: Computed) -> list[Block]:
    """Return the factors used with their validity and source."""
    columns = [
        Column(say(C_("statement", "Factor")), 0.22, style="strong"),
        Column(say(C_("energy", "Value")), 0.25, "right", "number"),
        Column(say(C_("statement", "Valid")), 0.19),
        Column(say(C_("statement", "Source")), 0.34, style="small"),
    ]
    rows = [
        [
            one.name,
            f"{_plain(one.value)} {one.unit}",
            _valid(one),
            " · ".join(filter(None, (one.source, say(MARKS.get(one.mark, ""))))),
        ]
        for one in made.factors
    ]
    if not rows:
        return [para(say(C_("statement", "No factor was used.")))]
    caption = say(C_("statement", "Factors"))
    return [table(columns, rows, min_row=_ROW, grid=True, caption=caption)]


def _plain(value: float) -> str:
    """Write a factor with all its digits: 0.4509, 4.1868."""
    return f"{value:,.8g}" if abs(value) < 1e6 else f"{value:,.0f}"


def _valid(one: FactorRow) -> str:
    """Write from when till when a factor holds."""
    if one.valid_from is None and one.valid_to is None:
        return say(C_("statement", "always"))
    return spoken().days(one.valid_from, one.valid_to)


def _targets(read: Session) -> list[Block]:
    """Return the points that were set for the emissions and their cut; no year between them."""
    rows = []
    facts = parts.facts(read)
    for code in (_EMISSIONS, _CUT):
        for one in targets.targets(read, indicator=code):
            rows.append(
                [
                    facts[code].name,
                    str(one.year),
                    f"{_exact(one.value)} {say(unit_words(facts[code].unit))}",
                    say(TARGETS[one.kind]),
                    one.source + (f" ({say(C_('energy', 'sample'))})" if one.sample else ""),
                ]
            )
    if not rows:
        return [para(say(N_("No target of the city's emissions is known to this office.")))]
    columns = [
        Column(say(C_("energy", "Indicator")), 0.2, style="strong"),
        Column(say(C_("statement", "Year")), 0.09, "centre", "middle"),
        Column(say(C_("energy", "Value")), 0.24, "right", "number"),
        Column(say(C_("statement", "Kind")), 0.13),
        Column(say(C_("statement", "Source")), 0.34, style="small"),
    ]
    caption = say(C_("statement", "Targets that were set"))
    return [
        para(caption, "strong", keep=True),
        table(columns, rows, min_row=_ROW, grid=True, caption=caption),
    ]


def _gap(read: Session, year: int) -> list[Block]:
    """Say where the year stands: against its target, else beside the guide; and the pace ahead.

    The figure is the one the chart shows: what was published goes before what is worked out.
    """
    held = queries.series(read, indicator=_EMISSIONS, area=rules.CITY, by="year")
    point = next((one for one in held.points if one.period == str(year)), None)
    points = targets.targets(read, indicator=_EMISSIONS)
    if point is None or point.status == rules.PARTIAL:
        return []
    unit = say(unit_words(held.unit))
    told: list[str] = []
    found = paths.gap(point.value, year, points)
    if found is not None:
        message = _GAPS[found.kind, found.difference > 0]
        value = parts.number(abs(found.difference), 0)
        told.append(say(message, year=year, value=value, unit=unit))
    pace = paths.pace(year, point.value, points)
    if pace is not None:
        value = parts.number(abs(pace.yearly), 0)
        message = _FALL if pace.yearly < 0 else _RISE
        told.append(say(message, year=pace.year, value=value, unit=unit))
    if told and point.origin == "published":
        told.insert(0, say(_PUBLISHED, value=parts.number(point.value, _DIGITS), unit=unit))
    return [para(line) for line in told]


def _record(read: Session, year: int) -> list[Block]:
    """Say what was recorded as reported and when, and what has changed since then."""
    held = [
        row
        for row in results.results(read, indicator=_EMISSIONS, area=rules.CITY)
        if row.period == str(year)
    ]
    if not held:
        return [para(say(N_("No figure of {year} has been recorded as reported."), year=year))]
    # One figure an area and year is recorded: recording again replaces it.
    row = held[0]
    recorded = say(
        N_("Recorded on {day:full}: {value} {unit}"),
        day=clock.local(row.recorded_at),
        value=parts.number(row.value, _DIGITS),
        unit=unit_words(row.unit),
    )
    blocks: list[Block] = [para(recorded), para(row.formula, "note")]
    moved = [
        one
        for one in results.changed(read, indicator=_EMISSIONS, area=rules.CITY)
        if one.id == row.id
    ]
    blocks += [para(str(one.sentence)) for one in moved]
    if not moved:
        blocks.append(para(say(N_("Nothing has changed since then."))))
    return blocks
