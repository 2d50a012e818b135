"""Walk a window: every room, every pane of a room, every face of a pane."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import rest, spin
from ui.actions import BACK_ROOMS, ROOMS
from ui.alerts import CrashDialog
from ui.widgets.page import Page
from ui.window import Window

QUIET = 0.02  # s without work after which a pane has come to rest


def panes(window: Window, quiet: float = QUIET) -> Iterator[tuple[str, Page]]:
    """Show every pane one after the other; yield its name and its page, come to rest."""
    for place in (*ROOMS, *BACK_ROOMS):
        window.shell.go(place.key)
        room = window.shell.rooms.pages[place.key]
        parts = getattr(room, "parts", None)
        if parts is None:
            settle(window, room, quiet)
            yield place.key, room
            continue
        for part in parts:
            page = room.show_pane(part.key)
            settle(window, page, quiet)
            yield f"{place.key}/{part.key}", page
            for tab in tabs(page):
                page.view.show_tab(tab)
                settle(window, page, quiet)
                yield f"{place.key}/{part.key}/{tab}", page


def tabs(page: Page) -> list[str]:
    """Return the keys of the tabs a meeting in front shows, the first last."""
    shown = getattr(getattr(page, "view", None), "shown", None)
    if shown is None or not getattr(page, "alone", False):
        return []
    first, *others = shown()
    return [*others, first]


def faces(window: Window, quiet: float = QUIET) -> Iterator[tuple[str, Page]]:
    """Show every pane, and what takes the place of its first face."""
    for name, page in panes(window, quiet):
        yield name, page
        for face in FACES.get(name, ()):
            back = face(page)
            settle(window, page, quiet)
            yield f"{name} {face.__name__}", page
            if back is not None:
                back()


def settle(window: Window, page: Page, quiet: float) -> None:
    """Wait until a page has all it asked for and draws."""
    rest(window, quiet)
    while not page.settled:
        spin(lambda: page.settled, 30)
        rest(window, quiet)
    tops = QApplication.topLevelWidgets()
    assert not [one for one in tops if isinstance(one, CrashDialog)], page


def body_card(page: Page):
    page.on_body_card()
    return page.list.choose_first


def filters(page: Page):
    page.on_sift()
    return page.on_sift


def table(page: Page):
    page.view.parts[1].click()
    return page.view.parts[0].click


def consultation(page: Page):
    first = page.list.current()
    page.list.choose(next((one.id for one in page.subjects if one.consultation), first))
    return lambda: page.list.choose(first)


def several(page: Page):
    page.list.selectAll()
    return page.list.clearSelection


FACES = {
    "members/roll": (body_card, filters, several),
    "members/inclusion": (table, consultation),
}
