"""The panes of bodies and of the term calendar in both languages, small windows and large text."""

from __future__ import annotations

import pytest

from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from ui import theme
from ui.members.bodies import OFFICE

CASES = [
    ("ko", 1.0, (1366, 688)),
    ("en", 1.0, (1280, 650)),
    ("ko", 1.3, (1366, 688)),
    ("en", 1.0, (911, 432)),
    ("en", 1.3, (1920, 1000)),
]


@pytest.mark.parametrize(("language", "scale", "size"), CASES)
def test_nothing_is_clipped_or_nameless(
    window_on, sample_office, dressed, language: str, scale: float, size: tuple[int, int]
) -> None:
    window = window_on(sample_office, size)
    window.shell.speak(language)
    theme.dress(dressed, "light", scale)
    window.shell.go("members")
    room = window.shell.rooms.page("members")
    found = {}

    def look(at: str) -> None:
        rest(window, 0.1)
        if bad := clipped(window) + nameless(window):
            found[at] = bad

    page = room.show_pane("bodies")
    look("bodies")
    if page.narrow:
        page.on_peek()
    for n, tab in enumerate(page.sheet.tabs.parts):
        tab.click()
        look(f"tab {n}")
    page.list.choose(OFFICE)
    look("office")
    page = room.show_pane("calendar")
    for n, part in enumerate(page.span.parts):
        part.click()
        look(f"calendar {n}")
    if page.narrow:
        page.on_peek()
        look("calendar's list")
    assert not found, "\n".join(f"{key}: {bad}" for key, bad in found.items())
