"""Acting on widgets as a hand does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import spin
from ui.work import Work


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


@contextmanager
def to_be_stopped() -> Iterator[None]:
    """Let each work that is begun here wait for its stop: it may be quicker than a hand."""
    straight = Work._carry_out

    def wait(work: Work) -> None:
        work._stop_asked.wait(60)
        straight(work)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Work, "_carry_out", wait)
        yield
