"""Days in office, terms, the balance of the sexes (test vectors T4)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.members import rules

SIX_TENTHS = (6, 10)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
modest = settings(max_examples=50, deadline=None)


def test_term_ends_the_day_before_its_anniversary():
    assert rules.term_end(dt.date(2021, 2, 25), 2) == dt.date(2023, 2, 24)
    assert rules.term_end(dt.date(2021, 1, 1), 2) == dt.date(2022, 12, 31)
    assert rules.term_end(dt.date(2020, 2, 29), 2) == dt.date(2022, 2, 28)


@modest
@given(DAYS, st.integers(1, 5))
def test_the_next_term_starts_the_day_after_and_days_never_overlap(start, years):
    end = rules.term_end(start, years)
    following = end + dt.timedelta(days=1)
    assert rules.in_office(start, end, end)
    assert not rules.in_office(start, end, following)
    assert not rules.overlap((start, end), (following, None))
    assert rules.overlap((start, end), (end, None))


@modest
@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_having_a_day_in_common(a, b, c, d):
    first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    shared = max(first[0], second[0]) <= min(first[1], second[1])
    assert rules.overlap(first, second) is shared
    assert rules.overlap(second, first) is shared


@pytest.mark.parametrize(
    ("larger", "smaller", "kept"),
    [(24, 16, True), (25, 15, False), (24, 17, True), (25, 16, False), (14, 9, False)],
)
def test_six_tenths_of_the_appointed_is_the_limit(larger, smaller, kept):
    assert rules.balance(smaller, larger, 0, SIX_TENTHS).kept is kept
    assert rules.balance(larger, smaller, 0, SIX_TENTHS).kept is kept


def test_lacking_says_how_many_seats_would_have_to_change():
    assert rules.balance(9, 14, 0, SIX_TENTHS).lacking == 1
    assert rules.balance(0, 0, 0, SIX_TENTHS).kept


@modest
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 20))
def test_changing_the_lacking_seats_keeps_the_limit(women, men, unknown):
    verdict = rules.balance(women, men, unknown, SIX_TENTHS)
    small, large = sorted((women, men))
    assert verdict.lacking <= large
    after = rules.balance(small + verdict.lacking, large - verdict.lacking, unknown, SIX_TENTHS)
    assert max(0, large - verdict.lacking) <= after.most
