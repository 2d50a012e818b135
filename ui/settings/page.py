"""Settings: sections at the left, one of them at the right; also where no office is open."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import theme
from ui.settings.sections import SECTIONS, Section
from ui.text import LANGUAGES, N_, matches, words
from ui.widgets.forms import Field
from ui.widgets.page import Page
from ui.widgets.parts import Button, Label, column, frame, row, scrolled

LIST_WIDTH, PANE_WIDTH = 262, 760
WIDE = 1_000  # of the stretch: a section is as wide as it may be


class SettingsPage(Page):
    """The list of sections and the section in front; `leave` is called by its way back.

    Made with the desk as a room, or with the shell where no office is open.
    """

    def __init__(self, desk, shell=None, leave=None) -> None:
        super().__init__(desk)
        self._shell = shell
        office = desk is not None
        self.parts = [one for one in SECTIONS if office or not one.needs_office]
        self.built: dict[str, QWidget] = {}
        self.current = ""
        self.search = Field(N_("Find a setting"))
        self.search.setClearButtonEnabled(True)
        self.search.typing.connect(self.on_search)
        self.search.returnPressed.connect(self.on_first)
        self.buttons: dict[str, Button] = {}
        self.nothing = Label(N_("No setting is called so."), "cap", wrap=True)
        self.nothing.hide()
        self.list = self._list()
        self.title = Label("", "title")
        self.stack = QStackedWidget()
        self.back = Button(N_("Start page"), icon="chevron-left", slot=leave)
        head = row((self.title, 1), self.back, margins=(32, 18, 24, 8))
        if leave is None:
            self.back.hide()
        right = column(head, (self.stack, 1), gap=0)
        row(self.list, (right, 1), gap=0, into=self)
        self._shown = False

    def _list(self) -> QWidget:
        rows: list = [self.search, 6]
        self.groups: dict[str, Label] = {}
        for one in self.parts:
            if one.group not in self.groups:
                self.groups[one.group] = Label(one.group, "cap", "text3")
                self.groups[one.group].setContentsMargins(8, 8, 0, 2)
                rows.append(self.groups[one.group])
            button = Button(one.title, "nav", one.icon, on=False, slot=self.on_section)
            button.setProperty("section", one.key)
            # Arrows then go from one to the next and choose it.
            button.setAutoExclusive(True)
            self.buttons[one.key] = button
            rows.append(button)
        side = frame("inset")
        column(*rows, self.nothing, None, margins=(12, 18, 12, 12), gap=2, into=side)
        pane = scrolled(side)
        pane.setFixedWidth(theme.px(LIST_WIDTH))
        return pane

    @property
    def shell(self):
        """Return the shell of the window this page stands in."""
        return self._shell or self.window().shell

    # --- what a page says of itself
    def panes(self) -> list[QWidget]:
        """Return the list, then what the section has."""
        stops = [self.buttons[self.current]] if self.current else []
        front = self.built.get(self.current)
        inside = front.nextInFocusChain() if front is not None else None
        while inside is not None and front is not None and front.isAncestorOf(inside):
            if inside.isVisible() and inside.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return [*stops, inside]
            inside = inside.nextInFocusChain()
        return stops

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a section by its key, given as the table."""
        if table in self.buttons:
            self.show_pane(table)

    @property
    def settled(self) -> bool:
        front = self.built.get(self.current)
        return bool(getattr(front, "settled", True))

    def show_pane(self, key: str) -> SettingsPage:
        """Show a section; return this page."""
        one: Section = next(part for part in self.parts if part.key == key)
        if key not in self.built:
            made = getattr(import_module(one.module), one.name)(self.shell)
            made.setMaximumWidth(theme.px(PANE_WIDTH))
            self.built[key] = made
            inside = row((made, WIDE), None, margins=(32, 8, 24, 24), gap=0)
            inside.section = key
            self.stack.addWidget(scrolled(column(inside, None, gap=0)))
        self.current = key
        self.stack.setCurrentIndex(list(self.built).index(key))
        self.title.say(one.title)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        return self

    # --- what a person does
    def on_section(self) -> None:
        self.show_pane(self.sender().property("section"))

    def on_first(self) -> None:
        """Show the first section that answers."""
        key = next((key for key, button in self.buttons.items() if button.isVisible()), "")
        if key:
            self.show_pane(key)
            self.buttons[key].setFocus(Qt.FocusReason.TabFocusReason)

    def on_search(self, typed: str) -> None:
        """Leave what answers to the words, in either language."""
        asked = typed.strip()
        found = {one.key: not asked or _answers(one, asked) for one in self.parts}
        for key, button in self.buttons.items():
            button.setVisible(found[key])
        for group, label in self.groups.items():
            label.setVisible(any(found[one.key] for one in self.parts if one.group == group))
        self.nothing.setVisible(not any(found.values()))

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.on_first()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event) -> None:
        if not self.current:
            self.show_pane(self.parts[0].key)
        super().showEvent(event)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "list"):
            self.list.setFixedWidth(theme.px(LIST_WIDTH))
            for made in self.built.values():
                made.setMaximumWidth(theme.px(PANE_WIDTH))


def _answers(one: Section, asked: str) -> bool:
    told = (one.title, *one.words)
    return any(matches(asked, words(language)(part)) for language in LANGUAGES for part in told)


PAGE = SettingsPage
