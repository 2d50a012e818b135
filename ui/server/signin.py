"""The server let nobody in: login and password once more."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QWidget

from gwangju_desktop.server.address import checked, parted, with_login
from ui.server.form import KeepPassword, Password
from ui.text import N_
from ui.widgets.fields import Field
from ui.widgets.forms import Dialog, Labelled


class SignInDialog(Dialog):
    """Ask for login and password, and open the office with them."""

    drafts = False  # a password is never written down

    def __init__(self, parent: QWidget, shell, where: str) -> None:
        self.shell, self.where = shell, where
        self.address, _password = parted(where)
        self.login = Labelled(N_("Login"), Field())
        self.login.field.setText(self.address.login)
        self.password = Labelled(N_("Password"), Password())
        self.keep = KeepPassword()
        super().__init__(
            parent,
            N_("Sign in to {office}"),
            self.login,
            self.password,
            self.keep,
            button=N_("Sign in"),
            office=str(self.address),
        )
        self.password.field.setFocus()

    def confirm(self) -> None:
        login = self.login.value()
        address = checked(dataclasses.replace(self.address, login=login))
        self.keep.store(address, self.password.value())
        self.accept()
        self.shell.open_office(with_login(self.where, login))
