"""Collect garbage on the window's thread only.

A cycle that holds a widget must not die on the writer's or the reader's thread: with automatic
collection the window crashed in four of five runs.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

LIMITS = (700, 10, 10)  # objects before each generation is swept, as Python's own
INTERVAL_MS = 1_000


_lock = threading.Lock()
_resting = 0


@contextlib.contextmanager
def resting() -> Iterator[None]:
    """Sweep nothing while a work makes some hundred thousand objects that are no garbage.

    Looking at all of them would stop the window for a tenth of a second, every second.
    """
    global _resting
    with _lock:
        _resting += 1
    try:
        yield
    finally:
        with _lock:
            _resting -= 1


class Sweeper(QObject):
    """Sweep once a second what automatic collection would have swept."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start()

    def on_tick(self) -> None:
        if _resting:
            return
        counts = zip(gc.get_count(), LIMITS, strict=True)
        full = [n for n, (count, limit) in enumerate(counts) if count > limit]
        if full:
            gc.collect(full[-1])
