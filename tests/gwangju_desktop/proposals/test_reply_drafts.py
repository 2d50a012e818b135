"""A reply while it is written: kept as a draft, recorded as one, never over somebody else's words."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import replies, reply_drafts
from tests.gwangju_desktop.proposals.handled import TODAY, answered, decided

BOTH = reply_drafts.joined("답(예시)", "이유(예시)")


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def seen(store: Store, id: int) -> reply_drafts.WrittenReply:
    with store.reading() as read:
        return reply_drafts.written(read, id=id)


def test_text_and_reasons_travel_as_one() -> None:
    assert reply_drafts.parted(BOTH) == ("답(예시)", "이유(예시)")
    assert reply_drafts.joined("", "") == ""
    assert reply_drafts.parted("") == ("", "")


@pytest.mark.file_only
def test_a_draft_is_kept_without_the_journal_until_it_is_recorded(store: Store) -> None:
    id = decided(store)
    before = store.head()
    store.run(reply_drafts.keep, id=id, text=BOTH)
    assert store.head() == before
    found = seen(store, id)
    assert (found.text, found.draft, found.version) == ("", BOTH, None)
    assert found.draft_at is not None
    version = store.run(reply_drafts.record, id=id, text=BOTH).value
    found = seen(store, id)
    assert (found.text, found.draft, found.version) == (BOTH, None, version)


@pytest.mark.file_only
def test_spaces_around_words_are_no_newer_draft(store: Store) -> None:
    id = decided(store)
    store.run(reply_drafts.record, id=id, text=BOTH)
    store.run(reply_drafts.keep, id=id, text=reply_drafts.joined("답(예시) ", "이유(예시)\n"))
    assert seen(store, id).draft is None
    store.run(reply_drafts.keep, id=id, text=reply_drafts.joined("다른 답(예시)", ""))
    assert seen(store, id).draft is not None
    store.run(reply_drafts.forget, id=id)
    assert seen(store, id).draft is None


@pytest.mark.file_only
def test_what_another_pc_wrote_is_not_written_over(store: Store) -> None:
    id = decided(store)
    first = store.run(reply_drafts.record, id=id, text=BOTH).value
    store.run(replies.write_reply, id=id, text="남의 답(예시)", reasons="남의 이유(예시)")
    with pytest.raises(UserError, match="PC"):
        store.run(reply_drafts.record, id=id, text=f"{BOTH}!", seen=first)
    now = seen(store, id)
    assert reply_drafts.parted(now.text)[0] == "남의 답(예시)"
    store.run(reply_drafts.record, id=id, text=f"{BOTH}!", seen=now.version)
    assert seen(store, id).text == f"{BOTH}!"


@pytest.mark.file_only
def test_a_reply_that_is_out_takes_no_draft(store: Store) -> None:
    id = answered(store)
    assert seen(store, id).locked
    for verb in (reply_drafts.keep, reply_drafts.record):
        with pytest.raises(UserError):
            store.run(verb, id=id, text=BOTH)
