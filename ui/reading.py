"""Papers are read by themselves, so that the search finds what they say; nobody waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.papers import texts
from ui import alerts

SOON_MS = 2_000  # after a file came, for the next one to come too


def read_files(work) -> int:
    """Read what nobody has read, on the work's own thread."""
    return texts.read_files(
        work.store, run=work.run, progress=work.progress, cancelled=work.cancelled
    )


class Reader(QObject):
    """Asks for unread files half a minute after the office was opened and after each that comes."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.desk, self.work = shell.desk, None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SOON_MS)
        self.timer.timeout.connect(self.ask)
        if not self.desk.read_only:
            self.desk.changed.connect(self.on_changed)
            self.ask()

    def on_changed(self, changes) -> None:
        """Wait for the files that come with this one."""
        if changes.touches("stored_file"):
            self.timer.start()

    def ask(self) -> None:
        """Ask whether there is anything to read."""
        if self.work is None:
            self.desk.read(texts.unread, then=self.on_unread)

    def on_unread(self, waiting: list) -> None:
        """Begin to read."""
        if waiting and self.work is None:
            self.work = self.desk.work(
                read_files, title=texts.READING, then=self.on_read, otherwise=self.on_stopped
            )

    def on_read(self, done: int) -> None:
        """Look again for what came meanwhile, as long as something can be read."""
        self.work = None
        if done:
            self.ask()

    def on_stopped(self, error: Exception) -> None:
        """Leave the rest for the next opening when somebody stopped it."""
        self.work = None
        if not isinstance(error, Cancelled):
            alerts.tell(error)
