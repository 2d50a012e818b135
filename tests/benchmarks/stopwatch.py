"""The real window under a stopwatch: opened, waited for as the program waits for what it shows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui import app as start
from ui.window import Window


class Painter(QObject):
    """Know when a widget was painted last."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


class Heart(QTimer):
    """Beat every millisecond and keep the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.last = self.longest = 0.0
        self.timeout.connect(self.beat)
        self.start(1)

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.last)
        self.last = now

    def begin(self) -> None:
        self.last, self.longest = time.perf_counter(), 0.0


@contextmanager
def shown(office: Path) -> Iterator[Window]:
    """Show the window on an office until its first page is there and the desk is idle."""
    start.make(language="ko", scheme="light", scale=1.0)
    window = Window()
    held = start.Start(window, str(office))
    window.show()
    wait(lambda: window.shell and window.shell.rooms and window.shell.rooms.pages)
    wait(lambda: window.shell.desk.idle)
    yield window
    window.close()
    held.close()


def wait(until: Callable[[], object], limit: float = 20) -> None:
    """Sleep in the event loop, as the program does, until something holds.

    Without a time limit of Qt's: with one Qt spins, and the database's thread waits for the GIL.
    """
    end = time.monotonic() + limit
    heart = QTimer()
    heart.start(20)
    while not until():
        assert time.monotonic() < end
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
