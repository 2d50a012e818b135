"""The views in the real window: chosen by their segment, read by keys, kept over a language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.energy.conftest import WAIT
from ui.energy.panel import Panel

SHOWN = ["trend", "stack", "heat", "years", "small", "map", "table"]


@pytest.fixture
def window(module_window):
    """The window of both tests."""
    return module_window


def test_every_view_is_chosen_read_and_said_in_both_languages(window, page, qtbot) -> None:
    panel = page.findChild(Panel)
    qtbot.waitUntil(lambda: panel.loaded is not None, timeout=WAIT)
    assert panel.shown_views() == SHOWN
    for key in ("stack", "heat", "years", "small"):
        QTest.mouseClick(panel.choice.parts[SHOWN.index(key)], Qt.MouseButton.LeftButton)
        view = panel.view
        qtbot.waitUntil(lambda view=view: view.places() > 0, timeout=WAIT)
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert panel.hint.text() == view.told(view.first_place())
        assert view.accessibleDescription() == view.sentence() != ""
        assert view.head() in page.front.meta.text()
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert view.place is None
    before = [str(cell) for cell in panel.view.cells()[0]]
    window.shell.speak("en")
    after = [str(cell) for cell in panel.view.cells()[0]]
    assert before != after
    assert not any("가" <= letter <= "힣" for title in after for letter in title)
    window.shell.speak("ko")


def test_the_map_asks_for_boundaries_where_there_are_none(page, qtbot) -> None:
    panel = page.findChild(Panel)
    qtbot.waitUntil(lambda: panel.loaded is not None, timeout=WAIT)
    panel.show_view("map")
    qtbot.waitUntil(lambda: panel.view.ground is not None, timeout=WAIT)
    assert panel.view.import_button.isVisible()
