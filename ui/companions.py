"""What goes on by itself while an office is open: declared here, begun and ended by the shell.

A companion is a QObject made with the shell. `close()`, where it has one, is called before the
desk is closed: there it may still ask the desk for its last work.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

QUIET_MS = 30_000  # after an office was opened, until what nobody waits for may begin


class Companion(NamedTuple):
    """A class by its module and name; a `quiet` one begins long after the first rows."""

    module: str
    name: str
    quiet: bool = True


COMPANIONS = (
    Companion("ui.server.door", "Watch", quiet=False),
    Companion("ui.healing.noticing", "Noticing", quiet=False),
    Companion("ui.drafting", "Drafter", quiet=False),
    Companion("ui.backups.keeper", "Keeper", quiet=False),
    Companion("ui.backups.monthly", "Monthly"),
    Companion("ui.commitments.evidence_weekly", "Weekly"),
    Companion("ui.reading", "Reader"),
    Companion("ui.updates.watch", "Watch"),
)


class Companions(QObject):
    """Begin what is declared for an office that has been opened, and end it again."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell = shell
        self.begun: list[QObject] = []
        self._begin(quiet=False)
        QTimer.singleShot(QUIET_MS, self, self.on_quiet)

    def on_quiet(self) -> None:
        self._begin(quiet=True)

    def close(self) -> None:
        """End what was begun, the last first."""
        for companion in reversed(self.begun):
            if hasattr(companion, "close"):
                companion.close()
        self.begun.clear()

    def _begin(self, *, quiet: bool) -> None:
        for declared in COMPANIONS:
            if declared.quiet == quiet:
                made = getattr(import_module(declared.module), declared.name)
                self.begun.append(made(self.shell))
