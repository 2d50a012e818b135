"""The pyramid against brute force; the chart and the brush with real keys and a real mouse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.widgets.pyramid import FACTOR, Pyramid

VALUES = st.lists(
    st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6, width=32)), min_size=1, max_size=700
)


def brute(values: np.ndarray) -> tuple[float, float]:
    held = values[~np.isnan(values)]
    return (float(held.min()), float(held.max())) if len(held) else (np.nan, np.nan)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_every_block_of_every_level_is_its_points_lowest_and_highest(values: list[float]) -> None:
    y = np.array(values)
    pyramid = Pyramid(np.arange(len(y)), y)
    step = 1
    for low, high in pyramid.levels:
        step *= FACTOR
        assert len(low) == len(high) == -(-len(y) // step)
        for block in range(len(low)):
            expected = brute(y[block * step : (block + 1) * step])
            assert np.array_equal((low[block], high[block]), expected, equal_nan=True)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.integers(0, 700), st.integers(1, 700), st.integers(1, 60))
def test_a_window_holds_the_extremes_it_covers_and_few_points(
    values: list[float], start: int, span: int, pixels: int
) -> None:
    y = np.array(values)
    left, right = float(start), float(start + span)
    x, drawn = Pyramid(np.arange(len(y)), y).window(left, right, pixels)
    assert len(x) == len(drawn)
    assert len(x) <= 2 * pixels + 4
    assert (np.diff(x) >= 0).all()
    inside = brute(y[start : start + span + 1])
    if len(x) and not np.isnan(inside[0]):
        shown = brute(drawn)
        assert shown[0] <= inside[0]
        assert shown[1] >= inside[1]
        assert shown[0] >= brute(y)[0]
        assert shown[1] <= brute(y)[1]


def test_gaps_survive_every_level() -> None:
    y = np.sin(np.arange(100_000) / 500)
    y[40_000:60_000] = np.nan
    pyramid = Pyramid(np.arange(100_000), y)
    assert pyramid.has_gaps
    for pixels in (40, 100, 1_000):
        x, drawn = pyramid.window(0, 100_000, pixels)
        middle = (x > 45_000) & (x < 55_000)
        assert middle.any()
        assert np.isnan(drawn[middle]).all()
        assert not np.isnan(drawn[(x < 30_000) | (x > 70_000)]).any()


def test_nothing_but_gaps_has_no_bounds() -> None:
    pyramid = Pyramid(np.arange(300), np.full(300, np.nan))
    assert pyramid.bounds is None
    assert Pyramid([], []).bounds is None
    assert len(Pyramid([], []).window(0, 1, 100)[0]) == 0


def test_arrays_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Pyramid([1, 2], [1])
