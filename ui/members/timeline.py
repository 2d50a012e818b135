"""A member's seats across bodies as bars on a calendar, and the day a list is of on a slider."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider

from ui import theme
from ui.text import N_, NN_, day, say, words
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

NO_PEN = Qt.PenStyle.NoPen
INKS = ("d1", "d2", "d3", "d4")
BODIES, LANE, AXIS = 6, 24, 20  # bodies drawn; px of one and of the years below
LEAST_YEARS = 3


class Timeline(Painted):
    """One lane a body, a bar a seat, today a red line; a seat without a last day runs on."""

    def __init__(self) -> None:
        self.lanes: dict[str, list[tuple[dt.date, dt.date | None]]] = {}
        self.left_out = 0
        self.today = dt.date(2000, 1, 1)
        super().__init__(LANE + AXIS + 6)

    def show_seats(self, seats, today: dt.date) -> None:
        """Show (name of the body, first day, last day or None), the newest bodies first."""
        lanes: dict[str, list[tuple[dt.date, dt.date | None]]] = {}
        for name, start, end in sorted(seats, key=lambda seat: seat[1], reverse=True):
            lanes.setdefault(name, []).append((start, end))
        self.left_out = max(0, len(lanes) - BODIES)
        self.lanes = dict(list(lanes.items())[:BODIES])
        self.today = today
        self._height = 6 + LANE * max(1, len(self.lanes)) + AXIS
        self.dress()
        self.renew()

    def sentence(self) -> str:
        said = words()
        parts = [
            f"{name} {said.days(start, end)}"
            for name, spans in self.lanes.items()
            for start, end in spans
        ]
        if self.left_out:
            parts.append(say(NN_("and {n} more body", "and {n} more bodies"), n=self.left_out))
        return "; ".join(parts)

    def years(self) -> range:
        """Return the years drawn: from the first seat's to the last known day's, three at least."""
        spans = [span for lane in self.lanes.values() for span in lane]
        first = min([start.year for start, _end in spans], default=self.today.year)
        ends = [end.year for _start, end in spans if end is not None]
        last = max([self.today.year, *ends])
        return range(first, max(last, first + LEAST_YEARS - 1) + 1)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        years = self.years()
        origin = dt.date(years[0], 1, 1).toordinal()
        days = dt.date(years[-1] + 1, 1, 1).toordinal() - origin
        base = area.height() - theme.px(AXIS)

        def at(moment: dt.date) -> float:
            return max(0.0, min(1.0, (moment.toordinal() - origin) / days)) * area.width()

        taken = self._axis(painter, years, at, base)
        for n, (name, spans) in enumerate(self.lanes.items()):
            for start, end in reversed(spans):
                right = area.width() if end is None else at(end + dt.timedelta(days=1))
                bar = QRectF(at(start), theme.px(4 + n * LANE), 0, theme.px(LANE - 5))
                bar.setWidth(max(5.0, right - bar.x()))
                self._bar(painter, bar, INKS[n % len(INKS)], ended=bool(end and end < self.today))
            self._name(painter, name, n, at, area.width())
        self._today(painter, at(self.today), base, taken)

    def _axis(self, painter: QPainter, years: range, at, base: float) -> list[QRectF]:
        """Draw the years' starts and as many of their numbers as fit; return where these stand."""
        painter.setFont(theme.font("cap"))
        width = painter.fontMetrics().horizontalAdvance("2022") + 8
        taken: list[QRectF] = []
        for year in years:
            x = at(dt.date(year, 1, 1))
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(x + 0.5, 0), QPointF(x + 0.5, base))
            place = QRectF(x + 3, base, width - 8, theme.px(AXIS))
            if not taken or place.x() >= taken[-1].right() + 8:
                painter.setPen(theme.color("text3"))
                painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, str(year))
                taken.append(place)
        return taken

    def _bar(self, painter: QPainter, bar: QRectF, ink: str, *, ended: bool) -> None:
        painter.setPen(NO_PEN)
        painter.setOpacity(0.45 if ended else 1.0)
        painter.setBrush(theme.color(ink))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setOpacity(1.0)

    def _name(self, painter: QPainter, name: str, n: int, at, width: float) -> None:
        """Write the body's name into its longest bar, or beside its last one."""
        spans = self.lanes[name]
        boxes = [(at(start), width if end is None else at(end)) for start, end in spans]
        left, right = max(boxes, key=lambda box: box[1] - box[0])
        ended = all(end is not None and end < self.today for _start, end in spans)
        painter.setFont(theme.font("capb"))
        needed = painter.fontMetrics().horizontalAdvance(name)
        top, height = theme.px(4 + n * LANE), theme.px(LANE - 5)
        last = max(box[1] for box in boxes)
        if right - left >= needed + 12 or last + needed + 10 > width:
            painter.setPen(theme.color("text" if ended else "accOn"))
            place = QRectF(left + 7, top, max(0.0, right - left - 10), height)
        else:
            painter.setPen(theme.color("text2"))
            place = QRectF(last + 6, top, width - last - 6, height)
        short = painter.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, short)

    def _today(self, painter: QPainter, x: float, base: float, taken: list[QRectF]) -> None:
        """Draw today, its word beside the line and clear of the years' numbers."""
        painter.setPen(QPen(theme.color("bad"), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, base))
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("bad"))
        word = say(N_("Today"))
        width = painter.fontMetrics().horizontalAdvance(word) + 2
        place = QRectF(min(x + 4, self.width() - width), base, width, theme.px(AXIS))
        for label in taken:
            if label.intersects(place):
                place.moveLeft(label.right() + 5)
        if place.right() <= self.width():
            painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, word)


class DaySlider(QSlider):
    """A day between two, dragged or stepped by months; the years stand under it."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._name = name
        self.today = dt.date(2000, 1, 1).toordinal()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSingleStep(1)
        self.setPageStep(30)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dress()
        self.valueChanged.connect(self.renew)
        self.renew()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(34))
        self.setMinimumWidth(theme.px(120))

    def span(self, first: dt.date, last: dt.date, today: dt.date) -> None:
        """Let days from the first of one year to the last of another be chosen."""
        held = self.blockSignals(True)
        self.today = today.toordinal()
        self.setRange(dt.date(first.year, 1, 1).toordinal(), dt.date(last.year, 12, 31).toordinal())
        self.blockSignals(held)
        self.update()

    def day(self) -> dt.date:
        """Return the day the handle stands on."""
        return dt.date.fromordinal(self.value())

    def show_day(self, value: dt.date) -> None:
        """Put the handle on a day without telling anyone."""
        held = self.blockSignals(True)
        self.setValue(value.toordinal())
        self.blockSignals(held)
        self.renew()

    def renew(self, *_ignored) -> None:
        """Say the day and paint it."""
        self.setAccessibleName(say(self._name))
        if self.value() > 0:
            self.setAccessibleDescription(day(self.day(), "full"))
        self.update()

    def _x(self, ordinal: float) -> float:
        span = max(1, self.maximum() - self.minimum())
        edge = theme.px(7)
        return edge + (self.width() - 2 * edge) * (ordinal - self.minimum()) / span

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = theme.px(11)
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        painter.setFont(theme.font("cap"))
        self._years(painter, middle)
        x = self._x(self.today)
        painter.setPen(QPen(theme.color("bad"), 1.5))
        painter.drawLine(QPointF(x, middle - 6), QPointF(x, middle + 6))
        side = theme.px(14)
        handle = QRectF(self._x(self.value()) - side / 2, middle - side / 2, side, side)
        painter.setPen(QPen(theme.color("raised"), 2))
        painter.setBrush(theme.color("acc"))
        painter.drawEllipse(handle)

    def _years(self, painter: QPainter, middle: float) -> None:
        first = dt.date.fromordinal(max(1, self.minimum())).year
        last = dt.date.fromordinal(max(1, self.maximum())).year
        width = painter.fontMetrics().horizontalAdvance("2022") + 10
        free = 0.0
        for year in range(first, last + 1):
            x = self._x(dt.date(year, 1, 1).toordinal())
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 4))
            if x >= free and x + width - 10 <= self.width():
                painter.setPen(theme.color("text3"))
                place = QRectF(x, middle + theme.px(6), width, theme.px(17))
                painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, str(year))
                free = x + width

    def _to(self, event) -> None:
        edge = theme.px(7)
        share = (event.position().x() - edge) / max(1, self.width() - 2 * edge)
        span = self.maximum() - self.minimum()
        self.setValue(self.minimum() + round(min(1.0, max(0.0, share)) * span))

    def mousePressEvent(self, event) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._to(event)

    def mouseMoveEvent(self, event) -> None:
        if self.isSliderDown():
            self._to(event)

    def mouseReleaseEvent(self, _event) -> None:
        self.setSliderDown(False)

    def wheelEvent(self, event) -> None:
        """Leave the wheel to the page: a day must not change under a scrolling hand."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.renew()
        super().changeEvent(event)
