"""Cells as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing import values
from gwangju_desktop.sheets.guards import guarded, letters, unguarded

D = dt.date


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2021-02-25", D(2021, 2, 25), D(2021, 2, 25)),
        ("2021. 2. 25.", D(2021, 2, 25), D(2021, 2, 25)),
        ("2021.2.25", D(2021, 2, 25), D(2021, 2, 25)),
        ("2021. 2. 25.(목)", D(2021, 2, 25), D(2021, 2, 25)),
        ("2021년 2월 25일", D(2021, 2, 25), D(2021, 2, 25)),
        ("20210225", D(2021, 2, 25), D(2021, 2, 25)),
        ("2021-02-25T11:11:00+01:00", D(2021, 2, 25), D(2021, 2, 25)),
        ("44252", D(2021, 2, 25), D(2021, 2, 25)),
        ("2012-02", D(2012, 2, 1), D(2012, 2, 29)),
        ("2012. 2.", D(2012, 2, 1), D(2012, 2, 29)),
        ("201202", D(2012, 2, 1), D(2012, 2, 29)),
        ("1950", D(1950, 1, 1), D(1950, 12, 31)),
        ("２０２１－０２－２５", D(2021, 2, 25), D(2021, 2, 25)),
        ("현재", None, None),
        ("~", None, None),
    ],
)
def test_days(written: str, first: dt.date | None, last: dt.date | None) -> None:
    assert values.first_day(written) == first
    assert values.last_day(written) == last


@pytest.mark.parametrize("written", ["2021-13-01", "2021-02-30", "21.2.25", "어제", "2021-2-", "0"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(UserError, match="날짜"):
        values.first_day(written)


@given(st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_day_nothing_or_refused(written: str) -> None:
    for read in (values.first_day, values.last_day, values.decade, values.count, values.gender):
        try:
            read(written)
        except UserError:
            continue


@given(st.text(max_size=12) | st.from_regex(r"\A'{0,3}[=+\-@|%\t＝－].{0,4}\Z"))
@settings(max_examples=200, deadline=None)
def test_the_guard_of_formulas_is_taken_off_again(written: str) -> None:
    assert unguarded(guarded(written)) == written
    assert guarded(written)[:1] not in tuple("=+-@|%\t\r\n＝＋－＠")


def test_the_decade_is_kept_and_not_the_day() -> None:
    for written in ("1964-12-03", "1964", "1964. 12. 3.", "19641203", "1960년대", "1960s"):
        assert values.decade(written) == 1960


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_a_list_says_is_read_back(language: str) -> None:
    readers = {
        "gender": values.gender,
        "role": values.role,
        "capacity": values.capacity,
        "channel": values.channel,
        "end_reason": values.end_reason,
    }
    for kind, (codes, _shown) in values._KINDS.items():
        for code in codes:
            assert readers[kind](values.spoken(kind, code, language)) == code
    assert values.role("Vorsitzende") == "chair" and values.yes("○") and not values.yes("아니오")


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
