"""The reading cursor of a chart: what it stands on, in words and as a small box beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ui import theme
from ui.text import C_, say
from ui.widgets.chart_labels import covered
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import figure, number

if TYPE_CHECKING:
    from ui.widgets.chart import Chart


@dataclass(frozen=True, slots=True)
class Read:
    """One line's value under the cursor."""

    title: str
    words: str
    value: float
    ink: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything under the cursor."""

    period: str
    rows: tuple[Read, ...]

    @classmethod
    def of(cls, chart: Chart, period: str, digits: int) -> Reading | None:
        """Read every line of a chart at its cursor; None if none has a value there."""
        rows = []
        unit = str(chart.unit)
        for line in chart.lines:
            value, state = line.at(chart.cursor)
            if value is None:
                continue
            words = _worded(line, value, digits, unit)
            if state is not None:
                said = str(state) if isinstance(state, Text) else say(state)
                words = say(C_("reading", "{value} ({state})"), value=words, state=said)
            named = line.titled(chart.cursor)
            title = str(named) if isinstance(named, Text) else say(named)
            rows.append(Read(title, words, value, line.ink, line.kind == "target"))
        rows.sort(key=lambda row: row.dashed)
        return cls(period, tuple(rows)) if rows else None

    def sentence(self) -> str:
        """Say it as one line, for the label and for a screen reader."""
        return f"{self.period} · " + " · ".join(f"{row.title} {row.words}" for row in self.rows)


def _worded(line: Line, value: float, digits: int, unit: str) -> str:
    """Write a value in the line's own unit: one on the second scale is drawn otherwise."""
    if line.unit is None:
        return f"{number(value, digits)} {unit}"
    own = value * line.by + line.base
    said = str(line.unit) if isinstance(line.unit, Text) else say(line.unit)
    return f"{figure(own)} {said}"


def paint_reading(painter: QPainter, chart: Chart, reading: Reading, busy: np.ndarray) -> None:
    """Paint the cursor's line, a ring on each value and the box of words beside it."""
    field = chart.field()
    x = round(chart.place_of(chart.cursor, 0).x()) + 0.5
    painter.setPen(QPen(theme.color("field"), 1))
    painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
    for row in reversed(reading.rows):
        painter.setPen(QPen(theme.color("page"), 2))
        painter.setBrush(theme.color(row.ink))
        painter.drawEllipse(chart.place_of(chart.cursor, row.value), 5, 5)
    bold, plain = theme.font("capb"), theme.font("cap")
    strong, weak = QFontMetricsF(bold), QFontMetricsF(plain)
    key, gap, pad = theme.px(18), theme.px(12), theme.px(8)
    high = round(strong.height()) + 3
    names = max(weak.horizontalAdvance(row.title) for row in reading.rows)
    words = max(strong.horizontalAdvance(row.words) for row in reading.rows)
    width = max(key + names + gap + words, strong.horizontalAdvance(reading.period)) + 2 * pad
    size = QSizeF(width, high * (len(reading.rows) + 1) + 2 * pad - 3)
    box = _clear_corner(field, x, size, busy)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    top = box.top() + pad + strong.ascent()
    painter.setFont(bold)
    painter.setPen(theme.color("text"))
    painter.drawText(QPointF(box.left() + pad, top), reading.period)
    for row in reading.rows:
        top += high
        middle = top - weak.ascent() / 2 + 1.5
        pen = QPen(theme.color(row.ink), 2)
        if row.dashed:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = box.left() + pad
        painter.drawLine(QPointF(left, middle), QPointF(left + key - 6, middle))
        painter.setFont(plain)
        painter.setPen(theme.color("text2"))
        painter.drawText(QPointF(left + key, top), row.title)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        at = box.right() - pad - strong.horizontalAdvance(row.words)
        painter.drawText(QPointF(at, top), row.words)


def _clear_corner(field: QRectF, x: float, size: QSizeF, busy: np.ndarray) -> QRectF:
    """Return the place beside the cursor that hides least of what is drawn (`busy`, n × 2 px)."""
    found: list[tuple[int, QRectF]] = []
    for left in (x + 10, x - 10 - size.width()):
        left = min(max(left, 2), max(2, field.right() - size.width()))
        for top in (field.top() + 4, field.bottom() - 6 - size.height()):
            box = QRectF(left, top, size.width(), size.height())
            crossed = box.left() < x < box.right()
            found.append((covered(busy, box) + 50 * crossed, box))
    return min(found, key=lambda one: one[0])[1]
