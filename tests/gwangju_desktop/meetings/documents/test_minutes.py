"""The minutes as pages: every line printed, numbers and marks on each page."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import minutes
from gwangju_desktop.meetings.documents import minutes as document
from gwangju_desktop.meetings.documents.issuer import Issued
from gwangju_desktop.meetings.minutes import MinutesDetail
from tests.gwangju_desktop.meetings.room import Room

ISSUER = Issued(
    "가상위원회", "Made-up", "가상 사무국", "Made-up office", dt.date(2022, 3, 17), True
)
DETAIL = MinutesDetail(
    meeting_id=1,
    meeting="제1회 정기회의",
    state="drafted",
    id=1,
    text="# 제1회 정기회의 회의록\n\n본문 **굵게**임.",
    version=1,
    draft=None,
    draft_at=None,
    confirmation="signature",
    speakers="name",
    drafted_on=dt.date(2022, 3, 18),
    review_until=dt.date(2022, 3, 25),
    confirmed_on=None,
    confirmed_by="",
    confirmed_meeting="",
    corrections="",
    published_on=None,
    published_where="",
    early=False,
    closed_ground="",
    due=dt.date(2022, 4, 17),
)


def with_(**values: object) -> MinutesDetail:
    fields = {name: getattr(DETAIL, name) for name in MinutesDetail.__slots__}
    return MinutesDetail(**{**fields, **values})


def pages(found: MinutesDetail, language: str = "ko") -> list[str]:
    import pypdfium2

    made = press(document.composed(found, ISSUER, language, "회의록"))
    assert made.missing == ()
    pdf = pypdfium2.PdfDocument(io.BytesIO(made.data))
    texts = []
    for page in pdf:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    pdf.close()
    return texts


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        ({}, "초안"),
        ({"early": True, "published_on": dt.date(2022, 4, 10)}, "확정 전 공개"),
        ({"state": "confirmed", "confirmed_on": dt.date(2022, 4, 1)}, "확정"),
    ],
)
def test_every_page_carries_its_mark_and_number(values: dict, mark: str) -> None:
    text = DETAIL.text + "".join(f"\n\n- 문단 {n}" for n in range(70))
    found = pages(with_(text=text, **values))
    assert len(found) > 1
    for n, page in enumerate(found, 1):
        assert mark in page
        assert f"{n} / {len(found)}" in page
        assert "인물은 모두 가상" in page
    joined = "\n".join(found)
    for n in range(70):
        assert f"문단 {n}" in joined


def test_markdown_stands_as_type_and_a_word_keeps_together() -> None:
    (page,) = pages(
        with_(
            text="# 가\n\n**굵게**임 보통\n\n| 담당 | 기한 |\n|---|---|\n| 가상과 | 4. 8. |\n\n> 인용"
        )
    )
    assert "굵게임 보통" in page.replace("\r\n", "\n")
    assert "**" not in page
    assert "|" not in page
    assert "가상과" in page


def test_corrections_stand_under_the_text() -> None:
    (page,) = pages(
        with_(
            state="confirmed",
            confirmed_on=dt.date(2022, 6, 16),
            confirmed_meeting="제2회 정기회의",
            corrections="3쪽: 11종으로 고침",
        )
    )
    assert "3쪽: 11종으로 고침" in page
    assert "제2회 정기회의에서 확정함" in page


def test_minutes_of_the_sample_are_a_file(sample_office: Path) -> None:
    with Store.open(sample_office, write=False) as store, store.reading() as read:
        made = press(document.compose(read, meeting_id=1))
        legal = minutes.legal(read, meeting_id=1)
    assert all(condition.met for condition in legal)
    assert made.pages == 3 and made.missing == ()


def test_no_minutes_no_document(sqlite_store: Store) -> None:
    room = Room.made(sqlite_store, 2)
    with pytest.raises(UserError):
        room.read(document.compose)
