"""A min/max pyramid over a line, so that drawing costs the same at a thousand and ten million points."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

FACTOR = 8
Floats = NDArray[np.float64]


class Pyramid:
    """Keep the lowest and highest value of every 8, 64, 512 … points of a line.

    `x` ascends and holds no NaN; NaN in `y` is a gap. A block without any value stays NaN on every
    level, so a gap as wide as a drawn block is still a gap; a narrower one is below a pixel.
    """

    def __init__(self, x: ArrayLike, y: ArrayLike) -> None:
        self.x: Floats = np.ascontiguousarray(x, dtype=np.float64)
        self.y: Floats = np.ascontiguousarray(y, dtype=np.float64)
        if self.x.shape != self.y.shape or self.x.ndim != 1:
            raise ValueError("x and y are two flat arrays of one length")
        self.has_gaps = bool(np.isnan(self.y).any())
        self.levels: list[tuple[Floats, Floats]] = []
        low = high = self.y
        while len(low) > 2 * FACTOR:
            low, high = _fold(np.fmin, low), _fold(np.fmax, high)
            self.levels.append((low, high))
        held = ~np.isnan(low)
        self.bounds: tuple[float, float] | None = None
        if held.any():
            self.bounds = float(low[held].min()), float(high[held].max())

    def __len__(self) -> int:
        return len(self.x)

    def window(self, left: float, right: float, pixels: int) -> tuple[Floats, Floats]:
        """Return what to draw between `left` and `right`: about two points a pixel, at most.

        One point beyond each side is included, so that a line leaves the picture at its edge. Blocks
        are returned as (x of the block's first point, lowest) and (the same x, highest). The level
        just finer than the pixels is folded once more to them: factor 8 alone would leave blocks
        several pixels wide.
        """
        first = max(0, int(np.searchsorted(self.x, left)) - 1)
        last = min(len(self.x), int(np.searchsorted(self.x, right, "right")) + 1)
        if last - first <= 2 * pixels:
            return self.x[first:last], self.y[first:last]
        step, level = 1, 0
        while (last - first) / (step * FACTOR) >= pixels and level < len(self.levels):
            step *= FACTOR
            level += 1
        low, high = self.levels[level - 1] if level else (self.y, self.y)
        # Groups start at multiples of their own size, so that a line does not flicker while it moves.
        group = max(1, math.ceil((last - first) / (step * pixels)))
        a = first // (step * group) * group
        b = min(len(low), -(-last // step))
        x = np.repeat(self.x[a * step : b * step : step * group], 2)
        y = np.empty(len(x))
        y[0::2] = _fold(np.fmin, low[a:b], group)
        y[1::2] = _fold(np.fmax, high[a:b], group)
        return x, y


def _fold(pick: np.ufunc, values: Floats, size: int = FACTOR) -> Floats:
    """Reduce every `size` values to one; the last group may be short.

    Slices are picked from each other: reducing along a short axis costs ten times as much.
    """
    if size == 1:
        return values
    whole = len(values) // size * size
    folded: Floats = pick(values[0:whole:size], values[1:whole:size])
    for n in range(2, size):
        pick(folded, values[n:whole:size], out=folded)
    if whole < len(values):
        folded = np.append(folded, pick.reduce(values[whole:]))
    return folded
