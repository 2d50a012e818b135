"""Where the office lies, who writes on this PC, and the password of an office server."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.server import door
from ui.settings import kept
from ui.text import N_, say
from ui.widgets.fields import Field
from ui.widgets.forms import Labelled
from ui.widgets.parts import Button, Label, column, row


class ServerSection(QWidget):
    """A file on this PC or a database on a server, and the name the history says."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        store = shell.desk.store if shell.desk is not None else None
        self.server = store is not None and store.shared
        where = say(N_("No office is open"))
        if store is not None:
            where = door.called(shell.where) if self.server else shell.where
        self.where = Label(where, "strong", wrap=True)
        self.kind = Label("", "sec", wrap=True)
        if self.server:
            self.kind.say(N_("An office server (PostgreSQL): several PCs write at once."))
        elif store is not None:
            self.kind.say(N_("An office file on this PC: one PC writes at a time."))
        self.name = Labelled(
            N_("Who writes on this PC"),
            Field(),
            N_("The history names this person; it can be changed later."),
        )
        known = bool(store is not None and store.role)
        self.name.field.setText(store.who if known else kept.text("who"))
        self.name.field.setReadOnly(known)
        self.name.field.editingFinished.connect(self.on_name)
        self.role = Label("", "cap", wrap=True)
        if known:
            from ui.server import obeying

            self.role.say(
                N_("The server knows you by your login: {who}. {may}"),
                who=obeying.signed(store),
                may=obeying.why(store)[1],
            )
        self.connect_button = Button(
            N_("Connect to an office server"), icon="hard-drive", slot=self.on_connect
        )
        self.forget_button = Button(
            N_("Forget the password kept on this PC"), icon="key-round", slot=self.on_forget
        )
        self.told = Label("", "cap", wrap=True)
        buttons = row(self.connect_button, self.forget_button, None)
        column(
            column(self.where, self.kind, gap=2),
            column(self.name, self.role, gap=6),
            buttons,
            self.told,
            None,
            gap=18,
            into=self,
        )
        self.role.setVisible(known)
        self.forget_button.setVisible(self.server)

    def on_name(self) -> None:
        """Write under this name from now on."""
        name = " ".join(self.name.field.value().split())
        if self.name.field.isReadOnly() or name == kept.text("who"):
            return
        kept.keep("who", name)
        store = self.shell.desk.store if self.shell.desk is not None else None
        if store is not None:
            store.who = name or door.NOBODY
        self.told.say(N_("From now on the history says “{name}”."), name=name or door.NOBODY)

    def on_connect(self) -> None:
        """Leave this office and ask which server."""
        self.shell.welcome()
        self.shell.front.on_server()

    def on_forget(self) -> None:
        """Take the password of this server out of the keyring."""
        from gwangju_desktop.server import secret
        from gwangju_desktop.server.address import parted

        secret.forget(parted(self.shell.where)[0])
        self.told.say(N_("The password is forgotten; it is asked for at the next opening."))
