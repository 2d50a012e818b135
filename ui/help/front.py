"""Which help belongs to what stands in front, and the one window it is shown in."""

from __future__ import annotations

from shiboken6 import isValid

from gwangju_desktop import manual
from ui.help.guide import Guide
from ui.help.window import HelpWindow


def show(shell, key: str = "") -> HelpWindow:
    """Open the manual at a chapter, by default that of the page in front."""
    window = _made(shell, "help_window", HelpWindow)
    window.show_chapter(key or manual.chapter_of(page_of(shell)))
    _forward(window)
    window.list.setFocus()
    return window


def guide(shell) -> Guide:
    """Show the guide to a first meeting."""
    made = _made(shell, "guide_window", Guide)
    made.look()
    made.place()
    _forward(made)
    return made


def page_of(shell) -> str:
    """Return what stands in front as room or room/pane; "welcome", "copy", "damaged" without one."""
    front = shell.front
    if front is not None:
        return FRONTS.get(type(front).__name__, "welcome")
    if shell.rooms is None:
        return "today"
    key = shell.rooms.here.key
    room = shell.rooms.pages.get(key)
    if key == "settings":
        return f"{key}/{getattr(room, 'current', '')}"
    pane = getattr(room, "front", None)
    built = getattr(room, "built", {})
    inside = next((name for name, page in built.items() if page is pane), "")
    return f"{key}/{inside}" if inside else key


# What stands in the place of the rooms, by its class: each is imported only when it is shown.
FRONTS = {
    "CopyPage": "copy",
    "WelcomePage": "welcome",
    "SettingsPage": "settings",
    "HealingPage": "damaged",
}


def _made(shell, name: str, kind: type):
    """Return the one window of a kind, made when first wanted."""
    held = getattr(shell, name, None)
    if held is None or not isValid(held):
        held = kind(shell)
        setattr(shell, name, held)
    return held


def _forward(window) -> None:
    if window.isVisible():
        window.raise_()
    window.show()
    window.activateWindow()
