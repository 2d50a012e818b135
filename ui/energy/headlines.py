"""The headline numbers of an indicator: the last figure, what stands for its year, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.vocab import TargetKind
from gwangju_desktop.energy import paths
from gwangju_desktop.energy.scales import Scale
from ui.energy.figures import Reading, Sum, is_monthly, period_name, state_of
from ui.text import C_, N_, Msg
from ui.widgets.chart_lines import Text
from ui.widgets.chart_scale import figure, percent

YEAR_BEFORE = N_("{change} on the year before")
MONTH_BEFORE = N_("{change} on the same month a year before")
SUM_BEFORE = N_("{change} on the same months a year before")
MONTHS_BEFORE = N_("{change} on the 12 months before")
AMOUNT = C_("amount", "{value} {unit}")
# An indicator's other number worth seeing beside it.
COMPANIONS = {"EL01": "SU01", "GH01": "GH03", "FE01": "SU02", "PV02": "RE01", "PV01": "RE01"}


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline number: what, the number, its unit, what to think of it and in which ink."""

    caption: Text
    value: str
    unit: Msg
    note: Text | None = None
    ink: str = "text3"


def headlines(
    points: Sequence[Reading],
    aims: Sequence[paths.Aim],
    scale: Scale,
    better: str,
    kind: str,
    unit: str = "",
) -> list[Headline]:
    """Return the numbers above the chart, most important first; aims are those of years.

    A year between two points of the path is neither met nor missed: its note has a neutral ink.
    """
    whole = [p for p in points if p.value is not None]
    if not is_monthly(whole):
        known, whole = whole, [p for p in whole if p.status != "partial"]
        if known and not whole:
            # Nothing is whole yet: what there is, with what lacks, and nothing it is held against.
            return [_last_value(known[-1:], known[-1], scale, kind)]
    if not whole:
        return []
    last = whole[-1]
    found = [_last_value(whole, last, scale, kind)]
    if "T" in last.period:
        return [_highest(whole, scale)]
    if is_monthly(whole):
        return found + _twelve_months(whole, unit, kind)
    year = int(last.period)
    return (
        found
        + _against(last.value, aims, year, scale, better, kind)
        + _pace(last.value, aims, year, scale, kind)
    )


def _highest(whole: Sequence[Reading], scale: Scale) -> Headline:
    """Say the highest of many hours, and when it was."""
    most = max(whole, key=lambda point: point.value)
    note = Text(C_("headline", "{period}"), period=period_name(most.period))
    return Headline(Text(N_("Highest hour")), figure(most.value / scale.by), scale.unit, note)


def companion(name: str, unit: Msg, kind: str, points: Sequence[Reading]) -> Headline | None:
    """Return the last whole year of an indicator shown beside another."""
    whole = [p for p in points if p.value is not None and p.status != "partial"]
    if not whole:
        return None
    last = whole[-1]
    note = _change(whole, last, kind, YEAR_BEFORE)
    caption = Text(C_("headline", "{name} {period}"), name=name, period=period_name(last.period))
    return Headline(caption, figure(last.value), unit, note)


def points_of(change: float) -> str:
    """Write a difference of two percentages."""
    return f"{change:+.1f}%p".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")


def _last_value(whole: Sequence[Reading], last: Reading, scale: Scale, kind: str) -> Headline:
    words = SUM_BEFORE if isinstance(last, Sum) else YEAR_BEFORE
    if "-" in last.period and not isinstance(last, Sum):
        words = MONTH_BEFORE
    note = _change(whole, last, kind, words) or Text(N_("no figure a year before"))
    state = state_of(last)
    period = period_name(last.period)
    if isinstance(last, Sum):
        caption = Text(N_("Added up to {period}"), period=period)
    elif state is not None:
        caption = Text(N_("Actual {period} ({state})"), period=period, state=state)
    else:
        caption = Text(N_("Actual {period}"), period=period)
    return Headline(caption, figure(last.value / scale.by), scale.unit, note)


def _change(whole: Sequence[Reading], last: Reading, kind: str, words: Msg) -> Text | None:
    """Say the change on the same period a year before, if that is known."""
    before = next((p for p in whole if p.period == _year_before(last.period)), None)
    if before is None:
        return None
    if kind == "rate":
        return Text(words, change=points_of(last.value - before.value))
    return Text(words, change=percent(last.value / before.value - 1)) if before.value else None


def _year_before(period: str) -> str:
    year, dash, month = period.partition("-")
    return f"{int(year) - 1}{dash}{month}"


def _twelve_months(whole: Sequence[Reading], unit: str, kind: str) -> list[Headline]:
    """Add up the last twelve months, where all of them are known; a stock or rate has no sum."""
    if kind != "flow" or isinstance(whole[-1], Sum):
        return []
    held = {_month(p.period): p.value for p in whole}
    last = _month(whole[-1].period)
    now = [held.get(last - n) for n in range(12)]
    if None in now:
        return []
    before = [held.get(last - n) for n in range(12, 24)]
    note = None
    if None not in before and sum(before):
        note = Text(MONTHS_BEFORE, change=percent(sum(now) / sum(before) - 1))
    larger = Scale.of(unit, [sum(now)])
    return [Headline(Text(N_("Last 12 months")), figure(sum(now) / larger.by), larger.unit, note)]


def _month(period: str) -> int:
    year, _dash, month = period.partition("-")
    return int(year) * 12 + int(month)


def _against(
    value: float,
    aims: Sequence[paths.Aim],
    year: int,
    scale: Scale,
    better: str,
    kind: str,
) -> list[Headline]:
    """Compare a value with what stands for its year: only a target is met or missed."""
    gap = paths.gap(value, year, aims)
    if gap is None:
        return []
    if kind == "rate":
        off: object = points_of(abs(gap.difference)).lstrip("+")
    else:
        off = Text(AMOUNT, value=figure(abs(gap.difference) / scale.by), unit=scale.unit)
    over, even = gap.difference > 0, abs(gap.difference) < 1e-9 * max(1.0, abs(gap.aim))
    aim = figure(gap.aim / scale.by)
    period = period_name(str(year))
    if gap.kind == "guide":
        least = paths.at(aims, year).kind == TargetKind.LEAST
        caption = Text(LEAST_OF if least else GUIDE_OF, period=period)
        note = Text(ON_GUIDE) if even else Text(ABOVE if over else BELOW, gap=off)
        return [Headline(caption, aim, scale.unit, note)]
    caption = Text(N_("Target {period}"), period=period)
    if better not in ("down", "up"):
        note = Text(ABOVE_TARGET if over else BELOW_TARGET, gap=off)
        return [Headline(caption, aim, scale.unit, note)]
    met = even or over == (better == "up")
    if met:
        return [Headline(caption, aim, scale.unit, Text(N_("Target met")), "ok")]
    note = Text(ABOVE_TARGET if over else BELOW_TARGET, gap=off)
    return [Headline(caption, aim, scale.unit, note, "bad")]


GUIDE_OF = N_("Guide path {period}")
LEAST_OF = N_("Least by law {period}")
ABOVE = N_("{gap} above the guide path")
BELOW = N_("{gap} below the guide path")
ON_GUIDE = N_("on the guide path")
ABOVE_TARGET = N_("{gap} above the target")
BELOW_TARGET = N_("{gap} below the target")


def _pace(
    value: float, aims: Sequence[paths.Aim], year: int, scale: Scale, kind: str
) -> list[Headline]:
    """Say the even change a year that leads to the next target."""
    pace = paths.pace(year, value, aims)
    if pace is None:
        return []
    if kind == "rate":
        number, unit = points_of(pace.yearly), N_("a year")
    elif pace.rate is not None:
        number, unit = percent(pace.rate), N_("a year")
    else:
        sign = "+" if pace.yearly > 0 else ""
        number, unit = sign + figure(pace.yearly / scale.by), scale.unit
    return [
        Headline(
            Text(N_("Needed until {year}"), year=pace.year),
            number,
            unit,
            Text(N_("for {years} years from {year}"), years=pace.years, year=year),
        )
    ]
