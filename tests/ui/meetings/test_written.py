"""The written resolution and the register of decisions, by real keys and clicks."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import agenda, queries, usecases, written
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.documents.dialog import DocumentsDialog
from ui.meetings.written import FinishDialog, OpinionDialog, SendDialog

KEY = Qt.Key


@pytest.fixture
def tab(window):
    """A written resolution with one item, in front."""
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    store = view.desk.store
    with store.reading() as read:
        body = queries.meetings(read)[0].body_id
    meeting = store.run(
        usecases.add_meeting,
        body_id=body,
        starts_at=clock.now() + dt.timedelta(days=3),
        kind="written",
    ).value
    store.run(
        agenda.add_item, meeting_id=meeting, title="예시 서면 안건", request="예시: 의결한다."
    )
    window.shell.go("meetings", meeting, "meeting")
    spin(lambda: view.meeting is not None and view.meeting.id == meeting)
    shown = view.show_tab("written")
    spin(lambda: shown.state is not None)
    rest(window)
    return shown


def dialog(tab, kind):
    spin(lambda: tab.window().findChild(kind) is not None)
    rest(tab.window())
    return tab.window().findChild(kind)


def done(tab, form) -> None:
    click(form.button)
    spin(lambda: not form.isVisible() or form.refusal_row.isVisible())
    assert not form.isVisible(), form.refusal.text()
    rest(tab.window())


def send(tab) -> None:
    click(tab.send)
    form = dialog(tab, SendDialog)
    by = clock.today() + dt.timedelta(days=2)
    type_into(form.day.field, f"{by:%Y-%m-%d}")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "근거" in form.refusal.text()
    type_into(form.ground.field, "예시: 긴급하여 소집할 시간 없음")
    done(tab, form)
    spin(lambda: tab.state.out)
    rest(tab.window())


def test_from_the_sheets_to_the_count_by_keys(tab) -> None:
    assert not tab.finish.isVisible() and not tab.keys.isVisible()
    send(tab)
    assert tab.state.state == MeetingState.NOTICED and not tab.send.isVisible()
    assert tab.verdict.sentence() == "회신 18명 부족"
    focus(tab.list)
    for n in range(35):
        QTest.keyClick(tab.list, "1" if n < 20 else "2" if n < 33 else "3")
    spin(lambda: tab.state.answered == 35)
    rest(tab.window())
    assert tab.sums.text() == "찬성 20, 반대 13, 기권 2"
    assert tab.verdict.sentence() == "회신 정족수 충족"
    click(tab.finish)
    done(tab, dialog(tab, FinishDialog))
    spin(lambda: tab.meeting.state == MeetingState.CLOSED)
    spin(lambda: tab.state.items[0].closed)
    rest(tab.window())
    assert tab.sums.text() == "회신 35명의 과반수 18명 필요, 찬성 20명으로 가결"
    assert not tab.finish.isVisible()


def test_an_opinion_is_written_down_with_its_day(tab) -> None:
    send(tab)
    focus(tab.list)
    QTest.keyClick(tab.list, KEY.Key_Return)
    form = dialog(tab, OpinionDialog)
    type_into(form.opinion.field, "예시 의견")
    done(tab, form)
    spin(lambda: tab.lines[0].opinion == "예시 의견")
    assert tab.lines[0].choice == "yes"
    focus(tab.list)
    QTest.keyClick(tab.list, "0")
    spin(lambda: tab.lines[0].choice is None)


def test_counting_before_all_have_replied_is_refused_in_the_form(tab) -> None:
    send(tab)
    click(tab.finish)
    form = dialog(tab, FinishDialog)
    assert "이월" in form.note.text()
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "35" in form.refusal.text()
    form.reject()
    rest(tab.window())


def test_ballot_sheets_are_shown_page_by_page(tab) -> None:
    send(tab)
    click(tab.sheets)
    form = dialog(tab, DocumentsDialog)
    spin(lambda: form.bound is not None and form.settled, 25)
    assert form.facts.text() == "35쪽 · A4"
    form.reject()
    rest(tab.window())


def test_the_register_is_searched_by_year_and_leads_to_the_item(tab) -> None:
    send(tab)
    seats = [member.id for member in tab.state.members]
    store = tab.desk.store
    item = tab.state.items[0].id
    store.run(written.reply, item_id=item, attendance_ids=seats, choice="yes")
    store.run(written.finish, meeting_id=tab.meeting.id)
    window = tab.window()
    room = window.shell.rooms.page("meetings")
    page = room.show_pane("decisions")
    rest(window)
    spin(lambda: page.model.rowCount() == 3)
    type_into(page.search, "서면 안건")
    spin(lambda: page.model.rowCount() == 1)
    rest(window)
    assert page.model.cell(0, 2).text == "예시 서면 안건"
    type_into(page.search, "없는 말")
    spin(lambda: page.hollow.currentWidget() is page.hollow.empty)
    assert not page.sheet.isEnabled()
    page.search.clear()
    spin(lambda: page.model.rowCount() == 3)
    years = [year for year, _words in page.year.options[1:]]
    assert years == [2022, 2021]
    page.year.setCurrentIndex(1)
    spin(lambda: page.model.rowCount() == 1)
    rest(window)
    page.list.choose(item)
    click(page.print_button)
    form = dialog(tab, DocumentsDialog)
    spin(lambda: form.bound is not None and form.settled, 20)
    assert form.facts.text() == "1쪽 · A4"
    form.reject()
    rest(window)
    click(page.go_to)
    view = room.pane("list").view
    spin(lambda: view.side.item is not None and view.side.item.id == item)
