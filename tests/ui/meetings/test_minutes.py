"""Notes and minutes by real keys: kept by themselves, stamped, named, confirmed, published."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.meetings import minutes, movements, notes, publishing, queries, steps
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.documents.dialog import DocumentsDialog
from ui.meetings import keeping, listening
from ui.meetings.minutes_dialogs import (
    ConfirmDialog,
    PublishDialog,
    ReasonDialog,
    RecordingDialog,
    RedraftDialog,
    RemarkDialog,
)

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
OPENED = dt.datetime(2022, 3, 17, 14, 0, tzinfo=clock.KST)
AHEAD = 3


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(keeping, "DRAFT_MS", 40)


@pytest.fixture
def office(sample_copy: Path) -> Path:
    """A sample office whose next meeting is in session, late on its day."""
    with Store.open(sample_copy) as store:
        clock.fix(dt.date(2022, 3, 18))
        with store.reading() as read:
            seats = [seat.id for seat in queries.attendance(read, meeting_id=AHEAD)]
        store.run(movements.mark_presence, ids=seats[:20], presence="present")
        store.run(steps.open_meeting, id=AHEAD, at=OPENED, urgency="예시")
    return sample_copy


def go(window, meeting: int, item: int = 2):
    window.shell.go("meetings", meeting, "meeting")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.meeting.id == meeting)
    spin(lambda: view.agenda.model.rowCount() > item)
    view.agenda.list.choose(view.agenda.model.order[item])
    spin(lambda: view.side.item and view.side.item.id == view.agenda.model.order[item])
    rest(window)
    return view


def notes_of(view):
    return next(block for block in view.side.blocks if hasattr(block, "on_notes"))


def stored(window, query, **asked):
    with window.shell.desk.store.reading() as read:
        return query(read, **asked)


def commit(edit, words: str) -> None:
    composed = QInputMethodEvent()
    composed.setCommitString(words)
    QApplication.sendEvent(edit, composed)


def compose(edit, words: str) -> None:
    QApplication.sendEvent(edit, QInputMethodEvent(words, []))


@pytest.fixture
def view(window_on, office):
    return go(window_on(office), AHEAD)


# --- notes


def test_what_is_typed_is_a_draft_at_once_and_recorded_when_the_item_is_left(view) -> None:
    window, block = view.window(), notes_of(view)
    item = view.item_id
    head = window.shell.desk.store.head()
    focus(block.edit)
    commit(block.edit, "보고 시작")
    spin(lambda: block.writing.saved.text() != "")
    rest(window)
    asked = {"meeting_id": AHEAD, "item_id": item}
    assert stored(window, notes.note, **asked).draft == "보고 시작"
    assert window.shell.desk.store.head() == head
    assert block.writing.saved.text().startswith("자동 저장됨 ")
    QTest.keyClick(block.edit, KEY.Key_F8)
    spin(lambda: view.side.item.id != item)
    rest(window)
    row = stored(window, notes.note, **asked)
    assert (row.text, row.draft) == ("보고 시작", None)
    assert window.shell.desk.store.head() == head + 1
    assert block.edit.toPlainText() == ""
    QTest.keyClick(block.edit, KEY.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    spin(lambda: block.edit.toPlainText() == "보고 시작")


def test_ctrl_semicolon_inserts_the_time_and_ctrl_b_bold(view) -> None:
    block = notes_of(view)
    QTest.keyClick(view.agenda.list, KEY.Key_M, CONTROL)
    spin(block.edit.hasFocus)
    QTest.keyClick(block.edit, KEY.Key_Semicolon, CONTROL)
    spin(lambda: block.edit.toPlainText() != "")
    mark = block.edit.toPlainText()
    assert notes.MARK.fullmatch(mark.strip())
    QTest.keyClick(block.edit, KEY.Key_B, CONTROL)
    commit(block.edit, "보고")
    assert block.edit.toPlainText() == f"{mark}**보고**"
    for _n in range(2):
        QTest.keyClick(block.edit, KEY.Key_Right)
    QTest.keyClick(block.edit, KEY.Key_Return)
    QTest.keyClicks(block.edit, "- a")
    QTest.keyClick(block.edit, KEY.Key_Return)
    assert block.edit.toPlainText().endswith("- a\n- ")
    QTest.keyClick(block.edit, KEY.Key_Return)
    assert block.edit.toPlainText().endswith("- a\n")


def test_initials_after_an_at_sign_insert_the_member(view) -> None:
    block = notes_of(view)
    focus(block.edit)
    QTest.keyClicks(block.edit, "@")
    spin(lambda: block.edit.popup is not None and block.edit.popup.isVisible())
    compose(block.edit, "ㄱㅎㅇ")
    assert block.edit.names.model().rowCount() == 1
    commit(block.edit, "ㄱㅎㅇ")
    QTest.keyClick(block.edit, KEY.Key_Return)
    assert block.edit.toPlainText() == "강해인 공동위원장: "
    assert not block.edit.popup.isVisible()
    commit(block.edit, "물음. @ㄱㅇㅅ")
    QTest.keyClick(block.edit, KEY.Key_Return)
    assert block.edit.toPlainText() == "강해인 공동위원장: 물음. 고은수 공동위원장 "
    QTest.keyClicks(block.edit, "@")
    QTest.keyClick(block.edit, KEY.Key_Escape)
    assert not block.edit.popup.isVisible()
    assert view.isVisible()


def test_after_a_crash_the_newer_draft_is_offered(window_on, office) -> None:
    with Store.open(office) as store:
        with store.reading() as read:
            item = queries.agenda(read, meeting_id=AHEAD)[2].id
        where = {"meeting_id": AHEAD, "item_id": item}
        store.run(notes.record, text="기록한 글", **where)
        store.run(notes.keep, text="기록한 글과 쓰다 만 글", **where)
    view = go(window_on(office), AHEAD)
    block = notes_of(view)
    spin(lambda: block.writing.offer.isVisibleTo(block))
    assert block.edit.toPlainText() == "기록한 글"
    assert block.edit.isReadOnly()
    assert "쓰다 만 글" in block.writing.offer.words.text()
    view.side.pane.ensureWidgetVisible(block.writing.offer.take)
    click(block.writing.offer.take)
    rest(view.window())
    assert block.edit.toPlainText() == "기록한 글과 쓰다 만 글"
    assert stored(view.window(), notes.note, **where).text == "기록한 글과 쓰다 만 글"
    assert block.writing.offer.isHidden()


def test_another_writer_is_not_overwritten(view) -> None:
    window, block = view.window(), notes_of(view)
    where = {"meeting_id": AHEAD, "item_id": view.item_id}
    focus(block.edit)
    commit(block.edit, "내 글")
    window.shell.desk.store.run(notes.record, text="남의 글", seen=None, **where)
    block.writing.record()
    rest(window)
    spin(lambda: not block.writing.offer.isHidden())
    assert block.edit.toPlainText() == "내 글"
    assert "남의 글" in block.writing.offer.words.text()
    block.writing.on_take()
    rest(window)
    assert stored(window, notes.note, **where).text == "내 글"


def test_a_window_that_closes_records_what_was_typed(window_on, office) -> None:
    window = window_on(office)
    view = go(window, AHEAD)
    block, item = notes_of(view), view.item_id
    focus(block.edit)
    commit(block.edit, "마지막 말")
    window.close()
    QApplication.processEvents()
    with Store.open(office) as store, store.reading() as read:
        assert notes.note(read, meeting_id=AHEAD, item_id=item).text == "마지막 말"


# --- minutes


@pytest.fixture
def drafted(window_on, sample_copy):
    """The sample's second meeting with its minutes opened again."""
    from gwangju_desktop.meetings import confirming

    with Store.open(sample_copy) as store:
        store.run(confirming.reopen, meeting_id=2, reason="예시")
    view = go(window_on(sample_copy), 2, 0)
    tab = view.show_tab("minutes")
    rest(view.window())
    spin(lambda: tab.found is not None)
    return tab


def dialog(tab, kind):
    spin(lambda: tab.window().findChild(kind) is not None)
    rest(tab.window())
    return tab.window().findChild(kind)


def face(tab, n: int) -> None:
    click(tab.segment.parts[n])
    rest(tab.window())


def test_from_missing_contents_to_published(drafted) -> None:
    tab, window = drafted, drafted.window()
    focus(tab.edit)
    cursor = tab.edit.document().find("배석자")
    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
    cursor.removeSelectedText()
    face(tab, 2)
    spin(lambda: any(not one.met for one in tab.conditions))
    missing = [one for one in tab.conditions if not one.met]
    assert [str(one.name) for one in missing] == ["In attendance"]
    click(tab.confirm_button)
    held = dialog(tab, ConfirmDialog)
    assert not held.button.isEnabled()
    held.reject()
    rest(window)
    face(tab, 0)
    focus(tab.edit)
    tab.edit.undo()
    face(tab, 3)
    spin(lambda: all(one.met for one in tab.conditions))
    tab.people.choose_first()
    focus(tab.people)
    for _n in range(2):
        QTest.keyClick(tab.people, KEY.Key_3)
        rest(window)
    click(tab.confirm_button)
    held = dialog(tab, ConfirmDialog)
    assert held.button.isEnabled()
    click(held.button)
    spin(lambda: tab.found.state == "confirmed")
    rest(window)
    assert tab.edit.isReadOnly()
    click(tab.publish_button)
    held = dialog(tab, PublishDialog)
    type_into(held.where.field, "시 누리집")
    click(held.button)
    spin(lambda: tab.found.state == "published")
    rest(window)
    row = stored(window, minutes.detail, meeting_id=2)
    assert (row.published_where, row.confirmed_by) == ("시 누리집", "강해인, 고은수")
    click(tab.reopen)
    held = dialog(tab, ReasonDialog)
    type_into(held.reason.field, "오기 정정")
    QTest.keyClick(held.reason.field, KEY.Key_Return)
    spin(lambda: tab.found.state == "drafted")
    assert not tab.edit.isReadOnly()
    assert stored(window, publishing.to_publish) == []


def test_answers_by_number_keys(drafted) -> None:
    tab, window = drafted, drafted.window()
    face(tab, 3)
    tab.people.choose_first()
    focus(tab.people)
    QTest.keyClick(tab.people, KEY.Key_0)
    rest(window)
    assert tab.people.model().row(0).agrees is None
    assert tab.people.currentIndex().row() == 1
    QTest.keyClick(tab.people, KEY.Key_2)
    held = dialog(tab, RemarkDialog)
    type_into(held.remark.field, "둘째 문단 확인")
    QTest.keyClick(held.remark.field, KEY.Key_Return, CONTROL)
    spin(lambda: tab.people.model().row(1).agrees is False)
    assert tab.people.model().row(1).remark == "둘째 문단 확인"


def test_drafting_again_shows_what_goes_first(drafted) -> None:
    tab, window = drafted, drafted.window()
    focus(tab.edit)
    tab.edit.moveCursor(QTextCursor.MoveOperation.End)
    commit(tab.edit, "\n손으로 쓴 줄")
    tab.writing.record()
    rest(window)
    click(tab.again)
    held = dialog(tab, RedraftDialog)
    click(held.button)
    spin(lambda: "손으로" not in tab.edit.toPlainText())
    rest(window)
    focus(tab.segment.parts[1])
    QTest.keyClick(tab.segment.parts[1], KEY.Key_Z, CONTROL)
    spin(lambda: "손으로 쓴 줄" in tab.edit.toPlainText())


def test_the_preview_escapes_and_the_pages_are_made(drafted) -> None:
    tab, window = drafted, drafted.window()
    focus(tab.edit)
    tab.edit.moveCursor(QTextCursor.MoveOperation.End)
    commit(tab.edit, "\n<b>그대로</b> **굵게**")
    face(tab, 1)
    shown = tab.preview.toPlainText()
    assert "<b>그대로</b> 굵게" in shown
    click(tab.print_button)
    held = dialog(tab, DocumentsDialog)
    spin(lambda: held.bound is not None, 15)
    assert held.bound.pages >= 3
    held.reject()
    rest(window)


def test_a_recording_is_attached_and_played_in_the_browser(drafted, tmp_path, monkeypatch) -> None:
    tab, window = drafted, drafted.window()
    opened = []
    monkeypatch.setattr(listening.QDesktopServices, "openUrl", opened.append)
    sound = tmp_path / "녹음 파일.mp3"
    sound.write_bytes(b"ID3 made up")
    click(tab.attach)
    held = dialog(tab, RecordingDialog)
    assert held.time.field.text() == "14:00"
    held.take(sound)
    spin(lambda: tab.recorded is not None)
    rest(window)
    click(tab.play)
    spin(lambda: opened)
    page = Path(opened[0].toLocalFile())
    text = page.read_text("utf-8")
    assert 'data-at="480">[14:08]' in text
    copies = list(page.parent.glob("*.mp3"))
    assert [copy.read_bytes() for copy in copies] == [sound.read_bytes()]
    shutil.rmtree(page.parent)
