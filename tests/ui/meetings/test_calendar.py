"""The calendar by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop.meetings import queries
from tests.gwangju_desktop.meetings import naive_ics
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.calendar import LIST, MONTH, YEAR
from ui.meetings.calendar_days import add_months, weeks
from ui.meetings.calendar_files import CalendarImport
from ui.meetings.calendar_holidays import HolidayDialog
from ui.meetings.calendar_series import SeriesDialog
from ui.meetings.copying import CopyDialog
from ui.meetings.dialogs import MeetingDialog

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
D = dt.date
DAY = D(2022, 3, 17)  # the sample's next meeting; its office lives on 2022-03-11


def go(window):
    window.shell.go("meetings")
    page = window.shell.rooms.page("meetings").show_pane("calendar")
    spin(lambda: page.span is not None and page.options)
    rest(window)
    return page


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


def at(view, day: dt.date) -> QPoint:
    """Return a point in the foot of a day's cell, beside its meetings."""
    cell = view.place_of(day)
    return QPoint(int(cell.center().x()), int(cell.bottom()) - 3)


def meetings(page) -> list:
    with page.desk.store.reading() as read:
        return queries.meetings(read)


# --- looking


def test_the_arrow_keys_walk_the_days_and_turn_the_month(shared_page) -> None:
    page = shared_page
    assert page.day == D(2022, 3, 11)
    assert page.title.text() == "2022. 3."
    focus(page.month)
    for key, day in (
        (KEY.Key_Right, D(2022, 3, 12)),
        (KEY.Key_Down, D(2022, 3, 19)),
        (KEY.Key_Left, D(2022, 3, 18)),
        (KEY.Key_Up, D(2022, 3, 11)),
        (KEY.Key_Home, D(2022, 3, 1)),
        (KEY.Key_End, D(2022, 3, 31)),
        (KEY.Key_PageDown, D(2022, 4, 30)),
        (KEY.Key_PageUp, D(2022, 3, 30)),
        (KEY.Key_T, D(2022, 3, 11)),
    ):
        QTest.keyClick(page.month, key)
        assert page.day == day, key
    # With the Korean input method on, the key of T sends ㅅ.
    QTest.keyClick(page.month, KEY.Key_PageDown)
    typed = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ㅅ")
    QApplication.sendEvent(page.month, typed)
    assert page.day == D(2022, 3, 11)
    QTest.keyClick(page.month, KEY.Key_PageUp)
    rest(page.window())
    assert page.title.text() == "2022. 2."


def test_holidays_are_named_and_meetings_stand_on_their_day(shared_page) -> None:
    page = shared_page
    view = page.month
    assert view.holiday(D(2022, 3, 9)) == "대통령 선거일"
    assert view.off(D(2022, 3, 1)) and view.off(D(2022, 3, 12)) and not view.off(DAY)
    (_place, entry), *others = view.chips(DAY)[0]
    assert entry.title == "제3회 정기회의" and not others
    view.choose(DAY)
    assert "제3회 정기회의" in view.accessibleName() and "2022. 3. 17.(목)" in view.accessibleName()
    page.go_to(D(2022, 9, 12))
    rest(page.window())
    assert page.why.text() == "추석 대체공휴일"
    assert page.none.isVisible() and not page.day_list.isVisible()


def test_a_click_on_a_meeting_or_enter_opens_it(shared_page) -> None:
    page = shared_page
    page.go_to(D(2022, 3, 11))
    (place, entry), *_ = page.month.chips(DAY)[0]
    QTest.mouseClick(page.month, LEFT, pos=place.center().toPoint())
    room = page.room
    spin(lambda: room.front is not page and room.front.view.meeting is not None)
    assert room.front.view.title.text() == entry.title
    room.show_pane("calendar")
    assert page.day == DAY
    focus(page.month)
    QTest.keyClick(page.month, KEY.Key_Return)
    spin(lambda: room.front is not page)


def test_year_and_list_show_the_same_and_go_by_year(shared_page) -> None:
    page = shared_page
    click(page.segment.parts[YEAR])
    rest(page.window())
    focus(page.year)
    assert page.title.text() == "2022년"
    assert [len(page.year.by_day.get(day, [])) for day in (DAY, D(2022, 3, 18))] == [1, 0]
    QTest.mouseClick(page.year, LEFT, pos=at(page.year, D(2022, 6, 6)))
    assert page.day == D(2022, 6, 6) and page.why.text() == "현충일"
    QTest.keyClick(page.year, KEY.Key_PageUp)
    rest(page.window())
    assert page.title.text() == "2021년"
    assert "회의 2건" in page.total.text()
    click(page.segment.parts[LIST])
    rest(page.window())
    rows = [page.model.row(n) for n in range(page.model.rowCount())]
    told = [getattr(row, "title", getattr(row, "name", "")) for row in rows]
    assert "추석" in told and "제2회 정기회의" in told
    assert told.index("추석") > told.index("제1회 정기회의")
    page.list.choose(next(row.id for row in rows if getattr(row, "title", "") == "제2회 정기회의"))
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Return)
    spin(lambda: page.room.front is not page)
    spin(lambda: page.room.front.view.title.text() == "제2회 정기회의")


def test_one_body_alone_and_no_meeting(shared_page) -> None:
    page = shared_page
    page.body.setCurrentIndex(2)
    rest(page.window())
    assert "회의 0건" in page.total.text()
    click(page.segment.parts[LIST])
    rest(page.window())
    assert not page.list.isVisible()


def test_all_sizes_hold_all_days(shared_page) -> None:
    page = shared_page
    for width in (1366, 911, 1920):
        page.go_to(D(2022, 3, 11))
        page.window().resize(width, 480 if width == 911 else 900)
        rest(page.window())
        for day in (D(2022, 3, 1), D(2022, 3, 31)):
            point = at(page.month, day)
            assert page.month.rect().contains(point)
            assert page.month.day_at(point.toPointF()) == day
        click(page.segment.parts[YEAR])
        rest(page.window())
        for n in range(0, 365, 13):
            day = D(2022, 1, 1) + dt.timedelta(days=n)
            assert page.year.day_at(page.year.place_of(day).center()) == day
        page.go_to(D(2022, 12, 31))
        rest(page.window())
        point = page.year.place_of(D(2022, 12, 31)).center().toPoint()
        assert page.year.visibleRegion().contains(point)
        click(page.segment.parts[MONTH])
        rest(page.window())


def test_weeks_begin_on_sunday_and_months_keep_their_end() -> None:
    assert [week[0].weekday() for week in weeks(D(2022, 3, 1))] == [6] * 5
    assert weeks(D(2022, 5, 1))[0][0] == D(2022, 5, 1)
    assert add_months(D(2022, 1, 31), 1) == D(2022, 2, 28)
    assert add_months(D(2024, 3, 31), -1) == D(2024, 2, 29)


# --- planning


def test_n_plans_on_the_day_and_the_strip_says_what_speaks_against(page) -> None:
    focus(page.month)
    page.go_to(D(2022, 3, 12))
    QTest.keyClick(page.month, KEY.Key_N)
    form = dialog(page, MeetingDialog)
    assert form.day.field.value() == D(2022, 3, 12)
    strip = form.plan
    spin(lambda: strip.isVisible())
    lines = [label.text() for _icon, label in strip.lines if label.isVisible()]
    assert lines[0].startswith("소집 기한 지남: 긴급 사유 필요")
    assert any("토요일" in line for line in lines)
    # The first free day offered is a working day a week ahead; one click takes it.
    assert strip.free[0].text() == "2022. 3. 18.(금)"
    click(strip.free[0])
    assert form.day.field.value() == D(2022, 3, 18)
    spin(lambda: strip.plan.fine)
    assert "소집통지 2022. 3. 11.(금)" in strip.lines[0][1].text()
    type_into(form.day.field, "2022-03-17")
    spin(lambda: any(clash.own for clash in strip.plan.clashes))
    type_into(form.day.field, "2022-03-")
    spin(lambda: not strip.isVisible())
    type_into(form.day.field, "2022-03-18")
    click(form.button)
    spin(lambda: page.room.front is not page)
    rest(page.window())
    assert [m.starts_at.date() for m in meetings(page)][-1] == D(2022, 3, 18)


def test_a_double_click_on_a_day_plans_there(page) -> None:
    point = at(page.month, D(2022, 3, 29))
    QTest.mouseClick(page.month, LEFT, pos=point)
    QTest.mouseDClick(page.month, LEFT, pos=point)
    form = dialog(page, MeetingDialog)
    assert form.day.field.value() == D(2022, 3, 29)
    form.reject()


def test_a_series_is_seen_thinned_out_and_planned_in_one_step(page) -> None:
    page.go_to(D(2022, 4, 5))
    page.window().shell.act("meetings.series")
    form = dialog(page, SeriesDialog)
    spin(lambda: len(form.dates) == 12)
    assert form.dates[2].starts_at.date() == D(2022, 6, 7)
    type_into(form.count.field, "3")
    spin(lambda: len(form.dates) == 3)
    focus(form.list)
    QTest.keyClick(form.list, KEY.Key_Down)
    QTest.keyClick(form.list, KEY.Key_Space)
    spin(lambda: len(form.without) == 1)
    assert form.button.text().strip() == "회의 2건 계획"
    type_into(form.count.field, "0")
    spin(lambda: not form.dates)
    assert not form.button.isEnabled() and "1" in form.told.text()
    type_into(form.count.field, "3")
    spin(lambda: len(form.dates) == 3)
    left = sorted(
        one.starts_at.date() for one in form.dates if one.planned.date() not in form.without
    )
    before = len(meetings(page))
    click(form.button)
    spin(lambda: len(meetings(page)) == before + len(left))
    rest(page.window())
    assert [m.starts_at.date() for m in meetings(page)][-len(left) :] == left
    page.window().shell.act("undo")
    spin(lambda: len(meetings(page)) == before)


def test_a_day_off_is_entered_and_taken_away(page) -> None:
    click(page.free)
    form = dialog(page, HolidayDialog)
    rest(page.window())
    type_into(form.day.field, "2022-03-25")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.name.field, "가상 휴무")
    click(form.button)
    spin(lambda: page.month.holiday(D(2022, 3, 25)) == "가상 휴무")
    assert page.month.off(D(2022, 3, 25))
    rest(page.window())
    focus(form.list)
    form.list.choose(D(2022, 3, 1).toordinal())
    rest(page.window())
    assert not form.remove.isEnabled()
    form.list.choose(D(2022, 3, 25).toordinal())
    click(form.remove)
    spin(lambda: not page.month.holiday(D(2022, 3, 25)))
    click(form.on)
    spin(lambda: form.title.text() == "2023년")
    form.reject()


# --- copying and files


def test_the_last_meeting_is_copied_and_the_notice_is_on_the_clipboard(page) -> None:
    page.go_to(DAY)
    rest(page.window())
    click(page.notice)
    spin(lambda: "소집 알림" in QGuiApplication.clipboard().text())
    copied = QGuiApplication.clipboard().text()
    assert "2022. 3. 17.(목) 14:00~16:00" in copied and "시행계획" in copied
    with page.desk.store.reading() as read:
        names = [seat.name for seat in queries.attendance(read, meeting_id=page.copied_id())]
    assert names and not any(name in copied for name in names)
    click(page.last)
    form = dialog(page, CopyDialog)
    type_into(form.day.field, "2022-06-16")
    spin(lambda: form.strip.plan is not None and form.strip.plan.day == D(2022, 6, 16))
    click(form.button)
    spin(lambda: page.room.front is not page)
    view = page.room.front.view
    spin(lambda: view.meeting is not None and view.meeting.starts_at.date() == D(2022, 6, 16))
    rest(page.window())
    with page.desk.store.reading() as read:
        old, new = (
            [step.title for step in queries.agenda(read, meeting_id=id)]
            for id in (3, view.meeting_id)
        )
    # All that was on the agenda, and what an earlier meeting deferred.
    assert len(old) == 6 and [title for title in new if title in old] == old
    # The same two commands stand in the meeting itself.
    QGuiApplication.clipboard().clear()
    click(view.copy)
    spin(lambda: "2022. 6. 16.(목)" in QGuiApplication.clipboard().text())


def test_a_calendar_goes_out_and_one_comes_in(page, tmp_path) -> None:
    target = tmp_path / "회의 일정.ics"
    page.write(target)
    spin(lambda: target.exists() and page.desk.idle)
    assert len(naive_ics.read(target.read_bytes())) == 3
    moved = tmp_path / "옮긴 일정.ics"
    moved.write_bytes(
        target.read_bytes()
        .replace(b":20220317T", b":20220318T")
        .replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nX-A:1", 1)
    )
    page.room.take([moved])
    form = dialog(page, CalendarImport)
    spin(lambda: form.plan is not None, 20)
    rest(page.window())
    counts = form.plan.counts
    assert (counts["change"], counts["same"], counts["refused"]) == (1, 2, 0)
    assert form.button.text().strip() == "일정 1건 가져오기"
    click(form.button)
    spin(lambda: page.month.by_day.get(D(2022, 3, 18)), 20)
    assert DAY not in page.month.by_day
