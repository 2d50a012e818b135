"""The rows that members sign, two columns on a page."""

from __future__ import annotations

from dataclasses import replace

from gwangju_desktop.documents.blocks import Signer, words
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.layout import SIGN_HEAD, SIGN_ROW
from gwangju_desktop.documents.lines import break_lines
from gwangju_desktop.documents.styles import MM, Style
from gwangju_desktop.documents.tags import Node

_BLACK, _HAIR = 0.0, 0.65


class SignColumn:
    """One of the two columns of the attendance sheet, from `x`, in points."""

    _HEAD = Style(9, "S", grey=0.35)
    _NAME = Style(12, "S")
    _OFFICE = Style(9, lead=1.1, grey=0.2)
    _KIND = Style(9.5, grey=0.2)
    _NUMBER = Style(10.5, grey=0.2)
    _SMALLEST_LINE = 7.3

    def __init__(self, canvas: Canvas, x: float, width: float) -> None:
        self.canvas, self.x, self.width = canvas, x, width
        self.sign = x + width - 25 * MM
        self.kind = self.sign - 11.5 * MM
        self.name = x + 8 * MM

    def head(self, y: float, titles: tuple[str, str, str, str], row: Node | None) -> None:
        """Draw the titles below `y`; without a `row` in the structure they are decoration."""
        canvas, right = self.canvas, self.x + self.width
        with canvas.artifact():
            canvas.rule(self.x, y, right, y, 1.2, _BLACK)
            canvas.rule(self.x, y - SIGN_HEAD, right, y - SIGN_HEAD, 0.5, _BLACK)
        places = (self.x, self.name, self.kind, self.sign + 2 * MM)
        ends = (self.name, self.kind, self.sign, right)
        for place, end, title in zip(places, ends, titles, strict=True):
            style = self._fitting(title, self._HEAD, end - place - 3)
            if row is None:
                with canvas.artifact():
                    canvas.text(place, y - 14, title, style)
            else:
                cell = Node("TH", row, "/A<</O/Table/Scope/Column>>")
                with canvas.marked(cell):
                    canvas.text(place, y - 14, title, style)

    def row(self, y: float, person: Signer, row: Node) -> None:
        """Draw one member's row below `y`."""
        number, name, office, kind = person
        canvas, right, low = self.canvas, self.x + self.width, y - SIGN_ROW
        with canvas.artifact():
            canvas.rule(self.x, low, right, low, 0.35, _HAIR)
            canvas.rule(self.kind - 3, y - 4, self.kind - 3, low + 4, 0.3, _HAIR)
            canvas.rule(self.sign, y - 4, self.sign, low + 4, 0.3, _HAIR)
        with canvas.marked(Node("TD", row)):
            canvas.text(self.x + 6 * MM, y - 19.5, number, self._NUMBER, "right")
        cell = Node("TH", row, "/A<</O/Table/Scope/Row>>")
        room = self.kind - self.name - 6
        with canvas.marked(cell):
            canvas.text(self.name, y - 13.5, name, self._fitting(name, self._NAME, room))
        if office:
            with canvas.marked(cell):
                self._office(y, office, room)
        with canvas.marked(Node("TD", row)):
            style = self._fitting(kind, self._KIND, self.sign - self.kind - 2)
            canvas.text(self.kind, y - 13.5, kind, style)
        Node("TD", row)

    def _fitting(self, text: str, style: Style, room: float) -> Style:
        """Return the style as small as a text needs: words of another language may be long."""
        wide = self.canvas.width(text, style.size, style.weight)
        return replace(style, size=style.size * room / wide) if wide > room else style

    def _office(self, y: float, office: str, room: float) -> None:
        """Write organisation and post on one line of 9 to 7.5 pt, else smaller on two."""
        canvas, style = self.canvas, self._OFFICE
        size = min(style.size, style.size * room / max(canvas.width(office, style.size), 1))
        if size >= self._SMALLEST_LINE:
            canvas.text(self.name, y - 26, office, replace(style, size=size))
            return
        said, size = words(office), self._SMALLEST_LINE
        while True:
            small = replace(style, size=size)
            lines = break_lines(canvas.metrics, said, small, room)
            if len(lines) <= 2 or size < 1:
                break
            size *= 0.94
        canvas.lines(self.name, y - 15.5, room, lines, small)
