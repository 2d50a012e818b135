"""Pictures of proposals in figures: bars by month, and bars of one breakdown."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.text import C_, N_, Msg, day, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

LINE = 30  # px of a bar's line
LABEL_SHARE, LABEL_MOST, FIGURES_WIDTH = 0.30, 170, 150
MONTHS_HEIGHT, WORDS_BELOW = 168, 22
BAR_MOST, BAR_SHARE = 30, 0.62
MARK = "*"  # stands beside what is not for publication
# What became of those of a month, from the bottom up.
SHARES: tuple[tuple[str, Msg], ...] = (
    ("d1", C_("proposal figures", "Adopted")),
    ("d3", C_("proposal figures", "Not adopted")),
    ("accLine", C_("proposal figures", "Open")),
    ("d2", C_("proposal figures", "Ended otherwise")),
)


def shares(part) -> tuple[int, int, int, int]:
    """Return how many were adopted, not adopted, are open, and ended otherwise."""
    rest = part.received - part.decided - part.open
    return part.adopted, part.decided - part.adopted, part.open, rest


def of(n: int, base: int) -> str:
    """Say a count with its base and share: 34/40 (85.0%); a dash where there is no base."""
    return f"{n:,}/{base:,} ({n / base:.1%})" if base else "–"


def ticks(most: int) -> list[int]:
    """Return whole steps from 0 to at least `most`, four or five of them."""
    raw = max(1, most) / 4
    scale = 10 ** math.floor(math.log10(raw)) if raw >= 1 else 1
    step = next(scale * n for n in (1, 2, 2.5, 5, 10) if scale * n >= raw and scale * n % 1 == 0)
    return [int(step) * n for n in range(math.ceil(most / step) + 1)] if most else [0, 1]


class MonthBars(Painted):
    """How many came in each month, parted by what became of them."""

    def __init__(self) -> None:
        self.parts: tuple = ()
        super().__init__(MONTHS_HEIGHT)

    def show_parts(self, parts) -> None:
        """Show the parts of the breakdown by month."""
        self.parts = tuple(parts)
        self.renew()

    def sentence(self) -> str:
        words = N_("{month:month} {n} received, {adopted} adopted, {open} open")
        return ", ".join(
            say(words, month=_day(part.code), n=part.received, adopted=part.adopted, open=part.open)
            for part in self.parts
        )

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.parts:
            return
        steps = ticks(max(part.received for part in self.parts))
        painter.setFont(theme.font("cap"))
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance(f"{steps[-1]:,}") + theme.px(8)
        top = metrics.height() / 2
        field = QRectF(area).adjusted(left, top, 0, -theme.px(WORDS_BELOW))
        self._grid(painter, field, steps, left)
        wide = field.width() / len(self.parts)
        bar = min(theme.px(BAR_MOST), max(1.0, wide * BAR_SHARE))
        for n, part in enumerate(self.parts):
            middle = field.left() + (n + 0.5) * wide
            foot = field.bottom()
            for (ink, _words), count in zip(SHARES, shares(part), strict=True):
                high = field.height() * count / steps[-1]
                painter.fillRect(QRectF(middle - bar / 2, foot - high, bar, high), theme.color(ink))
                foot -= high
        self._months(painter, field, wide)

    def _grid(self, painter: QPainter, field: QRectF, steps: list[int], left: float) -> None:
        for step in steps:
            y = round(field.bottom() - field.height() * step / steps[-1]) + 0.5
            painter.setPen(theme.color("line"))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(theme.color("text3"))
            place = QRectF(0, y - theme.px(10), left - theme.px(6), theme.px(20))
            painter.drawText(place, Align.AlignRight | Align.AlignVCenter, f"{step:,}")

    def _months(self, painter: QPainter, field: QRectF, wide: float) -> None:
        """Write as many months below as have room; a January says its year."""
        metrics = painter.fontMetrics()
        room = metrics.horizontalAdvance(day(_day("2022-12"), "month")) + theme.px(10)
        every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 1200) if wide * n >= room)
        painter.setPen(theme.color("text3"))
        place = QRectF(0, field.bottom() + theme.px(3), room, theme.px(WORDS_BELOW - 3))
        for n, part in enumerate(self.parts):
            month = _day(part.code)
            if (month.month - 1 + 12 * month.year) % every:
                continue
            at = field.left() + (n + 0.5) * wide - room / 2
            place.moveLeft(max(0.0, min(at, field.right() - room)))
            painter.drawText(place, Align.AlignCenter, day(month, "month"))


def _day(month: str) -> dt.date:
    """Return the first day of a month written as 2022-03."""
    year, number = map(int, month.split("-"))
    return dt.date(year, number, 1)


class PartBars(Painted):
    """One breakdown as bars: how many were received, the darker part of them adopted."""

    def __init__(self) -> None:
        self.parts: tuple = ()
        self.whole = 1
        super().__init__(LINE)

    def show_parts(self, parts, whole: int) -> None:
        """Show the parts of a breakdown of `whole` proposals."""
        self.parts, self.whole = tuple(parts), max(1, whole)
        self._height = LINE * max(1, len(self.parts))
        self.dress()
        self.renew()

    def _words(self, part) -> tuple[str, str]:
        mark = f" {MARK}" if part.hidden else ""
        share = f"{part.received / self.whole:.1%}"
        told = say(C_("bar", "{n:,} · {share}"), n=part.received, share=share)
        return say(part.label) + mark, told

    def sentence(self) -> str:
        return ", ".join(" ".join(self._words(part)) for part in self.parts)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        line, figures = theme.px(LINE), theme.px(FIGURES_WIDTH) * 0.62
        labels = min(area.width() * LABEL_SHARE, theme.px(LABEL_MOST))
        room = max(20.0, area.width() - labels - figures - 16)
        most = max((part.received for part in self.parts), default=1) or 1
        for n, part in enumerate(self.parts):
            label, told = self._words(part)
            top = n * line
            painter.setFont(theme.font("sec"))
            painter.setPen(theme.color("text2"))
            short = painter.fontMetrics().elidedText(
                label, Qt.TextElideMode.ElideRight, int(labels - 8)
            )
            painter.drawText(QRectF(0, top, labels, line), Align.AlignVCenter, short)
            bar = QRectF(labels, top + line / 2 - theme.px(6), room, theme.px(12))
            painter.fillRect(bar, theme.color("track"))
            for (ink, _words), count in zip(SHARES, shares(part), strict=True):
                bar.setWidth(room * count / most)
                painter.fillRect(bar, theme.color(ink))
                bar.moveLeft(bar.right())
            painter.setFont(theme.font("secb"))
            painter.setPen(theme.color("text"))
            place = QRectF(area.width() - figures, top, figures, line)
            painter.drawText(place, Align.AlignRight | Align.AlignVCenter, told)
