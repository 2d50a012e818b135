"""A restore drill once a month, by itself: a backup that nobody has ever restored is a hope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gwangju_desktop.errors import Cancelled, UserError
from ui import alerts
from ui.backups import jobs
from ui.backups.keeper import wanted
from ui.text import N_

if TYPE_CHECKING:
    from gwangju_desktop.backups.drill import Drill
    from gwangju_desktop.backups.standing import Standing

AGAIN_MS = 6 * 60 * 60 * 1000


class Monthly(QObject):
    """Asks at once and every six hours whether a drill is due; lives with the desk."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.desk, self.work = shell.desk, None
        self.timer = QTimer(self)
        self.timer.setInterval(AGAIN_MS)
        self.timer.timeout.connect(self.ask)
        if wanted(self.desk):
            self.timer.start()
            self.ask()

    def ask(self) -> None:
        """Ask whether it is time."""
        if self.work is None:
            self.work = self.desk.work(
                jobs.look,
                title=jobs.LOOKING,
                then=self.on_looked,
                otherwise=self.on_stopped,
                second=None,
                last=None,
            )

    def on_looked(self, standing: Standing) -> None:
        """Begin the drill."""
        self.work = None
        if standing.due:
            self.work = self.desk.work(
                jobs.try_out,
                title=jobs.DRILLING,
                then=self.on_tried,
                otherwise=self.on_stopped,
                folder=standing.folder,
            )

    def on_tried(self, found: Drill) -> None:
        """Tell what is wrong, nothing else; the date stands with the backups."""
        self.work = None
        if not found.ok:
            alerts.tell(refusal(found))

    def on_stopped(self, error: Exception) -> None:
        """Leave it for another time when somebody stopped it."""
        self.work = None
        if not isinstance(error, Cancelled):
            alerts.tell(error)


def refusal(found: Drill) -> UserError:
    """Return what is told of a drill that failed."""
    return UserError(
        N_("The restore drill of {file} failed: {why}"),
        hint=N_("Make a backup now and repeat the drill; keep a second copy on another drive."),
        file=found.backup,
        why=found.problems[0],
    )
