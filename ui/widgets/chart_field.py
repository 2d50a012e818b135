"""The field of a chart: pyqtgraph's curves fed from the pyramids, clipped to a rectangle.

pyqtgraph's own view box keeps ranges, links, menus and a mouse that this chart does not have; on a
frame of few points that cost more than the curves. What is needed of it is one transform a curve.
"""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

from ui import theme
from ui.widgets.chart_lines import Line
from ui.widgets.pyramid import Floats, Pyramid

# A pen wider than one pixel and antialiasing cost twice; nobody sees them in a dense line.
DENSE = 20_000
WIDTHS = {"actual": 2.6, "target": 1.6, "context": 1.2}
DASHES = {"target": [4.0, 3.0], "loose": [1.5, 1.8]}


class Curve(pg.PlotCurveItem):
    """A stretch of a line, told where it lies: pyqtgraph would search its data for that."""

    def __init__(self, line: Line, pyramid: Pyramid, loose: bool, density: float) -> None:
        dense = len(pyramid) > DENSE
        pen = QPen(theme.color(line.ink))
        pen.setCosmetic(True)
        # A pen that ignores the plane's transform ignores the screen's density too.
        pen.setWidthF(density * (1.0 if dense else WIDTHS[line.kind]))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if loose or line.kind == "target":
            pen.setDashPattern(DASHES["loose" if loose else "target"])
        super().__init__(
            pen=pen,
            connect="finite" if pyramid.has_gaps else "all",
            antialias=not dense,
            skipFiniteCheck=not pyramid.has_gaps,
        )
        self.pyramid = pyramid
        self.extent = QRectF()

    def boundingRect(self) -> QRectF:
        """Return what is shown of the plane; the field clips the rest."""
        return self.extent


class Field(QGraphicsRectItem):
    """The rectangle the curves are drawn in: its own plane is moments × values.

    It carries the transform, not the curves: pyqtgraph answers each change of theirs in Python.
    """

    def __init__(self) -> None:
        super().__init__()
        # A pen would widen the clip by half of it, in months.
        self.setPen(Qt.PenStyle.NoPen)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.curves: list[Curve] = []

    def show_lines(self, lines: list[Line], density: float = 1.0) -> None:
        """Make the curves anew, with the inks of the scheme, for pixels as dense as that."""
        for curve in self.curves:
            self.scene().removeItem(curve)
        self.curves = [
            Curve(line, pyramid, loose, density) for line in lines for pyramid, loose in line.pieces
        ]
        for curve in self.curves:
            curve.setParentItem(self)

    def show_plane(
        self, box: QRectF, limits: tuple[float, float], values: tuple[float, float], pixels: int
    ) -> None:
        """Show moments `limits` and `values` in a box of the scene, about two points a pixel."""
        left, low = limits[0], values[0]
        extent = QRectF(left, low, (limits[1] - left) or 1.0, (values[1] - low) or 1.0)
        across, up = box.width() / extent.width(), box.height() / extent.height()
        self.setRect(extent)
        self.setTransform(
            QTransform(
                *(across, 0.0, 0.0, -up),
                *(box.left() - left * across, box.bottom() + low * up),
            )
        )
        for curve in self.curves:
            curve.setData(*curve.pyramid.window(*limits, pixels))
            curve.extent = extent

    def fed(self, pyramid: Pyramid) -> tuple[Floats, Floats] | None:
        """Return what is drawn of a line now, if it is drawn whole by one curve."""
        curve = next((one for one in self.curves if one.pyramid is pyramid), None)
        return curve.getData() if curve is not None and curve.extent.width() else None
