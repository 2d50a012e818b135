"""What a chart draws: lines as values, cut into the pieces that are drawn differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ui.text import Msg, say
from ui.widgets.pyramid import Floats, Pyramid

# How surely a point is known decides how it is drawn, never its colour alone.
SURE, PROVISIONAL, PARTIAL = 0, 1, 2
MARKED = 24


class Text:
    """A message with its values, said anew whenever it is shown."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, **values: object) -> None:
        self.message, self.values = message, values

    def __str__(self) -> str:
        said = {k: str(v) if isinstance(v, Text) else v for k, v in self.values.items()}
        return say(self.message, **said)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a line that is marked, with the words beside it."""

    x: float
    y: float
    label: Text | Msg | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened from `left` to `right`: a policy, a heat wave."""

    left: float
    right: float
    words: Text | Msg


@dataclass(frozen=True, slots=True)
class Side:
    """The second scale, at the right: its lowest and highest value and the unit."""

    low: float
    high: float
    unit: Text | Msg
    ink: str = "d2"


@dataclass(eq=False, slots=True)
class Line:
    """One line of a chart.

    `kind` is `actual` (solid), `target` (dashed, open marks, values in between follow the path) or
    `context` (thin). `sure` holds SURE, PROVISIONAL or PARTIAL for each point, `words` what to say
    of a point's state. `points` are marked and named, `notes` only named; `titles` names the line
    at some of its moments otherwise (a target on its guide). A line of another unit is drawn on
    the scale of the first: its own values are `by` times what is drawn plus `base`, in `unit`.
    """

    title: Text | Msg
    x: Floats
    y: Floats
    kind: str = "actual"
    ink: str = "d1"
    sure: Sequence[int] | None = None
    words: Sequence[Msg | Text | None] | None = None
    end: Text | Msg | None = None
    points: tuple[Point, ...] = ()
    notes: tuple[Point, ...] = ()
    titles: Mapping[float, Text] = field(default_factory=dict)
    unit: Text | Msg | None = None
    by: float = 1.0
    base: float = 0.0
    pieces: list[tuple[Pyramid, bool]] = field(init=False, default_factory=list)
    whole: Pyramid = field(init=False)
    last: Point | None = field(init=False)
    open_points: Floats = field(init=False)
    lone_points: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.whole = Pyramid(self.x, self.y)
        self.x, self.y = self.whole.x, self.whole.y
        self.last = self._last()
        self.open_points = self.lone_points = np.empty((0, 2))
        if self.sure is None:
            self.pieces = [(self.whole, False)]
            if self.kind == "actual":
                self.lone_points = _lone(self.x, self.y)
            return
        sure = np.asarray(self.sure)
        solid = np.where(sure == SURE, self.y, np.nan)
        self.pieces = [(Pyramid(self.x, solid), False)]
        loose = _loose(self.y, sure)
        if loose is not None:
            self.pieces.append((Pyramid(self.x, loose), True))
        open_ = (sure != SURE) & ~np.isnan(self.y)
        if np.count_nonzero(open_) > MARKED:
            # A mark on every month would hide the line; the dashes say it.
            open_ &= sure == PARTIAL
        self.open_points = np.column_stack([self.x[open_], self.y[open_]])
        self.lone_points = _lone(self.x, solid)

    def _last(self) -> Point | None:
        """Return the last point that holds a whole value: a partial one is not where a line ends."""
        held = ~np.isnan(self.y)
        if self.sure is not None:
            held &= np.asarray(self.sure) != PARTIAL
        places = np.flatnonzero(held)
        if not len(places):
            return None
        return Point(float(self.x[places[-1]]), float(self.y[places[-1]]))

    def titled(self, x: float) -> Text | Msg:
        """Return what the line is called at a moment."""
        return self.titles.get(x, self.title)

    def at(self, x: float) -> tuple[float | None, Msg | Text | None]:
        """Return the value at a moment and what to say of its state; a target is read between marks."""
        if self.kind == "target":
            if not len(self.x) or not self.x[0] <= x <= self.x[-1]:
                return None, None
            return float(np.interp(x, self.x, self.y)), None
        place = int(np.searchsorted(self.x, x))
        if place >= len(self.x) or self.x[place] != x or np.isnan(self.y[place]):
            return None, None
        return float(self.y[place]), (self.words[place] if self.words else None)


def _loose(y: Floats, sure: np.ndarray) -> Floats | None:
    """Return the provisional stretches with the sure points beside them, so that dashes join on.

    Two neighbours that are both sure may come along; dashes on a solid line are not seen.
    """
    provisional = sure == PROVISIONAL
    if not provisional.any():
        return None
    joined = provisional.copy()
    joined[:-1] |= provisional[1:] & (sure[:-1] == SURE)
    joined[1:] |= provisional[:-1] & (sure[1:] == SURE)
    return np.where(joined, y, np.nan)


def _lone(x: Floats, y: Floats) -> Floats:
    """Return the points with a gap on both sides: a line through one point would not be seen."""
    held = ~np.isnan(y)
    padded = np.concatenate([[False], held, [False]])
    lone = held & ~padded[:-2] & ~padded[2:]
    return np.column_stack([x[lone], y[lone]])


def with_gaps(
    x: Floats, y: Floats, step: float, breaks: np.ndarray | None = None
) -> tuple[Floats, Floats, np.ndarray]:
    """Put a NaN between points more than `step` apart; also return where the given points went.

    `breaks` marks the gaps after which a line begins anew although nothing is missing.
    """
    apart = np.diff(x)
    cut = apart > step * 1.001
    if breaks is not None:
        cut |= breaks
    wide = np.flatnonzero(cut)
    places = np.arange(len(x)) + np.searchsorted(wide, np.arange(len(x)), "left")
    new_x = np.insert(x, wide + 1, x[wide] + np.minimum(step, apart[wide] / 2))
    new_y = np.insert(y, wide + 1, np.nan)
    return new_x, new_y, places
