"""A target is what somebody set; the line between two is a guide; beyond them there is nothing."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwangju_desktop.energy import paths


@dataclass(frozen=True)
class Point:
    year: int
    value: float
    kind: str = "target"


NAM_GU = [Point(2018, 997.0, "start"), Point(2030, 548.0), Point(2034, 426.0)]
CITY = [Point(2018, 100.0, "start"), Point(2030, 55.0), Point(2045, 0.0)]


def test_the_targets_of_nam_gu_are_cuts_of_45_0_and_57_3_percent() -> None:
    changes = paths.since_start(NAM_GU)
    assert {year: round(share * 100, 1) for year, share in changes.items()} == {
        2030: -45.0,
        2034: -57.3,
    }


@pytest.mark.parametrize(
    ("year", "value"), [(2021, 88.75), (2024, 77.5), (2035, 36.67), (2040, 18.33)]
)
def test_the_guide_is_a_straight_line_between_points(year: int, value: float) -> None:
    here = paths.at(CITY, year)
    assert here is not None
    assert round(here.value, 2) == value
    assert here.kind == ""


def test_nothing_stands_before_the_first_point_nor_after_the_last() -> None:
    assert paths.at(NAM_GU, 2017) is None
    assert paths.at(NAM_GU, 2035) is None
    assert paths.at([], 2030) is None
    assert paths.path([]) == []
    assert paths.gap(500.0, 2035, NAM_GU) is None
    assert paths.pace(2034, 426.0, NAM_GU) is None


def test_a_single_point_has_no_path_around_it() -> None:
    alone = [Point(2035, 100.0)]
    assert [one.year for one in paths.path(alone)] == [2035]
    assert paths.at(alone, 2034) is None
    assert paths.gap(60.0, 2034, alone) is None
    assert paths.pace(2030, 40.0, alone) == paths.Pace(
        2035, 100.0, 5, 12.0, pytest.approx(0.2011, abs=1e-4)
    )


def test_only_a_year_with_a_target_is_compared_with_a_target() -> None:
    met = paths.gap(540.0, 2030, NAM_GU)
    assert met is not None
    assert (met.kind, met.difference) == ("target", -8.0)
    between = paths.gap(950.0, 2021, NAM_GU)
    assert between is not None
    assert between.kind == "guide"
    assert between.difference == pytest.approx(950.0 - (997.0 - 449.0 * 3 / 12))
    assert paths.gap(997.0, 2018, NAM_GU) is None


def test_the_least_the_law_asks_for_is_no_target() -> None:
    floor = [Point(2018, 0.0, "start"), Point(2030, 40.0, "least")]
    found = paths.gap(38.0, 2030, floor)
    assert found is not None
    assert found.kind == "guide"
    wanted = paths.pace(2022, 8.0, floor)
    assert wanted is not None
    assert wanted.yearly == 4.0


def test_the_yearly_change_leads_from_the_last_figure_to_the_next_target() -> None:
    found = paths.pace(2021, 896.0, NAM_GU)
    assert found is not None
    assert (found.year, found.years) == (2030, 9)
    assert found.yearly == pytest.approx((548.0 - 896.0) / 9)
    assert found.rate is not None
    assert 896.0 * (1 + found.rate) ** 9 == pytest.approx(548.0)


def test_no_rate_leads_to_zero() -> None:
    found = paths.pace(2030, 55.0, CITY)
    assert found is not None
    assert (found.yearly, found.rate) == (pytest.approx(-55.0 / 15), None)
    assert paths.gap(3.0, 2045, CITY) == paths.Gap("target", 0.0, 3.0, None)


@given(
    st.lists(
        st.tuples(st.integers(1990, 2100), st.floats(-1e9, 1e9)),
        min_size=1,
        max_size=6,
        unique_by=lambda pair: pair[0],
    )
)
def test_the_path_goes_through_every_point_and_never_leaves_its_two(
    pairs: list[tuple[int, float]],
) -> None:
    points = [Point(year, value) for year, value in pairs]
    known = paths.ordered(points)
    path = {one.year: one for one in paths.path(points)}
    assert min(path) == known[0].year
    assert max(path) == known[-1].year
    for point in points:
        assert path[point.year].value == pytest.approx(point.value, rel=1e-9, abs=1e-6)
        assert path[point.year].kind == "target"
    for before, after in itertools.pairwise(known):
        low, high = sorted((before.value, after.value))
        room = 1e-6 + 1e-9 * max(abs(low), abs(high))
        for year in range(before.year, after.year):
            assert low - room <= path[year].value <= high + room
