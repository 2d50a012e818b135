"""What a period is called: 2021년, 2021년 1분기, 2021. 3., 2021. 3. 1., 2021. 3. 1. 13시."""

from __future__ import annotations

import datetime as dt

from ui.text import C_, say
from ui.widgets.chart_lines import Text


def period_text(period: str) -> Text:
    """Name a period in the language shown; hours are those that end then (24시 is midnight)."""
    if "T" in period:
        day, _mark, hour = period.partition("T")
        again = C_("energy period", "{day} hour {hour} (second time)")
        once = C_("energy period", "{day} hour {hour}")
        message = again if hour.endswith("*") else once
        return Text(message, day=period_text(day), hour=int(hour.rstrip("*")))
    year, _dash, rest = period.partition("-")
    if not rest:
        return Text(C_("period", "{year}"), year=year)
    if rest.startswith("Q"):
        return Text(C_("period", "quarter {n} of {year}"), n=int(rest[1:]), year=year)
    if "-" in rest:
        return Text(C_("energy period", "{day:full}"), day=dt.date.fromisoformat(period))
    return Text(C_("period", "{year}-{month:02}"), year=year, month=int(rest))


def span_text(first: str, last: str) -> str:
    """Name the time from one period to another."""
    begins, ends = str(period_text(first)), str(period_text(last))
    if begins == ends:
        return begins
    return say(C_("range", "{first} – {last}"), first=begins, last=ends)
