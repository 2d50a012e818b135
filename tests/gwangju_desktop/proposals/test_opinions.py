"""Opinions of departments: told first, due by rule, one leads; the clock stands still meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.handling import ProposalNotice, ProposalOpinion, ProposalStep
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import clocks, notices, opinions, queries, replies, steps
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, decided, received, row

D = dt.date


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


@pytest.fixture
def under_review(store: Store) -> tuple[Store, int]:
    """A proposal received on 2 August 2021 that is under review."""
    id = received(store, received_on=D(2021, 8, 2))
    store.run(steps.move, id=id, to="review", on_day=D(2021, 8, 3))
    return store, id


def ask(store: Store, id: int, department: str = "가상건설과", **values) -> int:
    return store.run(opinions.ask_opinion, id=id, department=department, **values).value


def test_asked_told_answered_and_the_days_between_do_not_count(under_review) -> None:
    store, id = under_review
    opinion = ask(store, id, on_day=D(2021, 8, 10), question="가능한가?(예시)", how="전자우편")
    (asked,) = all_of(store, ProposalOpinion)
    assert (asked.due_on, asked.told_on, asked.leads) == (D(2021, 8, 31), D(2021, 8, 10), True)
    assert row(store, id).state == "opinion"
    notice = all_of(store, ProposalNotice)[-1]
    assert (notice.kind, notice.told_on, notice.how) == ("opinion", D(2021, 8, 10), "전자우편")
    store.run(
        opinions.answer_opinion,
        opinion_id=opinion,
        stance="adopt",
        text="가능합니다.(예시)",
        on_day=D(2021, 8, 16),
    )
    # Seven days do not count, so that 2 September becomes 9 September.
    assert (row(store, id).due_on, row(store, id).state) == (D(2021, 9, 9), "review")
    with store.reading() as read:
        counted = clocks.of(read, id)
        assert counted is not None and counted.excluded_days == 7
    for _ in range(2):
        store.undo()
    assert (row(store, id).state, row(store, id).due_on) == ("review", D(2021, 9, 2))


def test_the_clock_runs_on_until_the_proposer_is_told(under_review) -> None:
    store, id = under_review
    ask(store, id, on_day=D(2021, 8, 10), told=False)
    assert row(store, id).due_on == D(2021, 9, 2)
    notice = all_of(store, ProposalNotice)[-1]
    assert (notice.kind, notice.told_on) == ("opinion", None)
    store.run(notices.told, notice_id=notice.id, on_day=D(2021, 8, 25), how="전화")
    assert all_of(store, ProposalOpinion)[0].told_on == D(2021, 8, 25)
    # 25 to 31 August, the day it was due: seven days.
    assert row(store, id).due_on == D(2021, 9, 9)
    store.run(notices.not_told, notice_id=notice.id)
    assert row(store, id).due_on == D(2021, 9, 2)


def test_several_are_asked_and_one_leads(under_review) -> None:
    store, id = under_review
    first = ask(store, id, on_day=D(2021, 8, 10))
    second = ask(store, id, "가상교통과", on_day=D(2021, 8, 10))
    third = ask(store, id, "가상예산과", on_day=D(2021, 8, 12), leads=True)
    assert [one.leads for one in all_of(store, ProposalOpinion)] == [False, False, True]
    # One notice a day, however many departments were asked.
    told = [one for one in all_of(store, ProposalNotice) if one.kind == "opinion"]
    assert [one.made_on for one in told] == [D(2021, 8, 10), D(2021, 8, 12)]
    store.run(opinions.edit_opinion, opinion_id=first, leads=True, due_on=D(2021, 8, 20))
    assert [one.leads for one in all_of(store, ProposalOpinion)] == [True, False, False]
    store.run(opinions.answer_opinion, opinion_id=first, text="답(예시)", on_day=D(2021, 8, 20))
    store.run(opinions.withdraw_opinion, opinion_id=second, on_day=D(2021, 8, 23))
    assert row(store, id).state == "opinion"
    store.run(opinions.answer_opinion, opinion_id=third, stance="defer", on_day=D(2021, 8, 24))
    assert row(store, id).state == "review"
    moves = [one.to_state for one in all_of(store, ProposalStep) if one.kind == "move"]
    assert moves == ["received", "review", "opinion", "review"]


def test_an_answer_that_is_mended_stays_one_answer(under_review) -> None:
    store, id = under_review
    opinion = ask(store, id, on_day=D(2021, 8, 10))
    for text in ("처음 답(예시)", "고친 답(예시)"):
        store.run(opinions.answer_opinion, opinion_id=opinion, text=text, on_day=D(2021, 8, 16))
    store.run(opinions.answer_opinion, opinion_id=opinion, text="다시 고친 답(예시)")
    (held,) = all_of(store, ProposalOpinion)
    assert (held.text, held.answered_on) == ("다시 고친 답(예시)", D(2021, 8, 16))
    assert row(store, id).due_on == D(2021, 9, 9)


def test_what_cannot_be_asked_or_answered_is_refused(under_review) -> None:
    store, id = under_review
    opinion = ask(store, id, on_day=D(2021, 8, 10))
    head = store.head()
    refused = [
        (opinions.ask_opinion, {"id": id, "department": "가상건설과"}),
        (opinions.ask_opinion, {"id": id, "department": " "}),
        (opinions.ask_opinion, {"id": id, "department": "과", "due_on": D(2021, 8, 1)}),
        (opinions.ask_opinion, {"id": id, "department": "과", "on_day": D(2021, 8, 1)}),
        (opinions.ask_opinion, {"id": id, "department": "과", "on_day": D(2022, 8, 1)}),
        (opinions.answer_opinion, {"opinion_id": opinion}),
        (opinions.answer_opinion, {"opinion_id": opinion, "text": "답", "on_day": D(2021, 8, 9)}),
        (opinions.answer_opinion, {"opinion_id": 99, "text": "답"}),
        (opinions.edit_opinion, {"opinion_id": opinion, "department": ""}),
    ]
    for verb, values in refused:
        with pytest.raises(UserError) as error:
            store.run(verb, **values)
        assert len(str(error.value)) < 200
    assert store.head() == head
    store.run(opinions.withdraw_opinion, opinion_id=opinion, on_day=D(2021, 8, 11))
    with pytest.raises(UserError):
        store.run(opinions.answer_opinion, opinion_id=opinion, text="답(예시)")


@pytest.mark.file_only
def test_nothing_is_asked_before_the_receipt_or_after_the_decision(store: Store) -> None:
    for id in (decided(store), received(store, draft=True)):
        with pytest.raises(UserError, match="접수한 뒤 결정하기 전"):
            ask(store, id)


def test_nobody_waits_for_an_opinion_on_what_is_answered(under_review) -> None:
    store, id = under_review
    asked = {"department": "회계과", "on_day": D(2021, 9, 10), "due_on": D(2021, 9, 20)}
    store.run(opinions.ask_opinion, id=id, **asked)
    later = D(2021, 9, 27)
    store.run(steps.move, id=id, to="review", on_day=later)
    store.run(steps.move, id=id, to="not_adopted", reason="이미 시행 중(예시)", on_day=later)
    store.run(replies.write_reply, id=id, text="살펴보았습니다.(예시)", reasons="같은 일(예시)")
    store.run(replies.send_reply, id=id, on_day=D(2021, 9, 28))
    (opinion,) = all_of(store, ProposalOpinion)
    assert (opinion.withdrawn_on, opinion.answered_on) == (D(2021, 9, 28), None)
    with store.reading() as read:
        assert queries.board(read, TODAY) == []


@pytest.mark.file_only
def test_a_notice_told_again_tells_of_all_that_was_asked_on_its_day(under_review) -> None:
    store, id = under_review
    day = D(2021, 9, 10)
    ask(store, id, "가상회계과", on_day=day)
    ask(store, id, "가상건설과", on_day=day, told=False)
    (notice,) = [one for one in all_of(store, ProposalNotice) if one.kind == "opinion"]
    store.run(notices.told, notice_id=notice.id, on_day=D(2021, 9, 12))
    assert {one.told_on for one in all_of(store, ProposalOpinion)} == {D(2021, 9, 12)}
    store.run(notices.not_told, notice_id=notice.id)
    assert {one.told_on for one in all_of(store, ProposalOpinion)} == {None}
