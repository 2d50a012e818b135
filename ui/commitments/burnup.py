"""How much was promised by a day and how much was done: the burn-up of weights."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui import theme
from ui.text import C_, N_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Policy

HEIGHT, LEAST = 168, 110  # px at 100 % text size
MIDDLE = Align.AlignVCenter
GRID = (0, 50, 100)


@dataclass(frozen=True, slots=True)
class Course:
    """Points of a day, the share planned by it and the share done by it (0 to 1)."""

    points: tuple[tuple[dt.date, float, float | None], ...]
    today: dt.date

    @property
    def now(self) -> tuple[float, float]:
        """Return the shares planned and done today."""
        planned = done = 0.0
        for one, plan, share in self.points:
            if one <= self.today:
                planned = plan
                done = share if share is not None else done
        return planned, done

    def sentence(self) -> str:
        """Return what the course says today."""
        if not self.points:
            return ""
        planned, done = self.now
        words = N_("Done {done}% of the weight; {planned}% was planned by {day:full}.")
        return say(words, done=percent(done), planned=percent(planned), day=self.today)


def percent(share: float) -> int:
    """Return a share as a whole percentage, rounded down: only what is whole is 100."""
    return int(share * 100 + 1e-9)


def draw(painter: QPainter, area: QRectF, course: Course) -> None:
    """Draw both lines: planned dashed to the end, done solid to today; each named at its end."""
    if not course.points:
        return
    painter.setFont(theme.font("cap"))
    metrics = painter.fontMetrics()
    line = metrics.height()
    left = metrics.horizontalAdvance("100%") + theme.px(8)
    plot = area.adjusted(left, line / 2 + theme.px(4), -theme.px(72), -line - theme.px(6))
    first, last = course.points[0][0], course.points[-1][0]
    days = max(1, (last - first).days)

    def at(one: dt.date, share: float) -> QPointF:
        x = plot.x() + plot.width() * max(0, min(days, (one - first).days)) / days
        return QPointF(x, plot.bottom() - plot.height() * share)

    for value in GRID:
        y = round(at(first, value / 100).y()) + 0.5
        painter.setPen(QPen(theme.color("line2" if value == 0 else "line"), 1))
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
        painter.setPen(theme.color("text3"))
        box = QRectF(area.x(), y - line / 2, left - theme.px(8), line)
        painter.drawText(box, Align.AlignRight | MIDDLE, f"{value}%")
    _ends(painter, plot, area, (first, last))
    if first <= course.today <= last:
        x = at(course.today, 0).x()
        painter.setPen(QPen(theme.color("acc"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, plot.y()), QPointF(x, plot.bottom()))
    planned = [(one, share) for one, share, _done in course.points]
    done = [(one, s) for one, _plan, s in course.points if s is not None and one <= course.today]
    pen = QPen(theme.color("dTgt"), 1.6, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawPolyline(_steps(planned, at))
    if done:
        held = (min(course.today, last), done[-1][1])
        painter.setPen(QPen(theme.color("d1"), 2.4))
        painter.drawPolyline(_steps([*done, held], at))
    _named(painter, plot, area, at, planned, done, course)


def _steps(points, at) -> QPolygonF:
    shape, before = [], 0.0
    for one, share in points:
        shape += [at(one, before), at(one, share)]
        before = share
    return QPolygonF(shape)


def _ends(painter: QPainter, plot: QRectF, area: QRectF, days: tuple[dt.date, dt.date]) -> None:
    """Write the first and the last month under the lines."""
    painter.setPen(theme.color("text3"))
    line = painter.fontMetrics().height()
    box = QRectF(plot.x(), area.bottom() - line, plot.width(), line)
    words = C_("burn-up", "{day:month}")
    painter.drawText(box, Align.AlignLeft, say(words, day=days[0]))
    painter.drawText(box, Align.AlignRight, say(words, day=days[1]))


def _named(painter, plot, area, at, planned, done, course: Course) -> None:
    line = painter.fontMetrics().height()
    end = at(planned[-1][0], planned[-1][1])
    x = plot.right() + theme.px(6)
    room = area.right() - x
    painter.setFont(theme.font("capb"))
    painter.setPen(theme.color("dTgt"))
    words = say(C_("burn-up", "Planned"))
    painter.drawText(QRectF(x, end.y() - line / 2, room, line), Align.AlignLeft | MIDDLE, words)
    if not done:
        return
    share = done[-1][1]
    spot = at(course.today, share)
    painter.setBrush(theme.color("d1"))
    painter.setPen(QPen(theme.color("page"), 1.5))
    painter.drawEllipse(spot, theme.px(4), theme.px(4))
    painter.setPen(theme.color("d1"))
    words = say(C_("burn-up", "Done {n}%"), n=percent(share))
    wide = painter.fontMetrics().horizontalAdvance(words) + 2
    right = spot.x() + theme.px(8)
    far = right + wide > area.right()
    left = spot.x() - theme.px(8) - wide if far else right
    low = spot.y() + line > plot.bottom()
    top = spot.y() - line - theme.px(2) if low or far else spot.y() + theme.px(2)
    crossing = abs(top + line / 2 - end.y()) < line and left + wide > x
    if crossing:
        top = end.y() + line * 0.6
    painter.drawText(QRectF(left, top, wide, line), Align.AlignLeft | MIDDLE, words)


class BurnUp(Painted):
    """The burn-up on screen."""

    def __init__(self) -> None:
        self.course = Course((), dt.date.min)
        super().__init__(HEIGHT)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def show_course(self, course: Course) -> None:
        """Show another course."""
        self.course = course
        self.renew()

    def sentence(self) -> str:
        return self.course.sentence()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        draw(painter, area, self.course)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The burn-up as a picture."""

    course: Course
    width: float

    def drawn_size(self) -> QSizeF:
        """Return how large it is."""
        return QSizeF(self.width, theme.px(HEIGHT) * 1.4)

    def sentence(self) -> str:
        """Return what it says."""
        return self.course.sentence()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw it."""
        draw(painter, area, self.course)
