"""The thread at a glance: its kinds on one line from left to right, what is there, what is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gwangju_desktop.threads.lines import span
from gwangju_desktop.threads.nouns import NOUNS
from ui import theme
from ui.text import NN_, say, words
from ui.threads import look
from ui.widgets.parts import Align, Policy, around, row

HEIGHT, DISC = 76, 22  # px at 100 % text size
OPEN = NN_("{n} open", "{n} open")


class Stage(QAbstractButton):
    """One kind: a disc on the line, its name and count, its days, how many ends are open."""

    def __init__(self, kind: str, last: bool) -> None:
        super().__init__()
        self.kind, self.last = kind, last
        self.nodes: list = []
        self.onward = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.renew()

    def show_nodes(self, nodes: list, onward: bool) -> None:
        """Show the nodes of the kind; `onward` says that the line goes on to a later kind."""
        self.nodes, self.onward = nodes, onward
        self.setEnabled(bool(nodes))
        self.setCursor(Qt.CursorShape.PointingHandCursor if nodes else Qt.CursorShape.ArrowCursor)
        self.renew()

    @property
    def open(self) -> tuple[int, str]:
        """Return how many ends are open, and the ink of the worst."""
        tones = [node.open_end.tone for node in self.nodes if node.open_end is not None]
        worst = next((tone for tone in ("bad", "warn") if tone in tones), "neu")
        return len(tones), look.INKS[worst]

    def days(self) -> str:
        """Return the first and the last day of the nodes."""
        held = sorted(node.day for node in self.nodes if node.day is not None)
        if not held:
            return ""
        return span(held[0], held[-1], words())

    def renew(self) -> None:
        """Say the present numbers in one sentence and paint them."""
        open_ends, _ink = self.open
        parts = [say(look.label(self.kind)), say(look.COUNT, n=len(self.nodes)), self.days()]
        if open_ends:
            parts.append(say(OPEN, n=open_ends))
        self.setText(parts[0])
        said = ", ".join(filter(None, parts))
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(110), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(84), theme.px(HEIGHT))

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(theme.px(4), theme.px(4), theme.px(DISC), theme.px(DISC))
        self._line(painter, disc)
        there = bool(self.nodes)
        ink = self.open[1]
        pressing = ink != look.INKS["neu"]
        edge = (ink if pressing else "acc") if there else "line2"
        painter.setPen(QPen(theme.color(edge), 1.6))
        painter.setBrush(theme.color("accSoft" if there and not pressing else "page"))
        painter.drawEllipse(disc)
        picture = theme.pixmap(look.ICONS[self.kind], edge if there else "text3", 13)
        corner = disc.center() - QPointF(theme.px(13) / 2, theme.px(13) / 2)
        painter.drawPixmap(corner, picture)
        self._words(painter, disc.bottom() + theme.px(4), there)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("acc"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(around(disc.toRect(), 2)))

    def _line(self, painter: QPainter, disc: QRectF) -> None:
        """Draw the line to the next kind: whole where the thread goes on, else dashed."""
        if self.last:
            return
        y = disc.center().y()
        dashes = Qt.PenStyle.SolidLine if self.onward else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("acc" if self.onward else "line2"), 1.6, dashes))
        # Over the edge into the next one, whose disc begins a little after it.
        painter.drawLine(QPointF(disc.right() + 3, y), QPointF(self.width() + theme.px(1), y))

    def _words(self, painter: QPainter, top: float, there: bool) -> None:
        left, wide = theme.px(4), self.width() - theme.px(10)
        high = theme.px(17)
        painter.setFont(theme.font("secb" if there else "sec"))
        painter.setPen(theme.color("text" if there else "text3"))
        name = f"{self.text()} {len(self.nodes):,}" if there else self.text()
        metrics = painter.fontMetrics()
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(wide))
        painter.drawText(QRectF(left, top, wide, high), Align.AlignLeft | Align.AlignVCenter, short)
        open_ends, ink = self.open
        if open_ends:
            said = say(OPEN, n=open_ends)
            used = metrics.horizontalAdvance(short) + theme.px(6)
            painter.setFont(theme.font("capb"))
            if used + painter.fontMetrics().horizontalAdvance(said) <= wide:
                painter.setPen(theme.color(ink))
                place = QRectF(left + used, top, wide - used, high)
                painter.drawText(place, Align.AlignLeft | Align.AlignVCenter, said)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2" if there else "text3"))
        days = self.days() if there else "–"
        short = painter.fontMetrics().elidedText(days, Qt.TextElideMode.ElideRight, int(wide))
        below = QRectF(left, top + high + theme.px(1), wide, high)
        painter.drawText(below, Align.AlignLeft | Align.AlignVCenter, short)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.renew()
            self.updateGeometry()
        super().changeEvent(event)


class Stages(QWidget):
    """All kinds in their order; `chosen(kind)` when one of them is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        last = NOUNS[-1].key
        self.stages = [Stage(noun.key, noun.key == last) for noun in NOUNS]
        for stage in self.stages:
            stage.clicked.connect(self.on_clicked)
        row(*((stage, 1) for stage in self.stages), gap=0, into=self)

    def show_nodes(self, nodes) -> None:
        """Show the nodes of a thread."""
        by_kind: dict[str, list] = {}
        for node in nodes:
            by_kind.setdefault(node.kind, []).append(node)
        there = [stage.kind in by_kind for stage in self.stages]
        for n, stage in enumerate(self.stages):
            onward = any(there[: n + 1]) and any(there[n + 1 :])
            stage.show_nodes(by_kind.get(stage.kind, []), onward)

    def on_clicked(self) -> None:
        self.chosen.emit(self.sender().kind)
