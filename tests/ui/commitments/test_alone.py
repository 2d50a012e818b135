"""Overview, commitment and timeline where one may only read, and where there is no plan yet."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from db.store import Store
from gwangju_desktop.commitments import plans, queries
from tests.ui.acting import click, focus
from tests.ui.conftest import rest

Key = Qt.Key
WRITING = ("add", "start", "complete", "cause", "change", "more")


def room_of(window):
    window.shell.go("commitments")
    rest(window)
    return window.shell.rooms.page("commitments")


def test_a_reader_sees_everything_and_changes_nothing(window_on, planned, tmp_path) -> None:
    path, ids = planned
    own = tmp_path / path.name
    shutil.copy(path, own)
    with Store.open(own) as store:
        window = window_on(own)
        room = room_of(window)
        assert room.desk.read_only
        assert not room.show_pane("overview").add.isVisible()
        room.open(ids["first3"], "milestone")
        rest(window)
        page = room.front
        assert page.milestones.current().id == ids["first3"]
        for name in WRITING:
            assert not getattr(page.milestones, name).isVisible(), name
        card = page.state_card
        for button in (card.set, card.clear, card.write, card.finish, card.reopen, page.edit):
            assert not button.isVisible()
        assert not any(part.edit.isVisible() for part in page.texts.parts)
        assert page.milestones.evidence.isVisible()
        focus(page.milestones.list)
        for key in (Key.Key_Space, Key.Key_Return):
            QTest.keyClick(page.milestones.list, key)
        QTest.keyClick(page.milestones.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        rest(window)
        assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
        room.show_pane("timeline")
        rest(window)
        assert room.front.view.isVisible()
        with store.reading() as read:
            assert queries.milestones(read)[2].completed_on is None


def test_an_office_without_a_plan_says_how_one_begins(window_on, _empty_office, tmp_path) -> None:
    own = tmp_path / "빈 office.gwoffice"
    shutil.copy(_empty_office, own)
    window = window_on(own)
    room = room_of(window)
    page = room.show_pane("overview")
    assert page.nothing.isVisible() and page.nothing.title.text() == "실행계획이 없습니다"
    assert not room.plans.isVisible()
    room.show_pane("commitment")
    rest(window)
    assert room.front.nothing.isVisible()
    room.show_pane("timeline")
    rest(window)
    assert room.front.nothing.isVisible() and not room.front.copy.isVisible()
    room.show_pane("overview")
    rest(window)
    click(page.new)
    rest(window)
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    dialog.reject()
    rest(window)


def test_without_any_day_it_leads_to_where_days_are_set(window_on, _empty_office, tmp_path) -> None:
    own = tmp_path / _empty_office.name
    shutil.copy(_empty_office, own)
    with Store.open(own) as store:
        store.run(plans.add_plan, code="EX-2022", title="가상 실행계획", starts=202201, ends=202312)
    window = window_on(own)
    room = room_of(window)
    page = room.show_pane("timeline")
    rest(window)
    assert page.nothing.isVisible() and not page.view.isVisible()
    assert not page.copy.isVisible() and not page.save.isVisible()
    button = page.nothing.findChild(QPushButton)
    click(button)
    rest(window)
    assert room.pane("overview").isVisible()
