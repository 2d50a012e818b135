"""The history of a proposal on one line, newest first: steps, opinions, notices, replies, links."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.proposals.days import near
from ui.text import day, say, tip
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, advance, column

ROW, BARE, DISC, LEFT = 52, 36, 22, 34  # px at 100 % text size
INKS = {"neu": "text2"}  # tones that are no inks themselves
MIDDLE = Align.AlignVCenter


class Line(Painted):
    """One event: its icon on the line, what happened, when, and what was said."""

    def __init__(self) -> None:
        self.told = None
        self.last = False
        self.open = False
        super().__init__(ROW)

    def show_event(self, event, last: bool) -> None:
        """Show an Event; the last one ends the line."""
        self.told, self.last, self.open = event, last, False
        self.dress()
        self.renew()

    def dress(self) -> None:
        if self.told is None or not self.open:
            self._height = ROW if self.told is None or self.detail() else BARE
            super().dress()
            return
        metrics = QFontMetrics(theme.font("cap"))
        lines = metrics.boundingRect(
            0, 0, self._room(), 10_000, Qt.TextFlag.TextWordWrap, self.detail()
        )
        self.setFixedHeight(max(theme.px(ROW), theme.px(36) + lines.height()))

    def detail(self) -> str:
        """Return what was written."""
        return self.told.detail

    def title(self) -> str:
        """Return what happened, in the present language."""
        return say(self.told.title, **self.told.values)

    def when(self) -> str:
        """Return the day, with the time where it was entered on that day."""
        hour = f" {self.told.at:%H:%M}" if self.told.at is not None else ""
        return f"{near(self.told.on_day)}{hour}"

    def sentence(self) -> str:
        if self.told is None:
            return ""
        parts = (day(self.told.on_day, "full"), self.title(), self.detail())
        return ", ".join(part for part in parts if part)

    def renew(self) -> None:
        super().renew()
        words = self.detail() if self.told is not None else ""
        self.setToolTip(tip(words) if self._cut(words) else "")
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._cut(words) else Qt.CursorShape.ArrowCursor
        )

    def _room(self) -> int:
        return max(40, self.width() - theme.px(LEFT))

    def _cut(self, words: str) -> bool:
        return bool(words) and ("\n" in words or advance("cap", words) > self._room())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self.told is not None:
            self.renew()

    def mouseReleaseEvent(self, event) -> None:
        """Unfold what was said, or fold it again."""
        if event.button() == Qt.MouseButton.LeftButton and self._cut(self.detail()):
            self.open = not self.open
            self.dress()
            self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.told is None:
            return
        disc = theme.px(DISC)
        middle = QPointF(disc / 2 + 0.5, disc / 2 + theme.px(3))
        if not self.last:
            painter.setPen(QPen(theme.color("line2"), 1.5))
            painter.drawLine(
                QPointF(middle.x(), middle.y() + disc / 2), QPointF(middle.x(), area.height())
            )
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawEllipse(middle, disc / 2, disc / 2)
        ink = INKS.get(self.told.tone, self.told.tone)
        side = theme.px(14)
        painter.drawPixmap(
            QPointF(middle.x() - side / 2, middle.y() - side / 2),
            theme.pixmap(self.told.icon, ink, 14),
        )
        self._words(painter, area)

    def _words(self, painter: QPainter, area: QRectF) -> None:
        left, line = theme.px(LEFT), theme.px(18)
        top = QRectF(left, theme.px(2), area.width() - left, line)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        when = self.when()
        painter.drawText(top, Align.AlignRight | MIDDLE, when)
        room = top.width() - painter.fontMetrics().horizontalAdvance(when) - theme.px(8)
        painter.setFont(theme.font("secb"))
        painter.setPen(theme.color("text"))
        title = painter.fontMetrics().elidedText(
            self.title(), Qt.TextElideMode.ElideRight, int(room)
        )
        painter.drawText(top, Align.AlignLeft | MIDDLE, title)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        below = QRectF(left, theme.px(21), area.width() - left, area.height() - theme.px(21))
        if self.open:
            painter.drawText(below, int(Qt.TextFlag.TextWordWrap), self.detail())
            return
        words = painter.fontMetrics().elidedText(
            self.detail().replace("\n", " "), Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(
            QRectF(below.x(), below.y(), below.width(), line), Align.AlignLeft | MIDDLE, words
        )


class Timeline(QWidget):
    """Events under each other; only the newest few until all are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.events: tuple = ()
        self.most = 0
        self.lines: list[Line] = []
        column(gap=0, into=self)

    def show_events(self, events, most: int = 0) -> None:
        """Show Events, newest first; `most` of them, 0 all."""
        self.events, self.most = tuple(events), most
        shown = self.events[:most] if most else self.events
        while len(self.lines) < len(shown):
            line = Line()
            self.lines.append(line)
            self.layout().addWidget(line)
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(shown))
            if n < len(shown):
                line.show_event(shown[n], n == len(shown) - 1)

    @property
    def folded(self) -> int:
        """Return how many events are not shown."""
        return max(0, len(self.events) - self.most) if self.most else 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for line in self.lines:
                line.renew()
        super().changeEvent(event)
