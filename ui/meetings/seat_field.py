"""A member of the sheet typed by initial consonants."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import sheet
from ui.meetings.seats import affiliation
from ui.text import N_, matches
from ui.widgets.forms import Field
from ui.widgets.parts import Label, column

NOBODY = N_("Nobody on the sheet is called so.")


class SeatField(QWidget):
    """One line to type in and who is meant below it; the arrows go through the others.

    `value()` is the SeatRow meant, None when nothing is typed; UserError when nobody answers.
    """

    meant = Signal()
    entered = Signal()

    def __init__(self, name, desk, meeting_id: int, *, inside: bool = True) -> None:
        super().__init__()
        self.inside, self.seats, self.fitting, self.at, self.asked = inside, [], [], 0, ""
        self.typed = Typed(self, name)
        self.typed.typing.connect(self.on_typing)
        self.who = Label("", "cap", "text3", elide=True)
        column(self.typed, self.who, gap=3, into=self)
        self.setFocusProxy(self.typed)
        desk.read(sheet.seats, then=self.on_seats, meeting_id=meeting_id)

    def on_seats(self, seats) -> None:
        self.seats = [seat for seat in seats if seat.inside or not self.inside]
        self.on_typing(self.asked)

    def on_typing(self, text: str) -> None:
        """Find who answers to what is typed, also to a syllable still being composed."""
        self.asked, self.at = text.strip(), 0
        ranked = [(matches(self.asked, seat.name), seat) for seat in self.seats]
        ranked = [pair for pair in ranked if self.asked and pair[0]]
        self.fitting = [seat for _rank, seat in sorted(ranked, key=_rank)]
        self._say()

    def turn(self, by: int) -> None:
        """Go to another of those who answer."""
        if self.fitting:
            self.at = (self.at + by) % len(self.fitting)
            self._say()

    def _say(self) -> None:
        if self.fitting:
            seat, more = self.fitting[self.at], len(self.fitting) - 1
            message = N_("{name} · {of}")
            if more:
                message = N_("{name} · {of} — {n} more with ↑↓")
            self.who.ink("acc").say(message, name=seat.name, of=affiliation(seat), n=more)
        elif self.asked and self.seats:
            self.who.ink("bad").say(NOBODY)
        else:
            self.who.ink("text3").say(N_("Initials of the name are enough."))
        self.meant.emit()

    def clear(self) -> None:
        """Mean nobody."""
        self.typed.clear()

    def value(self):
        """Return who is meant."""
        if self.fitting:
            return self.fitting[self.at]
        if self.asked:
            raise UserError(NOBODY)
        return None


class Typed(Field):
    """The line of a SeatField."""

    def __init__(self, owner: SeatField, name) -> None:
        super().__init__(name, name, search=True)
        self.owner = owner
        self.setMaximumWidth(16_777_215)

    def dress(self) -> None:
        super().dress()
        self.setMaximumWidth(16_777_215)

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if step is not None:
            self.owner.turn(step)
        elif enter and not event.modifiers() and self.owner.fitting:
            self.owner.entered.emit()
        else:
            super().keyPressEvent(event)


def _rank(pair) -> int:
    return -pair[0]
