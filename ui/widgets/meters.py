"""Painted meters: each says its numbers in one sentence too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui import theme
from ui.text import N_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

NO_PEN = Qt.PenStyle.NoPen


class Quorum(Painted):
    """Yes solid, no reply hatched, no as track; the number required is a black tick."""

    def __init__(self) -> None:
        self.yes = self.maybe = self.total = self.needed = 0
        super().__init__(40)

    def show_counts(self, yes: int, maybe: int, total: int, needed: int) -> None:
        """Show how many come (or are there), may come, belong, and are needed to open."""
        self.yes, self.maybe, self.total, self.needed = yes, maybe, total, needed
        self.renew()

    def sentence(self) -> str:
        return say(
            N_("{yes} of {total}, {maybe} open; {needed} needed to open"),
            yes=self.yes,
            total=self.total,
            maybe=self.maybe,
            needed=self.needed,
        )

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.total:
            return
        top, high = theme.px(20), theme.px(14)
        bar = QRectF(0, top, area.width(), high)
        yes = area.width() * self.yes / self.total
        maybe = QRectF(yes, top, area.width() * self.maybe / self.total, high)
        shape = QPainterPath()
        shape.addRoundedRect(bar, 4, 4)
        painter.setClipPath(shape)
        painter.fillRect(bar, theme.color("track"))
        painter.fillRect(QRectF(0, top, yes, high), theme.color("acc"))
        painter.fillRect(maybe, theme.color("accLine"))
        self._hatch(painter, maybe)
        painter.setClipping(False)
        x = area.width() * self.needed / self.total
        painter.setPen(QPen(theme.color("text"), 2))
        painter.drawLine(QPointF(x, top - 5), QPointF(x, top + high + 5))
        self._words(painter, area, x)

    def _hatch(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(theme.color("raised"), 1.4))
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        x = area.x() - area.height()
        while x < area.right():
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.y()))
            x += 6

    def _words(self, painter: QPainter, area: QRectF, x: float) -> None:
        line = theme.px(16)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        all_ = say(N_("{n} enrolled"), n=self.total)
        painter.drawText(
            QRectF(0, 0, area.width(), line), Align.AlignRight | Align.AlignVCenter, all_
        )
        room = area.width() - painter.fontMetrics().horizontalAdvance(all_) - 8
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("text"))
        words = say(N_("Quorum to open: {n}"), n=self.needed)
        width = painter.fontMetrics().horizontalAdvance(words)
        left = max(0.0, min(x - 6 - width, room - width))
        painter.drawText(QRectF(left, 0, width + 4, line), Align.AlignVCenter, words)
