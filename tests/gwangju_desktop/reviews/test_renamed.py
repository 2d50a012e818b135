"""Codes that changed after a copy was made, and two answers of who turned out to be one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Membership
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.commitments import plans, promises
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import merging
from gwangju_desktop.reviews import answering, queries, ratings
from gwangju_desktop.reviews.copies import CopyFacts
from tests.gwangju_desktop.reviews import monitored
from tests.gwangju_desktop.reviews.monitored import FIRST, KEYS, NAMES, PLAN, SECOND, Known

Names = Callable[[str], Path]


def rename(store: Store, id: int, code: str) -> None:
    """Give a commitment another code."""
    store.run(promises.edit_commitment, commitment_id=id, code=code)


def refused(store: Store, path: Path, code: str) -> None:
    """Take a file in, which is refused with its name and the code; nothing of it stays."""
    with pytest.raises(UserError, match=f"{code}.*바뀌었습니다") as raised:
        answering.import_review(store, path)
    assert path.name in str(raised.value) and raised.value.hint
    with store.reading() as read:
        assert queries.reviews(read) == []


def test_codes_that_changed_places_since_the_copy_are_refused(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    path = monitored.signed(monitored.closing(facts), signing_into("답변"))
    rename(office, known.first, "TMP")
    refused(office, path, FIRST)
    rename(office, known.second, FIRST)
    rename(office, known.first, SECOND)
    refused(office, path, FIRST)
    # Given back, it is the same commitment again.
    rename(office, known.second, "TMP")
    rename(office, known.first, FIRST)
    assert answering.import_review(office, path).answers == 1


def test_a_commitment_added_since_under_the_code_of_a_removed_one_is_another(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    path = monitored.signed(
        monitored.drafts.with_answer(
            monitored.drafts.begun(facts, "closing", SECOND),
            monitored.Answer("1.1", "limited", "설명", "", SECOND),
        ),
        signing_into("답변"),
    )
    office.run(plans.take_back_plan, plan_id=known.plan)
    office.run(promises.remove_commitment, commitment_id=known.second)
    office.run(promises.add_commitment, plan_id=known.plan, code=SECOND, title="다른 과제")
    refused(office, path, SECOND)


def test_other_edits_and_other_commitments_refuse_nothing(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    rename(office, known.second, "KRGNJ0009")
    office.run(promises.edit_commitment, commitment_id=known.first, title_en="Another wording")
    path = monitored.signed(monitored.closing(facts), signing_into("답변"))
    assert answering.import_review(office, path).answers == 1


def test_the_code_of_the_plan_is_asked_too(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    path = monitored.signed(monitored.closing(facts), signing_into("답변"))
    office.run(plans.edit_plan, plan_id=known.plan, code="KRGNJ2022")
    refused(office, path, PLAN)


@usecase("Let one seat follow the other")
def follow(tx: Session, *, first: int, second: int, on: dt.date) -> None:
    """End the first monitor's seat the day before the second one's begins."""
    for seat in tx.scalars(select(Membership).where(Membership.person_id.in_((first, second)))):
        if seat.person_id == first:
            seat.ends_on = on - dt.timedelta(days=1)
        else:
            seat.starts_on = on


def test_of_two_answers_of_one_person_the_last_one_stands(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    values = ("limited", "complete")
    for n, value in enumerate(values):
        draft = monitored.closing(facts, value)
        path = monitored.signed(draft, signing_into(str(n)), KEYS[n], minutes=n)
        done = answering.import_review(office, path)
    first, second = known.people
    office.run(follow, first=first, second=second, on=clock.today())
    office.run(merging.merge_people, keep_id=first, other_id=second)

    def told() -> tuple[str | None, tuple[str, ...], list[str], list[str], int]:
        with office.reading() as read:
            rating = ratings.of(read, [known.first])[known.first]["completion"]
            whole = queries.review(read, done.review_id)
        return (
            rating.value,
            rating.who,
            [answer.value for answer in whole.answers],
            [answer.value for answer in whole.replaced],
            whole.row.answers,
        )

    assert told() == ("complete", (NAMES[0],), ["complete"], ["limited"], 1)
    with office.reading() as read:
        (replaced,) = queries.review(read, done.review_id).replaced
    assert replaced.replaced_on == clock.today()
    office.undo()
    value, who, stand, gone, answers = told()
    assert (value, who, gone, answers) == (None, NAMES, [], 2) and stand == [*values]


def test_a_joint_answer_names_who_turned_out_to_be_one_person_once(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    path = monitored.signed(monitored.closing(facts), signing_into("공동"), agreed=NAMES)
    done = answering.import_review(office, path)
    first, second = known.people
    office.run(follow, first=first, second=second, on=clock.today())
    office.run(merging.merge_people, keep_id=first, other_id=second)
    with office.reading() as read:
        rating = ratings.of(read, [known.first])[known.first]["completion"]
        (answer,) = queries.review(read, done.review_id).answers
    assert rating.who == (NAMES[0],) and [one.name for one in answer.agreed] == [NAMES[0]]
