"""The Markdown of minutes: what is read, and that all else is plain text."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.meetings.markdown import (
    Grid,
    Heading,
    Item,
    Line,
    Paragraph,
    Span,
    escape,
    parse,
    plain,
    spans_of,
)


def test_every_kind_of_line() -> None:
    text = "# 제목\n\n본문 **굵게** 끝\n- 하나\n  - 둘\n1. 셋\n> 인용\n---\n#제목 아님"
    assert parse(text) == [
        Heading(1, (Span("제목"),)),
        Paragraph((Span("본문 "), Span("굵게", True), Span(" 끝"))),
        Item(0, "-", (Span("하나"),)),
        Item(1, "-", (Span("둘"),)),
        Item(0, "1.", (Span("셋"),)),
        Paragraph((Span("인용"),), quote=True),
        Line(),
        Paragraph((Span("#제목 아님"),)),
    ]


def test_a_table_with_an_empty_head_has_none() -> None:
    found = parse("| | |\n|---|---|\n| 장소 | 시청 \\| 3층 |\n| 일시 |")
    assert found == [
        Grid((((Span("장소"),), (Span("시청 | 3층"),)), ((Span("일시"),), ())), head=False)
    ]
    (headed,) = parse("| 담당 | 기한 |\n|:--|--:|\n| 가 | 나 |")
    assert isinstance(headed, Grid)
    assert headed.head
    assert len(headed.rows) == 2


def test_an_odd_pair_of_stars_is_just_stars() -> None:
    assert spans_of("가 **나") == (Span("가 **나"),)
    assert spans_of("**가** 나 **다") == (Span("가", True), Span(" 나 **다"))


@given(st.text(alphabet=string.printable + "가나|*#\\-", max_size=60))
@settings(max_examples=80, deadline=None)
def test_what_is_escaped_comes_back_as_it_was(text: str) -> None:
    one = " ".join(text.split())
    assert plain(spans_of(escape(text))) == one


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    for node in parse(text):
        assert isinstance(node, Heading | Paragraph | Item | Grid | Line)
