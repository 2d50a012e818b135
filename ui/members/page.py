"""The members room: panes behind one row of tabs, each imported when it is first shown.

A pane is a module with `PANE`, a `ui.widgets.page.Page` made with `(desk)`; it has the room's title
and the tabs above it, so its own header begins with what it shows (role "h2"), not with its name.
A pane reaches the room as `self.room`, and another pane by `self.go("members", id, table)`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from ui import theme
from ui.text import C_, N_, Msg
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


PANES = (
    Pane(
        "roll",
        C_("pane", "Roll"),
        "ui.members.roll",
        ("person", "membership"),
        (
            "on_add",
            "on_find",
            "on_edit",
            "on_rename",
            "on_sift",
            "on_columns",
            "on_body_card",
            "on_import",
            "on_export",
        ),
    ),
    Pane("bodies", C_("pane", "Bodies"), "ui.members.bodies", ("body",), ("on_add_body",)),
    Pane("posts", C_("pane", "Posts"), "ui.members.posts", ("post",)),
    Pane("newterm", C_("pane", "New term"), "ui.members.newterm", ("term",)),
    Pane("calendar", C_("pane", "Term calendar"), "ui.members.calendar"),
    Pane("seats", C_("pane", "Seat map"), "ui.members.seats"),
    Pane("inclusion", C_("pane", "Inclusion"), "ui.members.inclusion", ("consultation",)),
    Pane("access", C_("pane", "Access record"), "ui.members.access", ("access_record",)),
)


def shown() -> list[Pane]:
    """Return the panes that are there."""
    return [pane for pane in PANES if find_spec(pane.module) is not None]


class MembersPage(Page):
    """The panes of the room and the tabs that choose one."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.parts = shown()
        self.built: dict[str, Page] = {}
        self.stack = QStackedWidget()
        titles = [pane.title for pane in self.parts]
        self.title = Label(N_("Members and bodies"), "title")
        self.tabs = Tabs(titles)
        self.short = Choice(enumerate(titles), N_("Pane"))
        self.bar = row(self.title, 16, (self.tabs, 1), self.short, margins=(28, 12, 24, 0), gap=0)
        self.tabs.chosen.connect(self.on_tab)
        self.short.activated.connect(self.on_tab)
        column(self.bar, rule(), (self.stack, 1), gap=0, into=self)
        self.show_pane("roll")

    # --- panes
    def pane(self, key: str) -> Page:
        """Return a pane, importing and building it the first time."""
        if key not in self.built:
            module = next(pane.module for pane in self.parts if pane.key == key)
            page = import_module(module).PANE(self.desk)
            page.room = self
            page.wanted.connect(self.wanted)
            page.moved.connect(self.moved)
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

    def __getattr__(self, name: str):
        """Return an action's method: that of the pane in front, else of the pane that declares it."""
        owner = next((pane.key for pane in PANES if name in pane.runs), None)
        if owner is None:
            raise AttributeError(name)

        def run() -> None:
            page = self.front if hasattr(self.front, name) else self.show_pane(owner)
            getattr(page, name)()

        return run

    # --- what a page says of itself
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record in the pane that opens its table; a body also as minus its id."""
        if id is None:
            return
        if id < 0:
            id, table = -id, "body"
        key = next((pane.key for pane in self.parts if table in pane.tables), "roll")
        self.show_pane(key).open(id, table)

    def panes(self) -> list:
        return [*self.front.panes(), self.tabs if self.tabs.isVisible() else self.short]

    @property
    def settled(self) -> bool:
        return self.front.settled

    def take(self, paths: list[Path]) -> None:
        self.show_pane("roll").take(paths)

    def inspects(self) -> bool:
        return self.front.inspects()

    def on_peek(self) -> None:
        self.front.on_peek()

    # --- slots
    def on_duplicates(self) -> None:
        """Look for people entered twice."""
        from ui.members.merge import DuplicatesDialog

        DuplicatesDialog(self.window(), self.desk).open()

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
            QTimer.singleShot(0, self.fit)
        super().changeEvent(event)

    def fit(self) -> None:
        """Give the tabs the title's room, and turn them into a choice where that is not enough."""
        room = self.width() - theme.px(60)
        tabs = self.tabs.sizeHint().width()
        self.short.setVisible(tabs > room)
        self.tabs.setVisible(tabs <= room)
        self.title.setVisible(tabs > room or tabs + self.title.sizeHint().width() + 20 <= room)


PAGE = MembersPage
