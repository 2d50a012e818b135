"""Every grain of a period has a name, in both languages."""

from __future__ import annotations

import pytest

from gwangju_desktop import text
from ui.energy.period_words import period_text, span_text

NAMES = [
    ("2021", "2021년", "2021"),
    ("2021-Q1", "2021년 1분기", "quarter 1 of 2021"),
    ("2021-03", "2021. 3.", "2021-03"),
    ("2021-03-01", "2021. 3. 1.", "2021-03-01"),
    ("2021-03-01T24", "2021. 3. 1. 24시", "2021-03-01 hour 24"),
    ("2021-03-01T02*", "2021. 3. 1. 2시(두 번째)", "2021-03-01 hour 2 (second time)"),
]


@pytest.mark.parametrize(("period", "korean", "english"), NAMES)
def test_a_period_is_named(period: str, korean: str, english: str) -> None:
    assert str(period_text(period)) == korean
    with text.speaking("en"):
        assert str(period_text(period)) == english


def test_a_span_of_one_period_is_that_period() -> None:
    assert span_text("2021", "2021") == "2021년"
    assert span_text("2021-01", "2021-03") == "2021. 1.~2021. 3."
