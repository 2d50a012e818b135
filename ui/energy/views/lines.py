"""Several lines over the same periods, each named where it ends: for what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gwangju_desktop.energy.scales import Scale
from ui import theme
from ui.energy.figures import period_name
from ui.energy.views import axis, paint
from ui.energy.views.axis import Axis
from ui.energy.views.bars import slots_of
from ui.energy.views.stacking import REST, Stack
from ui.energy.views.words import unsure
from ui.text import say

INKS = ("d1", "d3", "d2", "d4", "d5", "dTgt")
GUTTER = 0.34


@dataclass(frozen=True, slots=True)
class Lines:
    """Items as lines, laid out in an area."""

    stack: Stack
    labels: Mapping[str, str]
    scale: Scale
    axis: Axis
    slots: tuple[int, ...]

    @classmethod
    def of(
        cls,
        stack: Stack,
        labels: Mapping[str, str],
        scale: Scale,
        area: QRectF,
        *,
        shares: bool = False,
    ) -> Lines:
        """Lay the lines out on one axis that need not start at 0; rates have no shares."""
        values = [part.value / scale.by for column in stack.columns for part in column.parts]
        steps = Axis.steps_of(min(values), max(values), from_zero=False)
        names = max(
            (paint.metrics("capb").horizontalAdvance(w) for w in labels.values()), default=0
        )
        right = min(names + theme.px(22), area.width() * GUTTER)
        field = area.adjusted(Axis.room(steps), theme.px(26), -right, -theme.px(26))
        return cls(stack, labels, scale, Axis(steps, field), slots_of(stack))

    def _x(self, n: int) -> float:
        field = self.axis.field
        return field.left() + (self.slots[n] + 0.5) * field.width() / (self.slots[-1] + 1)

    def _place(self, n: int, item: str) -> QPointF | None:
        part = self.stack.columns[n].part(item)
        return (
            None if part is None else QPointF(self._x(n), self.axis.y(part.value / self.scale.by))
        )

    def box(self, n: int, item: int) -> QRectF | None:
        """Return a square round a point; None where it has no figure."""
        place = self._place(n, self.stack.items[item])
        if place is None:
            return None
        side = theme.px(12)
        return QRectF(place.x() - side / 2, place.y() - side / 2, side, side)

    def hit(self, at: QPointF) -> tuple[int, int] | None:
        """Return the nearest point's column and item."""
        found = []
        for n in range(len(self.stack.columns)):
            for item in range(len(self.stack.items)):
                box = self.box(n, item)
                if box is not None:
                    away = box.center() - at
                    found.append((away.manhattanLength(), n, item))
        near = min(found, default=None)
        return (near[1], near[2]) if near and near[0] < theme.px(24) else None

    def draw(self, painter: QPainter) -> None:
        """Paint axis, lines and the names at their ends."""
        self.axis.draw(painter, say(self.scale.unit))
        columns = self.stack.columns
        names = [str(period_name(column.period)) for column in columns]
        room = self.axis.field.width() / (self.slots[-1] + 1)
        places = [self._x(n) for n in range(len(columns))]
        axis.draw_names(painter, self.axis.field.bottom(), places, names, room)
        ends = []
        for n, item in enumerate(self.stack.items):
            ink = "dTgt" if item == REST else INKS[n % len(INKS)]
            last = self._draw_line(painter, item, ink, n)
            if last is not None:
                ends.append((last.y(), item, ink, last))
        ends.sort(key=lambda end: end[0])
        high = paint.metrics("capb").height()
        field = self.axis.field
        middles = paint.spread(
            [end[0] for end in ends], high, field.top() - high, field.bottom() + high
        )
        for middle, (_y, item, ink, last) in zip(middles, ends, strict=True):
            left = field.right() + theme.px(8)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(last + QPointF(5, 0), QPointF(left - 3, middle))
            place = QRectF(left, middle - high / 2, theme.px(160), high)
            paint.write(painter, place, self.labels[item], "capb", ink)

    def _draw_line(self, painter: QPainter, item: str, ink: str, n: int) -> QPointF | None:
        """Paint a line with gaps where periods are missing; its marks tell lines apart in grey."""
        before: QPointF | None = None
        last: QPointF | None = None
        for place in range(len(self.stack.columns)):
            at = self._place(place, item)
            part = self.stack.columns[place].part(item)
            joined = place > 0 and self.slots[place] == self.slots[place - 1] + 1
            if at is None or part is None:
                before = None
                continue
            pen = QPen(theme.color(ink), 2)
            if before is not None and joined:
                if unsure(part.status):
                    pen.setDashPattern([1.5, 1.8])
                painter.setPen(pen)
                painter.drawLine(before, at)
            painter.setPen(QPen(theme.color(ink), 1.6))
            open_ = unsure(part.status) or part.status == "partial"
            painter.setBrush(theme.color("page" if open_ else ink))
            _mark(painter, at, n)
            before = last = at
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return last


def _mark(painter: QPainter, at: QPointF, n: int) -> None:
    """Paint a line's own mark: disc, square, diamond."""
    half = theme.px(3)
    if n % 3 == 0:
        painter.drawEllipse(at, half, half)
    elif n % 3 == 1:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    else:
        corners = ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0))
        painter.drawPolygon([QPointF(at.x() + x * half, at.y() + y * half) for x, y in corners])
