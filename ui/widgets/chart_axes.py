"""What a chart paints round its curves: grid, axis words, events, today, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui import theme
from ui.text import C_, N_, say
from ui.widgets.chart_labels import covered
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import (
    Tick,
    day_ticks,
    hour_of,
    month_of,
    tick_word,
    time_ticks,
)
from ui.widgets.chart_words import Laid, laid

if TYPE_CHECKING:
    from ui.widgets.chart import Chart

TODAY = N_("Today")
HOUR = 1 / (24 * 30)  # of a month, about: the first hour of a day ends on it
DAYS_SHOWN = 3.0  # months of hours that are told by their days
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
    sides: list[tuple[float, float, Laid]] = field(default_factory=list)
    floor: int = 0
    base: float = 0.0
    ticks: int = 2
    # The words of the events in view: where, the words, laid out.
    said: list[tuple[QRectF, str, Laid]] = field(default_factory=list)

    @classmethod
    def of(
        cls, chart: Chart, values: list[Laid], others: list[Laid], metrics: QFontMetrics
    ) -> Frame:
        """Lay out what surrounds a chart's field: the words of its steps, and of the second scale."""
        box = chart.field()
        rows = [round(chart.place_of(0, value).y()) for value in chart.steps]
        edge, lift = box.left() - theme.px(6), metrics.ascent() / 2 - 1.5
        unit = str(chart.unit)
        if chart.values[0] > 0:
            unit = say(CUT, unit=unit)
        beyond = box.right() + theme.px(7)
        sides = [(beyond, y + 0.5 + lift, word) for y, word in zip(rows, others, strict=False)]
        if chart.side is not None:
            other = laid(str(chart.side.unit))
            sides.append((chart.width() - 2.0 - other.wide, metrics.ascent() + 1.0, other))
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
            sides=sides,
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
    if chart.side is not None:
        painter.setPen(theme.color(chart.side.ink))
        for x, y, word in chart.frame.sides:
            word.paint(painter, x, y)


def side_words(chart: Chart) -> list[Laid]:
    """Lay out the second scale's words: a value at each step of the first."""
    side = chart.side
    if side is None or len(chart.steps) < 2:
        return []
    low, high = chart.steps[0], chart.steps[-1]
    values = [side.low + (at - low) / (high - low) * (side.high - side.low) for at in chart.steps]
    return [laid(tick_word(value, values)) for value in values]


def paint_times(painter: QPainter, chart: Chart) -> None:
    """Paint the time axis with as many ticks as have room for their words."""
    frame, box = chart.frame, chart.field()
    left, right = chart.limits
    across = box.width() / ((right - left) or 1)
    marks = [QRectF(box.left(), frame.floor, box.width() + 1, 1)]
    words = []
    for at, word in _ticks(chart, frame.ticks):
        if left <= at <= right:
            x = box.left() + (at - left) * across
            marks.append(QRectF(round(x), frame.floor, 1, 5))
            words.append((x, word))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line2"))
    painter.drawRects(marks)
    painter.setPen(theme.color("text3"))
    painter.setFont(theme.font("cap"))
    most = chart.width()
    for x, word in words:
        wide = round(_width(word, theme.scale))
        painter.drawText(QPointF(min(max(x - wide / 2, 0), most - wide), frame.base), word)


def _ticks(chart: Chart, room: int) -> list[tuple[float, str]]:
    """Return the marks of the time axis with their words: days where a few months of hours show."""
    left, right = chart.limits
    if chart.hourly and right - left <= DAYS_SHOWN:
        days = [(at, hour_of(at + HOUR)[0]) for at in day_ticks(left, right, room)]
        return [(at, say(C_("axis", "{month}/{day}"), month=d.month, day=d.day)) for at, d in days]
    ticks = time_ticks(left, right, room, months=chart.monthly)
    return [(tick.at, tick_words(tick)) for tick in ticks]


def _width(words: str, scale: float) -> float:
    """Return how wide the words of a tick are; all figures are equally wide in this font."""
    return _figures(len(words), scale) if words.isdigit() else laid(words).wide


@cache
def _figures(count: int, _scale: float) -> float:
    return laid("0" * count).wide


def paint_events(painter: QPainter, chart: Chart) -> None:
    """Shade the time of each event; one of less than a few pixels is a line alone."""
    box = chart.field()
    for event in chart.events:
        if event.right < chart.limits[0] or event.left > chart.limits[1]:
            continue
        left = max(box.left(), chart.place_of(event.left, 0).x())
        right = min(box.right(), chart.place_of(event.right, 0).x())
        if right - left >= 3:
            shade = QRectF(left, box.top(), right - left, box.height())
            painter.fillRect(shade, theme.color("text3", 0.09))
        pen = QPen(theme.color("field"), 1)
        pen.setDashPattern([1.0, 3.0])
        painter.setPen(pen)
        x = round(left) + 0.5
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))


def event_words(chart: Chart) -> list[tuple[QRectF, str, Laid]]:
    """Lay the words of the events in view along the floor or the top, where they hide least.

    They are cut where room ends; none covers another. One that has no room at all is read on its
    line by the cursor's sentence, and in the chart's own.
    """
    box = chart.field()
    metrics = QFontMetrics(theme.font("cap"))
    high = metrics.height()
    ink = chart.ink()
    floor, top = box.bottom() - 2, box.top() + 3
    # Rows and what it costs to stand in them: the floor first, as in a printed chart.
    rows = [(floor - n * (high + 2) - high, 2 * n) for n in range(3)] + [(top, 8)]
    found: list[tuple[QRectF, str, Laid]] = []
    for event in sorted(chart.events, key=lambda one: one.left):
        if not chart.limits[0] <= event.left <= chart.limits[1]:
            continue
        x = chart.place_of(event.left, 0).x() + theme.px(4)
        room = box.right() - x - theme.px(6)
        words = str(event.words) if isinstance(event.words, Text) else say(event.words)
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        word = laid(short)
        boxes = [(QRectF(x - 2, y, word.wide + 4, high), cost) for y, cost in rows]
        free = [
            (covered(ink, one) + cost, n, one)
            for n, (one, cost) in enumerate(boxes)
            if not any(one.intersects(other) for other, _s, _w in found)
        ]
        if free and room >= theme.px(30):
            found.append((min(free)[2], short, word))
    return found


def paint_event_words(painter: QPainter, chart: Chart) -> None:
    """Paint the words of the events over the curves."""
    for box, _words, word in chart.frame.said:
        painter.fillRect(box, theme.color("page", 0.82))
        painter.setPen(theme.color("text3"))
        word.paint(painter, box.left() + 2, box.top() + word.ascent)


def paint_today(painter: QPainter, chart: Chart, today: float) -> None:
    """Paint the line of today with its word above the field."""
    box = chart.field()
    x = round(chart.place_of(today, 0).x()) + 0.5
    top = box.top() - theme.px(6)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, box.bottom()))
    painter.setPen(theme.color("text3"))
    word = laid(say(TODAY))
    left = min(x + 6, box.right() - round(word.wide))
    if chart.side is not None and left + word.wide > min(at for at, _y, _w in chart.frame.sides):
        left = x - 6 - round(word.wide)
    word.paint(painter, left, top)


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
