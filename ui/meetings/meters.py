"""The time bar over the agenda."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen

from db.vocab import ItemKind
from ui import theme
from ui.text import N_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

INKS = {
    ItemKind.REPORT: "dGrey",
    ItemKind.DELIBERATION: "d1",
    ItemKind.DISCUSSION: "d2",
    ItemKind.ADVICE: "d3",
}


class Budget(Painted):
    """Agenda items as shares of the sitting's time; past its end the bar is hatched in red."""

    def __init__(self) -> None:
        self.parts: list[tuple[int | None, int, str]] = []
        self.total = 0
        super().__init__(22)

    def show_parts(self, parts, total: int) -> None:
        """Show (number, minutes, kind) of each item against `total` minutes."""
        self.parts, self.total = list(parts), total
        self.renew()

    def sentence(self) -> str:
        used = sum(minutes for _number, minutes, _kind in self.parts)
        return say(N_("{used} of {total} minutes planned"), used=used, total=self.total)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        used = sum(minutes for _number, minutes, _kind in self.parts)
        whole = max(self.total, used)
        if not whole:
            return
        shape = QPainterPath()
        shape.addRoundedRect(area, 4, 4)
        painter.setClipPath(shape)
        painter.fillRect(area, theme.color("track"))
        painter.setFont(theme.font("capb"))
        x = 0.0
        for number, minutes, kind in self.parts:
            width = area.width() * minutes / whole
            self._part(painter, QRectF(x, 0, width - 1.5, area.height()), number, kind)
            x += width
        if used > self.total:
            end = area.width() * self.total / whole
            self._late(painter, QRectF(end, 0, area.width() - end, area.height()))

    def _part(self, painter: QPainter, box: QRectF, number: int | None, kind: str) -> None:
        procedure = kind == ItemKind.PROCEDURE
        painter.fillRect(box, theme.color("accLine" if procedure else INKS[ItemKind(kind)]))
        dark = procedure or (kind == ItemKind.REPORT and theme.mode == "light")
        painter.setPen(theme.color("text" if dark else "accOn"))
        words = str(number) if number else ""
        if painter.fontMetrics().horizontalAdvance(words) <= box.width():
            painter.drawText(box, Align.AlignCenter, words)

    def _late(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(theme.color("bad"), 2))
        painter.drawLine(QPointF(box.x(), 0), QPointF(box.x(), box.height()))
        painter.setClipRect(box)
        x = box.x() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.height()), QPointF(x + box.height(), 0))
            x += 7
