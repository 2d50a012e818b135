"""The seating plan (좌석 배치도) of a body, on one page lying across."""

from __future__ import annotations

from db.vocab import Role
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.issuer import footer
from gwangju_desktop.documents.press import canvas, finish, fitting, said, shortened, sized
from gwangju_desktop.documents.styles import MM, Style
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.places import Place, places
from gwangju_desktop.members.letters.press import KINDS, by_hand
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.text import C_, Words, words

_WIDTH, _HEIGHT = 297 * MM, 210 * MM
_SIDE, _TOP, _BOTTOM = 16 * MM, 34 * MM, 20 * MM
_TITLE, _MARK = Style(18, "B"), Style(9, grey=0.35)
_NAME = Style(11, "S", align="centre")
_OFFICE = Style(7.5, grey=0.3, align="centre")
_NUMBER = Style(7, grey=0.35)
_GAP = 1.0 * MM  # between two seats at least
_STEPS = 40  # heights tried for a seat
HEADS = (Role.CHAIR.value, Role.CO_CHAIR.value, Role.VICE_CHAIR.value)


def heads(seats: tuple[SeatRow, ...] | list[SeatRow]) -> int:
    """Count the seats at the head of the room: chairs and vice chairs, one at least."""
    return max(1, sum(seat.role in HEADS for seat in seats)) if seats else 0


def seating(data: RollData, *, layout: str | None = None, language: str = "ko") -> Composed:
    """Return the plan; seats are numbered in the order of precedence, the head is above."""
    say = words(language)
    title = f"{data.name(say)} {say(KINDS['seating'])}"
    return by_hand(data, title, say, lambda: _draw(data, title, layout or data.layout, say))


def _draw(data: RollData, whole_title: str, shape: str, say: Words) -> Document:
    title = say(KINDS["seating"])
    drawn = canvas(data, whole_title, say)
    drawn.page(_WIDTH, _HEIGHT)
    page = Node("Sect", drawn.tree.root)
    said(drawn, page, _SIDE, _HEIGHT - 16 * MM, title, _TITLE, "H1")
    whole = shortened(drawn, data.name(say), _MARK, _WIDTH - 2 * _SIDE)
    said(drawn, page, _SIDE, _HEIGHT - 23 * MM, whole, _MARK)
    found = places(shape, heads(data.seats), len(data.seats))
    box = _size(len(data.seats))
    centres = [_centre(place, box) for place in found]
    box = _apart(centres, box)
    _front(drawn, say)
    for number, (seat, centre) in enumerate(zip(data.seats, centres, strict=True), 1):
        _seat(drawn, page, seat, number, centre, box, say)
    with drawn.artifact("Pagination"):
        drawn.text(_SIDE, 9 * MM, footer(data, say), _MARK)
        drawn.text(_WIDTH - _SIDE, 9 * MM, "1 / 1", _MARK, "right")
    return finish(drawn)


def _size(count: int) -> tuple[float, float]:
    """Return a seat's width and height: as large as the number of seats lets it be."""
    wide = 34 * MM if count <= 60 else 26 * MM
    return wide, 13 * MM


def _centre(place: Place, box: tuple[float, float]) -> tuple[float, float]:
    width = _WIDTH - 2 * _SIDE - box[0]
    height = _HEIGHT - _TOP - _BOTTOM - box[1]
    return _SIDE + box[0] / 2 + place.x * width, _HEIGHT - _TOP - box[1] / 2 - place.y * height


def _apart(centres: list[tuple[float, float]], box: tuple[float, float]) -> tuple[float, float]:
    """Return the largest box, never more than `box`, with which no two seats overlap."""
    apart = [
        (abs(x - other_x) - _GAP, abs(y - other_y) - _GAP)
        for at, (x, y) in enumerate(centres)
        for other_x, other_y in centres[at + 1 :]
    ]
    sizes = []
    for step in range(1, _STEPS + 1):
        height = box[1] * step / _STEPS
        width = min([box[0], *(across for across, along in apart if along < height)])
        sizes.append((width, height))
    return max(sizes, key=lambda size: size[0] * size[1])


def _front(drawn: Canvas, say: Words) -> None:
    """Mark the head of the room."""
    with drawn.artifact():
        middle, y = _WIDTH / 2, _HEIGHT - _TOP + 3.5 * MM
        drawn.rule(middle - 55 * MM, y, middle + 55 * MM, y, 1.6, 0)
        drawn.text(middle, y + 1.8 * MM, say(C_("seating", "Front")), _MARK, "centre")


def _seat(
    drawn: Canvas,
    page: Node,
    seat: SeatRow,
    number: int,
    centre: tuple[float, float],
    box: tuple[float, float],
    say: Words,
) -> None:
    (x, y), (width, height) = centre, box
    head = seat.role in HEADS
    with drawn.artifact():
        drawn.box(
            x - width / 2,
            y - height / 2,
            width,
            height,
            fill=0.92 if head else 1.0,
            line=0.0 if head else 0.45,
            weight=1.2 if head else 0.6,
            radius=2.0,
        )
    node = Node("P", page)
    room = width - min(3 * MM, width / 5)
    name = fitting(drawn, seat.name, sized(_NAME, max(6.0, min(_NAME.size, 0.4 * height))), room)
    office = sized(_OFFICE, max(5.0, min(_OFFICE.size, 0.29 * height)))
    with drawn.marked(node):
        mark = sized(_NUMBER, max(4.5, min(_NUMBER.size, 0.22 * height)))
        drawn.text(x - width / 2 + 1.2 * MM, y + height / 2 - mark.size, str(number), mark)
        drawn.text(x, y + 0.08 * height, shortened(drawn, seat.name, name, room), name)
        text = shortened(drawn, affiliation(seat, say), office, room)
        drawn.text(x, y - 0.34 * height, text, office)
