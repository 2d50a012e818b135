"""A proposal is known again by its words, whatever the file it comes in did to them."""

from __future__ import annotations

import datetime as dt
import unicodedata

from gwangju_desktop.proposals import fingerprint

DAY = dt.date(2022, 3, 2)


def test_the_same_words_have_the_same_fingerprint() -> None:
    one = fingerprint.of("옥상 태양광", "학교 옥상에\n태양광을 놓아 주십시오.", DAY, "홍가상")
    decomposed = unicodedata.normalize("NFD", "옥상  태양광 ")
    two = fingerprint.of(decomposed, "학교 옥상에\r\n태양광을 놓아  주십시오.", DAY, "홍가상")
    assert one == two
    assert len(one) == 64
    assert set(one) <= set("0123456789abcdef")


def test_title_text_day_and_name_each_count() -> None:
    prints = {
        fingerprint.of("제목", "내용", DAY, "홍가상"),
        fingerprint.of("제목", "내용 추가", DAY, "홍가상"),
        fingerprint.of("제목2", "내용", DAY, "홍가상"),
        fingerprint.of("제목", "내용", DAY + dt.timedelta(1), "홍가상"),
        fingerprint.of("제목", "내용", DAY, ""),
        fingerprint.of("제목 내용", "", DAY, "홍가상"),
    }
    assert len(prints) == 6
