"""What month and year have in common: a chosen day, keys and hand, meetings on their days."""

from __future__ import annotations

import calendar
import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QToolTip

from db.vocab import MeetingKind, MeetingState
from gwangju_desktop.meetings.holidays import SATURDAY
from gwangju_desktop.meetings.words import MEETING_KINDS, STATES
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import WEEKDAYS
from ui.text import N_, NN_, day, say, tip
from ui.widgets.painted import Painted

Key = Qt.Key
INKS = ("d1", "d2", "d3", "d4", "d5", "dGrey")
FIRST_WEEKDAY = calendar.SUNDAY  # weeks begin on Sunday on Korean wall calendars
# The same keys while the Korean input method is on.
TODAY_KEYS, NEW_KEYS = ("t", "ㅅ"), ("n", "ㅜ")
MOST_TOLD = 12


def add_months(start: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of a shorter month."""
    count = start.year * 12 + start.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def weeks(first: dt.date, most: int = 6) -> list[list[dt.date]]:
    """Return the weeks a month touches, `most` at the most, each from Sunday on."""
    before = (first.weekday() - FIRST_WEEKDAY) % 7
    start = first - dt.timedelta(days=before)
    length = calendar.monthrange(first.year, first.month)[1]
    count = min(most, -(-(before + length) // 7))
    return [[start + dt.timedelta(days=7 * week + n) for n in range(7)] for week in range(count)]


def weekday_heads() -> list[str]:
    """Return the short names of the days of the week, from Sunday on."""
    return [say(WEEKDAYS[(FIRST_WEEKDAY + n) % 7]) for n in range(7)]


def told(entry) -> str:
    """Say a meeting in one line."""
    parts = [
        say(MEETING_KINDS[entry.kind]) if entry.kind == MeetingKind.WRITTEN else clock_time(entry),
        named(entry.body_ko, entry.body_en),
        entry.title,
        entry.place,
        say(STATES[entry.state]),
    ]
    return " · ".join(part for part in parts if part)


def clock_time(entry) -> str:
    """Write when a meeting begins."""
    return f"{entry.starts_at:%H:%M}"


class DayGrid(Painted):
    """Days to walk through with the arrow keys; Enter opens, N plans, T goes to today."""

    chosen = Signal(object)  # another day
    opened = Signal(object)  # a meeting's id
    planned = Signal(object)  # a day on which a meeting is wanted
    peeked = Signal()  # Space

    TURN = 1  # months that Page Up and Page Down go

    def __init__(self) -> None:
        self.day = self.today = dt.date(2022, 1, 1)
        self.by_day: dict[dt.date, list] = {}
        self.days: dict = {}
        self.inks: dict[int, str] = {}
        self.hovered: dt.date | None = None
        super().__init__(0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # --- data
    def show_span(self, span, today: dt.date, inks: dict[int, str]) -> None:
        """Show these meetings and days off."""
        self.today, self.days, self.inks = today, span.days, inks
        self.by_day = {}
        for entry in span.meetings:
            self.by_day.setdefault(entry.starts_at.date(), []).append(entry)
        self.renew()

    def choose(self, day: dt.date) -> None:
        """Put the cursor on a day without telling anyone."""
        self.day = day
        self.dress()
        self.renew()

    def _go(self, day: dt.date) -> None:
        if day != self.day:
            self.choose(day)
            self.chosen.emit(day)

    def ink_of(self, entry) -> str:
        """Return the ink of a meeting's body."""
        return self.inks.get(entry.body_id, INKS[-1])

    def off(self, day: dt.date) -> bool:
        """Say whether nobody works on a day."""
        known = self.days.get(day)
        if known is not None and (known.off or known.id is not None):
            return bool(known.off)
        return day.weekday() >= SATURDAY

    def holiday(self, day: dt.date) -> str:
        """Return the name a day has, "" for most days."""
        known = self.days.get(day)
        return known.name if known is not None else ""

    def day_ink(self, day: dt.date) -> str:
        """Return the ink of a day's number: Sundays and holidays red, Saturdays blue."""
        if not self.off(day):
            return "text"
        return "info" if day.weekday() == SATURDAY and not self.holiday(day) else "bad"

    # --- words
    def sentence(self) -> str:
        return self.day_sentence(self.day).replace("\n", "; ")

    def day_sentence(self, on: dt.date) -> str:
        """Say a day: its date, why nobody works, its meetings."""
        entries = self.by_day.get(on, [])
        lines = [day(on, "long")]
        if self.holiday(on):
            lines[0] += f" {self.holiday(on)}"
        if entries:
            lines.append(say(NN_("{n} meeting", "{n} meetings"), n=len(entries)))
        lines += [told(entry) for entry in entries[:MOST_TOLD]]
        if len(entries) > MOST_TOLD:
            lines.append("…")
        return "\n".join(lines)

    # --- places, by the picture
    def day_at(self, at: QPointF) -> dt.date | None:
        """Return the day under a point."""
        raise NotImplementedError

    def entry_at(self, at: QPointF):
        """Return the meeting under a point, None beside all."""
        return

    def place_of(self, on: dt.date) -> QRectF:
        """Return where a day is painted; an empty rectangle for one that is not shown."""
        raise NotImplementedError

    # --- hand and keys
    def mousePressEvent(self, event) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.day_at(event.position())
        if found is None:
            return
        self._go(found)
        entry = self.entry_at(event.position())
        if entry is not None:
            self.opened.emit(entry.id)
        elif self.by_day.get(found):
            self.peeked.emit()

    def mouseDoubleClickEvent(self, event) -> None:
        found = self.day_at(event.position())
        if found is not None and self.entry_at(event.position()) is None:
            self.planned.emit(found)

    def mouseMoveEvent(self, event) -> None:
        found = self.day_at(event.position())
        if found != self.hovered:
            self.hovered = found
            self.update()
        over = self.entry_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def leaveEvent(self, event) -> None:
        self.hovered = None
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            entry, found = self.entry_at(at), self.day_at(at)
            words = told(entry) if entry is not None else ""
            if not words and found is not None:
                words = self.day_sentence(found)
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event) -> None:
        key, text = event.key(), event.text().lower()
        steps = {Key.Key_Left: -1, Key.Key_Right: 1, Key.Key_Up: -7, Key.Key_Down: 7}
        turns = {Key.Key_PageUp: -self.TURN, Key.Key_PageDown: self.TURN}
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            super().keyPressEvent(event)
        elif key in steps:
            self._go(self.day + dt.timedelta(days=steps[key]))
        elif key in turns:
            self._go(add_months(self.day, turns[key]))
        elif key == Key.Key_Home:
            self._go(self.day.replace(day=1))
        elif key == Key.Key_End:
            self._go(_month_end(self.day))
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._enter()
        elif key == Key.Key_Space:
            self.peeked.emit()
        elif text in TODAY_KEYS:
            self._go(self.today)
        elif text in NEW_KEYS:
            self.planned.emit(self.day)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Open the only meeting of the day; of several the list beside lets choose."""
        entries = self.by_day.get(self.day, [])
        if len(entries) == 1:
            self.opened.emit(entries[0].id)
        else:
            self.peeked.emit()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def dropped(entry) -> bool:
    """Say whether a meeting was never held."""
    return MeetingState(entry.state).dropped


MOVES = N_(
    "Arrow keys walk the days · Page Up/Down turn · T today · N plan a meeting · Enter opens"
)
