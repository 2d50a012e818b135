"""Numbered copies from the roll, and what was printed."""

from __future__ import annotations

import datetime as dt

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import memberships
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs import copies
from gwangju_desktop.packs.issuing import issue_pack
from tests.gwangju_desktop.packs.office import NAMES, add_item, new_meeting


def given(store: Store, issue: int) -> list[tuple[int, str]]:
    with store.reading() as read:
        return [(row.number, row.name) for row in copies.copies(read, issue_id=issue)]


def test_every_seat_gets_a_number_in_order_of_precedence(store: Store) -> None:
    meeting = new_meeting(store)
    add_item(store, meeting)
    issue = issue_pack(store, meeting_id=meeting).id
    assert store.run(copies.number_copies, issue_id=issue, spare=2).value == 5
    seats = [*enumerate(NAMES, 1)]
    assert given(store, issue) == [*seats, (4, ""), (5, "")]
    with store.reading() as read:
        first = copies.copies(read, issue_id=issue)[0]
    assert (first.copy.number, first.copy.name) == (1, NAMES[0])
    store.run(copies.number_copies, issue_id=issue, spare=1)
    assert given(store, issue) == [*seats, (4, "")]
    store.run(copies.number_copies, issue_id=issue, spare=1)
    with store.reading() as read:
        body = queries.meeting(read, id=meeting).body_id
    store.run(
        members.add_member,
        person={"name": "가상라", "fictional": True},
        membership={"body_id": body, "starts_on": dt.date(2022, 3, 1)},
    )
    store.run(copies.number_copies, issue_id=issue, spare=1)
    assert given(store, issue) == [*seats, (4, ""), (5, "가상라")]
    store.undo()
    assert given(store, issue) == [*seats, (4, "")]
    with pytest.raises(UserError):
        store.run(copies.number_copies, issue_id=issue, spare=-1)
    with pytest.raises(UserError):
        store.run(copies.number_copies, issue_id=99)


def test_the_copy_of_a_seat_entered_by_mistake_is_one_to_spare(store: Store) -> None:
    meeting = new_meeting(store)
    add_item(store, meeting)
    issue = issue_pack(store, meeting_id=meeting).id
    store.run(copies.number_copies, issue_id=issue)
    with store.reading() as read:
        seat = copies.copies(read, issue_id=issue)[1].membership_id
    store.run(memberships.remove_membership, id=seat)
    assert given(store, issue) == [(1, NAMES[0]), (2, ""), (3, NAMES[2])]
    store.undo()
    assert given(store, issue) == [*enumerate(NAMES, 1)]


def test_printing_is_noted_and_undo_goes_on_as_if_it_had_not_been(store: Store) -> None:
    meeting = new_meeting(store)
    add_item(store, meeting)
    at = dt.datetime(2022, 3, 14, 10, 20, tzinfo=clock.KST)
    label = store.undoable
    store.run(copies.note_printing, meeting_id=meeting, pages="1-24", printer="3층", at=at)
    assert store.undoable == label
    issue = issue_pack(store, meeting_id=meeting).id
    store.run(
        copies.note_printing,
        meeting_id=meeting,
        issue_id=issue,
        edition="chair",
        pages="3",
        copies=2,
        duplex=True,
    )
    with store.reading() as read:
        runs = copies.print_runs(read, meeting_id=meeting)
    assert [(run.issue_id, run.edition, run.pages, run.copies, run.duplex) for run in runs] == [
        (issue, "chair", "3", 2, True),
        (None, "members", "1-24", 1, False),
    ]
    assert (runs[1].printer, runs[1].printed_at) == ("3층", at)
    with pytest.raises(UserError):
        store.run(copies.note_printing, meeting_id=99, pages="1")
    with pytest.raises(UserError, match="배부본으로 확정되었거나 인쇄"):
        store.run(meetings.delete_meeting, id=meeting)
