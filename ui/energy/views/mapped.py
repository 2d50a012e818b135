"""A map laid out and drawn: shapes by class, their names and values, and the legend beside it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui import theme
from ui.energy.views import paint
from ui.energy.views.classes import Classes
from ui.energy.views.geometry import Place, Projection, Ring, inside, middle
from ui.energy.views.words import HATCHED, MISSING
from ui.text import N_, NN_, say
from ui.widgets.chart_scale import number

SIDE = 0.36  # of the picture at most for the legend
FEW = 12  # areas that are named in the legend


@dataclass(frozen=True, slots=True)
class Placed:
    """One area with its value in the unit shown, None without a figure; `loose` is not final."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    value: float | None
    loose: bool


@dataclass(frozen=True, slots=True)
class Name:
    """What is written in an area, and where: its name and, with room, its value under it."""

    box: QRectF
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Areas in pixels, and the room of the legend."""

    areas: tuple[Placed, ...]
    rings: tuple[list[list[Place]], ...]
    classes: Classes
    unit: str
    digits: int
    legend: QRectF
    names: tuple[Name | None, ...]

    @classmethod
    def of(
        cls, areas: Sequence[Placed], cut: Classes, unit: str, digits: int, area: QRectF
    ) -> Mapped:
        """Fit the areas beside their legend."""
        side = min(max(theme.px(180), area.width() * 0.26), theme.px(300), area.width() * SIDE)
        edge = theme.px(6)
        wide = area.width() - side - theme.px(24)
        projection = Projection.of(
            (ring for one in areas for ring in one.rings),
            area.left() + edge,
            area.top() + edge,
            wide - 2 * edge,
            area.height() - 2 * edge,
        )
        rings = tuple(projection.rings(one.rings) for one in areas)
        legend = QRectF(area.right() - side, area.top(), side, area.height())
        names = _names(areas, rings, digits)
        return cls(tuple(areas), rings, cut, unit, digits, legend, names)

    def hit(self, at: Place) -> str:
        """Return the code of the area at a point, "" where there is none."""
        for one, rings in zip(self.areas, self.rings, strict=True):
            if inside(rings, at):
                return one.code
        return ""

    def tone(self, one: Placed) -> QColor | None:
        """Return the tone of an area's class; None without a figure."""
        if one.value is None:
            return None
        return paint.ramp(len(self.classes))[self.classes.of(one.value)]

    # --- painting

    def draw(self, painter: QPainter, here: str = "") -> None:
        """Paint the areas, the one that is read framed, their names, and the legend."""
        for one, rings in zip(self.areas, self.rings, strict=True):
            self._draw_area(painter, one, rings)
        for one, rings in zip(self.areas, self.rings, strict=True):
            if one.code == here:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("text"), 2.6))
                painter.drawPath(paint.path(rings))
        for one, name in zip(self.areas, self.names, strict=True):
            if name is not None:
                self._draw_name(painter, one, name)
        self._draw_legend(painter)

    def _draw_area(self, painter: QPainter, one: Placed, rings: list[list[Place]]) -> None:
        tone = self.tone(one)
        shape = paint.path(rings)
        painter.fillPath(shape, tone if tone is not None else theme.color("page"))
        if one.value is None or one.loose:
            ink = paint.hatch_ink(tone) if tone is not None else theme.color("line2")
            paint.hatch(painter, rings, ink, theme.px(paint.GAP))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawPath(shape)

    def _draw_name(self, painter: QPainter, one: Placed, name: Name) -> None:
        tone = self.tone(one) or theme.color("page")
        ink = paint.ink_on(tone)
        if one.value is None or one.loose:
            painter.fillRect(name.box, tone)
        line = name.box.height() / len(name.rows)
        for n, row in enumerate(name.rows):
            place = QRectF(name.box.left(), name.box.top() + n * line, name.box.width(), line)
            role = "cap" if n else "capb"
            paint.write(painter, place, row, role, ink, Qt.AlignmentFlag.AlignHCenter)

    def ranges(self) -> list[str]:
        """Write the classes from low to high; each limit belongs to the class above it."""
        digits = self.classes.digits()
        limits = [number(limit, digits) for limit in self.classes.limits]
        if not limits:
            return [say(N_("all values"))]
        low = [say(N_("below {limit}"), limit=limits[0])]
        high = [say(N_("{limit} and more"), limit=limits[-1])]
        between = [
            say(N_("{low} to below {high}"), low=a, high=b) for a, b in itertools.pairwise(limits)
        ]
        return [*low, *between, *high]

    def _draw_legend(self, painter: QPainter) -> None:
        """Write the classes from the highest down, with the areas in each where they are few."""
        line = theme.px(19)
        left, y = self.legend.left(), self.legend.top()
        room = self.legend.width()

        def write(words: str, x: float, role: str = "cap", ink: str = "text3") -> None:
            paint.write(painter, QRectF(x, y, left + room - x, line), words, role, ink)

        side = theme.px(12)
        write(self.unit, left)
        y += line
        ranges, tones = self.ranges(), paint.ramp(len(self.classes))
        held = [one for one in self.areas if one.value is not None]
        few = len(held) <= FEW
        lines = len(self.classes) + (len(held) if few else 0) + 3
        few = few and lines * line <= self.legend.height()
        for n in reversed(range(len(self.classes))):
            box = QRectF(left, y + (line - side) / 2, side, side)
            paint.swatch(painter, box, paint.Key("", tones[n]))
            write(ranges[n], left + side + theme.px(6), "capb", "text2")
            count = say(COUNT, n=self.classes.counts[n])
            place = QRectF(left, y, room, line)
            paint.write(painter, place, count, align=Qt.AlignmentFlag.AlignRight)
            y += line
            inside_class = [one for one in held if self.classes.of(one.value or 0.0) == n]
            for one in sorted(inside_class, key=lambda one: -(one.value or 0.0)) if few else ():
                write(one.name, left + side + theme.px(6))
                place = QRectF(left, y, room, line)
                value = number(one.value or 0.0, self.digits)
                paint.write(painter, place, value, ink="text", align=Qt.AlignmentFlag.AlignRight)
                y += line
        for key in self._keys(tones):
            y += theme.px(4)
            box = QRectF(left, y + (line - side) / 2, side, side)
            if key.color is None:
                self._missing(painter, box)
            else:
                paint.swatch(painter, box, key)
            write(key.words, left + side + theme.px(6))
            y += line

    def _keys(self, tones: list[QColor]) -> list[paint.Key]:
        keys = []
        if any(one.loose for one in self.areas):
            keys.append(paint.Key(say(HATCHED), tones[-1], hatched=True))
        if any(one.value is None for one in self.areas):
            keys.append(paint.Key(say(MISSING)))
        return keys

    def _missing(self, painter: QPainter, box: QRectF) -> None:
        """Paint the square of areas without a figure as they are drawn: hatched paper."""
        painter.setBrush(theme.color("page"))
        painter.setPen(QPen(theme.color("field"), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        paint.hatch_box(painter, box.adjusted(1, 1, -1, -1), theme.color("page"))


def _names(
    areas: Sequence[Placed], rings: Sequence[list[list[Place]]], digits: int
) -> tuple[Name | None, ...]:
    """Lay out name and value where they lie inside their area, else the name alone, else nothing."""
    line = paint.metrics("cap").height()
    taken: list[QRectF] = []
    found: list[Name | None] = []
    for one, shape in zip(areas, rings, strict=True):
        both = () if one.value is None else ((one.name, number(one.value, digits)),)
        name = None
        for rows in (*both, (one.name,)):
            at, room = middle(shape, line * len(rows))
            wide = max(paint.metrics("capb").horizontalAdvance(row) for row in rows) + 4
            high = line * len(rows)
            box = QRectF(at[0] - wide / 2, at[1] - high / 2, wide, high)
            if wide <= room and not any(box.intersects(other) for other in taken):
                taken.append(box)
                name = Name(box, rows)
                break
        found.append(name)
    return tuple(found)


COUNT = NN_("{n} area", "{n} areas")
