"""A document as plain text for the city's own document system: title, body, 붙임, 끝.

What was a bullet or an unnumbered heading is numbered 1. 가. 1) 가), two spaces further in at each
level; numbers somebody typed stay. Tables stand with tabs, which a word processor makes tables of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gwangju_desktop.documents.blocks import (
    Block,
    Box,
    Heading,
    PageBreak,
    Para,
    Table,
    clean,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.numbering import is_ordinal, level_of, ordinal
from gwangju_desktop.documents.official import END, attached, ended
from gwangju_desktop.documents.plainer import said, simple, text_of
from gwangju_desktop.documents.styles import STYLES, Style
from gwangju_desktop.text import Words, words

_INDENT = "  "
_FIRST_WORD = re.compile(r"^(\S+)\s")
# A line of the second or fourth level in English: a. and a).
_LATIN = re.compile(r"[a-z][.)]")
_HEADINGS = {"H1": 1, "H2": 2, "H3": 3}


def plain(composed: Composed) -> str:
    """Return the title and the body of a document, numbered, with what is attached and its end."""
    say = words(composed.language)
    text = _Text(clean(composed.title))
    parts = (composed.body,) if composed.body else composed.parts
    stacks = [tuple(simple(part)) for part in parts]
    text.headed = any(_level(block) > 1 for stack in stacks for block in stack)
    for stack in stacks:
        text.begin()
        text.add(stack)
        text.gap()
    lines = text.lines
    while lines and not lines[-1]:
        lines.pop()
    title = [clean(composed.title), ""]
    if composed.closes:
        lines = _ended(lines, composed.attachments, say)
    return "\n".join([*title, *lines]) + "\n"


def _ended(lines: list[str], attachments: Sequence[str], say: Words) -> list[str]:
    """Return lines with the attachments and the word that ends every official document."""
    if attachments:
        lines = [*lines, "", *attached(attachments, say)]
    if not lines or any(line.endswith(say(END)) for line in lines):
        return lines
    return [*lines[:-1], ended(lines[-1], say)]


def _level(block: Block) -> int:
    """Return the level of a heading, or of a paragraph that looks like one; 0 for all others."""
    if isinstance(block, Heading):
        return block.level
    if isinstance(block, Para) and not block.depth:
        return _HEADINGS.get(STYLES.get(block.style, Style()).role, 0)
    return 0


class _Text:
    """Lines being written; `counts` are the numbers given so far, level by level."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines: list[str] = []
        self.counts: list[int] = []
        # The level of the heading above, so that its items stand below it.
        self.base = 0
        # Where headings are numbered, what stands above the first of them is not.
        self.headed = False

    def begin(self) -> None:
        """Begin a part: its headings are counted anew."""
        self.counts, self.base = [], 0

    def add(self, blocks: Iterable[Block]) -> None:
        """Write simple blocks."""
        for block in blocks:
            match block:
                case Heading():
                    self._head(block.level, text_of([block]))
                case Para() if _level(block):
                    self._head(_level(block), said(block.words))
                case Para():
                    self._para(block)
                case Box():
                    self.add(block.children)
                case Table():
                    self._table(block)
                case PageBreak():
                    self.gap()
                case _:
                    pass

    def gap(self) -> None:
        """Leave a line free."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _line(self, text: str, level: int = 0) -> None:
        self.lines += [f"{_INDENT * level}{line}".rstrip() for line in text.split("\n")]

    def _head(self, level: int, text: str) -> None:
        if not text.strip() or text == self.title:
            return
        self.gap()
        if level == 1:
            self.begin()
            self._line(text)
            return
        first = _FIRST_WORD.match(text)
        if first and is_ordinal(first[1]):
            self._count(level - 2)
            self._line(text, level - 2)
        else:
            self._numbered(level - 2, text)
        self.base = level - 1

    def _para(self, block: Para) -> None:
        text = said(block.words)
        if not text.strip() and not block.mark:
            return
        if not block.depth:
            self._line(text, self.base)
            return
        level = self.base + block.depth - 1
        if not block.mark:
            # What belongs to the line above it stands below its text.
            self._line(text, level + 1)
        elif _LATIN.fullmatch(block.mark):
            self._count(level)
            self._line(f"{block.mark} {text}", level)
        elif is_ordinal(block.mark):
            level = max(self.base, level_of(block.mark))
            self._count(level)
            self._line(f"{block.mark} {text}", level)
        else:
            self._numbered(level, text)

    def _table(self, block: Table) -> None:
        """Write named facts as items, everything else with tabs."""
        facts = not block.head and len(block.columns) == 2 and (block.row_head or block.grid)
        if facts and self.headed and not self.base:
            for name, value in block.rows:
                self._line(f"{text_of(name)}: {text_of(value)}")
            return
        if facts:
            level = max(self.base, len(self.counts))
            for name, value in block.rows:
                self._numbered(level, f"{text_of(name)}: {text_of(value)}")
            del self.counts[level:]
            return
        if block.head:
            self._line("\t".join(clean(column.title) for column in block.columns))
        for row in block.rows:
            self._line("\t".join(text_of(cell).replace("\n", " / ") for cell in row))

    def _numbered(self, level: int, text: str) -> None:
        self._line(f"{ordinal(level, self._count(level))} {text}", level)

    def _count(self, level: int) -> int:
        """Count an item of a level; the levels below begin anew."""
        del self.counts[level + 1 :]
        self.counts += [0] * (level + 1 - len(self.counts))
        self.counts[level] += 1
        return self.counts[level]
