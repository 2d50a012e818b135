"""Rings of longitude and latitude laid into a rectangle: arithmetic of the map, without a screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Place = tuple[float, float]
Ring = Sequence[Place]
GRID = 24  # steps across a shape in which the middle of its widest part is looked for


@dataclass(frozen=True, slots=True)
class Projection:
    """Lays places into a rectangle, north up, both directions at one scale.

    Degrees are narrowed by the cosine of the middle latitude (a city is small enough for that);
    numbers beyond degrees are metres of a plane already.
    """

    left: float
    top: float
    scale: float
    narrow: float
    x: float
    y: float

    @classmethod
    def of(cls, rings: Iterable[Ring], x: float, y: float, wide: float, high: float) -> Projection:
        """Fit all rings into the rectangle at (x, y), in its middle."""
        places = [place for ring in rings for place in ring]
        if not places:
            return cls(0.0, 0.0, 1.0, 1.0, x, y)
        left, right = min(p[0] for p in places), max(p[0] for p in places)
        foot, top = min(p[1] for p in places), max(p[1] for p in places)
        degrees = max(abs(left), abs(right)) <= 180 and max(abs(foot), abs(top)) <= 90
        narrow = math.cos(math.radians((foot + top) / 2)) if degrees else 1.0
        across, up = (right - left) * narrow or 1e-9, (top - foot) or 1e-9
        scale = min(wide / across, high / up)
        return cls(
            left, top, scale, narrow, x + (wide - across * scale) / 2, y + (high - up * scale) / 2
        )

    def place(self, place: Place) -> Place:
        """Return where a place is drawn, in px."""
        return (
            self.x + (place[0] - self.left) * self.narrow * self.scale,
            self.y + (self.top - place[1]) * self.scale,
        )

    def rings(self, rings: Iterable[Ring]) -> list[list[Place]]:
        """Return rings in px."""
        return [[self.place(place) for place in ring] for ring in rings]


def inside(rings: Iterable[Ring], at: Place) -> bool:
    """Say whether a place lies in rings of which the inner ones are holes."""
    x, y = at
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in _edges(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                odd = not odd
    return odd


def spans(rings: Iterable[Ring], y: float) -> list[tuple[float, float]]:
    """Return the stretches of a horizontal line that lie in rings, from left to right."""
    crossed = sorted(
        ax + (y - ay) / (by - ay) * (bx - ax)
        for ring in rings
        for (ax, ay), (bx, by) in _edges(ring)
        if (ay > y) != (by > y)
    )
    return list(zip(crossed[0::2], crossed[1::2], strict=False))


def middle(rings: Sequence[Ring], high: float) -> tuple[Place, float]:
    """Return where a label `high` px tall has most room in rings, and how wide that room is.

    A label lies across: what counts is the width that all of its height has, not the distance to
    the nearest edge.
    """
    ys = [y for ring in rings for _x, y in ring]
    best: tuple[float, Place] = (0.0, (0.0, 0.0))
    low, top = min(ys, default=0.0), max(ys, default=0.0)
    centre = (low + top) / 2
    for n in range(GRID):
        y = low + (top - low) * (n + 0.5) / GRID
        for left, right in _room(rings, y, high):
            # Between places of nearly the same room the one nearer the middle reads better.
            room = (right - left) - 0.25 * abs(y - centre)
            if room > best[0]:
                best = room, ((left + right) / 2, y)
    at = best[1]
    held = next((s for s in _room(rings, at[1], high) if s[0] <= at[0] <= s[1]), (0.0, 0.0))
    return at, held[1] - held[0]


def _room(rings: Sequence[Ring], y: float, high: float) -> list[tuple[float, float]]:
    """Return the stretches that lie in rings at the top, the middle and the foot of a label."""
    found = spans(rings, y)
    for edge in (y - high / 2, y + high / 2):
        others = spans(rings, edge)
        found = [
            (max(a, c), min(b, d)) for a, b in found for c, d in others if max(a, c) < min(b, d)
        ]
    return found


def hatching(rings: Sequence[Ring], gap: float) -> Iterator[tuple[Place, Place]]:
    """Yield the lines from lower left to upper right that hatch rings, `gap` px apart.

    Lines of their own and not a brush: they look the same on screen, on paper and in every format.
    """
    # Turned so that the lines lie across: u along a line, v from one line to the next.
    turned = [[(x - y, x + y) for x, y in ring] for ring in rings]
    swapped = [[(u, v) for u, v in ring] for ring in turned]
    values = [v for ring in swapped for _u, v in ring]
    if not values:
        return
    step = gap * math.sqrt(2)
    n = math.ceil(min(values) / step)
    while n * step < max(values):
        v = n * step
        for left, right in spans(swapped, v):
            yield ((left + v) / 2, (v - left) / 2), ((right + v) / 2, (v - right) / 2)
        n += 1


def box(x: float, y: float, wide: float, high: float) -> list[list[Place]]:
    """Return a rectangle as rings."""
    return [[(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]]


def _edges(ring: Ring) -> Iterator[tuple[Place, Place]]:
    return zip(ring, [*ring[1:], *ring[:1]], strict=True)
