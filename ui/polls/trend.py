"""How the shares moved from wave to wave; where waves cannot be compared the lines stop."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from ui import theme
from ui.polls.shown import percent
from ui.text import C_, N_, say, tip
from ui.widgets.chart_scale import value_ticks
from ui.widgets.painted import Painted
from ui.widgets.parts import Align

HEIGHT = 250
LABEL_SHARE, LABEL_MOST = 0.30, 280  # the room right of the last wave
FOOT, TOP = 40, 10
GAP = 17  # px between the labels at the ends of lines
SIDE = 56  # px left of the first wave
DOT = 3.6
NEAR = 90  # px: waves nearer than this in time stand evenly instead


@dataclass(frozen=True, slots=True)
class Mark:
    """One wave of the trend: its name, its month, how many answered, and the shares by option."""

    label: str
    month: str
    n: int | None
    at: float | None
    shares: dict[str, float | None]
    provisional: bool = False

    @property
    def base(self) -> str:
        """How many answered, as it is written."""
        return "?" if self.n is None else f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A trend as drawn: marks in time, the places after which it breaks and why, the options."""

    marks: tuple[Mark, ...] = ()
    breaks: dict[int, str] = field(default_factory=dict)
    options: tuple[tuple[str, str], ...] = ()
    unit: str = "%"

    def written(self, value: float | None) -> str:
        """Write one of its shares, or means."""
        if value is None:
            return "–"
        return percent(value) if self.unit == "%" else f"{value:.2f}"


class TrendChart(Painted):
    """Lines of shares over waves, each named at its end; a break is a gap with a dashed rule."""

    def __init__(self) -> None:
        self.moved = Moved()
        self.led: tuple[str, ...] = ()
        super().__init__(HEIGHT)
        self.setMouseTracking(True)

    def show_trend(self, moved: Moved, led: tuple[str, ...]) -> None:
        """Show a trend; the options `led` are drawn in inks of their own."""
        self.moved, self.led = moved, led
        self.renew()

    def sentence(self) -> str:
        words = C_("poll trend", "{wave} ({month}, n={n}): {shares}")
        named = dict(self.moved.options)
        told = []
        for n, mark in enumerate(self.moved.marks):
            shares = ", ".join(
                f"{named[code]} {self.moved.written(value)}"
                for code, value in mark.shares.items()
                if code in named and value is not None
            )
            told.append(say(words, wave=mark.label, month=mark.month, n=mark.base, shares=shares))
            if n in self.moved.breaks:
                told.append(self.moved.breaks[n])
        return "; ".join(told)

    # --- where things are
    def _field(self, area: QRectF) -> QRectF:
        metrics = QFontMetricsF(theme.font("capb"))
        longest = max(
            (metrics.horizontalAdvance(label) for _c, label in self.moved.options), default=0
        )
        needed = longest + theme.px(74)  # its share, the dot, and the gaps beside them
        right = min(area.width() * LABEL_SHARE, theme.px(LABEL_MOST), needed)
        left = theme.px(38)
        return area.adjusted(left, theme.px(TOP), -right, -theme.px(FOOT))

    def _steps(self) -> list[float]:
        values = [v for mark in self.moved.marks for v in mark.shares.values() if v is not None]
        return value_ticks(0.0, max(values, default=1.0) or 1.0, 4)

    def _places(self, field: QRectF) -> list[float]:
        """Return where waves stand: as far apart as in time, evenly where that is too near."""
        marks = self.moved.marks
        first, last = field.left() + theme.px(SIDE), field.right() - theme.px(8)
        if len(marks) == 1:
            return [(first + last) / 2]
        known = [mark.at for mark in marks if mark.at is not None]
        span = known[-1] - known[0] if len(known) == len(marks) else 0
        if span > 0:
            found = [first + (at - known[0]) / span * (last - first) for at in known]
            apart = min(b - a for a, b in itertools.pairwise(found))
            if apart >= theme.px(NEAR):
                return found
        return [first + n * (last - first) / (len(marks) - 1) for n in range(len(marks))]

    def ink(self, code: str) -> str:
        """Return the ink of an option: those that lead have one of their own."""
        inks = ("d1", "d2")
        return inks[self.led.index(code)] if code in self.led[:2] else "dGrey"

    # --- painting
    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.moved.marks:
            return
        field, steps = self._field(area), self._steps()
        places = self._places(field)
        self._grid(painter, area, field, steps)
        self._waves(painter, field, places)
        self._breaks(painter, field, places)
        codes = [code for code, _label in self.moved.options]
        for code in sorted(codes, key=lambda code: code in self.led):
            self._line(painter, field, steps, places, code)
        self._ends(painter, area, field, steps, places)

    def _grid(self, q: QPainter, area: QRectF, field: QRectF, steps: list[float]) -> None:
        q.setFont(theme.font("cap"))
        for step in steps:
            y = round(self._y(field, steps, step)) + 0.5
            q.setPen(QPen(theme.color("line2" if step == steps[0] else "line"), 1))
            q.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            q.setPen(theme.color("text3"))
            last = step == steps[-1] and self.moved.unit == "%"
            place = QRectF(area.left(), y - 10, field.left() - area.left() - theme.px(7), 20)
            words = f"{step:g}%" if last else f"{step:g}"
            q.drawText(place, Align.AlignRight | Align.AlignVCenter, words)

    def _waves(self, q: QPainter, field: QRectF, places: list[float]) -> None:
        """Write below each wave its name, its month and how many answered."""
        bold, plain = QFontMetricsF(theme.font("capb")), QFontMetricsF(theme.font("cap"))
        wide = min((b - a for a, b in itertools.pairwise(places)), default=400.0) - 8
        for mark, x in zip(self.moved.marks, places, strict=True):
            below = say(C_("poll trend", "{month} · n={n}"), month=mark.month, n=mark.base)
            if plain.horizontalAdvance(below) > wide:
                below = f"n={mark.base}"
            for n, (words, metrics, role, ink) in enumerate(
                ((mark.label, bold, "capb", "text2"), (below, plain, "cap", "text3"))
            ):
                q.setFont(theme.font(role))
                q.setPen(theme.color(ink))
                short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(40.0, wide))
                top = field.bottom() + theme.px(4) + n * metrics.height()
                room = metrics.horizontalAdvance(short) + 4
                place = QRectF(x - room / 2, top, room, metrics.height())
                q.drawText(place, Align.AlignCenter, short)

    def _breaks(self, q: QPainter, field: QRectF, places: list[float]) -> None:
        """Draw a dashed rule where what stands before and after cannot be compared."""
        words = say(C_("poll trend", "not comparable"))
        metrics = QFontMetricsF(theme.font("capb"))
        for after in self.moved.breaks:
            if after + 1 >= len(places):
                continue
            x = round((places[after] + places[after + 1]) / 2) + 0.5
            pen = QPen(theme.color("warn"), 1.2)
            pen.setDashPattern([4.0, 3.0])
            q.setPen(pen)
            q.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            wide = metrics.horizontalAdvance(words) + theme.px(12)
            chip = QRectF(x - wide / 2, field.top() - 2, wide, metrics.height() + 4)
            q.setPen(Qt.PenStyle.NoPen)
            q.setBrush(theme.color("warnBg"))
            q.drawRoundedRect(chip, 4, 4)
            q.setFont(theme.font("capb"))
            q.setPen(theme.color("warn"))
            q.drawText(chip, Align.AlignCenter, words)

    def _line(
        self, q: QPainter, field: QRectF, steps: list[float], places: list[float], code: str
    ) -> None:
        lead = code in self.led[:2]
        pen = QPen(theme.color(self.ink(code)), 2.4 if lead else 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        before: QPointF | None = None
        points = []
        for n, (mark, x) in enumerate(zip(self.moved.marks, places, strict=True)):
            value = mark.shares.get(code)
            here = QPointF(x, self._y(field, steps, value)) if value is not None else None
            if here is not None:
                points.append((here, mark.provisional))
                if before is not None and n - 1 not in self.moved.breaks:
                    q.setPen(pen)
                    q.drawLine(before, here)
            before = here
        for point, provisional in points:
            q.setPen(QPen(theme.color(self.ink(code) if provisional else "page"), 1.5))
            q.setBrush(theme.color("page" if provisional else self.ink(code)))
            q.drawEllipse(point, DOT + 0.8, DOT + 0.8)

    def _ends(
        self,
        q: QPainter,
        area: QRectF,
        field: QRectF,
        steps: list[float],
        places: list[float],
    ) -> None:
        """Name each line at its end with its last share; none covers another."""
        asked = []
        last = self.moved.marks[-1]
        for code, label in self.moved.options:
            value = last.shares.get(code)
            if value is not None:
                asked.append((self._y(field, steps, value), code, label, value))
        asked.sort()
        left = places[-1] + theme.px(13)
        gap = theme.px(GAP)
        low = field.bottom() + theme.px(6)
        heights = _apart([y for y, *_rest in asked], gap, area.top() + gap / 2, low)
        for y, (_at, code, label, value) in zip(heights, asked, strict=True):
            lead = code in self.led[:2]
            q.setFont(theme.font("capb" if lead else "cap"))
            q.setPen(theme.color(self.ink(code) if lead else "text2"))
            metrics = QFontMetricsF(q.font())
            told = self.moved.written(value)
            room = area.right() - left
            words = metrics.horizontalAdvance(told) + theme.px(8)
            short = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room - words)
            wide = metrics.horizontalAdvance(short)
            box = QRectF(left, y - gap / 2, wide + 2, gap)
            q.drawText(box, Align.AlignLeft | Align.AlignVCenter, short)
            box = QRectF(left + wide + theme.px(7), y - gap / 2, words, gap)
            q.drawText(box, Align.AlignLeft | Align.AlignVCenter, told)

    @staticmethod
    def _y(field: QRectF, steps: list[float], value: float) -> float:
        return field.bottom() - value / (steps[-1] or 1) * field.height()

    # --- reading
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self.moved.marks:
            QToolTip.showText(event.globalPos(), tip(self._told(event.pos().x())), self)
            return True
        return super().event(event)

    def _told(self, x: float) -> str:
        """Tell every share of the wave nearest to a place."""
        places = self._places(self._field(QRectF(self.rect())))
        n = min(range(len(places)), key=lambda n: abs(places[n] - x))
        mark, named = self.moved.marks[n], dict(self.moved.options)
        shares = sorted(mark.shares.items(), key=lambda pair: -(pair[1] or 0.0))
        lines = [
            f"{named[code]}  {self.moved.written(value)}"
            for code, value in shares
            if code in named and value is not None
        ]
        head = say(N_("{wave} · {month} · n={n}"), wave=mark.label, month=mark.month, n=mark.base)
        return "\n".join([head, *lines])


def _apart(heights: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Return heights moved so that they lie at least `gap` apart and inside, in their order."""
    if not heights:
        return []
    gap = min(gap, (bottom - top) / max(1, len(heights) - 1)) if len(heights) > 1 else gap
    found = list(heights)
    found[0] = max(found[0], top)
    for n in range(1, len(found)):
        found[n] = max(found[n], found[n - 1] + gap)
    over = found[-1] - bottom
    if over > 0:
        found[-1] -= over
        for n in range(len(found) - 2, -1, -1):
            found[n] = min(found[n], found[n + 1] - gap)
    return found
