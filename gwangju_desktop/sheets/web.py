"""Web pages named .xls: their tables as rows of cells."""

from __future__ import annotations

from html.parser import HTMLParser

from gwangju_desktop.sheets.model import Row

_MOST_SPAN = 400
_MOST_CELLS = 2_000_000


def tables(page: str) -> list[list[Row]]:
    """Return the page's tables; a spanned cell's text stands in its first place only."""
    parser = _Tables()
    parser.feed(page)
    return [_rows(cells) for cells in parser.tables if cells]


def _rows(cells: dict[tuple[int, int], str]) -> list[Row]:
    height = max(row for row, _ in cells) + 1
    width = max(column for _, column in cells) + 1
    if height * width > _MOST_CELLS:
        return []
    return [[cells.get((row, column)) or None for column in range(width)] for row in range(height)]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[dict[tuple[int, int], str]] = []
        self._row = -1
        self._column = 0
        self._text: str | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append({})
            self._row = -1
        elif tag == "tr":
            self._row += 1
            self._column = 0
        elif tag in ("td", "th") and self.tables:
            said = dict(attrs)
            self._text = ""
            self._span = (_span(said.get("rowspan")), _span(said.get("colspan")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th") or self._text is None or not self.tables:
            return
        cells = self.tables[-1]
        while (self._row, self._column) in cells:
            self._column += 1
        down, across = self._span
        for row in range(down):
            for column in range(across):
                cells[self._row + row, self._column + column] = ""
        cells[self._row, self._column] = self._text.strip()
        self._column += across
        self._text = None


def _span(said: str | None) -> int:
    if said is None or not said.isascii() or not said.isdigit():
        return 1
    return max(1, min(int(said), _MOST_SPAN))
