"""A backup that was asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from gwangju_desktop.backups.automatic import Outcome
from gwangju_desktop.backups.why import Why
from ui import alerts
from ui.backups import jobs, places
from ui.text import N_


class Now(QObject):
    """Backs the open office up and tells of it; lives with the desk."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell = shell
        self.office = Path(shell.desk.store.office.place)

    def begin(self) -> None:
        """Begin, whether anything is new or not."""
        self.shell.desk.work(
            jobs.keep,
            title=jobs.MAKING,
            then=self.on_made,
            why=Why.ASKED,
            second=places.second(self.office),
        )

    def on_made(self, outcome: Outcome) -> None:
        """Say what came of it."""
        tell(self.shell, self.office, outcome)


def tell(shell, office: Path, outcome: Outcome) -> None:
    """Say what came of a backup that was asked for."""
    if outcome.second is not None:
        places.keep_last(office, outcome.second.manifest.moment)
    if outcome.fault is not None:
        alerts.tell(outcome.fault)
    elif outcome.away or outcome.locked:
        words = N_("Backed up beside the office, not in the second folder.")
        shell.window.toast.tell(words, undo=False)
    else:
        shell.window.toast.tell(N_("Backed up and read again."), undo=False)
