"""Whatever a citizen writes is kept literally, found again, and harms nothing."""

from __future__ import annotations

import pytest

from db import journal, search
from db.schema.handling import ProposalReply
from db.schema.proposals import Proposal
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import filling, replies, usecases
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, decided, received, row

LITERAL = [
    "<script>alert('x')</script> <b>굵게</b> & &amp; &#44032;",
    "[링크](javascript:alert(1)) https://example.kr/?a=b&c=d#e",
    "'; DROP TABLE proposal; -- \" \\ % _ ␀",
    "{title} {0} {{}} %s %(x)s ${HOME} `ls`",
    '=HYPERLINK("http://example.kr","열기")',
    "\u202e뒤집힌 글\u202c \u2066갇힌 글\u2069 \u200b보이지 않는\ufeff 글자",
    "👨‍👩‍👧‍👦 🇰🇷 漢字 ﷽ ㈜ Ａ",
    "탭\t그리고\n줄",
]


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def test_markup_links_and_odd_letters_stay_as_they_are(store: Store) -> None:
    for text in LITERAL:
        id = received(store, title=text, text=f"{text}\n\n{text}", proposers=[{"name": text}])
        held = row(store, id)
        assert held.title == " ".join(text.split())
        assert held.text == f"{text}\n\n{text}"
        store.run(usecases.edit_proposal, id=id, text=f"{text} 끝")
        assert row(store, id).text == f"{text} 끝"
    with store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert search.differences(read.connection()) == []


@pytest.mark.file_only
def test_control_characters_and_halves_of_pairs_go(store: Store) -> None:
    id = received(
        store,
        title="가상\0 제\x07안\ud800\r\n둘째 줄",
        text="첫\0 줄\r\n\x1b[31m둘째 줄\x7f\udfff\r셋째 줄",
        proposers=[{"name": "가상\0인\n", "address": "가상로\x00 1"}],
        outside=[{"system": "국민\0신문고", "number": "1AA\0"}],
    )
    held = row(store, id)
    assert held.title == "가상 제안 둘째 줄"
    assert held.text == "첫 줄\n[31m둘째 줄\n셋째 줄"
    with store.reading() as read:
        proposal = read.get_one(Proposal, id)
        assert proposal.proposers[0].name == "가상인"
        assert (proposal.outside[0].system, proposal.outside[0].number) == ("국민신문고", "1AA")


@pytest.mark.file_only
def test_decomposed_hangul_is_kept_composed(store: Store) -> None:
    id = received(store, title="\u1112\u1162\u11ba빛 놀이터")
    assert row(store, id).title == "햇빛 놀이터"


@pytest.mark.file_only
def test_an_empty_title_is_taken_from_the_text(store: Store) -> None:
    id = received(store, title=" \u0007 ", text="\n첫 줄이 곧 제목입니다.\n둘째 줄")
    assert row(store, id).title == "첫 줄이 곧 제목입니다. 둘째 줄"
    long = received(store, title="", text="긴 글 " * 1000)
    assert len(row(store, long).title) <= usecases.TITLE_FROM_TEXT
    assert row(store, long).title.endswith("…")
    for text in ("", " \n\t", "\0\x07"):
        with pytest.raises(UserError, match="제목"):
            received(store, title="", text=text)


def test_a_megabyte_is_kept_whole_and_found(store: Store) -> None:
    text = ("가나다라 마바사아 lorem ipsum <b> & " * 40_000)[:1_048_575] + "끝말쀏"
    id = received(store, title="아주 긴 가상 제안", text=text)
    assert row(store, id).text == text
    with store.reading() as read:
        assert search.find(read.connection(), "끝말쀏") == [("proposal", id)]
    store.undo()
    assert all_of(store, Proposal) == []
    store.redo()
    assert row(store, id).text == text


def test_what_is_longer_than_any_letter_is_refused_in_one_sentence(store: Store) -> None:
    with pytest.raises(UserError, match="2,000,001자") as refused:
        received(store, text="가" * 2_000_001)
    assert len(str(refused.value)) < 150


def test_replies_keep_what_is_written(sqlite_store: Store) -> None:
    for text in (one for one in LITERAL if not filling.blanks(one)):
        id = decided(sqlite_store, title=text)
        sqlite_store.run(replies.write_reply, id=id, text=text, reasons=text)
        sqlite_store.run(replies.send_reply, id=id)
        assert all_of(sqlite_store, ProposalReply)[-1].text == text
