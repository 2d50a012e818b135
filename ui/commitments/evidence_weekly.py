"""Evidence files are read again every week, by itself, while an office is open.

Nobody waits for it: it begins half a minute after the office was opened, on a thread of its own,
and says nothing unless a file is not what it was.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence import integrity
from ui import alerts
from ui.commitments import evidence_jobs as jobs

AGAIN_MS = 60 * 60 * 1000  # an office may stay open for weeks


class Weekly(QObject):
    """Asks at once and every hour whether the files are to be read again; lives with the desk."""

    def __init__(self, shell) -> None:
        desk = shell.desk
        super().__init__(desk)
        self.desk, self.work = desk, None
        self.timer = QTimer(self)
        self.timer.setInterval(AGAIN_MS)
        self.timer.timeout.connect(self.ask)
        if not desk.read_only:
            self.timer.start()
            self.ask()

    def ask(self) -> None:
        """Ask whether it is time."""
        if self.work is None:
            self.desk.read(integrity.is_due, then=self.on_due)

    def on_due(self, due: bool) -> None:
        """Read the files."""
        if due:
            self.work = self.desk.work(
                jobs.check,
                title=jobs.CHECKING,
                then=self.on_checked,
                otherwise=self.on_unchecked,
                occasion=integrity.Occasion.WEEKLY.value,
            )

    def on_checked(self, checked: integrity.Checked) -> None:
        """Tell what is broken, nothing else."""
        self.work = None
        try:
            integrity.refuse_broken(checked)
        except UserError as error:
            alerts.tell(error)

    def on_unchecked(self, error: Exception) -> None:
        """Leave it for another hour when somebody stopped it."""
        self.work = None
        if not isinstance(error, Cancelled):
            alerts.tell(error)
