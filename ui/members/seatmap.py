"""The seat map: who sits where round the table; seats are chosen, opened and swapped by hand."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from db.vocab import Role
from gwangju_desktop.members.letters.places import places
from gwangju_desktop.members.letters.seating import HEADS, heads
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import ROLES
from ui import theme
from ui.text import N_, say
from ui.widgets.parts import Align, Policy

LOWEST = 24  # px of a seat that shows a number and a name, or a name alone
SIZES = ((118, 46), (118, 34), *((wide, LOWEST) for wide in (118, 96, 76, 64, 56)))  # largest first
NUMBERED = 76  # px from which a seat shows its number
TALL, GAP = 34, 6  # px from which a seat shows a second line; px between two seats
MARGIN, FRONT = 24, 30  # px round the room, and above the head of it
MOST = 1600  # px the map grows to before its seats shrink below the smallest size
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class SeatMap(QWidget):
    """Seats in the order of precedence, placed by the room's layout.

    `chosen(place)` when another seat is in front, `opened(person_id)` on Enter or double click,
    `moved(membership_id, place)` when a seat is dragged onto another or moved by Alt+arrows.
    """

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal(int, int)

    def __init__(self, may_move: bool) -> None:
        super().__init__()
        self.seats: list = []
        self.layout_name = "u_shape"
        self.may_move = may_move
        self.current = -1
        self.hover = -1
        self.drag: int | None = None
        self.target = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Expanding)
        self.setMinimumSize(theme.px(420), theme.px(220))

    def show_seats(self, seats: list, layout: str) -> None:
        """Show these seats, keeping the one in front."""
        front = self.seats[self.current].membership_id if 0 <= self.current < len(self.seats) else 0
        self.seats, self.layout_name = seats, layout
        ids = [seat.membership_id for seat in seats]
        self.current = ids.index(front) if front in ids else (0 if seats else -1)
        self.hover = -1
        self.renew()
        self.chosen.emit(self.current)

    def renew(self) -> None:
        """Say and paint the present seats."""
        self.setAccessibleName(self.sentence())
        self.update()

    def sentence(self) -> str:
        """Return what the map shows, and the seat in front."""
        whole = say(N_("Seat map: {n} seats in the order of precedence"), n=len(self.seats))
        if not 0 <= self.current < len(self.seats):
            return whole
        return f"{whole}. {self.line(self.current)}"

    def line(self, at: int) -> str:
        """Return one seat in words: its number, name, role, affiliation."""
        seat = self.seats[at]
        office = named(seat.organisation_ko, seat.organisation_en)
        parts = [seat.name, say(ROLES[seat.role]), " ".join(filter(None, (office, seat.post)))]
        return f"{at + 1}. " + " · ".join(part for part in parts if part)

    # --- where things are
    def boxes(self) -> list[QRectF]:
        """Return the rectangle of every seat, of the largest size that leaves a gap between any."""
        found = places(self.layout_name, heads(self.seats), len(self.seats))
        gap = theme.px(GAP)
        for size in SIZES:
            wide, high = (float(theme.px(side)) for side in size)
            centres = self._centres(found, wide, high)
            if self._spare(centres, wide, high, gap) >= 1.0:
                break
        scale = min(1.0, self._spare(centres, wide, high, gap))
        wide, high = wide * scale, high * scale
        return [QRectF(c.x() - wide / 2, c.y() - high / 2, wide, high) for c in centres]

    def _centres(self, found: list, wide: float, high: float) -> list[QPointF]:
        """Return where seats of a size stand in this room."""
        margin = theme.px(MARGIN)
        room = QRectF(self.rect()).adjusted(margin, theme.px(FRONT), -margin, -margin)
        across, along = max(0.0, room.width() - wide), max(0.0, room.height() - high)
        return [
            QPointF(
                room.x() + wide / 2 + place.x * across,
                room.y() + high / 2 + place.y * along,
            )
            for place in found
        ]

    def _spare(self, centres: list[QPointF], wide: float, high: float, gap: float) -> float:
        """Return by how much the seats could grow before any two are nearer than the gap."""
        scale = 2.0
        for n, one in enumerate(centres):
            for other in centres[n + 1 :]:
                across = abs(one.x() - other.x()) / (wide + gap)
                along = abs(one.y() - other.y()) / (high + gap / 2)
                scale = min(scale, max(across, along))
        return scale

    def make_room(self, width: int) -> None:
        """Be high enough for seats with a name in a room of this width (px)."""
        found = places(self.layout_name, heads(self.seats), len(self.seats))
        narrow = sorted({theme.px(wide) for wide, high in SIZES if high == LOWEST})
        needed = min(self._height(found, width, wide) for wide in narrow)
        self.setMinimumHeight(max(theme.px(220), min(theme.px(MOST), math.ceil(needed))))

    def _height(self, found: list, width: int, wide: int) -> float:
        """Return the height at which seats of a width stand apart, in px."""
        high, gap = theme.px(LOWEST), theme.px(GAP)
        across = max(1.0, width - 2 * theme.px(MARGIN) - wide)
        near = [
            abs(one.y - other.y)
            for n, one in enumerate(found)
            for other in found[n + 1 :]
            if abs(one.x - other.x) * across < wide + gap
        ]
        least = max(min(near, default=1.0), 0.001)  # two beside one another need width, not height
        return theme.px(MARGIN + FRONT) + high + (high + gap / 2) / least

    def at(self, point: QPointF) -> int:
        """Return the seat under a point, or -1."""
        return next((n for n, box in enumerate(self.boxes()) if box.contains(point)), -1)

    # --- painting
    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.seats:
            return
        self._paint_front(painter)
        for n, box in enumerate(self.boxes()):
            self._paint_seat(painter, n, box)

    def _paint_front(self, painter: QPainter) -> None:
        middle, y = self.width() / 2, theme.px(20)
        painter.setPen(QPen(theme.color("text"), 2))
        painter.drawLine(QPointF(middle - theme.px(120), y), QPointF(middle + theme.px(120), y))
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        area = QRectF(middle - theme.px(60), 0, theme.px(120), theme.px(18))
        painter.drawText(area, Align.AlignCenter, say(N_("Head of the room")))

    def _paint_seat(self, painter: QPainter, n: int, box: QRectF) -> None:
        seat = self.seats[n]
        head = seat.role in HEADS
        observer = seat.role == Role.OBSERVER
        in_front = n == self.current
        back = "sel" if in_front else "hover" if n in (self.hover, self.target) else "page"
        edge = "acc" if in_front or head else "field"
        pen = QPen(theme.color(edge), 2 if in_front or head else 1)
        if observer:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color(back))
        painter.drawRoundedRect(box, 5, 5)
        if in_front and self.hasFocus():
            painter.setPen(QPen(theme.color("acc"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        inner = box.adjusted(4, 3, -4, -3)
        tall = box.height() >= theme.px(TALL)
        name_font = theme.font("secb")
        painter.setFont(name_font)
        painter.setPen(theme.color("text"))
        name_area = QRectF(inner.x(), inner.y(), inner.width(), inner.height())
        if tall:
            name_area.setHeight(inner.height() / 2)
        metrics = QFontMetricsF(name_font)
        # All seats show their number or none does: narrow ones show names alone.
        label = f"{n + 1}  {seat.name}" if box.width() >= theme.px(NUMBERED) else seat.name
        if metrics.horizontalAdvance(label) > inner.width():
            label = seat.name
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(name_area, Align.AlignCenter, shown)
        if not tall:
            return
        office = seat.post or named(seat.organisation_ko, seat.organisation_en)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        below = name_area.translated(0, inner.height() / 2)
        caption = QFontMetricsF(theme.font("cap"))
        painter.drawText(
            below,
            Align.AlignCenter,
            caption.elidedText(office, Qt.TextElideMode.ElideRight, inner.width()),
        )

    # --- hands
    def choose(self, at: int) -> None:
        """Bring a seat to the front."""
        if 0 <= at < len(self.seats) and at != self.current:
            self.current = at
            self.chosen.emit(at)
        self.renew()

    def mousePressEvent(self, event) -> None:
        at = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.choose(at)
            self.drag = at if self.may_move else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event) -> None:
        at = self.at(event.position())
        if self.drag is not None:
            self.target = at if at != self.drag else -1
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif at != self.hover:
            self.hover = at
            self.setToolTip(self.line(at) if at >= 0 else "")
        self.update()

    def mouseReleaseEvent(self, event) -> None:
        at = self.at(event.position())
        if self.drag is not None and at >= 0 and at != self.drag:
            self.moved.emit(self.seats[self.drag].membership_id, at)
        self.drag, self.target = None, -1
        self.unsetCursor()
        self.update()

    def mouseDoubleClickEvent(self, event) -> None:
        at = self.at(event.position())
        if at >= 0:
            self.opened.emit(self.seats[at].person_id)

    def leaveEvent(self, _event) -> None:
        self.hover = -1
        self.update()

    def keyPressEvent(self, event) -> None:
        step = KEYS.get(event.key())
        if step and self.seats:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                to = self.current + step
                if self.may_move and 0 <= to < len(self.seats):
                    self.moved.emit(self.seats[self.current].membership_id, to)
            else:
                self.choose(max(0, min(len(self.seats) - 1, self.current + step)))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.seats[self.current].person_id)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange):
            self.renew()
        super().changeEvent(event)

    def focusInEvent(self, event) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event) -> None:
        self.update()
        super().focusOutEvent(event)
