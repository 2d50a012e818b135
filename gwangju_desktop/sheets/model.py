"""What reading a spreadsheet passes from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gwangju_desktop.sheets.periods import NOTHING, Period
from gwangju_desktop.text import Msg, say

Row = list[object]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about the file: a msgid and its values, so that it follows the language."""

    message: Msg
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


def remark(message: Msg, **values: Any) -> Remark:
    """Return a remark with its values."""
    return Remark(message, values)


@dataclass(slots=True)
class Sheet:
    """One sheet's cells as they were; blank is None."""

    name: str
    rows: list[Row]
    hidden: bool = False
    # A CSV file has one sheet without a name.
    named: bool = True

    def place(self, row: int, column: int) -> str:
        """Return where a person finds a cell: B7, with the sheet's name where there are sheets."""
        letters = ""
        left = column + 1
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{self.name}!{letters}{row + 1}" if self.named else f"{letters}{row + 1}"


@dataclass(slots=True)
class Book:
    """A file's sheets, what kind of file it was, and what is odd about it."""

    name: str
    sha256: str
    form: str = ""
    encoding: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """What one row or one value column says; unknown stays unknown.

    `province` and `code` are area codes, `sub` a place's name inside a province, `dong` one's
    inside a district, `total` the axes along which the line sums (area, item, period; other: over areas that are not one area).
    """

    at: int
    path: tuple[str, ...]
    period: Period = NOTHING
    province: str | None = None
    sub: str | None = None
    dong: str | None = None
    code: str | None = None
    items: tuple[str, ...] = ()
    unit: str | None = None
    total: frozenset[str] = frozenset()
    derived: bool = False


@dataclass(slots=True)
class Table:
    """A block of numbers under one header: its rows and its value columns as lines."""

    sheet: Sheet
    header: list[int]
    rows: list[Line]
    columns: list[Line]
    # Header texts over every value column, such as '보급률 (%)': measure and unit, not an item.
    common: tuple[str, ...]
    # Text above and below the table and in the sheet's name.
    titles: list[tuple[str, str]]
    # Label columns and what they hold, for the preview.
    roles: dict[str, str]
    # What it tells apart, once that was asked (layouts.axes_of).
    axes: frozenset[str] = frozenset()
