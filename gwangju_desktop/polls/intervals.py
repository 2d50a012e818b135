"""How far a share may be off; said of probability samples alone."""

from __future__ import annotations

import math

Z95 = 1.959964
# A sample of more than a twentieth of everybody errs less than one from a boundless population.
LARGE_FRACTION = 0.05


def finite(n: float, population: int | None) -> float:
    """Return the finite population correction √((N - n) / (N - 1)), 1 where n/N is up to 5 %."""
    if not population or n <= population * LARGE_FRACTION:
        return 1.0
    if n >= population:
        return 0.0
    return math.sqrt((population - n) / (population - 1))


def margin(p: float, n: float, population: int | None = None) -> float:
    """Return the margin of error of a share p (0-1) among n respondents, in points (0-100)."""
    return 100 * Z95 * math.sqrt(p * (1 - p) / n) * finite(n, population)


def wilson(p: float, n: float, population: int | None = None) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share p (0-1) among n respondents, in % (0-100).

    A finite population enters as the larger sample that would have the same error.
    """
    correction = finite(n, population)
    if correction == 0:
        return 100 * p, 100 * p
    n = n / correction**2
    squared = Z95 * Z95
    centre = p + squared / (2 * n)
    half = Z95 * math.sqrt(p * (1 - p) / n + squared / (4 * n * n))
    whole = 1 + squared / n
    low, high = (centre - half) / whole, (centre + half) / whole
    # Rounding errors of floats must not push a bound past the share or past possibility.
    return 100 * min(max(low, 0.0), p), 100 * max(min(high, 1.0), p)
