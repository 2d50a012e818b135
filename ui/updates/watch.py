"""Look on the share for a later version, quietly: once after the start and once a day."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gwangju_desktop import updates
from gwangju_desktop.errors import UserError
from ui.settings import kept
from ui.text import N_

FOLDER, KEY, TOLD = "updates/folder", "updates/key", "updates/told"
DAY_MS = 24 * 60 * 60 * 1_000
PATIENCE = 2.0  # seconds a share that does not answer may hold up the end


class Look(QObject):
    """One look, on a thread of its own: a share may take its time."""

    answered = Signal(object)  # updates.Notice, None, or the error

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Say whether an answer is still to come."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> bool:
        """Begin; False where this PC was given no folder or no key."""
        folder, key = kept.text(FOLDER), kept.text(KEY)
        if not folder or not key or self.running:
            return False
        self._thread = threading.Thread(
            target=self._carry_out, args=(Path(folder), bytes.fromhex(key)), daemon=True
        )
        self._thread.start()
        return True

    def _carry_out(self, folder: Path, key: bytes) -> None:
        try:
            found: object = updates.look(folder, key)
        except (UserError, OSError) as error:
            found = error
        self.answered.emit(found)

    def end(self) -> None:
        """Wait a moment for the answer."""
        if self._thread is not None:
            self._thread.join(PATIENCE)


class Watch(QObject):
    """Tell of a later version once; of a share that is not there, or not signed, only when asked."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell = shell
        self.look = Look(self)
        self.look.answered.connect(self.on_answered)
        self.clock = QTimer(self)
        self.clock.setInterval(DAY_MS)
        self.clock.timeout.connect(self.on_tick)
        self.clock.start()
        self.on_tick()

    def on_tick(self) -> None:
        self.look.start()

    def on_answered(self, found) -> None:
        """Say it once a version: who wants it finds it in the settings."""
        if isinstance(found, updates.Notice) and kept.text(TOLD) != found.version:
            kept.keep(TOLD, found.version)
            self.shell.window.toast.tell(
                N_("Version {version} is there: see the settings, Updates."),
                undo=False,
                version=found.version,
            )

    def close(self) -> None:
        """Look no more."""
        self.clock.stop()
        self.look.end()
