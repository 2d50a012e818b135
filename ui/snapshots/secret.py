"""Fields for passphrases: typed blind, a new one twice."""

from __future__ import annotations

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import signing
from ui.text import N_, Msg
from ui.widgets.forms import Field, Labelled


def secret(label: Msg, help: str = "") -> Labelled:
    """Return a labelled field that shows dots and keeps spaces as they are typed."""
    field = Secret("", label)
    return Labelled(label, field, help)


class Secret(Field):
    """A field whose letters are not shown; a passphrase may begin or end with a space."""

    def __init__(self, hint: str = "", name: str = "") -> None:
        super().__init__(hint, name)
        self.setEchoMode(self.EchoMode.Password)

    def value(self) -> str:
        return self.text()


class NewPassphrase:
    """A new passphrase and the same again; `fields` go into the form."""

    def __init__(self) -> None:
        self.first = secret(
            N_("New passphrase"), N_("At least 8 characters; several words are best.")
        )
        self.again = secret(N_("The same again"))
        self.fields = (self.first, self.again)

    def value(self) -> str:
        """Return it; mark the field and raise UserError when it is too short or typed differently."""
        typed = self.first.value()
        try:
            signing.demand_passphrase(typed)
        except UserError as error:
            self.first.wrong(str(error))
            raise
        if typed != self.again.value():
            error = UserError(N_("The two passphrases differ."))
            self.again.wrong(str(error))
            raise error
        return typed

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields:
            field.field.clear()
