"""The lines of an iCalendar file: unfolded, numbered, and whether what begins also ends.

The library that reads such files forgets where things stood; a refusal must name the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

_NAME = re.compile(r"[A-Za-z0-9-]+(?=[:;])")
MOST_DEEP = 8
# A mark of our own, so that another office knows title and kind apart from what is shown.
KIND_MARK, TITLE_MARK, BODY_MARK = (
    "X-GWANGJU-DESKTOP-KIND",
    "X-GWANGJU-DESKTOP-TITLE",
    "X-GWANGJU-DESKTOP-BODY",
)


@dataclass(slots=True)
class Block:
    """One component: its name, the line it begins on, where its properties stand first."""

    name: str
    line: int
    inside: str
    properties: dict[str, int] = field(default_factory=dict)

    def where(self, name: str) -> int:
        """Return the line of a property, that of the component where it has none."""
        return self.properties.get(name, self.line)


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the content lines with the number of the line each begins on."""
    held, number = "", 0
    for at, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t"):
            held += line[1:]
            continue
        if held.strip():
            yield number, held
        held, number = line, at
    if held.strip():
        yield number, held


def blocks(file: str, text: str) -> list[Block]:
    """Return the components of a file in their order.

    Raises UserError naming the line of what is no property, closes nothing or is never closed.
    """
    found: list[Block] = []
    open_: list[Block] = []
    for number, line in unfolded(text):
        match = _NAME.match(line)
        if match is None:
            if not open_ and not found:
                raise _no_calendar(file)
            raise UserError(
                N_("{file}, line {line}: “{sample}” is no line of a calendar."),
                hint=N_("Export the calendar anew."),
                file=file,
                line=number,
                sample=line[:40],
            )
        name, value = match[0].upper(), line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            block = Block(value, number, open_[-1].name if open_ else "")
            found.append(block)
            open_.append(block)
            if len(open_) > MOST_DEEP:
                raise _no_calendar(file)
        elif name == "END":
            if not open_ or open_[-1].name != value:
                raise UserError(
                    N_("{file}, line {line}: “END:{name}” closes nothing that is open."),
                    hint=N_("Export the calendar anew."),
                    file=file,
                    line=number,
                    name=value,
                )
            open_.pop()
        elif open_:
            open_[-1].properties.setdefault(name, number)
        else:
            raise _no_calendar(file)
    if open_:
        raise UserError(
            N_("{file} ends in the middle: “BEGIN:{name}” of line {line} is never closed."),
            hint=N_("Export the calendar anew."),
            file=file,
            name=open_[-1].name,
            line=open_[-1].line,
        )
    if not found:
        raise _no_calendar(file)
    return found


def _no_calendar(file: str) -> UserError:
    return UserError(
        N_("{file} is no calendar file."),
        hint=N_("Choose a file that ends in .ics, as calendars export it."),
        file=file,
    )
