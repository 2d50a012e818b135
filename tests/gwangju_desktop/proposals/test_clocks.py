"""The clock of a proposal: month ends, leap years, pauses, days off."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import Store
from gwangju_desktop.meetings import holidays
from gwangju_desktop.proposals import clocks, guards, profile_edits, profiles, usecases
from gwangju_desktop.proposals.clocks import Pause, count
from gwangju_desktop.proposals.spans import Span
from tests.gwangju_desktop.proposals import naive

D = dt.date
MONTH = Span(1, "month")
WEEK = Span(7, "day")


def weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


@pytest.mark.parametrize(
    ("received", "pauses", "due"),
    [
        (D(2021, 8, 31), [], D(2021, 9, 30)),
        (D(2021, 8, 2), [Pause("supplement", D(2021, 8, 4), D(2021, 8, 10))], D(2021, 9, 9)),
    ],
)
def test_the_worked_examples(received: dt.date, pauses: list[Pause], due: dt.date) -> None:
    clock = count(received, MONTH, pauses, off=weekend)
    assert clock.due_on == due
    assert clock.excluded_days == sum((p.until_on - p.from_on).days + 1 for p in pauses)


# Every 31st there is, and the days around the ends of February: the last day of the next month.
MONTH_ENDS = [
    (D(2022, 1, 31), D(2022, 2, 28)),
    (D(2024, 1, 31), D(2024, 2, 29)),
    (D(2022, 3, 31), D(2022, 4, 30)),
    (D(2022, 5, 31), D(2022, 6, 30)),
    (D(2022, 7, 31), D(2022, 8, 31)),
    (D(2022, 8, 31), D(2022, 9, 30)),
    (D(2022, 10, 31), D(2022, 11, 30)),
    (D(2022, 12, 31), D(2023, 1, 31)),
    (D(2022, 1, 28), D(2022, 2, 28)),
    (D(2022, 1, 29), D(2022, 2, 28)),
    (D(2022, 1, 30), D(2022, 2, 28)),
    (D(2024, 1, 28), D(2024, 2, 28)),
    (D(2024, 1, 29), D(2024, 2, 29)),
    (D(2024, 1, 30), D(2024, 2, 29)),
    (D(2024, 2, 29), D(2024, 3, 29)),
    (D(2023, 2, 28), D(2023, 3, 28)),
    (D(2021, 12, 1), D(2022, 1, 1)),
]


@pytest.mark.parametrize(("received", "last"), MONTH_ENDS)
def test_a_month_ends_on_its_day_or_the_last_of_the_month(received: dt.date, last: dt.date) -> None:
    assert MONTH.after(received) == last == naive.month_after(received)
    assert count(received, MONTH).due_on == last


def test_years_end_on_their_day_and_a_leap_day_on_the_28th() -> None:
    assert Span(2, "year").after(D(2022, 3, 17)) == D(2024, 3, 17)
    assert Span(1, "year").after(D(2024, 2, 29)) == D(2025, 2, 28)
    assert Span(3, "week").after(D(2022, 3, 1)) == D(2022, 3, 22)


days = st.dates(D(2019, 1, 1), D(2026, 12, 31))
pauses = st.lists(
    st.tuples(st.integers(-5, 70), st.integers(0, 40)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(received=days, runs=pauses)
def test_every_clock_is_that_of_a_walk_day_by_day(
    received: dt.date, runs: list[tuple[int, int]]
) -> None:
    spans = [(received + first * naive.DAY, received + last * naive.DAY) for first, last in runs]
    clock = count(received, MONTH, [Pause("opinion", *span) for span in spans], off=weekend)
    walked = naive.due(received, naive.month_after(received), spans, weekend)
    assert clock.due_on == walked
    inside = [
        day
        for n in range(1, (clock.counted_on - received).days + 1)
        if any(first <= (day := received + n * naive.DAY) <= last for first, last in spans)
    ]
    assert clock.excluded_days == len(inside)
    assert (clock.counted_on - received).days == (clock.base_on - received).days + len(inside)


@settings(max_examples=100, deadline=None)
@given(received=days, first=st.integers(-3, 40), more=st.integers(0, 30), today=st.integers(-3, 90))
def test_the_day_counted_and_whether_it_stands_still(
    received: dt.date, first: int, more: int, today: int
) -> None:
    run = (received + first * naive.DAY, received + (first + more) * naive.DAY)
    now = received + today * naive.DAY
    clock = count(received, MONTH, [Pause("supplement", *run)], off=weekend)
    assert clock.stopped(now) == (run[0] <= now <= run[1])
    counted = [n for n in range(1, today + 1) if not run[0] <= received + n * naive.DAY <= run[1]]
    assert clock.day(now) == len(counted)
    assert clock.left(now) == (clock.due_on - now).days


@pytest.mark.parametrize(
    ("ends", "excluded"), [("both", 7), ("first", 6), ("last", 6), ("between", 5)]
)
def test_which_ends_of_a_pause_count_is_a_rule(ends: str, excluded: int) -> None:
    pause = Pause("supplement", D(2021, 8, 4), D(2021, 8, 10))
    assert count(D(2021, 8, 2), MONTH, [pause], ends=ends).excluded_days == excluded


def test_a_supplement_after_a_week_says_before_that_the_clock_runs_on() -> None:
    received = D(2022, 3, 2)
    assert guards.supplement_pauses(received, D(2022, 3, 9), WEEK)
    assert not guards.supplement_pauses(received, D(2022, 3, 10), WEEK)
    assert "제외됩니다" in guards.supplement_said(received, D(2022, 3, 9), WEEK)
    assert "멈추지 않습니다" in guards.supplement_said(received, D(2022, 3, 10), WEEK)


def received_on(store: Store, day: dt.date, **more: object) -> int:
    made = store.run(
        usecases.register,
        title="가상 제안",
        channel="web",
        received_on=day,
        anonymous=True,
        consent="full",
        **more,
    )
    return int(made.value)


def due_on(store: Store, id: int) -> dt.date:
    with store.reading() as read:
        clock = clocks.of(read, id)
        kept = usecases.proposal_of(read, id).due_on
    assert clock is not None
    assert clock.due_on == kept
    return clock.due_on


# The day a month ends on, and the working day it moves to: weekends, lunar and substitute holidays.
SHIFTED = [
    (D(2021, 8, 18), D(2021, 9, 23)),  # 9. 18. Saturday, then Chuseok 20.-22.
    (D(2021, 12, 31), D(2022, 2, 3)),  # Seollal 1. 31.-2. 2. (lunar)
    (D(2022, 8, 9), D(2022, 9, 13)),  # Chuseok 9.-11., substitute 12.
    (D(2021, 9, 4), D(2021, 10, 5)),  # substitute for 10. 3.
    (D(2021, 9, 11), D(2021, 10, 12)),  # substitute for 10. 9.
    (D(2022, 4, 5), D(2022, 5, 6)),  # Children's Day
    (D(2022, 4, 8), D(2022, 5, 9)),  # Buddha's Birthday, a Sunday then without substitute
    (D(2023, 4, 27), D(2023, 5, 30)),  # Buddha's Birthday, substitute on Monday 29.
    (D(2023, 12, 1), D(2024, 1, 2)),  # New Year's Day
    (D(2022, 2, 1), D(2022, 3, 2)),  # Independence Movement Day
    (D(2024, 1, 9), D(2024, 2, 13)),  # Seollal 9.-11., substitute 12.
]


def test_a_last_day_off_moves_to_the_next_working_day(sqlite_store: Store) -> None:
    with sqlite_store.reading() as read:
        keep = clocks.Counting(read)
        profile = profiles.of(read, None, D(2023, 5, 1))
        for received, due in SHIFTED:
            clock = keep.clock(profile, clocks.Round(1, received), ())
            assert clock is not None
            assert clock.due_on == due, received


@pytest.mark.file_only
def test_the_office_calendar_moves_last_days_that_are_kept(store: Store) -> None:
    id = received_on(store, D(2022, 5, 2))
    assert due_on(store, id) == D(2022, 6, 2)
    store.run(holidays.set_holiday, day=D(2022, 6, 2), name="가상 임시공휴일")
    assert due_on(store, id) == D(2022, 6, 3)
    with store.reading() as read:
        [mine] = holidays.days(read, first=D(2022, 6, 2), last=D(2022, 6, 2)).values()
    assert mine.id is not None
    store.run(holidays.remove_holiday, id=mine.id)
    assert due_on(store, id) == D(2022, 6, 2)
    store.undo()
    assert due_on(store, id) == D(2022, 6, 3)


def test_a_call_begins_the_clock_with_its_last_day(store: Store) -> None:
    from gwangju_desktop.proposals import calls

    call = store.run(
        calls.add_call, name="가상 공모", begins_on=D(2022, 3, 2), ends_on=D(2022, 3, 31)
    ).value
    early = received_on(store, D(2022, 3, 4), call_id=call)
    late = received_on(store, D(2022, 4, 6), call_id=call)
    assert due_on(store, early) == D(2022, 5, 2)  # 4. 30. is a Saturday
    assert due_on(store, late) == D(2022, 5, 6)
    store.run(calls.edit_call, id=call, ends_on=D(2022, 4, 20))
    assert due_on(store, early) == D(2022, 5, 20)
    with store.reading() as read:
        assert [row.proposals for row in calls.calls(read)] == [2]


@pytest.mark.file_only
def test_a_rule_changed_moves_last_days_and_undo_moves_them_back(store: Store) -> None:
    id = received_on(store, D(2022, 3, 17))
    assert due_on(store, id) == D(2022, 4, 18)  # 4. 17. is a Sunday
    with store.reading() as read:
        standard = profiles.standard(read)
    store.run(
        profile_edits.set_rule,
        profile_id=standard,
        rule="decision_within",
        value="14 days",
        valid_from=D(2022, 1, 1),
        source="가상 지침",
    )
    assert due_on(store, id) == D(2022, 3, 31)
    store.undo()
    assert due_on(store, id) == D(2022, 4, 18)


@pytest.mark.file_only
def test_one_taken_in_by_an_import_gets_the_same_day(store: Store) -> None:
    id = received_on(store, D(2021, 8, 31))
    with store.reading() as read:
        profile_id = profiles.standard(read)
        assert profile_id is not None
        keep = clocks.Counting(read)
        assert keep.due(profile_id, "received", D(2021, 8, 31)) == due_on(store, id)
        assert keep.due(profile_id, "draft", D(2021, 8, 31)) is None
        assert clocks.several(read, [id])[id] == clocks.counted(read, id)
