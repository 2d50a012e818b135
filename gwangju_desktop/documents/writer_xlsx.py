"""The tables of a document as a workbook: a sheet each, no cell a formula."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gwangju_desktop.documents.blocks import Block, Box, Heading, Para, Table, clean
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import footer
from gwangju_desktop.documents.plainer import simple, text_of
from gwangju_desktop.documents.styles import STYLES, Style
from gwangju_desktop.sheets.writing import MOST_TEXT, Page, write_pages
from gwangju_desktop.text import words

_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)$")
# A spreadsheet keeps fifteen digits of a number.
_MOST_DIGITS = 15
_NARROWEST, _WIDEST = 6.0, 60.0


def write_xlsx(composed: Composed) -> bytes:
    """Return the tables of a document as .xlsx, each named by what stands above it."""
    below = footer(composed.about, words(composed.language))
    pages = [
        replace(page, above=composed.title, below=below)
        for part in composed.parts
        for page in _pages(part, composed.title)
    ]
    out = io.BytesIO()
    write_pages(out, pages)
    return out.getvalue()


def has_tables(composed: Composed) -> bool:
    """Say whether a document has a table with titles over its columns."""
    return any(_titled(simple(part)) for part in composed.parts)


def _titled(blocks: Iterable[Block]) -> bool:
    return any(
        (isinstance(block, Table) and block.head)
        or (isinstance(block, Box) and _titled(block.children))
        for block in blocks
    )


def _pages(part: Iterable[Block], title: str) -> Iterator[Page]:
    above = title
    for block in _flat(simple(part)):
        if isinstance(block, Heading):
            above = clean(block.text)
        elif isinstance(block, Para) and STYLES.get(block.style, Style()).role != "P":
            above = text_of([block])
        elif isinstance(block, Table):
            yield _page(block, above)


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from _flat(block.children)


def _page(block: Table, above: str) -> Page:
    head = [clean(column.title) for column in block.columns] if block.head else []
    rows: list[list[str | int]] = []
    for row in block.rows:
        cells = [text_of(cell) for cell in row]
        # What a cell cannot hold goes on in the row below.
        while any(cells):
            now = [cell[:MOST_TEXT] for cell in cells]
            numbers = [column.style == "number" for column in block.columns]
            rows.append([_value(text, number) for text, number in zip(now, numbers, strict=True)])
            cells = [cell[MOST_TEXT:] for cell in cells]
    widths = [
        _wide([*head[n : n + 1], *(str(row[n]) for row in rows)]) for n in range(len(block.columns))
    ]
    return Page(block.caption or above, head, rows, widths)


def _value(text: str, number: bool) -> str | int:
    """Return a whole number of a column of numbers as such, everything else as text."""
    digits = text.replace(",", "")
    if number and _WHOLE.match(text) and len(digits.lstrip("-")) <= _MOST_DIGITS:
        return int(digits)
    return text


def _wide(texts: Sequence[str]) -> float:
    """Return the width of a column in characters; a Hangul syllable takes two."""
    longest = max((_columns(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2.0, _NARROWEST), _WIDEST)


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line[:200])
