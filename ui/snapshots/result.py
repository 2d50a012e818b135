"""A copy was made: its file, the fingerprint to read out, and what to do with it next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from gwangju_desktop.snapshots import key_words, register
from ui.snapshots.delivery_form import DeliveryDialog
from ui.snapshots.facts import Selectable, digest_in_lines, fact, megabytes
from ui.snapshots.keys import Fingerprint
from ui.snapshots.send import SendDialog
from ui.text import C_, N_
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

WIDTH = 560


class ResultDialog(Dialog):
    """What was made, once; the register keeps it."""

    def __init__(self, parent, desk, made) -> None:
        self.desk, self.made, self.copy = desk, made, None
        self.digits, self.words = Fingerprint(), Fingerprint(words=True)
        self.digits.show_key(made.fingerprint)
        self.words.show_key(made.fingerprint)
        self.copy_fingerprint = Button(
            N_("Copy fingerprint"), icon="copy", slot=self.on_fingerprint
        )
        self.folder = Button(N_("Open the folder"), icon="folder-open", slot=self.on_folder)
        self.send = Button(N_("Save for sending…"), icon="upload", slot=self.on_send)
        self.deliver = Button(N_("Note a handing over…"), icon="plus", slot=self.on_deliver)
        self.deliver.setEnabled(False)
        box = frame("inset")
        column(
            fact(C_("review copies", "File"), Selectable(str(made.path))),
            fact(
                C_("review copies", "Contents"),
                Selectable(
                    N_("{rows} rows · {masked} texts masked · {size}"),
                    rows=f"{sum(made.rows.values()):,}",
                    masked=f"{made.withheld:,}",
                    size=megabytes(made.bytes),
                ),
            ),
            fact(N_("Hash (SHA-256)"), Selectable(digest_in_lines(made.sha256))),
            fact(N_("Key fingerprint"), self.digits),
            fact(N_("In words"), self.words),
            Label(
                N_("The words cover the first {n} bits; the whole fingerprint decides."),
                "cap",
                wrap=True,
                n=key_words.BITS,
            ),
            margins=(14, 12, 14, 12),
            gap=8,
            into=box,
        )
        lines = [
            N_(
                "Read the fingerprint out at the meeting and put it in the minutes:"
                " whoever opens the copy compares it with what is shown there."
            )
        ]
        if made.new_key:
            lines.append(
                N_(
                    "The office got a signing key with this copy. Print its recovery sheet"
                    " (settings, signing key) and put it into the safe."
                )
            )
        notes = [
            row((Icon("info"), Align.AlignTop), (Label(line, "sec", wrap=True), 1), gap=10)
            for line in lines
        ]
        super().__init__(
            parent,
            N_("Review copy no. {n} was made"),
            box,
            *notes,
            row(self.copy_fingerprint, self.folder, None),
            row(self.send, self.deliver, None),
            button=C_("dialog", "Close"),
            width=WIDTH,
            n=made.sequence,
        )
        self.cancel_button.hide()
        for button in (self.copy_fingerprint, self.folder, self.send, self.deliver):
            button.setAutoDefault(False)
        desk.read(register.of_sequence, then=self.on_copy, sequence=made.sequence)

    def on_copy(self, copy) -> None:
        """Take the copy's row of the register."""
        self.copy = copy
        self.deliver.setEnabled(copy is not None and not self.desk.read_only)
        self.adjustSize()

    def on_fingerprint(self) -> None:
        QGuiApplication.clipboard().setText(self.made.fingerprint)
        self.parent().toast.tell(N_("Fingerprint copied."), undo=False)

    def on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.made.path).parent)))

    def on_send(self) -> None:
        self.asked = SendDialog(self, self.desk, Path(self.made.path), self.made.sha256)
        self.asked.open()

    def on_deliver(self) -> None:
        self.asked = DeliveryDialog(self, self.desk, self.copy)
        self.asked.open()
