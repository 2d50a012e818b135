"""The form that takes an office file over, at the start page or where a copy waits for it."""

from __future__ import annotations

import re
from pathlib import Path

from gwangju_desktop.handover import form
from gwangju_desktop.handover.taking import take
from ui.handover.parts import FILE, PLACE, SUFFIX, Deed, Opening, PathField
from ui.text import N_
from ui.widgets.parts import Label

_NUMBER = re.compile(r"-\d{3,}(?:-\d+)?$")


def ask(shell, file: str = "") -> TakeDialog:
    """Ask for a file and where it goes; with a copy open that waits, it goes there."""
    dialog = TakeDialog(shell, file)
    dialog.open()
    return dialog


def carry_out(work, *, file: Path, target: Path, passphrase: str | None):
    """Take a file over; a job for a desk's work."""
    return take(
        file, target, passphrase=passphrase, progress=work.progress, cancelled=work.cancelled
    )


class TakeDialog(Deed):
    """Take an office file over; from then on it is written to here."""

    def __init__(self, shell, file: str = "") -> None:
        self.waiting = _waiting(shell)
        self.returns = ""
        self.file = Opening(N_("File that was handed over ({ending})"), FILE, file)
        self.file.path.labelled.label.say(
            N_("File that was handed over ({ending})"), ending=form.ENDING
        )
        self.target = PathField(N_("Where the office lies on this PC"), PLACE, self.waiting)
        self.file.path.chosen.connect(self.on_file)
        words = (
            N_("The copy that waits here is replaced once the file was read as whole; it is kept.")
            if self.waiting
            else N_("The file is read as a whole first. From then on this PC writes.")
        )
        super().__init__(
            shell,
            N_("Take over the office file"),
            Label(words, "sec", wrap=True),
            self.file,
            self.target,
            button=N_("Take over"),
            icon="download",
        )
        self.on_file()
        self.file.path.field.setFocus()

    def on_file(self) -> None:
        """Propose a place by the file's name."""
        named = self.file.path.field.value()
        if named and not self.target.field.value():
            stem = _NUMBER.sub("", Path(named).stem)
            self.target.field.setText(str(Path.home() / f"{stem}{SUFFIX}"))

    def confirm(self) -> None:
        file, passphrase = self.file.value()
        target = self.target.value()
        if self.shell.where and _same(target, self.shell.where):
            # The copy that waits is in use by this window; it comes back if it is not replaced.
            self.returns = self.shell.where
            self.shell.leave()
        self.begin(
            carry_out,
            title=N_("Taking over the office file"),
            file=file,
            target=target,
            passphrase=passphrase,
        )

    def on_refused(self, error: Exception) -> None:
        super().on_refused(error)
        returns, self.returns = self.returns, ""
        if returns:
            self.shell.open_office(returns)

    def on_done(self, value) -> None:
        self.returns = ""
        super().on_done(value)
        self.shell.open_office(str(value.path))
        self.shell.window.toast.tell(
            N_("The office file is here now. It was given by {by}."),
            undo=False,
            by=value.handover.by,
        )


def _waiting(shell) -> str:
    """Return the place of the open copy that waits, "" where none does."""
    store = shell.desk.store if shell.desk is not None else None
    return str(shell.where) if store is not None and store.away else ""


def _same(one: Path, other: str) -> bool:
    return "://" not in other and one.resolve() == Path(other).resolve()
