"""Proposals that are one, one that is two, and two that only look alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from db.schema.handling import ProposalDistinct, ProposalStep, ProposalSupplement
from db.schema.proposals import Proposal, Proposer
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import (
    clocks,
    merging,
    opinions,
    profiles,
    replies,
    similar,
    steps,
    usecases,
)

TODAY = dt.date(2022, 3, 21)
TEXT = "학교와 구청의 옥상에 태양광 발전 설비를 놓고 남는 전기를 이웃과 나누어 쓰게 해 주십시오."


@pytest.fixture(autouse=True)
def _today() -> None:
    clock.fix(TODAY)


def register(store: Store, title: str, day: int, **more: Any) -> int:
    people = [{"name": more.pop("name", "홍가상"), "phone": more.pop("phone", "")}]
    asked = {"text": TEXT, "channel": "web", "proposers": people, **more}
    done = store.run(usecases.register, title=title, received_on=dt.date(2022, 3, day), **asked)
    return int(done.value)


def rows(store: Store, query: Any) -> list[Any]:
    with store.reading() as read:
        return list(read.execute(query).all())


def one(store: Store, id: int) -> Any:
    return rows(store, select(Proposal.__table__).where(Proposal.id == id))[0]


def test_the_earlier_one_counts_and_the_later_keeps_all_it_was(store: Store) -> None:
    late = register(store, "옥상 발전소", 9, name="김가상", phone="010-0000-0000")
    early = register(store, "옥상 태양광", 2)
    before = one(store, late)
    assert store.run(merging.merge, ids=[late, early], reason="같은 내용").value == early
    after = one(store, late)
    assert (after.state, after.merged_into_id, after.due_on) == ("merged", early, None)
    kept = ("number", "title", "text", "fingerprint", "received_on", "supports")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert one(store, early).state == "received"
    history = rows(
        store,
        select(ProposalStep.proposal_id, ProposalStep.kind, ProposalStep.other_id).where(
            ProposalStep.other_id.is_not(None)
        ),
    )
    assert {tuple(row) for row in history} == {(late, "move", early), (early, "merged", late)}
    with store.reading() as read:
        told = merging.told(read, id=early)
    assert [(one.name, one.reachable) for one in told] == [("홍가상", False), ("김가상", True)]
    store.undo()
    assert one(store, late) == before


def test_what_was_merged_into_a_later_one_goes_along(store: Store) -> None:
    first, second, third = (register(store, f"가상 {n}", n) for n in (2, 4, 6))
    store.run(merging.merge, ids=[third], into=second)
    store.run(merging.merge, ids=[second], into=first)
    merged = select(Proposal.id).where(Proposal.merged_into_id == first).order_by(Proposal.id)
    assert [row.id for row in rows(store, merged)] == [second, third]


def test_what_cannot_be_merged(sqlite_store: Store) -> None:
    store = sqlite_store
    early, late = register(store, "가상 하나", 2), register(store, "가상 둘", 5)
    draft = register(store, "가상 셋", 6, draft=True)
    head = store.head()
    for asked in (
        {"ids": [early]},
        {"ids": [early], "into": late},
        {"ids": [late, draft]},
        {"ids": [late], "into": early, "reason": "x"},
    ):
        if asked.get("reason"):
            store.run(steps.move, id=late, to="review")
            store.run(steps.move, id=late, to="not_adopted", reason="사유")
            head = store.head()
        with pytest.raises(UserError):
            store.run(merging.merge, **asked)
        assert store.head() == head


def test_parts_have_together_what_the_whole_had(store: Store) -> None:
    whole = register(store, "옥상과 주차장", 2, department="가상과", supports=30, comments=4)
    store.run(
        steps.move,
        id=whole,
        to="supplement",
        wanted="도면",
        until_on=dt.date(2022, 4, 1),
        on_day=dt.date(2022, 3, 4),
    )
    store.run(steps.supplement_came, id=whole, answer="붙임", on_day=dt.date(2022, 3, 7))
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 3, 8))
    made = store.run(
        merging.split,
        id=whole,
        parts=[{"title": "주차장 (가상)", "text": "나머지", "supports": 10}],
    )
    part = one(store, made.value[0])
    held = one(store, whole)
    assert (part.state, part.department, part.received_on) == (
        "review",
        "가상과",
        dt.date(2022, 3, 2),
    )
    assert part.number == "2022-002"
    assert part.due_on == held.due_on
    assert part.split_from_id == whole
    assert (held.supports, part.supports) == (20, 10)
    assert (held.comments, part.comments) == (4, 0)
    assert rows(store, select(func.count()).select_from(ProposalSupplement))[0][0] == 2
    names = rows(store, select(Proposer.name, Proposer.share).order_by(Proposer.id))
    assert [tuple(row) for row in names] == [("홍가상", 10000), ("홍가상", 10000)]
    subjects = rows(store, select(Proposer.subject_id))
    assert len(set(subjects)) == 2
    kinds = rows(
        store,
        select(ProposalStep.proposal_id, ProposalStep.other_id).where(ProposalStep.kind == "split"),
    )
    assert {tuple(row) for row in kinds} == {(whole, part.id), (part.id, whole)}
    store.undo()
    assert one(store, whole).supports == 30
    assert len(rows(store, select(Proposal.id))) == 1


def split_off(store: Store, id: int) -> int:
    return int(store.run(merging.split, id=id, parts=[{"title": "가상 일부", "text": ""}]).value[0])


def clock_of(store: Store, id: int) -> clocks.Clock | None:
    with store.reading() as read:
        return clocks.of(read, id)


@pytest.mark.file_only
def test_a_part_has_every_pause_of_the_whole(store: Store) -> None:
    whole = register(store, "옥상과 주차장", 2)
    until = dt.date(2022, 3, 8)
    asked = {"wanted": "도면", "until_on": until, "on_day": dt.date(2022, 3, 4)}
    store.run(steps.move, id=whole, to="supplement", **asked)
    # It never came, and the review went on without it.
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 3, 10))
    for n, (first, last) in enumerate(((11, 14), (15, 18))):
        opinion = store.run(
            opinions.ask_opinion,
            id=whole,
            department=f"가상{n}과",
            question="가능합니까?",
            on_day=dt.date(2022, 3, first),
        ).value
        done = {"opinion_id": opinion, "on_day": dt.date(2022, 3, last)}
        if n:
            store.run(opinions.withdraw_opinion, **done)
        else:
            store.run(opinions.answer_opinion, text="가능합니다.", **done)
    part = split_off(store, whole)
    held = clock_of(store, whole)
    assert held is not None and held.excluded_days == 5 + 4 + 4
    assert clock_of(store, part) == held
    assert one(store, part).due_on == one(store, whole).due_on == held.due_on
    with store.reading() as read:
        told = [(row.department, row.text) for row in opinions.of(read, part)]
    assert told == [("가상0과", "가능합니다."), ("가상1과", "")]


def test_of_a_part_nothing_is_awaited_any_more(store: Store) -> None:
    whole = register(store, "옥상과 주차장", 2)
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 3, 3))
    asked = {"department": "가상과", "question": "가능합니까?", "on_day": dt.date(2022, 3, 15)}
    opinion = store.run(opinions.ask_opinion, id=whole, **asked).value
    part = split_off(store, whole)
    assert (one(store, whole).state, one(store, part).state) == ("opinion", "review")
    # Answered on the day of the division the two have the same time.
    store.run(opinions.answer_opinion, opinion_id=opinion, text="가능", on_day=TODAY)
    assert clock_of(store, part) == clock_of(store, whole)
    asked = {"wanted": "도면", "until_on": dt.date(2022, 4, 15), "on_day": TODAY}
    store.run(steps.move, id=part, to="supplement", **asked)
    again = split_off(store, part)
    assert one(store, again).state == "review"
    store.run(steps.supplement_came, id=part, answer="도면", on_day=TODAY)
    assert clock_of(store, again) == clock_of(store, part)


def test_a_part_of_one_taken_up_again_has_its_new_round(store: Store) -> None:
    clock.fix(dt.date(2022, 8, 1))
    whole = register(store, "옥상과 주차장", 2)
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 3, 3))
    deferred = {"review_on": dt.date(2022, 7, 20), "on_day": dt.date(2022, 3, 10)}
    store.run(steps.move, id=whole, to="deferred", **deferred)
    store.run(replies.write_reply, id=whole, text="더 살핍니다.", reasons="예산")
    store.run(replies.send_reply, id=whole, on_day=dt.date(2022, 3, 11))
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 7, 20))
    part = split_off(store, whole)
    held = clock_of(store, whole)
    assert held is not None and held.begins_on == dt.date(2022, 7, 20)
    assert clock_of(store, part) == held and held.left(clock.today()) > 0
    assert one(store, part).due_on == held.due_on
    with store.reading() as read:
        assert clocks.round_of(read, part) == clocks.round_of(read, whole) == 2


@pytest.mark.file_only
def test_a_part_of_one_its_voices_carried_begins_with_it(store: Store) -> None:
    register(store, "가상", 1)
    with store.reading() as read:
        known = {row.code: row.id for row in profiles.listed(read)}
    whole = register(store, "옥상", 2, profile_id=known["BAROSOTONG"], supports=60, comments=120)
    store.run(steps.move, id=whole, to="debate", on_day=dt.date(2022, 3, 7))
    store.run(steps.move, id=whole, to="review", on_day=dt.date(2022, 3, 14))
    part = split_off(store, whole)
    assert clock_of(store, part) == clock_of(store, whole) is not None
    assert one(store, part).due_on == one(store, whole).due_on


def test_what_cannot_be_divided(sqlite_store: Store) -> None:
    whole = register(sqlite_store, "가상", 2, supports=3)
    for parts in ([], [{"title": "", "text": "글"}], [{"title": "가", "supports": 4}]):
        with pytest.raises(UserError):
            sqlite_store.run(merging.split, id=whole, parts=parts)
    sqlite_store.run(steps.move, id=whole, to="withdrawn")
    with pytest.raises(UserError):
        sqlite_store.run(merging.split, id=whole, parts=[{"title": "가", "text": ""}])


def test_two_that_are_not_the_same_are_no_longer_suggested(store: Store) -> None:
    first, second = register(store, "옥상 태양광", 2), register(store, "옥상에 태양광을", 9)
    with store.reading() as read:
        found = similar.similar(read, title="옥상 태양광", text=TEXT, exclude=first)
    assert [row.id for row in found] == [second]
    assert store.run(merging.distinct, a=second, b=first).rows
    assert not store.run(merging.distinct, a=first, b=second).rows
    with store.reading() as read:
        assert similar.similar(read, title="옥상 태양광", text=TEXT, exclude=first) == []
        assert len(similar.similar(read, title="옥상 태양광", text=TEXT)) == 2
    with pytest.raises(UserError):
        store.run(merging.distinct, a=first, b=first)
    store.run(merging.merge, ids=[first, second])
    assert rows(store, select(ProposalDistinct.id)) == []
    with store.reading() as read:
        assert [row.id for row in similar.similar(read, title="옥상 태양광", text=TEXT)] == [first]
