"""What the two sheets of a meeting share: how a seat is shown, and a list marked by number keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from db.vocab import Capacity, Presence, Reply, Role
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui.models.rows import Cell
from ui.text import N_, say
from ui.widgets.lists import RowList

REPLY_TONES = {
    Reply.NONE: "neu",
    Reply.COMING: "acc",
    Reply.NOT_COMING: "warn",
    Reply.SUBSTITUTE: "info",
}
PRESENCE_TONES = {
    Presence.UNMARKED: "neu",
    Presence.PRESENT: "ok",
    Presence.LEFT: "warn",
    Presence.ABSENT: "bad",
}
DIGITS = {getattr(Qt.Key, f"Key_{n}"): n for n in range(10)}


def affiliation(seat) -> str:
    """Return organisation and post of a seat's holder."""
    organisation = named(seat.organisation_ko, seat.organisation_en)
    return " ".join(filter(None, (organisation, seat.post)))


def holder(seat) -> Cell:
    """Show the name over organisation and post; a substitute stands in their place."""
    sub = affiliation(seat)
    if seat.substitute:
        who = " ".join(filter(None, (seat.substitute, seat.substitute_post)))
        sub = say(N_("Substitute: {who}"), who=who)
    if seat.fictional:
        sub = f"{sub} · {say(N_('Made up'))}" if sub else say(N_("Made up"))
    return Cell(seat.name, sub, role="secb", avatar=True)


def capacity(seat) -> Cell:
    """Show the role where it is one, else the capacity."""
    if seat.role != Role.MEMBER:
        return Cell(say(ROLES[seat.role]))
    return Cell(say(CAPACITIES[Capacity(seat.capacity)]))


class SheetList(RowList):
    """A list whose rows are marked by number keys; what is pasted into it is read as a text."""

    digit = Signal(int)
    pasted = Signal(str)

    def keyPressEvent(self, event) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in DIGITS and plain == Qt.KeyboardModifier.NoModifier:
            self.digit.emit(DIGITS[event.key()])
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def choose_after(self, ids) -> None:
        """Make the row after the last of these current: a list is gone down by one key a row."""
        model = self.model()
        last = max((model.place(id) for id in ids), default=-1)
        if 0 <= last < model.rowCount() - 1:
            self.setCurrentIndex(model.index(last + 1, self.first_shown()))
            self.scrollTo(self.currentIndex())

    def show_rows(self, rows) -> None:
        """Show rows anew; those chosen stay chosen and the list where it is."""
        chosen, current = self.chosen(), self.current()
        top = self.verticalScrollBar().value()
        self.model().show(rows)
        if current is None:
            self.choose_first()
            return
        if self.current() != current:
            self.choose(current)
        if len(chosen) > 1:
            selection = self.selectionModel()
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            for id in chosen:
                n = self.model().place(id)
                if n >= 0:
                    selection.select(self.model().index(n, 0), flags)
        self.verticalScrollBar().setValue(top)
