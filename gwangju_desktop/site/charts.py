"""Figures as lines: an SVG that says itself in words, and the same figures for the script that moves it.

Nothing here is coloured or sized: that is the style sheet's, light, dark and on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 16, 32
TICKS, MOST_YEARS = 5, 8
SCRIPTS = ("assets/uplot.iife.min.js", "assets/chart.js")


@dataclass(frozen=True, slots=True)
class Curve:
    """A line: what it is called, its (year, value) points in order, and how it looks.

    `tone` is "1" to "5", "grey" or "target"; a `dashed` one is a guide between points and has no
    marks of its own, one of `marks` has nothing between them.
    """

    name: str
    points: Sequence[tuple[int, float]]
    tone: str = "1"
    dashed: bool = False
    marks: bool = False


def lines(key: str, title: str, description: str, curves: Sequence[Curve]) -> Markup:
    """Draw lines over years; "" where there is no point at all.

    `key` is the beginning of the ids on the page. The description is what somebody hears who does
    not see the drawing; the table beside it is the page's.
    """
    points = [point for curve in curves for point in curve.points]
    if not points:
        return Markup()
    first, last = min(x for x, _ in points), max(x for x, _ in points)
    steps = ticks(min(0.0, *(y for _, y in points)), max(y for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - first) / (last - first) if last > first else 0.5
        up = (y - steps[0]) / (steps[-1] - steps[0])
        return (
            round(LEFT + across * (WIDTH - LEFT - RIGHT), 1),
            round(HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1),
        )

    parts = [
        Markup(
            '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
            '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        ).format(WIDTH, HEIGHT, key, key, key, title, key, description)
    ]
    for value in steps:
        _, y = at(first, value)
        parts.append(
            Markup(
                '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                '<text class="axis end" x="{}" y="{}">{}</text>'
            ).format(LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4.5, number(value, steps))
        )
    for year in years(first, last):
        x, _ = at(year, steps[0])
        parts.append(
            Markup('<text class="axis mid" x="{}" y="{}">{}</text>').format(x, HEIGHT - 8, year)
        )
    for curve in curves:
        there = [at(x, y) for x, y in curve.points]
        way = " ".join(f"{'L' if n else 'M'}{x} {y}" for n, (x, y) in enumerate(there))
        if not curve.marks:
            parts.append(Markup('<path class="{}" d="{}"/>').format(_look(curve), way))
        if not curve.dashed:
            parts += (
                Markup('<circle class="dot t{}" cx="{}" cy="{}" r="3.5"/>').format(curve.tone, x, y)
                for x, y in there
            )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def data(curves: Sequence[Curve], year: str, unit: str, decimals: int) -> dict[str, Any]:
    """Return the same figures for the script: the years, called `year`, and a list for each line.

    `named` are the years the axis names while all of them are shown.
    """
    whole = sorted({x for curve in curves for x, _ in curve.points})
    held = [dict(curve.points) for curve in curves]
    return {
        "year": year,
        "unit": unit,
        "decimals": decimals,
        "years": whole,
        "named": years(whole[0], whole[-1]) if whole else [],
        "curves": [
            {
                "name": curve.name,
                "tone": curve.tone,
                "dashed": curve.dashed,
                "marks": curve.marks,
                "values": [own.get(year) for year in whole],
            }
            for curve, own in zip(curves, held, strict=True)
        ],
    }


def legend(curves: Sequence[Curve]) -> Markup:
    """Name the lines beside their looks."""
    line, dot = (
        Markup('<path class="{}" d="M1 5L27 5"/>'),
        Markup('<circle class="dot t{}" cx="14" cy="5" r="4"/>'),
    )
    rows = Markup("").join(
        Markup('<li><svg viewBox="0 0 28 10" aria-hidden="true">{}</svg>{}</li>').format(
            dot.format(curve.tone) if curve.marks else line.format(_look(curve)), curve.name
        )
        for curve in curves
    )
    return Markup('<ul class="legend">{}</ul>').format(rows)


def _look(curve: Curve) -> str:
    return f"curve t{curve.tone}" + (" dashed" if curve.dashed else "")


def ticks(least: float, most: float) -> list[float]:
    """Return round values that span an axis, at least two."""
    span = most - least or abs(most) or 1.0
    raw = span / TICKS
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= raw * 0.999)
    low, high = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [round(n * step, 10) for n in range(low, max(high, low + 1) + 1)]


def years(first: int, last: int) -> list[int]:
    """Return the years an axis names: round ones where there are many."""
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / n <= MOST_YEARS)
    return [year for year in range(first, last + 1) if year % step == 0]


def number(value: float, steps: Sequence[float]) -> str:
    """Write a value of an axis with as many digits as its steps need."""
    digits = next(
        (n for n in range(4) if all(abs(one * 10**n - round(one * 10**n)) < 1e-6 for one in steps)),
        4,
    )
    return f"{value:,.{digits}f}"
