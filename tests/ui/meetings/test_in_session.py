"""What a sitting shows and offers by keys: its clock, the amendments, numbers, the second screen."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.vocab import MeetingKind, Presence, Role
from gwangju_desktop import clock
from gwangju_desktop.meetings import elections, movements, queries, series, sheet, sitting, votes
from gwangju_desktop.meetings.numbers import book
from gwangju_desktop.text import N_, words
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.meetings.test_decision import run, seats_of, view, window
from ui.meetings.given import NumbersDialog
from ui.meetings.steps import WaysDialog
from ui.meetings.voting_forms import AmendmentDialog, SecondDialog

__all__ = ["view", "window"]

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_chip_says_how_long_the_sitting_has_lasted(view) -> None:
    opened = view.meeting.opened_at
    passed = int((clock.now() - opened).total_seconds()) // 60
    assert str(passed) in view.state.sentence()
    assert view.state.timer.isActive()


def test_nothing_is_recorded_while_the_quorum_is_lost(view) -> None:
    block = view.side.blocks[2]
    spin(lambda: block.panel is not None)
    assert block.confirm.isEnabled()
    with view.desk.store.reading() as read:
        seats = seats_of(read, view.meeting_id)
    run(view, movements.mark_presence, ids=seats[:12], presence=Presence.LEFT.value)
    spin(lambda: not block.confirm.isEnabled())
    assert block.blocked.text() in block.confirm.toolTip()


def test_an_amendment_is_moved_and_seconded_by_commands(view, window) -> None:
    block = view.side.blocks[2]
    spin(lambda: block.panel is not None)
    QTest.keyClick(window, Qt.Key.Key_M, CONTROL_SHIFT)
    dialog = next(iter(window.findChildren(AmendmentDialog)))
    dialog.reject()
    rest(window)
    window.shell.act("meetings.second")
    assert not window.findChildren(SecondDialog)  # there is no amendment to second


def test_a_recess_is_offered_among_the_steps(view, window) -> None:
    view.on_steps()
    dialog = next(iter(window.findChildren(WaysDialog)))
    assert dialog.rest.isVisibleTo(dialog)
    assert not dialog.end.isVisibleTo(dialog)  # the sample's meeting is in no series
    click(dialog.rest)
    rest(window)
    run(view, sitting.recess, meeting_id=view.meeting_id, reason="예시")
    spin(lambda: view.strip.resting is not None)


def test_a_series_is_ended_from_a_meeting_on(view) -> None:
    made = view.desk.store.run(
        series.create_series,
        body_id=view.meeting.body_id,
        rule="FREQ=MONTHLY;COUNT=4",
        first_at=dt.datetime(2023, 3, 16, 5, tzinfo=dt.UTC),
        kind=MeetingKind.REGULAR.value,
    ).value
    view.open(made["meetings"][1])
    spin(lambda: view.meeting is not None and view.meeting.id == made["meetings"][1])
    view.on_end_series()
    rest(view.window())
    with view.desk.store.reading() as read:
        left = {one.id for one in queries.meetings(read)}
    assert made["meetings"][0] in left
    assert not left & set(made["meetings"][1:])


def test_the_book_of_numbers_is_shown(view, window) -> None:
    room = window.shell.rooms.page("meetings")
    pane = room.pane("decisions")
    room.show_pane("decisions")
    rest(window)
    spin(lambda: bool(pane.bodies))
    click(pane.book)
    dialog = next(iter(window.findChildren(NumbersDialog)))
    dialog.body.choose(view.meeting.body_id)
    rest(window)
    with view.desk.store.reading() as read:
        given = book(read, body_id=view.meeting.body_id)
    spin(lambda: dialog.list.model().rowCount() == len(given))
    assert given
    dialog.reject()


def test_the_second_screen_names_who_is_elected(view) -> None:
    store = view.desk.store
    with store.reading() as read:
        standing = sheet.seats(read, meeting_id=view.meeting_id)[:2]
    run(
        view,
        elections.open_election,
        item_id=view.item_id,
        role=Role.VICE_CHAIR.value,
        membership_ids=[one.membership_id for one in standing],
    )
    with store.reading() as read:
        vote = votes.of_item(read, item_id=view.item_id)[-1]
    for_first = vote.entitled or 24
    run(
        view,
        elections.close_election,
        vote_id=vote.id,
        counts={standing[0].membership_id: for_first, standing[1].membership_id: 0},
    )
    view.side.quorum.on_big()
    big = view.side.quorum.big
    spin(lambda: big.seen is not None and big.seen.vote is not None)
    said = big.sentences()[3]
    assert words("ko")(N_("{name} {n} (elected)"), name=standing[0].name, n=for_first) in said
    assert f"{standing[1].name} 0" in said
    big.close()
