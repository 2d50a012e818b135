"""What each row of a sheet is, before its columns are understood."""

from __future__ import annotations

import re

from gwangju_desktop.sheets.cells import number
from gwangju_desktop.sheets.model import Row
from gwangju_desktop.sheets.periods import period

_COUNTS: tuple[list[float], ...] = (
    [float(n) for n in range(1, 13)],
    [float(n) for n in range(1, 25)],
    [float(n) for n in range(24)],
)
_DOTTED = re.compile(r"(?:19|20)\d{2}\.(?:0[1-9]|1[0-2])", re.ASCII)


def next_of(kinds: list[str], start: int, wanted: tuple[str, ...]) -> int | None:
    """Return the first row from `start` on of a wanted kind."""
    return next((row for row in range(start, len(kinds)) if kinds[row] in wanted), None)


def _kind(row: Row) -> str:
    """Say what a row is: blank, note (one text), text, years (only years or 1..12) or body."""
    cells = [cell for cell in row if cell is not None]
    if not cells:
        return "blank"
    numbers = [number(cell) for cell in cells]
    values = [one.value for one in numbers if one and one.value is not None]
    if values:
        told = [
            cell for cell, one in zip(cells, numbers, strict=True) if one and one.value is not None
        ]
        stamps = len(set(values)) == len(values) > 1 and all(map(_is_stamp, told))
        named = values in _COUNTS or all(map(_is_year, values)) or stamps
        return "years" if named else "body"
    if len(cells) == 1:
        return "note"
    texts = sum(one is None for one in numbers)
    marks = len(numbers) - texts
    return "body" if marks and marks >= texts else "text"


def _is_year(value: float | None) -> bool:
    return value is not None and value.is_integer() and 1900 <= value <= 2100


def _is_stamp(cell: object) -> bool:
    """Say whether a number may be a month or a day: 202103, 20210301, and as text 2021.03."""
    if isinstance(cell, str) and _DOTTED.fullmatch(cell.strip()):
        return True
    value = value_of(cell)
    if value is None or not value.is_integer() or not 190001 <= value <= 21001231:
        return False
    return len(text := str(int(value))) in (6, 8) and period(text) is not None


def value_of(cell: object) -> float | None:
    """Return the number in a cell, None where there is none."""
    got = number(cell)
    return got.value if got else None


def kinds_of(rows: list[Row]) -> list[str]:
    """Say of each row what it is: blank, note (one text), text (a header) or body."""
    kinds = [_kind(row) for row in rows]
    for place, kind in enumerate(kinds):
        if kind == "years":
            kinds[place] = _kind_of_years(rows, kinds, place)
    return kinds


def _kind_of_years(rows: list[Row], kinds: list[str], place: int) -> str:
    """A row of years is a header only when the next row of numbers holds no year below them."""
    columns = [column for column, cell in enumerate(rows[place]) if value_of(cell) is not None]
    mine = [rows[place][column] for column in columns]
    for earlier in range(place):
        if kinds[earlier] == "text" and [rows[earlier][column] for column in columns] == mine:
            # The same years again further down: a header repeated for the reader's eye.
            return "blank"
    below = next_of(kinds, place + 1, ("body", "years"))
    if below is None or kinds[below] == "years":
        return "body"
    lower = [rows[below][column] for column in columns]
    if any(_is_year(value_of(cell)) for cell in lower) and any(_is_year(value_of(c)) for c in mine):
        return "body"
    if all(map(_is_stamp, lower)):
        return "body"
    near = kinds[max(0, place - 3) : place]
    return "body" if "body" in near else "text"
