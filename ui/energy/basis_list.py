"""What the sections of targets, areas and annotations share: a list, a search, a card beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.models.rows import Group, RowTable, Table
from ui.text import C_, Msg, matches
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, pair
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH = 340
CAPTION = 100


class Card:
    """One record beside the list: its name, lines of caption and value, what can be done."""

    def __init__(self, page: ListSection, lines: Sequence[tuple[str, Msg]]) -> None:
        self.name, self.kind = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.edit = Button(C_("button", "Change"), slot=page.on_edit)
        self.remove = Button(C_("button", "Remove"), "link", slot=page.on_remove)
        page.writing(self.edit)
        self.remove.hide()
        if page.REMOVE is not None:
            self.remove.show()
            page.writing(self.remove)
        self.values = {key: Label("", "sec", wrap=True) for key, _caption in lines}
        self.pairs = {
            key: pair(Label(caption, "cap"), self.values[key], CAPTION) for key, caption in lines
        }
        self.inside = frame("inspector")
        column(
            row((column(self.name, self.kind, gap=2), 1), (self.edit, Align.AlignTop), gap=12),
            rule(),
            *self.pairs.values(),
            rule(),
            row(self.remove, None),
            None,
            margins=(20, 18, 20, 16),
            gap=9,
            into=self.inside,
        )
        self.pane = scrolled(self.inside)
        self.inside.hide()

    def say(self, name: str, kind: str, values: dict[str, str]) -> None:
        """Write a record into the card; a line without a value is left out."""
        self.name.say(name)
        self.kind.say(kind)
        for key, value in values.items():
            self.values[key].say(value)
            self.pairs[key].setVisible(bool(value))


class ListSection(Page):
    """All records of a kind at the left, one of them at the right."""

    TABLE: ClassVar[Table]
    NAME: ClassVar[Msg]
    FIND: ClassVar[Msg]
    NOTHING: ClassVar[tuple[str, Msg, Msg]]  # icon, statement, sentence
    LINES: ClassVar[Sequence[tuple[str, Msg]]]
    TOUCHES: ClassVar[tuple[str, ...]]
    QUERY: ClassVar[Callable]
    REMOVE: ClassVar[Callable | None] = None  # None: records end, they are not removed
    HEIGHT: ClassVar[int] = 48

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.rows: list = []
        self.shown = None
        self._settled, self._wanted = False, None
        self.list = RowList(RowTable(self.TABLE), self.NAME, height=self.HEIGHT)
        self.search = Field(self.FIND, search=True)
        self.card = Card(self, self.LINES)
        left = column(
            row(self.search, None, *self.buttons(), margins=(28, 10, 24, 8), gap=10),
            (
                row(Hollow(self.list, State(*self.NOTHING)), margins=(20, 0, 16, 0)),
                1,
            ),
            *self.below(),
            gap=0,
        )
        row((left, 1), self.dock(self.card.pane), gap=0, into=self)
        self.search.typing.connect(self.on_typing)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        desk.changed.connect(self.on_changed)
        self.dress()
        self.ask()

    # --- what a section is made of
    def buttons(self) -> Sequence[QWidget]:
        """Return what stands right of the search."""
        return ()

    def below(self) -> Sequence[QWidget]:
        """Return what stands under the list."""
        return ()

    def words(self, shown) -> str:
        """Return the words a record is found by."""
        raise NotImplementedError

    def grouped(self, rows: list) -> list[tuple[str, list]]:
        """Return the groups of the list with their records."""
        raise NotImplementedError

    def tell(self, shown) -> None:
        """Write a record into the card."""
        raise NotImplementedError

    def form(self, shown):
        """Return the form that changes a record, or adds one."""
        raise NotImplementedError

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self._settled

    def panes(self) -> list:
        return [self.list, self.search, self.card.pane]

    def inspects(self) -> bool:
        return self.shown is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record."""
        self._wanted = id
        self.search.clear()
        self.fill()

    # --- reading
    def ask(self) -> None:
        """Ask for the records."""
        self.desk.read(type(self).QUERY, then=self.on_rows)

    def on_rows(self, rows: list) -> None:
        self.rows, self._settled = rows, True
        self.fill()

    def on_changed(self, changes) -> None:
        if changes.touches(*self.TOUCHES):
            self.ask()

    def on_typing(self, _typed: str) -> None:
        self.fill()

    def fill(self) -> None:
        """Show the records found, in their groups."""
        typed = self.search.value()
        found = [one for one in self.rows if not typed or matches(typed, self.words(one))]
        current = self._wanted or (self.shown.id if self.shown is not None else None)
        lines: list = []
        for title, rows in self.grouped(found):
            lines += [Group(title, len(rows)), *rows]
        self.list.model().show(lines)
        here = next((one for one in found if one.id == current), None)
        if here is not None:
            self._wanted = None
            self.list.choose(here.id)
            self._show(here)
        elif found:
            self.list.choose_first()
        else:
            self._show(None)

    def _show(self, shown) -> None:
        self.shown = shown
        self.card.inside.setVisible(shown is not None)
        if shown is not None:
            self.tell(shown)

    def on_previewed(self, id: int) -> None:
        self._show(next((one for one in self.rows if one.id == id), None))

    def on_opened(self, _id: int) -> None:
        if not self.desk.read_only:
            self.on_edit()

    # --- doing
    def on_add(self) -> None:
        """Ask for a new record."""
        self._ask_form(self.form(None))

    def on_edit(self) -> None:
        """Ask what changes of the one shown."""
        if self.shown is not None:
            self._ask_form(self.form(self.shown))

    def _ask_form(self, form) -> None:
        form.accepted.connect(self.on_saved)
        form.open()

    def on_saved(self) -> None:
        """Show what was saved once it is read again."""
        self._wanted = self.sender().value
        self.fill()

    def on_remove(self) -> None:
        """Remove the one shown; undo brings it back."""
        if self.shown is not None:
            self.desk.do(type(self).REMOVE, id=self.shown.id)

    # --- events
    def dress(self) -> None:
        self.card.pane.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            # Names are data in two languages: they are read anew.
            self.ask()
