"""Words the views share: units, values, the state of a figure, periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gwangju_desktop.energy.scales import Scale, unit_words
from gwangju_desktop.members.rules import named
from ui.energy.figures import STATES, Reading
from ui.energy.views.months import Matrix, Month, matrix
from ui.text import C_, N_, Msg, day, say
from ui.widgets.chart_scale import YEAR, moment, month_of, number

HATCHED = N_("Hatched: provisional or estimated")
MISSING = N_("No figure")


def months_of(points: Iterable[Reading]) -> Matrix:
    """Lay the monthly points of a series out by year."""
    found = []
    for point in points:
        if point.value is not None:
            at = moment(point.period)
            parts = getattr(point, "parts", ())
            found.append(
                Month(int(at // YEAR), int(at % YEAR) + 1, point.value, point.status, parts)
            )
    return matrix(found)


def digits_of(values: Iterable[float]) -> int:
    """Return how many decimals show about three digits of the largest value."""
    most = max((abs(value) for value in values), default=0.0)
    return 0 if most >= 100 else 1 if most >= 10 else 2 if most >= 0.1 else 3


def unsure(status: str) -> bool:
    """Say whether a figure is provisional or estimated: hatched or dashed wherever it is drawn."""
    return status in ("provisional", "estimated")


def state(status: str) -> str:
    """Name what a figure is not: final, or of a whole year; "" for a final one."""
    message = STATES.get(status)
    return say(message) if message is not None else ""


def amount(value: float, scale: Scale, digits: int, status: str = "final") -> str:
    """Write a value with its unit, and its state where it is not final."""
    words = f"{number(value / scale.by, digits)} {say(scale.unit)}"
    marked = state(status)
    return say(C_("reading", "{value} ({state})"), value=words, state=marked) if marked else words


def percentage(share: float) -> str:
    """Write a share of a whole."""
    return f"{share * 100:.1f}%"


def month_words(year: int, month: int) -> str:
    """Name a month of a year: 2021. 3."""
    return day(month_of(year * YEAR + month - 1), "month")


def month_name(month: int) -> str:
    """Name a month of any year: 3월."""
    return say(MONTHS[month - 1])


def name_of(fact) -> str:
    """Name an indicator in the language shown."""
    return named(fact.name_ko, fact.name_en)


def in_unit(title: str, fact) -> str:
    """Return a column's title with the unit of its figures, which are written as they are kept."""
    return f"{title} ({say(unit_words(fact.unit))})"


def joined(sentences: Sequence[str]) -> str:
    """Return sentences as one text."""
    return " ".join(part for part in sentences if part)


MONTHS: tuple[Msg, ...] = (
    C_("month", "Jan"),
    C_("month", "Feb"),
    C_("month", "Mar"),
    C_("month", "Apr"),
    C_("month", "May"),
    C_("month", "Jun"),
    C_("month", "Jul"),
    C_("month", "Aug"),
    C_("month", "Sep"),
    C_("month", "Oct"),
    C_("month", "Nov"),
    C_("month", "Dec"),
)
