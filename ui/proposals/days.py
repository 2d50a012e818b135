"""Days on the desk: this year's without their year."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock
from ui.text import day


def near(value: dt.date) -> str:
    """Return a day, with its year where that is not this one."""
    return day(value, "short" if value.year == clock.today().year else "full")
