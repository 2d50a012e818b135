"""What a chart paints round its curves: grid, axis words, bands, today, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from ui import theme
from ui.text import C_, N_, say
from ui.widgets.chart_lines import Line
from ui.widgets.chart_scale import Tick, month_of, time_ticks
from ui.widgets.chart_words import Laid, laid

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


@dataclass(slots=True)
class Frame:
    """What stays round the field while the range moves, in px: grid, words at the left, room below.

    Lines are rectangles of one pixel: filling those costs a tenth of stroking a line.
    """

    grid: list[QRectF] = field(default_factory=list)
    words: list[tuple[float, float, Laid]] = field(default_factory=list)
    floor: int = 0
    base: float = 0.0
    ticks: int = 2

    @classmethod
    def of(cls, chart: Chart, values: list[Laid], metrics: QFontMetrics) -> Frame:
        """Lay out what surrounds a chart's field; `values` are the words of its steps."""
        box = chart.field()
        rows = [round(chart.place_of(0, value).y()) for value in chart.steps]
        edge, lift = box.left() - theme.px(6), metrics.ascent() / 2 - 1.5
        unit = str(chart.unit)
        if chart.values[0] > 0:
            unit = say(CUT, unit=unit)
        floor = round(box.bottom())
        widest = metrics.horizontalAdvance("2000. 00." if chart.monthly else "2000") * 2.2
        return cls(
            grid=[QRectF(box.left(), y, box.width() + 1, 1) for y in rows],
            words=[
                (2.0, metrics.ascent() + 1.0, laid(unit)),
                *(
                    (edge - word.wide, y + 0.5 + lift, word)
                    for y, word in zip(rows, values, strict=True)
                ),
            ],
            floor=floor,
            base=floor + 0.5 + metrics.ascent() + theme.px(6),
            ticks=int(box.width() / widest),
        )


def paint_values(painter: QPainter, chart: Chart) -> None:
    """Paint the grid lines, their values at the left and the unit above them."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRects(chart.frame.grid)
    painter.setPen(theme.color("text3"))
    for x, y, word in chart.frame.words:
        word.paint(painter, x, y)


def paint_times(painter: QPainter, chart: Chart) -> None:
    """Paint the time axis with as many ticks as have room for their words."""
    frame, box = chart.frame, chart.field()
    left, right = chart.limits
    across = box.width() / ((right - left) or 1)
    marks = [QRectF(box.left(), frame.floor, box.width() + 1, 1)]
    words = []
    for tick in time_ticks(left, right, frame.ticks):
        if left <= tick.at <= right:
            x = box.left() + (tick.at - left) * across
            marks.append(QRectF(round(x), frame.floor, 1, 5))
            words.append((x, laid(tick_words(tick))))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line2"))
    painter.drawRects(marks)
    painter.setPen(theme.color("text3"))
    for x, word in words:
        wide = round(word.wide)
        start = min(max(x - wide / 2, 0), chart.width() - wide)
        word.paint(painter, start, frame.base)


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
    word = laid(say(TODAY))
    word.paint(painter, min(x + 6, box.right() - round(word.wide)), top)


def paint_marks(painter: QPainter, chart: Chart, line: Line) -> None:
    """Paint discs: filled where a line ends or stands alone, open for targets and unsure points."""
    last = line.last if line.kind == "actual" else None
    filled = [(x, y) for x, y in line.lone_points]
    hollow = [(x, y) for x, y in line.open_points]
    hollow += [(point.x, point.y) for point in line.points]
    if last is not None and (last.x, last.y) not in hollow:
        filled.append((last.x, last.y))
    size = theme.px(9) / 2
    for points, brush, edge in ((filled, line.ink, "page"), (hollow, "page", line.ink)):
        shown = [point for point in points if chart.limits[0] <= point[0] <= chart.limits[1]]
        if not shown:
            continue
        painter.setBrush(theme.color(brush))
        painter.setPen(QPen(theme.color(edge), 1.8))
        for x, y in shown:
            painter.drawEllipse(chart.place_of(x, y), size, size)
