"""The second folder: on a USB drive or a share, under a passphrase if wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop import keyrings
from gwangju_desktop.backups import automatic
from gwangju_desktop.backups.automatic import Second
from ui.backups import places
from ui.snapshots.secret import NewPassphrase, secret
from ui.text import N_, say
from ui.widgets.forms import Check, Dialog, Field, Labelled
from ui.widgets.parts import Align, Button, Label, column, row

FOLDER = N_("Folder on a USB drive or a share")


class SecondDialog(Dialog):
    """Choose the folder, and whether its backups are sealed."""

    drafts = False

    def __init__(self, parent, office: Path) -> None:
        self.office = office
        held = places.second(office)
        self.folder = Labelled(FOLDER, Field("", FOLDER))
        if held is not None:
            self.folder.field.setText(str(held.chosen))
        self.choose = Button(N_("Choose a folder…"), slot=self.on_choose)
        self.choose.setAutoDefault(False)
        self.near = Label(
            N_("It lies on the disk of the office: a second copy there goes when the disk goes."),
            "cap",
            "warn",
            wrap=True,
        )
        self.near.hide()
        self.sealed = Check(N_("Under a passphrase (recommended for what leaves this PC)"))
        self.sealed.setChecked(held is None or held.sealed)
        self.new = NewPassphrase()
        self.keyring = Label(_kept_where(), "cap", wrap=True)
        self.typed = column(*self.new.fields, self.keyring, gap=8)
        super().__init__(
            parent,
            N_("Second backup folder"),
            Label(
                N_(
                    "Each backup is copied there too. Names, contacts and papers are among what it"
                    " holds, so it stays in the office."
                ),
                "sec",
                wrap=True,
            ),
            row((self.folder, 1), (self.choose, Align.AlignBottom), gap=8),
            self.near,
            self.sealed,
            self.typed,
            button=N_("Use this folder"),
            width=520,
        )
        self.sealed.toggled.connect(self.on_sealed)
        self.folder.field.textChanged.connect(self.on_folder)
        self.on_sealed(self.sealed.isChecked())
        self.on_folder(self.folder.field.text())

    def on_choose(self) -> None:
        """Let the system ask for a folder."""
        name = QFileDialog.getExistingDirectory(self, say(FOLDER), self.folder.field.text())
        if name:
            self.folder.field.setText(name)

    def on_folder(self, name: str) -> None:
        """Say when it lies on the office's own disk."""
        near = bool(name) and Path(name).is_dir()
        self.near.setVisible(near and automatic.same_disk(Path(name), self.office))
        if self.isVisible():
            self.adjustSize()

    def on_sealed(self, on: bool) -> None:
        """Ask for the passphrase only where there is to be one."""
        self.typed.setVisible(on)
        if self.isVisible():
            self.adjustSize()

    def confirm(self) -> None:
        chosen = Path(self.folder.value())
        passphrase = self.new.value() if self.sealed.isChecked() else None
        automatic.choose(chosen, self.office)
        if passphrase:
            keyrings.keep(places.secret_name(chosen), passphrase)
        places.choose(self.office, Second(chosen, bool(passphrase)))
        self.new.clear()
        self.accept()

    def on_confirm(self) -> None:
        try:
            super().on_confirm()
        except OSError as error:
            self.on_refused(error)


class PassphraseDialog(Dialog):
    """The passphrase of the second folder, where the system has no keyring that kept it."""

    drafts = False

    def __init__(self, parent, second: Second) -> None:
        self.second = second
        self.field = secret(N_("Passphrase"), say(_kept_where()))
        super().__init__(
            parent,
            N_("Passphrase of the second folder"),
            Label(
                N_("Until it is typed nothing is copied to {folder}."),
                "sec",
                wrap=True,
                folder=str(second.chosen),
            ),
            self.field,
            button=N_("Use it"),
        )

    def confirm(self) -> None:
        from gwangju_desktop.snapshots import signing

        typed = self.field.value()
        signing.demand_passphrase(typed)
        keyrings.keep(places.secret_name(self.second.chosen), typed)
        self.accept()


def _kept_where():
    if keyrings.keeps():
        return N_(
            "It is kept in the keyring of this system. Write it down too: without it these backups"
            " cannot be opened by anyone."
        )
    return N_(
        "This system has no keyring: it is asked for once each time the program runs. Write it"
        " down: without it these backups cannot be opened by anyone."
    )
