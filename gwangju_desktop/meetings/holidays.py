"""Days nobody works: Korea's public holidays, and what the office adds to them or takes away.

The public ones come from the library `holidays`, which knows the lunar calendar and substitute
days; elections and days off declared at short notice are why the office has a table of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.calendar import Holiday
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, writable
from gwangju_desktop.text import N_, Msg, language, say

# The library's words for the languages of the program.
_LIBRARY = {"ko": "ko", "en": "en_US"}
# The library writes these otherwise than the decree (관공서의 공휴일에 관한 규정) does.
_OFFICIAL = (("대체 휴일", "대체공휴일"), ("신정연휴", "1월 1일"), ("; ", " · "))
FIRST_YEAR, LAST_YEAR = 1948, 2100
SATURDAY = 5

NO_HOLIDAY = N_("There is no holiday {id}.")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day the calendar names; `off` says that nobody works on it.

    `id` is that of the office's own entry, None for a public holiday as the law has it.
    """

    day: dt.date
    name: str
    off: bool = True
    id: int | None = None
    source: str = ""
    public: str = ""


def public(year: int, code: str = "") -> Mapping[dt.date, str]:
    """Return Korea's public holidays of a year with their names in a language, the current one."""
    return _public(year, code or language())


@lru_cache(maxsize=64)
def _public(year: int, code: str) -> Mapping[dt.date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    # The library takes a fifth of a second to load; only a calendar or a plan needs it.
    import holidays

    found = holidays.country_holidays("KR", years=[year], language=_LIBRARY[code])
    named = {}
    for day, name in sorted(found.items()):
        for theirs, ours in _OFFICIAL:
            name = name.replace(theirs, ours)
        named[day] = name
    return named


def days(
    read: Session, *, first: dt.date, last: dt.date, law: bool = True
) -> dict[dt.date, DayOff]:
    """Return what the calendar names from `first` to `last`, the office's own entries over the law.

    A public holiday the office takes away stands there with `off` false. Without `law` only the
    office's own entries: they are there before the library is loaded.
    """
    held: dict[dt.date, DayOff] = {}
    for year in range(first.year, last.year + 1) if law else ():
        for day, name in public(year).items():
            if first <= day <= last:
                held[day] = DayOff(day, name, public=name)
    rows = read.execute(
        select(Holiday.id, Holiday.day, Holiday.name, Holiday.off, Holiday.source)
        .where(Holiday.day >= first, Holiday.day <= last)
        .order_by(Holiday.day)
    )
    for row in rows:
        known = held.get(row.day)
        public_name = known.name if known else ""
        held[row.day] = DayOff(row.day, row.name, row.off, row.id, row.source, public_name)
    return dict(sorted(held.items()))


def why_off(named: Mapping[dt.date, DayOff], day: dt.date) -> str:
    """Say why nobody works on a day: the holiday's name, Saturday or Sunday; "" for a working day."""
    known = named.get(day)
    if known is not None and (known.off or known.id is not None):
        return known.name if known.off else ""
    if day.weekday() >= SATURDAY:
        return say(FULL_WEEKDAYS[day.weekday() - SATURDAY])
    return ""


FULL_WEEKDAYS: tuple[Msg, ...] = (N_("Saturday"), N_("Sunday"))


def working_day(
    named: Mapping[dt.date, DayOff], day: dt.date, step: int, most: int = 31
) -> dt.date | None:
    """Return the nearest working day from `day` on, in days of `step` (1 later, -1 earlier).

    None when there is none within `most` days.
    """
    for n in range(most):
        there = day + dt.timedelta(days=n * step)
        if not why_off(named, there):
            return there
    return None


def day_of(read: Session, *, id: int) -> dt.date | None:
    """Return the day of one of the office's own entries, None when it is gone."""
    return read.scalar(select(Holiday.day).where(Holiday.id == id))


@usecase("Set holiday")
def set_holiday(tx: Session, *, day: dt.date, name: str, off: bool = True, source: str = "") -> int:
    """Add a day off, or with `off` false make a public holiday a working day.

    A day has one entry: setting it again changes that. `source` is where it was declared.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UserError(
            N_("The calendar reaches from {first} to {last}."), first=FIRST_YEAR, last=LAST_YEAR
        )
    kept = required(name, N_("A holiday needs a name."))
    if not off and day not in public(day.year) and day.weekday() < SATURDAY:
        raise UserError(
            N_("{day:full} is a working day already."),
            hint=N_("Only a public holiday or a weekend can be made a working day."),
            day=day,
        )
    entry = tx.scalars(select(Holiday).where(Holiday.day == day)).first()
    if entry is None:
        entry = Holiday(day=day, name=kept, off=off, source=writable(source))
        tx.add(entry)
        tx.flush()
    else:
        change(entry, {"name": kept, "off": off, "source": writable(source)})
    _recount(tx, day)
    return entry.id


@usecase("Remove holiday")
def remove_holiday(tx: Session, *, id: int) -> None:
    """Take the office's own entry away: the day is again what the law makes it."""
    entry = found(tx, Holiday, id, NO_HOLIDAY)
    tx.delete(entry)
    _recount(tx, entry.day)


def _recount(tx: Session, day: dt.date) -> None:
    """Let the last days of proposals follow: one that falls on a day off moves."""
    # Proposals count with this calendar; only setting a holiday needs them.
    from gwangju_desktop.proposals import clocks

    clocks.day_changed(tx, day)
