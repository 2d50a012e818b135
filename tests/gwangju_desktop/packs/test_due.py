"""Packs on the first page: not out though papers are due, or out of date."""

from __future__ import annotations

import datetime as dt

import pytest

from db.store import Store
from gwangju_desktop import clock, today
from gwangju_desktop.meetings import actions, agenda, queries, steps
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.packs import copies, due, issues, outlining, stale
from gwangju_desktop.packs.changes import changes_since
from gwangju_desktop.packs.issuing import issue_pack, revise_pack
from gwangju_desktop.packs.twins import edition_file
from gwangju_desktop.text import say
from tests.gwangju_desktop.packs.office import AT, add_item, attach, new_meeting

HELD = AT.date()
DUE = HELD - dt.timedelta(days=3)


def lines(store: Store, day: dt.date) -> list[tuple[str, dt.date, int]]:
    with store.reading() as read:
        found = today.overview(read, today=day).deadlines
    return [
        (say(one.title, **one.values), one.due, one.id)
        for one in (*found.overdue, *found.week, *found.later)
        if one.table == "pack"
    ]


def test_a_pack_is_asked_for_from_the_day_papers_are_due(store: Store) -> None:
    meeting = new_meeting(store)
    assert lines(store, HELD) == []
    add_item(store, meeting)
    assert lines(store, DUE - dt.timedelta(days=1)) == []
    line = ("정기회의: 회의자료 배부본 확정", DUE, meeting)
    assert lines(store, DUE) == [line]
    assert lines(store, HELD) == [line]
    clock.fix(DUE)
    issue_pack(store, meeting_id=meeting)
    assert lines(store, HELD) == []


def test_changes_of_packs_name_their_meeting(store: Store) -> None:
    meeting = new_meeting(store)
    add_item(store, meeting)
    store.run(outlining.include_part, meeting_id=meeting, key="notes", included=True)
    store.run(outlining.set_plan, meeting_id=meeting, dividers="items")
    issue = issue_pack(store, meeting_id=meeting).id
    store.run(copies.number_copies, issue_id=issue)
    store.run(copies.note_printing, meeting_id=meeting, pages="1")
    with store.reading() as read:
        found = today.overview(read, today=DUE).changes
    assert [(say(one.label), one.subject) for one in found] == [
        ("인쇄 기록", "정기회의"),
        ("부수 번호 매기기", "정기회의"),
        ("배부본 확정", "정기회의"),
        ("회의자료 구성 변경", "정기회의"),
        ("회의자료 넣기·빼기", "정기회의"),
    ]


@pytest.mark.file_only
def test_papers_that_went_out_another_way_ask_for_no_pack(store: Store) -> None:
    meeting = new_meeting(store)
    add_item(store, meeting)
    clock.fix(DUE)
    store.run(steps.notice, id=meeting, urgency="긴급")
    store.run(steps.distribute, id=meeting)
    assert lines(store, HELD) == []


def test_an_issued_pack_is_out_of_date_while_what_it_says_differs(store: Store) -> None:
    meeting, other = new_meeting(store), new_meeting(store)
    item = add_item(store, meeting)
    paper = attach(store, item)
    clock.fix(DUE)
    issue_pack(store, meeting_id=meeting)

    def old() -> bool:
        with store.reading() as read:
            return stale.outdated(read, meeting_id=meeting)

    assert not old()
    for act, values in (
        (agenda.edit_item, {"id": item, "request": "달라졌다."}),
        (agenda.add_item, {"meeting_id": meeting, "title": "새 항목"}),
        (agenda.delete_item, {"id": item}),
        (attachments.remove_paper, {"id": paper}),
        (meetings.edit_meeting, {"id": meeting, "place": "다른 곳"}),
        (outlining.add_figure, {"meeting_id": meeting, "figure": {}, "title": "그림"}),
    ):
        store.run(act, **values)
        assert old(), act
        store.undo()
        assert not old(), act
    store.run(meetings.edit_meeting, id=other, place="다른 곳")
    add_item(store, other)
    store.run(agenda.edit_item, id=item, submitter="가상과")
    assert old()
    store.undo()
    assert not old()
    store.run(agenda.edit_item, id=item, request="달라졌다.")
    assert lines(store, DUE)[-1] == ("정기회의: 확정한 배부본이 현재 내용과 다름", HELD, meeting)
    revise_pack(store, meeting_id=meeting, reason="정정")
    assert not old()
    with store.reading() as read:
        assert [row.issued for row in due.listed(read, today=DUE)] == [False]


@pytest.mark.parametrize("days", [1, 9])
def test_days_that_pass_change_nothing_on_paper(sqlite_store: Store, days: int) -> None:
    store = sqlite_store
    clock.fix(HELD - dt.timedelta(days=60))
    before = new_meeting(store, AT - dt.timedelta(days=50))
    with store.reading() as read:
        body = queries.meeting(read, id=before).body_id
    meeting = store.run(meetings.add_meeting, body_id=body, starts_at=AT).value
    add_item(store, meeting)
    store.run(
        actions.add_action,
        meeting_id=before,
        text="늦을 조치",
        department="가상과",
        due_on=DUE - dt.timedelta(days=2),
    )
    clock.fix(DUE - dt.timedelta(days=3))
    issued = issue_pack(store, meeting_id=meeting)
    assert "previous_actions" in issued.facts.references
    clock.fix(DUE - dt.timedelta(days=3) + dt.timedelta(days=days))
    with store.reading() as read:
        found = changes_since(read, store.papers, meeting_id=meeting)
        row = issues.issue(read, id=issued.id)
    assert found is not None and not found.any
    members = store.papers.path(row.files[0].sha256)
    large = store.papers.path(edition_file(store, issue_id=row.id, edition="large").sha256)
    assert members != large
