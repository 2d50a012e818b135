"""Make a review copy: where to, under which passphrase; then it leaves the office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar

from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import queries
from gwangju_desktop.snapshots.build import make_snapshot
from ui.snapshots.facts import FILES, SUFFIX
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

TICK_MS = 100


def make(work, *, target: Path, passphrase: str):
    """Make the copy on the work's own thread."""
    return make_snapshot(
        work,
        target=target,
        passphrase=passphrase,
        progress=work.progress,
        cancelled=work.cancelled,
    )


class MakeDialog(Dialog):
    """Ask for a place and the passphrase; stay open, with a bar, until the copy is made."""

    def __init__(self, parent, desk, *, fingerprint: str | None, sequence: int) -> None:
        self.desk, self.new_key, self.work = desk, fingerprint is None, None
        self.target = Field("", C_("review copies", "File"))
        self.target.setText(str(_proposed(sequence)))
        self.browse = Button(C_("review copies", "Browse"), icon="folder-open", slot=self.on_browse)
        self.passphrase = _secret(N_("Passphrase"))
        self.again = _secret(N_("Passphrase again"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.step = Label("", "cap")
        self.progress_row = column(self.step, self.bar, gap=5)
        self.progress_row.hide()
        place = Labelled(C_("review copies", "File"), row((self.target, 1), self.browse))
        place.label.setBuddy(self.target)
        self.place = place
        self.first = Labelled(
            N_("Passphrase of the signing key"),
            self.passphrase,
            N_("At least 8 characters. Without it the office cannot sign again; write it down.")
            if self.new_key
            else "",
        )
        parts = [self._promise(), place, self.first]
        if self.new_key:
            self.second = Labelled(N_("Passphrase again"), self.again)
            parts.append(self.second)
        super().__init__(
            parent,
            N_("Make review copy no. {n}"),
            *parts,
            self.progress_row,
            button=N_("Make a key, sign and save") if self.new_key else N_("Sign and save"),
            icon="shield-check",
            width=520,
            n=sequence,
        )
        self.clock = QTimer(self)
        self.clock.setInterval(TICK_MS)
        self.clock.timeout.connect(self.on_tick)
        self.passphrase.setFocus()

    def _promise(self):
        """Say what goes out, what does not, and that it cannot be taken back."""
        box = frame("state")
        lines = [
            N_(
                "For monitoring (masked): contacts, gender, notes and papers for members only"
                " stay in the office."
            ),
            N_(
                "Once it has a number and a signature, a copy cannot be taken back;"
                " undo stops here."
            ),
        ]
        if self.new_key:
            lines.append(
                N_("This office has no signing key yet. One is made now under the passphrase.")
            )
        icons = ("file-lock", "shield-check", "key-round")
        parts = [
            row((Icon(icon), Align.AlignTop), (Label(line, "sec", wrap=True), 1), gap=10)
            for icon, line in zip(icons, lines, strict=False)
        ]
        return column(*parts, margins=(14, 12, 14, 12), gap=8, into=box)

    # --- slots
    def on_browse(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say(N_("Save the review copy")),
            self.target.text(),
            say(FILES, pattern="*.gwsnap"),
        )
        if name:
            self.target.setText(name)

    def confirm(self) -> None:
        target = self._target()
        passphrase = self.passphrase.text()
        self.first.right()
        if not passphrase:
            self.first.wrong(say(N_("Type the passphrase.")))
            self.adjustSize()
            return
        if self.new_key and passphrase != self.again.text():
            self.second.wrong(say(N_("The two passphrases differ.")))
            self.adjustSize()
            return
        if self.new_key:
            self.second.right()
        self.button.setEnabled(False)
        self.progress_row.show()
        self.adjustSize()
        self.work = self.desk.work(
            make,
            title=N_("Making a review copy"),
            then=self.on_made,
            otherwise=self.on_not_made,
            target=target,
            passphrase=passphrase,
        )
        self.clock.start()

    def _target(self) -> Path:
        typed = self.target.value()
        if not typed:
            raise UserError(N_("Choose where to save the copy."))
        path = Path(typed)
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        if not path.parent.is_dir():
            raise UserError(N_("The folder {folder} is not there."), folder=path.parent)
        return path

    def on_tick(self) -> None:
        if self.work is not None:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)
            self.step.say(self.work.message)

    def on_made(self, made) -> None:
        self.clock.stop()
        self.passphrase.clear()
        self.again.clear()
        self.on_accepted(made)

    def on_not_made(self, error: Exception) -> None:
        self.clock.stop()
        self.progress_row.hide()
        self.work = None
        self.button.setEnabled(True)
        if isinstance(error, Cancelled):
            super().reject()
        else:
            self.on_refused(error)

    def reject(self) -> None:
        """Cancel: stop the work first if there is one; nothing is written then."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        else:
            super().reject()


def next_place(read) -> tuple[str | None, int]:
    """Return the key's fingerprint, if there is a key, and the number of the next copy."""
    return queries.fingerprint(read), queries.place(read).sequence


def _secret(name) -> Field:
    field = Field("", name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _proposed(sequence: int) -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    here = Path(folder) if folder and Path(folder).is_dir() else Path.home()
    name = say(N_("Review copy {n} ({day})"), n=sequence, day=clock.today().isoformat())
    return here / (name + SUFFIX)
