"""Name plates (명패): folded cards, two on a page, the name on both faces."""

from __future__ import annotations

from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.press import canvas, finish, fitting, said
from gwangju_desktop.documents.styles import MM, Style
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.press import KINDS, by_hand
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.members.words import ROLES
from gwangju_desktop.text import Words, words

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
# Two cards of 200 x 140 mm, each folded at its middle: a face is 70 mm high.
_CARD_WIDTH, _CARD_HEIGHT, _FACE = 200 * MM, 140 * MM, 70 * MM
_LEFT = (_WIDTH - _CARD_WIDTH) / 2
_EDGE = (_HEIGHT - 2 * _CARD_HEIGHT) / 2
_MARK = 4 * MM
_NAME = Style(96, "B", align="centre")
_OFFICE = Style(20, "S", grey=0.2, align="centre")
_CAPITALS = 0.36


def plates(data: RollData, *, language: str = "ko") -> Composed:
    """Return two plates a page; names stand as they are, shrunk where they are long."""
    say = words(language)
    title = say(KINDS["plates"])
    return by_hand(data, title, say, lambda: _draw(data, title, say))


def _draw(data: RollData, title: str, say: Words) -> Document:
    drawn = canvas(data, title, say)
    for at in range(0, len(data.seats), 2):
        drawn.page(_WIDTH, _HEIGHT)
        page = Node("Sect", drawn.tree.root)
        for place, seat in enumerate(data.seats[at : at + 2]):
            bottom = _EDGE + (1 - place) * _CARD_HEIGHT
            _marks(drawn, bottom)
            _faces(drawn, page, seat, bottom, say)
    return finish(drawn)


def _marks(drawn: Canvas, bottom: float) -> None:
    """Draw where to cut and where to fold."""
    right = _LEFT + _CARD_WIDTH
    with drawn.artifact():
        for y in (bottom, bottom + _CARD_HEIGHT):
            drawn.rule(_LEFT, y, _LEFT + _MARK, y)
            drawn.rule(right - _MARK, y, right, y)
        fold = bottom + _FACE
        drawn.put("[3 3] 0 d")
        drawn.rule(_LEFT, fold, right, fold, 0.4, 0.65)
        drawn.put("[] 0 d")


def _faces(drawn: Canvas, page: Node, seat: SeatRow, bottom: float, say: Words) -> None:
    """Write the lower face, and the upper one upside down; only the lower one is read aloud."""
    card = Node("Sect", page)
    _face(drawn, card, seat, bottom, say)
    top = bottom + _CARD_HEIGHT
    with drawn.artifact():
        drawn.put(f"q -1 0 0 -1 {_WIDTH:.2f} {top + bottom:.2f} cm")
        _lines(drawn, seat, bottom, say)
        drawn.put("Q")


def _face(drawn: Canvas, card: Node, seat: SeatRow, bottom: float, say: Words) -> None:
    name, office, role = _texts(drawn, seat, say)
    y = _baseline(bottom, name[1])
    if office[0]:
        said(drawn, card, _WIDTH / 2, bottom + 55 * MM, office[0], office[1])
    said(drawn, card, _WIDTH / 2, y, name[0], name[1])
    if role[0]:
        said(drawn, card, _WIDTH / 2, bottom + 9 * MM, role[0], role[1])


def _lines(drawn: Canvas, seat: SeatRow, bottom: float, say: Words) -> None:
    name, office, role = _texts(drawn, seat, say)
    if office[0]:
        drawn.text(_WIDTH / 2, bottom + 55 * MM, *office)
    drawn.text(_WIDTH / 2, _baseline(bottom, name[1]), *name)
    if role[0]:
        drawn.text(_WIDTH / 2, bottom + 9 * MM, *role)


def _baseline(bottom: float, style: Style) -> float:
    """Return the baseline that puts the name into the middle of its face."""
    return bottom + 33 * MM - style.size * _CAPITALS


def _texts(
    drawn: Canvas, seat: SeatRow, say: Words
) -> tuple[tuple[str, Style], tuple[str, Style], tuple[str, Style]]:
    room = _CARD_WIDTH - 24 * MM
    role = say(ROLES[seat.role])
    # A short Hangul name is set wide, as on every plate.
    name = "  ".join(seat.name) if 2 <= len(seat.name) <= 4 and _hangul(seat.name) else seat.name
    office = affiliation(seat, say)
    return (
        (name, fitting(drawn, name, _NAME, room)),
        (office, fitting(drawn, office, _OFFICE, room)),
        (role, fitting(drawn, role, _OFFICE, room)),
    )


def _hangul(text: str) -> bool:
    return all("가" <= character <= "힣" for character in text)
