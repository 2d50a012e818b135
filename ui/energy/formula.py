"""What stands under a chart of computed figures: formula, factors, what is particular, what was
recorded before and comes to another value now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.energy import derived, results
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.energy.queries import IndicatorRow, Point
from gwangju_desktop.energy.results import Changed
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark
from ui.energy.figures import period_name
from ui.text import C_, N_, say
from ui.widgets.chart_scale import number


@dataclass(frozen=True, slots=True)
class Basis:
    """How the last whole year was computed; empty words for figures that were read."""

    period: str = ""
    formula: str = ""
    definition: str = ""
    factors: tuple[FactorRow, ...] = ()
    notes: tuple[Remark, ...] = ()
    changed: tuple[Changed, ...] = ()


NO_BASIS = Basis()


def basis(
    read,
    fact: IndicatorRow,
    area: str,
    years: tuple[Point, ...],
    known_on: dt.date | None,
) -> Basis:
    """Return how the last whole year of an indicator was computed, and what was recorded otherwise.

    As of an earlier day only the formula is told: the notes are about what is known now.
    """
    changed = tuple(results.changed(read, indicator=fact.code, area=area))
    whole = [p for p in years if p.origin == "computed" and p.status != "partial"]
    whole = whole or [p for p in years if p.origin == "computed"]
    if not whole:
        return Basis(changed=changed)
    last = whole[-1]
    made = derived.compute(read, indicator=fact.code, area=area, year=int(last.period))
    notes = made.notes if known_on is None else ()
    return Basis(
        last.period, last.formula, made.definition, tuple(made.factors), tuple(notes), changed
    )


def told(basis: Basis) -> list[str]:
    """Say it in sentences: what was recorded otherwise first, then formula, factors and notes."""
    lines = [str(one.sentence) for one in basis.changed]
    if basis.formula:
        name = str(period_name(basis.period))
        lines.append(say(N_("Formula ({period}): {formula}"), period=name, formula=basis.formula))
    if basis.definition:
        lines.append(say(N_("Defined as: {definition}"), definition=basis.definition))
    if basis.factors:
        rows = " · ".join(_factor(row) for row in basis.factors)
        lines.append(say(N_("Factors: {factors}"), factors=rows))
    return lines + [str(note) for note in basis.notes]


def _factor(row: FactorRow) -> str:
    digits = max(0, min(6, len(f"{row.value:.6f}".rstrip("0").partition(".")[2])))
    return say(
        C_("factor", "{name} {value} {unit} ({source})"),
        name=named(row.name_ko, row.name_en),
        value=number(row.value, digits),
        unit=row.unit,
        source=row.source,
    )
