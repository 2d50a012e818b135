"""The meetings page by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop.meetings import queries
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.dialogs import CloseDialog, ItemDialog, MeetingDialog, NoticeDialog, PaperDialog
from ui.models.rows import ROW_DRAG

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def go(window):
    window.shell.go("meetings")
    rest(window)
    page = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: page.meeting is not None and page.item_id is not None)
    return page


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def titles(page) -> list[str]:
    model = page.agenda.model
    return [model.cell(n, 1).text for n in range(model.rowCount())]


def starts(page) -> list[str]:
    model = page.agenda.model
    return [model.cell(n, 3).text for n in range(model.rowCount())]


def choose(page, n: int) -> None:
    page.agenda.list.choose(page.agenda.model.order[n])
    spin(lambda: page.side.item and page.side.item.id == page.agenda.model.order[n])
    rest(page.window())


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


# --- looking


def test_the_next_meeting_is_in_front(shared_page) -> None:
    page = shared_page
    assert page.title.text() == "제3회 정기회의"
    assert "2022. 3. 17.(목) 14:00~16:00" in page.meta.text()
    assert page.left.sentence() == "D-6"
    assert page.agenda.sums.text() == "6건 · 115분 / 120분 · 여유 5분"
    assert starts(page) == ["14:00", "14:05", "14:20", "14:50", "15:15", "15:35"]
    numbers = [page.agenda.model.cell(n, 0).text for n in range(6)]
    assert numbers == ["", "1", "2", "3", "4", "5"]
    assert page.side.quorum.verdict.sentence() == "성원 가능"
    assert [number.text() for _s, _w, number in page.side.quorum.shares] == ["19", "9", "7"]


def test_f8_walks_the_items_and_shows_texts_and_papers(shared_page) -> None:
    page = shared_page
    choose(page, 0)
    focus(page.agenda.list)
    for _ in range(3):
        QTest.keyClick(page.agenda.list, KEY.Key_F8)
    spin(lambda: page.side.item.number == 3)
    rest(page.window())
    assert "11종" in page.side.card.texts["request"][1].text()
    assert page.agenda.papers_of.text() == "안건 3 자료"
    assert page.agenda.papers.model().rowCount() == 3
    assert page.agenda.paper_model.cell(2, 1).text == "비공개(위원 배부용)"


def test_the_list_groups_meetings_and_opens_one(shared_page) -> None:
    page = shared_page
    click(page.back)
    model = page.page.list.model()
    words = [model.cell(n, 0).text for n in range(model.rowCount())]
    assert words == ["예정", "제3회 정기회의", "지난 회의", "제2회 정기회의", "제1회 정기회의"]
    focus(page.page.list)
    QTest.keyClick(page.page.list, KEY.Key_End)
    QTest.keyClick(page.page.list, KEY.Key_Return)
    spin(lambda: page.title.text() == "제1회 정기회의")
    assert page.state.sentence() == "폐회"
    assert not page.edit.isVisible()
    assert page.side.quorum.verdict.sentence() == "성원 27/18명"


# --- changing


def test_alt_arrows_move_an_item_and_the_clock_follows(page) -> None:
    choose(page, 2)
    focus(page.agenda.list)
    before = titles(page)
    QTest.keyClick(page.agenda.list, KEY.Key_Up, ALT)
    spin(lambda: titles(page)[1] == before[2])
    rest(page.window())
    assert starts(page)[:3] == ["14:00", "14:05", "14:35"]
    assert page.agenda.list.current() == page.agenda.model.order[1]
    page.desk.undo()
    spin(lambda: titles(page) == before)


def test_dragging_moves_an_item(page) -> None:
    before = titles(page)
    model = page.agenda.model
    data = model.mimeData([model.index(5, 0)])
    assert data.hasFormat(ROW_DRAG)
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, model.index(-1, -1))
    spin(lambda: titles(page) == [before[0], before[5], *before[1:5]])


def test_items_are_added_edited_and_deleted(page) -> None:
    focus(page.agenda.list)
    QTest.keyClick(page.agenda.list, KEY.Key_I, CONTROL)
    form = dialog(page, ItemDialog)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.title.field, "새 안건")
    type_into(form.minutes.field, "30")
    click(form.button)
    spin(lambda: "새 안건" in titles(page))
    spin(lambda: page.agenda.sums.text().endswith("25분 초과"))
    assert page.agenda.model.cell(6, 3).ink == "bad"
    spin(lambda: page.side.item.title == "새 안건")
    focus(page.agenda.list)
    QTest.keyClick(page.agenda.list, KEY.Key_Delete)
    spin(lambda: "새 안건" not in titles(page))
    page.desk.undo()
    spin(lambda: "새 안건" in titles(page))


def test_replies_move_the_forecast(page) -> None:
    page.on_attendance()
    rest(page.window())
    rows = page.tab("attendance").list.model()
    coming = next(n for n in range(rows.rowCount()) if rows.row(n).reply == "coming")
    focus(page.tab("attendance").list)
    page.tab("attendance").list.choose(rows.row(coming).id)
    QTest.keyClick(page.tab("attendance").list, KEY.Key_Space)
    spin(lambda: page.side.quorum.shares[0][2].text() == "18")
    page.tab("attendance").list.selectAll()
    click(page.tab("attendance").replies["not_coming"])
    spin(lambda: page.side.quorum.shares[2][2].text() == "35")
    assert page.side.quorum.verdict.sentence() == "미달 예상 18명"


def test_the_roll_call_reaches_the_quorum_live(page) -> None:
    click(page.start)
    spin(lambda: page.meeting.state == "opened")
    rest(page.window())
    assert page.side.quorum.verdict.sentence() == "의사정족수 18명 부족"
    sheet = page.tab("attendance").list
    focus(sheet)
    for n in range(18):
        row = sheet.model().row(n)
        sheet.choose(row.id)
        QTest.keyClick(sheet, KEY.Key_Space)
        spin(lambda n=n: sheet.model().row(n).presence == "present")
    spin(lambda: page.side.quorum.verdict.sentence() == "성원 18/18명")
    assert page.side.quorum.majority.text() == "가결 요건 10명 이상"
    click(page.close_button)
    form = dialog(page, CloseDialog)
    assert "18명이 출석" in form.findChildren(type(page.title))[1].text()
    click(form.button)
    spin(lambda: page.meeting.state == "closed")
    rest(page.window())
    assert not page.start.isVisible()
    assert page.desk.store.undoable is None


def test_a_file_is_attached_renamed_moved_and_removed(page, sample_copy, tmp_path) -> None:
    choose(page, 2)
    with page.desk.store.reading() as read:
        known = queries.papers(read, item_ids=[page.agenda.model.order[1]])[0]
    good = tmp_path / "붙임 자료.pdf"
    good.write_bytes(page.desk.store.papers.path(known.sha256).read_bytes())
    bad = tmp_path / "빈 파일.pdf"
    bad.write_bytes(b"")
    page.take([good, bad])
    model = page.agenda.paper_model
    spin(lambda: model.rowCount() == 2, 15)
    rest(page.window())
    assert model.cell(0, 0).text == "붙임 자료"
    assert model.cell(1, 0).icon == "circle-alert"
    focus(page.agenda.papers)
    page.agenda.papers.choose(model.order[0])
    QTest.keyClick(page.agenda.papers, KEY.Key_Return)
    form = dialog(page, PaperDialog)
    type_into(form.title.field, "시행계획(안)")
    form.disclosure.field.choose("members")
    click(form.button)
    spin(lambda: model.cell(0, 0).text == "시행계획(안)")
    focus(page.agenda.papers)
    QTest.keyClick(page.agenda.papers, KEY.Key_Down, ALT)
    spin(lambda: model.cell(1, 0).text == "시행계획(안)")
    page.agenda.papers.choose(model.order[0])
    QTest.keyClick(page.agenda.papers, KEY.Key_Delete)
    spin(lambda: model.rowCount() == 1)


def test_a_new_meeting_is_planned_and_warned_of_a_late_notice(page) -> None:
    page.window().shell.act("meetings.new")
    form = dialog(page, MeetingDialog)
    click(form.button)
    # Said once, at the field, which takes the focus.
    assert form.day.says("회의 날짜와 시작 시각을 입력하십시오.") and form.refusal_row.isHidden()
    assert form.day.field.hasFocus()
    type_into(form.day.field, "2022-03-15")
    QTest.keyClick(form.day.field, KEY.Key_Tab)
    spin(lambda: form.late.isVisible())
    assert "2022. 3. 8.(화)" in form.late.text()
    click(form.button)
    spin(lambda: page.title.text() == "제4회 정기회의")
    rest(page.window())
    assert page.notice.sentence() == "소집통지 기한 3. 8."
    assert page.agenda.hollow.currentWidget() is page.agenda.hollow.empty
    click(page.note)
    form = dialog(page, NoticeDialog)
    click(form.button)
    spin(lambda: page.notice.sentence() == "소집통지 3. 11.")


def test_a_meeting_taken_back_leaves_the_list(page) -> None:
    click(page.edit)
    form = dialog(page, MeetingDialog)
    type_into(form.place.field, "동구 주민회의실")
    click(form.button)
    spin(lambda: "동구 주민회의실" in page.meta.text())
    click(page.back)
    focus(page.page.list)
    page.page.list.choose(page.meeting_id)
    QTest.keyClick(page.page.list, KEY.Key_Delete)
    spin(lambda: page.page.list.model().rowCount() == 3)
    page.desk.undo()
    spin(lambda: page.page.list.model().rowCount() == 5)
