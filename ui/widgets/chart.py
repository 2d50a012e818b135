"""A chart of a few lines over time: pyqtgraph fed by a min/max pyramid, words painted beside it.

This module is loaded on demand: it and its field are the only ones that import pyqtgraph. What does
not change while the range moves is laid out once, because a whole zoomed frame costs half a
millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QGraphicsView

from ui import theme
from ui.text import C_, Msg, day, say
from ui.widgets import chart_axes as axes
from ui.widgets.chart_cursor import Cursor
from ui.widgets.chart_field import Field
from ui.widgets.chart_labels import Wanted, place
from ui.widgets.chart_lines import Event, Line, Side, Text
from ui.widgets.chart_reading import Reading, paint_reading
from ui.widgets.chart_scale import (
    hour_of,
    month_of,
    tick_word,
    value_range,
    value_ticks,
)
from ui.widgets.chart_words import laid

RING = np.array([(dx, dy) for dx in (-5, 0, 5) for dy in (-5, 0, 5)], dtype=float)


def period_words(at: float, monthly: bool, hourly: bool = False) -> str:
    """Name a moment of the time axis: 2021년, 2021. 3. or 2021. 3. 1. 13시."""
    if hourly:
        date, hour = hour_of(at)
        return say(C_("hour of a day", "{day} {hour}:00"), day=day(date, "full"), hour=hour)
    if monthly:
        return day(month_of(at), "month")
    return say(C_("period", "{year}"), year=month_of(at).year)


def _said(words: Text | Msg) -> str:
    return str(words) if isinstance(words, Text) else say(words)


class Chart(Cursor, pg.GraphicsView):
    """Lines over fixed ticks, read with ←→ or the mouse; its colours follow the scheme.

    `read` is emitted with the sentence under the reading cursor, empty when it goes.
    """

    read = Signal(str)

    def __init__(self, title: Text | Msg) -> None:
        super().__init__(background=None)
        self.title, self.unit = title, Text("")
        self.lines: list[Line] = []
        self.events: Sequence[Event] = ()
        self.side: Side | None = None
        self.monthly = self.hourly = False
        self.today: float | None = None
        self.limits = (0.0, 1.0)
        self.values = (0.0, 1.0)
        self.cursor: float | None = None
        self.density = 0.0  # pixels a logical one, where it is not the screen's that counts
        self.steps: list[float] = []
        self._stops: np.ndarray | None = None
        self._laid: list[tuple[QRectF, str, str]] | None = None
        # What stays while the range moves: the field, the grid and the words of the value axis.
        self._box = QRectF()
        self.frame = axes.Frame()
        self.viewport().setAutoFillBackground(False)
        # Kept, the grid would stay where it was while the lines move.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(200, 190)
        # Each range asks for its own repaint: told by the items, it would be painted twice.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.plane = Field()
        self.addItem(self.plane)

    # --- what is shown

    def show_lines(
        self,
        lines: list[Line],
        *,
        unit: Text,
        monthly: bool = False,
        hourly: bool = False,
        today: float | None = None,
        limits: tuple[float, float] | None = None,
        from_zero: bool = True,
        events: Sequence[Event] = (),
        side: Side | None = None,
        values: tuple[float, float] | None = None,
    ) -> None:
        """Draw these lines; the value axis is fixed here, so that later frames scan no data.

        `side` is a second scale at the right, `values` the lowest and highest where the lines
        alone do not tell.
        """
        self.lines, self.unit, self.monthly, self.today = lines, unit, monthly, today
        self.events, self.side, self.hourly = events, side, hourly
        self._stops, self.cursor = None, None
        bounds = [line.whole.bounds for line in lines if line.whole.bounds]
        low, high = values or (
            min((b[0] for b in bounds), default=0.0),
            max((b[1] for b in bounds), default=1.0),
        )
        self.steps = value_ticks(*value_range(low, high, from_zero=from_zero))
        self.values = self.steps[0], self.steps[-1]
        self.limits = limits or self.extent()
        self._build()
        self._announce()

    def extent(self) -> tuple[float, float]:
        """Return the first and last moment of all lines, with a little room on both sides."""
        held = [line.x for line in self.lines if len(line.x)]
        if not held:
            return 0.0, 12.0
        left, right = min(float(x[0]) for x in held), max(float(x[-1]) for x in held)
        room = 0.04 if self.hourly else 0.6 if self.monthly else 6.0
        return left - room, right + room

    def show_range(self, left: float, right: float) -> None:
        """Show the time between two moments."""
        self.limits = left, right
        self._feed()

    def _build(self) -> None:
        """Make the curves with the inks of the scheme and lay everything out again."""
        self.plane.show_lines(self.lines, self.density or self.devicePixelRatioF())
        self._set_margins()
        self._feed()

    def _set_margins(self) -> None:
        """Lay out the field between the axis words, in whole pixels."""
        words = [laid(tick_word(value, self.steps)) for value in self.steps]
        widest = max((word.wide for word in words), default=20)
        line = round(QFontMetricsF(theme.font("cap")).height())
        left = max(theme.px(34), round(widest) + theme.px(10))
        top, right, foot = line + theme.px(10), theme.px(10), theme.px(24)
        others = axes.side_words(self)
        if others:
            right = round(max(word.wide for word in others)) + theme.px(12)
        wide, high = self.width() - left - right, self.height() - top - foot
        self._box = QRectF(left, top, max(1, wide), max(1, high))
        self.frame = axes.Frame.of(self, words, others, QFontMetrics(theme.font("cap")))

    def _feed(self) -> None:
        """Feed each curve what is visible, from the pyramid."""
        self.plane.show_plane(self._box, self.limits, self.values, max(100, self.width()))
        self._laid = None
        self.frame.said = axes.event_words(self) if self.events else []
        self.viewport().update()

    # --- where things are, in pixels

    def field(self) -> QRectF:
        """Return the rectangle the lines are drawn in."""
        return self._box

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where a moment and a value are drawn."""
        box = self.field()
        left, right = self.limits
        low, high = self.values
        return QPointF(
            box.left() + (x - left) / ((right - left) or 1) * box.width(),
            box.bottom() - (y - low) / ((high - low) or 1) * box.height(),
        )

    def ink(self) -> np.ndarray:
        """Return points along the drawn lines every few pixels, for labels to keep clear of."""
        box = self.field()
        left, right = self.limits
        low, high = self.values
        along = np.linspace(left, right, max(2, int(box.width() / 4)))
        found = [np.empty((0, 2))]
        for line in self.lines:
            # A mark is wider than its middle, and one that is hidden costs more than a bit of line.
            spots = [*line.open_points, *line.lone_points, *((p.x, p.y) for p in line.points)]
            places = [self.place_of(*spot) for spot in spots]
            found += [RING + np.array((at.x(), at.y())) for at in places]
            x, y = self.plane.fed(line.whole) or line.whole.window(left, right, len(along) * 2)
            held = ~np.isnan(y)
            if not held.any():
                continue
            inside = (along >= x[held][0]) & (along <= x[held][-1])
            height = np.interp(along[inside], x[held], y[held])
            found.append(
                np.column_stack(
                    [
                        box.left() + (along[inside] - left) / (right - left) * box.width(),
                        box.bottom() - (height - low) / (high - low) * box.height(),
                    ]
                )
            )
        return np.concatenate(found)

    def _busy(self) -> np.ndarray:
        """Return the lines' ink and the labels' middles, for the reading to keep clear of."""
        labels = [(box.center().x(), box.center().y()) for box, _t, _i in self._laid or []]
        # A hidden label costs more than a few points of a line.
        return np.concatenate([self.ink(), *([np.array(labels)] * 20 if labels else [])])

    def _lay(self) -> list[tuple[QRectF, str, str]]:
        """Return the direct labels: where, the words, the ink; none covers another."""
        metrics = QFontMetricsF(theme.font("capb"))
        asked: list[tuple[Wanted, str, str]] = []

        def ask(x: float, y: float, words: object, ink: str, firm: bool) -> None:
            if not self.limits[0] <= x <= self.limits[1]:
                return
            text = _said(words)
            size = QSizeF(metrics.horizontalAdvance(text) + 6, metrics.height() + 2)
            asked.append((Wanted(self.place_of(x, y), size, firm), text, ink))

        for line in self.lines:
            last = line.last
            if line.end is not None and last is not None:
                ask(last.x, last.y, line.end, line.ink, True)
        for line in self.lines:
            for point in (*reversed(line.points), *line.notes):
                if point.label is not None:
                    ask(point.x, point.y, point.label, "text2", False)
        if not asked:
            return []
        taken = [box for box, _words, _layout in self.frame.said]
        boxes = place([wanted for wanted, _t, _i in asked], self.field(), self.ink(), taken)
        return [
            (box, text, ink)
            for box, (_wanted, text, ink) in zip(boxes, asked, strict=True)
            if box is not None
        ]

    # --- painting

    def drawBackground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint grid, axis words, events and the line of today under the curves."""
        if not self.lines:
            return
        axes.paint_values(painter, self)
        axes.paint_times(painter, self)
        if self.events:
            axes.paint_events(painter, self)
        if self.today is not None and self.limits[0] <= self.today <= self.limits[1]:
            axes.paint_today(painter, self, self.today)
        # A picture's painter goes on to the curves as it is left here; they are not filled.
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint marks, direct labels and the reading cursor over the curves."""
        if not self.lines:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            axes.paint_marks(painter, self, line)
        if self.events:
            axes.paint_event_words(painter, self)
        if self._laid is None:
            self._laid = self._lay()
        painter.setFont(theme.font("capb"))
        for box, words, ink in self._laid:
            painter.fillRect(box.adjusted(0, 1, 0, -1), theme.color("page", 0.82))
            painter.setPen(theme.color(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if self.cursor is not None:
            reading = self.reading()
            if reading is not None:
                paint_reading(painter, self, reading, self._busy())

    # --- reading

    def reading(self) -> Reading | None:
        """Return what the cursor stands on."""
        if self.cursor is None:
            return None
        span = self.values[1] - self.values[0]
        digits = 2 if span < 50 else 1 if span < 500 else 0
        return Reading.of(self, period_words(self.cursor, self.monthly, self.hourly), digits)

    def move_cursor(self, at: float | None) -> None:
        """Put the reading cursor on a moment, or take it away; its sentence is announced."""
        if at == self.cursor:
            return
        self.cursor = at
        self._announce()
        self.viewport().update()

    def _announce(self) -> None:
        reading = self.reading()
        sentence = reading.sentence() if reading else ""
        title = _said(self.title)
        self.setAccessibleName(title if not sentence else f"{title}: {sentence}")
        self.setAccessibleDescription(self.summary())
        self.read.emit(sentence)

    def summary(self) -> str:
        """Say in one sentence what the labels beside the lines say."""
        said = []
        for line in self.lines:
            said += [str(line.end)] if line.end is not None else []
            said += [_said(point.label) for point in line.points if point.label is not None]
        said += [_said(event.words) for event in self.events]
        return "; ".join(said)

    # --- out of the program

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint what is shown as large as an area, for a picture; without the reading cursor."""
        size = area.size().toSize()
        twin = Chart(self.title)
        twin.density = painter.device().devicePixelRatioF()
        twin.resize(size)
        twin.show_lines(
            self.lines,
            unit=self.unit,
            monthly=self.monthly,
            hourly=self.hourly,
            today=self.today,
            limits=self.limits,
            events=self.events,
            side=self.side,
            values=self.values,
        )
        twin.render(painter, area, QRect(QPoint(0, 0), size))
        twin.close()

    # --- Qt

    def paintEvent(self, event) -> None:
        """Paint without asking pyqtgraph's scene to prepare: it has nothing that waits for that."""
        QGraphicsView.paintEvent(self, event)

    def close(self) -> bool:
        """Close as any widget does: pyqtgraph's own close clears the scene under living wrappers."""
        return QGraphicsView.close(self)

    def resizeEvent(self, event) -> None:
        """Lay the field out anew and feed the curves: another width, other pixels."""
        super().resizeEvent(event)
        if hasattr(self, "plane"):
            self._set_margins()
            self._feed()

    def sizeHint(self) -> QSize:
        """Return a size that leaves room for the labels."""
        return QSize(theme.px(640), theme.px(300))

    def changeEvent(self, event) -> None:
        """Take inks, fonts and words again when the scheme, text size or language changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange) and self.lines:
            self._build()
            self._announce()
