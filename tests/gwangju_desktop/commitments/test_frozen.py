"""A submitted promise changes by adjustments alone; no way around them leads through undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import Barred, Conflict
from db.store import Store
from gwangju_desktop.commitments import (
    adjusting,
    counts,
    milestones,
    plans,
    promises,
    queries,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases
from gwangju_desktop.members.usecases import add_body
from tests.gwangju_desktop.commitments import made

DAY = dt.date(2022, 3, 11)


def test_an_edit_from_before_the_submission_is_not_taken_back_after_it(
    tmp_path: Path, _empty_office: Path
) -> None:
    path = tmp_path / "실행계획.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        ids = made.make(store, submitted=False)
        renamed = store.run(promises.edit_commitment, commitment_id=ids.first, title="다른 이름")
        added = store.run(
            milestones.add_milestone, commitment_id=ids.first, title="더한 것", output="예시"
        )
        store.run(plans.submit_plan, plan_id=ids.plan, submitted_on=made.SUBMITTED)
        for entry in (renamed.id, added.id):
            with pytest.raises(Barred):
                store.undo(entry)
        # What it translates was no promise.
        english = store.run(promises.edit_commitment, commitment_id=ids.first, title_en="Other")
        assert store.undo(english.id)
        # Taken back by its number, that is a step of its own; undone, the title stands again.
        store.undo()
        store.undo()
        # The submission itself is taken back first, then the rest.
        store.undo()
        store.undo(added.id)
        with store.reading() as read:
            assert len(queries.commitment(read, ids.first, DAY).milestones) == 3


def test_an_adjustment_is_taken_back_only_while_it_changed_nothing(
    office: Store, ids: made.Made
) -> None:
    begun = office.run(
        adjusting.start_adjustment,
        commitment_id=ids.first,
        reason="예시 사유",
        consulted="예시 협의",
        adjusted_on=DAY,
    )
    edited = office.run(promises.edit_commitment, commitment_id=ids.first, title="고친 이름")
    with pytest.raises(Barred):
        office.undo(begun.id)
    closed = office.run(adjusting.close_adjustment, commitment_id=ids.first)
    with pytest.raises(Conflict):
        office.undo(edited.id)
    submitted = next(one for one in office.since(0) if one.label == "Submit action plan")
    with pytest.raises(Barred):
        office.undo(submitted.id)
    office.undo(closed.id)
    office.undo(edited.id)
    assert office.undo(begun.id)
    with pytest.raises(UserError):
        office.run(promises.edit_commitment, commitment_id=ids.first, title="다시")


def test_no_second_adjustment_opens_beside_another(office: Store, ids: made.Made) -> None:
    told = {"reason": "예시 사유", "consulted": "예시 협의"}
    office.run(adjusting.start_adjustment, commitment_id=ids.first, **told)
    office.run(promises.edit_commitment, commitment_id=ids.first, title="한 번")
    closed = office.run(adjusting.close_adjustment, commitment_id=ids.first)
    office.run(adjusting.start_adjustment, commitment_id=ids.first, **told)
    with pytest.raises(Barred):
        office.undo(closed.id)


def test_a_meeting_that_a_plan_names_is_not_deleted(office: Store, ids: made.Made) -> None:
    body = office.run(add_body, name_ko="예시 협의체", kind="forum").value
    meeting = office.run(
        usecases.add_meeting,
        body_id=body,
        title="예시 회의",
        starts_at=dt.datetime(2027, 3, 2, 5, tzinfo=dt.UTC),
    ).value
    office.run(
        counts.add_count,
        plan_id=ids.plan,
        label="회의",
        number=1,
        kind="meeting",
        meeting_id=meeting,
    )
    with pytest.raises(UserError, match="예시 회의"):
        office.run(usecases.delete_meeting, id=meeting)


def test_an_office_server_keeps_promises_as_a_file_does(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    with Store.open(url) as store, Store.open(url) as other:
        ids = made.make(store, submitted=False)
        other.run(promises.edit_commitment, commitment_id=ids.first, title="다른 이름")
        store.run(plans.submit_plan, plan_id=ids.plan, submitted_on=made.SUBMITTED)
        with pytest.raises(Barred):
            other.undo()
        begun = store.run(
            adjusting.start_adjustment,
            commitment_id=ids.first,
            reason="예시 사유",
            consulted="예시 협의",
        )
        again = other.run(promises.edit_commitment, commitment_id=ids.first, title="셋째 이름")
        with pytest.raises(Barred):
            store.undo(begun.id)
        other.undo(again.id)
        assert store.undo(begun.id)
        with store.reading() as read:
            assert queries.commitments(read, ids.plan, DAY)[0].title == "다른 이름"


def test_no_milestone_is_completed_after_its_commitment(office: Store, ids: made.Made) -> None:
    for step in ids.steps:
        made.complete(office, step, dt.date(2021, 10, 1))
    office.run(
        promises.complete_commitment, commitment_id=ids.first, completed_on=dt.date(2021, 10, 5)
    )
    with pytest.raises(UserError):
        made.complete(office, ids.steps[2], dt.date(2021, 10, 6))
    made.complete(office, ids.steps[2], dt.date(2021, 10, 4))
