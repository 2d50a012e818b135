"""Lines that are sums of their neighbours, found by arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A stated total this near to its parts is a total with wrong cells, not a chance.
NEARLY = 0.6
# Of a number without a label; nearer than this it is no chance.
_CHANCE = 0.005
# Beyond these an unbounded search takes minutes.
_MOST_UNLABELLED = 120


@dataclass(slots=True)
class Broken:
    """A labelled total that fits most of its numbers, and where it does not."""

    line: int
    parts: list[int]
    wrong: Flags


class Tree:
    """Lines swallowed by their sums, again and again, until nothing more is a sum."""

    def __init__(self, data: Numbers, said: list[bool], slack: float, *, unlabelled: bool) -> None:
        self.parents: list[int | None] = [None] * len(data)
        self.broken: list[Broken] = []
        self._data = data
        self._said = said
        self._unlabelled = unlabelled and len(data) <= _MOST_UNLABELLED
        self._slack = slack
        self._strong = np.count_nonzero(data, axis=1)
        self._top = list(range(len(data)))
        self._done: set[int] = set()

    def find(self) -> None:
        """Find the sums: exact ones first, then labelled totals with wrong cells."""
        while self._swallow(1.0):
            pass
        while self._open() and self._swallow(NEARLY):
            pass

    def beside(self, line: int) -> list[int]:
        """Return what is left beside a line up to the next total, before it if there is anything."""
        if line not in self._top:
            return []
        at = self._top.index(line)
        for side in (self._top[:at][::-1], self._top[at + 1 :]):
            run = []
            for other in side:
                if self._said[other]:
                    break
                run.append(other)
            if run:
                return sorted(run)
        return []

    def _open(self) -> bool:
        return any(self._said[line] and line not in self._done for line in self._top)

    def _swallow(self, need: float) -> bool:
        # Labelled totals first: a chance sum must not eat a real total's parts.
        labelled = [True, False] if self._unlabelled and need == 1 else [True]
        for claimed in labelled:
            for place, line in enumerate(self._top):
                if self._said[line] == claimed and line not in self._done:
                    before = self._top[:place][::-1]
                    after = self._top[place + 1 :]
                    # The parts stand before (합계 last) or after (전국 first).
                    if self._take(line, before, need) or self._take(line, after, need):
                        return True
        return False

    def _take(self, line: int, side: list[int], need: float) -> bool:
        if not self._said[line] and any(self._said[other] for other in side[:2]):
            return False
        fit = self._fit(line, side, need)
        if fit is None:
            return False
        count, wrong = fit
        parts = side[:count]
        for part in parts:
            self.parents[part] = line
        if wrong.any():
            self.broken.append(Broken(line, sorted(parts), wrong))
        self._top = [other for other in self._top if other not in parts]
        self._done.add(line)
        return True

    def _fit(self, line: int, side: list[int], need: float) -> tuple[int, Flags] | None:
        """Return how many neighbours a line is the sum of, and which numbers do not fit."""
        if not side or not self._strong[line]:
            return None
        if not self._said[line] and self._strong[line] < 3:
            return None
        least = 1 if self._said[line] else 2
        stated = self._data[line]
        for count in self._candidates(line, side, need):
            if count < least or np.count_nonzero(self._strong[side[:count]]) < least:
                continue
            total = self._data[side[:count]].sum(axis=0)
            right = np.abs(total - stated) <= self._room(line, count)
            live = (stated != 0) | (total != 0)
            if np.count_nonzero(right & live) >= need * np.count_nonzero(live):
                return count, ~right
        return None

    def _room(self, line: int, count: int) -> Numbers:
        """Return how far from its parts each number of a total may be by rounding."""
        room = np.full(self._data.shape[1], self._slack * (count + 1))
        # Small numbers are the sum of anything within rounding: without a label that is no sum.
        return room if self._said[line] else np.minimum(room, _CHANCE * np.abs(self._data[line]))

    def _candidates(self, line: int, side: list[int], need: float) -> list[int]:
        """Try the largest number first, the whole line only where that one fits."""
        if need < 1:
            return list(range(1, len(side) + 1))
        largest = int(np.argmax(np.abs(self._data[line])))
        running = np.cumsum(self._data[side, largest])
        room = self._slack * (np.arange(len(side)) + 2)
        near = np.abs(running - self._data[line, largest]) <= room
        return [int(place) + 1 for place in np.flatnonzero(near)]
