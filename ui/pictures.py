"""A picture of every page, in both languages, light and dark: what a person would see."""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from ui import app
from ui.actions import BACK_ROOMS, ROOMS, Room
from ui.settings.sections import SECTIONS
from ui.text import LANGUAGES
from ui.widgets.page import Page
from ui.window import Window

SCHEMES = ("light", "dark")
SIZES = ((1366, 768), (1920, 1080))
QUIET = 0.25  # seconds without anything to come before a page counts as painted
PATIENCE = 30.0


def save(
    office: str,
    folder: Path,
    *,
    languages: Sequence[str] = LANGUAGES,
    schemes: Sequence[str] = SCHEMES,
    sizes: Sequence[tuple[int, int]] = SIZES[:1],
) -> Iterator[Path]:
    """Open an office and yield the path of one PNG file a page, language, scheme and size."""
    collecting = gc.isenabled()
    gc.disable()
    running = app.make(language=languages[0], scheme=schemes[0], scale=1.0)
    window = Window()
    start = app.Start(window, office)
    window.resize(*sizes[0])
    window.show()
    try:
        wait(window)
        for language, scheme in itertools.product(languages, schemes):
            app.make(language=language, scheme=scheme, scale=1.0)
            window.shell.speak(language)
            for size, room in itertools.product(sizes, (*ROOMS, *BACK_ROOMS)):
                window.resize(*size)
                window.shell.go(room.key)
                wait(window)
                for name in panes(window, room.key):
                    wait(window)
                    path = folder / f"{name}-{scheme}-{language}-{size[0]}x{size[1]}.png"
                    if not window.grab().save(str(path)):
                        raise OSError(f"no picture could be saved as {path}")
                    yield path
    finally:
        window.close()
        start.close()
        running.processEvents()
        if collecting:
            gc.enable()


def declared(place: Room) -> tuple[str, ...]:
    """Return the keys of the panes a room declares, the first first; settings have sections."""
    if place.key == "settings":
        return tuple(one.key for one in SECTIONS)
    page = getattr(import_module(place.module), "PAGE", None)
    return tuple(pane.key for pane in getattr(page, "panes_of_room", ()))


def names() -> list[str]:
    """Return what the pictures of all rooms and their panes are called, without taking any."""
    called = []
    for place in (*ROOMS, *BACK_ROOMS):
        called += [place.key, *(f"{place.key}-{key}" for key in declared(place)[1:])]
    return called


def panes(window: Window, room: str) -> Iterator[str]:
    """Show each pane of a room, the first last, and its tabs; yield what its picture is called."""
    page = window.shell.rooms.page(room)
    keys = [pane.key for pane in getattr(page, "parts", ())]
    for key in keys[1:]:
        page.show_pane(key)
        yield f"{room}-{key}"
    if keys:
        page.show_pane(keys[0])
    yield room
    front = getattr(page, "front", None)
    if getattr(front, "alone", False):
        first, *others = front.view.shown()
        for key in others:
            front.view.show_tab(key)
            yield f"{room}-{keys[0]}-{key}"
        front.view.show_tab(first)
    panel = getattr(front, "panel", None)
    if panel is not None and panel.loaded is not None:
        first, *others = panel.shown_views()
        for key in others:
            panel.show_view(key)
            yield f"{room}-{key}"
        panel.show_view(first)


def wait(window: Window) -> None:
    """Let the window work until it is quiet; raise TimeoutError when it does not get there."""
    until = time.monotonic() + PATIENCE
    quiet = time.monotonic() + QUIET
    while time.monotonic() < quiet:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)
        shell = window.shell
        desk = shell.desk if shell else None
        page = window.stack.currentWidget()
        drawn = not isinstance(page, Page) or page.settled
        if desk is None or desk.store is None or not desk.idle or not drawn:
            quiet = time.monotonic() + QUIET
        if time.monotonic() > until:
            raise TimeoutError("the window did not come to rest")
