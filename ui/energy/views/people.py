"""Amounts divided by the people registered in each place: what makes small and large ones alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gwangju_desktop.energy import queries
from gwangju_desktop.energy.scales import Scale, unit_words
from ui.energy.figures import Reading
from ui.text import C_, N_, Msg, say

PEOPLE = "PP01"  # registered population (domain: indicators)
WHOLE, EACH = "whole", "each"
WAYS = {WHOLE: C_("map", "Amounts"), EACH: C_("map", "Per person")}
NOTE = N_("Divided by the registered population of the same period.")
People = Mapping[str, Mapping[str, float]]


def people(read, *, areas: Iterable[str], by: str) -> People:
    """Return the people of each place by period; places without any are left out."""
    found = {}
    for area in areas:
        points = queries.series(read, indicator=PEOPLE, area=area, by=by).points
        held = {p.period: p.value for p in points if p.value and p.status != "partial"}
        if held:
            found[area] = held
    return found


def divisible(fact) -> bool:
    """Say whether an indicator is an amount that may be divided by people."""
    return fact.kind == "flow" and fact.code != PEOPLE


def divided(
    points: Mapping[str, Sequence[Reading]], held: People
) -> dict[str, tuple[Reading, ...]]:
    """Return the figures of each place for one person, where the people of the period are known."""
    return {
        code: tuple(
            _each(point, known[point.period])
            for point in its
            if point.value is not None and point.period in known
        )
        for code, its in points.items()
        if (known := held.get(code))
    }


def _each(point: Reading, many: float) -> Reading:
    value = point.value / many
    return (
        point._replace(value=value) if hasattr(point, "_replace") else replace(point, value=value)
    )


def scale_of(unit: str) -> Scale:
    """Return how an amount for one person is written."""
    return Scale(1.0, Msg(say(N_("{unit} per person"), unit=say(unit_words(unit)))))
