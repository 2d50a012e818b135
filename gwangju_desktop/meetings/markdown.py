"""The Markdown of notes and minutes: headings, paragraphs, lists, tables, quotes, bold.

A small subset, read line by line; everything else is plain text. Nothing in it is ever markup for
a screen or a page: who shows it escapes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Words in one weight."""

    text: str
    bold: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words up to the end of a line; a `quote` stands behind a bar."""

    spans: Spans
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, `depth` 0 to 3, with the mark it hangs by ("-", "1.")."""

    depth: int
    mark: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first of `rows` is its head where `head` says so."""

    rows: tuple[tuple[Spans, ...], ...]
    head: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A rule across the page."""


Node = Heading | Paragraph | Item | Grid | Line

_HEADING = re.compile(r"(#{1,4})\s+(.*?)\s*#*\s*")
_ITEM = re.compile(r"(\s*)([-*•○]|\d{1,3}[.)])\s+(.*)")
_RULE = re.compile(r"\s*([-*_])(\s*\1){2,}\s*")
_DIVIDE = re.compile(r"\s*\|?(\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*\|?\s*")
_ESCAPED = re.compile(r"\\([\\|*#>\-.`_\[\]])")
_HIDDEN = {"\\*": "\ue000", "\\|": "\ue001", "\\\\": "\ue002"}


def parse(text: str) -> list[Node]:
    """Read a text into its parts, in their order."""
    nodes: list[Node] = []
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if _is_row(line):
            end = at
            while end < len(lines) and _is_row(lines[end]):
                end += 1
            nodes.append(_grid(lines[at:end]))
            at = end
            continue
        at += 1
        if line.strip():
            nodes.append(_node(line))
    return nodes


def plain(spans: Spans) -> str:
    """Return the words of spans without their weight."""
    return "".join(span.text for span in spans)


def spans_of(text: str) -> Spans:
    """Read the bold words of one line; an odd pair of stars is just stars."""
    hidden = text
    for escaped, mark in _HIDDEN.items():
        hidden = hidden.replace(escaped, mark)
    pieces = hidden.split("**")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["**".join(pieces[-2:])]
    found = [
        Span(_shown(piece), n % 2 == 1)
        for n, piece in enumerate(pieces)
        if piece or len(pieces) < 2
    ]
    return tuple(found)


def escape(text: str) -> str:
    """Return a text that stands in one line, or one cell, as it is."""
    one = " ".join(text.split())
    return one.replace("\\", "\\\\").replace("|", "\\|").replace("**", "\\*\\*")


def _shown(text: str) -> str:
    shown = text
    for escaped, mark in _HIDDEN.items():
        shown = shown.replace(mark, escaped)
    return _ESCAPED.sub(r"\1", shown)


def _node(line: str) -> Node:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Heading(len(heading[1]), spans_of(heading[2]))
    if _RULE.fullmatch(line):
        return Line()
    item = _ITEM.fullmatch(line)
    if item:
        mark = item[2] if item[2][0].isdigit() else "-"
        return Item(min(len(item[1].expandtabs(4)) // 2, 3), mark, spans_of(item[3]))
    if line.lstrip().startswith(">"):
        return Paragraph(spans_of(line.lstrip()[1:].strip()), quote=True)
    return Paragraph(spans_of(line.strip()))


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


def _grid(lines: list[str]) -> Grid:
    head = len(lines) > 1 and _DIVIDE.fullmatch(lines[1]) is not None
    kept = [line for line in lines if not _DIVIDE.fullmatch(line)]
    rows = [tuple(spans_of(cell) for cell in _cells(line)) for line in kept]
    if head and rows and not any(plain(cell) for cell in rows[0]):
        # Markdown has no table without a head; an empty one is none.
        rows, head = rows[1:], False
    wide = max((len(row) for row in rows), default=0)
    return Grid(tuple(row + ((),) * (wide - len(row)) for row in rows), head)


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inside)]
