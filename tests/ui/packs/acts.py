"""What the tests of the page do and look at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PAGES, ITEM = 12, 7  # of the small office's pack, and the row of its item


def found(kind: type):
    """Return the open window of that kind, or None."""
    windows = (w for w in QApplication.topLevelWidgets() if w.isVisible())
    return next((w for w in windows if isinstance(w, kind)), None)


def click(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def tick(qtbot, box) -> None:
    """Click a check box, whose words may end before its widget does."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def rows(page) -> list[tuple[str, str, str]]:
    """Return the outline as it reads: title, pages, first page."""
    model = page.outline.list.model()
    return [tuple(model.cell(n, c).text for c in range(3)) for n in range(model.rowCount())]


def titles(page) -> list[str]:
    return [title for title, _count, _page in rows(page)]


def title(page) -> str:
    """Return the title of the part that is marked."""
    return titles(page)[page.outline.list.currentIndex().row()]


def mark(page, words: str) -> None:
    """Mark the part of that title, as an arrow key would."""
    parts = page.outline.list
    parts.setCurrentIndex(parts.model().index(titles(page).index(words), 0))
    parts.setFocus()


def bound_again(qtbot, page, act) -> None:
    """Do something and wait for the pack that comes of it."""
    before = page.bound
    act()
    qtbot.waitUntil(lambda: page.bound is not before and not page.maker.busy, timeout=20_000)
