"""What a chart paints round its curves: grid, axis words, bands, today, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui import theme
from ui.text import C_, N_, say
from ui.widgets.chart_lines import Line
from ui.widgets.chart_scale import Tick, month_of, time_ticks

if TYPE_CHECKING:
    from ui.widgets.chart import Chart

TODAY = N_("Today")
CUT = N_("{unit} (the scale does not start at 0)")


def tick_words(tick: Tick) -> str:
    """Name a tick: the year, or a month within its year."""
    month = month_of(tick.at)
    if not tick.month:
        return str(month.year)
    return say(C_("axis", "{year}-{month:02}"), year=month.year, month=month.month)


def paint_values(painter: QPainter, chart: Chart) -> None:
    """Paint the grid lines, their values at the left and the unit above them."""
    box, metrics = chart.field(), painter.fontMetrics()
    rows = [round(chart.place_of(0, value).y()) + 0.5 for value in chart.steps]
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawLines([QLineF(box.left(), y, box.right(), y) for y in rows])
    painter.setPen(theme.color("text3"))
    edge, lift = box.left() - theme.px(6), metrics.ascent() / 2 - 1.5
    for y, (words, wide) in zip(rows, chart.value_words, strict=True):
        painter.drawText(QPointF(edge - wide, y + lift), words)
    unit = str(chart.unit)
    if chart.values[0] > 0:
        unit = say(CUT, unit=unit)
    painter.drawText(QPointF(2, metrics.ascent() + 1), unit)


def paint_times(painter: QPainter, chart: Chart) -> None:
    """Paint the time axis with as many ticks as have room for their words."""
    box, metrics = chart.field(), painter.fontMetrics()
    floor = round(box.bottom()) + 0.5
    widest = metrics.horizontalAdvance("2000. 00." if chart.monthly else "2000") * 2.2
    ticks = [
        (chart.place_of(tick.at, 0).x(), tick_words(tick))
        for tick in time_ticks(*chart.limits, int(box.width() / widest))
        if chart.limits[0] <= tick.at <= chart.limits[1]
    ]
    marks = [QLineF(round(x) + 0.5, floor, round(x) + 0.5, floor + 4) for x, _words in ticks]
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.drawLines([QLineF(box.left(), floor, box.right(), floor), *marks])
    painter.setPen(theme.color("text3"))
    base = floor + metrics.ascent() + theme.px(6)
    for x, words in ticks:
        wide = metrics.horizontalAdvance(words)
        left = min(max(x - wide / 2, 0), chart.width() - wide)
        painter.drawText(QPointF(left, base), words)


def paint_band(painter: QPainter, chart: Chart, line: Line) -> None:
    """Paint the band round a target within which it counts as met."""
    points = list(zip(line.x, line.y, strict=True))
    upper = [chart.place_of(x, y * (1 + line.band)) for x, y in points]
    lower = [chart.place_of(x, y * (1 - line.band)) for x, y in reversed(points)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(line.ink, 0.11))
    painter.drawPolygon(QPolygonF([*upper, *lower]))


def paint_today(painter: QPainter, chart: Chart, today: float) -> None:
    """Paint the line of today with its word above the field."""
    box = chart.field()
    x = round(chart.place_of(today, 0).x()) + 0.5
    top = box.top() - theme.px(6)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, box.bottom()))
    painter.setPen(theme.color("text3"))
    words = say(TODAY)
    wide = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(QPointF(min(x + 6, box.right() - wide), top), words)


def paint_marks(painter: QPainter, chart: Chart, line: Line) -> None:
    """Paint discs: filled where a line ends or stands alone, open for targets and unsure points."""
    ink, page = theme.color(line.ink), theme.color("page")
    size = theme.px(9) / 2
    last = line.last if line.kind == "actual" else None
    filled = [(x, y) for x, y in line.lone_points]
    hollow = [(x, y) for x, y in line.open_points]
    hollow += [(point.x, point.y) for point in line.points]
    if last is not None and (last.x, last.y) not in hollow:
        filled.append((last.x, last.y))
    for points, brush, edge in ((filled, ink, page), (hollow, page, ink)):
        painter.setBrush(brush)
        painter.setPen(QPen(edge, 1.8))
        for x, y in points:
            if chart.limits[0] <= x <= chart.limits[1]:
                painter.drawEllipse(chart.place_of(x, y), size, size)
