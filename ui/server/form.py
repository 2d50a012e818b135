"""Where an office server is and who signs in; a connection is tried before it is kept."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.server.address import AUTHORITY, FULL, MODES, PORT, Address
from ui.text import C_, N_, say
from ui.widgets.fields import Check, Choice, Field, NumberField
from ui.widgets.forms import Labelled
from ui.widgets.parts import Align, Button, Icon, Label, column, row

HIGHEST_PORT = 65_535


class Trial(QObject):
    """Try a connection on a thread of its own; `answered` brings what was found, or the error."""

    answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Say whether an answer is still to come."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, address: Address, password: str) -> None:
        """Begin; the one before must have answered."""
        self._thread = threading.Thread(
            target=self._carry_out, args=(address, password), name="trial"
        )
        self._thread.start()

    def _carry_out(self, address: Address, password: str) -> None:
        from gwangju_desktop.server import trial

        try:
            found: object = trial.try_out(address, password)
        except Exception as error:
            found = error
        self.answered.emit(found)

    def end(self) -> None:
        """Wait for the answer: a server is given five seconds for each of its addresses."""
        if self._thread is not None:
            self._thread.join()


class Password(Field):
    """A line whose letters nobody sees; a space belongs to a password."""

    def __init__(self) -> None:
        super().__init__("", width=0)
        self.setEchoMode(Field.EchoMode.Password)

    def value(self) -> str:
        """Return what was typed, as it was typed."""
        return self.text()


class KeepPassword(QWidget):
    """Whether the system's keyring keeps the password; where there is none, what that means."""

    def __init__(self) -> None:
        super().__init__()
        from gwangju_desktop import keyrings

        self.box = Check(N_("Keep the password in this PC’s keyring"), True)
        self.none = Label(
            N_("This PC has no keyring, so the password is asked for each time."), "cap", wrap=True
        )
        column(self.box, self.none, gap=0, into=self)
        keeps = keyrings.keeps()
        self.box.setVisible(keeps)
        self.none.setVisible(not keeps)
        self.box.setChecked(keeps)

    def store(self, address: Address, password: str) -> None:
        """Keep a password as the person wants it."""
        from gwangju_desktop.server import secret

        if self.box.value():
            secret.keep(address, password)
        else:
            secret.forget(address)
            secret.remember(address, password)


class ServerForm(QWidget):
    """The parts of an address, the password, and the trial; `found` tells a good connection."""

    found = Signal(object)  # trial.Found, or None once something was typed since

    def __init__(self) -> None:
        super().__init__()
        self.host = Labelled(N_("Server"), Field(N_("For example db.city.kr")))
        self.port = Labelled(N_("Port"), NumberField(value=PORT, low=1, high=HIGHEST_PORT))
        self.database = Labelled(N_("Database"), Field())
        self.database.field.setText("gwangju")
        self.login = Labelled(N_("Login"), Field())
        self.password = Labelled(N_("Password"), Password())
        self.mode = Labelled(C_("server", "Encryption"), Choice(MODES.items(), "", FULL))
        self.root = Labelled(
            N_("The authority’s certificate file"),
            Field(N_("Empty: the authorities this PC knows")),
        )
        self.choose = Button(N_("Choose…"), slot=self.on_choose)
        self.keep = KeepPassword()
        self.test = Button(N_("Test the connection"), slot=self.on_test)
        self.mark = Icon("circle-check", "ok", 16)
        self.told = Label("", "sec", wrap=True)
        self.verdict = row((self.mark, Align.AlignTop), (self.told, 1), gap=6)
        self.verdict.hide()
        self._met: object = None
        self.trial = Trial(self)
        self.trial.answered.connect(self.on_answered)
        root = row((self.root, 1), (self.choose, Align.AlignBottom), gap=8)
        column(
            row((self.host, 1), self.port, gap=12),
            row((self.database, 1), (self.login, 1), (self.password, 1), gap=12),
            self.mode,
            root,
            self.keep,
            row((self.test, Align.AlignTop), 4, (column(self.verdict, None, gap=0), 1), gap=8),
            gap=12,
            into=self,
        )
        for part in (self.host, self.port, self.database, self.login, self.password, self.root):
            part.field.textEdited.connect(self.on_edited)
        self.mode.field.currentIndexChanged.connect(self.on_edited)

    def show_address(self, address: Address) -> None:
        """Fill in an address that is known."""
        self.host.field.setText(address.host)
        self.port.field.setText(str(address.port))
        self.database.field.setText(address.database)
        self.login.field.setText(address.login)
        self.mode.field.choose(address.mode)
        self.root.field.setText(address.root)

    def address(self) -> Address:
        """Return what was typed; mark the field that is wrong and raise UserError."""
        from gwangju_desktop.server.address import checked

        address = Address(
            host=self.host.value(),
            database=self.database.value(),
            login=self.login.value(),
            port=self.port.value() or PORT,
            mode=str(self.mode.value()),
            root=self.root.value(),
        )
        for part, missing in (
            (self.host, not address.host),
            (self.database, not address.database),
            (self.login, not address.login),
            (self.root, address.mode == AUTHORITY and not address.root),
        ):
            self._check(part, address, missing)
        return checked(address)

    def _check(self, part: Labelled, address: Address, missing: bool) -> None:
        from gwangju_desktop.server.address import checked

        part.right()
        if missing:
            try:
                checked(address)
            except UserError as error:
                part.wrong(str(error))
                part.field.setFocus(Qt.FocusReason.OtherFocusReason)
                raise

    def keep_password(self, address: Address) -> None:
        """Keep the password of an address that is used from now on."""
        self.keep.store(address, self.password.value())

    def on_edited(self) -> None:
        """What was found is of another address now."""
        self.verdict.hide()
        self._met = None
        self.found.emit(None)

    def on_choose(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self.window(),
            say(N_("The authority’s certificate file")),
            str(Path.home()),
            say(N_("Certificates ({pattern})"), pattern="*.crt *.pem *.cer"),
        )
        if file:
            self.root.field.setText(file)
            self.on_edited()

    def on_test(self) -> None:
        """Try what was typed."""
        if self.trial.running:
            return
        try:
            address = self.address()
        except (UserError, OSError) as error:
            self._tell(error)
            return
        self._say(N_("Connecting…"), "clock", "text2")
        self.test.setEnabled(False)
        self.trial.start(address, self.password.value())

    def on_answered(self, found) -> None:
        self.test.setEnabled(True)
        if isinstance(found, Exception):
            self._tell(found)
            return
        self._met = found
        if found.empty:
            message = N_("Connected. The database is empty: a new office is made in it.")
        elif found.older:
            message = N_("Connected. The office is converted to this version when it is opened.")
        elif found.role:
            message = N_("Connected as {name}, {role}.")
        else:
            message = N_("Connected.")
        from gwangju_desktop.server.roles import NAMES, Role

        role = NAMES[Role(found.role)] if found.role else ""
        self._say(message, "circle-check", "ok", name=found.name, role=role)
        self.found.emit(found)

    def _tell(self, error: Exception) -> None:
        from ui import alerts

        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self._say(sentence, "circle-alert", "bad")
        self.found.emit(None)

    def _say(self, message: str, icon: str, ink: str, **values: object) -> None:
        self.mark.show_icon(icon, ink)
        self.told.ink("bad" if ink == "bad" else "text")
        self.told.say(message, **values)
        self.verdict.show()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        # The thread speaks to this widget.
        self.trial.end()
