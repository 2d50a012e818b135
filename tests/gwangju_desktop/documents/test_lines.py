"""Lines break the Korean way and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.documents.blocks import Para, Word, clean, prose, words
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.lines import break_lines
from gwangju_desktop.documents.styles import STYLES

BODY = STYLES["body"]
SYLLABLES = st.text("가나다라마바사아자차카타파하힣·/,-().~ 0123ABcd漢😀", max_size=60)


def lines_of(text: str, width: float = 300):
    return break_lines(metrics(), words(text), BODY, width)


def said(lines) -> str:
    return "".join(word.text for line in lines for word in line.words)


def test_a_line_ends_between_words_not_inside():
    lines = lines_of("개인정보가 포함된 자료는 위원에게만 배부하고 회의가 끝난 뒤 회수합니다", 160)
    assert len(lines) > 1
    whole = [
        "개인정보가",
        "포함된",
        "자료는",
        "위원에게만",
        "배부하고",
        "회의가",
        "끝난",
        "뒤",
        "회수합니다",
    ]
    assert [word.text for line in lines for word in line.words] == whole


def test_a_word_wider_than_the_line_breaks_behind_its_dots_first():
    lines = lines_of("동구·서구·남구·북구·광산구·동구·서구·남구·북구", 100)
    assert all(line.words[-1].text.endswith("·") for line in lines[:-1])


def test_no_line_begins_with_a_closing_mark():
    lines = lines_of("가" * 30 + ")" * 3 + "나" * 40 + ".", 125)
    assert all(line.words[0].text[0] not in ").," for line in lines)


def test_a_number_with_its_commas_is_not_torn_when_it_fits():
    lines = lines_of("총액은 1,234,567,890원입니다", 140)
    assert any(word.text == "1,234,567,890원입니다" for line in lines for word in line.words)


def test_words_glued_by_a_change_of_weight_move_together():
    glued = (*words("앞의 글이 조금 길게"), Word("굵게", "B"), Word("은", "", False))
    lines = break_lines(metrics(), glued, BODY, 118)
    last = [word.text for word in lines[-1].words]
    assert last == ["굵게", "은"]


@settings(max_examples=60, deadline=None)
@given(SYLLABLES, st.floats(30, 500))
def test_every_character_stays_and_no_line_is_too_wide(text, width):
    lines = lines_of(text, width)
    assert said(lines) == "".join(text.split(" "))
    widest = max(metrics().width(c, "R") for c in "힣漢😀A0") * BODY.size / 1000
    assert all(line.width <= max(width, widest) + 0.01 for line in lines)


def test_endless_text_without_a_space_is_broken_in_time():
    lines = lines_of("가" * 50_000, 473)
    assert said(lines) == "가" * 50_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("한\u200b글\u202e", "한글"),
        ("\x00가\x1f\x7f", "가"),
        ("각", "각"),
        ("\ud800", "\ufffd"),
        ("가\tb\r\nc", "가 b\nc"),
    ],
)
def test_invisible_characters_go(typed, kept):
    assert clean(typed) == kept


def test_office_prose_hangs_by_its_marks_and_prints_every_character():
    blocks = prose("첫 문장입니다.\n- (공개 범위) 동구 <b>&amp;\n  1. 기한: 3월\n\n○ 끝")
    assert all(isinstance(block, Para) for block in blocks)
    marks = [(block.mark, block.depth) for block in blocks]
    assert marks == [("", 0), ("-", 1), ("1.", 2), ("○", 1)]
    bold = [[word.text for word in block.words if word.weight == "B"] for block in blocks]
    assert bold == [[], ["(공개", "범위)"], ["기한:"], []]
    assert "<b>&amp;" in [word.text for word in blocks[1].words]
