"""A frame of the chart at a million points against raw QPainter over the same pyramid.

Both redraw the same windows of the same pyramid with the same pen, alternating in one run, so that
the ratio means something on a busy machine. Goal: at most 3 times raw.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.widgets.chart import Chart
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_paint import Plane, polygon, runs

POINTS = 1_000_000
# Ten points a month: 8,333 years, so that no two frames of a zoomed pan show the same years.
MONTHS = POINTS / 10
FRAMES = 60
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


@pytest.mark.parametrize("gaps", [False, True])
def test_chart_frame_against_raw_painter(qapp, gaps: bool, capsys) -> None:
    theme.load_fonts()
    theme.dress(qapp, "light")
    rng = np.random.default_rng(1)
    y = np.cumsum(rng.normal(size=POINTS))
    if gaps:
        y[rng.integers(0, POINTS, 2_000)] = np.nan
        y[400_000:420_000] = np.nan
    line = Line(Text("1,000,000"), np.arange(POINTS) / 10, y, end=Text("end"))
    chart = Chart(Text("bench"))
    chart.resize(1000, 600)
    chart.show()
    began = time.perf_counter()
    chart.show_lines([line], unit=Text("MWh"), limits=(0, MONTHS))
    chart.viewport().repaint()
    first = (time.perf_counter() - began) * 1_000
    raw = Raw(line, chart.values)
    raw.resize(1000, 600)
    raw.show()
    worst = 0.0
    with capsys.disabled():
        print(f"\nchart, {POINTS:,} points, gaps={gaps}: first draw {first:.1f} ms")
        for name, share in VIEWS:
            ours, limit = [], []
            for view in frames(share):
                ours.append(drawn(chart, *view))
                limit.append(drawn(raw, *view))
            ratio = statistics.median(a / b for a, b in zip(ours, limit, strict=True))
            p95 = sorted(ours)[int(FRAMES * 0.95)]
            worst = max(worst, ratio)
            print(
                f"  {name:>6}: {statistics.median(ours):5.2f} ms (p95 {p95:5.2f})"
                f"  raw {statistics.median(limit):5.2f} ms  ratio {ratio:4.2f} (goal 3.00)"
            )
    assert worst > 0
