"""The value axis and the month or year axis of the painted views: at most five grid lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.energy.views import paint
from ui.text import N_, say
from ui.widgets.chart_scale import digits_for, number, value_range, value_ticks

CUT = N_("{unit} (the scale does not start at 0)")


@dataclass(frozen=True, slots=True)
class Axis:
    """Values of round steps laid over the height of a field."""

    steps: tuple[float, ...]
    field: QRectF

    @classmethod
    def steps_of(cls, low: float, high: float, *, from_zero: bool) -> tuple[float, ...]:
        """Return the round values that enclose everything shown."""
        if from_zero:
            low, high = min(0.0, low), max(0.0, high)
            return tuple(value_ticks(low, high))
        return tuple(value_ticks(*value_range(low, high, from_zero=False)))

    @staticmethod
    def room(steps: Sequence[float]) -> float:
        """Return the px the words of the steps take at the left."""
        widest = max((paint.metrics("cap").horizontalAdvance(w) for w in words(steps)), default=0)
        return max(theme.px(34), widest + theme.px(10))

    def y(self, value: float) -> float:
        """Return the pixel row of a value."""
        low, high = self.steps[0], self.steps[-1]
        return self.field.bottom() - (value - low) / ((high - low) or 1) * self.field.height()

    def draw(self, painter: QPainter, unit: str) -> None:
        """Paint the grid, the values at the left, the unit above; the zero line is stronger."""
        line = paint.metrics("cap").height()
        edge = self.field.left() - Axis.room(self.steps)
        left = self.field.left() - theme.px(6) - edge
        for value, said in zip(self.steps, words(self.steps), strict=True):
            y = round(self.y(value)) + 0.5
            painter.setPen(QPen(theme.color("line2" if value == 0 else "line"), 1))
            painter.drawLine(QPointF(self.field.left(), y), QPointF(self.field.right(), y))
            place = QRectF(edge, y - line / 2, left, line)
            paint.write(painter, place, said, align=Qt.AlignmentFlag.AlignRight)
        if self.steps[0] > 0:
            unit = say(CUT, unit=unit)
        top = QRectF(
            edge + 2, self.field.top() - line - theme.px(6), self.field.right() - edge, line
        )
        paint.write(painter, top, unit)


def words(steps: Sequence[float]) -> list[str]:
    """Write the steps of an axis with the decimals their distance needs."""
    digits = digits_for(steps[1] - steps[0]) if len(steps) > 1 else 0
    return ["0" if value == 0 else number(value, digits) for value in steps]


def draw_names(
    painter: QPainter, foot: float, places: Sequence[float], names: Sequence[str], room: float
) -> None:
    """Write names under places; as many are left out evenly as have no room, the last stays."""
    if not names:
        return
    measures = paint.metrics("cap")
    widest = max(measures.horizontalAdvance(name) for name in names) + theme.px(8)
    every = next((n for n in (1, 2, 3, 4, 5, 6, 10, 12, 20, 24) if n * room >= widest), 60)
    last = len(names) - 1
    for n, (x, name) in enumerate(zip(places, names, strict=True)):
        if (last - n) % every:
            continue
        box = QRectF(x - widest / 2, foot + theme.px(4), widest, measures.height())
        paint.write(painter, box, name, align=Qt.AlignmentFlag.AlignHCenter)
