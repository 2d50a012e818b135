"""When something comes again: iCalendar recurrence rules (RFC 5545, 3.3.10), with bounds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

# Meetings come again in days at the least; a rule by the hour is no meeting's.
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
    *("BYYEARDAY", "BYWEEKNO", "WKST"),
}
FURTHEST = 100  # years after the first
BAD_RULE = N_("“{rule}” is no rule of recurrence that is read here.")
_BAD_HINT = N_("Write it as “FREQ=MONTHLY;BYDAY=3TH;COUNT=12”, from days to years.")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6}))?(Z)?")


def parts(rule: str) -> dict[str, str]:
    """Take a rule apart; raises UserError for one that is none or goes by hours."""
    found: dict[str, str] = {}
    for part in rule.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, mark, value = part.partition("=")
        if not mark or not value or name not in PARTS or name in found:
            raise UserError(BAD_RULE, hint=_BAD_HINT, rule=rule)
        found[name] = value
    if found.get("FREQ") not in FREQUENCIES:
        raise UserError(BAD_RULE, hint=_BAD_HINT, rule=rule)
    return found


def ends(rule: str) -> bool:
    """Say whether a rule names its end."""
    return bool({"COUNT", "UNTIL"} & set(parts(rule)))


def expand(
    rule: str, first: dt.datetime, most: int, zone: dt.tzinfo | None = None
) -> tuple[list[dt.datetime], bool]:
    """Return the moments of a rule from `first` on, and whether these are all there are.

    `first` and the moments are wall-clock times without a zone; `zone` is theirs, for an end that
    is given in UTC. At most `most` moments, and none a hundred years after the first.
    """
    from dateutil.rrule import rrulestr

    held = parts(rule)
    limit = first.replace(year=min(first.year + FURTHEST, dt.MAXYEAR), day=min(first.day, 28))
    until = _until(held, rule, zone)
    whole = until is not None and until <= limit
    if "COUNT" not in held:
        # Without an end a rule that fits no day at all would be looked through to the year 9999.
        held["UNTIL"] = f"{min(until or limit, limit):%Y%m%dT%H%M%S}"
    try:
        found = rrulestr(_text(held), dtstart=first)
        moments = list(islice(_before(found, limit), most + 1))
    except (ValueError, OverflowError) as error:
        raise UserError(BAD_RULE, hint=_BAD_HINT, rule=rule) from error
    complete = len(moments) <= most and (whole or "COUNT" in held)
    return moments[:most], complete


def _before(found: Iterable[dt.datetime], limit: dt.datetime) -> Iterator[dt.datetime]:
    for moment in found:
        if moment > limit:
            return
        yield moment


def _text(held: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in held.items())


def _until(held: Mapping[str, str], rule: str, zone: dt.tzinfo | None) -> dt.datetime | None:
    """Return the end of a rule on the wall clock of its first moment; a day ends at midnight."""
    if "UNTIL" not in held:
        return None
    read = _UNTIL.fullmatch(held["UNTIL"])
    try:
        if read is None:
            raise ValueError(held["UNTIL"])
        day, time, utc = read.groups()
        moment = dt.datetime.strptime(day + (time or "235959"), "%Y%m%d%H%M%S")
    except ValueError:
        raise UserError(BAD_RULE, hint=_BAD_HINT, rule=rule) from None
    if utc and zone is not None:
        return moment.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None)
    return moment
