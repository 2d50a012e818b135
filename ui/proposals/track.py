"""The deadline track: from the day of receipt over today to the last day, pauses hatched."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui import theme
from ui.proposals.days import near
from ui.text import C_, N_, NN_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

BAR, KNOB, LINE = 8, 12, 16  # px at 100 % text size
SOON = 7  # days before the last day on which the track turns amber
DAY = dt.timedelta(days=1)
MIDDLE = Align.AlignVCenter


class Track(Painted):
    """One clock: what has run is filled, pauses are hatched, what is over stands out."""

    def __init__(self) -> None:
        self.clock = None
        self.today = dt.date(2000, 1, 1)
        self.ended = False
        super().__init__(LINE + 3 + KNOB + 3 + LINE)

    def show_clock(self, clock, today: dt.date, ended_on: dt.date | None = None) -> None:
        """Show a Clock as it stands on a day, or as it stood when it ended; None shows nothing."""
        self.clock, self.today = clock, ended_on or today
        self.ended = ended_on is not None
        self.renew()

    @property
    def left(self) -> int:
        """Return the days left, negative when over."""
        return (self.clock.due_on - self.today).days

    @property
    def ink(self) -> str:
        """Return the colour of the time that has run and of today's word."""
        if self.left < 0:
            return "bad"
        if self.ended:
            return "ok"
        return "warn" if self.left <= SOON else "acc"

    def sentence(self) -> str:
        if self.clock is None:
            return ""
        parts = [
            say(
                N_("Received {begins:full}, due {due:full}"),
                begins=self.clock.begins_on,
                due=self.clock.due_on,
            ),
            self.now(),
        ]
        if self.left < 0:
            parts.append(say(NN_("{n} day over", "{n} days over"), n=-self.left))
        elif not self.ended:
            parts.append(say(NN_("{n} day left", "{n} days left"), n=self.left))
        if self.clock.excluded_days:
            message = NN_("{n} day not counted", "{n} days not counted")
            parts.append(say(message, n=self.clock.excluded_days))
        return ", ".join(parts)

    def now(self) -> str:
        """Return today's word: the day it is, that the clock stands still, or when it ended."""
        if self.ended:
            return say(
                C_("track", "{day} done · day {n}"),
                day=near(self.today),
                n=self.clock.day(self.today),
            )
        if self.clock.stopped(self.today):
            return say(N_("Today · clock stopped"))
        return say(N_("Today · day {n}"), n=self.clock.day(self.today))

    def x(self, day: dt.date) -> float:
        """Return where a day stands."""
        begins = self.clock.begins_on
        last = max(self.clock.due_on, self.today)
        span = max(1, (last - begins).days)
        edge = theme.px(KNOB) / 2
        at = min(max(0, (day - begins).days), span)
        # Today's knob must not be cut at either end.
        return (
            edge + (self.width() - 2 * edge) * at / span
            if day == self.today
            else (self.width() * at / span)
        )

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.clock is None:
            return
        top = theme.px(LINE + 3) + (theme.px(KNOB) - theme.px(BAR)) / 2
        bar = QRectF(0, top, area.width(), theme.px(BAR))
        shape = QPainterPath()
        shape.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.save()
        painter.setClipPath(shape)
        self._bar(painter, bar)
        painter.restore()
        self._knob(painter, bar.center().y())
        self._now(painter)
        self._ends(painter, bar)

    def _bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.fillRect(bar, theme.color("track"))
        today, due = self.x(self.today), self.x(self.clock.due_on)
        run = "d3" if self.ink == "warn" else "acc"
        painter.fillRect(QRectF(0, bar.y(), min(today, due), bar.height()), theme.color(run))
        for pause in self.clock.pauses:
            # A day is the stretch that ends with it.
            start = self.x(pause.from_on - DAY)
            end = self.x(min(pause.until_on, max(self.clock.due_on, self.today)))
            self._hatch(painter, QRectF(start, bar.y(), max(3.0, end - start), bar.height()))
        if today > due:
            painter.fillRect(
                QRectF(due, bar.y(), bar.right() - due, bar.height()), theme.color("bad")
            )

    def _hatch(self, painter: QPainter, area: QRectF) -> None:
        """Fill days that are not counted with lines on paper: not by colour alone."""
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.fillRect(area, theme.color("raised"))
        painter.setPen(QPen(theme.color("text3"), 1.3))
        x = area.x() - area.height()
        while x < area.right():
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.y()))
            x += 4.5
        painter.drawRect(area)
        painter.restore()

    def _knob(self, painter: QPainter, middle: float) -> None:
        radius = theme.px(KNOB) / 2 - 1.25
        ink = {"warn": "d3"}.get(self.ink, self.ink)
        painter.setPen(QPen(theme.color(ink), 2.5))
        painter.setBrush(theme.color("raised"))
        painter.drawEllipse(QPointF(self.x(self.today), middle), radius, radius)

    def _now(self, painter: QPainter) -> None:
        words = self.now()
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color(self.ink))
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        left = min(max(0.0, self.x(self.today) - width / 2), self.width() - width)
        painter.drawText(QRectF(left, 0, width, theme.px(LINE)), MIDDLE, words)

    def _ends(self, painter: QPainter, bar: QRectF) -> None:
        """Name the first day and the last; over time the last stands where it was."""
        line = QRectF(0, self.height() - theme.px(LINE), self.width(), theme.px(LINE))
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        first = say(C_("track", "{day} received"), day=near(self.clock.begins_on))
        last = say(C_("track", "{day} due"), day=near(self.clock.due_on))
        painter.drawText(line, Align.AlignLeft | MIDDLE, first)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(last)
        due = self.x(self.clock.due_on)
        if self.left < 0:
            painter.setPen(QPen(theme.color("text"), 1.5))
            painter.drawLine(QPointF(due, bar.top() - 3), QPointF(due, bar.bottom() + 3))
            painter.setPen(theme.color("text3"))
        free = metrics.horizontalAdvance(first) + theme.px(10)
        left = min(max(free, due - width / 2), self.width() - width)
        if self.left >= 0:
            left = self.width() - width
        painter.drawText(QRectF(left, line.y(), width + 2, line.height()), MIDDLE, last)
