"""The assessment: means by criterion, weighed into one total; what is missing is said."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.schema.handling import ProposalNote, ProposalScore
from db.schema.proposals import ProfileCriterion, Proposal
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import grading, notes
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, answered, received


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def criteria(store: Store, id: int) -> list[int]:
    with store.reading() as read:
        profile = read.get_one(Proposal, id).profile_id
        query = select(ProfileCriterion.id).where(ProfileCriterion.profile_id == profile)
        return list(read.scalars(query.order_by(ProfileCriterion.position)).all())


def grid(store: Store, id: int) -> grading.Grid:
    with store.reading() as read:
        return grading.grid(read, id)


def give(store: Store, id: int, assessor: str, scores: dict[int, int | None]) -> None:
    store.run(grading.set_scores, id=id, assessor=assessor, scores=scores)


def test_means_are_weighed_and_what_is_missing_is_said(store: Store) -> None:
    id = received(store)
    first, second, third, fourth, fifth = criteria(store, id)
    assert grid(store, id).total is None and grid(store, id).most == 5
    give(store, id, "위원 1", {first: 5, second: 4, third: 3, fourth: 2, fifth: 1})
    assert grid(store, id).total == Decimal("60.0")
    give(store, id, "위원 2", {first: 4})
    held = grid(store, id)
    assert [one.mean for one in held.criteria] == [
        Decimal("4.50"),
        Decimal("4.00"),
        Decimal("3.00"),
        Decimal("2.00"),
        Decimal("1.00"),
    ]
    assert [one.given for one in held.criteria] == [2, 1, 1, 1, 1]
    assert held.missing == 4 and held.assessors[1].missing == (second, third, fourth, fifth)
    # (4.5 + 4 + 3 + 2 + 1) / 5 of 5, each weighing a fifth.
    assert held.total == Decimal("58.0")
    give(store, id, "위원 1", {fifth: None})
    assert grid(store, id).total is None
    store.undo()
    assert grid(store, id).total == Decimal("58.0")
    store.run(grading.remove_assessor, id=id, assessor="위원 1")
    assert [one.name for one in grid(store, id).assessors] == ["위원 2"]


def test_weights_count(store: Store) -> None:
    id = received(store)
    first, *rest = criteria(store, id)

    @usecase("Weigh")
    def weigh(tx) -> None:
        for row in tx.scalars(select(ProfileCriterion)).all():
            row.weight = 60 if row.id == first else 10

    store.run(weigh)
    give(store, id, "담당 부서", {first: 5, **dict.fromkeys(rest, 0)})
    assert grid(store, id).total == Decimal("60.0")


@pytest.mark.parametrize(("n", "score"), [(0, 6), (0, -1), (99, 3)])
def test_no_score_outside_the_scale_is_kept(sqlite_store: Store, n: int, score: int) -> None:
    id = received(sqlite_store)
    known = [*criteria(sqlite_store, id), *[0] * 95]
    with pytest.raises(UserError):
        give(sqlite_store, id, "위원 1", {known[0]: 3, known[n]: score})
    assert all_of(sqlite_store, ProposalScore) == []


def test_an_assessor_is_named_and_the_reply_ends_the_assessment(sqlite_store: Store) -> None:
    store = sqlite_store
    id = answered(store)
    first = criteria(store, id)[0]
    with pytest.raises(UserError, match="회신"):
        give(store, id, "위원 1", {first: 3})
    other = received(store)
    with pytest.raises(UserError, match="직함"):
        give(store, other, " ", {first: 3})
    with pytest.raises(UserError, match="접수"):
        give(store, received(store, draft=True), "위원 1", {first: 3})


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), min_size=1, max_size=6),
    st.integers(5, 20),
)
def test_a_total_lies_between_the_worst_and_the_best(
    held: list[tuple[int, int]], most: int
) -> None:
    total = grading.total([(weight, Fraction(score)) for weight, score in held], most)
    assert total is not None
    scores = [score for _, score in held]
    assert min(scores) * 100 / most - 0.06 <= float(total) <= max(scores) * 100 / most + 0.06


def test_notes_are_kept_changed_and_taken_away(store: Store) -> None:
    id = received(store)
    note = store.run(notes.add_note, id=id, text=" 전화로 확인할 것(예시) ").value
    store.run(notes.edit_note, note_id=note, text="확인함(예시)")
    (held,) = all_of(store, ProposalNote)
    assert held.text == "확인함(예시)"
    for bad in ("", " \n", "900101-1234568", "가" * 1_000_001):
        with pytest.raises(UserError):
            store.run(notes.add_note, id=id, text=bad)
    store.run(notes.remove_note, note_id=note)
    assert all_of(store, ProposalNote) == []
