"""A small multiple: one line on the scale it shares with its neighbours, no axis."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_paint import Plane, paint_line
from ui.widgets.painted import Painted


class Small(Painted):
    """A line and the dashed level it is compared with; the sentence carries the numbers."""

    def __init__(self, height: int = 52) -> None:
        self.line: Line | None = None
        self.words: Text | None = None
        self.limits = (0.0, 1.0)
        self.values = (0.0, 1.0)
        self.base: float | None = None
        super().__init__(height)
        self.setMinimumWidth(60)

    def show_line(
        self,
        line: Line | None,
        limits: tuple[float, float],
        values: tuple[float, float],
        base: float | None,
        words: Text | None,
    ) -> None:
        """Show a line between moments `limits` and `values`, with a dashed level at `base`."""
        self.line, self.limits, self.values = line, limits, values
        self.base, self.words = base, words
        self.renew()

    def sentence(self) -> str:
        return str(self.words) if self.words is not None else ""

    def draw(self, painter: QPainter, area: QRectF) -> None:
        plane = Plane(area.adjusted(3, 4, -3, -4), *self.limits, *self.values)
        if self.base is not None:
            pen = QPen(theme.color("field"), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            y = round(plane.y(self.base)) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if self.line is not None:
            paint_line(painter, plane, self.line, 1.6)
