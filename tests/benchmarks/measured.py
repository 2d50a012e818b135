"""What was measured: each figure printed with its goal and verdict, and kept for the table.

A ratio compares two things measured in turn in one run; only ratios survive a change of machine.
No figure fails a test: on a busy machine a goal is missed for no fault of the program. What is
kept in build/benchmarks.json is written as docs/BENCHMARKS.md by `dev.py bench`.
"""

from __future__ import annotations

import dataclasses
import os
import statistics
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, beside what, and what it should be.

    `value` is in `unit`; the unit "×" is a ratio to `beside`. The goal is the most it may be, or
    with `more` the least; None for what is only told.
    """

    what: str
    value: float
    unit: str
    goal: float | None = None
    beside: str = ""
    more: bool = False
    note: str = ""
    test: str = ""

    @property
    def reached(self) -> bool:
        """Say whether the goal is met; what has none always is."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.more else self.value <= self.goal

    @property
    def share(self) -> float | None:
        """How much of the goal is used up: at most 1 where it is reached."""
        if self.goal is None or not self.value:
            return None
        return self.goal / self.value if self.more else self.value / self.goal


FIGURES: list[Figure] = []


def figure(
    what: str,
    value: float,
    unit: str = "×",
    goal: float | None = None,
    *,
    beside: str = "",
    more: bool = False,
    note: str = "",
) -> Figure:
    """Print a figure with its verdict and keep it for the table."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    made = Figure(what, value, unit, goal, beside, more, note, test)
    FIGURES.append(made)
    print(f"\n{said(made)}", end="")
    return made


def times(
    what: str, seconds: Sequence[float], goal_ms: float | None = None, *, beside: str = ""
) -> Figure:
    """Tell the median of some seconds, in ms, beside the most it should be; and how they spread."""
    ordered = sorted(1e3 * one for one in seconds)
    late = ordered[int(len(ordered) * 0.95)]
    note = f"p95 {amount(late)}, most {amount(ordered[-1])}" if len(ordered) > 1 else ""
    return figure(what, statistics.median(ordered), "ms", goal_ms, beside=beside, note=note)


def ratio(
    what: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    goal: float | None = None,
    *,
    beside: str,
    more: bool = False,
) -> Figure:
    """Tell the median of the ratios of what was measured in turn; `more`: theirs to ours."""
    pairs = [(b, a) if more else (a, b) for a, b in zip(ours, theirs, strict=True)]
    mine, other = (1e3 * statistics.median(one) for one in (ours, theirs))
    return figure(
        what,
        statistics.median(a / b for a, b in pairs),
        goal=goal,
        beside=beside,
        more=more,
        note=f"{amount(mine)} ms beside {amount(other)}",
    )


def amount(value: float) -> str:
    """Write a figure with three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return (
        f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}" if abs(value) < 1 else f"{value:.2f}"
    )


def said(one: Figure) -> str:
    """Return a figure as a line."""
    parts = [f"{one.what}: {amount(one.value)} {one.unit}"]
    if one.beside:
        parts.append(f"of {one.beside}" if one.unit == "×" else f"beside {one.beside}")
    if one.note:
        parts.append(f"({one.note})")
    if one.goal is not None:
        parts.append(f"goal {limit(one)}: {verdict(one)}")
    return " ".join(parts)


def limit(one: Figure) -> str:
    """Write a goal."""
    return "" if one.goal is None else f"{'≥' if one.more else '≤'} {amount(one.goal)} {one.unit}"


def verdict(one: Figure) -> str:
    """Say in words whether a goal is reached."""
    return "" if one.goal is None else "reached" if one.reached else "NOT reached"
