"""Comings and goings in three keys: initial consonants, Enter turns the mark with the time."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import Qt

from db.vocab import MeetingState, Presence
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import movements, sheet
from gwangju_desktop.meetings.words import PRESENCES
from ui import theme
from ui.meetings.seats import PRESENCE_TONES, affiliation
from ui.meetings.sitting_forms import moment_near
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, matches, say
from ui.widgets.forms import Dialog, Field
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column

SHOWN = 7
ROW = 32
_TIME = re.compile(r"\s*\b([01]?\d|2[0-3]):?([0-5]\d)\s*$")


def moves_of(seat) -> str:
    """Return the times of a seat's comings and goings as ranges."""
    words = ""
    for move in seat.moves:
        words += f"{move.at:%H:%M}~" if move.inside else f"{move.at:%H:%M} "
    return words.strip()


SEATS = Table(
    columns=(
        Column("name", C_("comings", "Name"), 110, cell=lambda s: Cell(s.name, role="secb")),
        Column("of", C_("comings", "Affiliation"), cell=lambda s: Cell(affiliation(s))),
        Column("times", C_("comings", "Times"), 120, cell=lambda s: Cell(moves_of(s), ink="text2")),
        Column(
            "presence",
            C_("sheet", "Attendance"),
            104,
            cell=lambda s: Cell(
                chip=say(PRESENCES[s.presence]), tone=PRESENCE_TONES[Presence(s.presence)]
            ),
        ),
    )
)


def split_time(text: str) -> tuple[str, dt.time | None]:
    """Return the name asked for and the time typed after it, like "ㄱㄴㄷ 1405"."""
    found = _TIME.search(text)
    if found is None:
        return text.strip(), None
    return text[: found.start()].strip(), dt.time(int(found[1]), int(found[2]))


class ComingsDialog(Dialog):
    """One line to type in, a few members below; Enter notes that the first comes or goes."""

    def __init__(self, parent, view, meeting) -> None:
        self.view, self.desk, self.meeting = view, view.desk, meeting
        self.seats: list = []
        self.typed = Field(N_("Initials of the name; a time may follow: 1405"), search=True)
        self.list = RowList(RowTable(SEATS), N_("Members"), height=ROW, header=False, fit=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence = Label("", "strong")
        # As high as all its rows, so that nothing moves while a name is typed.
        room = column(self.list, None)
        room.setMinimumHeight(theme.px(SHOWN * ROW))
        super().__init__(
            parent,
            N_("Comings and goings"),
            self.typed,
            room,
            self.sentence,
            button=N_("Enter: record it"),
            width=560,
        )
        self.typed.setMaximumWidth(16_777_215)
        self.typed.typing.connect(self.on_typing)
        self.list.previewed.connect(self.on_current)
        self.list.opened.connect(self.on_confirm)
        self.asked = ""
        found = self.desk.peek(sheet.seats, meeting_id=meeting.id)
        if found is None:
            self.desk.read(sheet.seats, then=self.on_seats, meeting_id=meeting.id)
        else:
            self.on_seats(found)
        self.typed.setFocus()

    def on_seats(self, seats) -> None:
        self.seats = list(seats)
        self.on_typing(self.asked)

    def on_typing(self, text: str) -> None:
        """Show who answers to what is typed, also to a syllable still being composed."""
        self.asked = text
        name, _time = split_time(text)
        if name:
            ranked = [(matches(name, seat.name), seat) for seat in self.seats]
        else:
            ranked = [(1, seat) for seat in self.seats]
        fitting = [seat for rank, seat in sorted(ranked, key=_rank) if rank]
        self.list.clearSelection()
        self.list.model().show(fitting[:SHOWN])
        if fitting:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.on_current()

    def seat(self):
        """Return the member in front."""
        current = self.list.current()
        return next((seat for seat in self.seats if seat.id == current), None)

    def on_current(self, _id=None) -> None:
        """Say what Enter does."""
        seat = self.seat()
        self.button.setEnabled(seat is not None)
        if seat is None:
            self.sentence.ink("text3").say(N_("Nobody on the sheet is called so."))
            return
        _name, time = split_time(self.asked)
        shown = f"{time or clock.local(clock.now()).time():%H:%M}"
        if self.meeting.state != MeetingState.OPENED:
            message = N_("{name}: mark taken back") if seat.inside else N_("{name}: here")
        else:
            message = N_("{name} leaves at {time}") if seat.inside else N_("{name} comes at {time}")
        self.sentence.ink("bad" if seat.inside else "ok").say(message, name=seat.name, time=shown)

    def confirm(self) -> None:
        seat = self.seat()
        if seat is None:
            raise UserError(N_("Nobody on the sheet is called so."))
        _name, time = split_time(self.asked)
        at = moment_near(time, clock.local(clock.now())) if time is not None else None
        self.desk.do(
            movements.move,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=seat.id,
            inside=not seat.inside,
            at=at,
        )

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        n = self.list.currentIndex().row() + step
        if 0 <= n < self.list.model().rowCount():
            self.list.setCurrentIndex(self.list.model().index(n, 0))


def _rank(pair) -> tuple[int, bool, bool]:
    """Put the better match first; among equals those outside, for more come late than leave.

    Who is known to stay away comes after who is still expected.
    """
    rank, seat = pair
    return -rank, seat.inside, seat.presence == Presence.ABSENT
