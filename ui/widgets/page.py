"""What every page has: a header, tables that sleep while it is hidden, panes for F6, states."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import theme
from ui.widgets.parts import Align, Button, Icon, Label, Policy, column, frame, row

RAIL_BELOW = 1200  # logical width under which the sidebar is a rail and inspectors lie over lists


class Page(QWidget):
    """A screen. Subclasses build their widgets once; msgids and models keep them true after.

    The module's `PAGE` names the class. Commands and keys of the page, and the suffixes of dropped
    files that `take(paths)` accepts, stand in the room's `actions.py` (`ACTIONS`, `TAKES`).
    """

    wanted = Signal(str, object, str)  # go to another page: its key, a record's id, its table
    moved = Signal(object, str)  # the record in front changed: id, table (for back and forward)
    counted = Signal(object)  # how many things need doing: {room: number}

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.inspector: QWidget | None = None
        self.narrow = False
        self._tables: list = []
        self._beside = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # --- what a page says of itself
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the record `id` of `table`, if the page has such."""

    def panes(self) -> list[QWidget]:
        """Return the stops of F6; the first one takes the focus when the page comes."""
        return []

    @property
    def settled(self) -> bool:
        """Say whether what the page draws by itself, beside what it asked of the desk, is there."""
        return True

    def take(self, paths: list[Path]) -> None:
        """Take files dropped on the window whose suffix is in the room's `TAKES`."""

    # --- what a page uses
    def table(self, model):
        """Keep a model awake only while this page is on screen; return it."""
        self._tables.append(model)
        return model

    def writing(self, *widgets: QWidget):
        """Remove what writes where the office is read-only; return the one or all of them."""
        for widget in widgets:
            if self.desk.read_only:
                widget.setMaximumSize(0, 0)
                widget.setEnabled(False)
                widget.hide()
        return widgets[0] if len(widgets) == 1 else widgets

    def dock(self, inspector: QWidget) -> QWidget:
        """Return the inspector: beside the list in wide windows, over it (Space, Esc) in narrow."""
        self.inspector = inspector
        return inspector

    def inspects(self) -> bool:
        """Say whether there is anything the inspector could show."""
        return True

    def on_peek(self) -> None:
        """Show or hide the inspector of a narrow window; connect `RowList.peeked` to it."""
        if self.narrow and self.inspector and self.inspects():
            self.inspector.setVisible(not self.inspector.isVisible())
            self.inspector.raise_()

    def toast(self, message: str, **values: object) -> None:
        """Tell something that went well and has no undo of its own."""
        self.window().toast.tell(message, undo=False, **values)

    def go(self, key: str, id: int | None = None, table: str = "") -> None:
        """Go to another page, and a record of it."""
        self.wanted.emit(key, id, table)

    # --- events
    def fold(self) -> None:
        """Lay the inspector beside or over the list."""
        side = self.inspector
        if side is None:
            return
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        if narrow and not self.narrow:
            self._beside = side.parentWidget().layout()
            self._beside.removeWidget(side)
            side.setParent(self)
            side.hide()
        elif self.narrow and not narrow:
            self._beside.addWidget(side)
            side.setVisible(self.inspects())
        self.narrow = narrow
        if narrow:
            fixed = side.maximumWidth() < 4_000
            width = side.maximumWidth() if fixed else side.sizeHint().width()
            width = min(width, self.width() - 40)
            side.setGeometry(self.width() - width, 0, width, self.height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            # Never lay out anew inside StyleChange: Qt walks these widgets.
            QTimer.singleShot(0, self, self.fold)

    def keyPressEvent(self, event) -> None:
        over = self.narrow and self.inspector and self.inspector.isVisible()
        if event.key() == Qt.Key.Key_Escape and over:
            self.inspector.hide()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event) -> None:
        for model in self._tables:
            model.shown = True
            model.refresh()
        super().showEvent(event)

    def hideEvent(self, event) -> None:
        for model in self._tables:
            model.shown = False
        super().hideEvent(event)


def header(title: Label, meta: Label, *actions, chips=(), margins=(28, 18, 24, 12)) -> QWidget:
    """Return title and chips over one meta line, actions right, the primary rightmost."""
    title.shrink()
    words = column(row(title, *chips, None, gap=10), meta, gap=3)
    return row((words, 1), *actions, margins=margins)


def pair(what: Label, value: QWidget, width: int = 76) -> QWidget:
    """Return a caption beside its value, for inspectors."""
    return row((what.wide(width), Align.AlignTop), (value, 1))


class State(QWidget):
    """An empty or error state: an icon, one statement, one sentence, one or two buttons."""

    def __init__(
        self, icon: str, title: str, hint: str, *buttons: Button, ink: str = "text2", **values
    ) -> None:
        super().__init__()
        self.title = Label(title, "h3", **values)
        self.hint = Label(hint, "sec", wrap=True, align=Align.AlignHCenter, **values)
        self.hint.setMinimumWidth(theme.px(280))
        self.icon = Icon(icon, ink, 28)
        box = frame("state")
        box.setSizePolicy(Policy.Expanding, Policy.Maximum)
        parts = [
            (self.icon, Align.AlignHCenter),
            (self.title, Align.AlignHCenter),
            self.hint,
        ]
        if buttons:
            parts.append(row(None, *buttons, None))
        column(*parts, margins=(24, 36, 24, 36), gap=8, into=box)
        column(8, box, None, margins=(28, 8, 24, 8), into=self)


class Hollow(QStackedWidget):
    """A list, or what stands in its place while it is empty."""

    def __init__(self, rows, empty: State) -> None:
        super().__init__()
        self.rows, self.empty = rows, empty
        # A list bleeds 8 px out of the text's column; what stands in its place does not.
        empty.layout().setContentsMargins(8, 8, 8, 8)
        self.addWidget(rows)
        self.addWidget(empty)
        rows.model().arrived.connect(self.on_arrived)

    def on_arrived(self) -> None:
        """Show the list if it has rows."""
        self.setCurrentWidget(self.rows if self.rows.model().rowCount() else self.empty)
