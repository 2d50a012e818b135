"""Classes, months under months, parts of a whole and rings in a rectangle, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.energy.views.classes import EQUAL, QUANTILES, classes, roundest
from ui.energy.views.geometry import Projection, box, hatching, inside, middle, spans
from ui.energy.views.months import MISSING, OUTSIDE, Month, change, matrix, running
from ui.energy.views.stacking import REST, grouped, largest, stack

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: float(f"{v:.6g}"))


@dataclass(frozen=True)
class P:
    period: str
    value: float
    status: str = "final"


# --- classes


def test_limits_of_quantiles_are_round_and_lie_between_the_values() -> None:
    cut = classes([668.2, 1447.1, 742.4, 2268.9, 3412.7])
    assert cut.limits == (700.0, 1000.0, 3000.0)
    assert cut.counts == (1, 1, 2, 1)
    assert [cut.of(v) for v in (668.2, 742.4, 1447.1, 3412.7)] == [0, 1, 2, 3]
    assert cut.digits() == 0


def test_equal_steps_are_round_and_equal() -> None:
    cut = classes([668.2, 1447.1, 742.4, 2268.9, 3412.7], EQUAL)
    assert cut.limits == (1000.0, 2000.0, 3000.0)
    assert cut.counts == (2, 1, 1, 1)


def test_equal_values_are_never_torn_apart() -> None:
    assert classes([1, 1, 1, 1, 2]).counts == (4, 1)
    assert classes([3, 3, 3]).limits == ()
    assert classes([]).counts == ()
    assert classes([math.nan, 5.0]).counts == (1,)


@pytest.mark.parametrize("how", [QUANTILES, EQUAL])
@settings(max_examples=60, deadline=None)
@given(values=st.lists(NUMBERS, min_size=1, max_size=40))
def test_every_value_lies_within_the_limits_written_of_its_class(how: str, values: list) -> None:
    cut = classes(values, how)
    written = [round(limit, cut.digits()) for limit in cut.limits]
    assert sum(cut.counts) == len(values)
    assert len(cut) <= 5
    assert list(cut.limits) == sorted(set(cut.limits))
    if max(map(abs, values)) > 1e-3:
        for value in values:
            n = cut.of(value)
            assert n == 0 or cut.limits[n - 1] <= value
            assert n == len(cut.limits) or value < cut.limits[n]
    assert all(
        abs(a - b) <= max(1e-6, 1e-6 * abs(b)) for a, b in zip(written, cut.limits, strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(a=NUMBERS, b=NUMBERS)
def test_the_roundest_number_separates(a: float, b: float) -> None:
    low, high = sorted((a, b))
    found = roundest(low, high)
    assert found == high if low == high else low < found <= high


# --- months


def months(*given: tuple[int, int, float]) -> list[Month]:
    return [Month(year, month, value) for year, month, value in given]


def test_a_month_between_figures_is_missing_one_after_them_is_outside() -> None:
    held = matrix(months((2020, 11, 5.0), (2021, 1, 7.0)))
    assert held.years == (2020, 2021)
    assert held.state(2020, 12) == MISSING
    assert held.state(2020, 10) == OUTSIDE
    assert held.state(2021, 2) == OUTSIDE
    assert held.at(2020, 12) is None
    assert matrix(()).years == ()


def test_only_a_whole_year_of_a_flow_has_a_sum() -> None:
    whole = matrix(months(*[(2020, month, 1.5) for month in range(1, 13)], (2021, 1, 2.0)))
    assert whole.total(2020, "flow") == 18.0
    assert whole.total(2021, "flow") is None
    assert whole.total(2020, "stock") is None
    assert whole.total(2020, "rate") is None


def test_sums_from_january_stop_at_the_first_missing_month() -> None:
    held = matrix(months((2021, 1, 2.0), (2021, 2, 3.0), (2021, 4, 4.0)))
    sums = running(held.row(2021))
    assert [month.value if month else None for month in sums[:4]] == [2.0, 5.0, None, None]


def test_a_sum_of_provisional_months_is_provisional() -> None:
    row = matrix([Month(2021, 1, 2.0, "provisional"), Month(2021, 2, 3.0)]).row(2021)
    assert running(row)[1].status == "provisional"


def test_the_change_is_on_the_same_month_a_year_before() -> None:
    held = matrix(months((2020, 3, 100.0), (2021, 3, 97.0), (2021, 4, 5.0)))
    assert change(held, 2021, 3) == pytest.approx(-0.03)
    assert change(held, 2021, 4) is None


# --- parts of a whole


def test_sums_of_other_energies_are_not_compared_nor_added() -> None:
    held = matrix(
        Month(
            year,
            month,
            10.0,
            "partial",
            ("EL01",) if (year, month) < (2021, 7) else ("EL01", "GS01"),
        )
        for year in (2020, 2021)
        for month in range(1, 13)
    )
    assert change(held, 2021, 6) == 0.0
    assert change(held, 2021, 7) is None
    assert held.total(2020, "flow") == 120.0
    assert held.total(2021, "flow") is None
    assert [month is not None for month in running(held.row(2021))] == [True] * 6 + [False] * 6


def series(values: dict[str, dict[str, float]]) -> dict[str, list[P]]:
    return {item: [P(p, v) for p, v in held.items()] for item, held in values.items()}


def test_parts_stand_on_one_another_largest_at_the_floor() -> None:
    found = stack(series({"a": {"2020": 1.0}, "b": {"2020": 3.0}, REST: {"2020": 0.5}}))
    assert found.items == ("b", "a", REST)
    column = found.columns[0]
    assert [(p.item, p.low, p.high) for p in column.parts] == [
        ("b", 0.0, 3.0),
        ("a", 3.0, 4.0),
        (REST, 4.0, 4.5),
    ]
    assert column.share("b") == pytest.approx(3 / 4.5)


def test_what_is_small_goes_into_the_rest_and_nothing_is_lost() -> None:
    values = {name: {"2020": float(n)} for n, name in enumerate("abcdefgh", start=1)}
    found = stack(series(values), most=5)
    assert found.items == ("h", "g", "f", "e", "d", REST)
    assert set(found.folded) == {"a", "b", "c"}
    assert found.columns[0].total == 36.0


def test_a_rest_of_one_keeps_its_name() -> None:
    values = {name: {"2020": float(n)} for n, name in enumerate("abcdef", start=1)}
    assert stack(series(values), most=5).folded == ()


def test_what_absorbs_goes_down_from_zero_and_has_no_share() -> None:
    column = stack(series({"use": {"2018": 727.0}, "land": {"2018": -42.0}})).columns[0]
    assert (column.part("land").low, column.part("land").high) == (-42.0, 0.0)
    assert column.total == 685.0
    assert column.share("use") is None


def test_a_part_that_is_missing_is_named_and_the_whole_is_not_known() -> None:
    found = stack(
        series({"a": {"2019": 1.0, "2020": 1.0, "2021": 1.0}, "b": {"2019": 2.0, "2021": 2.0}})
    )
    assert [column.lacking for column in found.columns] == [(), ("b",), ()]
    assert found.columns[1].share("a") is None


def test_a_part_that_begins_later_is_not_missing_before() -> None:
    found = stack(series({"a": {"2019": 1.0, "2020": 1.0}, "b": {"2020": 2.0}}))
    assert [column.lacking for column in found.columns] == [(), ()]


def test_a_period_cut_differently_lacks_nothing_when_its_parts_make_its_whole() -> None:
    values = series(
        {
            "general": {"2019": 3.0, "2021": 3.2},
            "service": {"2020": 3.1},
            "homes": {"2019": 2.0, "2020": 2.1, "2021": 2.2},
        }
    )
    assert stack(values).columns[1].lacking == ("general",)
    known = stack(values, {"2020": 5.2}).columns[1]
    assert known.lacking == ()
    assert known.share("homes") == pytest.approx(2.1 / 5.2)


def test_a_sum_of_energies_is_not_known_without_one_of_them() -> None:
    values = series({"electricity": {"2021": 4.0, "2024": 4.2}, "gas": {"2021": 1.4}})
    assert stack(values).columns[1].lacking == ()
    found = stack(values, {"2024": 4.2}, whole=True)
    assert found.columns[1].lacking == ("gas",)
    assert found.columns[1].share("electricity") is None
    assert found.columns[0].share("gas") == pytest.approx(1.4 / 5.4)


def test_what_a_published_whole_has_beyond_its_parts_is_the_rest() -> None:
    values = series({"electricity": {"2021": 4.0}, "gas": {"2021": 1.4}})
    found = stack(values, {"2021": 9.2}, whole=True)
    assert found.items == ("electricity", "gas", REST)
    column = found.columns[0]
    assert column.total == pytest.approx(9.2)
    assert column.part(REST).value == pytest.approx(3.8)
    assert column.share("electricity") == pytest.approx(4.0 / 9.2)
    assert not column.over
    assert stack(values, {"2021": 5.0}).columns[0].over


def test_the_largest_rates_are_kept_apart_and_the_others_named() -> None:
    values = series({n: {"2020": float(i), "2021": float(i)} for i, n in enumerate("abcdefgh", 1)})
    values["once"] = [P("2021", 99.0)]
    kept, left = largest(values)
    assert list(kept) == list("hgfedc")
    assert left == ("b", "a", "once")


def test_a_rest_that_is_rounding_is_not_drawn() -> None:
    found = stack(series({"co2": {"2018": 643.767}, REST: {"2018": -0.001}}))
    assert found.items == ("co2",)
    assert found.columns[0].share("co2") == 1.0


def test_industries_are_added_up_under_their_heading() -> None:
    found = grouped(
        {
            "industrial": [P("2020", 5.0)],
            "산업용/제조업/섬유": [P("2021", 2.0)],
            "산업용/광업": [P("2021", 1.0, "provisional")],
        },
        {"산업용": "industrial"},
    )
    assert [(p.period, p.value, p.status) for p in found["industrial"]] == [
        ("2020", 5.0, "final"),
        ("2021", 3.0, "provisional"),
    ]
    assert list(found) == ["industrial"]


def test_a_column_is_as_unsure_as_its_least_sure_part() -> None:
    found = stack({"a": [P("2021", 1.0)], "b": [P("2021", 1.0, "provisional")]})
    assert found.columns[0].status == "provisional"


# --- rings


def test_places_keep_their_shape_north_up() -> None:
    ring = [(126.8, 35.1), (126.9, 35.1), (126.9, 35.2), (126.8, 35.2)]
    laid = Projection.of([ring], 0, 0, 400, 200)
    (x1, y1), (x2, _y), (_x, y3), _last = laid.rings([ring])[0]
    assert (x2 - x1) / (y1 - y3) == pytest.approx(math.cos(math.radians(35.15)), rel=1e-6)
    assert y1 == pytest.approx(200)
    assert y3 == pytest.approx(0)
    assert x1 + x2 == pytest.approx(400)


def test_metres_of_a_plane_are_not_narrowed() -> None:
    ring = [(0, 0), (2000, 0), (2000, 1000), (0, 1000)]
    laid = Projection.of([ring], 0, 0, 200, 200).rings([ring])[0]
    assert laid[1][0] - laid[0][0] == pytest.approx(2 * (laid[0][1] - laid[2][1]))


def test_a_hole_is_outside() -> None:
    rings = box(0, 0, 10, 10) + box(4, 4, 2, 2)
    assert inside(rings, (1, 1))
    assert not inside(rings, (5, 5))
    assert not inside(rings, (11, 5))
    assert spans(rings, 5) == [(0, 4), (6, 10)]


def test_a_label_stands_where_it_has_most_room() -> None:
    # A thin arm at the left, the room at the right.
    ring = [(0, 0), (60, 0), (60, -20), (100, -20), (100, 40), (60, 40), (60, 5), (0, 5)]
    (x, y), wide = middle([ring], 12)
    assert inside([ring], (x, y))
    assert (x, wide) == (80, 40)


def test_hatching_stays_inside_and_covers_evenly() -> None:
    rings = box(0, 0, 30, 20) + box(10, 5, 6, 6)
    lines = list(hatching(rings, 4))
    for (ax, ay), (bx, by) in lines:
        assert bx - ax == pytest.approx(ay - by)
        assert inside(rings, ((ax + bx) / 2, (ay + by) / 2)) or (ax, ay) == (bx, by)
    length = sum(math.dist(a, b) for a, b in lines)
    assert length * 4 == pytest.approx(30 * 20 - 36, rel=0.12)
