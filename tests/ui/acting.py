"""Acting on widgets as a hand does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import spin


def click(button) -> None:
    """Click a button that can be seen."""
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def focus(widget) -> None:
    """Give a widget of the main window the focus; a closed dialog leaves the window inactive."""
    widget.window().activateWindow()
    widget.setFocus()
    spin(widget.hasFocus)


def type_into(field, words: str) -> None:
    """Type Latin letters by keys, Hangul as an input method commits it."""
    focus(field)
    field.selectAll()
    if words.isascii():
        QTest.keyClicks(field, words)
        return
    composed = QInputMethodEvent()
    composed.setCommitString(words)
    QApplication.sendEvent(field, composed)
