"""What the faces of the plan pane share: they show one plan, most of them as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.models.rows import RowTable, Table
from ui.text import C_, N_, Msg
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, column, row

COPY = N_("Copy for the English form")


class Face(QWidget):
    """One part of what a plan holds, shown under the plan's title.

    `TOUCHES` are the tables whose changes concern it. The pane calls `show_plan` with the plan in
    front, and again whenever one of them changed.
    """

    TOUCHES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.plan = None

    def show_plan(self, plan) -> None:
        """Show a plan (`PlanRow`)."""
        if self.plan is not None and self.plan.id != plan.id:
            self.leave()
            self.forget()
        self.plan = plan
        self.ask()

    def ask(self) -> None:
        """Ask for what is shown of the plan."""

    def open(self, id: int, table: str) -> None:
        """Show a record of this part."""

    def leave(self) -> None:
        """Save what was typed: another face, plan or page comes."""

    def forget(self) -> None:
        """Forget what is in front: it belongs to another plan."""

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return []


class ListFace(Face):
    """All records of a kind in one list, with what can be done with the current one above it."""

    TABLE: ClassVar[Table]
    NAME: ClassVar[Msg]
    NOTHING: ClassVar[tuple[str, Msg, Msg]]  # icon, statement, sentence
    HEIGHT: ClassVar[int] = 48
    REMOVE: ClassVar[Callable | None] = None

    def __init__(self, page) -> None:
        super().__init__(page)
        self.rows: list = []
        self._wanted: int | None = None
        self.list = RowList(self.make_model(), self.NAME, height=self.HEIGHT)
        self.edit = Button(C_("commitment", "Edit"), slot=self.on_edit)
        self.remove = Button(C_("button", "Remove"), "link", slot=self.on_remove)
        self.copy = Button("", "ghost", "copy", name=COPY, slot=self.on_copy)
        page.writing(self.edit)
        if type(self).REMOVE is None or self.desk.read_only:
            self.remove.setMaximumSize(0, 0)
            self.remove.hide()
        else:
            keys = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self.on_remove)
            keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.hollow = Hollow(self.list, State(*self.NOTHING, *self.starters()))
        column(
            row(*self.tools(), margins=(28, 10, 24, 8), gap=10),
            *self.above(),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            *self.below(),
            gap=0,
            into=self,
        )
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)

    # --- what a face is made of
    def make_model(self) -> RowTable:
        """Return the model of the list."""
        return RowTable(self.TABLE)

    def tools(self) -> Sequence:
        """Return what stands above the list."""
        return (None, self.remove, self.edit)

    def form_text(self) -> str:
        """Return what the list says as it goes into the English form."""
        raise NotImplementedError

    def above(self) -> Sequence:
        """Return what stands between the tools and the list."""
        return ()

    def below(self) -> Sequence:
        """Return what stands under the list."""
        return ()

    def starters(self) -> Sequence[Button]:
        """Return what begins an empty list."""
        return ()

    def grouped(self, rows: list) -> list:
        """Return the rows as they are listed, under the groups that head them."""
        return rows

    def form(self, shown):
        """Return the form that changes a record, or adds one."""
        raise NotImplementedError

    def removable(self, shown) -> bool:
        """Say whether a record may be taken away."""
        return True

    def movable(self) -> bool:
        """Say whether records may be moved by hand."""
        return True

    def siblings(self, one, other) -> bool:
        """Say whether two lines of the list are moved among each other."""
        return False

    def move_row(self, shown, target, by: int) -> None:
        """Move a record to the place of `target`, over so many siblings (negative: up)."""

    # --- what is shown
    @property
    def shown(self):
        """Return the record in front."""
        id = self.list.current()
        return next((one for one in self.rows if one.id == id), None)

    def on_rows(self, rows: list) -> None:
        """List what was read; the record in front stays in front."""
        before = self._wanted or self.list.current()
        self.rows, self._wanted = rows, None
        self.list.model().show(self.grouped(rows))
        self.list.dress()
        if any(one.id == before for one in rows):
            self.list.choose(before)
        else:
            self.list.clearSelection()
            self.list.choose_first()
        self.on_previewed(None)

    def open(self, id: int, table: str) -> None:
        self._wanted = id
        self.ask()

    def panes(self) -> list[QWidget]:
        return [self.list if self.rows else self.hollow.empty]

    # --- slots
    def on_previewed(self, _id) -> None:
        """Offer what can be done with the record in front."""
        if self.desk.read_only:
            return
        shown = self.shown
        self.edit.setEnabled(shown is not None)
        self.remove.setEnabled(shown is not None and self.removable(shown))

    def on_opened(self, _id: int) -> None:
        if not self.desk.read_only:
            self.on_edit()

    def on_copy(self) -> None:
        """Put what the list says in English on the clipboard, for the official form."""
        QGuiApplication.clipboard().setText(self.form_text())
        self.page.toast(N_("The text has been copied."))

    def on_add(self) -> None:
        """Ask for a new record."""
        if self.plan is not None:
            self._ask_form(self.form(None))

    def on_edit(self) -> None:
        """Ask what changes of the one in front."""
        if self.shown is not None:
            self._ask_form(self.form(self.shown))

    def _ask_form(self, form) -> None:
        form.accepted.connect(self.on_saved)
        form.open()

    def on_saved(self) -> None:
        """Show what was saved once it is read again."""
        if isinstance(self.sender().value, int):
            self._wanted = self.sender().value

    def on_remove(self) -> None:
        """Remove the record in front; undo brings it back."""
        shown = self.shown
        if shown is not None and not self.desk.read_only and self.removable(shown):
            self.take_away(shown)

    def take_away(self, shown) -> None:
        """Remove a record."""
        self.desk.do(type(self).REMOVE, id=shown.id)


class Ordered(RowTable):
    """A list whose rows are moved among those of their kind; the face says which those are."""

    def __init__(self, table: Table, face: ListFace) -> None:
        super().__init__(table)
        self.face = face

    def movable(self) -> bool:
        return not self.face.desk.read_only and self.face.movable()

    def move(self, id: int, by: int) -> None:
        """Move a record over as many of its siblings as lie on the way; a key moves it by one."""
        if not by or not self.movable():
            return
        rows = [self.kept[n] for n in self.order]
        at, way = self.place(id), 1 if by > 0 else -1
        ahead = rows[at + 1 :] if by > 0 else rows[:at][::-1]
        reach = len(ahead) if abs(by) == 1 else abs(by)
        crossed = [row for row in ahead[:reach] if self.face.siblings(rows[at], row)]
        if abs(by) == 1:
            crossed = crossed[:1]
        if crossed:
            self.face.move_row(rows[at], crossed[-1], way * len(crossed))
