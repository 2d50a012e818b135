"""The timeline on screen: rows that scroll under their months, walked through by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from ui import theme
from ui.commitments.timeline_drawing import (
    HEAD,
    ROW,
    Bar,
    Span,
    draw_ground,
    draw_head,
    draw_row,
    told,
)
from ui.text import say, tip
from ui.widgets.painted import Painted
from ui.widgets.parts import Policy, column

Key = Qt.Key


class Months(Painted):
    """The years and months over the rows."""

    def __init__(self) -> None:
        self.span: Span | None = None
        self.beside = 0  # px of the rows' scroll bar
        super().__init__(HEAD)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.span is not None:
            draw_head(painter, area.adjusted(0, 0, -self.beside, 0), self.span)


class Rows(QAbstractScrollArea):
    """The rows; only those on screen are drawn."""

    moved = Signal(int)
    opened = Signal(int)
    resized = Signal(int)  # px that a scroll bar takes beside the rows

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.span: Span | None = None
        self.current = -1
        self.hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def show_bars(self, bars: tuple[Bar, ...], span: Span | None) -> None:
        """Show other rows; the one in front stays where it still is."""
        held = self.bars[self.current] if 0 <= self.current < len(self.bars) else None
        self.bars, self.span = bars, span
        keys = [(bar.table, bar.id) for bar in bars]
        key = (held.table, held.id) if held else None
        self.current = keys.index(key) if key in keys else (0 if bars else -1)
        self.measure()
        self.tell()
        self.viewport().update()

    def measure(self) -> None:
        """Fit the scroll bar to the rows."""
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(theme.px(ROW))
        bar.setRange(0, max(0, len(self.bars) * theme.px(ROW) - self.viewport().height()))

    def tell(self) -> None:
        """Say the row in front to who does not see it."""
        if 0 <= self.current < len(self.bars) and self.span is not None:
            self.setAccessibleDescription(told(self.bars[self.current], self.span.today))

    def choose(self, n: int) -> None:
        """Put a row in front and bring it into view."""
        if not self.bars:
            return
        self.current = max(0, min(len(self.bars) - 1, n))
        high, bar = theme.px(ROW), self.verticalScrollBar()
        top = self.current * high
        if top < bar.value():
            bar.setValue(top)
        elif top + high > bar.value() + self.viewport().height():
            bar.setValue(top + high - self.viewport().height())
        self.tell()
        self.viewport().update()
        self.moved.emit(self.current)

    def at(self, y: float) -> int:
        """Return the number of the row at a height of the viewport; -1 for none."""
        n = int((y + self.verticalScrollBar().value()) // theme.px(ROW))
        return n if 0 <= n < len(self.bars) else -1

    # --- events
    def paintEvent(self, event) -> None:
        if self.span is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, top = theme.px(ROW), self.verticalScrollBar().value()
        wide = self.viewport().width()
        first = max(0, (event.rect().top() + top) // high)
        last = min(len(self.bars) - 1, (event.rect().bottom() + top) // high)
        for n in range(first, last + 1):
            area = QRectF(0, n * high - top, wide, high)
            if n == self.current:
                lit = self.isActiveWindow()
                painter.fillRect(area, theme.color("sel" if lit else "selIn"))
                painter.fillRect(QRectF(0, area.y(), 3, high), theme.color("acc"))
            elif n == self.hovered:
                painter.fillRect(area, theme.color("hover"))
        body = QRectF(0, -top, wide, max(self.viewport().height() + top, len(self.bars) * high))
        draw_ground(painter, body, self.span)
        for n in range(first, last + 1):
            draw_row(painter, QRectF(0, n * high - top, wide, high), self.bars[n], self.span)

    def keyPressEvent(self, event) -> None:
        page = max(1, self.viewport().height() // theme.px(ROW) - 1)
        steps = {
            Key.Key_Up: self.current - 1,
            Key.Key_Down: self.current + 1,
            Key.Key_PageUp: self.current - page,
            Key.Key_PageDown: self.current + page,
            Key.Key_Home: 0,
            Key.Key_End: len(self.bars) - 1,
        }
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in steps and plain:
            self.choose(steps[event.key()])
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:
        n = self.at(event.position().y())
        if n >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(n)

    def mouseDoubleClickEvent(self, event) -> None:
        n = self.at(event.position().y())
        if n >= 0:
            self.opened.emit(n)

    def mouseMoveEvent(self, event) -> None:
        n = self.at(event.position().y())
        if n != self.hovered:
            self.hovered = n
            self.viewport().update()

    def viewportEvent(self, event) -> bool:
        if event.type() == QEvent.Type.ToolTip and self.span is not None:
            n = self.at(QPointF(event.pos()).y())
            words = told(self.bars[n], self.span.today) if n >= 0 else ""
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self.hovered = -1
            self.viewport().update()
        return super().viewportEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.measure()
        self.resized.emit(self.width() - self.viewport().width())

    def changeEvent(self, event) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ActivationChange):
            self.measure()
            self.viewport().update()
        super().changeEvent(event)


class TimelineView(QFrame):
    """Months over rows; `chosen(n)` when another row comes in front, `opened(n)` on Enter."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, name) -> None:
        super().__init__()
        self._name = name
        self.months, self.rows = Months(), Rows()
        self.rows.moved.connect(self.chosen)
        self.rows.resized.connect(self.on_resized)
        self.rows.opened.connect(self.opened)
        self.setFocusProxy(self.rows)
        self.rows.setAccessibleName(say(name))
        column(self.months, (self.rows, 1), gap=0, into=self)

    def show_bars(self, bars: tuple[Bar, ...], span: Span | None) -> None:
        """Show other rows."""
        self.months.span = span
        self.months.update()
        self.rows.show_bars(bars, span)

    def on_resized(self, beside: int) -> None:
        """Keep the months over their days where a scroll bar takes room."""
        self.months.beside = beside
        self.months.update()

    def changeEvent(self, event) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.rows.setAccessibleName(say(self._name))
        super().changeEvent(event)
