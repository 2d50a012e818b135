"""Painted parts of the members page: balance of the sexes, terms on a calendar, attendance."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from db.vocab import Presence
from ui import theme
from ui.text import N_, say, words
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

NO_PEN = Qt.PenStyle.NoPen
SPANS = 3
YEARS = 3
INKS = ("d1", "d2", "d3")


class Shares(Painted):
    """One bar of shares, with ticks at the limits of a rule."""

    def __init__(self, width: int = 150) -> None:
        self.parts: list[tuple[str, int]] = []
        self.total = 0
        self.ticks: list[tuple[int, int]] = []
        super().__init__(26, width)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.total:
            return
        bar = QRectF(0, area.center().y() - 5, area.width(), 10)
        shape = QPainterPath()
        shape.addRoundedRect(bar, 3, 3)
        painter.setClipPath(shape)
        painter.fillRect(bar, theme.color("track"))
        left = bar.x()
        for ink, n in self.parts:
            width = bar.width() * n / self.total
            painter.fillRect(QRectF(left, bar.y(), width, bar.height()), theme.color(ink))
            left += width
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("text"), 2))
        for num, den in self.ticks:
            x = max(1.0, min(area.width() - 1, area.width() * num / den))
            painter.drawLine(QPointF(x, bar.y() - 5), QPointF(x, bar.bottom() + 5))


class BalanceBar(Shares):
    """Women, men and unknown of one bar, ticks where one sex would be too many."""

    def __init__(self, width: int = 150) -> None:
        self.women = self.men = 0
        super().__init__(width)

    def show_counts(
        self, women: int, men: int, unknown: int = 0, limit: tuple[int, int] | None = None
    ) -> None:
        """Show how many of each are appointed, and the largest share one sex may have."""
        self.women, self.men = women, men
        self.parts = [("d2", women), ("track", unknown), ("dGrey", men)]
        self.total = women + men + unknown
        self.ticks = [] if limit is None else [limit, (limit[1] - limit[0], limit[1])]
        self.renew()

    def sentence(self) -> str:
        return say(N_("{women} women and {men} men appointed"), women=self.women, men=self.men)


class LeastBar(Shares):
    """How many of a group there are of all, a tick at how many there must be."""

    def __init__(self, width: int = 90) -> None:
        self.count = self.least = 0
        super().__init__(width)

    def show_counts(self, count: int, total: int, least: int) -> None:
        """Show `count` of `total`, and that `least` are needed."""
        self.count, self.total, self.least = count, total, least
        self.parts = [("d3", count)]
        self.ticks = [(least, total)] if total else []
        self.renew()

    def sentence(self) -> str:
        return say(
            N_("{count} of {total}, at least {least} needed"),
            count=self.count,
            total=self.total,
            least=self.least,
        )


class Terms(Painted):
    """Memberships as bars on a calendar of three years, today a red line.

    A bar without a last day runs to the edge; more than three are left to the list below.
    """

    def __init__(self) -> None:
        self.spans: list[tuple[str, dt.date, dt.date | None]] = []
        self.today = dt.date(2000, 1, 1)
        super().__init__(74)

    def show_spans(self, spans, today: dt.date) -> None:
        """Show (name, first day, last day or None) of each membership."""
        self.spans, self.today = list(spans)[-SPANS:], today
        self._height = 26 + 24 * max(1, len(self.spans))
        self.dress()
        self.renew()

    def sentence(self) -> str:
        said = words()
        return "; ".join(f"{name} {said.days(start, end)}" for name, start, end in self.spans)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        first_year = max(
            min((start.year for _n, start, _e in self.spans), default=self.today.year),
            self.today.year - YEARS + 2,
        )
        origin = dt.date(first_year, 1, 1).toordinal()
        days = dt.date(first_year + YEARS, 1, 1).toordinal() - origin
        base = area.height() - theme.px(20)

        def at(day: dt.date) -> float:
            return max(0.0, min(1.0, (day.toordinal() - origin) / days)) * area.width()

        labels = [
            self._year(painter, y, at(dt.date(y, 1, 1)), base) for y in self._range(first_year)
        ]
        for n, (name, start, end) in enumerate(self.spans):
            left, right = at(start), at(end) if end else area.width()
            bar = QRectF(left, theme.px(4 + n * 24), max(6.0, right - left), theme.px(19))
            self._bar(painter, bar, name, INKS[n])
        self._today(painter, at(self.today), base, labels)

    def _range(self, first: int) -> range:
        return range(first, first + YEARS)

    def _year(self, painter: QPainter, year: int, x: float, base: float) -> QRectF:
        """Draw the start of a year and return where its number stands."""
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(x + 0.5, 0), QPointF(x + 0.5, base))
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        width = painter.fontMetrics().horizontalAdvance(str(year))
        place = QRectF(x + 4, base, width, theme.px(20))
        painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, str(year))
        return place

    def _bar(self, painter: QPainter, bar: QRectF, name: str, ink: str) -> None:
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color(ink))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(theme.color("accOn"))
        painter.setFont(theme.font("capb"))
        room = bar.adjusted(7, 0, -4, 0)
        end = Qt.TextElideMode.ElideRight
        short = painter.fontMetrics().elidedText(name, end, int(room.width()))
        painter.drawText(room, Align.AlignLeft | Align.AlignVCenter, short)

    def _today(self, painter: QPainter, x: float, base: float, labels: list[QRectF]) -> None:
        """Draw today, its word beside the line and clear of the years' numbers."""
        painter.setPen(QPen(theme.color("bad"), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, base))
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("bad"))
        word = say(N_("Today"))
        width = painter.fontMetrics().horizontalAdvance(word) + 2
        place = QRectF(x + 4, base, width, theme.px(20))
        for label in labels:
            if label.intersects(place):
                place.moveLeft(label.right() + 5)
        painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, word)


# presence -> (line, ground, icon, word)
MARKS = {
    Presence.PRESENT: ("ok", "okBg", "check", N_("present")),
    Presence.LEFT: ("warn", "warnBg", "log-out", N_("left early")),
    Presence.ABSENT: ("bad", "badBg", "x", N_("absent")),
    Presence.UNMARKED: ("line2", "raised", "", N_("to come")),
}
MOST_MARKS = 11


class Attended(Painted):
    """The last meetings: came, left early, did not come, still to come."""

    def __init__(self) -> None:
        self.marks: list[tuple[int | None, str]] = []
        super().__init__(44)

    def show_marks(self, marks) -> None:
        """Show (number, presence) of each meeting, the oldest first."""
        self.marks = list(marks)[-MOST_MARKS:]
        self.renew()

    def sentence(self) -> str:
        return ", ".join(
            f"{self._number(number)} {say(MARKS[Presence(mark)][3])}" for number, mark in self.marks
        )

    def _number(self, number: int | None) -> str:
        return say(N_("#{n}"), n=number) if number else "–"

    def draw(self, painter: QPainter, _area: QRectF) -> None:
        for n, (number, mark) in enumerate(self.marks):
            ink, back, icon, _word = MARKS[Presence(mark)]
            side = theme.px(20) - 1
            box = QRectF(theme.px(n * 30) + 4.5, 2.5, side, side)
            painter.setPen(QPen(theme.color(ink), 1.2))
            painter.setBrush(theme.color(back))
            painter.drawRoundedRect(box, 4, 4)
            if icon:
                corner = box.center() - QPointF(theme.px(12) / 2, theme.px(12) / 2)
                painter.drawPixmap(corner, theme.pixmap(icon, ink, 12, 2.5))
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("text3"))
            place = QRectF(box.x() - 5, box.bottom() + 3, box.width() + 10, theme.px(16))
            painter.drawText(place, Align.AlignCenter, self._number(number))
