"""Proposals put before a body and what comes back to them: real rows, real profiles."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.meetings import AgendaItem, Meeting
from db.schema.proposals import Proposal
from db.store import Store
from db.vocab import ItemState, MeetingState, Outcome, ProposalConsent, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import queries, steps, tabling, usecases
from gwangju_desktop.threads import links
from tests.gwangju_desktop.threads.made import TODAY, Office

PLANNED = dt.date(2022, 9, 1)


def proposal(office: Office, title: str = "공공자전거 거점 확대", **values) -> int:
    """Take a made-up proposal in and begin its review."""
    given = {
        "text": "가상 내용입니다. 연락처 010-1234-5678",
        "channel": "web",
        "received_on": dt.date(2022, 2, 27),
        "anonymous": True,
        "consent": ProposalConsent.FULL.value,
    }
    run = office.store.run
    id = run(usecases.register, title=title, **{**given, **values}).value
    run(steps.move, id=id, to="review", on_day=dt.date(2022, 2, 28))
    return id


def state(office: Office, id: int) -> str:
    """Return the state a proposal is in."""
    with office.store.reading() as read:
        return read.get_one(Proposal, id).state


def item_of(office: Office, id: int) -> AgendaItem:
    """Return an item as it is."""
    with office.store.reading() as read:
        item = read.get_one(AgendaItem, id)
        read.expunge(item)
        return item


def test_one_step_makes_the_item_and_tables_the_proposal(store: Store) -> None:
    office = Office.of(store)
    id = proposal(office)
    made = store.run(tabling.table_proposal, ids=[id], meeting_id=office.meeting).value
    item = item_of(office, made)
    assert item.title == "공공자전거 거점 확대"
    assert item.submitter == "시민 제안 2022-001"
    assert item.submitted_on == dt.date(2022, 2, 27)
    assert item.reason == (
        "2022. 2. 27. 접수한 시민 제안 2022-001의 채택 여부를 심의하고자 합니다."
    )
    assert item.contents.startswith("가상 내용입니다.")
    assert "1234" not in item.contents
    assert state(office, id) == ProposalState.TABLED
    assert [node.kind for node in office.thread("proposal", id).nodes] == ["proposal", "item"]
    store.undo()
    assert state(office, id) == ProposalState.REVIEW
    assert [node.kind for node in office.thread("proposal", id).nodes] == ["proposal"]


def linked_on(office: Office, id: int) -> list[dt.date]:
    """Return the days of the links on a proposal's line of time."""
    with office.store.reading() as read:
        told = queries.timeline(read, id=id)
    return [event.on_day for event in told if event.table == "thread_link"]


def test_a_link_has_its_day_by_the_clock_of_the_office(store: Store) -> None:
    office = Office.of(store)
    tabled, by_hand, later = proposal(office), proposal(office, "둘째"), proposal(office, "셋째")
    day = TODAY - dt.timedelta(days=1)
    item = store.run(
        tabling.table_proposal, ids=[tabled], meeting_id=office.meeting, on_day=day
    ).value
    with store.reading() as read:
        meets = clock.local(read.get_one(Meeting, office.meeting).starts_at).date()
    store.run(links.link, before=("proposal", by_hand), after=("item", item))
    store.run(links.link, before=("proposal", by_hand), after=("proposal", later))
    # The journal has today's true day, which this office has not reached.
    assert linked_on(office, tabled) == [day]
    received = dt.date(2022, 2, 27)
    assert sorted(linked_on(office, by_hand)) == [received, max(received, min(meets, TODAY))]
    clock.fix(None)
    today = clock.today()
    assert all((today - on_day).days < 2 for on_day in linked_on(office, by_hand))


def test_several_stand_on_one_item_and_without_consent_no_text(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    ids = [proposal(office), proposal(office, "심야 재배치", consent="title_only", text="비밀 글")]
    made = sqlite_store.run(tabling.table_proposal, ids=ids, meeting_id=office.meeting).value
    item = item_of(office, made)
    assert item.title == "공공자전거 거점 확대 외 1건"
    assert item.submitter == "시민 제안 2022-001 외 1건"
    assert "2022-002 심야 재배치" in item.contents
    assert "비밀" not in item.contents
    third = proposal(office, "세 번째")
    again = sqlite_store.run(tabling.table_proposal, ids=[third], item_id=made).value
    assert again == made
    assert len(office.thread("item", made).nodes) == 4
    with sqlite_store.reading() as read:
        (place,) = tabling.places(read)
    assert (made, "", item.title) in place.items


def test_what_cannot_be_tabled_is_refused_whole(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    first, second = proposal(office), proposal(office, "보류된 것")
    run = sqlite_store.run
    run(steps.move, id=second, to="withdrawn", reason="가상")
    with pytest.raises(UserError):
        run(tabling.table_proposal, ids=[first, second], meeting_id=office.meeting)
    assert state(office, first) == ProposalState.REVIEW
    for wrong in ({"ids": []}, {"ids": [first]}, {"ids": [99], "meeting_id": office.meeting}):
        with pytest.raises(UserError):
            run(tabling.table_proposal, **wrong)
    item = office.item()
    office.decide(item)
    with pytest.raises(UserError, match="의결"):
        run(tabling.table_proposal, ids=[first], item_id=item)
    office.set(Meeting, office.meeting, state=MeetingState.NOTICED.value)
    with pytest.raises(UserError):
        run(tabling.table_proposal, ids=[first], meeting_id=office.meeting)
    made = run(
        tabling.table_proposal, ids=[first], meeting_id=office.meeting, listing_reason="가상 사유"
    ).value
    assert item_of(office, made).listing == "late"
    office.close()
    with pytest.raises(UserError):
        run(tabling.table_proposal, ids=[proposal(office)], meeting_id=office.meeting)


def test_taken_off_again(store: Store) -> None:
    office = Office.of(store)
    id = proposal(office)
    made = store.run(tabling.table_proposal, ids=[id], meeting_id=office.meeting).value
    with pytest.raises(UserError):
        store.run(tabling.untable, id=id, reason="")
    store.run(tabling.untable, id=id, item_id=made, reason="가상 사유")
    assert state(office, id) == ProposalState.REVIEW
    assert office.thread("item", made).bare
    with pytest.raises(UserError, match="상정되어 있지"):
        store.run(tabling.untable, id=id, reason="가상")


@pytest.mark.parametrize(
    ("outcome", "to", "asks", "values"),
    [
        (Outcome.AS_PROPOSED, "adopted", ("planned",), {"planned_on": PLANNED}),
        (Outcome.AMENDED, "partly", ("planned",), {"planned_on": PLANNED}),
        (Outcome.CONDITIONAL, "partly", ("planned",), {"planned_on": PLANNED}),
        (Outcome.REJECTED, "not_adopted", ("reason",), {}),
        (Outcome.DEFERRED, "deferred", ("review_day",), {"review_on": PLANNED}),
        (Outcome.RETURNED, "review", ("reason",), {}),
        (Outcome.WITHDRAWN, "review", ("reason",), {}),
    ],
)
def test_the_decision_comes_back(sqlite_store: Store, outcome, to, asks, values) -> None:
    office = Office.of(sqlite_store)
    ids = [proposal(office), proposal(office, "심야 재배치")]
    run = sqlite_store.run
    made = run(tabling.table_proposal, ids=ids, meeting_id=office.meeting).value
    with sqlite_store.reading() as read:
        assert tabling.decided(read, made) is None
    with pytest.raises(UserError):
        run(tabling.flow_back, id=made)
    office.decide(made, outcome)
    with sqlite_store.reading() as read:
        told = tabling.decided(read, made)
    assert told is not None
    assert (told.to_state, told.asks, told.decided_on) == (to, asks, TODAY)
    assert [one.number for one in told.proposals] == ["2022-001", "2022-002"]
    assert not any(one.lacks for one in told.proposals)
    if values:
        with pytest.raises(UserError):
            run(tabling.flow_back, id=made)
        assert {state(office, id) for id in ids} == {"tabled"}
    assert len(run(tabling.flow_back, id=made, **values).value) == 2
    assert {state(office, id) for id in ids} == {to}
    with pytest.raises(UserError, match="제안이 없습니다"):
        run(tabling.flow_back, id=made, **values)
    sqlite_store.undo()
    assert {state(office, id) for id in ids} == {"tabled"}


def test_a_person_may_decide_otherwise_for_all(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    id = proposal(office)
    made = sqlite_store.run(tabling.table_proposal, ids=[id], meeting_id=office.meeting).value
    office.decide(made, Outcome.NOTED)
    with sqlite_store.reading() as read:
        assert tabling.decided(read, made, "adopted").asks == ("planned",)  # type: ignore[union-attr]
    sqlite_store.run(tabling.flow_back, id=made, to="adopted", planned_on=PLANNED, plan="가상")
    with sqlite_store.reading() as read:
        held = read.get_one(Proposal, id)
        assert (held.adoption, held.planned_on, held.decided_on) == ("adopted", PLANNED, TODAY)


def test_what_was_put_off_comes_back_from_the_next_meeting(store: Store) -> None:
    office = Office.of(store)
    id = proposal(office)
    first = store.run(tabling.table_proposal, ids=[id], meeting_id=office.meeting).value
    office.decide(first, Outcome.DEFERRED, day=dt.date(2022, 3, 2))
    store.run(tabling.flow_back, id=first, review_on=PLANNED)
    assert state(office, id) == ProposalState.DEFERRED
    with store.reading() as read:
        assert tabling.decided(read, first) is None
    second = office.item("다시 올린 안건")
    office.set(AgendaItem, second, carried_from_id=first, state=ItemState.PENDING.value)
    office.decide(second, Outcome.AS_PROPOSED)
    store.run(tabling.flow_back, id=second, planned_on=PLANNED)
    assert state(office, id) == ProposalState.ADOPTED
    kinds = [node.kind for node in office.thread("proposal", id).nodes]
    assert kinds == ["proposal", "item", "decision", "item", "decision"]
