"""Figures add up exactly, once, and only when all parts are there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.energy import rules
from gwangju_desktop.energy.rules import CITY, DISTRICTS, Held
from gwangju_desktop.errors import UserError


def held(
    area: str,
    period: int,
    value: float,
    *,
    dims: str = "",
    source: int = 1,
    summed: bool = False,
    status: str = "final",
    dataset: int = 1,
) -> Held:
    return Held(source, area, dims, period, Decimal(repr(value)), summed, status, dataset)


def answer(readings: list[Held], area: str = CITY, by: Any = "year", **more: Any) -> dict[int, Any]:
    options: dict[str, Any] = {"kind": "flow", "order": {1: 1, 2: 2}, "where": {}}
    return rules.series(readings, area=area, by=by, **(options | more))


def months(area: str, value: float, count: int = 12, **more: Any) -> list[Held]:
    return [held(area, 202400 + month, value, **more) for month in range(1, count + 1)]


def test_kilowatt_hours_become_megawatt_hours_exactly() -> None:
    assert float(rules.converted(817_030_854.0, Fraction(1, 1000))) == 817030.854
    assert rules.converted(0.1, Fraction(3)) == Decimal("0.3")


def test_a_year_of_months_needs_all_twelve() -> None:
    whole = answer(months("29110", 1.5), "29110")[202400]
    assert (whole.value, whole.status, whole.origin) == (Decimal(18), "final", "sum")
    part = answer(months("29110", 1.5, 11), "29110")[202400]
    assert (part.value, part.status, part.months) == (Decimal("16.5"), "partial", 11)


def test_a_published_year_is_never_added_to_its_months() -> None:
    readings = [*months("29110", 1.0), held("29110", 202400, 13.0)]
    figure = answer(readings, "29110")[202400]
    assert (figure.value, figure.origin) == (Decimal(13), "published")


def test_two_sources_are_never_added() -> None:
    readings = [*months("29110", 1.0), *months("29110", 5.0, source=2, dataset=2)]
    figure = answer(readings, "29110")[202400]
    assert (figure.value, figure.datasets) == (Decimal(12), {1})
    assert answer(readings, "29110", order={2: 1, 1: 2})[202400].value == Decimal(60)


def test_the_first_source_with_a_whole_answer_wins() -> None:
    readings = [*months("29110", 1.0, 3), *months("29110", 5.0, source=2)]
    assert answer(readings, "29110")[202400].value == Decimal(60)
    assert answer(readings, "29110", by="month")[202401].value == Decimal(1)


def test_a_source_that_no_order_names_comes_last() -> None:
    readings = [held(CITY, 202400, 1.0, source=9), held(CITY, 202400, 2.0, source=2)]
    assert answer(readings)[202400].value == Decimal(2)


def test_the_city_is_the_published_figure_else_the_sum_of_all_five() -> None:
    parts = [held(code, 202400, 1.0) for code in DISTRICTS]
    assert answer(parts)[202400].value == Decimal(5)
    assert answer(parts)[202400].origin == "sum"
    assert answer(parts[:4])[202400].status == "partial"
    both = answer([*parts, held(CITY, 202400, 7.0)])[202400]
    assert (both.value, both.origin) == (Decimal(7), "published")


def test_the_whole_is_published_or_the_sum_of_the_leaves_never_both() -> None:
    readings = [
        held(CITY, 202100, 2.0, dims="use=residential"),
        held(CITY, 202100, 3.0, dims="use=service"),
        held(CITY, 202100, 4.0, dims="use=public"),
        held(CITY, 202100, 7.0, dims="use=business", summed=True),
    ]
    assert answer(readings)[202100].value == Decimal(9)
    assert answer([*readings, held(CITY, 202100, 9.5, summed=True)])[202100].value == Decimal("9.5")
    assert answer(readings, where={"use": "business"})[202100].value == Decimal(7)
    assert answer(readings, where={"use": "none"}) == {}


def test_a_month_without_one_of_the_year_s_parts_is_partial() -> None:
    readings = [
        *months("29110", 1.0, dims="use=residential"),
        *months("29110", 1.0, 11, dims="use=night"),
    ]
    found = answer(readings, "29110", by="month")
    assert found[202411].status == "final"
    assert found[202412].status == "partial"
    assert answer(readings, "29110")[202400].status == "partial"


def test_stocks_take_december_and_rates_add_nothing() -> None:
    readings = [held("29110", 202400 + month, float(month)) for month in range(1, 13)]
    assert answer(readings, "29110", kind="stock")[202400].value == Decimal(12)
    assert answer(readings[:5], "29110", kind="stock")[202400].status == "partial"
    assert answer(readings, "29110", kind="rate") == {}
    rates = [held(code, 202400, 50.0) for code in DISTRICTS]
    assert answer(rates, kind="rate") == {}


def test_the_least_certain_part_decides() -> None:
    readings = [*months("29110", 1.0, 11), held("29110", 202412, 1.0, status="provisional")]
    assert answer(readings, "29110")[202400].status == "provisional"
    assert rules.least_certain(["final", "unheard of"]) == "provisional"


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from((CITY, *DISTRICTS)),
            st.integers(0, 12),
            st.sampled_from(("", "use=a", "use=b")),
            st.integers(1, 2),
        ),
        st.integers(0, 1000),
        max_size=60,
    )
)
def test_no_answer_is_larger_than_one_source_s_own_figures(
    found: dict[tuple[str, int, str, int], int],
) -> None:
    readings = [
        held(area, 202400 + month, float(value), dims=dims, source=source, dataset=source)
        for (area, month, dims, source), value in found.items()
    ]
    for by in ("month", "year"):
        for figure in answer(readings, by=by).values():
            assert len(figure.datasets) == 1
            (source,) = figure.datasets
            own = [one.value for one in readings if one.source == source]
            assert figure.value <= sum(own)


def test_periods_and_dimensions_are_written_one_way() -> None:
    assert rules.period_text(202400) == "2024"
    assert rules.period_text(202401) == "2024-01"
    assert rules.period_number("2024-01") == 202401
    assert rules.period_number("2024") == 202400
    for wrong in ("2024-13", "2024-00", "2024-01-01", "2024-Q1", ""):
        assert rules.period_number(wrong) is None
    assert rules.dims_text({"use": "night", "fuel": "x"}) == "fuel=x;use=night"
    assert rules.dims_of("fuel=x;use=night") == {"use": "night", "fuel": "x"}
    assert rules.asked_dims("use=night") == {"use": "night"}
    assert rules.asked_dims("use=의복,모피,fuel=x") == {"use": "의복,모피", "fuel": "x"}
    for wrong in ("night", "use=", "=night", "use=night,use=general"):
        with pytest.raises(UserError):
            rules.asked_dims(wrong)
