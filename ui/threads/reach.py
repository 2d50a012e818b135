"""How far the voices of a period reached: each figure with its base, its share and a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.text import N_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

HEIGHT, BAR, GAP = 44, 6, 28


class ReachStrip(Painted):
    """The figures of a Coverage beside each other."""

    def __init__(self) -> None:
        self.coverage = None
        super().__init__(HEIGHT)

    def show_coverage(self, coverage) -> None:
        """Show the figures of a period."""
        self.coverage = coverage
        self.renew()

    def sentence(self) -> str:
        if self.coverage is None:
            return ""
        return ", ".join(f"{say(one.label)} {_figure(one)}" for one in self.coverage.reached)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.coverage is None:
            return
        reached = self.coverage.reached
        gap = theme.px(GAP)
        wide = (area.width() - gap * (len(reached) - 1)) / len(reached)
        for n, one in enumerate(reached):
            self._one(painter, QRectF(n * (wide + gap), 0, wide, area.height()), one)

    def _one(self, painter: QPainter, area: QRectF, one) -> None:
        words = QRectF(area.x(), 0, area.width(), theme.px(26))
        painter.setFont(theme.font("sec"))
        painter.setPen(theme.color("text2"))
        painter.drawText(words, Align.AlignLeft | Align.AlignVCenter, say(one.label))
        painter.setFont(theme.font("secb"))
        painter.setPen(theme.color("text"))
        painter.drawText(words, Align.AlignRight | Align.AlignVCenter, _figure(one))
        bar = QRectF(area.x(), theme.px(30), area.width(), theme.px(BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(bar, 3, 3)
        if one.n and one.base:
            bar.setWidth(max(theme.px(BAR), bar.width() * one.n / one.base))
            painter.setBrush(theme.color("acc"))
            painter.drawRoundedRect(bar, 3, 3)


def _figure(one) -> str:
    """Return a figure with its base: 12 of 58 (20.7%)."""
    if one.share is None:
        return "–"
    return say(
        N_("{n:,} of {base:,} ({share:.1f}%)"), n=one.n, base=one.base, share=one.share * 100
    )
