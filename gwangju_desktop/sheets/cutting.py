"""A portion of a long text, cut at its separators, without an object for each cell.

Labels become codes and numbers become floats in a few passes over arrays. What a pass cannot be
sure of (long cells, two labels of one slot, a number in another dress) is looked at cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

_SLOTS = 18
# Odd numbers that spread the bits of eight letters; any would do.
_SPREAD = [np.uint64((0x9E3779B97F4A7C15 * (2 * n + 1)) % 2**64) for n in range(9)]
_LONGEST = 8 * (len(_SPREAD) - 1)
_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
# Fifteen digits and a power of ten below 10 ** 22 are exact, so their quotient is what a decimal
# reads as; a sign and a point stand beside them.
_DIGITS, _WIDEST = 15, 17
_POWERS = 10.0 ** np.arange(_DIGITS + 1)
_LF, _POINT, _MINUS, _ZERO = b"\n.-0"


class Cut:
    """Some lines of a text, each of `width` cells; raises ValueError where one is not."""

    def __init__(self, body: bytes, mark: bytes, width: int) -> None:
        self.letters = np.frombuffer(b"%b\n%b" % (body, bytes(_LONGEST + 8)), np.uint8)
        own = self.letters[: len(body) + 1]
        ends = np.flatnonzero((own == mark[0]) | (own == _LF))
        if len(ends) % width:
            raise ValueError
        lines = ends.reshape(-1, width)
        found = own[lines]
        if (found[:, :-1] != mark[0]).any() or (found[:, -1] != _LF).any():
            raise ValueError
        starts = np.empty(len(ends), np.int64)
        starts[0] = 0
        starts[1:] = ends[:-1] + 1
        self.rows = len(lines)
        self.starts = np.ascontiguousarray(starts.reshape(-1, width).T)
        self.sizes = np.ascontiguousarray(lines.T) - self.starts
        # Lines may end in two letters.
        last = own[lines[:, -1] - 1] == 13
        self.sizes[-1] -= last & (self.sizes[-1] > 0)

    def cells(self, at: int, rows: Any = None) -> list[bytes]:
        """Return the cells of a column, or of some of its rows."""
        starts, sizes = self.starts[at], self.sizes[at]
        if rows is not None:
            starts, sizes = starts[rows], sizes[rows]
        ends = (starts + sizes).tolist()
        text = self.letters.tobytes()
        return [text[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]

    def codes(self, at: int, known: dict[bytes, int]) -> Any:
        """Return the number `known` gives each cell of a column."""
        starts, sizes = self.starts[at], self.sizes[at]
        longest = int(sizes.max())
        if longest > _LONGEST:
            return self._codes_singly(at, known)
        words = self._words(starts, sizes, longest)
        # A day stands in many rows together: one of them answers for the run.
        turns = np.zeros(self.rows, bool)
        turns[0] = True
        for column in (sizes, *words):
            turns[1:] |= column[1:] != column[:-1]
        ahead = np.flatnonzero(turns)
        if 4 * len(ahead) > self.rows:
            return self._coded(at, known, np.arange(self.rows), sizes, words)
        own = [word[ahead] for word in words]
        codes = self._coded(at, known, ahead, sizes[ahead], own)
        return np.repeat(codes, np.diff(ahead, append=self.rows))

    def _words(self, starts: Any, sizes: Any, longest: int) -> list[Any]:
        """Return the cells by eight letters, as numbers; behind their ends stands nothing."""
        eights = np.ndarray((len(self.letters) - 7,), "<u8", self.letters, strides=(1,))
        shortest = int(sizes.min())
        words = []
        for begin in range(0, max(1, longest), 8):
            word = eights[starts + begin]
            if shortest < min(begin + 8, longest):
                word &= _MASKS[np.clip(sizes - begin, 0, 8)]
            elif longest < begin + 8:
                word &= _MASKS[longest - begin]
            words.append(word)
        return words

    def _coded(
        self, at: int, known: dict[bytes, int], rows: Any, sizes: Any, words: list[Any]
    ) -> Any:
        """Return the codes of some rows, whose words these are."""
        mixed = words[0] * _SPREAD[1]
        for number, word in enumerate(words[1:], start=2):
            mixed += word * _SPREAD[number]
        mixed ^= mixed >> np.uint64(32)
        slots = ((mixed * _SPREAD[0]) >> np.uint64(64 - _SLOTS)).astype(np.int64)
        # The first row of each slot stands for all its rows, if they are indeed the same.
        table = np.empty(1 << _SLOTS, np.int64)
        places = np.arange(len(rows))
        table[slots[::-1]] = places[::-1]
        first = table[slots]
        if any((column != column[first]).any() for column in (sizes, *words)):
            return np.array([known[cell] for cell in self.cells(at, rows)], np.int64)
        firsts = np.flatnonzero(first == places)
        numbers = np.empty(len(rows), np.int64)
        numbers[firsts] = [known[cell] for cell in self.cells(at, rows[firsts])]
        return numbers[first]

    def _codes_singly(self, at: int, known: dict[bytes, int]) -> Any:
        return np.fromiter(map(known.__getitem__, self.cells(at)), np.int64, self.rows)

    def numbers(self, at: int, odd: Callable[[list[bytes]], Any]) -> Any:
        """Return a column's numbers; `odd` reads the cells that are not plain decimals."""
        starts, sizes = self.starts[at], self.sizes[at]
        widest = min(int(sizes.max()), _WIDEST)
        digits = np.zeros(self.rows, np.int64)
        count: Any = np.zeros(self.rows, np.int8)
        decimals, points = count.copy(), count.copy()
        plain = sizes <= _WIDEST
        minus = self.letters[starts] == _MINUS
        for place in range(widest):
            letter = self.letters[starts + place]
            inside = sizes > place
            digit = letter - np.uint8(_ZERO)
            number = (digit < 10) & inside
            point = (letter == _POINT) & inside
            digits *= np.where(number, 10, 1)
            digits += np.where(number, digit, 0)
            count += number
            decimals += number & (points > 0)
            points += point
            known = number | point | ~inside
            plain &= known | minus if place == 0 else known
        plain &= (points <= 1) & (count > 0) & (count <= _DIGITS)
        values = digits / _POWERS[np.minimum(decimals, _DIGITS)]
        np.negative(values, out=values, where=minus)
        if not plain.all():
            others = np.flatnonzero(~plain)
            values[others] = odd(self.cells(at, others))
        return values
