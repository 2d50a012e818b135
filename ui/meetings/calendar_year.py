"""One year: twelve small months, days with meetings filled and dotted by body."""

from __future__ import annotations

import calendar
import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.meetings.calendar_days import DayGrid, dropped, weekday_heads, weeks
from ui.text import day
from ui.widgets.parts import Align, Policy

TITLE, HEAD, ROW, MOST_ROW, GAP = 26, 18, 22, 36, 16
WIDE, MIDDLE = 860, 620  # px from which four and three months stand beside each other
MOST_DOTS = 3
NO_PEN = Qt.PenStyle.NoPen


class YearView(DayGrid):
    """The year of the chosen day."""

    TURN = 12

    def __init__(self) -> None:
        self._laid_for: tuple = ()
        self._laid: dict[dt.date, QRectF] = {}
        super().__init__()
        self.setSizePolicy(Policy.Expanding, Policy.Expanding)

    def dress(self) -> None:
        rows = 12 // self.across
        least = theme.px(TITLE) + theme.px(HEAD) + 6 * theme.px(ROW)
        self.setMinimumHeight(rows * least + (rows - 1) * theme.px(GAP))

    @property
    def across(self) -> int:
        """Return how many months stand beside each other."""
        if self.width() >= theme.px(WIDE):
            return 4
        return 3 if self.width() >= theme.px(MIDDLE) else 2

    @property
    def _row(self) -> float:
        """Return the height of a week: a month takes the height there is, within reason."""
        rows = 12 // self.across
        free = (self.height() - (rows - 1) * theme.px(GAP)) / rows
        week = (free - theme.px(TITLE) - theme.px(HEAD)) / 6
        return max(float(theme.px(ROW)), min(float(theme.px(MOST_ROW)), week))

    @property
    def _high(self) -> float:
        return theme.px(TITLE) + theme.px(HEAD) + 6 * self._row

    @property
    def first(self) -> dt.date:
        """Return the first day shown."""
        return dt.date(self.day.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """Return the last day shown."""
        return dt.date(self.day.year, 12, 31)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.dress()

    # --- geometry
    def month_place(self, month: int) -> QRectF:
        """Return where a month is painted."""
        across, gap = self.across, theme.px(GAP)
        wide = (self.width() - (across - 1) * gap) / across
        column, row = (month - 1) % across, (month - 1) // across
        return QRectF(column * (wide + gap), row * (self._high + gap), wide, self._high)

    def place_of(self, on: dt.date) -> QRectF:
        return self._cells().get(on, QRectF())

    def _cells(self) -> dict[dt.date, QRectF]:
        """Return where the days of the year are painted; laid out once for a size and a year."""
        laid_for = (self.day.year, self.width(), self.height(), theme.scale)
        if laid_for != self._laid_for:
            self._laid_for, self._laid = laid_for, self._lay()
        return self._laid

    def _lay(self) -> dict[dt.date, QRectF]:
        high, cells = self._row, {}
        for month in range(1, 13):
            box = self.month_place(month)
            wide = box.width() / 7
            top = box.top() + theme.px(TITLE) + theme.px(HEAD)
            for row, week in enumerate(weeks(dt.date(self.day.year, month, 1))):
                for column, on in enumerate(week):
                    if on.month == month:
                        cells[on] = QRectF(box.left() + column * wide, top + row * high, wide, high)
        return cells

    def day_at(self, at: QPointF) -> dt.date | None:
        for month in range(1, 13):
            box = self.month_place(month)
            if not box.contains(at):
                continue
            row = int((at.y() - box.top() - theme.px(TITLE) - theme.px(HEAD)) // self._row)
            column = int((at.x() - box.left()) // (box.width() / 7))
            shown = weeks(dt.date(self.day.year, month, 1))
            if 0 <= row < len(shown) and 0 <= column < 7:
                found = shown[row][column]
                return found if found.month == month else None
        return None

    # --- painting
    def draw(self, painter: QPainter, area: QRectF) -> None:
        for month in range(1, 13):
            self._month(painter, dt.date(self.day.year, month, 1))
        cell = self.place_of(self.day)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("acc" if self.hasFocus() else "line2"), 2))
        painter.drawRoundedRect(self._mark(cell), 5, 5)

    def _month(self, painter: QPainter, first: dt.date) -> None:
        box = self.month_place(first.month)
        current = (first.year, first.month) == (self.today.year, self.today.month)
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.color("acc" if current else "text"))
        title = QRectF(box.left() + theme.px(6), box.top(), box.width(), theme.px(TITLE))
        painter.drawText(title, Align.AlignVCenter, day(first, "month"))
        wide = box.width() / 7
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        for n, head in enumerate(weekday_heads()):
            top = box.top() + theme.px(TITLE)
            spot = QRectF(box.left() + n * wide, top, wide, theme.px(HEAD))
            painter.drawText(spot, Align.AlignCenter, head)
        cells = self._cells()
        for n in range(calendar.monthrange(first.year, first.month)[1]):
            on = first.replace(day=n + 1)
            self._day(painter, on, cells[on])

    def _mark(self, cell: QRectF) -> QRectF:
        wide = min(cell.width() - 2, theme.px(30))
        high = min(cell.height() - 2, theme.px(26))
        return QRectF(cell.center().x() - wide / 2, cell.center().y() - high / 2, wide, high)

    def _day(self, painter: QPainter, on: dt.date, cell: QRectF) -> None:
        entries = [entry for entry in self.by_day.get(on, ()) if not dropped(entry)]
        ink = self.day_ink(on)
        ground = ""
        if on == self.today:
            ground, ink = "acc", "accOn"
        elif entries:
            ground = "accSoft"
        elif on == self.hovered:
            ground = "hover"
        mark = self._mark(cell) if ground else cell
        if ground:
            painter.setPen(NO_PEN)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(mark, 5, 5)
        painter.setFont(theme.font("capb" if entries else "cap"))
        painter.setPen(theme.color(ink))
        if not entries:
            painter.drawText(cell, Align.AlignCenter, str(on.day))
            return
        lifted = cell.adjusted(0, 0, 0, -theme.px(4))
        painter.drawText(lifted, Align.AlignCenter, str(on.day))
        shown = entries[:MOST_DOTS]
        side, step = theme.px(4), theme.px(6)
        left = cell.center().x() - (len(shown) * step - theme.px(2)) / 2
        painter.setPen(NO_PEN)
        for n, entry in enumerate(shown):
            painter.setBrush(theme.color("accOn" if on == self.today else self.ink_of(entry)))
            painter.drawEllipse(QRectF(left + n * step, mark.bottom() - theme.px(6), side, side))
