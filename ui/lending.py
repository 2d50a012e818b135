"""Open a stored file in its own program: a read-only copy, made on the worker's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from gwangju_desktop.errors import UserError
from gwangju_desktop.papers import lending
from ui import alerts
from ui.text import N_


def lend(work, *, sha256: str, name: str) -> Path:
    """Write a read-only copy of a stored file for its own program."""
    return lending.lend(work.store.papers, sha256=sha256, name=name)


class Lender(QObject):
    """Hands copies of stored files to the system; `opened` comes when a program took one."""

    opened = Signal()

    def __init__(self, owner, desk) -> None:
        super().__init__(owner)
        self.desk = desk

    def open(self, sha256: str, name: str) -> None:
        """Open a file under its own name."""
        self.desk.work(
            lend, title=N_("Opening the paper"), then=self.on_lent, sha256=sha256, name=name
        )

    def on_lent(self, path: Path) -> None:
        """Hand the copy to the system."""
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.opened.emit()
        else:
            alerts.tell(UserError(N_("No program on this PC opens {name}."), name=path.name))
