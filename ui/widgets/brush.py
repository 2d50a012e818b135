"""The whole history, small, with the span that is shown large: two edges to drag or move by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.text import N_, Msg, day, say
from ui.widgets.chart_lines import Line
from ui.widgets.chart_paint import Plane, paint_line
from ui.widgets.chart_scale import YEAR, month_of, time_ticks

FOOT = 20  # px under the line for the years
GRIP = 24  # px that take the mouse, the least for a hit target
NEAR = 6


class Edge(QWidget):
    """One edge of the span: its own stop for Tab, moved by ←→ (a month) and Ctrl+←→ (a year)."""

    def __init__(self, brush: Brush, first: bool) -> None:
        super().__init__(brush)
        self.first = first
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.renew_words()

    def renew_words(self) -> None:
        """Say how it moves."""
        self.setToolTip(say(KEYS if self.parentWidget().step < YEAR else KEYS_YEAR))

    def renew(self) -> None:
        """Say where the edge is."""
        brush = self.parentWidget()
        at = brush.span[0 if self.first else 1]
        name = START if self.first else END
        self.setAccessibleName(say(name, at=day(month_of(at), "month")))
        self.renew_words()

    def keyPressEvent(self, event) -> None:
        """Move by a month, with Ctrl by a year, with Shift the whole span; Home and End go far."""
        brush = self.parentWidget()
        key, held = event.key(), event.modifiers()
        sign = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if sign:
            by = sign * (YEAR if held & Qt.KeyboardModifier.ControlModifier else brush.step)
            if held & Qt.KeyboardModifier.ShiftModifier:
                brush.shift(by)
            else:
                brush.move_edge(self.first, brush.span[0 if self.first else 1] + by)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            brush.move_edge(self.first, brush.limits[0 if key == Qt.Key.Key_Home else 1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:
        """Begin to drag this edge."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseMoveEvent(self, event) -> None:
        """Drag the edge to the month under the mouse."""
        brush = self.parentWidget()
        brush.move_edge(
            self.first, brush.moment_at(self.mapToParent(event.position().toPoint()).x())
        )

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.parentWidget().update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.parentWidget().update()


NAME = N_("Period shown")
START = N_("Start {at}")
END = N_("End {at}")
KEYS_YEAR = N_("Drag, or ←→ by a year, Shift+←→ both edges")
KEYS = N_("Drag, or ←→ by a month, Ctrl+←→ by a year, Shift+←→ both edges")


class Brush(QWidget):
    """An overview of one line with a movable span; `spanned(left, right)` follows every move.

    Moments are months (ui.widgets.chart_scale); edges snap to `step` months.
    """

    spanned = Signal(float, float)

    def __init__(self, name: Msg = NAME) -> None:
        super().__init__()
        self.name = name
        self.lines: list[Line] = []
        self.limits = (0.0, YEAR)
        self.span = (0.0, YEAR)
        self.step = 1.0
        self.margins = (0, 0)
        self.values = (0.0, 1.0)
        self._grabbed: float | None = None
        self.edges = Edge(self, True), Edge(self, False)
        self.dress()
        self.renew()

    # --- what is shown

    def show_lines(
        self,
        lines: list[Line],
        limits: tuple[float, float],
        span: tuple[float, float],
        step: float = 1.0,
    ) -> None:
        """Show the whole history of lines between `limits` and put the span there."""
        self.lines, self.limits, self.step = lines, limits, step
        bounds = [line.whole.bounds for line in lines if line.whole.bounds]
        low = min((b[0] for b in bounds), default=0.0)
        high = max((b[1] for b in bounds), default=1.0)
        pad = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
        self.values = low - pad, high + pad
        self.span = self._held(*span)
        self.renew()

    def set_margins(self, left: int, right: int) -> None:
        """Align the line with the chart above it."""
        self.margins = left, right
        self.renew()

    def renew(self) -> None:
        """Place the edges and say where they are."""
        plane = self.plane()
        wide = theme.px(GRIP)
        for edge, at in zip(self.edges, self.span, strict=True):
            x = round(plane.x(at))
            edge.setGeometry(x - wide // 2, 0, wide, self.height() - theme.px(FOOT))
            edge.renew()
        if self.span[1] >= self.limits[1]:
            self.edges[0].raise_()
        first, last = (day(month_of(at), "month") for at in self.span)
        self.setAccessibleName(f"{say(self.name)}: {first}–{last}")
        self.update()

    # --- moving

    def move_edge(self, first: bool, at: float) -> None:
        """Put an edge on a moment, at least one step from the other and within the limits."""
        left, right = self.span
        if first:
            span = min(self._snap(at), right - self.step), right
        else:
            span = left, max(self._snap(at), left + self.step)
        self._go(*span)

    def shift(self, by: float) -> None:
        """Move the whole span, as far as the limits let it."""
        left, right = self.span
        by = max(self.limits[0] - left, min(by, self.limits[1] - right))
        self._go(left + by, right + by)

    def show_all(self) -> None:
        """Span everything."""
        self._go(*self.limits)

    def _snap(self, at: float) -> float:
        return round(at / self.step) * self.step

    def _held(self, left: float, right: float) -> tuple[float, float]:
        return max(self.limits[0], left), min(self.limits[1], right)

    def _go(self, left: float, right: float) -> None:
        span = self._held(left, right)
        if span == self.span:
            return
        self.span = span
        self.renew()
        self.spanned.emit(*span)

    # --- geometry and painting

    def plane(self) -> Plane:
        """Return the mapping from moments and values to pixels."""
        left, right = self.margins
        area = QRectF(
            left, 2, max(1, self.width() - left - right), self.height() - theme.px(FOOT) - 2
        )
        return Plane(area, *self.limits, *self.values)

    def moment_at(self, x: float) -> float:
        """Return the moment under a pixel column."""
        return self.plane().moment(x)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        plane = self.plane()
        area = plane.area
        left, right = (round(plane.x(at)) + 0.5 for at in self.span)
        shown = QRectF(left, area.top(), right - left, area.height())
        painter.fillRect(shown, theme.color("acc", 0.12))
        for line in self.lines:
            paint_line(painter, plane, line, 1.3)
        floor = area.bottom() + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(area.left(), floor), QPointF(area.right(), floor))
        self._paint_years(painter, plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for edge, x in zip(self.edges, (left, right), strict=True):
            self._paint_edge(painter, area, x, edge.hasFocus())

    def _paint_years(self, painter: QPainter, plane: Plane) -> None:
        painter.setFont(theme.font("cap"))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(theme.color("text3"))
        room = int(plane.area.width() / (metrics.horizontalAdvance("2000") * 1.8))
        for tick in time_ticks(*self.limits, room):
            if tick.month:
                continue
            words = str(month_of(tick.at).year)
            wide = metrics.horizontalAdvance(words)
            x = min(max(plane.x(tick.at) - wide / 2, 0), self.width() - wide)
            painter.drawText(QPointF(x, self.height() - 4), words)

    def _paint_edge(self, painter: QPainter, area: QRectF, x: float, focused: bool) -> None:
        accent = theme.color("acc")
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        grip = QRectF(x - 4, area.center().y() - 10, 8, 20)
        painter.setBrush(accent if focused else theme.color("page"))
        painter.setPen(QPen(accent, 1.5))
        painter.drawRoundedRect(grip, 4, 4)

    # --- the middle

    def mousePressEvent(self, event) -> None:
        """Begin to move the whole span; outside it, bring the nearer edge."""
        at = self.moment_at(event.position().x())
        if self.span[0] <= at <= self.span[1]:
            self._grabbed = at
            return
        first = at < self.span[0]
        self.edges[0 if first else 1].setFocus(Qt.FocusReason.MouseFocusReason)
        self.move_edge(first, at)

    def mouseMoveEvent(self, event) -> None:
        """Move the whole span with the mouse, in whole steps."""
        if self._grabbed is None:
            return
        by = self._snap(self.moment_at(event.position().x()) - self._grabbed)
        if by:
            before = self.span
            self.shift(by)
            self._grabbed += self.span[0] - before[0]

    def mouseReleaseEvent(self, _event) -> None:
        """Let go."""
        self._grabbed = None

    # --- Qt

    def dress(self) -> None:
        """Take the height of the present text size."""
        self.setFixedHeight(theme.px(78))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(78))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self.renew()
        super().changeEvent(event)
