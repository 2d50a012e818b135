"""The calendar of terms by hand and keys, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gwangju_desktop import offices
from gwangju_desktop.members import bodies, usecases
from tests.gwangju_desktop.members.test_horizon import add_term
from tests.ui.acting import click, focus
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.lanes_paint import add_months
from ui.models.rows import Group

KEY = Qt.Key
COMMITTEE = "광주광역시 탄소중립도시추진위원회"


def go(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("calendar")
    rest(window)
    return page


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def people(page) -> list[str]:
    kept = [page.model.row(n) for n in range(page.model.rowCount())]
    return [row.name for row in kept if not isinstance(row, Group)]


def test_the_calendar_counts_whose_terms_end(shared_page) -> None:
    page = shared_page
    assert page.meta.text() == "임기 만료 30일 이내 4명 · 60일 4명 · 90일 4명"
    assert len(page.lanes.lanes) == 6
    assert page.lanes.start == dt.date(2022, 1, 1)
    (mark,) = page.lanes.marks(0)
    assert mark.first == dt.date(2022, 3, 25) and len(mark.people) == 4
    assert "2022. 3. 25.: 4명 임기 만료(나현서, " in page.lanes.accessibleName()
    assert page.model.row(0).title == "30일 이내"
    assert not clipped(page.window())


def test_a_click_on_a_count_lists_the_people_and_enter_opens_one(shared_page) -> None:
    page = shared_page
    place = page.lanes.marks(0)[0].place.center().toPoint()
    QTest.mouseClick(page.lanes, Qt.MouseButton.LeftButton, pos=place)
    rest(page.window())
    assert people(page) == ["나현서", "문새벽", "신유라", "이산하"]
    assert page.head.text() == COMMITTEE
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    QTest.keyClick(page.list, KEY.Key_Return)
    rest(page.window())
    room = page.window().shell.rooms.page("members")
    assert room.front is not page
    spin(lambda: room.front.card.record is not None and room.front.card.record.name == "나현서")


def test_keys_choose_bodies_and_days_and_open_the_body(shared_page) -> None:
    page = shared_page
    focus(page.lanes)
    QTest.keyClick(page.lanes, KEY.Key_Right)
    assert len(page.lanes.people()) == 4
    QTest.keyClick(page.lanes, KEY.Key_Left)
    assert page.lanes.people() == ()
    QTest.keyClick(page.lanes, KEY.Key_End)
    assert "모니터링 기구" in page.lanes.accessibleName()
    QTest.keyClick(page.lanes, KEY.Key_Home)
    QTest.keyClick(page.lanes, KEY.Key_PageDown)
    assert page.lanes.start == dt.date(2022, 7, 1)
    QTest.keyClick(page.lanes, KEY.Key_Return)
    rest(page.window())
    room = page.window().shell.rooms.page("members")
    spin(lambda: room.front.sheet.record is not None)
    assert room.front.sheet.name.text() == COMMITTEE


def test_the_span_is_chosen_and_turned(shared_page) -> None:
    page = shared_page
    click(page.span.parts[2])
    assert (page.lanes.start, page.lanes.end) == (dt.date(2021, 3, 1), dt.date(2024, 3, 1))
    assert sum(len(mark.people) for mark in page.lanes.marks(0)) == 23
    click(page.later)
    assert page.lanes.start == dt.date(2022, 9, 1)
    click(page.earlier)
    click(page.earlier)
    assert page.lanes.start == dt.date(2019, 9, 1)
    click(page.now)
    assert page.lanes.start == dt.date(2021, 3, 1)


def test_terms_sunsets_and_ends_of_bodies_are_said(page) -> None:
    committee, monitoring = page.lanes.lanes[0].id, page.lanes.lanes[-1].id
    desk = page.desk
    desk.do(
        add_term,
        body_id=committee,
        number=9,
        starts_on=dt.date(2031, 2, 25),
        ends_on=dt.date(2033, 2, 24),
    )
    desk.do(usecases.edit_body, id=committee, sunset_on=dt.date(2022, 5, 31))
    desk.do(bodies.dissolve_body, id=monitoring, on=dt.date(2022, 2, 20))
    rest(page.window())
    said = page.lanes.accessibleName()
    assert "제9기 2031. 2. 25.~2033. 2. 24." in said and "존속기한 2022. 5. 31." in said
    assert "2022. 2. 20. 폐지" in page.lanes.lane_sentence(page.lanes.lanes[-1])
    page.grab()  # It is painted without a warning.


def test_a_double_click_opens_the_body(shared_page) -> None:
    page = shared_page
    place = QPoint(60, int(page.lanes.top(1)) + 10)
    QTest.mouseDClick(page.lanes, Qt.MouseButton.LeftButton, pos=place)
    rest(page.window())
    room = page.window().shell.rooms.page("members")
    spin(lambda: room.front.sheet.record is not None)
    assert room.front.sheet.name.text() == "기후위기비상대책본부"


def test_an_empty_office_says_how_to_begin(window_on, tmp_path) -> None:
    path = tmp_path / "빈 사무국.gwoffice"
    offices.new_office(path)
    page = go(window_on(path))
    assert page.hollow.currentWidget() is page.empty
    assert page.stack.currentWidget() is page.none
    assert not page.body.isVisible()


def test_months_are_added_across_years() -> None:
    assert add_months(dt.date(2022, 3, 11), -3) == dt.date(2021, 12, 1)
    assert add_months(dt.date(2022, 12, 31), 1) == dt.date(2023, 1, 1)
