"""Numbers and days of dispatch out of what was copied from the document system or a spreadsheet.

A line each, in the order of the documents on screen: 문서번호, a tab, 시행일자. Nothing is written
here: what was read and what was not is shown first, named by its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gwangju_desktop.forms import writable
from gwangju_desktop.text import N_, Msg, say

_DAY_TEXT = (
    r"(?:\d{4}|['’]\d{2})\s*(?:[.\-/]|년)\s*\d{1,2}\s*(?:[.\-/]|월)\s*\d{1,2}\s*[.일]?"
    r"(?:\s*\(?[월화수목금토일]\)?)?|\d{8}"
)
_DAY = re.compile(_DAY_TEXT)
_DAY_AT_END = re.compile(rf"\s+({_DAY_TEXT})$")
_HEADS = ("문서번호", "시행일자", "시행일", "생산등록번호", "document no", "number")
NO_ROW = N_("There is no document left for this line.")
NO_DAY = N_("No day of dispatch was found.")
NOT_A_DAY = N_("“{text}” is no day; write it as 2022. 3. 17. or 2022-03-17.")
NO_NUMBER = N_("No document number was found.")
AHEAD = N_("{day:full} lies ahead.")
TWICE = N_("The number {number} stands on line {line} too.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its place from 1, the document it is for, what was read, why it was not."""

    place: int
    text: str
    id: int | None = None
    number: str = ""
    dispatched_on: dt.date | None = None
    trouble: Msg | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """Return why the line was not read, in the current language."""
        return "" if self.trouble is None else say(self.trouble, **self.values)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds; `filled` is ready for `usecases.fill_many`."""

    lines: tuple[Line, ...]

    @property
    def troubles(self) -> tuple[Line, ...]:
        """Return the lines that were not read."""
        return tuple(line for line in self.lines if line.trouble is not None)

    @property
    def filled(self) -> list[dict[str, Any]]:
        """Return what the lines without trouble fill."""
        return [
            {"id": line.id, "number": line.number, "dispatched_on": line.dispatched_on}
            for line in self.lines
            if line.trouble is None
        ]


def preview(text: str, ids: Sequence[int], *, today: dt.date, day: dt.date | None = None) -> Pasted:
    """Read lines for documents in the order of `ids`; an empty line leaves its document waiting.

    `day` is the day of dispatch of lines that name none. A heading line is passed over.
    """
    given = writable_lines(text)
    if given and _is_head(given[0][1]):
        # The documents begin below the titles of the columns.
        given = given[1:]
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for at, (place, said) in enumerate(given):
        if not said.strip():
            continue
        id = ids[at] if at < len(ids) else None
        line = _line(place, said, id, today, day)
        if line.trouble is None and line.number in seen:
            values = {"number": line.number, "line": seen[line.number]}
            line = Line(place, said, id, trouble=TWICE, values=values)
        seen.setdefault(line.number, place)
        lines.append(line)
    return Pasted(tuple(lines))


def writable_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text with their places from 1, without the empty ones at its end."""
    lines = [writable(line) if "\t" not in line else line for line in text.splitlines()]
    while lines and not lines[-1].strip():
        lines.pop()
    return list(enumerate(lines, 1))


def a_day(text: str) -> dt.date | None:
    """Read a day in a Korean or ISO form; None where the text is none."""
    said = text.strip()
    if not _DAY.fullmatch(said):
        return None
    figures = re.findall(r"\d+", said)
    if len(figures) == 1:
        figures = [said[:4], said[4:6], said[6:]]
    year, month, day = (int(one) for one in figures)
    try:
        return dt.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _line(place: int, said: str, id: int | None, today: dt.date, day: dt.date | None) -> Line:
    number, when = _parts(said)
    if id is None:
        return Line(place, said, trouble=NO_ROW)
    if not number:
        return Line(place, said, id, trouble=NO_NUMBER)
    if when:
        on = a_day(when)
        if on is None:
            return Line(place, said, id, trouble=NOT_A_DAY, values={"text": when})
    elif day is not None:
        on = day
    else:
        return Line(place, said, id, trouble=NO_DAY)
    if on > today:
        return Line(place, said, id, trouble=AHEAD, values={"day": on})
    return Line(place, said, id, number, on)


def _parts(said: str) -> tuple[str, str]:
    """Split a line into number and day: at tabs, else where a day begins."""
    if "\t" in said:
        cells = [writable(cell) for cell in said.split("\t")]
        cells = [cell for cell in cells if cell]
        days = [cell for cell in cells if a_day(cell) is not None]
        numbers = [cell for cell in cells if cell not in days]
        if days:
            return (numbers[0] if numbers else ""), days[0]
        return (cells[0] if cells else ""), (cells[1] if len(cells) > 1 else "")
    found = _DAY_AT_END.search(said)
    if found is not None:
        return said[: found.start()].strip(), found[1]
    return ("", said) if a_day(said) is not None else (said.strip(), "")


def _is_head(said: str) -> bool:
    text = said.lower()
    return any(head in text for head in _HEADS) and not any(one.isdigit() for one in text)
