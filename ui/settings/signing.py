"""The office's signing key among the settings: its fingerprint, and the way to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.snapshots import queries
from ui.text import N_
from ui.widgets.parts import Button, Label, column, row


class SigningSection(QWidget):
    """The fingerprint as printed minutes have it, and the key's own dialog."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.fingerprint = Label("", "strong", wrap=True)
        self.key = Button(N_("Signing key…"), icon="key-round", slot=self.on_key)
        column(
            Label(
                N_(
                    "Review copies and the public site are signed with it; monitors know the office"
                    " by its fingerprint, which stands in printed minutes too."
                ),
                "sec",
                wrap=True,
            ),
            column(Label(N_("Fingerprint"), "secb"), self.fingerprint, gap=6),
            row(self.key, None),
            None,
            gap=16,
            into=self,
        )

    def showEvent(self, event) -> None:
        self.shell.desk.read(queries.fingerprint, then=self.on_fingerprint)
        super().showEvent(event)

    def on_fingerprint(self, fingerprint: str | None) -> None:
        """Show the fingerprint in two lines, as it stands in printed minutes."""
        if fingerprint is None:
            self.fingerprint.say(N_("There is none yet; it is made with the first review copy."))
        else:
            half = len(fingerprint) // 2
            self.fingerprint.say(f"{fingerprint[:half].strip()}\n{fingerprint[half:].strip()}")

    def on_key(self) -> None:
        from ui.snapshots.keys import KeyDialog

        KeyDialog(self.window(), self.shell.desk).open()
