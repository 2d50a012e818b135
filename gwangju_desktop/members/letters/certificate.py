"""The letter of appointment (위촉장): one formal page a member."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import words as split
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.lines import break_lines
from gwangju_desktop.documents.press import canvas, finish, fitting, said
from gwangju_desktop.documents.styles import MM, Style
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.press import KINDS, by_hand
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.text import C_, N_, Words, words

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_FRAME = 14 * MM
_ROOM = 140 * MM
_NUMBER = Style(13, grey=0.2)
_TITLE = Style(46, "B", align="centre")
_NAME = Style(30, "B", align="right")
_OFFICE = Style(16, "S", align="right")
_TEXT = Style(21, lead=1.95, align="left")
_DAYS_BELOW = 15 * MM
_DATE = Style(18, align="centre")
_SIGNATORY = Style(28, "B", align="centre")


def certificate(data: RollData, *, signatory: str = "", language: str = "ko") -> Composed:
    """Return a letter for each seat; `signatory` is who appoints, by default the city's mayor."""
    say = words(language)
    title = say(KINDS["letter"])
    by = signatory or say(N_("Mayor of {city}"), city=data.city(say))

    def draw() -> Document:
        drawn = canvas(data, title, say)
        for seat in data.seats:
            _page(drawn, data, seat, by, say)
        return finish(drawn)

    return by_hand(data, title, say, draw)


def _page(drawn: Canvas, data: RollData, seat: SeatRow, by: str, say: Words) -> None:
    drawn.page(_WIDTH, _HEIGHT)
    with drawn.artifact():
        drawn.box(_FRAME, _FRAME, _WIDTH - 2 * _FRAME, _HEIGHT - 2 * _FRAME, line=0, weight=2.4)
        inner = _FRAME + 2.2 * MM
        drawn.box(inner, inner, _WIDTH - 2 * inner, _HEIGHT - 2 * inner, line=0.35, weight=0.6)
    page = Node("Sect", drawn.tree.root)
    middle, left, right = _WIDTH / 2, (_WIDTH - _ROOM) / 2, (_WIDTH + _ROOM) / 2
    number = data.numbers.get(seat.membership_id, "")
    if number:
        said(drawn, page, left, _HEIGHT - 38 * MM, number, _NUMBER)
    title = say(C_("certificate", "Letter of Appointment"))
    said(drawn, page, middle, _HEIGHT - 74 * MM, title, fitting(drawn, title, _TITLE, _ROOM), "H1")
    office = affiliation(seat, say)
    if office:
        style = fitting(drawn, office, _OFFICE, _ROOM)
        said(drawn, page, right, _HEIGHT - 102 * MM, office, style)
    name = seat.name
    said(drawn, page, right, _HEIGHT - 116 * MM, name, fitting(drawn, name, _NAME, _ROOM))
    _body(drawn, page, left, _HEIGHT - 140 * MM, data, seat, say)
    day = say.day(seat.starts_on, "full")
    said(drawn, page, middle, 74 * MM, day, _DATE)
    style = fitting(drawn, by, _SIGNATORY, _ROOM - 34 * MM)
    said(drawn, page, middle, 50 * MM, by, style)
    if data.sample:
        mark = say(N_("Sample data · all people are fictional"))
        said(drawn, page, middle, 24 * MM, mark, Style(9, grey=0.35, align="centre"))


def _days(seat: SeatRow, say: Words) -> str:
    """Return the days of the seat; one that goes with a post has no last day."""
    if seat.ends_on is None:
        return say(N_("Term: from {start:full}"), start=seat.starts_on)
    message = N_("Term: {start:full} to {end:full}")
    return say(message, start=seat.starts_on, end=seat.ends_on)


def _body(
    drawn: Canvas, page: Node, x: float, top: float, data: RollData, seat: SeatRow, say: Words
) -> None:
    """Write what is granted, and below it the days on a line of their own, which never breaks."""
    text = say(N_("You are appointed a member of the {body}."), body=data.name(say))
    lines = break_lines(drawn.metrics, split(text), _TEXT, _ROOM)
    with drawn.marked(Node("P", page)):
        drawn.lines(x, top, _ROOM, lines, _TEXT)
    days = _days(seat, say)
    below = top - len(lines) * _TEXT.size * _TEXT.lead - _DAYS_BELOW
    said(drawn, page, x, below, days, fitting(drawn, days, _TEXT, _ROOM))
