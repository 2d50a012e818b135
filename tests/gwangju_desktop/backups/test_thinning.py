"""Which backups stay: by example, by chance and over years."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gwangju_desktop.backups.thinning import Kept, Rule, going

NOW = dt.datetime(2024, 3, 15, 18, 0)


def at(days: float, **more: bool) -> Kept:
    moment = NOW - dt.timedelta(days=days)
    return Kept(moment, f"{moment:%Y%m%d-%H%M%S}", **more)


def names(backups: list[Kept]) -> set[str]:
    return {one.name for one in backups}


def test_of_the_last_two_days_all_stay_and_of_a_day_before_the_last() -> None:
    recent = [at(n / 24) for n in range(0, 40, 3)]
    early, late = at(5.5), at(5.2)
    assert going([*recent, early, late], NOW) == [early]


def test_what_was_not_checked_takes_no_place_of_a_whole_one() -> None:
    whole, spoilt = at(5.4), at(5.2, checked=False)
    assert going([whole, spoilt], NOW) == [spoilt]


def test_one_before_a_conversion_stays_until_the_longest_time() -> None:
    step, other = at(200.2, step=True), at(200.1)
    newer = [at(n) for n in range(1, 30)]
    assert step not in going([step, other, *newer], NOW)
    old = at(400, step=True)
    assert old in going([old, *newer], NOW)


def test_the_last_whole_one_stays_whatever_its_age() -> None:
    only = at(900)
    assert going([only], NOW) == []
    assert going([only, at(1, checked=False)], NOW) == []
    assert going([only, at(1)], NOW) == [only]


def test_a_clock_that_was_wrong_loses_nothing() -> None:
    assert going([at(-40), at(-3), at(1)], NOW) == []


def test_four_hundred_days_of_an_office_keep_a_year_in_few_files() -> None:
    """Every half hour of a working day, thinned each evening."""
    held: list[Kept] = []
    start = dt.datetime(2023, 1, 2)
    for day in range(400):
        morning = start + dt.timedelta(days=day)
        if morning.weekday() < 5:
            for half in range(18):
                moment = morning.replace(hour=9) + dt.timedelta(minutes=30 * half)
                held.append(Kept(moment, f"{moment:%Y%m%d-%H%M}"))
        evening = morning.replace(hour=19)
        gone = names(going(held, evening))
        held = [one for one in held if one.name not in gone]
        ages = sorted((evening.date() - one.made_at.date()).days for one in held)
        assert len(held) <= 2 * 18 + 14 + 8 + 12
        assert ages[-1] <= Rule().longest_days
        if day >= 60:
            # Whatever day of the last month is wanted, one is not much older or younger.
            assert any(20 <= age <= 40 for age in ages)
        if day >= 390:
            assert sum(1 for age in ages if age > 60) >= 9
    assert going(held, evening) == []


@given(
    st.lists(
        st.builds(
            at,
            st.floats(-5, 800, allow_nan=False).map(lambda days: round(days, 3)),
            checked=st.booleans(),
            step=st.booleans(),
        ),
        max_size=60,
        unique_by=lambda one: one.name,
    )
)
def test_thinning_is_settled_at_once_and_never_takes_the_last_whole_one(held: list[Kept]) -> None:
    gone = going(held, NOW)
    left = [one for one in held if one not in gone]
    assert going(left, NOW) == []
    whole = [one for one in held if one.checked]
    if whole:
        assert max(whole) in left
    for one in left:
        assert one == max(whole, default=None) or (NOW - one.made_at).days <= Rule().longest_days
