"""The reply: reasons before sending, sending before publishing, many at once without halves."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.handling import ProposalNotice, ProposalReply
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import replies, reply_drafts, steps, usecases
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, answered, decided, received, row

D = dt.date
SENT = D(2021, 9, 24)


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def write(store: Store, id: int, text: str = "답(예시)", reasons: str = "이유(예시)") -> None:
    store.run(replies.write_reply, id=id, text=text, reasons=reasons)


@pytest.mark.file_only
def test_a_reply_is_sent_with_its_notice_and_stays(store: Store) -> None:
    id = decided(store)
    write(store, id)
    write(store, id, "고친 답(예시)")
    store.run(replies.send_reply, id=id, on_day=SENT, how="우편")
    (reply,) = all_of(store, ProposalReply)
    assert (reply.text, reply.sent_on, reply.sent_by) == ("고친 답(예시)", SENT, "우편")
    assert (reply.round, reply.published_on) == (1, None)
    proposal = row(store, id)
    assert (proposal.state, proposal.due_on, proposal.since_on) == ("replied", None, SENT)
    result = [one for one in all_of(store, ProposalNotice) if one.kind == "result"]
    assert [(one.made_on, one.told_on, one.how) for one in result] == [(SENT, SENT, "우편")]
    assert store.undo() is None
    with pytest.raises(UserError, match="고칠 수 없습니다"):
        write(store, id)
    with pytest.raises(UserError, match="이미 회신"):
        store.run(replies.send_reply, id=id, on_day=SENT)


@pytest.mark.parametrize(
    ("text", "reasons", "says"),
    [
        (None, None, "작성하지 않았습니다"),
        ("", "이유", "작성하지 않았습니다"),
        ("답", " \n ", "이유가 없습니다"),
        ("{실시 예정일}에 합니다", "이유", r"\{실시 예정일\}"),
        ("답", "1. ○○○", "○○○"),
    ],
)
def test_no_reply_leaves_without_reasons_or_with_blanks(
    sqlite_store: Store, text: str | None, reasons: str | None, says: str
) -> None:
    id = decided(sqlite_store)
    if text is not None and reasons is not None:
        write(sqlite_store, id, text, reasons)
    head = sqlite_store.head()
    with pytest.raises(UserError, match=says):
        sqlite_store.run(replies.send_reply, id=id, on_day=SENT)
    assert sqlite_store.head() == head and row(sqlite_store, id).state == "not_adopted"


def test_no_reply_leaves_before_the_decision(sqlite_store: Store) -> None:
    id = received(sqlite_store)
    write(sqlite_store, id)
    with pytest.raises(UserError, match="아직 결정되지 않아"):
        sqlite_store.run(replies.send_reply, id=id, on_day=SENT)
    other = decided(sqlite_store)
    write(sqlite_store, other)
    for day in (D(2021, 9, 19), D(2021, 12, 2)):
        with pytest.raises(UserError):
            sqlite_store.run(replies.send_reply, id=other, on_day=day)
    assert row(sqlite_store, other).state == "not_adopted"
    with pytest.raises(UserError):
        write(sqlite_store, received(sqlite_store, draft=True))


def test_publishing_follows_sending_and_consent(store: Store) -> None:
    id = decided(store)
    write(store, id)
    with pytest.raises(UserError, match="아직 보내지"):
        store.run(replies.publish_reply, id=id)
    store.run(replies.send_reply, id=id, on_day=SENT)
    with pytest.raises(UserError):
        store.run(replies.publish_reply, id=id, on_day=D(2021, 9, 23))
    store.run(usecases.edit_proposal, id=id, consent="title_only")
    with pytest.raises(UserError, match="동의"):
        store.run(replies.publish_reply, id=id)
    store.run(usecases.edit_proposal, id=id, consent="full")
    store.run(replies.publish_reply, id=id, on_day=D(2021, 9, 27))
    assert all_of(store, ProposalReply)[0].published_on == D(2021, 9, 27)
    store.undo()
    assert all_of(store, ProposalReply)[0].published_on is None
    store.redo()
    store.run(replies.unpublish, id=id)
    with pytest.raises(UserError):
        store.run(replies.unpublish, id=id)


def test_personal_numbers_are_masked_or_confirmed_before_publishing(store: Store) -> None:
    id = decided(store)
    write(store, id, "담당 062-123-4567 로 연락해 주십시오.(예시)")
    store.run(replies.send_reply, id=id, on_day=SENT)
    with pytest.raises(UserError, match=r"전화번호 062-\*\*\*-4567") as refused:
        store.run(replies.publish_reply, id=id)
    assert "062-123-4567" not in str(refused.value)
    with store.reading() as read:
        assert [flag.kind for flag in replies.flagged(read, id=id)] == ["phone"]
    store.run(replies.publish_reply, id=id, confirmed=True)
    assert "062-123-4567" in all_of(store, ProposalReply)[0].text
    store.undo()
    store.run(replies.publish_reply, id=id, mask=True)
    assert "062-***-4567" in all_of(store, ProposalReply)[0].text


def test_a_number_in_the_proposal_itself_is_looked_at_too(sqlite_store: Store) -> None:
    id = answered(sqlite_store, text="연락처 010-1234-5678 (예시)")
    for values, said in (({}, "Mask them, or"), ({"mask": True}, "Mask them in the proposal")):
        with pytest.raises(UserError, match="전화번호") as refused:
            sqlite_store.run(replies.publish_reply, id=id, **values)
        assert str(refused.value.hint).startswith(said)
    sqlite_store.run(usecases.edit_proposal, id=id, text="연락처 010-****-5678 (예시)")
    sqlite_store.run(replies.publish_reply, id=id)


def test_what_was_typed_and_not_recorded_is_not_left_out(store: Store) -> None:
    id = decided(store)
    write(store, id)
    typed = reply_drafts.joined("더 쓴 답(예시)", "이유(예시)")
    store.run(reply_drafts.keep, id=id, text=typed)
    with pytest.raises(UserError, match="저장하지 않은"):
        store.run(replies.send_reply, id=id, on_day=SENT)
    assert store.run(replies.send_replies, ids=[id], on_day=SENT).value["refused"] == [id]
    seen = all_of(store, ProposalReply)[0].version
    store.run(reply_drafts.record, id=id, text=typed, seen=seen)
    store.run(replies.send_reply, id=id, on_day=SENT)
    assert all_of(store, ProposalReply)[0].text == "더 쓴 답(예시)"


@pytest.mark.file_only
def test_a_reply_stays_published_while_the_proposal_is_examined_again(store: Store) -> None:
    id = answered(store)
    store.run(replies.publish_reply, id=id)
    store.run(steps.move, id=id, to="re_exam", on_day=D(2021, 10, 1), reason="이의(예시)")
    write(store, id, "둘째 답(예시)")
    store.run(replies.unpublish, id=id)
    first, second = all_of(store, ProposalReply)
    assert (first.published_on, second.round, second.published_on) == (None, 2, None)
    store.run(replies.publish_reply, id=id)
    assert all_of(store, ProposalReply)[0].published_on == TODAY


def test_many_are_sent_at_once_and_what_is_not_ready_is_left_whole(store: Store) -> None:
    first, second, bare, blank = (decided(store, title=f"가상 제안 {n}") for n in range(4))
    undecided = received(store, title="가상 제안 4")
    for id in (first, second, undecided):
        write(store, id)
    write(store, bare, reasons="")
    write(store, blank, "{번호}")
    ids = [first, bare, second, undecided, blank, first]
    with store.reading() as read:
        ready = {one.id: one.why for one in replies.ready(read, ids=ids[:-1], on_day=SENT)}
    assert [id for id, why in ready.items() if not why] == [first, second]
    assert "이유가 없습니다" in ready[bare] and "{번호}" in ready[blank]
    outcome = store.run(replies.send_replies, ids=ids, on_day=SENT, how="전자우편").value
    assert outcome == {"sent": [first, second], "refused": [bare, undecided, blank]}
    states = {id: row(store, id).state for id in ids}
    assert states == {
        first: "replied",
        second: "replied",
        bare: "not_adopted",
        undecided: "received",
        blank: "not_adopted",
    }
    told = [one for one in all_of(store, ProposalNotice) if one.kind == "result"]
    assert {one.proposal_id for one in told if one.told_on == SENT} == {first, second}
    assert store.undoable is None


def test_many_are_published_at_once(sqlite_store: Store) -> None:
    store = sqlite_store
    good, private = answered(store), answered(store, consent="none")
    flagged = answered(store, text="전화 010-1234-5678")
    ids = [good, private, flagged]
    with store.reading() as read:
        why = {one.id: one.why for one in replies.publishable(read, ids=ids)}
    assert why[good] == "" and "동의" in why[private] and "전화번호" in why[flagged]
    outcome = store.run(replies.publish_replies, ids=ids).value
    assert outcome == {"published": [good], "refused": [private, flagged]}
    store.undo()
    assert {one.published_on for one in all_of(store, ProposalReply)} == {None}
