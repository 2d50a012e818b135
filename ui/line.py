"""The line to an office server: lost, tried again, found.

What the writer, the reader and the ear ask of the server goes through `keep`, which asks again
until there is an answer. Asking again doubles nothing: a write carries its command's number.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import TypeVar

from db.errors import Refused, Unreachable

# Seconds before each further try, the last again and again. The second try is at once: it finds a
# server that merely ended idle connections (a failure makes the pool let go of them all).
WAITS = (0.0, 0.2, 0.5, 1.0, 2.0, 3.0)
SPREAD = 0.2  # so that the PCs of an office do not all come at one moment
# A server that is starting up refuses; so does one whose password was changed meanwhile.
GONE = (Unreachable, Refused)

Value = TypeVar("Value")


class Line:
    """Whether the server answers; `tell(fault)` hears of a loss, `tell(None)` of its end."""

    def __init__(self, tell: Callable[[Exception | None], None]) -> None:
        self._tell = tell
        self._news = threading.Condition()
        self._over = False
        self.fault: Exception | None = None

    def keep(self, act: Callable[[], Value]) -> Value:
        """Return what `act()` does, done again until the server answers or `end` was called.

        Raises what is no lost connection, and at the end the loss itself.
        """
        if self._over and self.fault is not None:
            raise self.fault
        tries = 0
        while True:
            try:
                value = act()
            except GONE as error:
                if tries and not self._wait(error, WAITS[min(tries, len(WAITS) - 1)]):
                    raise
                tries += 1
            else:
                self._say(None)
                return value

    def end(self) -> None:
        """Let those who wait go with the loss."""
        with self._news:
            self._over = True
            self._news.notify_all()

    def _wait(self, fault: Exception, seconds: float) -> bool:
        """Tell of the loss and wait, until another thread found the server; False at the end."""
        self._say(fault)
        with self._news:
            if not self._over and self.fault is not None:
                self._news.wait(seconds * random.uniform(1 - SPREAD, 1 + SPREAD))
            return not self._over

    def _say(self, fault: Exception | None) -> None:
        with self._news:
            if type(fault) is type(self.fault):
                return
            self.fault = fault
            self._tell(fault)
            if fault is None:
                self._news.notify_all()
