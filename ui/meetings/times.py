"""The comings and goings of one member, to be corrected."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import movements
from ui.text import C_, N_
from ui.widgets.forms import Dialog, Labelled, TimeField
from ui.widgets.parts import Label


def on_the_day(time: dt.time, day: dt.date) -> dt.datetime:
    """Return the moment of a clock time on the office's day."""
    return dt.datetime.combine(day, time, clock.KST)


class TimesDialog(Dialog):
    """Each coming and going with its time; only what differs is written, one after the other."""

    def __init__(self, parent, desk, seat) -> None:
        self.desk = desk
        self.fields = []
        for move in seat.moves:
            words = C_("time", "Came in") if move.inside else C_("time", "Went out")
            self.fields.append((move, Labelled(words, TimeField(words, move.at.time(), 0))))
        super().__init__(
            parent,
            N_("Times of {name}"),
            *(field for _move, field in self.fields),
            Label(N_("Votes that were counted stand: no time may pass one."), "cap", wrap=True),
            width=360,
            name=seat.name,
        )

    def confirm(self) -> None:
        self.waiting = []
        for move, field in self.fields:
            time = field.value()
            if time is None:
                raise UserError(N_("Enter a time, like 14:05."))
            # Minutes are typed; a second that was kept is not lost by looking at it.
            if time != move.at.time().replace(second=0, microsecond=0):
                self.waiting.append((move.id, on_the_day(time, move.at.date())))
        self.on_next()

    def on_next(self, value: object = None) -> None:
        """Write the next time that differs; close after the last."""
        if not self.waiting:
            self.on_accepted(value)
            return
        id, at = self.waiting.pop(0)
        self.desk.do(
            movements.correct_time, then=self.on_next, otherwise=self.on_refused, id=id, at=at
        )
