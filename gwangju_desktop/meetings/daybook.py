"""What stands in the calendar from a day to a day: meetings of all bodies, and days off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from gwangju_desktop import clock
from gwangju_desktop.meetings import holidays
from gwangju_desktop.meetings.holidays import DayOff


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting in the calendar, on the office's clock."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    kind: str
    state: str
    starts_at: dt.datetime
    minutes: int
    place: str
    items: int
    series_id: int | None

    @property
    def ends_at(self) -> dt.datetime:
        """Return when the meeting is planned to end; past midnight that is the next day."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Span:
    """The calendar from `first` to `last`, both in it."""

    first: dt.date
    last: dt.date
    meetings: tuple[Entry, ...]
    days: dict[dt.date, DayOff]


def span(
    read: Session, *, first: dt.date, last: dt.date, body_id: int | None = None, law: bool = True
) -> Span:
    """Return the calendar of all bodies, or of one; without `law` it names no public holidays."""
    items = (
        select(AgendaItem.meeting_id, func.count().label("n"))
        .group_by(AgendaItem.meeting_id)
        .subquery()
    )
    query = (
        select(
            Meeting.id,
            Meeting.body_id,
            func.coalesce(func.nullif(Body.short_ko, ""), Body.name_ko).label("body_ko"),
            func.coalesce(func.nullif(Body.short_en, ""), Body.name_en).label("body_en"),
            Meeting.title,
            Meeting.kind,
            Meeting.state,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            func.coalesce(items.c.n, 0).label("items"),
            Meeting.series_id,
        )
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(items, items.c.meeting_id == Meeting.id)
        .where(Meeting.starts_at >= midnight(first))
        .where(Meeting.starts_at < midnight(last + dt.timedelta(days=1)))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    found = tuple(
        Entry(**{**row, "starts_at": clock.local(row["starts_at"])})
        for row in read.execute(query).mappings()
    )
    return Span(first, last, found, holidays.days(read, first=first, last=last, law=law))


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment a day of the office begins."""
    return dt.datetime.combine(day, dt.time(), clock.KST)
