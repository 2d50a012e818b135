"""The office's day and its zone."""

from __future__ import annotations

import datetime as dt

# Korea keeps no summer time, so a fixed offset needs no zone data (Windows has none of its own).
KST = dt.timezone(dt.timedelta(hours=9), "KST")

_fixed: dt.date | None = None


def fix(day: dt.date | None) -> None:
    """Let the office live on a fixed day; the sample office does, so that it does not age."""
    global _fixed
    _fixed = day


def fixed() -> dt.date | None:
    """Return the day the office is fixed on, if it is."""
    return _fixed


def today() -> dt.date:
    """Return the office's day."""
    return _fixed or dt.datetime.now(KST).date()


def now() -> dt.datetime:
    """Return the moment, aware, in UTC; on a fixed day the clock time is today's own."""
    moment = dt.datetime.now(dt.UTC)
    if _fixed is None:
        return moment
    local = moment.astimezone(KST)
    return dt.datetime.combine(_fixed, local.timetz()).astimezone(dt.UTC)


def real() -> dt.datetime:
    """Return the moment as this PC knows it, in UTC, whatever day the office is fixed on."""
    return dt.datetime.now(dt.UTC)


def local(moment: dt.datetime) -> dt.datetime:
    """Return an aware moment on the office's wall clock."""
    return moment.astimezone(KST)
