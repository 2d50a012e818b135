"""The pipeline above the list: six stages with what is in each, soon due and over, to click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from db.vocab import ProposalStage
from gwangju_desktop.proposals.words import STAGES
from ui import theme
from ui.text import N_, NN_, say
from ui.widgets.parts import Align, Policy, row

HEIGHT, POINT, GAP = 52, 9, 6  # px at 100 % text size

OVER, SOON = NN_("{n} over", "{n} over"), NN_("{n} soon", "{n} soon")


class Step(QAbstractButton):
    """One stage as a chevron: its name over its number, what presses beside it."""

    def __init__(self, stage: str, first: bool, last: bool) -> None:
        super().__init__()
        self.stage, self.first, self.last = stage, first, last
        self.count = self.soon = self.over = 0
        self.hovered = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.renew()

    def show_counts(self, count: int, soon: int, over: int) -> None:
        """Show how many there are, how many of them are due soon and how many over."""
        self.count, self.soon, self.over = count, soon, over
        self.renew()

    def renew(self) -> None:
        """Say the present numbers in one sentence and paint them."""
        parts = [
            say(STAGES[self.stage]),
            say(NN_("{n:,} proposal", "{n:,} proposals"), n=self.count),
        ]
        if self.over:
            parts.append(say(OVER, n=self.over))
        if self.soon:
            parts.append(say(SOON, n=self.soon))
        self.setText(parts[0])
        self.setAccessibleName(", ".join(parts))
        self.setToolTip(", ".join(parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(72), theme.px(HEIGHT))

    def outline(self, area: QRectF) -> QPolygonF:
        """Return the chevron: the first begins and the last ends straight."""
        tip = theme.px(POINT)
        left, right, top, bottom = area.left(), area.right(), area.top(), area.bottom()
        middle = area.center().y()
        points = [QPointF(left, top)]
        if self.last:
            points += [QPointF(right, top), QPointF(right, bottom)]
        else:
            points += [
                QPointF(right - tip, top),
                QPointF(right, middle),
                QPointF(right - tip, bottom),
            ]
        points.append(QPointF(left, bottom))
        if not self.first:
            points.append(QPointF(left + tip, middle))
        return QPolygonF(points)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "sel" if on else "hover" if self.hovered else "inset"
        painter.setPen(QPen(theme.color("acc" if on else "line2"), 1.5 if on else 1))
        painter.setBrush(theme.color(ground))
        painter.drawPolygon(self.outline(area))
        self._words(painter, area, on)

    def _words(self, painter: QPainter, area: QRectF, on: bool) -> None:
        # Words stand off the point: it lies between the two lines.
        left, right = theme.px(16), theme.px(8 if self.last else 10)
        inside = area.adjusted(left, theme.px(5), -right, -theme.px(6))
        half = inside.height() / 2
        above = QRectF(inside.x(), inside.y(), inside.width() + theme.px(4), half)
        below = QRectF(inside.x(), inside.y() + half, inside.width(), half)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("acc" if on else "text2"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(above.width()))
        painter.drawText(above, Align.AlignLeft | Align.AlignVCenter, name)
        painter.setFont(theme.font("h2"))
        painter.setPen(theme.color("acc" if on else "text"))
        number = f"{self.count:,}"
        painter.drawText(below, Align.AlignLeft | Align.AlignVCenter, number)
        used = painter.fontMetrics().horizontalAdvance(number) + theme.px(4)
        self._pressing(painter, below.adjusted(used, 0, 0, 0))

    def _pressing(self, painter: QPainter, area: QRectF) -> None:
        """Write what is over, else what is soon; both where there is room."""
        painter.setFont(theme.font("capb"))
        metrics = painter.fontMetrics()
        room = area.width()
        for n, message, ink in ((self.over, OVER, "bad"), (self.soon, SOON, "warn")):
            if not n:
                continue
            words = say(message, n=n)
            width = metrics.horizontalAdvance(words)
            if width > room:
                continue
            painter.setPen(theme.color(ink))
            place = QRectF(area.x(), area.y(), room, area.height())
            painter.drawText(place, Align.AlignRight | Align.AlignVCenter, words)
            room -= width + theme.px(8)

    def enterEvent(self, event) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event) -> None:
        self.hovered = False
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.renew()
        super().changeEvent(event)


class Pipeline(QWidget):
    """The stages side by side: `chosen` tells the stage a person wants, "" for all."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        last = len(ProposalStage) - 1
        self.steps = [Step(stage.value, n == 0, n == last) for n, stage in enumerate(ProposalStage)]
        row(*((step, 1) for step in self.steps), gap=GAP, into=self)
        self.setAccessibleName(say(N_("Stages")))
        for step in self.steps:
            step.clicked.connect(self.on_clicked)

    @property
    def stage(self) -> str:
        """Return the stage that is chosen, "" for all."""
        return next((step.stage for step in self.steps if step.isChecked()), "")

    def show_counts(self, counts) -> None:
        """Show StageCounts; a stage that is not among them is empty."""
        found = {one.stage: one for one in counts}
        for step in self.steps:
            one = found.get(step.stage)
            step.show_counts(*((one.count, one.soon, one.over) if one else (0, 0, 0)))

    def choose(self, stage: str) -> None:
        """Choose a stage without telling anyone."""
        for step in self.steps:
            step.setChecked(step.stage == stage)

    def pick(self, n: int) -> None:
        """Choose the stage at `n` as a click does; 0 is all."""
        self.choose(self.steps[n - 1].stage if n else "")
        self.chosen.emit(self.stage)

    def on_clicked(self) -> None:
        step = self.sender()
        self.choose(step.stage if step.isChecked() else "")
        self.chosen.emit(self.stage)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(N_("Stages")))
        super().changeEvent(event)
