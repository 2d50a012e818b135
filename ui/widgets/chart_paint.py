"""Raw painting of a line from its pyramid, for the small pictures that need no plot around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui import theme
from ui.widgets.chart_lines import Line
from ui.widgets.pyramid import Floats


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle of pixels that shows moments `left` to `right` and values `low` to `high`."""

    area: QRectF
    left: float
    right: float
    low: float
    high: float

    def x(self, moment: float) -> float:
        """Return the pixel column of a moment."""
        return self.area.left() + (moment - self.left) * self._across()

    def y(self, value: float) -> float:
        """Return the pixel row of a value."""
        return self.area.bottom() - (value - self.low) * self._up()

    def moment(self, x: float) -> float:
        """Return the moment of a pixel column."""
        return self.left + (x - self.area.left()) / (self._across() or 1)

    def pixels(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return whole arrays in pixels."""
        across = self.area.left() + (x - self.left) * self._across()
        return across, self.area.bottom() - (y - self.low) * self._up()

    def _across(self) -> float:
        return self.area.width() / ((self.right - self.left) or 1)

    def _up(self) -> float:
        return self.area.height() / ((self.high - self.low) or 1)


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Return points as a polygon, filled through its memory: a thousand QPointF would cost more."""
    shape = QPolygonF()
    shape.resize(len(x))
    if len(x):
        memory = shiboken6.VoidPtr(shape.data(), len(x) * 16, True)
        pairs = np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)
        pairs[:, 0], pairs[:, 1] = x, y
    return shape


def paint_line(painter: QPainter, plane: Plane, line: Line, width: float) -> None:
    """Paint a line's pieces: solid, provisional dashed, lone points as dots, unsure ones open."""
    painter.save()
    painter.setClipRect(plane.area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pyramid, loose in line.pieces:
        pen = QPen(theme.color(line.ink), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if loose or line.kind == "target":
            pen.setDashPattern([1.5, 1.8] if loose else [4.0, 3.0])
        painter.setPen(pen)
        x, y = plane.pixels(*pyramid.window(plane.left, plane.right, int(plane.area.width()) or 1))
        for piece in runs(y):
            painter.drawPolyline(polygon(x[piece], y[piece]))
    dot = width * 1.4
    for points, brush in ((line.lone_points, line.ink), (line.open_points, "page")):
        painter.setPen(QPen(theme.color(line.ink), 1.2))
        painter.setBrush(theme.color(brush))
        for x, y in points:
            painter.drawEllipse(QPointF(plane.x(x), plane.y(y)), dot, dot)
    painter.restore()


def runs(y: Floats) -> list[slice]:
    """Return the stretches between gaps, each of at least two points."""
    held = ~np.isnan(y)
    if held.all():
        return [slice(0, len(y))] if len(y) > 1 else []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(np.int8)))
    pairs = zip(edges[0::2], edges[1::2], strict=True)
    return [slice(int(a), int(b)) for a, b in pairs if b - a > 1]
