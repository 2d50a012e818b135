"""Cells, periods, units and names of areas."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.sheets import areas, units
from gwangju_desktop.sheets.cells import Number, is_total, key, number, tidy
from gwangju_desktop.sheets.periods import NOTHING, Period, period, proposals, titled


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("24,457,510", 24457510.0),
        (" - ", None),
        ("△3.5", -3.5),
        ("(1,200)", -1200.0),
        ("- 3", -3.0),
        ("12.5%", 12.5),
        (7, 7.0),
        ("１２３", 123.0),
    ],
)
def test_a_number_is_read_as_it_is_printed(cell: object, value: float | None) -> None:
    got = number(cell)
    assert got is not None
    assert got.value == value


def test_what_stands_for_nothing_is_told_apart() -> None:
    assert number(None) == Number(None, "blank")
    assert number("–") == Number(None, "dash")
    assert number("미공표") == Number(None, "withheld")
    assert number("1,23") is None
    assert number("12(p)") == Number(12.0, None, "provisional")
    assert number("1e999") is None


@settings(max_examples=50, deadline=None)
@given(st.integers(-(10**15), 10**15))
def test_thousands_commas_change_nothing(value: int) -> None:
    assert number(f"{value:,}") == Number(float(value))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for understand in (tidy, key, number, is_total, period, units.stated, units.named):
        understand(text)
    titled([text])
    proposals(text, "month")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2024-01", "2024-01"),
        ("2002.1.1 1:00", "2002-01-01T01"),
        ("2021년 3월", "2021-03"),
        ("202103", "2021-03"),
        ("'24", "2024"),
        ("2021년 2분기", "2021-Q2"),
        (2021.0, "2021"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        ("Jan-21", "2021-01"),
    ],
)
def test_a_period_is_read_in_every_way_it_is_written(cell: object, code: str) -> None:
    found = period(cell)
    assert found is not None
    assert found.code == code


def test_a_number_that_may_be_january_or_october_is_no_period() -> None:
    assert period(2021.1) is None
    assert period("2021-13") is None
    assert period("202103", False) is None


def test_hour_24_stays_in_its_day() -> None:
    assert Period(2022, 1, 1).merge(Period(hour=24)) == Period(2022, 1, 1, 24)
    assert Period(2022, 1).merge(Period(month=2)) is None


def test_titles_give_one_period_or_none() -> None:
    assert titled(["2021년 신규 발전량 현황"]) == Period(2021)
    assert titled(["가정용 보급률(1992~2005)", "2021년 자료", "2022년 자료"]) == NOTHING
    assert titled(["조회일 2024년 3월"]) == NOTHING


def test_a_file_name_is_only_proposed() -> None:
    assert proposals("2002", "month") == ["2020-02"]
    assert proposals("2002", "year") == ["2002"]
    assert proposals("판매전력량_시도별용도별21", "year") == ["2021"]


def test_units_are_compared_after_folding() -> None:
    assert units.stated("보급률 (%)") == "%"
    assert units.stated("단위 : 천㎥") == "천㎥"
    assert units.stated("수요가수 (개)") == "개"
    assert units.named("천m3") == "천㎥"
    assert units.ratio("kWh", "MWh") == Fraction(1, 1000)
    assert units.ratio("천㎥", "천Nm3") == 1
    assert units.ratio("MWh", "천㎥") is None


def test_gwangju_of_gyeonggi_is_another_city() -> None:
    assert not areas.are_provinces(["성남", "용인", "광주", "하남"])
    assert areas.are_provinces(["서울", "부산", "광주"])
    assert areas.district("41000", "광주시") == "41000/광주시"
    assert areas.district(areas.CITY, "동구") == "29110"
    assert not areas.are_the_five(["동구", "서구", "남구", "북구"])
    assert areas.are_the_five(["동구", "서구", "남구", "북구", "광산구"])
    assert areas.by_code("2917000000") == areas.by_code("24040") == "29170"


def test_words_that_only_look_like_totals() -> None:
    assert is_total("합 계")
    assert is_total("제조업 계")
    assert is_total("해양 (계)")
    assert not is_total("기계")
    assert not is_total("산업기계")
