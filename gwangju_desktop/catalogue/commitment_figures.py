"""Figures of a commitment on paper: its milestones over time, and its burn-up month by month."""

from __future__ import annotations

import datetime as dt

from db.vocab import MilestoneState, OwnStatus
from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.commitments import status
from gwangju_desktop.commitments.months import add_months, first_day, last_day, month_of
from gwangju_desktop.commitments.rows import CommitmentWhole, MilestoneRow
from gwangju_desktop.commitments.status import Step
from gwangju_desktop.commitments.words import MILESTONES, STATUSES
from gwangju_desktop.documents.blocks import Block, para
from gwangju_desktop.documents.figures import (
    LineFigure,
    LineSeries,
    Note,
    TimelineFigure,
    TimeRow,
)
from gwangju_desktop.text import C_, N_, say, words

PLANNED = C_("commitment figure", "Planned")
DONE = C_("commitment figure", "Done")
TODAY = C_("commitment figure", "As of {day:full}")
STEP = C_("commitment figure", "Milestone")
STATE = C_("commitment figure", "State")
WHOLE = C_("commitment figure", "Whole commitment")
_MOST_ROWS, _MOST_TICKS, _HEIGHT = 16, 7, 120.0


def timeline(whole: CommitmentWhole, today: dt.date) -> list[Block]:
    """Return the milestones of a commitment over time; nothing where no day is known.

    A long commitment has several figures, so that each stays on one page.
    """
    rows = [_whole_row(whole, today), *(_row(one, today) for one in whole.milestones)]
    spans = [span for row in rows for span in (row.planned, row.actual) if span is not None]
    if not spans:
        return []
    first = dt.date.fromordinal(round(min(span[0] for span in spans)))
    last = dt.date.fromordinal(round(max(span[1] for span in spans)))
    called = say(
        N_("{title}: {n} milestones from {first:full} to {last:full}."),
        title=named(whole.row.title, whole.row.title_en),
        n=len(whole.milestones),
        first=first,
        last=last,
    )
    return [
        TimelineFigure(
            tuple(rows[start : start + _MOST_ROWS]),
            _ticks(first, last),
            (say(PLANNED), say(DONE), say(TODAY, day=today)),
            (say(STEP), say(STATE)),
            called,
            today=float(today.toordinal()),
        )
        for start in range(0, len(rows), _MOST_ROWS)
    ]


def _whole_row(whole: CommitmentWhole, today: dt.date) -> TimeRow:
    row = whole.row
    starts = first_day(row.starts) if row.starts else None
    ends = last_day(row.ends) if row.ends else None
    begun = [one.started_on or one.completed_on for one in whole.milestones]
    first = min((day for day in begun if day), default=row.completed_on)
    done = row.completed_on or _all_done(whole)
    return TimeRow(
        f"{row.code} {say(WHOLE)}",
        _span(starts, ends),
        _span(first, done or today) if first else None,
        say(STATUSES[row.status]),
        told.days(starts, ends),
        told.days(first, done) if first else told.NOTHING,
        strong=True,
    )


def _all_done(whole: CommitmentWhole) -> dt.date | None:
    """Return the last day of completion where every milestone is completed."""
    ends = [one.completed_on for one in told.counting(whole)]
    return max(day for day in ends if day) if ends and all(ends) else None


def _row(one: MilestoneRow, today: dt.date) -> TimeRow:
    begun = one.started_on or one.completed_on
    until = one.completed_on or (today if one.state == MilestoneState.IN_PROGRESS else None)
    return TimeRow(
        told.step_title(one),
        _span(one.starts_on or one.due_on, one.due_on or one.starts_on),
        _span(begun, until) if begun and until else None,
        state(one),
        told.days(one.starts_on, one.due_on),
        told.days(one.started_on, one.completed_on),
    )


def state(one: MilestoneRow) -> str:
    """Return the state of a milestone, with its day where it is completed, and if it is late."""
    said = say(MILESTONES[one.state])
    if one.late or one.late_done:
        said = f"{said} ({say(STATUSES[OwnStatus.LATE])})"
    if one.completed_on is None:
        return said
    return f"{said}\n{words().day(one.completed_on, 'full')}"


def _span(first: dt.date | None, last: dt.date | None) -> tuple[float, float] | None:
    if first is None or last is None:
        return None
    return (float(first.toordinal()), float(max(first, last).toordinal()))


def _ticks(first: dt.date, last: dt.date) -> tuple[tuple[float, str], ...]:
    """Return first days of months, at most so many, the first and the last round the span."""
    begin = first.replace(day=1)
    months = (last.year - begin.year) * 12 + last.month - begin.month + 1
    every = -(-months // (_MOST_TICKS - 1))
    ends = -(-months // every) * every
    found = [add_months(begin, n) for n in range(0, ends + 1, every)]
    return tuple((float(day.toordinal()), _month(day)) for day in found)


def _month(day: dt.date) -> str:
    """Write a month short enough for an axis."""
    if words().language == "ko":
        return f"{day:%y}. {day.month}."
    return f"{day:%Y-%m}"


def burnup(whole: CommitmentWhole, today: dt.date) -> list[Block]:
    """Return the planned and the completed share of the weight by the end of each month.

    Nothing where there is no weight or no time. What was done ends with today.
    """
    steps = [
        Step(m.id, m.state, m.weight, m.due_on, m.started_on, m.completed_on)
        for m in whole.milestones
    ]
    begins = [m.starts_on or m.due_on for m in whole.milestones] + [
        first_day(whole.row.starts) if whole.row.starts else None
    ]
    ends = [m.due_on for m in whole.milestones] + [m.completed_on for m in whole.milestones]
    ends.append(last_day(whole.row.ends) if whole.row.ends else None)
    known, until = [day for day in begins if day], [day for day in ends if day]
    if not known or not until:
        return []
    first, last = min(known).replace(day=1), last_day(month_of(max(until)))
    points = status.burnup(steps, first, last)
    if not points or (last.year - first.year) * 12 + last.month - first.month < 1:
        return []
    months = [first]
    while months[-1] < last.replace(day=1):
        months.append(add_months(months[-1], 1))
    planned, done = [], []
    for n, month in enumerate(months, 1):
        end = last_day(month_of(month))
        held = [point for point in points if point.day <= min(end, last)]
        planned.append((float(n), round(held[-1].planned * 100, 1)))
        if month <= today:
            so_far = [point for point in held if point.day <= today] or held[:1]
            done.append((float(n), round((so_far[-1].done or 0.0) * 100, 1)))
    return [
        para(say(C_("commitment figure", "Share of the weight completed (%)")), "meta", keep=True),
        _lines(whole, months, planned, done),
    ]


def _lines(
    whole: CommitmentWhole,
    months: list[dt.date],
    planned: list[tuple[float, float]],
    done: list[tuple[float, float]],
) -> Block:
    aim = LineSeries(say(PLANNED), tuple(planned), planned=True)
    series = [aim]
    message = N_("{title}: {planned}% planned for the end.")
    last = planned[-1][1]
    values: dict[str, object] = {
        "title": named(whole.row.title, whole.row.title_en),
        "planned": f"{last:g}",
    }
    if done:
        value = f"{done[-1][1]:g}"
        series.append(LineSeries(say(DONE), tuple(done), notes=(Note(len(done) - 1, f"{value}%"),)))
        message = N_("{title}: {done}% completed, {now}% planned by then.")
        values |= {"done": value, "now": f"{planned[len(done) - 1][1]:g}"}
    return LineFigure(
        tuple(series),
        tuple(float(n) for n in range(1, len(months) + 1)),
        (0.0, 25.0, 50.0, 75.0, 100.0),
        say(message, **values),
        height=_HEIGHT,
        x_names=tuple(_month(month) for month in months),
    )
