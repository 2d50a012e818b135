"""The seating plan (좌석 배치도) of a body, on one page lying across."""

from __future__ import annotations

from db.vocab import Role
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.figures import Seat, SeatPlan
from gwangju_desktop.documents.issuer import footer
from gwangju_desktop.documents.press import canvas, finish, said, shortened
from gwangju_desktop.documents.styles import MM, Style
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.documents.writer_seats import draw_seats
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.places import places
from gwangju_desktop.members.letters.press import KINDS, by_hand
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.text import C_, N_, Words, words

_WIDTH, _HEIGHT = 297 * MM, 210 * MM
_SIDE, _TOP, _BOTTOM = 16 * MM, 27 * MM, 20 * MM
_TITLE, _MARK = Style(18, "B"), Style(9, grey=0.35)
HEADS = (Role.CHAIR.value, Role.CO_CHAIR.value, Role.VICE_CHAIR.value)
FRONT = C_("seating", "Front")
TOLD = N_("Seating plan, from the head of the room: {seats}")


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
    plan = _plan(data, shape, say)
    draw_seats(drawn, plan, _SIDE, _HEIGHT - _TOP, _WIDTH - 2 * _SIDE, page)
    with drawn.artifact("Pagination"):
        drawn.text(_SIDE, 9 * MM, footer(data, say), _MARK)
        drawn.text(_WIDTH - _SIDE, 9 * MM, "1 / 1", _MARK, "right")
    return finish(drawn)


def _plan(data: RollData, shape: str, say: Words) -> SeatPlan:
    found = places(shape, heads(data.seats), len(data.seats))
    seats = tuple(
        Seat(number, seat.name, affiliation(seat, say), seat.role in HEADS, place.x, place.y)
        for number, (seat, place) in enumerate(zip(data.seats, found, strict=True), 1)
    )
    told = say(TOLD, seats=", ".join(f"{seat.number} {seat.name}" for seat in seats))
    return SeatPlan(seats, say(FRONT), told, _HEIGHT - _TOP - _BOTTOM)
