"""Meetings that come again: a rule, what becomes of dates on days off, many planned in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.calendar import Series
from db.schema.meetings import Meeting
from db.schema.members import Body
from db.store import usecase
from db.vocab import MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, writable
from gwangju_desktop.meetings import holidays, quorums, recurrence, rules, usecases
from gwangju_desktop.meetings.guards import check_minutes
from gwangju_desktop.meetings.planning import Clash, Diary
from gwangju_desktop.text import C_, N_, Msg

MOST = 60
NO_BODY = N_("There is no body {id}.")


class Pattern(StrEnum):
    """How often a series comes."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DAY = "monthly_day"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class OnDayOff(StrEnum):
    """What becomes of a date nobody works on."""

    LATER = "later"
    EARLIER = "earlier"
    SKIP = "skip"
    KEEP = "keep"


PATTERNS: dict[str, Msg] = {
    Pattern.WEEKLY: C_("series", "Every week"),
    Pattern.FORTNIGHTLY: C_("series", "Every two weeks"),
    Pattern.MONTHLY_WEEKDAY: C_("series", "Every month, same weekday"),
    Pattern.MONTHLY_DAY: C_("series", "Every month, same day"),
    Pattern.QUARTERLY: C_("series", "Every three months"),
    Pattern.HALF_YEARLY: C_("series", "Every six months"),
    Pattern.YEARLY: C_("series", "Every year"),
}
ON_DAY_OFF: dict[str, Msg] = {
    OnDayOff.LATER: C_("series", "Move to the next working day"),
    OnDayOff.EARLIER: C_("series", "Move to the working day before"),
    OnDayOff.SKIP: C_("series", "Leave the date out"),
    OnDayOff.KEEP: C_("series", "Keep the date"),
}
_MONTHS = {
    Pattern.MONTHLY_WEEKDAY: 1,
    Pattern.QUARTERLY: 3,
    Pattern.HALF_YEARLY: 6,
    Pattern.YEARLY: 12,
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_DAYS = 28  # a month has at least so many days


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series: as the rule has it, and as it would be planned (None: left out).

    `off` is why nobody works on the rule's date, `taken` says that a meeting of the body is there.
    """

    planned: dt.datetime
    starts_at: dt.datetime | None
    off: str
    notice_missed: bool
    clashes: tuple[Clash, ...]
    taken: bool

    @property
    def moved(self) -> bool:
        """Say whether the date is another than the rule's."""
        return self.starts_at is not None and self.starts_at != self.planned


def day_of(read: Session, *, id: int) -> dt.date | None:
    """Return the first day of a series, None when it is gone."""
    first = read.scalar(select(Series.first_at).where(Series.id == id))
    return clock.local(first).date() if first is not None else None


def rule_text(pattern: str, first: dt.date, count: int) -> str:
    """Write the rule of a series that begins on a day: "FREQ=MONTHLY;BYDAY=3TH;COUNT=12".

    A fifth weekday of a month is taken for its last, a 29th to 31st for the last days there are.
    """
    if not 1 <= count <= MOST:
        raise UserError(N_("A series has 1 to {most} meetings."), most=MOST)
    kind = Pattern(pattern)
    weekday = _DAYS[first.weekday()]
    if kind in (Pattern.WEEKLY, Pattern.FORTNIGHTLY):
        interval = 1 if kind == Pattern.WEEKLY else 2
        return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={weekday};COUNT={count}"
    if kind == Pattern.MONTHLY_DAY:
        if first.day <= _LAST_DAYS:
            return f"FREQ=MONTHLY;BYMONTHDAY={first.day};COUNT={count}"
        days = ",".join(str(day) for day in range(_LAST_DAYS, first.day + 1))
        return f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1;COUNT={count}"
    nth = (first.day - 1) // 7 + 1
    place = f"{nth if nth <= 4 else -1}{weekday}"
    return f"FREQ=MONTHLY;INTERVAL={_MONTHS[kind]};BYDAY={place};COUNT={count}"


def preview(
    read: Session,
    *,
    body_id: int,
    rule: str,
    first_at: dt.datetime,
    minutes: int = 120,
    place: str = "",
    on_day_off: str = OnDayOff.LATER.value,
    today: dt.date,
) -> list[Occurrence]:
    """Say what each date of a series would become; raises UserError for a rule that is none."""
    check_minutes(minutes)
    first = clock.local(first_at).replace(tzinfo=None)
    moments, _complete = recurrence.expand(rule, first, MOST, clock.KST)
    if not moments:
        raise UserError(
            N_("The rule “{rule}” gives no date."), hint=N_("Choose another day."), rule=rule
        )
    last = moments[-1].date() + dt.timedelta(days=40)
    named = holidays.days(read, first=first.date() - dt.timedelta(days=40), last=last)
    diary = Diary.of(read, body_id, first.date() - dt.timedelta(days=40), last, None)
    told: list[Occurrence] = []
    used: set[dt.date] = set()
    for moment in moments:
        planned = moment.replace(tzinfo=clock.KST)
        off = holidays.why_off(named, planned.date())
        day = _moved(named, planned.date(), off, on_day_off)
        taken = day is not None and day in used
        if day is None or taken:
            told.append(Occurrence(planned, None, off, False, (), taken))
            continue
        starts = dt.datetime.combine(day, planned.timetz())
        clashes = diary.clashes(starts, minutes, place)
        taken = any(clash.own for clash in clashes)
        due = rules.notice_due(quorums.rule_on(read, body_id, day), day)
        used.add(day)
        told.append(
            Occurrence(planned, None if taken else starts, off, due < today, clashes, taken)
        )
    return told


def _moved(
    named: dict[dt.date, holidays.DayOff], day: dt.date, off: str, on_day_off: str
) -> dt.date | None:
    """Return the day a date is held on, None for one that is left out."""
    choice = OnDayOff(on_day_off)
    if not off or choice == OnDayOff.KEEP:
        return day
    if choice == OnDayOff.SKIP:
        return None
    return holidays.working_day(named, day, 1 if choice == OnDayOff.LATER else -1)


@usecase("Plan series of meetings")
def create_series(
    tx: Session,
    *,
    body_id: int,
    rule: str,
    first_at: dt.datetime,
    minutes: int = 120,
    place: str = "",
    kind: str = MeetingKind.REGULAR.value,
    title: str = "",
    on_day_off: str = OnDayOff.LATER.value,
    leave_out: Collection[dt.date] = (),
) -> dict[str, object]:
    """Plan all meetings of a series in one step; return its id and theirs.

    `leave_out` are dates of the rule not wanted. A date on which the body meets already is left
    out as well, so that planning a series again doubles nothing.
    """
    found(tx, Body, body_id, NO_BODY)
    if kind == MeetingKind.WRITTEN:
        raise UserError(
            N_("A written resolution does not come again by a rule."),
            hint=N_("Plan each one when it is needed."),
        )
    dates = preview(
        tx,
        body_id=body_id,
        rule=rule,
        first_at=first_at,
        minutes=minutes,
        place=place,
        on_day_off=on_day_off,
        today=clock.today(),
    )
    wanted = [one for one in dates if one.starts_at and one.planned.date() not in leave_out]
    if not wanted:
        raise UserError(
            N_("No date of the series is left."), hint=N_("Choose another day or another rule.")
        )
    series = Series(
        body_id=body_id,
        title=writable(title) or rules.proposed_title(kind),
        rule=rule,
        first_at=first_at,
        minutes=minutes,
        place=writable(place),
    )
    tx.add(series)
    tx.flush()
    ids = []
    for one in wanted:
        assert one.starts_at is not None
        id = usecases.add_meeting(
            tx,
            body_id=body_id,
            starts_at=one.starts_at,
            kind=kind,
            title=title,
            minutes=minutes,
            place=place,
        )
        tx.get_one(Meeting, id).series_id = series.id
        ids.append(id)
    tx.flush()
    return {"series": series.id, "meetings": ids}


@usecase("End series of meetings")
def end_series(tx: Session, *, meeting_id: int) -> list[int]:
    """Delete what is still in preparation of a series, from one of its meetings on.

    Meetings that were called or held stay. Returns the ids of those deleted.
    """
    meeting = found(tx, Meeting, meeting_id, N_("There is no meeting {id}."))
    if meeting.series_id is None:
        raise UserError(N_("{meeting} is in no series."), meeting=meeting.title)
    rest = tx.scalars(
        select(Meeting)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.starts_at >= meeting.starts_at,
            Meeting.state == MeetingState.PLANNED.value,
        )
        .order_by(Meeting.starts_at)
    ).all()
    if not rest:
        raise UserError(
            N_("All meetings of the series have been called or held."),
            hint=N_("Cancel them one by one, with a reason."),
        )
    ids = [one.id for one in rest]
    for id in ids:
        usecases.delete_meeting(tx, id=id)
    return ids
