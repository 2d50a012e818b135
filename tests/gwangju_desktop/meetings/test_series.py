"""Meetings that come again: rules, days off, many in one step."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import daybook, queries, recurrence, series, usecases
from gwangju_desktop.members import usecases as members

D = dt.date
FIRST = dt.datetime(2022, 1, 20, 14, tzinfo=clock.KST)  # the third Thursday
TODAY = D(2022, 1, 3)


@pytest.fixture
def body(store) -> int:
    return store.run(members.add_body, name_ko="가상위원회", name_en="").value


def dates(store, body, rule, **asked):
    with store.reading() as read:
        asked = {"first_at": FIRST, "today": TODAY, **asked}
        return series.preview(read, body_id=body, rule=rule, **asked)


def days(rows) -> list[dt.date]:
    return [row.starts_at.date() for row in rows if row.starts_at]


def test_rules_are_written_as_icalendar_has_them() -> None:
    text = series.rule_text
    assert text("monthly_weekday", D(2022, 1, 20), 12) == (
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=3TH;COUNT=12"
    )
    assert text("quarterly", D(2022, 1, 31), 4) == "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO;COUNT=4"
    assert text("weekly", D(2022, 1, 20), 2) == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TH;COUNT=2"
    with pytest.raises(UserError):
        text("weekly", D(2022, 1, 20), 0)
    with pytest.raises(UserError):
        text("weekly", D(2022, 1, 20), 61)


@pytest.mark.file_only
def test_the_31st_falls_on_the_last_day_of_short_months(store, body) -> None:
    first = dt.datetime(2022, 1, 31, 14, tzinfo=clock.KST)
    rule = series.rule_text("monthly_day", first.date(), 4)
    rows = dates(store, body, rule, first_at=first, on_day_off="keep")
    assert days(rows) == [D(2022, 1, 31), D(2022, 2, 28), D(2022, 3, 31), D(2022, 4, 30)]


@pytest.mark.file_only
def test_dates_on_days_off_move_are_left_out_or_stay(store, body) -> None:
    # Every first Tuesday: 1 February is New Year by the moon, 1 March the Independence Movement.
    first = dt.datetime(2022, 2, 1, 10, tzinfo=clock.KST)
    rule = series.rule_text("monthly_weekday", first.date(), 3)
    later = dates(store, body, rule, first_at=first)
    assert [row.off for row in later] == ["설날", "삼일절", ""]
    assert days(later) == [D(2022, 2, 3), D(2022, 3, 2), D(2022, 4, 5)]
    earlier = dates(store, body, rule, first_at=first, on_day_off="earlier")
    assert days(earlier) == [D(2022, 1, 28), D(2022, 2, 28), D(2022, 4, 5)]
    assert days(dates(store, body, rule, first_at=first, on_day_off="skip")) == [D(2022, 4, 5)]
    kept = dates(store, body, rule, first_at=first, on_day_off="keep")
    assert days(kept) == [D(2022, 2, 1), D(2022, 3, 1), D(2022, 4, 5)]
    assert later[0].moved and not later[2].moved


def test_a_year_is_planned_in_one_step_and_undone_in_one(store, body) -> None:
    rule = series.rule_text("monthly_weekday", FIRST.date(), 12)
    made = store.run(
        series.create_series,
        body_id=body,
        rule=rule,
        first_at=FIRST,
        place="가상 회의실",
        leave_out=[D(2022, 8, 18)],
    ).value
    assert len(made["meetings"]) == 11
    with store.reading() as read:
        span = daybook.span(read, first=D(2022, 1, 1), last=D(2022, 12, 31))
    assert [m.series_id for m in span.meetings] == [made["series"]] * 11
    assert {m.title for m in span.meetings} == {"정기회의"}
    # Planned again nothing doubles: only the date left out before is new.
    again = store.run(series.create_series, body_id=body, rule=rule, first_at=FIRST).value
    assert len(again["meetings"]) == 1
    store.undo()
    store.undo()
    with store.reading() as read:
        assert queries.meetings(read) == []


def test_a_series_ends_from_a_meeting_on(store, body) -> None:
    rule = series.rule_text("weekly", FIRST.date(), 4)
    ids = store.run(series.create_series, body_id=body, rule=rule, first_at=FIRST).value["meetings"]
    assert store.run(series.end_series, meeting_id=ids[2]).value == ids[2:]
    with store.reading() as read:
        assert [m.id for m in queries.meetings(read)] == ids[:2]
    alone = store.run(usecases.add_meeting, body_id=body, starts_at=FIRST).value
    with pytest.raises(UserError, match="정례 회의"):
        store.run(series.end_series, meeting_id=alone)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=DAILY;COUNT=x",
        "DAILY",
        "FREQ=DAILY;UNTIL=next year",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
@pytest.mark.file_only
def test_what_is_no_rule_is_refused_in_one_sentence(store, body, rule) -> None:
    with pytest.raises(UserError) as refused:
        dates(store, body, rule)
    assert "\n" not in str(refused.value)


@pytest.mark.file_only
def test_a_written_resolution_and_an_empty_series_are_refused(store, body) -> None:
    rule = "FREQ=WEEKLY;COUNT=1"
    with pytest.raises(UserError, match="서면"):
        store.run(series.create_series, body_id=body, rule=rule, first_at=FIRST, kind="written")
    with pytest.raises(UserError):
        store.run(
            series.create_series,
            body_id=body,
            rule=rule,
            first_at=FIRST,
            leave_out=[FIRST.date()],
        )
    assert series.MOST == 60


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([str(one) for one in series.Pattern]),
    st.dates(D(2020, 1, 1), D(2030, 12, 31)),
    st.integers(1, 24),
)
def test_a_pattern_gives_as_many_dates_as_asked_and_begins_with_the_first(pattern, day, count):
    first = dt.datetime.combine(day, dt.time(14))
    text = series.rule_text(pattern, day, count)
    found, whole = recurrence.expand(text, first, series.MOST)
    assert whole and len(found) == count
    assert found == sorted(set(found))
    # A fourth weekday that is the last one too stays the fourth; a fifth becomes the last.
    assert found[0] == first


def test_an_end_in_utc_is_read_on_the_clock_of_the_start() -> None:
    first = dt.datetime(2022, 3, 1, 8)
    rule = "FREQ=DAILY;UNTIL=20220302T230000Z"
    assert len(recurrence.expand(rule, first, 10, clock.KST)[0]) == 3
    assert len(recurrence.expand(rule, first, 10, dt.UTC)[0]) == 2
    endless, whole = recurrence.expand("FREQ=DAILY", first, 10)
    assert len(endless) == 10 and not whole
