"""A calendar with a lane for every body, painted: terms as bars, ending terms as counts on a day."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QToolTip

from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.lanes_paint import AXIS, BAR, LANE, PILL, LanePicture, Mark
from ui.text import N_, NN_, day, say, tip, words
from ui.widgets.parts import advance

MOST_NAMED = 12
Key = Qt.Key


class Lanes(LanePicture):
    """The lanes; ↑↓ choose a body, ←→ the days terms end on, Enter opens the body."""

    chosen = Signal()  # another body or day
    opened = Signal(object)  # a body's id
    peeked = Signal()  # Space, or a click on a mark
    turned = Signal(int)  # Page Up and Page Down: earlier and later

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # --- data
    def show_lanes(self, lanes, today: dt.date) -> None:
        """Show these bodies; what was chosen stays."""
        held = self.body_id()
        self.lanes, self.today = list(lanes), today
        ids = [lane.id for lane in self.lanes]
        self.lane = ids.index(held) if held in ids else 0
        self._height = AXIS + LANE * len(self.lanes) + 1
        self.dress()
        self._lay()

    def show_span(self, start: dt.date, months: int) -> None:
        """Show so many months from the first of a month on."""
        self.start, self.months = start, months
        self._lay()

    def body_id(self) -> int | None:
        """Return the chosen body's id."""
        return self.lanes[self.lane].id if 0 <= self.lane < len(self.lanes) else None

    def choose(self, id: int) -> None:
        """Choose a body."""
        ids = [lane.id for lane in self.lanes]
        if id in ids:
            self._choose(ids.index(id), -1)

    def _choose(self, lane: int, at: int) -> None:
        self.lane, self.at = lane, at
        self.renew()
        self.chosen.emit()

    # --- words
    def sentence(self) -> str:
        if not self.lanes:
            return say(N_("Term calendar"))
        last = self.end - dt.timedelta(days=1)
        span = words().days(self.start, last)
        return f"{say(N_('Term calendar'))} {span}. {self.lane_sentence(self.lanes[self.lane])}"

    def lane_sentence(self, lane) -> str:
        """Say what a lane shows."""
        parts = [named(lane.name_ko, lane.name_en)]
        for term in lane.terms:
            span = words().days(term.starts_on, term.ends_on)
            parts.append(say(N_("Term {n}: {span}"), n=term.number, span=span))
        parts += [self.mark_sentence(mark) for mark in self.marks(self.lanes.index(lane))]
        if lane.sunset_on:
            parts.append(say(N_("Sunset {day:full}"), day=lane.sunset_on))
        if lane.dissolved_on:
            parts.append(say(N_("Dissolved {day:full}"), day=lane.dissolved_on))
        return "; ".join(parts)

    def mark_sentence(self, mark: Mark) -> str:
        """Say who leaves when."""
        when = day(mark.first, "full")
        if mark.last != mark.first:
            when = words().days(mark.first, mark.last)
        listed = ", ".join(person.name for person in mark.people[:MOST_NAMED])
        if len(mark.people) > MOST_NAMED:
            listed += " …"
        message = NN_("{when}: {n} term ends ({names})", "{when}: {n} terms end ({names})")
        return say(message, when=when, n=len(mark.people), names=listed)

    # --- places
    def _lay(self) -> None:
        """Gather the days of each lane into marks that do not cover each other."""
        held = self.people()
        self.placed = []
        for n, lane in enumerate(self.lanes):
            groups: list[list] = []
            for person in lane.ends:
                if not self.start <= person.ends_on < self.end:
                    continue
                near = groups and self.x(person.ends_on) - self.x(groups[-1][0].ends_on)
                if groups and near < theme.px(PILL + 8):
                    groups[-1].append(person)
                else:
                    groups.append([person])
            for people in groups:
                wide = max(theme.px(PILL + 4), advance("capb", str(len(people))) + theme.px(12))
                x = min(self.x(people[0].ends_on), self.width() - wide)
                top = self.top(n) + theme.px(6 + BAR + 4)
                place = QRectF(x, top, wide, theme.px(PILL))
                self.placed.append(Mark(n, place, tuple(people)))
        kept = [n for n, mark in enumerate(self.marks()) if held and held[0] in mark.people]
        self.at = kept[0] if kept else -1
        self.renew()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(AXIS) + theme.px(LANE) * len(self.lanes) + 1)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay()

    # --- hand and keys
    def _under(self, at: QPointF) -> tuple[int, int]:
        """Return the lane and the mark (-1 without) under a point."""
        lane = int((at.y() - theme.px(AXIS)) // theme.px(LANE))
        if at.y() < theme.px(AXIS) or not 0 <= lane < len(self.lanes):
            return -1, -1
        near = [n for n, mark in enumerate(self.marks(lane)) if mark.place.contains(at)]
        return lane, near[0] if near else -1

    def mousePressEvent(self, event) -> None:
        lane, at = self._under(event.position())
        if lane >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(lane, at)
            if at >= 0:
                self.peeked.emit()

    def mouseDoubleClickEvent(self, event) -> None:
        lane, at = self._under(event.position())
        if lane >= 0 and at < 0:
            self.opened.emit(self.lanes[lane].id)

    def mouseMoveEvent(self, event) -> None:
        lane, _at = self._under(event.position())
        if lane != self.hovered:
            self.hovered = lane
            self.update()

    def leaveEvent(self, event) -> None:
        self.hovered = -1
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            lane, at = self._under(QPointF(event.pos()))
            told = ""
            if lane >= 0:
                told = self.lane_sentence(self.lanes[lane]).replace("; ", "\n")
                if at >= 0:
                    told = self.mark_sentence(self.marks(lane)[at])
            QToolTip.showText(event.globalPos(), tip(told), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event) -> None:
        key = event.key()
        if not self.lanes:
            super().keyPressEvent(event)
        elif key in (Key.Key_Up, Key.Key_Down):
            step = 1 if key == Key.Key_Down else -1
            self._choose(max(0, min(len(self.lanes) - 1, self.lane + step)), -1)
        elif key in (Key.Key_Left, Key.Key_Right):
            step = 1 if key == Key.Key_Right else -1
            self._choose(self.lane, max(-1, min(len(self.marks()) - 1, self.at + step)))
        elif key in (Key.Key_Home, Key.Key_End):
            self._choose(0 if key == Key.Key_Home else len(self.lanes) - 1, -1)
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            self.turned.emit(1 if key == Key.Key_PageDown else -1)
        elif key == Key.Key_Space:
            self.peeked.emit()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.opened.emit(self.body_id())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()
