"""Every pane in both languages, small windows and large text: nothing clipped, nothing nameless."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from tests.ui.walking import QUIET, panes
from ui import theme
from ui.actions import BACK_ROOMS, ROOMS, all_actions, declared, room
from ui.window import Window

# One after the other in one window: what is there already must fit after every switch, too.
WIDE = [
    ("ko", 1.0, (1366, 688)),
    ("en", 1.0, (1280, 650)),
    ("en", 1.3, (1366, 688)),
    ("ko", 1.3, (1366, 688)),
    ("en", 1.3, (1920, 1000)),
]
NARROW = [("ko", 1.0, (911, 432)), ("en", 1.0, (911, 480))]


@pytest.mark.timeout(600)  # Five walks through every pane; a machine at work takes its time.
@pytest.mark.parametrize("cases", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_is_clipped_or_nameless(
    window_on: Callable[..., Window],
    sample_office: Path,
    dressed: QApplication,
    cases: list[tuple[str, float, tuple[int, int]]],
) -> None:
    window = window_on(sample_office, cases[0][2])
    found = {}
    for language, scale, size in cases:
        window.shell.speak(language)
        if scale != theme.scale:
            theme.dress(dressed, "light", scale)
        window.resize(*size)
        for name, page in panes(window):
            case = f"{language} {scale} {size} {name}"
            over = page.narrow and page.inspector and not page.inspector.isVisible()
            if over:
                page.on_peek()
                rest(window, QUIET)
            if bad := clipped(window):
                found[case] = bad
            if bare := nameless(window):
                found[f"{case} nameless"] = bare
            if over:
                page.inspector.hide()
    assert not found, "\n".join(f"{case}: {bad}" for case, bad in found.items())


class _Flashes(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.seen.append(repr(watched))
        return False


def test_no_part_of_a_page_flashes_up_as_a_window(shared_window: Window) -> None:
    flashes, app = _Flashes(), QApplication.instance()
    app.installEventFilter(flashes)
    pages = [
        import_module(place.module).PAGE(shared_window.shell.desk)
        for place in (*ROOMS, *BACK_ROOMS)
    ]
    app.removeEventFilter(flashes)
    for page in pages:
        page.deleteLater()
    assert not flashes.seen


def test_every_action_has_its_method(shared_window: Window) -> None:
    shell = shared_window.shell
    for action in all_actions():
        owner = shell.rooms.page(action.room) if action.room else shell
        assert callable(getattr(owner, action.run)), action.key


def test_keys_of_a_page_differ() -> None:
    window_keys = {a.keys for a in all_actions() if not a.room and a.keys}
    for place in (*ROOMS, *BACK_ROOMS):
        keys = [a.keys for a in declared(place.key)[0] if a.keys]
        assert len(keys) == len(set(keys)), place.key
        assert not window_keys & set(keys), place.key
    assert room("today").package == "ui.home"
