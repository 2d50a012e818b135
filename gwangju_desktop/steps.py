"""How far a long piece of work is, told step by step, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.text import Msg

# Done, of how many, in which step.
Progress = Callable[[int, int, Msg], None]


class Watch:
    """Tell how far a step is; raise Cancelled when nobody wants the work any more."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.progress, self.cancelled = progress, cancelled
        self.done, self.total, self.step = 0, 1, Msg("")

    def begin(self, total: int, step: Msg) -> None:
        """Begin a step of so many parts."""
        self.done, self.total, self.step = 0, max(1, total), step
        self.on(0)

    def on(self, more: int) -> None:
        """Count parts that were done."""
        if self.cancelled and self.cancelled():
            raise Cancelled
        self.done += more
        if self.progress:
            self.progress(self.done, self.total, self.step)
