"""Rows over days: planned as a hollow bar, done as a filled one, today as a dashed line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gwangju_desktop.documents.blocks import words
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.drawn import draws, measures
from gwangju_desktop.documents.figure_type import FigureType, figure_node
from gwangju_desktop.documents.figures import TimelineFigure, TimeRow
from gwangju_desktop.documents.layout import Fit, Layout
from gwangju_desktop.documents.lines import Line, Metrics, break_lines
from gwangju_desktop.documents.styles import Style
from gwangju_desktop.documents.tags import Node

if TYPE_CHECKING:
    from gwangju_desktop.documents.writer_pdf import Writer

_BLACK, _GRID, _HAIR, _DONE = 0.0, 0.75, 0.65, 0.45
_LEGEND_HEIGHT, _SCALE = 20.0, 18.0
# The names at the left and the words at the right, as shares of the width, and round them.
_NAMES, _WORDS, _GAP = 0.32, 0.2, 8.0
_PAD, _LEAD = 3.4, 1.25
_PLANNED, _ACTUAL, _LEAST = 11.0, 5.0, 1.6


@measures(TimelineFigure)
def _measure(layout: Layout, block: TimelineFigure, width: float) -> Fit:
    face = FigureType(layout.theme)
    rows = sum(_Row(layout.metrics, row, face, width).height for row in block.rows)
    height = _LEGEND_HEIGHT + _SCALE + rows + 2
    return Fit(block, width, height, 4, 10, height)


@draws(TimelineFigure)
def _draw(writer: Writer, fit: Fit, x: float, y: float, parent: Node) -> None:
    block = fit.block
    assert isinstance(block, TimelineFigure)
    canvas = writer.canvas
    with canvas.marked(figure_node(parent, block.alternative)):
        _Timeline(canvas, block, FigureType(writer.theme), x, y, fit.width).draw()


class _Row:
    """The lines of one row and how high it is, in points."""

    def __init__(self, metrics: Metrics, row: TimeRow, face: FigureType, width: float) -> None:
        self.style = face.strong if row.strong else face.column
        self.said = face.heads
        self.name = break_lines(metrics, words(row.name), self.style, _NAMES * width - _GAP)
        self.text = break_lines(metrics, words(row.text), self.said, _WORDS * width - _GAP)
        names = len(self.name) * self.style.size * _LEAD
        told = len(self.text) * self.said.size * _LEAD
        self.height = max(names, told, _PLANNED + 2) + 2 * _PAD


class _Timeline:
    """One timeline, its upper left corner at `x`, `y`."""

    def __init__(
        self,
        canvas: Canvas,
        block: TimelineFigure,
        face: FigureType,
        x: float,
        y: float,
        width: float,
    ) -> None:
        self.canvas, self.block, self.face = canvas, block, face
        self.x, self.y, self.width = x, y, width
        self.left = x + _NAMES * width
        self.right = x + (1 - _WORDS) * width - _GAP
        self.rows = [_Row(canvas.metrics, row, face, width) for row in block.rows]
        self.top = y - _LEGEND_HEIGHT - _SCALE
        self.low = self.top - sum(row.height for row in self.rows)

    def draw(self) -> None:
        """Draw legend, scale, rows and today."""
        self._legend()
        self._scale()
        at = self.top
        for row, measured in zip(self.block.rows, self.rows, strict=True):
            self._row(row, measured, at)
            at -= measured.height
            self.canvas.rule(self.x, at, self.x + self.width, at, 0.4, _HAIR)
        today = self.block.today
        if today is not None and self._first <= today <= self._last:
            here = self._place(today)
            self.canvas.put(
                f"q 1.2 w 0 G [3 2] 0 d {here:.2f} {self.low:.2f} m {here:.2f} {self.top:.2f} l S Q"
            )

    @property
    def _first(self) -> float:
        return self.block.ticks[0][0]

    @property
    def _last(self) -> float:
        return self.block.ticks[-1][0]

    def _place(self, day: float) -> float:
        """Return where a day lies on the page; one outside the scale lies at its end."""
        day = min(max(day, self._first), self._last)
        share = (day - self._first) / ((self._last - self._first) or 1)
        return self.left + share * (self.right - self.left)

    def _legend(self) -> None:
        canvas, at, y = self.canvas, self.x, self.y - 11
        planned, actual, today = self.block.legend
        canvas.box(at, y - 1, 22, 9, fill=1.0, line=_BLACK, weight=0.8)
        at = self._called(at + 28, y, planned)
        canvas.box(at, y + 1, 22, _ACTUAL, fill=_DONE)
        at = self._called(at + 28, y, actual)
        if self.block.today is not None:
            canvas.put(
                f"q 1.2 w 0 G [3 2] 0 d {at:.2f} {y + 3.5:.2f} m {at + 22:.2f} {y + 3.5:.2f} l S Q"
            )
            self._called(at + 28, y, today)

    def _called(self, at: float, y: float, text: str) -> float:
        self.canvas.text(at, y, text, self.face.legend)
        return at + self.canvas.width(text, self.face.legend.size) + 18

    def _scale(self) -> None:
        """Draw the labelled days; of two close to each other the later one keeps its line."""
        canvas, edge = self.canvas, -1e9
        for day, name in self.block.ticks:
            here = self._place(day)
            canvas.rule(here, self.low, here, self.top, 0.4, _GRID)
            half = canvas.width(name, self.face.tick.size) / 2
            if here - half > edge + 4:
                canvas.text(here, self.top + 5, name, self.face.tick, "centre")
                edge = here + half
        canvas.rule(self.x, self.top, self.x + self.width, self.top, 1.0, _BLACK)

    def _row(self, row: TimeRow, measured: _Row, top: float) -> None:
        canvas, middle = self.canvas, top - measured.height / 2
        self._lines(self.x, middle, measured.name, measured.style)
        self._lines(self.right + _GAP, middle, measured.text, measured.said)
        if row.planned is not None:
            start, wide = self._span(row.planned)
            low = middle - _PLANNED / 2
            canvas.box(
                start, low, wide, _PLANNED, fill=1.0, line=_BLACK, weight=1.2 if row.strong else 0.8
            )
        if row.actual is not None:
            start, wide = self._span(row.actual)
            canvas.box(start, middle - _ACTUAL / 2, wide, _ACTUAL, fill=_DONE)

    def _span(self, days: tuple[float, float]) -> tuple[float, float]:
        start = self._place(days[0])
        return start, max(self._place(days[1]) - start, _LEAST)

    def _lines(self, x: float, middle: float, lines: tuple[Line, ...], style: Style) -> None:
        lead = style.size * _LEAD
        at = middle + len(lines) * lead / 2 - lead / 2 - style.size * 0.36
        for line in lines:
            said = "".join(f" {w.text}" if w.space else w.text for w in line.words)
            self.canvas.text(x, at, said.strip(), style)
            at -= lead
