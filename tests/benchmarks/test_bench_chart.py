"""A frame of the chart at ten million points against raw QPainter over the same pyramid.

Both redraw the same windows of the same pyramid with the same pen, alternating in one run, so that
the ratio means something on a busy machine. Goals: at most 2 times raw, and at ten million points
at most 1.3 times what it takes at one million, frame by frame of the same run.
"""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks import measured
from ui import theme
from ui.widgets.chart import Chart
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_paint import Plane, polygon, runs

FEW, MANY = 1_000_000, 10_000_000
# Ten thousand years whatever the points: no two frames of a zoomed pan show the same years.
MONTHS = 120_000.0
FRAMES = 60
RAW_GOAL, FEW_GOAL = 2.0, 1.3
VIEWS = (("full", 1.0), ("10 %", 0.1), ("0.1 %", 0.001))


class Raw(QWidget):
    """The limit: a widget that only paints the polyline."""

    def __init__(self, line: Line, values: tuple[float, float]) -> None:
        super().__init__()
        self.line, self.values = line, values
        self.limits = (0.0, 1.0)

    def show_range(self, left: float, right: float) -> None:
        self.limits = left, right

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("page"))
        pen = QPen(theme.color("d1"), 1)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        plane = Plane(QRectF(self.rect()), *self.limits, *self.values)
        x, y = plane.pixels(*self.line.whole.window(*self.limits, self.width()))
        for piece in runs(y):
            painter.drawPolyline(polygon(x[piece], y[piece]))


def frames(share: float) -> list[tuple[float, float]]:
    """Return the ranges a pan over the whole line shows, none twice."""
    wide = MONTHS * share
    starts = np.linspace(0, MONTHS - wide, FRAMES) if share < 1 else np.arange(FRAMES) * -1.0
    return [(float(start), float(start + wide)) for start in starts]


def drawn(widget: QWidget, left: float, right: float) -> float:
    """Return the milliseconds of one frame: set the range and paint."""
    QApplication.processEvents()
    began = time.perf_counter()
    widget.show_range(left, right)
    (widget.viewport() if isinstance(widget, Chart) else widget).repaint()
    return (time.perf_counter() - began) * 1_000


def line_of(points: int, gaps: bool) -> Line:
    """Return a random walk of so many points over the same years."""
    rng = np.random.default_rng(1)
    y = np.cumsum(rng.normal(size=points))
    if gaps:
        y[rng.integers(0, points, 2_000)] = np.nan
        y[int(points * 0.4) : int(points * 0.42)] = np.nan
    x = np.linspace(0, MONTHS, points, endpoint=False)
    return Line(Text(f"{points:,}"), x, y, end=Text("end"))


def chart_of(line: Line) -> tuple[Chart, float]:
    """Return a chart that shows a line, and the milliseconds of its first picture."""
    chart = Chart(Text("bench"))
    chart.resize(1000, 600)
    chart.show()
    began = time.perf_counter()
    chart.show_lines([line], unit=Text("MWh"), limits=(0, MONTHS))
    chart.viewport().repaint()
    return chart, (time.perf_counter() - began) * 1_000


@pytest.mark.parametrize("gaps", [False, True])
def test_chart_frame_against_raw_painter(qapp, gaps: bool, capsys) -> None:
    theme.load_fonts()
    theme.dress(qapp, "light")
    few, _first = chart_of(line_of(FEW, gaps))
    many, first = chart_of(line_of(MANY, gaps))
    raw = Raw(many.lines[0], many.values)
    raw.resize(1000, 600)
    raw.show()
    what = f"chart of {MANY:,} points{' with gaps' if gaps else ''}"
    measured.figure(f"{what}, first drawn", first, "ms")
    for name, share in VIEWS:
        times: dict[str, list[float]] = {"many": [], "raw": [], "few": []}
        for view in frames(share):
            for key, widget in (("many", many), ("raw", raw), ("few", few)):
                times[key].append(drawn(widget, *view) / 1_000)
        frame = f"{what}, frame of {name}"
        pyramid = "raw QPainter over the same pyramid"
        measured.ratio(frame, times["many"], times["raw"], RAW_GOAL, beside=pyramid)
        measured.ratio(frame, times["many"], times["few"], FEW_GOAL, beside=f"{FEW:,} points")
