"""A long piece of work on a thread of its own: progress, cancel, and the one door to the office."""

from __future__ import annotations

import threading

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.text import Msg


class Work:
    """What a job sees of the desk, and what the window sees of a job."""

    def __init__(self, desk, job, asked: dict, title: Msg, then, otherwise) -> None:
        self.title = title
        self.done, self.of, self.message = 0, 0, ""
        self.over = False
        self._desk, self._job, self._asked = desk, job, asked
        self._then, self._otherwise = then, otherwise
        self._stop_asked = threading.Event()
        self._thread = threading.Thread(target=self._carry_out, name="work")

    # --- for the job
    @property
    def store(self):
        """The Store, for its papers; writes go through `run`."""
        return self._desk.store

    @property
    def papers(self):
        """The file store of the office."""
        return self._desk.store.papers

    def run(self, usecase, **asked):
        """Run a use case on the writer, wait for it and return its ChangeSet."""
        return self._desk.run_and_wait(usecase, asked)

    def reading(self):
        """Return a reading session as a context manager."""
        return self._desk.store.reading()

    def progress(self, done: int, of: int, message: str = "") -> None:
        """Say how far the job is; raise Cancelled when the person stopped it."""
        self.done, self.of, self.message = done, of, message
        if self.cancelled():
            raise Cancelled

    def cancelled(self) -> bool:
        """Say whether the person stopped the job."""
        return self._stop_asked.is_set()

    # --- for the window
    def cancel(self) -> None:
        """Ask the job to stop."""
        self._stop_asked.set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_alive(self) -> bool:
        """Say whether the job still runs."""
        return self._thread.is_alive()

    def join(self) -> None:
        """Wait for the job's end."""
        self._thread.join()

    def _carry_out(self) -> None:
        try:
            value, then = self._job(self, **self._asked), self._then
        except Exception as error:
            value, then = error, self._otherwise
        self.over = True
        self._desk.answer(then, None, value)
