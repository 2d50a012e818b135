"""The pages: built when first wanted, walked back and forward, stopped at by F6."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.actions import ROOMS, declared, room
from ui.server import door
from ui.text import say
from ui.widgets.page import Page

REMEMBERED = 100  # steps back


class Place(NamedTuple):
    """Where a person is: a room and a record in it."""

    key: str
    id: int | None = None
    table: str = ""


class Rooms(QObject):
    """Show pages in the window's stack."""

    arrived = Signal(str)  # a room is in front
    counted = Signal(object)

    def __init__(self, window, desk) -> None:
        super().__init__(window)
        self.window, self.desk = window, desk
        self.pages: dict[str, Page] = {}
        self.here = Place(ROOMS[0].key)
        self.past: list[Place] = []
        self.future: list[Place] = []

    def page(self, key: str) -> Page:
        """Return a room's page, importing and building it the first time."""
        if key not in self.pages:
            page = import_module(room(key).module).PAGE(door.desk_for(self.desk, key))
            self.pages[key] = page
            self.window.stack.addWidget(page)
            page.wanted.connect(self.on_wanted)
            page.moved.connect(self.on_moved)
            page.counted.connect(self.counted)
            self._bind(key, page)
        return self.pages[key]

    def _bind(self, key: str, page: Page) -> None:
        """Give the page its keys; they mean the page in front."""
        for action in declared(key)[0]:
            if not action.keys or (action.writes and page.desk.read_only):
                continue
            deed = QAction(say(action.title), page)
            deed.setShortcut(QKeySequence(action.keys))
            deed.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            deed.triggered.connect(getattr(page, action.run))
            page.addAction(deed)

    def go(self, key: str, id: int | None = None, table: str = "") -> Page:
        """Show a room, and a record of it; remember where the person was."""
        place = Place(key, id, table)
        if self.window.stack.currentWidget() in self.pages.values() and place != self.here:
            self.past = [*self.past[-REMEMBERED:], self.here]
            self.future.clear()
        return self._show(place)

    def _show(self, place: Place) -> Page:
        page = self.page(place.key)
        self.here = place
        self.window.stack.setCurrentWidget(page)
        self.arrived.emit(place.key)
        if place.id is not None:
            page.open(place.id, place.table)
        # Else the stack gives the focus to the first button, with a ring.
        stop = next((pane for pane in page.panes() if pane.isVisible()), page)
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window.ring.follow(None)
        return page

    def back(self) -> None:
        """Go where the person was before."""
        if self.past:
            self.future.append(self.here)
            self._show(self.past.pop())

    def forward(self) -> None:
        """Go where the person went back from."""
        if self.future:
            self.past.append(self.here)
            self._show(self.future.pop())

    def link(self) -> str:
        """Return a link to the record in front; the palette opens it."""
        here = self.here
        record = f"/{here.table or here.key}/{here.id}" if here.id is not None else ""
        return f"gwangju://{here.key}{record}"

    def step(self, by: int) -> QWidget | None:
        """Return the pane `by` stops away from the one that has the focus."""
        page = self.window.stack.currentWidget()
        side = self.window.side
        # A page that no line leads to has the first line as its stop.
        stops = [side.rooms.get(side.current, side.rooms[ROOMS[0].key])]
        if isinstance(page, Page):
            stops += [pane for pane in page.panes() if pane.isVisible()]
        now = self.window.focusWidget()
        at = next(
            (n for n, stop in enumerate(stops) if now and (stop is now or stop.isAncestorOf(now))),
            0,
        )
        return stops[(at + by) % len(stops)]

    def clear(self) -> None:
        """Drop every page."""
        for page in self.pages.values():
            self.window.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages.clear()
        self.past.clear()
        self.future.clear()

    def on_wanted(self, key: str, id, table: str) -> None:
        self.go(key, id, table)

    def on_moved(self, id, table: str) -> None:
        if self.sender() is self.window.stack.currentWidget():
            self.here = Place(self.here.key, id, table)
