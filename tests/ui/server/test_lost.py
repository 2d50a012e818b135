"""The server goes away while a form is filled in: nothing typed is lost, nothing is saved twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from db.schema.members import Body
from db.store import Store
from tests.servers import Server, Wire
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from tests.ui.server.test_line import through
from ui.server.lost import LeaveDialog, Lost
from ui.window import Window


@pytest.fixture
def first_room() -> str:
    """The forms of this room are written."""
    return "members"


def bodies(url: str) -> int:
    """Return how many bodies the office has."""
    with Store.open(url) as store, store.reading() as read:
        return read.scalar(select(func.count()).select_from(Body)) or 0


def form(window: Window):
    """Open the form of a new body and fill it in."""
    window.shell.act("members.body.add")
    rest(window)
    dialog = QApplication.activeModalWidget()
    type_into(dialog.name_ko.field, "예시 위원회")
    type_into(dialog.seats.field, "20")
    return dialog


def test_a_form_waits_for_the_server_and_is_saved_once(
    window_on: Callable[..., Window], own_server: Server, wire: Wire
) -> None:
    begun = bodies(own_server.url)
    window = window_on(through(wire))
    lost = window.shell.desk.findChild(Lost)
    dialog = form(window)
    wire.cut()
    click(dialog.button)
    spin(lambda: lost.banner.isVisible() and not dialog.button.isEnabled())
    spin(lambda: "1" in lost.banner.words.text())
    assert "끊겼습니다" in lost.banner.title.text()
    # Neither a second click nor the key says it again; what was typed stays.
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.shell.desk.unwritten == 1 and dialog.isVisible()
    assert dialog.name_ko.field.text() == "예시 위원회"
    assert clipped(window) == []
    wire.mend()
    spin(lambda: QApplication.activeModalWidget() is None and lost.banner.isHidden())
    rest(window)
    assert bodies(own_server.url) == begun + 1
    assert window.shell.banner.isHidden()


def test_what_is_shown_is_asked_for_again(
    window_on: Callable[..., Window], own_server: Server, wire: Wire
) -> None:
    window = window_on(through(wire))
    lost = window.shell.desk.findChild(Lost)
    wire.cut()
    window.shell.go("proposals")
    spin(lost.banner.isVisible)
    window.shell.speak("en")
    assert "cut" in lost.banner.title.text()
    window.shell.speak("ko")
    wire.mend()
    spin(lost.banner.isHidden)
    rest(window)
    assert window.shell.banner.isHidden() and window.shell.desk.idle


def test_a_window_with_unsaved_changes_asks_before_it_closes(
    window_on: Callable[..., Window], own_server: Server, wire: Wire
) -> None:
    begun = bodies(own_server.url)
    window = window_on(through(wire))
    dialog = form(window)
    wire.cut()
    click(dialog.button)
    spin(lambda: not dialog.button.isEnabled())
    dialog.reject()
    window.close()
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, LeaveDialog) and window.isVisible()
    click(asked.cancel_button)
    rest_of_it = window.shell.desk.unwritten
    assert rest_of_it == 1 and window.isVisible()
    window.close()
    click(QApplication.activeModalWidget().button)
    spin(window.isHidden)
    assert bodies(own_server.url) == begun
