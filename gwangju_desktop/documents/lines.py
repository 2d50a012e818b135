"""Words to lines, the Korean way: at spaces, and inside a word only where one must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gwangju_desktop.documents.blocks import Word
from gwangju_desktop.documents.styles import Style

_BREAK_AFTER = frozenset("·/,-)]~」』")
_NEVER_FIRST = frozenset(",.)]」』·…%?!:;")
# A word narrower than this share of the line moves whole to the next line.
_SHORT = 0.3

# Advance widths of one face in 1/1000 em by code point, and the width of all others.
Widths = tuple[Mapping[int, float], float]


class Metrics:
    """Widths of words in 1/1000 em; measuring is most of the work of laying out."""

    def __init__(self, widths: Mapping[str, Widths]) -> None:
        self.faces = dict(widths)
        self.width = lru_cache(200_000)(self._width)

    def _width(self, text: str, weight: str) -> float:
        widths, default = self.faces[weight]
        return sum([widths.get(ord(character), default) for character in text])


class Line(NamedTuple):
    """One line of a paragraph.

    `end` counts the paragraph's words used up to here; `cut` is what is still to come of the word
    after them, when the line ends inside it. `width` is in points.
    """

    words: tuple[Word, ...]
    width: float
    end: int
    cut: str


class _Breaker:
    def __init__(self, metrics: Metrics, words: Sequence[Word], style: Style, width: float) -> None:
        self.metrics, self.words, self.style = metrics, words, style
        self.limit = width * 1000 / style.size
        self.space = metrics.width(" ", style.weight)
        self.lines: list[Line] = []
        self.current: list[Word] = []
        self.filled = 0.0

    def run(self) -> list[Line]:
        index, rest = 0, None
        while index < len(self.words) or rest:
            word = rest or self.words[index]
            if word.text == "\n":
                index += 1
                self._end_line(index)
                continue
            gap = self.space if self.current and word.space else 0.0
            wide = self._width(word)
            if self.filled + gap + wide <= self.limit:
                self._add(word, gap + wide)
                rest, index = None, index + 1
                continue
            stays = 0
            if wide > _SHORT * self.limit:
                stays = self._cut(word, self.limit - self.filled - gap)
            if not stays and not self.current:
                stays = 1
            if stays:
                part = word._replace(text=word.text[:stays])
                self._add(part, gap + self._width(part))
                left = word.text[stays:]
                rest = word._replace(text=left, space=False) if left else None
                index += not left
                self._end_line(index, left)
            else:
                index -= self._take_back(word)
                self._end_line(index)
        if self.current or not self.lines:
            self._end_line(len(self.words))
        return self.lines

    def _width(self, word: Word) -> float:
        return self.metrics.width(word.text, word.weight or self.style.weight)

    def _add(self, word: Word, width: float) -> None:
        self.current.append(word)
        self.filled += width

    def _end_line(self, end: int, cut: str = "") -> None:
        width = self.filled * self.style.size / 1000
        self.lines.append(Line(tuple(self.current), width, end, cut))
        self.current, self.filled = [], 0.0

    def _take_back(self, word: Word) -> int:
        """Give up the words that `word` is glued to (a weight may change inside a word)."""
        back = len(self.current)
        first = word
        while back and not first.space:
            back -= 1
            first = self.current[back]
        if not 0 < back < len(self.current):
            return 0
        given_up = len(self.current) - back
        kept = self.current[:back]
        self.current, self.filled = [], 0.0
        for one in kept:
            gap = self.space if self.current and one.space else 0.0
            self._add(one, gap + self._width(one))
        return given_up

    def _cut(self, word: Word, room: float) -> int:
        """Return how many characters of a long word stay: behind · / , - or else, if it must be."""
        text, weight = word.text, word.weight or self.style.weight
        widths, default = self.metrics.faces[weight]
        total, hard, soft = 0.0, 0, 0
        for count, character in enumerate(text, 1):
            total += widths.get(ord(character), default)
            if total > room:
                break
            hard = count
            if character in _BREAK_AFTER and not _inside_number(text, count - 1):
                soft = count
        if soft:
            return soft
        if self._width(word) <= self.limit:
            return 0
        while hard > 1 and text[hard : hard + 1] in _NEVER_FIRST:
            hard -= 1
        return hard


def _inside_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def break_lines(
    metrics: Metrics, words: Sequence[Word], style: Style, width: float
) -> tuple[Line, ...]:
    """Return the lines of a paragraph set in `style` within `width` points; at least one."""
    return tuple(_Breaker(metrics, words, style, width).run())
