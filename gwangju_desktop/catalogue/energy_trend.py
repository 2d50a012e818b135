"""An indicator's course over the years on paper, with the points that were set for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.vocab import TargetKind
from gwangju_desktop.catalogue import energy_parts as parts
from gwangju_desktop.documents.blocks import Block, para
from gwangju_desktop.documents.figures import LineFigure, LineSeries, Note, ticks, years
from gwangju_desktop.energy import queries, rules, targets
from gwangju_desktop.energy.figures import Point
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.energy.targets import TargetRow
from gwangju_desktop.text import C_, N_, say

_HIGH = 210.0


def trend(read: Session, indicator: str, year: int) -> list[Block]:
    """Return the whole years up to a year as a line, the guide dashed; nothing of a single year.

    Partial years are left out and said to be.
    """
    found = queries.series(read, indicator=indicator, area=rules.CITY, by="year")
    points = [point for point in found.points if int(point.period) <= year]
    whole = [point for point in points if point.status != rules.PARTIAL]
    aims = targets.targets(read, indicator=indicator)
    left = [point.period for point in points if point.status == rules.PARTIAL]
    if len(whole) + len(aims) < 2 or not whole:
        return _left_out(left)
    values = [point.value for point in whole] + [aim.value for aim in aims]
    scale = Scale.of(found.unit, values)
    lines = [_actual(whole, scale)]
    if len(aims) > 1:
        lines.append(_guide(aims, scale))
    xs = [int(point.period) for point in whole] + [aim.year for aim in aims]
    told = ", ".join(f"{p.period} {parts.number(p.value / scale.by, 2)}" for p in whole)
    unit = say(scale.unit)
    blocks: list[Block] = [
        para(say(N_("Unit: {unit}"), unit=unit), "meta", keep=True),
        LineFigure(
            tuple(lines),
            years(min(xs), max(xs), [int(whole[-1].period), *(aim.year for aim in aims)]),
            ticks(min(values) / scale.by, max(values) / scale.by),
            say(N_("{title}: {told}."), title=unit, told=told),
            height=_HIGH,
        ),
    ]
    return [*blocks, *_left_out(left)]


def _left_out(periods: Sequence[str]) -> list[Block]:
    """Say which years are not drawn."""
    if not periods:
        return []
    message = N_("Not drawn because parts are missing: {years}.")
    return [para(say(message, years=", ".join(periods)), "note")]


def _actual(whole: Sequence[Point], scale: Scale) -> LineSeries:
    at = [int(point.period) for point in whole]
    gaps = frozenset(n for n in range(1, len(at)) if at[n] - at[n - 1] > 1)
    last = len(whole) - 1
    words = f"{at[-1]}: {parts.number(whole[-1].value / scale.by, 2)}"
    computed = {point.origin == "computed" for point in whole}
    name = {
        frozenset({True}): C_("statement", "Worked out"),
        frozenset({False}): C_("statement", "Published"),
    }.get(frozenset(computed), C_("statement", "Published, else worked out"))
    return LineSeries(
        say(name),
        tuple((float(x), p.value / scale.by) for x, p in zip(at, whole, strict=True)),
        notes=(Note(last, words),),
        gaps=gaps,
    )


def _guide(aims: Sequence[TargetRow], scale: Scale) -> LineSeries:
    """Return the straight lines between the points; only a point that was set has words."""
    notes = tuple(
        Note(
            n,
            say(
                C_("statement", "Target {year}: {value}"),
                year=aim.year,
                value=parts.number(aim.value / scale.by, 2),
            ),
        )
        for n, aim in enumerate(aims)
        if aim.kind == TargetKind.TARGET
    )
    sample = any(aim.sample for aim in aims)
    name = (
        C_("statement", "Guide between the targets (sample)")
        if sample
        else C_("statement", "Guide between the targets")
    )
    return LineSeries(
        say(name),
        tuple((float(aim.year), aim.value / scale.by) for aim in aims),
        planned=True,
        notes=notes,
    )
