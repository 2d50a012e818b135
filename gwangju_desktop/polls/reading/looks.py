"""What a column looks like: which texts, how often, numbers or not, several in one cell or not."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gwangju_desktop.polls.reading import words

if TYPE_CHECKING:
    from gwangju_desktop.polls.reading.model import Cells

# Marks that hardly occur inside an answer, and those that do.
_PLAIN_SEPARATORS = (";", "|", "\n")
_LOOSE_SEPARATORS = (",", "/")
SEPARATORS = (*_PLAIN_SEPARATORS, *_LOOSE_SEPARATORS)
_LONG = 60
_FEW = 11


@dataclass(frozen=True, slots=True)
class Look:
    """The texts of a column that are no blanks, in the order they come, each with its count."""

    texts: tuple[str, ...]
    counts: tuple[int, ...]
    filled: int

    @property
    def numbers(self) -> list[float] | None:
        """The texts as numbers, or None when one of them is none."""
        found = [number(text) for text in self.texts]
        known = [one for one in found if one is not None]
        return known if found and len(known) == len(found) else None

    @property
    def positive(self) -> int:
        """How many answers are a number above 0, as a weight is."""
        found = zip(map(number, self.texts), self.counts, strict=True)
        return sum(n for value, n in found if value is not None and value > 0)

    @property
    def mean_length(self) -> float:
        """How long an answer is, in characters."""
        total = sum(len(text) * n for text, n in zip(self.texts, self.counts, strict=True))
        return total / max(self.filled, 1)


def look(cells: Cells, skip: int) -> Look:
    """Look at a column, without the rows of titles below the first."""
    import numpy as np

    counts = np.bincount(cells.codes[skip:], minlength=len(cells.texts))
    used = [
        (text, int(n))
        for text, n in zip(cells.texts, counts, strict=True)
        if n and not words.is_blank(text)
    ]
    texts = tuple(text for text, _n in used)
    return Look(texts, tuple(n for _text, n in used), sum(n for _text, n in used))


def number(text: str) -> float | None:
    """Return a text's number, thousands parted by commas or not, or None."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def is_measure(column: Look) -> bool:
    """Say whether a column holds amounts: too many numbers, or no small ones, for codes."""
    numbers = column.numbers
    if not numbers:
        return False
    codes = [one for one in numbers if one not in (88, 97, 98, 99, 888, 998, 999)]
    if any(one != int(one) or one < 0 for one in codes):
        return True
    return len(codes) > _FEW or max(codes, default=0) > _FEW - 1


def is_open(column: Look) -> bool:
    """Say whether a column holds free texts: nearly as many as answers, and long or very many."""
    if column.numbers or not column.texts:
        return False
    different = len(column.texts)
    if different <= 5 and column.filled > 5 and different < column.filled:
        return False
    share = different / column.filled
    long = column.mean_length > 20
    return (share > 0.5 and (long or different > 20)) or (different > 60 and share > 0.1)


def split(text: str, separator: str) -> list[str]:
    """Return the parts of a cell, trimmed, without empty ones."""
    return [part.strip() for part in text.split(separator) if part.strip()]


def separator(column: Look, *, told: bool = False) -> tuple[str, float]:
    """Return what joins several choices in a cell and how sure that is; "" when nothing does.

    A list is made of parts that come again in other company. Commas stand in sentences and in
    amounts of money too, so those parts must be fewer than the cells and stand alone somewhere,
    unless the person said that choices are joined (`told`).
    """
    best, most = "", 0.0
    if len(column.texts) < 2:
        return best, most
    for mark in SEPARATORS:
        sure = _sure(column, mark, told)
        if sure > most:
            best, most = mark, sure
    return best, most


def _sure(column: Look, mark: str, told: bool) -> float:
    lists = [split(text, mark) for text in column.texts]
    joined = [parts for parts in lists if len(parts) > 1]
    if not joined:
        return 0.0
    parts = Counter(part for one in lists for part in dict.fromkeys(one))
    again = sum(times > 1 for times in parts.values())
    longest = max(len(part) for part in parts)
    if mark in _PLAIN_SEPARATORS:
        if longest > 2 * _LONG or (again == 0 and not told):
            return 0.0
        return 0.95 if len(parts) <= len(column.texts) + 3 else (0.6 if told else 0.0)
    if longest > _LONG or again < 2:
        return 0.0
    # "$1,000" and "3,5" are amounts.
    if any(part[:1].isdigit() and len(part) >= 3 for one in joined for part in one[1:]):
        return 0.0
    alone = {one[0] for one in lists if len(one) == 1}
    if len(parts) < len(column.texts) and (alone & set(parts) or len(joined) > 2):
        return 0.8 if mark == "," else 0.7
    return 0.5 if told else 0.0
