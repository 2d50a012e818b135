"""Stacked bars: how each group, or each row of a grid, divides among the options."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter

from gwangju_desktop.polls.cells import HIDDEN
from ui import theme
from ui.polls.shown import percent
from ui.text import C_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

LINE, BAR = 34, 22
LABEL_SHARE, LABEL_MOST, FIGURE = 0.26, 200, 84
LEGEND = 24
# The ink of each option in order, and that of words on it.
INKS = (
    ("d1", "accOn"),
    ("d2", "accOn"),
    ("d3", "accOn"),
    ("d4", "accOn"),
    ("d5", "accOn"),
    ("accLine", "text"),
    ("dTgt", "page"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, what stands at its end, and the percentages by option (None = hidden)."""

    label: str
    figure: str
    parts: dict[str, float | None]
    ink: str = "text2"


class StackedBars(Painted):
    """Bars of equal length under a legend; a part that is hidden is hatched and has a star."""

    def __init__(self) -> None:
        self.bars: tuple[Bar, ...] = ()
        self.options: tuple[tuple[str, str], ...] = ()
        self._legend_lines = 1
        super().__init__(LINE)

    def show_bars(self, bars, options) -> None:
        """Show bars of these (code, label) options."""
        self.bars, self.options = tuple(bars), tuple(options)
        self._fit()
        self.renew()

    def sentence(self) -> str:
        named = dict(self.options)
        words = C_("poll bars", "{bar} ({figure}): {shares}")
        return "; ".join(
            say(
                words,
                bar=bar.label,
                figure=bar.figure,
                shares=", ".join(
                    f"{named[code]} {HIDDEN if value is None else percent(value)}"
                    for code, value in bar.parts.items()
                    if code in named
                ),
            )
            for bar in self.bars
        )

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height of the legend's lines and the bars."""
        lines = 1 + max((place[0] for place in self._places()), default=0)
        height = LEGEND * lines + LINE * max(1, len(self.bars)) + 6
        if height != self._height or lines != self._legend_lines:
            self._height, self._legend_lines = height, lines
            self.dress()

    def _places(self) -> list[tuple[int, float, str]]:
        """Return the line, the left edge and the words of each entry of the legend."""
        metrics = QFontMetricsF(theme.font("cap"))
        room, found, line, x = max(200.0, float(self.width())), [], 0, 0.0
        for _code, label in self.options:
            short = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room * 0.46)
            wide = metrics.horizontalAdvance(short) + theme.px(16) + theme.px(14)
            if x + wide > room and x > 0:
                line, x = line + 1, 0.0
            found.append((line, x, short))
            x += wide
        return found

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.bars:
            return
        self._legend(painter)
        top = theme.px(LEGEND) * self._legend_lines
        labels = min(area.width() * LABEL_SHARE, theme.px(LABEL_MOST))
        room = area.width() - labels - theme.px(FIGURE)
        for n, bar in enumerate(self.bars):
            line = QRectF(0, top + n * theme.px(LINE), area.width(), theme.px(LINE))
            painter.setFont(theme.font("sec"))
            painter.setPen(theme.color("text"))
            short = painter.fontMetrics().elidedText(
                bar.label, Qt.TextElideMode.ElideRight, int(labels - theme.px(10))
            )
            painter.drawText(line, Align.AlignLeft | Align.AlignVCenter, short)
            self._bar(painter, line, labels, room, bar)
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color(bar.ink))
            painter.drawText(line, Align.AlignRight | Align.AlignVCenter, bar.figure)

    def _legend(self, q: QPainter) -> None:
        q.setFont(theme.font("cap"))
        for n, (line, x, words) in enumerate(self._places()):
            top = line * theme.px(LEGEND)
            side = theme.px(10)
            box = QRectF(x, top + (theme.px(LEGEND) - side) / 2, side, side)
            self._fill(q, box, n)
            q.setPen(theme.color("text2"))
            place = QRectF(x + theme.px(16), top, 600, theme.px(LEGEND))
            q.drawText(place, Align.AlignLeft | Align.AlignVCenter, words)

    def _fill(self, q: QPainter, box: QRectF, n: int) -> str:
        """Paint a part in the ink of the n-th option; return the ink of words on it."""
        ink, words = INKS[n % len(INKS)]
        q.fillRect(box, theme.color(ink))
        if n >= len(INKS):
            q.fillRect(box, QBrush(theme.color("page"), Qt.BrushStyle.BDiagPattern))
        return words

    def _bar(self, q: QPainter, line: QRectF, left: float, room: float, bar: Bar) -> None:
        high = theme.px(BAR)
        box = QRectF(left, line.center().y() - high / 2, 0, high)
        q.setFont(theme.font("capb"))
        metrics = QFontMetricsF(q.font())
        drawn = 0.0
        for n, (code, _label) in enumerate(self.options):
            value = bar.parts.get(code)
            if not value:
                continue
            box.setWidth(max(1.0, room * value / 100 - 1))
            ink = self._fill(q, box, n)
            words = f"{value:.0f}"
            if metrics.horizontalAdvance(words) + 4 <= box.width():
                q.setPen(theme.color(ink))
                q.drawText(box, Align.AlignCenter, words)
            box.moveLeft(box.left() + room * value / 100)
            drawn += value
        if any(bar.parts.get(code, 0.0) is None for code, _label in self.options):
            box.setWidth(max(1.0, left + room - box.left()))
            q.fillRect(box, QBrush(theme.color("field"), Qt.BrushStyle.BDiagPattern))
            if box.width() > 14:
                q.setPen(theme.color("text"))
                q.drawText(box, Align.AlignCenter, HIDDEN)
