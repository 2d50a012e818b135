"""Classes of a map or a heat map: limits that are round and never put a value in a wrong class."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

QUANTILES, EQUAL = "quantiles", "equal"
FEW = 8  # with fewer values than this four classes say as much as five
SIZES = (5.0, 2.0, 1.0)


@dataclass(frozen=True, slots=True)
class Classes:
    """Values cut at `limits`, which rise: a value at a limit belongs to the class above it.

    `counts` holds how many values lie in each class; there is one class more than limits.
    """

    limits: tuple[float, ...]
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.counts)

    def of(self, value: float) -> int:
        """Return the number of a value's class, 0 the lowest."""
        return bisect.bisect_right(self.limits, value)

    def digits(self) -> int:
        """Return how many decimals tell the limits apart and write each exactly."""
        digits = 0
        for limit in self.limits:
            while digits < 6 and abs(round(limit, digits) - limit) > 1e-9 * max(1.0, abs(limit)):
                digits += 1
        return digits


def classes(values: Iterable[float], how: str = QUANTILES, most: int = 5) -> Classes:
    """Cut values into at most `most` classes: of equally many values, or of equal width.

    Limits are the roundest numbers that separate the same values as the exact cut would.
    """
    held = sorted(v for v in values if not math.isnan(v))
    if not held:
        return Classes((), ())
    distinct = sorted(set(held))
    wanted = min(most, len(distinct), most if len(distinct) >= FEW else 4)
    limits = _equal(distinct, wanted) if how == EQUAL else _quantiles(held, wanted)
    counts = [0] * (len(limits) + 1)
    for value in held:
        counts[bisect.bisect_right(limits, value)] += 1
    return Classes(tuple(limits), tuple(counts))


def _quantiles(held: Sequence[float], wanted: int) -> list[float]:
    limits: list[float] = []
    for n in range(1, wanted):
        place = round(n * len(held) / wanted)
        # Equal values may not be torn apart: the cut moves up to where they end.
        while place < len(held) and held[place] == held[place - 1]:
            place += 1
        if place >= len(held):
            break
        limit = roundest(held[place - 1], held[place])
        if not limits or limit > limits[-1]:
            limits.append(limit)
    return limits


def _equal(distinct: Sequence[float], wanted: int) -> list[float]:
    low, high = distinct[0], distinct[-1]
    if wanted < 2 or not high > low:
        return []
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    for step in (size * power for size in (1, 2, 2.5, 5, 10, 20)):
        first, last = math.floor(low / step + 1e-9) + 1, math.floor(high / step + 1e-9)
        if step >= rough * 0.999 and last - first + 1 < wanted:
            break
    return [float(f"{n * step:.12g}") for n in range(first, last + 1)]


def roundest(low: float, high: float) -> float:
    """Return the number above `low` and at most `high` that has the fewest digits."""
    if not high > low:
        return high
    if low < 0 < high or (low < 0 and high == 0):
        return 0.0
    middle = (low + high) / 2
    power = math.floor(math.log10(max(abs(low), abs(high)))) + 1
    for exponent in range(power, power - 16, -1):
        for size in SIZES:
            step = size * 10.0**exponent
            first, last = math.floor(low / step) + 1, math.floor(high / step)
            found = [float(f"{n * step:.12g}") for n in (first, last, round(middle / step))]
            held = [value for value in found if low < value <= high]
            if held:
                return min(held, key=lambda value: abs(value - middle))
    return high
