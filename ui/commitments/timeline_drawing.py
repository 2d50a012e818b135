"""The timeline as a drawing: one for the screen, the clipboard and files.

What was planned is hollow, what was done is filled; a diamond is a milestone's planned day. The
line of today crosses all rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from db.vocab import MilestoneState
from ui import theme
from ui.commitments.shown import OVERDUE, span
from ui.text import C_, say
from ui.widgets.parts import Align

ROW, HEAD = 40, 40  # px at 100 % text size
BAR, INSIDE = 12, 6  # px high: what was planned, what was done inside it
LEAST, MOST, SHARE = 150, 400, 0.36  # px of the column of names, and its share of the width
PAD = 8
EDGE = 14  # px right of the last day, for the half of its diamond
MIDDLE = Align.AlignVCenter
NO_PEN = Qt.PenStyle.NoPen
ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the timeline: a commitment (`head`) or a milestone of it.

    `starts` and `due` are what was planned, `began` and `ended` what happened.
    """

    table: str
    id: int
    title: str
    under: str
    starts: dt.date | None
    due: dt.date | None
    began: dt.date | None
    ended: dt.date | None
    state: str = ""
    late: bool = False
    head: bool = False

    @property
    def cancelled(self) -> bool:
        """Say whether it is promised no longer."""
        return self.state == MilestoneState.CANCELLED


@dataclass(frozen=True, slots=True)
class Span:
    """The days a timeline covers, whole months, and the day that is today."""

    first: dt.date
    last: dt.date
    today: dt.date

    @property
    def days(self) -> int:
        """Return how many days it covers."""
        return (self.last - self.first).days + 1

    def months(self) -> list[dt.date]:
        """Return the first days of its months."""
        found, one = [], self.first
        while one <= self.last:
            found.append(one)
            one = next_month(one)
        return found


def next_month(one: dt.date) -> dt.date:
    """Return the first day of the month after that of a day."""
    return (one.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def span_of(bars: Sequence[Bar], today: dt.date) -> Span | None:
    """Return the months all rows lie in; today only where it is near them; None without days."""
    days = [
        one
        for bar in bars
        for one in (bar.starts, bar.due, bar.began, bar.ended)
        if one is not None
    ]
    if not days:
        return None
    first, last = min(days), max(days)
    if first <= today <= next_month(next_month(last)):
        last = max(last, today)
    return Span(first.replace(day=1), next_month(last) - dt.timedelta(days=1), today)


def names_width(width: float) -> float:
    """Return how wide the column of names is in a drawing of that width."""
    return max(theme.px(LEAST), min(theme.px(MOST), width * SHARE))


def place(span: Span, area: QRectF, one: dt.date, end: bool = False) -> float:
    """Return where a day begins across the days' part of a drawing; its end with `end`."""
    n = (one - span.first).days + (1 if end else 0)
    return area.x() + area.width() * max(0, min(span.days, n)) / span.days


def days_area(area: QRectF) -> QRectF:
    """Return the part of a drawing right of the names."""
    left = names_width(area.width())
    return area.adjusted(left, 0, -theme.px(EDGE), 0)


def told(bar: Bar, today: dt.date) -> str:
    """Return what a row says, in one sentence."""
    parts = [bar.title, bar.under]
    if bar.starts or bar.due:
        parts.append(say(C_("timeline", "planned {days}"), days=span(bar.starts, bar.due)))
    if bar.ended:
        parts.append(say(C_("timeline", "completed {day:full}"), day=bar.ended))
    elif bar.began:
        parts.append(say(C_("timeline", "started {day:full}"), day=bar.began))
    if bar.late and bar.due:
        parts.append(say(OVERDUE, n=((bar.ended or today) - bar.due).days))
    return ", ".join(part for part in parts if part)


def draw_head(painter: QPainter, area: QRectF, span: Span) -> None:
    """Draw years and months over the rows, and the day that is today."""
    days = days_area(area)
    months = span.months()
    wide = days.width() / len(months)
    every = next(n for n in (1, 2, 3, 6, 12) if wide * n >= theme.px(34) or n == 12)
    line = area.height() / 2
    painter.setFont(theme.font("cap"))
    for n, month in enumerate(months):
        left = place(span, days, month)
        if n == 0 or month.month == 1:
            painter.setPen(theme.color("text2"))
            box = QRectF(left + 3, area.y(), days.right() - left, line)
            painter.drawText(box, Align.AlignLeft | MIDDLE, f"{month.year}")
        if (month.month - 1) % every == 0:
            painter.setPen(theme.color("text3"))
            box = QRectF(left + 3, area.y() + line, wide * every, line)
            words = say(C_("timeline month", "{n}"), n=month.month)
            painter.drawText(box, Align.AlignLeft | MIDDLE, words)
    painter.setPen(QPen(theme.color("line2"), 1))
    bottom = area.bottom() - 0.5
    painter.drawLine(QPointF(area.x(), bottom), QPointF(area.right(), bottom))
    if span.first <= span.today <= span.last:
        x = place(span, days, span.today)
        words = say(C_("timeline", "Today {day}"), day=span.today)
        painter.setFont(theme.font("capb"))
        wide = painter.fontMetrics().horizontalAdvance(words) + theme.px(10)
        left = min(max(days.x(), x - wide / 2), area.right() - wide)
        label = QRectF(left, area.y() + 1, wide, line - 2)
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color("acc"))
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(theme.color("accOn"))
        painter.drawText(label, Align.AlignCenter, words)


def draw_ground(painter: QPainter, area: QRectF, span: Span) -> None:
    """Draw the lines of months and of today behind rows."""
    days = days_area(area)
    painter.setPen(QPen(theme.color("line"), 1))
    for month in span.months():
        x = round(place(span, days, month)) + 0.5
        painter.drawLine(QPointF(x, area.y()), QPointF(x, area.bottom()))
    if span.first <= span.today <= span.last:
        x = place(span, days, span.today)
        painter.setPen(QPen(theme.color("acc"), 1.5))
        painter.drawLine(QPointF(x, area.y()), QPointF(x, area.bottom()))


def draw_row(painter: QPainter, area: QRectF, bar: Bar, span: Span) -> None:
    """Draw one row: its name, what was planned, what was done."""
    _names(painter, area, bar)
    days = days_area(area)
    middle = area.center().y()
    high = theme.px(BAR)
    ink = "text3" if bar.cancelled else "acc"
    if bar.starts and bar.due:
        left, right = place(span, days, bar.starts), place(span, days, bar.due, end=True)
        box = QRectF(left, middle - high / 2, max(3.0, right - left), high)
        painter.setBrush(theme.color("page"))
        pen = QPen(theme.color("text2" if bar.head else ink), 2 if bar.head else 1.4)
        if bar.cancelled:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 3, 3)
    _done(painter, days, middle, bar, span)
    if bar.due and not bar.head:
        _diamond(painter, QPointF(place(span, days, bar.due, end=True), middle), bar)


def _done(painter: QPainter, days: QRectF, middle: float, bar: Bar, span: Span) -> None:
    """Draw what was done; what came after the planned day is drawn as late."""
    if bar.began is None and bar.ended is None:
        return
    first = bar.began or bar.ended
    last = bar.ended or min(max(span.today, first), span.last)
    high = theme.px(INSIDE)
    left, right = place(span, days, first), place(span, days, last, end=True)
    painter.setPen(NO_PEN)
    painter.setBrush(theme.color("text2" if bar.head else "acc"))
    painter.drawRect(QRectF(left, middle - high / 2, max(2.0, right - left), high))
    if bar.due and last > bar.due:
        edge = max(left, place(span, days, bar.due, end=True))
        painter.setBrush(theme.color("bad"))
        painter.drawRect(QRectF(edge, middle - high / 2, max(2.0, right - edge), high))


def _diamond(painter: QPainter, at: QPointF, bar: Bar) -> None:
    ink = "bad" if bar.late else "text3" if bar.cancelled else "acc"
    shape = _mark(painter, at, ink, bar.state == MilestoneState.COMPLETED)
    if bar.cancelled:
        painter.drawLine(shape[3], shape[1])


def draw_sign(painter: QPainter, x: float, y: float, sign: str) -> None:
    """Draw a sign of the key at a place: planned, done, late, open or reached."""
    wide, high = theme.px(20), theme.px(BAR)
    if sign == "planned":
        painter.setPen(QPen(theme.color("acc"), 1.4))
        painter.setBrush(theme.color("page"))
        painter.drawRoundedRect(QRectF(x, y - high / 2, wide, high), 3, 3)
    elif sign in ("done", "late"):
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color("acc" if sign == "done" else "bad"))
        painter.drawRect(QRectF(x, y - theme.px(INSIDE) / 2, wide, theme.px(INSIDE)))
    else:
        _mark(painter, QPointF(x + wide / 2, y), "acc", sign == "reached")


def _mark(painter: QPainter, at: QPointF, ink: str, full: bool) -> QPolygonF:
    """Draw a diamond; return its shape."""
    side = theme.px(6)
    shape = QPolygonF(
        [
            QPointF(at.x(), at.y() - side),
            QPointF(at.x() + side, at.y()),
            QPointF(at.x(), at.y() + side),
            QPointF(at.x() - side, at.y()),
        ]
    )
    painter.setPen(QPen(theme.color(ink), 1.6))
    painter.setBrush(theme.color(ink if full else "page"))
    painter.drawPolygon(shape)
    return shape


def _names(painter: QPainter, area: QRectF, bar: Bar) -> None:
    indent = theme.px(PAD if bar.head else 2 * PAD + 6)
    room = names_width(area.width()) - indent - theme.px(PAD)
    line = area.height() / 2
    painter.setFont(theme.font("secb" if bar.head else "sec"))
    painter.setPen(theme.color("text3" if bar.cancelled else "text"))
    title = painter.fontMetrics().elidedText(bar.title, ELIDE, int(room))
    low = Align.AlignLeft | Align.AlignBottom
    painter.drawText(QRectF(area.x() + indent, area.y(), room, line + theme.px(1)), low, title)
    painter.setFont(theme.font("cap"))
    painter.setPen(theme.color("bad" if bar.late else "text3"))
    under = painter.fontMetrics().elidedText(bar.under, ELIDE, int(room))
    box = QRectF(area.x() + indent, area.y() + line, room, line)
    painter.drawText(box, Align.AlignLeft | Align.AlignTop, under)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole timeline as one picture."""

    bars: tuple[Bar, ...]
    span: Span
    width: float
    words: str

    def drawn_size(self) -> QSizeF:
        """Return how large it is."""
        rows = len(self.bars) * theme.px(ROW)
        return QSizeF(self.width, theme.px(HEAD) + rows)

    def sentence(self) -> str:
        """Return what it says."""
        return self.words

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw head and rows."""
        head, high = theme.px(HEAD), theme.px(ROW)
        draw_head(painter, QRectF(area.x(), area.y(), area.width(), head), self.span)
        body = area.adjusted(0, head, 0, 0)
        draw_ground(painter, body, self.span)
        for n, bar in enumerate(self.bars):
            top = body.y() + n * high
            draw_row(painter, QRectF(area.x(), top, area.width(), high), bar, self.span)
