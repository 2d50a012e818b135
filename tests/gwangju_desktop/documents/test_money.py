"""Sums in words, read back by a reader of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.documents.money import MOST, hangul, in_words

DIGITS = {digit: n for n, digit in enumerate("영일이삼사오육칠팔구")}
PLACES = {"십": 10, "백": 100, "천": 1000}
MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}


def number(said: str) -> int:
    """Read a number in Hangul, every digit of which is spoken."""
    total = group = digit = 0
    for character in said:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            group, digit = group + digit * PLACES[character], 0
        else:
            total, group, digit = total + (group + digit) * MYRIADS[character], 0, 0
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (113_560, "금113,560원(금일십일만삼천오백육십원)"),
        (100_000, "금100,000원(금일십만원)"),
        (1_001, "금1,001원(금일천일원)"),
        (0, "금0원(금영원)"),
        (120_000_000, "금120,000,000원(금일억이천만원)"),
        (1_000_010_000, "금1,000,010,000원(금일십억일만원)"),
        (10**16, "금10,000,000,000,000,000원(금일경원)"),
    ],
)
def test_amounts_are_written_as_in_official_documents(amount, said) -> None:
    assert in_words(amount) == said


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**16) | st.integers(0, MOST))
def test_every_amount_is_read_back(amount) -> None:
    assert number(hangul(amount)) == amount
    figures, _, words = in_words(amount).removesuffix("원)").partition("원(금")
    assert int(figures.removeprefix("금").replace(",", "")) == number(words) == amount


@pytest.mark.parametrize("amount", [-1, MOST + 1])
def test_what_has_no_word_is_refused(amount) -> None:
    with pytest.raises(ValueError, match=str(amount)):
        in_words(amount)
