"""How many trials of a fault there are, what became of them, and how long they may take."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

_ends = math.inf


@dataclass
class Outcome:
    """Trials made, those that lost something acknowledged, those that left something not whole."""

    trials: int = 0
    lost: int = 0
    corrupt: int = 0
    note: str = ""

    @property
    def ok(self) -> bool:
        return not self.lost and not self.corrupt


def begin(seconds: float | None) -> None:
    """Let what is tried from now on end after so many seconds; None lets it take its time."""
    global _ends
    _ends = math.inf if seconds is None else time.monotonic() + seconds


def left() -> float:
    """Return how many seconds are left, infinity where nobody counts."""
    return _ends - time.monotonic()


def within(found: Outcome, trials: int) -> Iterator[int]:
    """Yield the numbers of trials and count those that were made; at least one, however late."""
    for number in range(trials):
        if number and left() <= 0:
            return
        yield number
        found.trials += 1
