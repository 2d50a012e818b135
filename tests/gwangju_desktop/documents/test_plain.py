"""Copied drafts: numbering, what is attached, the end; and the letters they come from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import Box, Column, Heading, para, prose, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.numbering import is_ordinal, level_of, ordinal, syllable
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.documents.press import press
from gwangju_desktop.text import words
from tests.gwangju_desktop.documents.some_documents import About, documents, letters


def of(*found, **more) -> Composed:
    return Composed("문서 제목", "문서", About(), more.pop("language", "ko"), (found,), **more)


def test_marks_follow_the_order_of_official_documents() -> None:
    assert [ordinal(level, 2) for level in range(8)] == [
        "2.",
        "나.",
        "2)",
        "나)",
        "(2)",
        "(나)",
        "②",
        "㉯",
    ]
    assert [syllable(n) for n in (1, 14, 15, 28, 29)] == ["가", "하", "거", "허", "고"]
    assert [ordinal(6, n) for n in (20, 21, 36, 50, 51)] == ["⑳", "㉑", "㊱", "㊿", "(51)"]
    assert all(is_ordinal(ordinal(level, n)) for level in range(8) for n in (1, 9, 14, 20))
    assert all(level_of(ordinal(level, n)) == level for level in range(8) for n in (1, 9, 14))
    assert not any(is_ordinal(mark) for mark in ("-", "○", "□", "※", "a", ""))


def test_headings_bullets_facts_and_tables_are_numbered() -> None:
    facts = table(
        [Column("", 0.2), Column("", 0.8)],
        [["일시", "2022. 3. 17.(목) 14:00"], ["장소", "시청 3층"]],
        head=False,
        row_head=True,
    )
    data = table([Column("이름", 0.5), Column("수", 0.5)], [["가\n나", "1"]])
    found = of(
        para("문서 제목", "h1"),
        Heading(2, "개요"),
        facts,
        Heading(2, "논의"),
        *prose("- 하나\n  - 둘\n- 셋"),
        Heading(3, "세부"),
        *prose("○ 넷"),
        data,
    )
    assert plain(found) == (
        "문서 제목\n\n1. 개요\n  가. 일시: 2022. 3. 17.(목) 14:00\n  나. 장소: 시청 3층\n\n"
        "2. 논의\n  가. 하나\n    1) 둘\n  나. 셋\n\n  다. 세부\n    1) 넷\n"
        "이름\t수\n가 / 나\t1  끝.\n"
    )


def test_typed_numbers_stay_and_facts_below_them_go_one_level_in() -> None:
    facts = table(
        [Column("", 0.2), Column("", 0.8)], [["기한", "4. 1."]], head=False, row_head=True
    )
    found = of(*prose("1. 하나\n2. 다음과 같이"), facts, *prose("3. 셋"))
    lines = plain(found).splitlines()[2:]
    assert lines == ["1. 하나", "2. 다음과 같이", "  가. 기한: 4. 1.", "3. 셋  끝."]


def test_marks_typed_under_a_heading_stand_where_they_belong() -> None:
    found = of(Heading(2, "4. 향후 계획"), *prose("  가. 하나\n    1) 둘"))
    assert plain(found).splitlines()[2:] == ["4. 향후 계획", "  가. 하나", "    1) 둘  끝."]


def test_a_second_part_counts_anew_and_the_end_of_the_first_is_enough() -> None:
    found = Composed(
        "제목",
        "이름",
        About(),
        "ko",
        ((Heading(2, "하나"), para("글  끝.")), (para("둘째", "lead"), Heading(2, "둘"))),
    )
    assert plain(found).splitlines()[2:] == ["1. 하나", "  글\u0020끝.", "", "둘째", "", "1. 둘"]


def test_what_is_attached_stands_below_and_the_end_comes_once() -> None:
    one = plain(of(para("글"), attachments=("회의자료 1부.",)))
    assert one.endswith("글\n\n붙임  회의자료 1부.  끝.\n")
    two = plain(of(para("글"), attachments=("회의자료 1부.", "회신서 1부.")))
    assert two.endswith("\n\n붙임  1. 회의자료 1부.\n      2. 회신서 1부.  끝.\n")
    assert plain(of(para("의결하였습니다.  끝."))).count("끝.") == 1
    assert plain(of(para("text"), language="en")).endswith("text  End.\n")


def test_a_letter_is_copied_without_the_furniture_of_its_sheet() -> None:
    say = words("ko")
    found = official.letter(
        About(),
        say,
        title="자료 제출 요청",
        name="요청",
        sender="가상시",
        recipient="가상과장",
        body=prose("1. 관련: 조례 제3조\n2. 자료를 요청합니다."),
        attachments=["서식 1부."],
    )
    assert plain(found) == (
        "자료 제출 요청\n\n1. 관련: 조례 제3조\n2. 자료를 요청합니다.\n\n붙임  서식 1부.  끝.\n"
    )
    assert press(found).pages == 1 and found.letterhead


@pytest.mark.parametrize("attachments", [(), ("하나 1부.",), ("하나 1부.", "둘 1부.")])
@pytest.mark.parametrize("last", [para("글"), Box((para("글"),))])
def test_a_letter_ends_once_whatever_stands_last(attachments, last) -> None:
    from gwangju_desktop.documents.plainer import simple, text_of

    say = words("ko")
    found = official.letter(
        About(),
        say,
        title="제목",
        name="이름",
        sender="가상시",
        recipient="",
        body=[last],
        attachments=attachments,
    )
    text = text_of(simple(found.parts[0]))
    assert text.count("끝.") == 1 and text.index("끝.") > text.index("글")


@settings(max_examples=60, deadline=None)
@given(documents())
def test_a_copied_draft_keeps_what_is_said(composed) -> None:
    from gwangju_desktop.documents.blocks import Para, Table
    from gwangju_desktop.documents.plainer import said, simple

    kept = letters(plain(composed))

    def check(blocks) -> None:
        for block in blocks:
            if isinstance(block, Para):
                assert letters(said(block.words)) in kept
            elif isinstance(block, Box):
                check(block.children)
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        for one in cell:
                            for line in said(one.words).split("\n"):
                                assert letters(line) in kept

    for part in composed.parts:
        check(simple(part))
    assert plain(composed) == plain(composed)
