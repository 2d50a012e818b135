"""When waves come: from the anchor, clipped to the month's end, moved off days nobody works."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop import clock, text
from gwangju_desktop.meetings import holidays
from gwangju_desktop.polls import cadence, series, waves

D = dt.date


def test_waves_are_counted_from_the_anchor_never_chained() -> None:
    found = [cadence.wave_day(D(2021, 8, 31), k) for k in range(9)]
    assert [day.isoformat() for day in found] == [
        "2021-08-31",
        "2022-01-31",
        "2022-06-30",
        "2022-11-30",
        "2023-04-30",
        "2023-09-30",
        "2024-02-29",
        "2024-07-31",
        "2024-12-31",
    ]


def test_a_wave_moves_to_the_next_working_day_where_the_series_says_so(sqlite_store) -> None:
    anchor = D(2021, 8, 1)
    # Days off declared for an election are data: the office's own entry, whatever a library knows.
    sqlite_store.run(
        holidays.set_holiday, day=D(2022, 6, 1), name="전국동시지방선거일", source="예시"
    )
    with sqlite_store.reading() as read:
        off = holidays.days(read, first=anchor, last=D(2023, 12, 31))
    days = [cadence.wave_day(anchor, k) for k in range(6)]
    assert days == [
        D(2021, 8, 1),
        D(2022, 1, 1),
        D(2022, 6, 1),
        D(2022, 11, 1),
        D(2023, 4, 1),
        D(2023, 9, 1),
    ]
    assert [cadence.shifted(day, "next", off) for day in days] == [
        D(2021, 8, 2),
        D(2022, 1, 3),
        D(2022, 6, 2),
        D(2022, 11, 1),
        D(2023, 4, 3),
        D(2023, 9, 1),
    ]
    assert [cadence.shifted(day, "none", off) for day in days] == days

    poll = sqlite_store.run(series.add_poll, name="예시 설문", anchor_on=anchor, shift="next").value
    for k in (0, 1, 2):
        sqlite_store.run(waves.plan_wave, poll_id=poll, k=k)
    with sqlite_store.reading() as read:
        planned = [wave.planned_on for wave in waves.waves(read, poll)]
        [row] = series.polls(read)
    assert planned == [D(2021, 8, 2), D(2022, 1, 3), D(2022, 6, 2)]
    assert (row.next_on, row.waves) == (D(2021, 8, 2), 3)


def test_five_months_walk_through_the_seasons() -> None:
    months = {cadence.wave_day(D(2021, 8, 31), k).month for k in range(12)}
    assert months == set(range(1, 13))
    assert cadence.season_months(5) == 60
    assert cadence.season_months(6) == 12
    assert cadence.month_label(D(2022, 1, 31)) == "2022. 1."
    text.use("en")
    assert cadence.month_label(D(2022, 1, 31)) == "2022-01"


@given(st.dates(D(1950, 1, 1), D(2050, 1, 1)), st.integers(-24, 48), st.integers(1, 24))
@settings(max_examples=100, deadline=None)
def test_each_wave_lies_the_right_number_of_months_away(anchor, k, months) -> None:
    day = cadence.wave_day(anchor, k, months)
    ahead = (day.year - anchor.year) * 12 + day.month - anchor.month
    assert ahead == k * months
    assert day.day == anchor.day or (day.day < anchor.day and (day + dt.timedelta(days=1)).day == 1)


def test_a_changed_cadence_moves_planned_waves_but_those_set_by_hand(sqlite_store) -> None:
    clock.fix(D(2021, 7, 1))
    run = sqlite_store.run
    poll = run(series.add_poll, name="예시 설문", anchor_on=D(2021, 8, 31)).value
    first = run(waves.plan_wave, poll_id=poll).value
    second = run(waves.plan_wave, poll_id=poll).value
    run(waves.edit_wave, id=second, planned_on=D(2022, 2, 7))
    run(series.edit_poll, id=poll, anchor_on=D(2021, 9, 30))
    with sqlite_store.reading() as read:
        days = {wave.id: wave.planned_on for wave in waves.waves(read, poll)}
    assert days == {first: D(2021, 9, 30), second: D(2022, 2, 7)}
