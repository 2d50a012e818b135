"""A chip one can press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton

from ui import theme
from ui.text import say
from ui.widgets.painted import chip_width, draw_chip
from ui.widgets.parts import Policy


class ChipButton(QAbstractButton):
    """A short state that leads somewhere; an empty message hides it."""

    def __init__(self, icon: str, slot) -> None:
        super().__init__()
        self._icon, self._message, self._values = icon, "", {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(slot)
        self.hide()

    def say(self, message: str, **values: object) -> ChipButton:
        """Show a message; none hides the chip."""
        self._message, self._values = message, values
        self.renew()
        if not message or self.parentWidget():
            self.setVisible(bool(message))
        return self

    def renew(self) -> None:
        """Say the message in the present language."""
        words = say(self._message, **self._values)
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text(), self._icon), theme.px(24))

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        draw_chip(painter, area, self.text(), "acc" if self.underMouse() else "neu", self._icon)

    def enterEvent(self, event) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event) -> None:
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.renew()
        super().changeEvent(event)
