"""A room of several panes behind one row of tabs, each imported when it is first shown.

A pane is a module with `PANE`, a `ui.widgets.page.Page` made with `(desk)`; it has the room's title
and the tabs above it, so its own header begins with what it shows (role "h2"), not with its name.
A pane reaches the room as `self.room`, and another pane by `self.go(room, id, table)`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from ui import theme
from ui.text import N_, Msg
from ui.widgets.forms import Choice
from ui.widgets.page import Page
from ui.widgets.painted import Tabs
from ui.widgets.parts import Label, column, row, rule


class Pane(NamedTuple):
    """One pane: `tables` are the records it opens, `runs` the methods the room's actions name."""

    key: str
    title: Msg
    module: str
    tables: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


class Room(Page):
    """The panes of a room and the tabs that choose one; the first pane takes what no other does."""

    title: Msg
    panes_of_room: tuple[Pane, ...] = ()
    keeps_title = False

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.parts = [pane for pane in self.panes_of_room if find_spec(pane.module) is not None]
        self.built: dict[str, Page] = {}
        self.stack = QStackedWidget()
        titles = [pane.title for pane in self.parts]
        self.heading = Label(self.title, "title")
        self.tabs = Tabs(titles)
        self.short = Choice(enumerate(titles), N_("Pane"))
        self.bar = row(self.heading, 16, (self.tabs, 1), self.short, margins=(28, 12, 24, 0), gap=0)
        self.line = rule()
        self.tabs.chosen.connect(self.on_tab)
        self.short.activated.connect(self.on_tab)
        self.lay_out()
        self.show_pane(self.parts[0].key)

    def lay_out(self) -> None:
        """Lay title and tabs over the pane."""
        column(self.bar, self.line, (self.stack, 1), gap=0, into=self)

    def width_for_tabs(self) -> int:
        """Return how wide title and tabs may be together, in px with their margins."""
        return self.width()

    # --- panes
    def pane(self, key: str) -> Page:
        """Return a pane, importing and building it the first time."""
        if key not in self.built:
            module = next(pane.module for pane in self.parts if pane.key == key)
            page = import_module(module).PANE(self.desk)
            page.room = self
            page.wanted.connect(self.wanted)
            page.moved.connect(self.on_moved)
            page.counted.connect(self.counted)
            self.built[key] = page
            self.stack.addWidget(page)
        return self.built[key]

    @property
    def front(self) -> Page:
        """Return the pane that is shown."""
        return self.stack.currentWidget()

    def show_pane(self, key: str) -> Page:
        """Show a pane and return it."""
        page = self.pane(key)
        self.stack.setCurrentWidget(page)
        n = [pane.key for pane in self.parts].index(key)
        self.tabs.choose(n)
        self.short.setCurrentIndex(n)
        return page

    def bare(self, alone: bool) -> None:
        """Give a record of the pane in front the whole room, without title and tabs."""
        self.bar.setVisible(not alone)
        self.line.setVisible(not alone)

    def __getattr__(self, name: str):
        """Return an action's method: that of the pane in front, else of the pane that declares it."""
        owner = next((pane.key for pane in self.panes_of_room if name in pane.runs), None)
        if owner is None:
            raise AttributeError(name)

        def run() -> None:
            page = self.front if hasattr(self.front, name) else self.show_pane(owner)
            getattr(page, name)()

        return run

    # --- what a page says of itself
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record in the pane that opens its table."""
        if id is None:
            return
        first = self.parts[0].key
        key = next((pane.key for pane in self.parts if table in pane.tables), first)
        self.show_pane(key).open(id, table)

    def panes(self) -> list:
        tabs = self.tabs if self.tabs.isVisible() else self.short
        return [*self.front.panes(), *([tabs] if self.bar.isVisible() else [])]

    @property
    def settled(self) -> bool:
        return self.front.settled

    def take(self, paths: list[Path]) -> None:
        self.show_pane(self.parts[0].key).take(paths)

    def inspects(self) -> bool:
        return self.front.inspects()

    def on_peek(self) -> None:
        self.front.on_peek()

    # --- slots
    def on_moved(self, id, table: str) -> None:
        """Tell of another record in front; what a pane behind chooses is not in front."""
        if self.sender() is self.front:
            self.moved.emit(id, table)

    def on_tab(self, n: int) -> None:
        page = self.show_pane(self.parts[n].key)
        stop = next((pane for pane in page.panes() if pane.isVisible()), page)
        if not self.short.hasFocus():
            stop.setFocus()
            self.window().ring.follow(None)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event) -> None:
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange):
            # Not now: the words of the tabs change after this.
            QTimer.singleShot(0, self, self.fit)
        super().changeEvent(event)

    def fit(self) -> None:
        """Give the tabs the title's room, and turn them into a choice where that is not enough.

        A room that keeps its title has the choice at once.
        """
        room = self.width_for_tabs() - theme.px(60)
        tabs = self.tabs.sizeHint().width()
        if self.keeps_title:
            tabs += self.heading.sizeHint().width() + 20
        self.short.setVisible(tabs > room)
        self.tabs.setVisible(tabs <= room)
        wide = tabs + self.heading.sizeHint().width() + 20 <= room
        self.heading.setVisible(self.keeps_title or tabs > room or wide)
