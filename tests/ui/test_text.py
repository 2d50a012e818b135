"""What a person means by what an input method shows."""

from __future__ import annotations

import pytest

from ui.text import initials, matches, tip, typed


@pytest.mark.parametrize(
    ("asked", "candidate", "fit"),
    [
        ("ㅇㄴㅈ", "에너지 지표", 2),
        ("ㅇㄵ", "에너지 지표", 2),
        ("에넞", "에너지 지표", 2),
        ("에너ㅈ", "에너지 지표", 2),
        ("지표", "에너지 지표", 2),
        ("ㅈㅍ", "에너지 지표", 2),
        ("너지", "에너지 지표", 1),
        ("기구", "위원·기구", 2),
        ("위원기구", "위원·기구", 2),
        ("회", "회의", 2),
        ("호", "회의", 0),
        ("", "회의", 2),
        ("ENER", "Energy", 2),
        ("en", "Citizen", 1),
        ("ㅂㅅ", "배심", 2),
        ("ㅄ", "배심", 2),
    ],
)
def test_matches(asked: str, candidate: str, fit: int) -> None:
    assert matches(asked, candidate) == fit


def test_initials_and_meanings() -> None:
    assert initials("에너지 A1") == "ㅇㄴㅈ A1"
    assert typed("에넞") == ["에넞", "에너ㅈ"]
    assert typed("앉") == ["앉", "아ㄴㅈ"]


def test_a_tool_tip_shows_a_name_in_angle_brackets_as_it_is() -> None:
    assert tip("가상 & 위원회") == "가상 & 위원회"
    assert tip("<b>가상</b> & 위원회\n둘") == (
        "<qt>&lt;b&gt;가상&lt;/b&gt; &amp; 위원회<br>둘</qt>"
    )
