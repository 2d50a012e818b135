"""How the lanes of the term calendar are painted, and where everything on them stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gwangju_desktop.members.checks import SUNSET_WINDOWS, TERM_WINDOWS
from gwangju_desktop.members.rules import in_office, named
from ui import theme
from ui.text import C_, N_, day, say, words
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, advance

AXIS, LANE, NAME = 30, 52, 228
BAR, PILL = 18, 20
NAME_NARROW, NARROW = 150, 700
LONGEST = dt.date(2022, 12, 1)  # a month with the longest name
STEPS = (1, 3, 6, 12)  # months between two labels of the axis
NO_PEN = Qt.PenStyle.NoPen


@dataclass(frozen=True, slots=True)
class Mark:
    """Terms of members that end on days too near each other to be told apart."""

    lane: int
    place: QRectF
    people: tuple

    @property
    def first(self) -> dt.date:
        """Return the first of the days."""
        return self.people[0].ends_on

    @property
    def last(self) -> dt.date:
        """Return the last of the days."""
        return self.people[-1].ends_on


def add_months(start: dt.date, months: int) -> dt.date:
    """Return the first day of the month so many months after a day's."""
    count = start.year * 12 + start.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


class LanePicture(Painted):
    """The picture of the lanes; what it shows is set by `Lanes`."""

    def __init__(self) -> None:
        self.lanes: list = []
        self.today = self.start = dt.date(2022, 1, 1)
        self.months = 12
        self.lane, self.at = 0, -1  # the chosen body; its chosen mark, -1 without
        self.hovered = -1
        self.placed: list[Mark] = []
        super().__init__(AXIS)

    @property
    def end(self) -> dt.date:
        """Return the first day after those shown."""
        return add_months(self.start, self.months)

    def people(self) -> tuple:
        """Return whose terms the chosen mark counts; none without one."""
        marks = self.marks()
        return marks[self.at].people if 0 <= self.at < len(marks) else ()

    def marks(self, lane: int | None = None) -> list[Mark]:
        """Return the marks of a lane, by default of the chosen one, the earliest first."""
        wanted = self.lane if lane is None else lane
        return [mark for mark in self.placed if mark.lane == wanted]

    # --- geometry
    def name_width(self) -> float:
        """Return the width of the names at the left."""
        return theme.px(NAME if self.width() >= theme.px(NARROW) else NAME_NARROW)

    def x(self, at: dt.date) -> float:
        """Return where a day begins."""
        left = self.name_width()
        days = (self.end - self.start).days
        return left + (self.width() - left) * (at - self.start).days / days

    def top(self, lane: int) -> float:
        """Return where a lane begins."""
        return theme.px(AXIS) + lane * theme.px(LANE)

    # --- painting
    def draw(self, painter: QPainter, area: QRectF) -> None:
        for n, lane in enumerate(self.lanes):
            self._ground(painter, n, area)
            self._name(painter, n, lane)
        self._grid(painter, area)
        field = QRectF(self.name_width(), 0, area.width() - self.name_width(), area.height())
        painter.setClipRect(field)
        for n, lane in enumerate(self.lanes):
            self._life(painter, n, lane)
            for term in lane.terms:
                self._term(painter, n, term)
            self._days(painter, n, lane)
        for mark in self.placed:
            self._mark(painter, mark)
        self._today(painter, area)
        painter.setClipping(False)

    def _ground(self, painter: QPainter, n: int, area: QRectF) -> None:
        lane = QRectF(0, self.top(n), area.width(), theme.px(LANE))
        if n == self.lane:
            painter.fillRect(lane, theme.color("sel" if self.hasFocus() else "selIn"))
            painter.fillRect(QRectF(0, lane.y(), 3, lane.height()), theme.color("acc"))
        elif n == self.hovered:
            painter.fillRect(lane, theme.color("hover"))
        painter.setPen(QPen(theme.color("line"), 1))
        y = lane.bottom() - 0.5
        painter.drawLine(QPointF(0, y), QPointF(area.width(), y))

    def _name(self, painter: QPainter, n: int, lane) -> None:
        left = theme.px(8 + 14 * lane.depth)
        room = QRectF(left, self.top(n), self.name_width() - left - theme.px(10), theme.px(LANE))
        gone = lane.dissolved_on is not None and lane.dissolved_on < self.today
        painter.setFont(theme.font("sec" if gone else "secb"))
        painter.setPen(theme.color("text3" if gone else "text"))
        name = self._short(painter, named(lane.name_ko, lane.name_en), room)
        upper = room.adjusted(0, theme.px(7), 0, -theme.px(25))
        painter.drawText(upper, Align.AlignLeft | Align.AlignVCenter, name)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        lower = room.adjusted(0, theme.px(26), 0, -theme.px(6))
        counted = say(N_("{n} in office"), n=lane.members)
        painter.drawText(lower, Align.AlignLeft | Align.AlignVCenter, counted)

    def _grid(self, painter: QPainter, area: QRectF) -> None:
        """Draw the months, as many as there is room to name, years stronger."""
        painter.setFont(theme.font("cap"))
        base, today = theme.px(AXIS) - 0.5, self._today_place()
        for first, place in self._months():
            x = round(self.x(first)) + 0.5
            painter.setPen(QPen(theme.color("line2" if first.month == 1 else "line"), 1))
            painter.drawLine(QPointF(x, theme.px(8)), QPointF(x, area.height()))
            if place.right() > area.width() or place.intersects(today):
                continue
            painter.setPen(theme.color("text2" if first.month == 1 else "text3"))
            painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, day(first, "month"))
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(0, base), QPointF(area.width(), base))

    def _life(self, painter: QPainter, n: int, lane) -> None:
        """Draw from when to when the body is there."""
        y = self.top(n) + theme.px(6 + BAR / 2)
        left = self.x(lane.founded_on) if lane.founded_on else self.name_width()
        right = self._after(lane.dissolved_on) if lane.dissolved_on else self.width()
        painter.setPen(QPen(theme.color("line2"), 2))
        if right > left:
            painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _after(self, last: dt.date) -> float:
        """Return where a last day ends."""
        return self.x(last + dt.timedelta(days=1))

    def _term(self, painter: QPainter, n: int, term) -> None:
        left = self.x(term.starts_on)
        right = self._after(term.ends_on) if term.ends_on else self.width() + 20
        bar = QRectF(left, self.top(n) + theme.px(6), right - left, theme.px(BAR))
        seen = bar.intersected(QRectF(self.name_width(), 0, self.width(), self.height()))
        if seen.width() <= 0:
            return
        now = in_office(term.starts_on, term.ends_on, self.today)
        painter.setPen(NO_PEN if now else QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("acc" if now else "neuBg"))
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -1.5, -0.5), 3, 3)
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("accOn" if now else "text2"))
        room = seen.adjusted(theme.px(7), 0, -theme.px(4), 0)
        span = words().days(term.starts_on, term.ends_on)
        name = say(C_("body", "Term {n}"), n=term.number)
        if painter.fontMetrics().horizontalAdvance(f"{name}  {span}") <= room.width():
            name = f"{name}  {span}"
        painter.drawText(
            room, Align.AlignLeft | Align.AlignVCenter, self._short(painter, name, room)
        )

    def _days(self, painter: QPainter, n: int, lane) -> None:
        """Draw the sunset and the day the body was dissolved, each with its word."""
        if lane.dissolved_on is not None:
            self._flag(painter, n, lane.dissolved_on, say(N_("Dissolved")), "text3", False)
        elif lane.sunset_on is not None:
            near = (lane.sunset_on - self.today).days <= SUNSET_WINDOWS[0]
            ink = "warn" if near else "text2"
            self._flag(painter, n, lane.sunset_on, say(N_("Sunset date")), ink, True)

    def _flag(
        self, painter: QPainter, n: int, last: dt.date, word: str, ink: str, dashed: bool
    ) -> None:
        x, top = self._after(last), self.top(n)
        pen = QPen(theme.color(ink), 1.5)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top + 2), QPointF(x, top + theme.px(LANE) - 3))
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color(ink))
        words_of = f"{word} {day(last, 'full')}"
        wide = painter.fontMetrics().horizontalAdvance(words_of) + 2
        place = self._room_beside(n, x, wide)
        if place is None:
            return  # The tool tip and the sentence say it too.
        painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, words_of)

    def _room_beside(self, n: int, x: float, wide: float) -> QRectF | None:
        """Return room for words at the right of a line, else at its left, clear of what is there."""
        top, gap = self.top(n) + theme.px(6 + BAR + 4), theme.px(5)
        taken = [mark.place for mark in self.marks(n)]
        today = self.x(self.today)
        taken.append(QRectF(today - 2, top, 4, theme.px(PILL)))
        places = [x + gap, x - gap - wide, today + gap, *(mark.right() + gap for mark in taken)]
        for left in places:
            place = QRectF(left, top, wide, theme.px(PILL))
            inside = self.name_width() <= left and left + wide <= self.width()
            if inside and not any(place.intersects(other) for other in taken):
                return place
        return None

    def _mark(self, painter: QPainter, mark: Mark) -> None:
        back, ink = self._tone(mark)
        chosen = self.lane == mark.lane and mark.people == self.people()
        painter.setPen(QPen(theme.color("text" if chosen else ink), 2 if chosen else 1))
        painter.setBrush(theme.color(back))
        painter.drawRoundedRect(mark.place.adjusted(1, 0.5, -1, -0.5), 4, 4)
        x = mark.place.x() + 1.5
        painter.drawLine(QPointF(x, mark.place.y() - theme.px(7)), QPointF(x, mark.place.y() + 3))
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color(ink))
        painter.drawText(mark.place, Align.AlignCenter, str(len(mark.people)))

    def _tone(self, mark: Mark) -> tuple[str, str]:
        left = mark.people[0].days
        if left <= TERM_WINDOWS[0]:
            return "warnBg", "warn"
        return ("infoBg", "info") if left <= TERM_WINDOWS[-1] else ("neuBg", "text2")

    def _today(self, painter: QPainter, area: QRectF) -> None:
        if not self.start <= self.today < self.end:
            return
        x = self.x(self.today)
        painter.setPen(QPen(theme.color("bad"), 1.5))
        painter.drawLine(QPointF(x, theme.px(6)), QPointF(x, area.height()))
        painter.setFont(theme.font("capb"))
        painter.drawText(self._today_place(), Align.AlignCenter, say(N_("Today")))

    def _months(self) -> list[tuple[dt.date, QRectF]]:
        """Return the months there is room to name, each with the place of its name."""
        wide = advance("cap", day(LONGEST, "month"))
        month = (self.width() - self.name_width()) / self.months
        room = wide + theme.px(14)
        step = next((step for step in STEPS if month * step >= room), STEPS[-1])
        firsts = (add_months(self.start, n) for n in range(self.months))
        return [
            (first, QRectF(self.x(first) + theme.px(4), 0, wide, theme.px(AXIS)))
            for first in firsts
            if not (first.month - 1) % step
        ]

    def _today_place(self) -> QRectF:
        """Return where the word for today stands, best clear of the months' names.

        Empty where today is not shown.
        """
        if not self.start <= self.today < self.end:
            return QRectF()
        wide, x = advance("capb", say(N_("Today"))) + theme.px(8), self.x(self.today)
        names = [place for _first, place in self._months()]
        right, left = (QRectF(at, theme.px(5), wide, theme.px(20)) for at in (x, x - wide))
        if left.x() < self.name_width() or not any(right.intersects(name) for name in names):
            return right
        return right if any(left.intersects(name) for name in names) else left

    def _short(self, painter: QPainter, text: str, room: QRectF) -> str:
        end = Qt.TextElideMode.ElideRight
        return painter.fontMetrics().elidedText(text, end, max(0, int(room.width())))
