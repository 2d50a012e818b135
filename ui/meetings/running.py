"""The running clock of a sitting: how long the item taken up has taken, against its plan."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from gwangju_desktop import clock
from ui.text import N_
from ui.widgets.painted import Chip

SECOND = 1000


class RunningClock(Chip):
    """A chip that counts while an item runs and somebody sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.item = None
        self.timer = QTimer(self)
        self.timer.setInterval(SECOND)
        self.timer.timeout.connect(self.on_tick)

    def show_item(self, item) -> None:
        """Count for an AgendaRow, or for nothing."""
        self.item = item
        if item is None:
            self.timer.stop()
            self.say("")
        else:
            self.on_tick()
            self.timer.start()

    def on_tick(self) -> None:
        """Say the time that has passed."""
        if self.item is None:
            return
        passed = int(self.item.taken(clock.now()).total_seconds())
        over = bool(self.item.minutes) and passed > self.item.minutes * 60
        message = (
            N_("Item {number} · {time} of {planned} min")
            if self.item.number
            else N_("{time} of {planned} min")
        )
        self.say(
            message,
            "bad" if over else "ok",
            "clock",
            number=self.item.number,
            time=f"{passed // 60}:{passed % 60:02}",
            planned=self.item.minutes,
        )

    def hideEvent(self, event) -> None:
        self.timer.stop()
        super().hideEvent(event)

    def showEvent(self, event) -> None:
        if self.item is not None:
            self.on_tick()
            self.timer.start()
        super().showEvent(event)
