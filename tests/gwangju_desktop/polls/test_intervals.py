"""Margins and intervals, worked by hand and by the textbook."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.polls.intervals import finite, margin, wilson


@pytest.mark.parametrize(
    ("p", "n", "points"),
    [(0.5, 51, 13.72), (33 / 51, 51, 13.12), (0.5, 500, 4.38), (0.5, 1000, 3.10)],
)
def test_a_margin_of_error_is_that_of_respondents(p, n, points):
    assert round(margin(p, n), 2) == points


@pytest.mark.parametrize(("k", "low", "high"), [(33, 50.99, 76.37), (21, 28.75, 54.83)])
def test_wilsons_interval_of_a_small_sample(k, low, high):
    found = wilson(k / 51, 51)
    assert (round(found[0], 2), round(found[1], 2)) == (low, high)


def test_a_finite_population_counts_from_a_twentieth_on():
    assert finite(50, 1000) == 1
    assert finite(51, 1000) == pytest.approx(math.sqrt(949 / 999))
    assert finite(1000, 1000) == 0
    assert finite(51, None) == 1
    assert margin(0.5, 500, 1000) == pytest.approx(margin(0.5, 500) * math.sqrt(500 / 999))


def test_who_asked_everybody_does_not_err():
    assert wilson(0.3, 50, 50) == (30, 30)


def test_a_finite_population_narrows_the_interval():
    low, high = wilson(0.4, 400, 1000)
    wide = wilson(0.4, 400)
    assert wide[0] < low < 40 < high < wide[1]


@given(n=st.integers(1, 5000), share=st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_an_interval_holds_its_share_and_stays_possible(n, share):
    k = round(share * n)
    low, high = wilson(k / n, n)
    assert 0 <= low <= 100 * k / n <= high <= 100
