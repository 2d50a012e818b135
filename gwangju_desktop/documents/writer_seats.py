"""Seats of a room, and lines to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.drawn import draws, measures
from gwangju_desktop.documents.figure_type import FigureType, figure_node
from gwangju_desktop.documents.figures import NoteLines, Seat, SeatPlan
from gwangju_desktop.documents.layout import Fit, Layout
from gwangju_desktop.documents.styles import MM, Style, Theme
from gwangju_desktop.documents.tags import Node

if TYPE_CHECKING:
    from gwangju_desktop.documents.writer_pdf import Writer

_BLACK, _HEAD = 0.0, 0.92
_LINE_GAP = 10.5 * MM

# Lines to write on


@measures(NoteLines)
def _measure_notes(_layout: Layout, block: NoteLines, width: float) -> Fit:
    height = block.count * _LINE_GAP
    return Fit(block, width, height, 0, 10, min(height, 2 * _LINE_GAP))


@draws(NoteLines)
def _draw_notes(writer: Writer, fit: Fit, x: float, y: float, _parent: Node) -> None:
    block = fit.block
    assert isinstance(block, NoteLines)
    with writer.canvas.artifact():
        for number in range(1, block.count + 1):
            at = y - number * _LINE_GAP
            writer.canvas.rule(x, at, x + fit.width, at, 0.6, 0.5)


# The seats of a room


@measures(SeatPlan)
def _measure_seats(_layout: Layout, block: SeatPlan, width: float) -> Fit:
    return Fit(block, width, block.height, 4, 12, block.height)


@draws(SeatPlan)
def _draw_seats(writer: Writer, fit: Fit, x: float, y: float, parent: Node) -> None:
    block = fit.block
    assert isinstance(block, SeatPlan)
    draw_seats(writer.canvas, block, x, y, fit.width, parent, theme=writer.theme)


def draw_seats(
    canvas: Canvas,
    plan: SeatPlan,
    x: float,
    y: float,
    width: float,
    parent: Node,
    *,
    theme: Theme | None = None,
) -> None:
    """Draw a seating plan with its upper left corner at `x`, `y`, in points."""
    drawing = _Seats(canvas, plan, FigureType(theme or Theme()), x, y, width)
    drawing.draw(figure_node(parent, plan.alternative))


class _Seats:
    """A seating plan, its upper left corner at `x`, `y`."""

    _NAME, _OFFICE, _NUMBER = Style(11, "S"), Style(7.5, grey=0.2), Style(7, grey=0.35)
    _FRONT = Style(10.5, "S", grey=0.2)
    _WIDEST, _HIGHEST, _GAP, _STEPS, _SMALLEST = 44 * MM, 12 * MM, 1.2 * MM, 40, 5.0

    def __init__(
        self, canvas: Canvas, block: SeatPlan, face: FigureType, x: float, y: float, width: float
    ) -> None:
        self.canvas, self.block, self.face = canvas, block, face
        self.x, self.y, self.width = x, y, width
        self.top = y - 22
        self.centres = [self._centre(seat) for seat in block.seats]
        self.box = self._apart()

    def draw(self, node: Node) -> None:
        """Draw the head of the room and every seat."""
        middle = self.x + self.width / 2
        with self.canvas.marked(node):
            self.canvas.rule(middle - 50 * MM, self.y - 14, middle + 50 * MM, self.y - 14, 1.6, 0)
            self.canvas.text(middle, self.y - 10, self.block.front, self._FRONT, "centre")
            for seat, centre in zip(self.block.seats, self.centres, strict=True):
                self._seat(seat, centre)

    def _centre(self, seat: Seat) -> tuple[float, float]:
        across = self.width - self._WIDEST
        along = self.block.height - 24 - self._HIGHEST
        return (
            self.x + self._WIDEST / 2 + seat.x * across,
            self.top - self._HIGHEST / 2 - seat.y * along,
        )

    def _apart(self) -> tuple[float, float]:
        """Return the largest box with which no two seats overlap."""
        apart = [
            (abs(x - other_x) - self._GAP, abs(y - other_y) - self._GAP)
            for at, (x, y) in enumerate(self.centres)
            for other_x, other_y in self.centres[at + 1 :]
        ]
        sizes = []
        for step in range(1, self._STEPS + 1):
            height = self._HIGHEST * step / self._STEPS
            width = min([self._WIDEST, *(across for across, along in apart if along < height)])
            sizes.append((width, height))
        return max(sizes, key=lambda size: size[0] * size[1])

    def _seat(self, seat: Seat, centre: tuple[float, float]) -> None:
        (x, y), (width, height) = centre, self.box
        canvas = self.canvas
        canvas.box(
            x - width / 2,
            y - height / 2,
            width,
            height,
            fill=_HEAD if seat.head else 1.0,
            line=_BLACK if seat.head else 0.4,
            weight=1.2 if seat.head else 0.6,
            radius=2.0,
        )
        room = width - min(3 * MM, width / 5)
        if self.face.large:
            # Where people come from stands in the list of members, in the same order.
            style = self.face.sized(self._NAME)
            canvas.text(x, y - 4.3, f"{seat.number} {seat.name}", style, "centre")
            return
        number = Style(max(5.0, min(self._NUMBER.size, 0.22 * height)), grey=0.35)
        canvas.text(x - width / 2 + 2.5, y + height / 2 - number.size, str(seat.number), number)
        self._line(seat.name, x, y + 0.02 * height, self._NAME, 0.38 * height, room)
        self._line(seat.affiliation, x, y - 0.36 * height, self._OFFICE, 0.26 * height, room)

    def _line(
        self, text: str, x: float, y: float, style: Style, largest: float, room: float
    ) -> None:
        """Write one line in the middle, made smaller and at last cut where it does not fit."""
        canvas, size = self.canvas, min(style.size, max(largest, self._SMALLEST))
        wide = canvas.width(text, size, style.weight)
        if wide and wide > room:
            size = max(self._SMALLEST, size * room / wide)
        if canvas.width(text, size, style.weight) > room:
            while text and canvas.width(text + "…", size, style.weight) > room:
                text = text[:-1]
            text = text.rstrip() + "…"
        canvas.text(x, y, text, Style(size, style.weight, grey=style.grey), "centre")
