"""The meetings page by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop.meetings import movements, queries, steps, usecases
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.dialogs import MeetingDialog
from ui.meetings.item_dialog import ItemDialog, WithdrawDialog
from ui.meetings.papers_dialogs import PaperDialog
from ui.meetings.step_dialogs import (
    CloseDialog,
    DistributeDialog,
    NoticeDialog,
    OpenDialog,
    PostponeDialog,
    TakeBackDialog,
)
from ui.meetings.steps import WaysDialog
from ui.models.rows import ROW_DRAG

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
WEEK = dt.timedelta(days=7)
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
    spin(lambda: page.side.item.number == "3")
    rest(page.window())
    assert "11종" in page.side.card.texts["request"][1].text()
    assert page.agenda.box.of.text() == "안건 3 자료"
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
    assert page.state.sentence() == "회의록 공개"
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


def take_the_notice_back(page) -> None:
    page.desk.do(steps.take_back, id=page.meeting_id, reason="예시")
    spin(lambda: page.meeting.state == "planned")
    rest(page.window())


def test_items_are_added_edited_and_deleted(page) -> None:
    take_the_notice_back(page)
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


def present(page, count: int) -> list[int]:
    with page.desk.store.reading() as read:
        seats = [one.id for one in queries.attendance(read, meeting_id=page.meeting_id)]
    page.desk.do(movements.mark_presence, ids=seats[:count], presence="present")
    rest(page.window())
    return seats


def say_so(form) -> list[str]:
    spin(lambda: form.needs.sentences())
    return form.needs.sentences()


def test_each_step_says_what_it_misses_before_the_click(page) -> None:
    assert page.bar.next.text() == "자료 배부"
    assert page.bar.path.sentence() == "8단계 중 2단계: 소집통지"
    click(page.bar.next)
    form = dialog(page, DistributeDialog)
    assert "자료가 없는 안건: 2" in say_so(form)
    type_into(form.day.field, "2022-03-15")
    QTest.keyClick(form.day.field, KEY.Key_Tab)
    spin(lambda: form.urgency.isVisible())
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "2022. 3. 14.(월)" in form.refusal.text()
    type_into(form.urgency.field, "예시 사유")
    click(form.button)
    spin(lambda: page.meeting.state == "distributed")
    spin(lambda: page.bar.next.text() == "개의")
    click(page.bar.next)
    form = dialog(page, OpenDialog)
    assert "의사정족수 18명 중 0명이 출석으로 표시되어 있습니다." in say_so(form)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    form.reject()
    present(page, 18)
    click(page.bar.next)
    form = dialog(page, OpenDialog)
    click(form.button)
    spin(lambda: page.meeting.state == "opened")
    rest(page.window())
    assert page.side.quorum.verdict.sentence() == "성원 18/18명"


def test_items_run_against_the_clock_and_closing_lists_the_undecided(page) -> None:
    present(page, 20)
    page.desk.do(steps.open_meeting, id=page.meeting_id, urgency="예시")
    spin(lambda: page.meeting.state == "opened")
    rest(page.window())
    choose(page, 1)
    focus(page.agenda.list)
    QTest.keyClick(page.agenda.list, KEY.Key_F7)
    spin(lambda: page.agenda.clock.isVisible())
    assert page.agenda.clock.sentence().startswith("안건 1 · 0:")
    QTest.keyClick(page.agenda.list, KEY.Key_F7, SHIFT)
    spin(lambda: not page.agenda.clock.isVisible())
    assert page.agenda.model.cell(1, 4).sub == "실제 0분"
    choose(page, 4)
    page.window().shell.act("meetings.withdraw")
    form = dialog(page, WithdrawDialog)
    type_into(form.reason.field, "제출자 철회")
    click(form.button)
    spin(lambda: page.agenda.model.cell(4, 0).struck)
    assert page.agenda.model.cell(4, 2).chip == "철회"
    focus(page.agenda.list)
    QTest.keyClick(page.agenda.list, KEY.Key_F9)
    form = dialog(page, CloseDialog)
    (undecided,) = [one for one in say_so(form) if one.startswith("의결되지 않은 안건")]
    assert "2. " in undecided and "5. " in undecided and "4. " not in undecided
    assert "20명이 출석" in " ".join(label.text() for label in form.findChildren(type(page.title)))
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    form.how.field.setCurrentIndex(0)
    form.how.field.activated.emit(0)
    assert form.carry.isChecked()
    click(form.button)
    spin(lambda: page.meeting.state == "closed")
    rest(page.window())
    assert page.agenda.model.cell(2, 2).chip == "이월"
    assert page.desk.store.undoable is None


def test_a_wrong_step_is_taken_back_and_a_meeting_put_off(page) -> None:
    click(page.bar.more)
    form = dialog(page, WaysDialog)
    assert [button.text() for button in form.lines] == [
        "자료 배부",
        "개의",
        "유회",
        "연기",
        "회의 취소",
    ]
    click(form.back)
    form = dialog(page, TakeBackDialog)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.reason.field, "예시 착오")
    click(form.button)
    spin(lambda: page.meeting.state == "planned")
    tab = page.show_tab("history")
    spin(lambda: tab.list.model().rowCount() == 2)
    cell = tab.list.model().cell(0, 2)
    assert (cell.text, cell.sub) == ("되돌림: 소집통지 → 준비 중", "예시 착오")
    spin(lambda: page.window().findChild(WaysDialog) is None)
    click(page.bar.more)
    form = dialog(page, WaysDialog)
    click(next(button for button in form.lines if button.text() == "연기"))
    form = dialog(page, PostponeDialog)
    type_into(form.reason.field, "예시 공사")
    type_into(form.day.field, "2022-03-31")
    click(form.button)
    spin(lambda: page.meeting.state == "postponed")


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
    focus(form.disclosure.field)
    QTest.keyClick(form.disclosure.field, KEY.Key_Down)
    spin(form.ground.isVisible)
    click(form.button)
    # Said once, at the field.
    assert form.ground.says("비공개 자료에는 비공개 근거가 있어야 합니다.")
    type_into(form.ground.field, "정보공개법 제9조제1항제5호")
    click(form.button)
    spin(lambda: model.cell(0, 0).text == "시행계획(안)")
    assert model.cell(0, 1).text == "비공개(위원 배부용)"
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
    spin(lambda: form.plan.isVisible())
    assert "2022. 3. 8.(화)" in form.plan.lines[0][1].text()
    click(form.button)
    spin(lambda: page.title.text() == "정기회의")
    rest(page.window())
    assert page.notice.sentence() == "소집통지 기한 3. 8."
    # What is open of earlier actions comes by itself.
    spin(lambda: titles(page) == ["전회 조치결과 보고"])
    click(page.bar.next)
    form = dialog(page, NoticeDialog)
    spin(lambda: form.urgency.isVisible())
    spin(lambda: "제4회" in form.number.text())
    type_into(form.urgency.field, "예시 긴급 사유")
    click(form.button)
    spin(lambda: page.title.text() == "제4회 정기회의")
    spin(lambda: page.notice.sentence() == "자료 배부 기한 3. 12.")


def test_a_planned_meeting_is_deleted_and_comes_back_a_called_one_stays(page) -> None:
    click(page.edit)
    form = dialog(page, MeetingDialog)
    assert not form.number.isEnabled()
    type_into(form.place.field, "동구 주민회의실")
    click(form.button)
    spin(lambda: "동구 주민회의실" in page.meta.text())
    body = page.meeting.body_id
    page.desk.do(usecases.add_meeting, body_id=body, starts_at=page.meeting.starts_at + WEEK)
    click(page.back)
    spin(lambda: page.page.list.model().rowCount() == 6)
    model = page.page.list.model()
    rows = [model.row(n) for n in range(model.rowCount())]
    planned = next(row for row in rows if getattr(row, "state", "") == "planned")
    focus(page.page.list)
    page.page.list.choose(planned.id)
    QTest.keyClick(page.page.list, KEY.Key_Delete)
    spin(lambda: page.page.list.model().rowCount() == 5)
    page.desk.undo()
    spin(lambda: page.page.list.model().rowCount() == 6)
