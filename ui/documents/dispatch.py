"""Whether the document shown is registered to go out, and its number once it has one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.outgoing import queries, usecases
from ui.text import N_, day
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, row


def tone(sent: queries.OutgoingRow) -> tuple[str, str]:
    """Return tone and icon of the chip of an outgoing document."""
    if sent.dropped:
        return "neu", ""
    return ("warn", "clock") if sent.waiting else ("ok", "check")


def number(sent: queries.OutgoingRow | None) -> str:
    """Return the number of a document with its day, nothing while it waits."""
    if sent is None or sent.waiting or sent.dropped:
        return ""
    return f"{sent.number} · {day(sent.dispatched_on, 'full')}"


class Dispatch(QWidget):
    """The button that registers the document shown, or where it stands since."""

    def __init__(self, dialog) -> None:
        super().__init__()
        self.dialog, self.desk = dialog, dialog.desk
        self.asked, self.sent = None, None
        self.button = Button(N_("Register as outgoing"), icon="upload", slot=self.on_register)
        self.button.setAutoDefault(False)
        self.state, self.number = Chip(), Label("", "cap").shrink()
        row(self.button, self.state, self.number, gap=8, into=self)
        self.desk.changed.connect(self.on_changed)
        self.hide()

    def look(self, asked, outgoing: bool) -> None:
        """Ask where a document stands; one that does not go out has nothing to show."""
        self.asked = asked if outgoing else None
        self.setVisible(outgoing)
        if outgoing:
            self.desk.read(
                queries.of_record,
                then=self.on_sent,
                kind=asked.name,
                about_id=asked.id,
                today=clock.today(),
            )

    def on_changed(self, changes) -> None:
        if changes.touches("outgoing") and self.asked is not None:
            self.look(self.asked, True)

    def on_sent(self, sent) -> None:
        """Show where the document stands."""
        self.sent = sent
        # What went out may be made once more, for somebody else.
        again = sent is None or not sent.waiting
        self.button.setVisible(again and not self.desk.read_only)
        self.state.say("" if sent is None else sent.state, *(() if sent is None else tone(sent)))
        self.number.say(number(sent))

    def on_register(self) -> None:
        """Put the document shown on the list of those that go out."""
        if self.asked is not None:
            self.dialog.when_made(self._register)

    def _register(self) -> None:
        made = self.dialog.bound
        self.desk.do(
            usecases.register,
            otherwise=self.dialog.on_refused,
            kind=made.asked.name,
            about_id=made.asked.id,
            title=made.composed.title,
            recipient=made.composed.recipient,
        )
