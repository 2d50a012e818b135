"""Figures drawn as lines and areas of black, grey and white, so that any copier keeps them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gwangju_desktop.documents import writer_seats as writer_seats
from gwangju_desktop.documents import writer_timeline as writer_timeline
from gwangju_desktop.documents.blocks import words
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.drawn import draws, measures
from gwangju_desktop.documents.figure_type import FigureType, figure_node
from gwangju_desktop.documents.figures import (
    Bar,
    BarFigure,
    LineFigure,
    LineSeries,
)
from gwangju_desktop.documents.layout import Fit, Layout
from gwangju_desktop.documents.lines import Line, Metrics, break_lines
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.documents.tags import Node

if TYPE_CHECKING:
    from gwangju_desktop.documents.writer_pdf import Writer

_BLACK, _GRID, _HAIR, _BAR, _STRONG = 0.0, 0.6, 0.65, 0.7, 0.2
_BESIDE = 0.52
_LEGEND_HEIGHT, _FOOT, _TOP = 20.0, 18.0, 14.0
_DOT = 3.4
_BAR_ROW, _HEADS_ROW, _BAR_HEIGHT = 25.0, 20.0, 12.5
_COLUMN_WIDTH, _COLUMN_GAP = 21 * MM, 14.0
# Around a name that stands over its bar, and that bar.
_NAME_TOP, _NAME_GAP, _NAME_FOOT, _THICK_BAR, _NAME_LEAD = 7.0, 4.0, 9.0, 15.0, 1.35


# Lines over years


@measures(LineFigure)
def _measure_lines(_layout: Layout, block: LineFigure, width: float) -> Fit:
    return Fit(block, width, block.height, 4, 12, block.height)


@draws(LineFigure)
def _draw_lines(writer: Writer, fit: Fit, x: float, y: float, parent: Node) -> None:
    block = fit.block
    assert isinstance(block, LineFigure)
    canvas = writer.canvas
    with canvas.marked(figure_node(parent, block.alternative)):
        _Lines(canvas, block, FigureType(writer.theme), x, y, fit.width).draw()


class _Lines:
    """One figure of lines, its upper left corner at `x`, `y`."""

    def __init__(
        self, canvas: Canvas, block: LineFigure, face: FigureType, x: float, y: float, width: float
    ) -> None:
        self.canvas, self.block, self.face = canvas, block, face
        self.x, self.y, self.width = x, y, width
        texts = [_number(tick) for tick in block.y_ticks]
        self.left = x + max(canvas.width(text, self.face.tick.size) for text in texts) + 6
        self.right = x + width - 5 * MM
        self.low = y - block.height + _FOOT
        self.high = y - _LEGEND_HEIGHT - _TOP
        self.taken: list[tuple[float, float, float, float]] = []

    def draw(self) -> None:
        """Draw grid, legend, lines, dots and words."""
        self._legend()
        self._grid()
        for series in self.block.series:
            self._line(series)
        spots = [spot for series in self.block.series for spot in self._spots(series)]
        self.taken += [(px - 5, py - 5, px + 5, py + 5) for px, py in spots]
        for series in self.block.series:
            self._notes(series)

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return a point's place on the page."""
        first, last = self.block.x_ticks[0], self.block.x_ticks[-1]
        low, high = self.block.y_ticks[0], self.block.y_ticks[-1]
        across = (point[0] - first) / ((last - first) or 1)
        up = (point[1] - low) / ((high - low) or 1)
        return (
            self.left + across * (self.right - self.left),
            self.low + up * (self.high - self.low),
        )

    def _legend(self) -> None:
        """Name each line beside a piece of it, and its dot."""
        canvas, at, y = self.canvas, self.x, self.y - 11
        for series in self.block.series:
            _stroke(canvas, [(at, y + 3.5), (at + 22, y + 3.5)], series=series)
            _dot(canvas, at + 11, y + 3.5, series=series)
            canvas.text(at + 28, y, series.name, self.face.legend)
            at += 28 + canvas.width(series.name, self.face.legend.size) + 18

    def _grid(self) -> None:
        canvas = self.canvas
        for tick in self.block.y_ticks:
            _across, y = self.place((self.block.x_ticks[0], tick))
            base = tick == self.block.y_ticks[0]
            canvas.rule(
                self.left,
                y,
                self.right,
                y,
                1.0 if base else 0.4,
                _BLACK if base else _GRID,
            )
            canvas.text(self.left - 6, y - 3.6, _number(tick), self.face.tick, "right")
        edge = -1e9
        for tick in self.block.x_ticks:
            x, _up = self.place((tick, self.block.y_ticks[0]))
            text = self.block.called(tick)
            half = canvas.width(text, self.face.tick.size) / 2
            canvas.rule(x, self.low, x, self.low - 4, 0.8, _BLACK)
            # Two years close to each other: the later one keeps its tick, not its words.
            if x - half > edge + 4:
                canvas.text(x, self.low - 15, text, self.face.tick, "centre")
                edge = x + half

    def _spots(self, series: LineSeries) -> list[tuple[float, float]]:
        return [self.place(series.points[note.at]) for note in series.notes]

    def _line(self, series: LineSeries) -> None:
        run: list[tuple[float, float]] = []
        for number, point in enumerate(series.points):
            if number in series.gaps:
                self._stroke(series, run)
                run = []
            run.append(self.place(point))
        self._stroke(series, run)
        for number, point in enumerate(series.points):
            alone = number in series.gaps and (
                number + 1 in series.gaps or number + 1 == len(series.points)
            )
            if alone or any(note.at == number for note in series.notes):
                _dot(self.canvas, *self.place(point), series=series)

    def _stroke(self, series: LineSeries, run: list[tuple[float, float]]) -> None:
        if len(run) < 2:
            return
        _stroke(self.canvas, run, series=series)
        for (x1, y1), (x2, y2) in itertools.pairwise(run):
            steps = max(1, int(abs(x2 - x1) // 12))
            for step in range(steps + 1):
                px, py = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                self.taken.append((px - 2, py - 2, px + 2, py + 2))

    def _notes(self, series: LineSeries) -> None:
        """Write words beside their dots, where they cover neither a line nor other words."""
        for note in series.notes:
            style = self.face.note if note.strong else self.face.plain
            wide = self.canvas.width(note.text, style.size, style.weight)
            px, py = self.place(series.points[note.at])
            spots = [
                (px + 8, py + 7),
                (px + 8, py - 15),
                (px - wide - 8, py - 15),
                (px - wide - 8, py + 7),
                (px - wide / 2, py + 12),
                (px - wide / 2, py - 22),
                (px - wide + 5, py + 34),
                (px - wide + 5, py + 56),
            ]
            left, base = min(spots, key=lambda spot: self._cost(spot, wide))
            if base > py + 30:
                self.canvas.rule(px, py + _DOT, px, base - 3, 0.5, 0.4)
            self.canvas.box(left - 1, base - 2, wide + 2, 11, fill=1.0)
            self.canvas.text(left, base, note.text, style)
            self.taken.append((left - 2, base - 3, left + wide + 2, base + 10))

    def _cost(self, spot: tuple[float, float], wide: float) -> float:
        """Return how much words at a spot would cover or stick out."""
        left, base = spot
        box = (left, base - 2.5, left + wide, base + 9.0)
        cost = 0.0
        for other in self.taken:
            across = min(box[2], other[2]) - max(box[0], other[0])
            up = min(box[3], other[3]) - max(box[1], other[1])
            if across > 0 and up > 0:
                cost += across * up
        cost += 40 * max(0.0, self.left - left) + 40 * max(0.0, left + wide - self.right - 5 * MM)
        cost += 40 * max(0.0, self.low + 3 - base) + 40 * max(0.0, base + 9 - self.high - _TOP)
        return cost


def _number(value: float) -> str:
    """Write a value of an axis: 1,000 or 2.5."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,g}"


def _stroke(canvas: Canvas, points: Iterable[tuple[float, float]], *, series: LineSeries) -> None:
    """Draw a line through points: dashed for what is planned, grey beside another."""
    path = " ".join(
        f"{px:.2f} {py:.2f} {'l' if number else 'm'}" for number, (px, py) in enumerate(points)
    )
    dash, weight = ("[4 3] 0 d", 1.4) if series.planned else ("[] 0 d", 2.2)
    canvas.put(f"q 1 j 1 J {weight:g} w {_ink(series):g} G {dash} {path} S Q")


def _ink(series: LineSeries) -> float:
    return _BESIDE if series.grey else _BLACK


def _dot(canvas: Canvas, x: float, y: float, *, series: LineSeries) -> None:
    """Draw a dot: open for what is planned, filled for what was measured."""
    canvas.box(
        x - _DOT,
        y - _DOT,
        2 * _DOT,
        2 * _DOT,
        fill=1.0 if series.planned else _ink(series),
        line=_ink(series),
        weight=1.2,
        radius=_DOT,
    )


# Bars


@measures(BarFigure)
def _measure_bars(layout: Layout, block: BarFigure, width: float) -> Fit:
    face = FigureType(layout.theme)
    rows = (_row(layout.metrics, block, bar, face, width)[0] for bar in block.bars)
    height = sum(rows) + (_HEADS_ROW if block.heads else 0)
    return Fit(block, width, height, 4, 12, height)


@draws(BarFigure)
def _draw_bars(writer: Writer, fit: Fit, x: float, y: float, parent: Node) -> None:
    block = fit.block
    assert isinstance(block, BarFigure)
    canvas = writer.canvas
    with canvas.marked(figure_node(parent, block.alternative)):
        _Bars(canvas, block, FigureType(writer.theme), x, y, fit.width).draw()


def _row(
    metrics: Metrics, block: BarFigure, bar: Bar, face: FigureType, width: float
) -> tuple[float, tuple[Line, ...]]:
    """Return how high a bar's row is, and the lines of a name that stands over its bar."""
    if not block.above:
        return _BAR_ROW, ()
    style = face.strong if bar.strong else face.name
    lines = break_lines(metrics, words(bar.name), style, width)
    names = len(lines) * style.size * _NAME_LEAD
    return _NAME_TOP + names + _NAME_GAP + _THICK_BAR + _NAME_FOOT, lines


class _Bars:
    """One figure of bars, its upper left corner at `x`, `y`."""

    def __init__(
        self, canvas: Canvas, block: BarFigure, face: FigureType, x: float, y: float, width: float
    ) -> None:
        self.canvas, self.block, self.face, self.x, self.y = canvas, block, face, x, y
        self.right = x + width
        self.columns = max((len(bar.columns) for bar in block.bars), default=0)
        names = (canvas.width(bar.name, face.name.size, "B") for bar in block.bars)
        self.start = x if block.above else x + max(names, default=0) + 10
        values = (canvas.width(bar.text, face.value.size, "B") for bar in block.bars)
        heads = (canvas.width(head, face.heads.size) + _COLUMN_GAP for head in block.heads)
        self.column_width = max([_COLUMN_WIDTH, *heads])
        taken = self.columns * self.column_width + max(values, default=0) + 8
        self.room = max(self.right - self.start - taken, 20)
        self.most = max([abs(block.whole), *(abs(bar.value) for bar in block.bars), 1e-9])

    def draw(self) -> None:
        """Draw the heads and every bar with its rule."""
        canvas, y = self.canvas, self.y
        if self.block.heads:
            for number, head in enumerate(self.block.heads):
                canvas.text(self._column(number), y - 12, head, self.face.heads, "right")
            y -= _HEADS_ROW
        canvas.rule(self.x, y, self.right, y, 1.0, _BLACK)
        for bar in self.block.bars:
            row, lines = _row(canvas.metrics, self.block, bar, self.face, self.right - self.x)
            if lines:
                self._named(bar, y, lines)
                self._bar(bar, y - row + _NAME_FOOT, _THICK_BAR)
            else:
                low = y - (_BAR_ROW + _BAR_HEIGHT) / 2
                name = self.face.strong if bar.strong else self.face.name
                canvas.text(self.x, low + _BAR_HEIGHT / 2 - 4.1, bar.name, name)
                self._bar(bar, low, _BAR_HEIGHT)
            y -= row
            canvas.rule(self.x, y, self.right, y, 0.4, _HAIR)

    def _column(self, number: int) -> float:
        return self.right - (self.columns - 1 - number) * self.column_width

    def _named(self, bar: Bar, y: float, lines: tuple[Line, ...]) -> None:
        """Write the name of a bar over it, below `y`."""
        style = self.face.strong if bar.strong else self.face.name
        at = y - _NAME_TOP - style.size
        for line in lines:
            said = "".join(f" {w.text}" if w.space else w.text for w in line.words)
            self.canvas.text(self.x, at, said.strip(), style)
            at -= style.size * _NAME_LEAD

    def _bar(self, bar: Bar, low: float, height: float) -> None:
        """Draw one bar with its lower edge at `low`, its value and columns beside it."""
        canvas = self.canvas
        base = low + height / 2 - 4.1
        wide = abs(bar.value) / self.most * self.room
        canvas.box(
            self.start,
            low,
            max(wide, 0.6),
            height,
            fill=_STRONG if bar.strong else _BAR,
            line=_BLACK,
            weight=0.8,
        )
        canvas.text(self.start + wide + 6, base, bar.text, self.face.value)
        for number, text in enumerate(bar.columns):
            style = self.face.value if bar.strong else self.face.column
            canvas.text(self._column(number), base, text, style, "right")
