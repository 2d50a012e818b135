"""The backup on leaving an office: seen when it takes longer than a moment, and skipped at will."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QProgressBar

from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import Cancelled
from ui.backups import jobs
from ui.text import N_, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Label

SEEN_AFTER = 0.4  # s; what is quicker shows nothing
GIVEN_UP = 3.0  # s after it was skipped: a stuck drive keeps nobody here
LOOK_MS = 40


class Last:
    """The last backup of an office, on a thread that cannot keep the program from ending."""

    def __init__(self, desk, second) -> None:
        self.desk, self.second = desk, second
        self.store = desk.store
        self.done, self.of, self.message = 0, 0, ""
        self.outcome = None
        self.error: Exception | None = None
        self._stop = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._carry_out, name="last backup", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def skip(self) -> None:
        """Ask it to stop."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Say whether it was skipped."""
        return self._stop.is_set()

    def progress(self, done: int, of: int, message: str = "") -> None:
        """Say how far it is."""
        self.done, self.of, self.message = done, of, message
        if self.cancelled():
            raise Cancelled

    def wait(self, seconds: float) -> bool:
        """Wait for its end; say whether it has come."""
        if self._over.wait(seconds):
            self._thread.join()
            return True
        return False

    def _carry_out(self) -> None:
        try:
            # What was asked for a moment ago belongs to it.
            while self.desk.unwritten:
                self.progress(0, 0)
                time.sleep(0.01)
            self.outcome = jobs.keep(self, why=Why.CLOSING, second=self.second)
        except Exception as error:
            self.error = error
        finally:
            self._over.set()


class Leaving(Dialog):
    """What is still being done before the office closes, and the way to leave without it."""

    drafts = False

    def __init__(self, window, last: Last) -> None:
        self.last, self.given_up = last, 0.0
        self.bar, self.step = QProgressBar(), Label("", "cap", elide=True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(jobs.MAKING))
        super().__init__(
            window,
            jobs.MAKING,
            Label(
                N_(
                    "The office is closed right after this. What you entered is saved already;"
                    " without a backup only this last copy is missing."
                ),
                "sec",
                wrap=True,
            ),
            self.bar,
            self.step,
            button=N_("Leave without it"),
            kind="default",
        )
        self.cancel_button.hide()
        self.loop = QEventLoop(self)
        self.clock = QTimer(self)
        self.clock.setInterval(LOOK_MS)
        self.clock.timeout.connect(self.on_tick)

    def stay(self) -> None:
        """Show itself until the backup has ended or was given up."""
        self.open()
        self.clock.start()
        self.loop.exec()
        self.clock.stop()
        self.done(0)

    def confirm(self) -> None:
        """Skip it."""
        self.last.skip()
        self.given_up = self.given_up or time.monotonic() + GIVEN_UP
        self.button.setEnabled(False)

    def reject(self) -> None:
        """Escape skips it too."""
        self.confirm()

    def on_tick(self) -> None:
        late = self.given_up and time.monotonic() > self.given_up
        if self.last.wait(0) or late:
            self.loop.quit()
            return
        self.bar.setRange(0, self.last.of)
        self.bar.setValue(self.last.done)
        self.step.say(self.last.message)


def leave(window, desk, second) -> Last:
    """Back an office up before it closes; the window waits, but never for ever."""
    last = Last(desk, second)
    last.start()
    if not last.wait(SEEN_AFTER):
        Leaving(window, last).stay()
    return last
