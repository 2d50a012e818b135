"""Figures add up exactly, once, and only when all parts are there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.energy import rules, sums
from gwangju_desktop.energy.rules import CITY, Held, Place, Places
from gwangju_desktop.errors import UserError

DISTRICTS = ("29110", "29140", "29155", "29170", "29200")
PLACES = Places(tuple(Place(code, CITY, dt.date(1988, 1, 1), None) for code in DISTRICTS))


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
    options["places"] = PLACES
    return sums.series(readings, area=area, by=by, **(options | more))


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


@pytest.mark.parametrize(
    ("text", "number", "size", "last"),
    [
        ("2024", 202400, "year", "2024-12-31"),
        ("2024-Q1", 202441, "quarter", "2024-03-31"),
        ("2024-02", 202402, "month", "2024-02-29"),
        ("2024-02-29", 20240229, "day", "2024-02-29"),
        ("2024-02-29T24", 2024022924, "hour", "2024-02-29"),
        ("2014-11-02T02*", 2014110252, "hour", "2014-11-02"),
    ],
)
def test_periods_are_written_one_way(text: str, number: int, size: str, last: str) -> None:
    assert rules.period_text(number) == text
    assert rules.period_number(text) == number
    assert rules.grain(number) == size
    assert rules.year_of(number) == int(text[:4])
    assert rules.last_day(number).isoformat() == last


@pytest.mark.parametrize(
    "wrong",
    ["2024-13", "2024-00", "2023-02-29", "2024-Q5", "2024-01-01T25", "2024-1", "0000", "24", ""],
)
def test_what_is_no_period_has_no_number(wrong: str) -> None:
    assert rules.period_number(wrong) is None


def test_the_longer_period_of_a_day_or_month() -> None:
    assert [rules.coarse(one) for one in (2021030113, 20210301, 202103)] == [202103] * 3
    assert [rules.quarter_of(one) for one in (202101, 202103, 202104, 202112)] == [
        202141,
        202141,
        202142,
        202144,
    ]
    assert rules.span_of("2020-03", None) == (2020, 9999)
    with pytest.raises(UserError):
        rules.span_of("March", None)


def test_parts_of_an_area_follow_the_days_their_codes_hold() -> None:
    ended, born = dt.date(2026, 6, 30), dt.date(1995, 3, 1)
    places = Places(
        (
            Place("29110", CITY, dt.date(1973, 7, 1), ended),
            Place("29155", CITY, born, ended),
            Place("12110", "12000", dt.date(2026, 7, 1), None),
        )
    )
    assert places.parts(CITY, 199502) == ("29110",)
    assert places.parts(CITY, 199503) == ("29110", "29155")
    # Publishers go on under old codes until the new ones are loaded.
    assert places.parts(CITY, 202701) == ("29110", "29155")
    assert places.parts("12000", 202606) == ()
    assert places.ever("12000") == ("12110",)


def test_one_city_says_nothing_of_the_nation() -> None:
    nation = Places(
        tuple(Place(code, "00000", dt.date(1949, 1, 1), None) for code in ("11000", CITY))
    )
    city = held(CITY, 202400, 5.0)
    assert answer([city], "00000", places=nation) == {}
    both = answer([city, held("11000", 202400, 7.0)], "00000", places=nation)
    assert both[202400].value == Decimal(12)


def test_days_and_hours_make_months_only_when_none_is_missing() -> None:
    days = [held("29110", 20240200 + day, 1.5) for day in range(1, 30)]
    whole = sums.rolled(days, "flow")
    assert [(one.period, one.value, one.status) for one in whole] == [
        (202402, Decimal("43.5"), "final")
    ]
    assert sums.rolled(days[1:], "flow")[0].status == "partial"
    assert sums.rolled(days, "rate") == []
    hours = [held("29110", 2024020100 + hour, 2.0) for hour in range(1, 25)]
    assert [(one.period, one.value) for one in sums.days(hours, "flow")] == [
        (20240201, Decimal(48))
    ]
    published = held("29110", 202402, 50.0)
    assert sums.rolled([*days, published], "flow") == [published]
    found = answer(sums.rolled(days, "flow"), "29110", by="month")
    assert (found[202402].origin, found[202402].status) == ("sum", "final")


def test_quarters_make_years_and_months_make_quarters() -> None:
    quarters = [held("29110", 202440 + n, 2.0) for n in range(1, 5)]
    assert answer(quarters, "29110")[202400].value == Decimal(8)
    part = answer(quarters[:3], "29110")[202400]
    assert (part.status, part.months) == ("partial", 9)
    assert answer(quarters, "29110", kind="stock")[202400].value == Decimal(2)
    found = answer(months("29110", 1.0), "29110", by="quarter")
    assert [one.value for one in found.values()] == [Decimal(3)] * 4


def test_two_ways_to_split_a_whole_are_never_added() -> None:
    readings = [
        held("29110", 202400, 4.0, dims="use=home"),
        held("29110", 202400, 6.0, dims="use=shop"),
        held("29110", 202400, 9.0, dims="building=flat"),
    ]
    assert answer(readings, "29110")[202400].value in (Decimal(10), Decimal(9))


def test_a_breakdown_is_of_one_source_and_has_a_rest() -> None:
    def split(readings: list[Held]) -> dict[str, Any]:
        found = sums.breakdown(
            readings,
            area=CITY,
            by="year",
            kind="flow",
            order={1: 1, 2: 2},
            dimension="use",
            places=PLACES,
        )
        return {item: figures[202400].value for item, figures in found.items()}

    readings = [
        held(CITY, 202400, 100.0, summed=True),
        held(CITY, 202400, 30.0, dims="use=home"),
        held(CITY, 202400, 45.0, dims="use=public"),
        held(CITY, 202400, 75.0, dims="use=all-of-it", summed=True),
        *(held(code, 202400, 7.0, dims="use=farm", source=2, dataset=2) for code in DISTRICTS),
    ]
    assert split(readings) == {"home": Decimal(30), "public": Decimal(45), "rest": Decimal(25)}
    assert split(readings[4:]) == {"farm": Decimal(35)}


def test_dimensions_are_written_one_way() -> None:
    assert rules.dims_text({"use": "night", "fuel": "x"}) == "fuel=x;use=night"
    assert rules.dims_of("fuel=x;use=night") == {"use": "night", "fuel": "x"}
    assert rules.asked_dims("use=night") == {"use": "night"}
    assert rules.asked_dims("use=의복,모피,fuel=x") == {"use": "의복,모피", "fuel": "x"}
    for wrong in ("night", "use=", "=night", "use=night,use=general"):
        with pytest.raises(UserError):
            rules.asked_dims(wrong)
