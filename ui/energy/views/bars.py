"""Columns of parts, drawn: dark beside light from the floor up, named beside the last column."""

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
from ui.energy.views.stacking import REST, Part, Stack, Stacked
from ui.energy.views.words import HATCHED, MISSING, digits_of, percentage, unsure
from ui.text import N_, say
from ui.widgets.chart_scale import number

WIDEST = 72  # px of a column at 100 %
GUTTER = 0.34  # of the picture at most for the names at the right


@dataclass(frozen=True, slots=True)
class Bars:
    """A stack laid out in an area."""

    stack: Stack
    labels: Mapping[str, str]
    scale: Scale
    shares: bool
    axis: Axis
    area: QRectF
    slots: tuple[int, ...]
    digits: int

    @classmethod
    def of(
        cls,
        stack: Stack,
        labels: Mapping[str, str],
        scale: Scale,
        area: QRectF,
        *,
        shares: bool,
    ) -> Bars:
        """Lay a stack out; shares take the whole height, amounts their axis from 0."""
        values = [part.value / scale.by for column in stack.columns for part in column.parts]
        digits = digits_of(values)
        if shares:
            steps: tuple[float, ...] = (0.0, 25.0, 50.0, 75.0, 100.0)
        else:
            ends = [e / scale.by for c in stack.columns for p in c.parts for e in (p.low, p.high)]
            steps = Axis.steps_of(min(ends), max(ends), from_zero=True)
        names = max(
            (paint.metrics("capb").horizontalAdvance(w) for w in labels.values()), default=0
        )
        right = min(names + theme.px(22) + theme.px(54), area.width() * GUTTER)
        field = area.adjusted(Axis.room(steps), theme.px(26), -right, -theme.px(48))
        return cls(stack, labels, scale, shares, Axis(steps, field), area, slots_of(stack), digits)

    def column(self, n: int) -> QRectF:
        """Return the strip of the n-th column: its slot in time, so that missing periods stay open."""
        return self._strip(self.slots[n])

    def _strip(self, place: int) -> QRectF:
        field = self.axis.field
        slot = field.width() / (self.slots[-1] + 1)
        wide = min(theme.px(WIDEST), max(1.0, slot * 0.74 if slot >= 4 else slot))
        x = field.left() + (place + 0.5) * slot
        return QRectF(x - wide / 2, field.top(), wide, field.height())

    def box(self, n: int, item: int) -> QRectF | None:
        """Return the rectangle of a part; None where it has no figure."""
        column = self.stack.columns[n]
        part = column.part(self.stack.items[item])
        return None if part is None else self._box(n, column, part)

    def _box(self, n: int, column: Stacked, part: Part) -> QRectF | None:
        low, high = part.low / self.scale.by, part.high / self.scale.by
        if self.shares:
            if column.share(part.item) is None:
                return None
            low, high = part.low / column.total * 100, part.high / column.total * 100
        strip = self.column(n)
        top, foot = self.axis.y(high), self.axis.y(low)
        return QRectF(strip.left(), top, strip.width(), foot - top)

    def hit(self, at: QPointF) -> tuple[int, int] | None:
        """Return the column and the part at a point."""
        for n, column in enumerate(self.stack.columns):
            strip = self.column(n)
            if strip.left() <= at.x() <= strip.right():
                for place, item in enumerate(self.stack.items):
                    part = column.part(item)
                    box = self._box(n, column, part) if part else None
                    if box is not None and box.contains(at):
                        return n, place
        return None

    # --- painting

    def draw(self, painter: QPainter) -> None:
        """Paint axis, columns, the names beside the last one, and the key of the hatching."""
        self.axis.draw(painter, "%" if self.shares else say(self.scale.unit))
        for n, column in enumerate(self.stack.columns):
            self._draw_column(painter, n, column)
        for slot in set(range(self.slots[-1])) - set(self.slots):
            self._draw_missing(painter, self._strip(slot))
        places = [self.column(n).center().x() for n in range(len(self.stack.columns))]
        names = [str(period_name(column.period)) for column in self.stack.columns]
        room = self.axis.field.width() / (self.slots[-1] + 1)
        axis.draw_names(painter, self.axis.field.bottom(), places, names, room)
        self._draw_labels(painter)
        self._draw_keys(painter)

    def _draw_column(self, painter: QPainter, n: int, column: Stacked) -> None:
        strip = self.column(n)
        if self.shares and column.share(self.stack.items[0]) is None:
            self._draw_missing(painter, strip)
            return
        top = strip.bottom()
        for part in column.parts:
            box = self._box(n, column, part)
            if box is None:
                continue
            self._draw_part(painter, box, part, n)
            top = min(top, box.top())
        if column.status == "partial":
            # What is not over yet has no top: dashes instead of an edge.
            painter.setPen(QPen(theme.color("text2"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(strip.left(), top), QPointF(strip.right(), top))
        if column.lacking:
            painter.setPen(QPen(theme.color("text2"), 1.6, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(strip.left(), top - 2), QPointF(strip.right(), top - 2))
        elif not self.shares:
            self._draw_total(painter, strip, top, column)

    def _draw_missing(self, painter: QPainter, strip: QRectF) -> None:
        high = theme.px(16)
        foot = QRectF(strip.left(), self.axis.y(0) - high, strip.width(), high)
        paint.missing_box(painter, foot)

    def _draw_part(self, painter: QPainter, box: QRectF, part: Part, n: int) -> None:
        rest = part.item == REST
        tone = paint.part_tone(self.stack.items.index(part.item), rest)
        edge = 1.0 if box.width() >= 6 else 0.0
        inner = box.adjusted(0, edge / 2, 0, -edge / 2) if box.height() > 2 else box
        painter.fillRect(inner, tone)
        words = self._words(part, n)
        measures = paint.metrics("cap")
        wide = measures.horizontalAdvance(words) + 6
        fits = words and wide <= box.width() and measures.height() <= box.height()
        if unsure(part.status) or part.status == "partial":
            paint.hatch_box(painter, inner, tone)
            if fits:
                back = QRectF(0, 0, wide, measures.height())
                back.moveCenter(box.center())
                painter.fillRect(back, tone)
        if fits:
            ink = paint.ink_on(tone)
            paint.write(painter, box, words, ink=ink, align=Qt.AlignmentFlag.AlignHCenter)

    def _words(self, part: Part, n: int) -> str:
        if self.shares:
            share = self.stack.columns[n].share(part.item)
            return "" if share is None else number(share * 100, 1)
        return number(part.value / self.scale.by, self.digits)

    def _draw_total(self, painter: QPainter, strip: QRectF, top: float, column: Stacked) -> None:
        if len(column.parts) < 2 or any(part.value < 0 for part in column.parts):
            return
        words = number(column.total / self.scale.by, self.digits)
        measures = paint.metrics("capb")
        slot = self.axis.field.width() / (self.slots[-1] + 1)
        if measures.horizontalAdvance(words) + 4 > slot:
            return
        box = QRectF(
            strip.center().x() - slot / 2, top - measures.height() - 2, slot, measures.height()
        )
        paint.write(painter, box, words, "capb", "text2", Qt.AlignmentFlag.AlignHCenter)

    def _labelled(self) -> int:
        """Return the column beside which the parts are named: the latest whole one."""
        columns = self.stack.columns
        return max(
            range(len(columns)),
            key=lambda n: (columns[n].status != "partial", not columns[n].lacking, n),
        )

    def _draw_labels(self, painter: QPainter) -> None:
        """Name the parts at the right of the last whole column, each beside its own."""
        columns = self.stack.columns
        n = self._labelled()
        column = columns[n]
        held = []
        for part in column.parts:
            box = self._box(n, column, part)
            if box is not None:
                held.append((box.center().y(), part))
        held.sort(key=lambda one: one[0])
        high = paint.metrics("capb").height() + 1
        field = self.axis.field
        middles = paint.spread(
            [y for y, _p in held], high, field.top() - high / 2, field.bottom() + high
        )
        right = self.column(n).right()
        last = self.column(len(columns) - 1).right()
        left = field.right() + theme.px(14)
        head = QRectF(left, self.area.top(), self.area.right() - left, high)
        paint.write(painter, head, str(period_name(column.period)))
        for middle, (y, part) in zip(middles, held, strict=True):
            painter.setPen(QPen(theme.color("line2"), 1))
            if right >= last - 1:
                painter.drawLine(QPointF(right + 2, y), QPointF(left - 4, middle))
            side = theme.px(9)
            square = QRectF(left, middle - side / 2, side, side)
            item = self.stack.items.index(part.item)
            painter.fillRect(square, paint.part_tone(item, part.item == REST))
            self._draw_label(painter, left + side + theme.px(5), middle, high, column, part)

    def _draw_label(
        self, painter: QPainter, x: float, middle: float, high: float, column: Stacked, part: Part
    ) -> None:
        share = column.share(part.item)
        words = percentage(share) if share is not None else ""
        room = self.area.right() - x
        measures = paint.metrics("cap")
        after = measures.horizontalAdvance(words) + theme.px(6) if words else 0.0
        name = self.labels[part.item]
        wide = min(paint.metrics("capb").horizontalAdvance(name) + 1, room)
        if wide + after > room:
            words, after = "", 0.0
        place = QRectF(x, middle - high / 2, wide, high)
        paint.write(painter, place, name, "capb", "text")
        if words:
            paint.write(
                painter, place.translated(wide + theme.px(5), 0).adjusted(0, 0, 40, 0), words
            )

    def _draw_keys(self, painter: QPainter) -> None:
        held = {part.item for part in self.stack.columns[self._labelled()].parts}
        keys = [
            paint.Key(self.labels[item], paint.part_tone(n, item == REST))
            for n, item in enumerate(self.stack.items)
            if item not in held
        ]
        statuses = {part.status for column in self.stack.columns for part in column.parts}
        tone = paint.mixed("d1")
        if any(unsure(status) for status in statuses):
            keys.append(paint.Key(say(HATCHED), tone, hatched=True))
        if len(set(self.slots)) <= self.slots[-1]:
            keys.append(paint.Key(say(MISSING)))
        if "partial" in statuses:
            keys.append(paint.Key(say(N_("Dashed top: part of a year")), tone, True, dashed=True))
        left = self.axis.field.left()
        place = QRectF(
            left, self.area.bottom() - theme.px(20), self.area.right() - left, theme.px(20)
        )
        paint.legend(painter, place, keys)


def slots_of(stack: Stack) -> tuple[int, ...]:
    """Return each column's place in time; periods without any figure keep theirs."""
    found = []
    for column in stack.columns:
        year, _dash, month = column.period.partition("-")
        found.append(int(year) * 12 + int(month) - 1 if month else int(year))
    return tuple(place - found[0] for place in found)
