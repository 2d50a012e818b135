"""The window: sidebar, pages by name, history, panes. It imports no page.

What is painted first is here; what only matters once an office is open is in ui/shell.py.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from ui import theme
from ui.actions import room
from ui.text import N_, say
from ui.widgets.parts import column, frame, row
from ui.widgets.sidebar import Sidebar

MINIMUM, SIZE = (900, 430), (1366, 768)
RAIL_BELOW = 1200


class Window(QFrame):
    """The frame that is painted first; `shell` brings it to life after that."""

    painted = Signal()  # once, after the first paint

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("app")
        self.setMinimumSize(*MINIMUM)
        self.resize(*SIZE)  # before the sidebar, which is built for a width
        self.shell = None
        self.office = ""
        self.toast = None
        self.ring = None
        self.side = Sidebar()
        self.stack = QStackedWidget()
        self.stack.setObjectName("page")
        self.stack.addWidget(skeleton())
        middle = row(self.side, (self.stack, 1), gap=0)
        column((middle, 1), gap=0, into=self)
        self.side.lay_out(self.width() < theme.px(RAIL_BELOW))
        self.side.mark(self.side.current)
        theme.clothe(self)
        self.retitle()
        self._first = True

    def retitle(self) -> None:
        """Name the room, the office and the program in the title bar."""
        # Without an office there are no rooms.
        where = "" if self.side.isHidden() else say(room(self.side.current).title)
        parts = [where, self.office]
        parts.append(say(N_("Carbon Neutrality Office")))
        self.setWindowTitle(" – ".join(part for part in parts if part))

    # --- what pages and overlays ask of the window
    def fault(self, sentence: str) -> None:
        """Say a fault above the page until it is closed."""
        self.shell.fault(sentence)

    def on_undo(self) -> None:
        self.shell.on_undo()

    # --- events
    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self._first:
            self._first = False
            QTimer.singleShot(0, self, self.painted.emit)

    def relay(self) -> None:
        """Lay the sidebar out for the present width and text size."""
        self.side.lay_out(self.width() < theme.px(RAIL_BELOW))

    def resizeEvent(self, event) -> None:
        self.relay()
        if self.shell is not None:
            self.shell.on_resized()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retitle()
        elif event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.relay)
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab of every widget ends here: the one place that knows that a key moved the focus."""
        move = super().focusNextPrevChild
        return self.ring.moving(move, forward) if self.ring is not None else move(forward)

    def dragEnterEvent(self, event) -> None:
        if self.shell is not None:
            self.shell.on_drag(event)

    def dragLeaveEvent(self, _event) -> None:
        if self.shell is not None:
            self.shell.on_drag_left()

    def dropEvent(self, event) -> None:
        if self.shell is not None:
            self.shell.on_dropped(event)

    def closeEvent(self, event) -> None:
        if self.shell is not None:
            if self.shell.stays():
                event.ignore()
                return
            self.shell.close()
        super().closeEvent(event)


def skeleton() -> QWidget:
    """Return grey bars where the page will be, for the moment before there are rows."""
    page = frame("page")
    bars = []
    for width, height in ((180, 24), (320, 12), (1, 0), (900, 14), (840, 14), (880, 14), (700, 14)):
        bar = frame("skeleton")
        bar.setFixedHeight(height)
        bar.setMaximumWidth(width)
        bars.append(bar)
    return column(*bars, None, margins=(28, 20, 24, 12), gap=14, into=page)
