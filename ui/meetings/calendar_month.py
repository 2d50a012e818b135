"""One month: a row for each week, meetings as chips with the colour of their body."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from db.vocab import MeetingKind
from gwangju_desktop.meetings.words import MEETING_KINDS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.meetings.calendar_days import DayGrid, clock_time, dropped, weekday_heads, weeks
from ui.text import C_, say
from ui.widgets.parts import Align, Policy, advance

HEAD, NUMBER, CHIP, GAP, PAD = 26, 24, 20, 2, 4
TALL = 36  # px of a chip with two lines
LEAST = 72  # px of a week
NO_PEN = Qt.PenStyle.NoPen


class MonthView(DayGrid):
    """The month of the chosen day."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(Policy.Expanding, Policy.Expanding)

    def dress(self) -> None:
        self.setMinimumHeight(theme.px(HEAD) + len(self.weeks) * theme.px(LEAST) + 1)

    @property
    def weeks(self) -> list[list[dt.date]]:
        """Return the weeks shown."""
        return weeks(self.day.replace(day=1))

    @property
    def first(self) -> dt.date:
        """Return the first day shown, which may be of the month before."""
        return self.weeks[0][0]

    @property
    def last(self) -> dt.date:
        """Return the last day shown."""
        return self.weeks[-1][-1]

    # --- geometry
    def place_of(self, on: dt.date) -> QRectF:
        shown = self.weeks
        at = (on - shown[0][0]).days
        if not 0 <= at < 7 * len(shown):
            return QRectF()
        wide = self.width() / 7
        high = (self.height() - theme.px(HEAD) - 1) / len(shown)
        return QRectF(at % 7 * wide, theme.px(HEAD) + at // 7 * high, wide, high)

    def day_at(self, at: QPointF) -> dt.date | None:
        shown = self.weeks
        high = (self.height() - theme.px(HEAD) - 1) / len(shown)
        week, column = int((at.y() - theme.px(HEAD)) // high), int(at.x() // (self.width() / 7))
        if at.y() < theme.px(HEAD) or not 0 <= week < len(shown) or not 0 <= column < 7:
            return None
        return shown[week][column]

    def chips(self, on: dt.date) -> tuple[list[tuple[QRectF, object]], int]:
        """Return where the meetings of a day stand, and how many more there are."""
        cell = self.place_of(on)
        entries = self.by_day.get(on, [])
        top = cell.top() + theme.px(NUMBER + 2)
        free = cell.bottom() - theme.px(2) - top
        tall = theme.px(TALL) if len(entries) * theme.px(TALL + GAP) <= free else theme.px(CHIP)
        step = tall + theme.px(GAP)
        room = max(1, int(free // step))
        shown = entries if len(entries) <= room else entries[: max(1, room - 1)]
        left, wide = cell.left() + theme.px(PAD), cell.width() - 2 * theme.px(PAD)
        places = [
            (QRectF(left, top + n * step, wide, tall), entry) for n, entry in enumerate(shown)
        ]
        return places, len(entries) - len(shown)

    def entry_at(self, at: QPointF):
        on = self.day_at(at)
        if on is None:
            return None
        return next((entry for place, entry in self.chips(on)[0] if place.contains(at)), None)

    # --- painting
    def draw(self, painter: QPainter, area: QRectF) -> None:
        self._heads(painter, area)
        for week in self.weeks:
            for on in week:
                self._day(painter, on)
        self._lines(painter, area)
        self._cursor(painter)

    def _heads(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.font("capb"))
        wide = area.width() / 7
        inks = ("bad", *("text3",) * 5, "info")
        for n, (head, ink) in enumerate(zip(weekday_heads(), inks, strict=True)):
            painter.setPen(theme.color(ink))
            place = QRectF(n * wide + theme.px(PAD + 4), 0, wide, theme.px(HEAD))
            painter.drawText(place, Align.AlignVCenter, head)

    def _day(self, painter: QPainter, on: dt.date) -> None:
        cell = self.place_of(on)
        inside = on.month == self.day.month
        if not inside:
            painter.fillRect(cell, theme.color("inset"))
        elif on == self.hovered:
            painter.fillRect(cell, theme.color("hover"))
        ink = self.day_ink(on) if inside else "text3"
        number = str(on.day)
        place = QRectF(cell.left() + theme.px(PAD), cell.top() + theme.px(3), 0, theme.px(20))
        place.setWidth(max(theme.px(20), advance("capb", number) + theme.px(8)))
        painter.setFont(theme.font("capb"))
        if on == self.today:
            painter.setPen(NO_PEN)
            painter.setBrush(theme.color("acc"))
            painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            ink = "accOn"
        painter.setPen(theme.color(ink))
        painter.drawText(place, Align.AlignCenter, number)
        name = self.holiday(on)
        if name:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("bad" if self.off(on) and inside else "text3"))
            left = place.right() + theme.px(4)
            room = cell.right() - left - theme.px(PAD)
            short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room))
            box = QRectF(left, place.top(), room, place.height())
            painter.drawText(box, Align.AlignVCenter, short)
        places, more = self.chips(on)
        for spot, entry in places:
            self._chip(painter, spot, entry)
        if more:
            spot = places[-1][0].translated(0, theme.px(CHIP + GAP))
            painter.setFont(theme.font("capb"))
            painter.setPen(theme.color("text2"))
            painter.drawText(
                spot.adjusted(theme.px(7), 0, 0, 0),
                Align.AlignVCenter,
                say(C_("calendar", "{n} more"), n=more),
            )

    def _chip(self, painter: QPainter, place: QRectF, entry) -> None:
        gone = dropped(entry)
        ink = self.ink_of(entry)
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color("neuBg") if gone else theme.color(ink, 0.14))
        painter.drawRoundedRect(place, 4, 4)
        painter.setBrush(theme.color("text3" if gone else ink))
        bar = QRectF(place.left(), place.top(), theme.px(3), place.height())
        painter.drawRoundedRect(bar, 1.5, 1.5)
        written = entry.kind == MeetingKind.WRITTEN
        lead = say(MEETING_KINDS[entry.kind]) if written else clock_time(entry)
        body = named(entry.body_ko, entry.body_en)
        box = place.adjusted(theme.px(7), 0, -theme.px(3), 0)
        second = QRectF(box)
        tall = place.height() > theme.px(CHIP)
        if tall:
            box.setBottom(box.top() + theme.px(CHIP - 1))
            second.setTop(box.bottom() - theme.px(2))
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("text3" if gone else "text"))
        painter.drawText(box, Align.AlignVCenter, lead)
        box.setLeft(box.left() + advance("capb", lead) + theme.px(5))
        # A copy: the theme keeps the one it gives.
        font = QFont(theme.font("cap"))
        font.setStrikeOut(gone)
        painter.setFont(font)
        self._elided(painter, box, body if tall else f"{body} {entry.title}")
        if tall:
            self._elided(painter, second, entry.title)

    def _elided(self, painter: QPainter, box: QRectF, words: str) -> None:
        room = max(0, int(box.width()))
        short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Align.AlignVCenter, short)

    def _lines(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(theme.color("line"), 1))
        high = (area.height() - theme.px(HEAD) - 1) / len(self.weeks)
        for n in range(len(self.weeks) + 1):
            y = round(theme.px(HEAD) + n * high) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(area.width(), y))
        for n in range(1, 7):
            x = round(n * area.width() / 7) + 0.5
            painter.drawLine(QPointF(x, theme.px(HEAD)), QPointF(x, area.height()))

    def _cursor(self, painter: QPainter) -> None:
        cell = self.place_of(self.day).adjusted(1.5, 1.5, -1, -1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("acc" if self.hasFocus() else "line2"), 2))
        painter.drawRoundedRect(cell, 4, 4)
