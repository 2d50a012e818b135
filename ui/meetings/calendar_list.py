"""The calendar as a list: meetings under their months, named days between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from db.vocab import MeetingState
from gwangju_desktop.meetings.words import STATES
from gwangju_desktop.members.rules import named
from ui.meetings.calendar_days import clock_time
from ui.meetings.meeting import STATE_TONES
from ui.models.rows import Cell, Column, Group, Table
from ui.text import C_, N_, NN_, day, say


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day in the list; its id is below nought, so that no meeting has it."""

    id: int
    day: dt.date
    name: str
    height: int = 32


def _when(one) -> Cell:
    if isinstance(one, Holiday):
        return Cell(day(one.day, "long"), role="sec")
    return Cell(day(one.starts_at, "when"))


def _what(one) -> Cell:
    if isinstance(one, Holiday):
        return Cell(one.name, ink="bad", role="sec")
    return Cell(one.title, named(one.body_ko, one.body_en), role="secb")


def _state(one) -> Cell:
    if isinstance(one, Holiday):
        return Cell()
    return Cell(chip=say(STATES[one.state]), tone=STATE_TONES[MeetingState(one.state)])


MEETINGS = Table(
    (
        Column("when", C_("calendar", "Date and time"), 210, cell=_when),
        Column("title", N_("Meeting"), cell=_what),
        Column("place", N_("Place"), 190, wide=True, cell=lambda m: Cell(getattr(m, "place", ""))),
        Column("state", C_("meeting", "State"), 128, cell=_state),
    )
)
OF_DAY = Table(
    (
        Column(
            "title",
            N_("Meeting"),
            cell=lambda m: Cell(
                f"{clock_time(m)} {m.title}", named(m.body_ko, m.body_en), role="secb"
            ),
        ),
    )
)


def grouped(entries, days, year: int) -> list:
    """Return the meetings of a year under their months, with the named days between them."""
    rows: list = list(entries)
    rows += [
        Holiday(-on.toordinal(), on, known.name)
        for on, known in days.items()
        if on.year == year and known.off
    ]
    if not entries:
        return []
    rows.sort(key=lambda one: (_date(one), isinstance(one, Holiday) is False, one.id))
    shown: list = []
    month = 0
    for one in rows:
        if _date(one).month != month:
            month = _date(one).month
            n = sum(entry.starts_at.month == month for entry in entries)
            # A bare count after "2022. 3." would read as its day.
            held = say(NN_("{n} meeting", "{n} meetings"), n=n) if n else ""
            shown.append(Group(day(dt.date(year, month, 1), "month"), held))
        shown.append(one)
    return shown


def _date(one) -> dt.date:
    return one.day if isinstance(one, Holiday) else one.starts_at.date()
