"""The keyboard's focus: 2 px line, 2 px gap, over whatever has it; fields draw their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTextEdit, QWidget
from shiboken6 import isValid

from ui import theme
from ui.widgets.parts import around

FIELDS = (QLineEdit, QTextEdit, QComboBox)


class FocusRing(QWidget):
    """An overlay of a window that follows the focus when a key moved it.

    The window sets `by_key` round Tab and F6: `focusChanged` knows no reason.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.target: QWidget | None = None
        self.watched: list[QWidget] = []  # the target and what it lies in, below the window
        self.by_key = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        QApplication.instance().focusChanged.connect(self.on_focus)

    def moving(self, move, argument):
        """Do `move(argument)`, which a key asked for."""
        self.by_key = True
        try:
            return move(argument)
        finally:
            self.by_key = False

    def on_focus(self, _old, new) -> None:
        mine = self.by_key and new is not None and new.window() is self.window()
        self.follow(new if mine and not isinstance(new, FIELDS) else None)

    def follow(self, widget: QWidget | None) -> None:
        """Ring a widget, or nothing."""
        for one in self.watched:
            if isValid(one):
                one.removeEventFilter(self)
        self.target, self.watched = widget, []
        # These widgets, never the application: that filter would see half-dead widgets.
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self.watched.append(widget)
            widget = widget.parentWidget()
        widget = self.target
        self.setVisible(widget is not None)
        self.place()

    def eventFilter(self, _watched, event) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete):
            self.follow(None)
        return False

    def place(self) -> None:
        """Lie round the target."""
        if self.target is not None:
            corner = self.target.mapTo(self.window(), QPoint(0, 0))
            area = around(QRect(corner, self.target.size()), 4)
            self.setGeometry(area.intersected(self.window().rect()))
            self.raise_()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
