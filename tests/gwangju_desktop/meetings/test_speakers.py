"""Speakers as the body publishes them."""

from __future__ import annotations

import pytest

from gwangju_desktop.meetings.speakers import letter, spoken
from gwangju_desktop.text import words

NAMES = ("홍가상", "김가상", "가상")
TEXT = "홍가상 위원: 물음. 김가상 위원장이 답하고 홍가상은 받아들임. 가상위원회는 그대로 둠."


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("name", TEXT),
        (
            "letter",
            "위원 A: 물음. 위원장이 답하고 위원 A는 받아들임. 가상위원회는 그대로 둠.",
        ),
        ("none", "위원: 물음. 위원장이 답하고 위원은 받아들임. 가상위원회는 그대로 둠."),
    ],
)
def test_names_are_replaced_as_the_rule_says(how: str, said: str) -> None:
    assert spoken(TEXT, NAMES[:2], how, words("ko")) == said


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
