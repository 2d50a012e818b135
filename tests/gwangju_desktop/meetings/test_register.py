"""The register of decisions, and the documents of decisions read back from their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    amendments,
    deciding,
    register,
    steps,
    usecases,
    votes,
    written,
)
from gwangju_desktop.meetings.documents import making
from tests.gwangju_desktop.meetings.room import AT, Room, minutes

REQUEST = "예시: 공개 항목 12종을 2022년 5월부터 공개한다."
AMENDED = "예시: 공개 항목 11종을 2022년 6월부터 공개한다."


@pytest.fixture
def room(store) -> Room:
    """A meeting with an amended decision, a rejected item and a report; closed."""
    room = Room.made(store, people=6)
    run = store.run
    run(agenda.edit_item, id=room.item, title="가상 공개 항목", request=REQUEST)
    other = run(agenda.add_item, meeting_id=room.meeting, title="가상 세칙 100%").value
    heard = run(agenda.add_item, meeting_id=room.meeting, title="가상 보고", kind="report").value
    room.open(5)
    moved = run(
        amendments.move_amendment,
        item_id=room.item,
        text=AMENDED,
        mover_id=room.ids[0],
        seconder_id=room.ids[1],
    ).value
    run(amendments.vote_on_amendment, id=moved, yes=4, no=1, at=minutes(4))
    vote = run(votes.open_vote, item_id=room.item, method="roll_call", at=minutes(5)).value
    run(
        votes.set_choices,
        vote_id=vote,
        choices={seat: "no" if n == 4 else "yes" for n, seat in enumerate(room.ids[:5])},
    )
    run(votes.close_vote, vote_id=vote, at=minutes(5))
    run(deciding.settle, item_id=room.item, outcome="amended", at=minutes(6))
    run(
        deciding.settle,
        item_id=other,
        outcome="rejected",
        counts={"yes": 1, "no": 4},
        at=minutes(7),
    )
    run(deciding.settle, item_id=heard, outcome="noted", at=minutes(8))
    run(steps.close_meeting, id=room.meeting, at=minutes(9))
    return room


_MAKERS = {
    "excerpt": making.excerpt_of,
    "comparison": making.comparison_of,
    "register": making.register_of,
    "ballots": making.ballots_of,
}


def listed(room: Room, **asked) -> list[str]:
    with room.store.reading() as read:
        return [row.title for row in register.of_year(read, **asked)]


def printed(room: Room, tmp_path: Path, text_of: Callable[[Path], str], **asked) -> str:
    with room.store.reading() as read:
        made = press(_MAKERS[asked.pop("kind")](read, "ko", **asked))
    assert made.missing == ()
    (tmp_path / "가상.pdf").write_bytes(made.data)
    return text_of(tmp_path / "가상.pdf")


@pytest.fixture
def text_of() -> Callable[[Path], str]:
    """Read the words of a PDF without its spaces and line ends."""
    pdfium = pytest.importorskip("pypdfium2", reason="no reader of PDF text")

    def read(path: Path) -> str:
        with pdfium.PdfDocument(path) as document:
            found = [page.get_textpage().get_text_range() for page in document]
        return "|".join("".join(text.split()) for text in found)

    return read


def test_decisions_of_a_year_are_found_by_words(room: Room) -> None:
    assert listed(room) == ["가상 공개 항목", "가상 세칙 100%"]
    assert listed(room, year=2022) == listed(room) and listed(room, year=2021) == []
    assert listed(room, search="11종 공개") == ["가상 공개 항목"]
    assert listed(room, search="100%") == ["가상 세칙 100%"]
    assert listed(room, search="1_0") == []
    assert listed(room, body_id=room.body + 1) == []
    with room.store.reading() as read:
        assert register.years(read) == [2022]
        (first, second) = register.of_year(read)
    assert (first.method, first.yes, first.no, first.abstain) == ("roll_call", 4, 1, 0)
    assert (second.outcome, second.resolution) == ("rejected", "")


def test_sorting_by_any_column_turns_round(room: Room) -> None:
    with room.store.reading() as read:
        for sort in register.SORTS:
            up = register.decision_ids(read, sort=sort)
            down = register.decision_ids(read, sort=sort, descending=True)
            assert sorted(up) == sorted(down) and len(up) == 2


@pytest.mark.file_only
def test_a_meeting_in_session_is_not_in_the_register(room: Room) -> None:
    room.store.run(steps.take_back, id=room.meeting, reason="예시")
    assert listed(room) == []


def test_the_decision_sheet_names_text_votes_and_names(room: Room, tmp_path, text_of) -> None:
    text = printed(room, tmp_path, text_of, kind="excerpt", item_id=room.item)
    for words in (
        "의결서",
        "수정의결",
        AMENDED,
        "찬성(4명):가상가,가상나,가상다,가상라",
        "출석5명의과반수3명필요,찬성4명으로가결",
        "1/1",
    ):
        assert "".join(words.split()) in text


def test_an_uncounted_majority_prints_no_number(store, tmp_path, text_of) -> None:
    room = Room.made(store, people=6)
    room.open(5)
    store.run(
        deciding.settle,
        item_id=room.item,
        outcome="as_proposed",
        uncounted="carried",
        at=minutes(3),
    )
    text = printed(room, tmp_path, text_of, kind="excerpt", item_id=room.item)
    assert "집계생략" in text and "재적" not in text and "%" not in text


@pytest.mark.file_only
def test_the_comparison_stands_side_by_side(room: Room, tmp_path, text_of) -> None:
    text = printed(room, tmp_path, text_of, kind="comparison", item_id=room.item)
    assert "12종" in text and "11종을" in text and "발의가상가" in text
    with room.store.reading() as read, pytest.raises(UserError):
        other = register.decision_ids(read)[1]
        making.comparison_of(read, "ko", item_id=other)


@pytest.mark.file_only
def test_the_register_is_printed_for_a_year(room: Room, tmp_path, text_of) -> None:
    text = printed(room, tmp_path, text_of, kind="register", year=2022)
    assert "2022년의결대장" in text and "2건" in text and "찬성4,반대1,기권0" in text
    with room.store.reading() as read, pytest.raises(UserError):
        making.register_of(read, "ko", year=2020)


@pytest.mark.file_only
def test_every_member_has_a_ballot_sheet_that_begins_at_page_one(
    room: Room, tmp_path, text_of
) -> None:
    meeting = room.store.run(
        usecases.add_meeting,
        body_id=room.body,
        starts_at=AT + dt.timedelta(days=9),
        kind="written",
    ).value
    room.store.run(agenda.add_item, meeting_id=meeting, title="가상 서면 안건", request=REQUEST)
    room.store.run(
        written.send,
        meeting_id=meeting,
        ground="예시: 긴급",
        reply_by=dt.datetime(2999, 1, 5, 18, tzinfo=AT.tzinfo),
        day=AT.date(),
    )
    pages = printed(room, tmp_path, text_of, kind="ballots", meeting_id=meeting).split("|")
    assert len(pages) == 6 and all("1/1" in page and "예시:긴급" in page for page in pages)
    assert [f"가상{letter}" in page for letter, page in zip("가나다라마바", pages, strict=True)]
