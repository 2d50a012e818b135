"""The clocks of a sitting: how long it has lasted, how long its item takes against its plan."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from db.vocab import MeetingState
from gwangju_desktop import clock
from ui.text import N_
from ui.widgets.painted import Chip

SECOND = 1000
MINUTE = 60


class Ticking(Chip):
    """A chip that counts while there is something to count and somebody sees it."""

    def __init__(self, interval: int) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.setInterval(interval)
        self.timer.timeout.connect(self.on_tick)

    @property
    def counting(self) -> bool:
        """Say whether time is passing."""
        return False

    def start(self) -> None:
        """Count from now on, if there is anything to count."""
        if not self.counting:
            self.timer.stop()
            return
        self.on_tick()
        self.timer.start()

    def on_tick(self) -> None:
        """Say the time that has passed."""

    def hideEvent(self, event) -> None:
        self.timer.stop()
        super().hideEvent(event)

    def showEvent(self, event) -> None:
        self.start()
        super().showEvent(event)


class SittingChip(Ticking):
    """The state of a meeting; in session, also for how many minutes."""

    def __init__(self) -> None:
        super().__init__(20 * SECOND)
        self.meeting = None

    def show_state(self, meeting, words, tone: str) -> None:
        """Say the state of a MeetingDetail in these words."""
        self.meeting, self.words, self.tone_ = meeting, words, tone
        self.say(words, tone)
        self.start()

    @property
    def counting(self) -> bool:
        one = self.meeting
        return one is not None and one.state == MeetingState.OPENED and one.opened_at is not None

    def on_tick(self) -> None:
        passed = int((clock.now() - self.meeting.opened_at).total_seconds()) // MINUTE
        self.say(
            N_("{state} · for {n} min"), self.tone_, "clock", state=self.words, n=max(passed, 0)
        )


class RunningClock(Ticking):
    """How long the item that was taken up has taken, against its plan."""

    def __init__(self) -> None:
        super().__init__(SECOND)
        self.item = None

    def show_item(self, item) -> None:
        """Count for an AgendaRow, or for nothing."""
        self.item = item
        if item is None:
            self.say("")
        self.start()

    @property
    def counting(self) -> bool:
        return self.item is not None

    def on_tick(self) -> None:
        passed = int(self.item.taken(clock.now()).total_seconds())
        over = bool(self.item.minutes) and passed > self.item.minutes * MINUTE
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
            time=f"{passed // MINUTE}:{passed % MINUTE:02}",
            planned=self.item.minutes,
        )
