"""Actions by keys and clicks: the line beside the agenda, the tab, the pane, the allowances."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from gwangju_desktop.meetings import actionlist, allowances
from gwangju_desktop.sample.office import TODAY
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.payments import ExceptionDialog
from ui.meetings.task_board import EvidenceDialog
from ui.meetings.task_parts import ResultDialog, TaskDialog
from ui.models.rows import Group

KEY = Qt.Key
HELD = 2  # the sample's second meeting, which gave three actions


@pytest.fixture
def view(window):
    window.shell.go("meetings", HELD, "meeting")
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.meeting.id == HELD and view.item_id is not None)
    rest(window)
    return view


@pytest.fixture
def duties(window):
    window.shell.go("meetings")
    page = window.shell.rooms.page("meetings").show_pane("actions")
    rest(window)
    return page


def all_actions(window) -> list[actionlist.ActionRow]:
    with window.shell.desk.store.reading() as read:
        return actionlist.listed(read, today=TODAY)


def dialog(window, kind):
    spin(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def titles(board) -> list[str]:
    model = board.list.model()
    return [model.cell(n, 0).text for n in range(model.rowCount())]


def choose_item(view, n: int) -> None:
    id = view.agenda.model.order[n]
    view.agenda.list.choose(id)
    spin(lambda: view.side.item is not None and view.side.item.id == id)
    rest(view.window())


def block(view):
    return next(one for one in view.side.blocks if hasattr(one, "on_task"))


# --- beside the agenda


def test_an_action_is_typed_in_one_line(view) -> None:
    window = view.window()
    choose_item(view, 1)
    here = block(view)
    assert here.count.text() == "2건"
    view.page.room.on_task()
    line = here.line
    spin(line.text.hasFocus)
    type_into(line.text, "가상 조치")
    QTest.keyClick(line.text, KEY.Key_Return)
    assert line.department.hasFocus() and line.wrong.isHidden()
    type_into(line.department, "가상과")
    QTest.keyClick(line.department, KEY.Key_Tab)
    assert line.due.hasFocus()
    QTest.keyClick(line.due, KEY.Key_Return)
    assert "기한" in line.wrong.text() and line.wrong.isVisible()
    QTest.keyClicks(line.due, "2022-04-08")
    QTest.keyClick(line.due, KEY.Key_Return)
    spin(lambda: len(here.rows) == 3)
    rest(window)
    (made,) = [one for one in all_actions(window) if one.text == "가상 조치"]
    assert (made.item_id, made.department, made.due_on) == (
        view.item_id,
        "가상과",
        dt.date(2022, 4, 8),
    )
    assert line.text.text() == "" and line.text.hasFocus()
    assert here.list.model().cell(2, 2).text == "4. 8."


def test_a_tick_ends_an_action_and_another_takes_it_back(view) -> None:
    choose_item(view, 2)
    here = block(view)
    (id,) = [one.id for one in here.rows.values() if not one.done]
    here.list.choose(id)
    focus(here.list)
    QTest.keyClick(here.list, KEY.Key_Space)
    spin(lambda: here.rows[id].done)
    assert here.rows[id].done_on == TODAY
    QTest.keyClick(here.list, KEY.Key_Space)
    spin(lambda: here.rows[id].state == "under_way")
    QTest.keyClick(here.list, KEY.Key_Return)
    form = dialog(view.window(), TaskDialog)
    assert form.department.value() == "에너지산업과"
    form.due.field.setText("2022. 3. 21.")
    click(form.button)
    spin(lambda: here.rows[id].due_on == dt.date(2022, 3, 21))


def test_a_line_of_the_notes_becomes_an_action(view) -> None:
    choose_item(view, 2)
    notes = next((one for one in view.side.blocks if type(one).__name__ == "NotesBlock"), None)
    if notes is None:
        pytest.skip("there is no box for notes")
    notes.edit.setPlainText("앞줄\n조치: 표준 양식 확정 @가상과 ~4. 8.")
    focus(notes.edit)
    cursor = notes.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    notes.edit.setTextCursor(cursor)
    view.page.room.on_task()
    line = block(view).line
    assert (line.text.text(), line.department.text()) == ("표준 양식 확정", "가상과")
    assert line.due.value() == dt.date(2022, 4, 8)


# --- the tab and the pane


def test_the_tab_shows_own_and_earlier_actions_and_takes_results(view) -> None:
    window = view.window()
    tab = view.show_tab("actions")
    rest(window)
    heads = [row.title for row in tab.board.list.model().kept.values() if isinstance(row, Group)]
    assert len(heads) == 2 and len(tab.board.rows) == 5
    assert tab.sums.text() == "5건 · 완료 2 · 기한 경과 2"
    late = next(one for one in tab.board.rows.values() if one.department == "서구")
    tab.board.list.choose(late.id)
    click(tab.board.result)
    form = dialog(window, ResultDialog)
    assert form.reason.isHidden() and form.day.isHidden()
    form.state.field.setCurrentIndex(3)
    assert form.reason.isVisible()
    click(form.button)
    spin(form.refusal_row.isVisible)
    assert "사유" in form.refusal.text()
    type_into(form.reason.field, "가상 사유")
    click(form.button)
    spin(lambda: tab.board.rows[late.id].state == "impossible")
    rest(window)
    assert tab.sums.text() == "5건 · 완료 2 · 기한 경과 1"


def test_evidence_is_filed_renamed_and_removed(view, tmp_path) -> None:
    window = view.window()
    tab = view.show_tab("actions")
    rest(window)
    paper = tmp_path / "증빙 사진.txt"
    paper.write_text("예시", "utf-8")
    id = tab.board.current.id
    tab.take([paper])
    spin(lambda: tab.board.files.model().rowCount() == 1, 20)
    assert tab.board.files.model().cell(0, 0).text == "증빙 사진"
    tab.board.files.choose_first()
    focus(tab.board.files)
    QTest.keyClick(tab.board.files, KEY.Key_Return)
    form = dialog(window, EvidenceDialog)
    type_into(form.title.field, "현장 사진")
    click(form.button)
    spin(lambda: tab.board.files.model().cell(0, 0).text == "현장 사진")
    spin(lambda: tab.board.rows[id].evidence == 1)
    focus(tab.board.files)
    QTest.keyClick(tab.board.files, KEY.Key_Delete)
    spin(lambda: tab.board.rows[id].evidence == 0)
    rest(window)
    assert tab.board.files.model().rowCount() == 0
    click(tab.board.remove)
    spin(lambda: id not in tab.board.rows)


def test_evidence_opens_in_its_own_program(view, tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or True)
    tab = view.show_tab("actions")
    rest(view.window())
    sheet = tmp_path / "점검 결과.hwp"
    sheet.write_bytes(b"HWP Document File V3.00")
    tab.take([sheet])
    spin(lambda: tab.board.files.model().rowCount() == 1, 20)
    click(tab.board.open_file)
    spin(lambda: asked, 20)
    copy = Path(asked[0].toLocalFile())
    assert copy.name == "점검 결과.hwp" and copy.read_bytes() == sheet.read_bytes()


def test_the_pane_gathers_all_bodies_and_narrows(duties) -> None:
    window = duties.window()
    assert duties.sums.text() == "4건 · 완료 0 · 기한 경과 2"
    duties.late.click()
    spin(lambda: len(duties.board.rows) == 2)
    duties.late.click()
    n = [value for value, _words in duties.department.options].index("서구")
    duties.department.setCurrentIndex(n)
    spin(lambda: len(duties.board.rows) == 1)
    done = next(one for one in all_actions(window) if one.done)
    window.shell.go("meetings", done.id, "action")
    spin(lambda: duties.board.current is not None and duties.board.current.id == done.id)
    assert duties.state.value() == "any" and len(duties.board.rows) == 6
    focus(duties.board.list)
    QTest.keyClick(duties.board.list, KEY.Key_Delete)
    spin(lambda: len(duties.board.rows) == 5)


# --- allowances


def test_the_allowances_name_who_is_paid_and_exceptions_have_reasons(view, tmp_path) -> None:
    window = view.window()
    tab = view.show_tab("payments")
    spin(lambda: tab.sheet is not None)
    rest(window)
    assert tab.total.text() == "15명 · 금1,500,000원(금일백오십만원)"
    official = next(one for one in tab.sheet.others if one.reason == allowances.ON_DUTY)
    tab.list.choose(official.id)
    assert tab.pay.isVisible() and tab.refuse.isHidden()
    click(tab.pay)
    form = dialog(window, ExceptionDialog)
    click(form.button)
    spin(form.refusal_row.isVisible)
    type_into(form.reason.field, "휴일 참석")
    click(form.button)
    spin(lambda: tab.rows[official.id].pays)
    rest(window)
    assert tab.total.text().startswith("16명")
    spin(tab.follow.isVisible)
    click(tab.follow)
    spin(lambda: not tab.rows[official.id].pays)
    path = tmp_path / "지급조서.xlsx"
    tab.on_save_to(str(path))
    spin(path.exists, 20)
    rest(window)
    assert path.stat().st_size > 1000


def test_before_the_opening_there_is_nothing_to_pay(window) -> None:
    window.shell.go("meetings", 3, "meeting")
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.meeting.id == 3)
    tab = view.show_tab("payments")
    spin(lambda: tab.sheet is not None)
    assert not tab.print_button.isEnabled() and not tab.workbook.isEnabled()
    assert tab.total.text() == ""
