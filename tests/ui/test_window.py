"""The window by real keys and clicks: rooms, panes, undo, faults, first screen, dropped files."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.errors import Busy
from gwangju_desktop import settings
from gwangju_desktop.members import usecases
from tests.ui.conftest import rest, spin
from tests.ui.seeing import nameless
from ui import alerts
from ui.actions import ROOMS, taker
from ui.settings import kept
from ui.text import Msg, say
from ui.welcome.page import WelcomePage
from ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


def test_rooms_by_click_and_key_back_and_forward(shared_window: Window) -> None:
    side = shared_window.side
    # Ctrl+0 means the size that fits; the rooms after the ninth are reached by a click and by search.
    for n, room in enumerate(ROOMS[:9], 1):
        QTest.keyClick(shared_window, Key(Key.Key_0 + n), Mod.ControlModifier)
        assert side.current == room.key
    QTest.mouseClick(side.rooms[ROOMS[-1].key], LEFT)
    QTest.mouseClick(side.rooms["members"], LEFT)
    assert side.current == "members" and side.rooms["members"].isChecked()
    rest(shared_window)
    QTest.keyClick(shared_window, Key.Key_Left, Mod.AltModifier)
    assert side.current == ROOMS[-1].key
    QTest.keyClick(shared_window, Key.Key_Right, Mod.AltModifier)
    assert side.current == "members"
    assert shared_window.windowTitle().startswith("위원·기구 – ")


def test_f6_walks_the_panes_with_a_ring_and_clicks_show_none(shared_window: Window) -> None:
    shared_window.shell.go("members")
    rest(shared_window)
    ring = shared_window.ring
    assert ring.isHidden()
    stops = []
    for _n in range(4):
        QTest.keyClick(shared_window.focusWidget(), Key.Key_F6)
        stops.append(shared_window.focusWidget())
    assert len(set(stops)) >= 2
    QTest.keyClick(shared_window.focusWidget(), Key.Key_F6)
    QTest.keyClick(shared_window.focusWidget(), Key.Key_Tab)
    assert ring.target is None or ring.isVisible()
    shared_window.shell.go("today")
    assert ring.isHidden()


def test_the_ring_goes_where_what_holds_the_focus_goes(shared_window: Window) -> None:
    ring = shared_window.ring
    holder = QWidget(shared_window)
    inner = QWidget(holder)
    inner.setGeometry(10, 10, 200, 60)
    button = QPushButton("예시", inner)
    button.setGeometry(20, 20, 80, 30)
    holder.setGeometry(100, 100, 300, 200)
    holder.show()
    ring.follow(button)
    before = ring.geometry()
    assert before.center() == button.rect().center() + button.mapTo(shared_window, QPoint(0, 0))
    holder.move(160, 130)
    assert ring.geometry() == before.translated(60, 30)
    inner.move(30, 25)
    assert ring.geometry() == before.translated(80, 45)
    holder.hide()
    assert ring.isHidden() and ring.watched == []
    holder.deleteLater()


@pytest.mark.file_only
def test_the_foot_tells_where_it_is_saved(window: Window) -> None:
    assert window.side.state.text().startswith("이 PC에 저장됨 · ")
    assert window.side.under.text() == "예시 기준일 2022. 3. 11."
    assert window.side.rooms["meetings"].count.text().isdigit()
    window.shell.desk.do(usecases.add_organisation, name_ko="가상 기관")
    spin(lambda: window.toast.isVisible())
    what = say(Msg("Add organisation"))
    assert window.toast.words.text() == f"{what} 완료"
    assert window.toast.back.isVisible()
    QTest.mouseClick(window.toast.back, LEFT)
    spin(lambda: window.toast.words.text() == f"{what} 실행 취소 완료")
    assert window.toast.back.isHidden()
    QTest.keyClick(window, Key.Key_Y, Mod.ControlModifier)
    spin(lambda: window.shell.stacks[0] == "Add organisation")


def test_ctrl_z_belongs_to_the_field_that_has_the_focus(window: Window) -> None:
    shell = window.shell
    shell.desk.do(usecases.add_organisation, name_ko="가상 기관")
    spin(lambda: shell.stacks[0] is not None)
    head = shell.desk.last
    shell.on_search()
    field = shell.palette.field
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Key.Key_Z, Mod.ControlModifier)
    rest(window)
    assert field.text() == "" and shell.desk.last == head
    shell.palette.close()


def test_a_fault_is_a_banner_and_a_bug_a_dialog(window: Window) -> None:
    shell = window.shell
    alerts.tell(Busy("somebody"))
    assert shell.banner.isVisible() and shell.alerts.dialog is None
    QTest.mouseClick(shell.banner.close_button, LEFT)
    assert shell.banner.isHidden()

    def broken(_read) -> None:
        raise ZeroDivisionError("김가상 010-0000-0000")

    shell.desk.read(broken, then=window.fault)
    spin(lambda: shell.alerts.dialog is not None)
    dialog = shell.alerts.dialog
    QTest.mouseClick(dialog.copy_button, LEFT)
    details = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError" in details and "test_window.py" in details
    log = alerts.log_path().read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "김가상" not in details + log
    assert nameless(dialog) == []
    gone = weakref.ref(dialog)
    dialog.accept()
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None and shell.alerts.dialog is None


def test_without_an_office_there_is_a_first_screen(window_on: Callable[..., Window]) -> None:
    window = window_on("")
    page = window.shell.front
    assert isinstance(page, WelcomePage) and window.side.isHidden()
    assert page.first().hasFocus() and nameless(page) == []
    QTest.keyClick(page.choices[0], Key.Key_Down)
    assert page.choices[1].hasFocus()


def test_an_office_that_does_not_open_says_why_and_what_next(
    window_on: Callable[..., Window], tmp_path: Path
) -> None:
    path = tmp_path / "빈 파일.gwoffice"
    path.write_bytes(b"")
    window = window_on(path)
    state = window.shell.front
    assert state is not None and window.shell.rooms.pages == {}
    words = [label.text() for label in state.findChildren(type(window.side.state))]
    assert any("빈 파일.gwoffice" in text for text in words)
    assert window.side.state.text() == "열린 업무파일 없음"
    QTest.keyClick(window, Key.Key_2, Mod.ControlModifier)
    QTest.keyClick(window, Key.Key_K, Mod.ControlModifier)
    rest(window)


def test_settings_are_remembered(window: Window) -> None:
    window.shell.show_settings("display")
    rest(window)
    display = window.shell.rooms.page("settings").built["display"]
    assert nameless(window) == []
    QTest.mouseClick(display.language.parts[1], LEFT)
    assert kept.text("language") == "en" and window.windowTitle().startswith("Settings – ")
    QTest.mouseClick(display.scheme.parts[2], LEFT)
    assert kept.text("scheme") == "dark"
    QTest.mouseClick(display.language.parts[0], LEFT)
    window.shell.on_keys()
    keys = QApplication.activeModalWidget()
    assert nameless(keys) == []
    keys.reject()
    window.resize(1300, 700)
    window.close()
    assert kept.value("geometry") is not None


def test_a_dropped_file_goes_to_the_room_that_takes_it(window: Window, monkeypatch) -> None:
    key = taker(".csv", "today")
    assert key is not None and taker(".exe", "today") is None
    page = window.shell.rooms.page(key)
    taken: list[list[Path]] = []
    monkeypatch.setattr(page, "take", taken.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/예시.csv")])
    event = QDropEvent(QPointF(600, 300), Qt.DropAction.CopyAction, data, LEFT, Mod.NoModifier)
    window.shell.on_drag(event)
    assert window.shell.drop.isVisible() and event.isAccepted()
    window.shell.on_dropped(event)
    assert taken == [[Path("/tmp/예시.csv")]]
    assert window.shell.drop.isHidden() and window.side.current == key


@pytest.mark.parametrize("read_only", [False, True])
def test_a_dropped_review_copy_is_opened_by_the_names_it_is_sent_by(
    window: Window, monkeypatch, read_only: bool
) -> None:
    page = window.shell.rooms.page("snapshots")
    opened: list[Path] = []
    monkeypatch.setattr(page, "open_path", opened.append)
    monkeypatch.setattr(window.shell.desk, "read_only", read_only)
    names = [Path(f"/tmp/예시{suffix}") for suffix in (".gwsnap", ".zip", ".zip.001")]
    for path in names:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(QPointF(600, 300), Qt.DropAction.CopyAction, data, LEFT, Mod.NoModifier)
        window.shell.on_drag(event)
        assert event.isAccepted(), path
        window.shell.on_dropped(event)
    assert opened == names and window.side.current == "snapshots"


def test_a_ribbon_says_what_kind_of_office_is_open(window: Window) -> None:
    shell = window.shell
    closed: list[bool] = []
    shell.show_ribbon(
        "읽기 전용 사본", "아무것도 바꿀 수 없습니다.", bad=True, closes=lambda: closed.append(True)
    )
    assert shell.ribbon.isVisible() and shell.ribbon.y() == 0
    QTest.mouseClick(shell.ribbon.close_button, LEFT)
    assert closed == [True]
    shell.hide_ribbon()
    assert shell.ribbon.isHidden()


@pytest.mark.file_only
def test_the_sidebar_becomes_a_rail(shared_window: Window) -> None:
    assert shared_window.side.width() == 208
    shared_window.resize(911, 432)
    rest(shared_window)
    assert shared_window.side.width() == 56
    assert shared_window.side.rooms["members"].toolTip() == "위원·기구"
    QTest.mouseClick(shared_window.side.rooms["members"], LEFT)
    rest(shared_window)
    page = shared_window.shell.rooms.pages["members"].front
    assert page.narrow and page.inspector.isHidden()
    told = shared_window.side.storage.toolTip()
    assert "이 PC에 저장됨" in told and "예시 기준일 2022. 3. 11." in told
    QTest.keyClick(page.list, Key.Key_Space)
    assert page.inspector.isVisible()
    QTest.keyClick(page, Key.Key_Escape)
    assert page.inspector.isHidden()


def test_the_sidebar_names_the_office_as_its_settings_do(window) -> None:
    desk, side = window.shell.desk, window.side
    assert (side.office.text(), side.city.text()) == ("탄소중립위 사무국", "광주광역시")
    window.shell.speak("en")
    assert (side.office.text(), side.city.text()) == (
        "Carbon Neutrality Office",
        "Gwangju Metropolitan City",
    )
    desk.do(settings.change_setting, key=settings.CITY_KO, value="전남광주통합특별시")
    rest(window)
    window.shell.speak("ko")
    window.shell.on_again()
    spin(lambda: side.city.text() == "전남광주통합특별시", 15)
