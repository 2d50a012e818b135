"""Keep the pack on screen bound: in the background, anew whenever something it says changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ui.packs.binding import Asked, Bound, Unbound, bind
from ui.packs.pictures import Workshop
from ui.text import N_

SETTLE_MS = 80  # several changes at once are one binding; a later one overtakes
PATIENCE_MS = 400  # a binding shorter than this says nothing of itself


class Maker(QObject):
    """Bind what was asked for; `made(Bound)` or `unmade(error)` tells how it ended.

    `slow` says that a binding takes long enough to be spoken of. While `shown` is false nothing is
    bound: what changed meanwhile is bound when it is shown again.
    """

    made = Signal(object)
    unmade = Signal(object)
    slow = Signal()

    def __init__(self, desk, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.workshop = desk, workshop
        self.asked: Asked | None = None
        self.bound: Bound | None = None
        self.work = None  # the binding that runs, and the file it makes
        self.making: Path | None = None
        self.stale = False
        self.shown = False
        self.pending: list = []  # what waits for the pack to be true again
        self.settle = self._timer(SETTLE_MS, self.bind)
        self.patience = self._timer(PATIENCE_MS, self.on_patience)

    def _timer(self, after: int, slot) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    @property
    def busy(self) -> bool:
        """Say whether a binding runs or is about to."""
        return self.work is not None or self.settle.isActive()

    def ask(self, asked: Asked) -> None:
        """Bind this from now on."""
        self.asked = asked
        self.mark_stale()

    def mark_stale(self) -> None:
        """Bind anew, soon; off screen when the page is shown again."""
        self.stale = True
        if self.shown:
            self.settle.start()

    def show(self, shown: bool) -> None:
        """Tell whether the pack is on screen."""
        self.shown = shown
        if shown and self.stale:
            self.settle.start()

    def forget(self) -> None:
        """Let go of the pack and of what is being made."""
        self.stop()
        self.settle.stop()
        self.pending.clear()
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.asked, self.bound, self.stale = None, None, False

    def bind(self) -> None:
        """Bind in the background; a binding that runs is overtaken."""
        if self.asked is None:
            return
        self.stop()
        self.settle.stop()
        self.stale = False
        self.patience.start()
        self.making = self.workshop.new_file()
        self.work = self.desk.work(
            bind,
            title=N_("Making the pack"),
            then=self.on_bound,
            asked=self.asked,
            file=self.making,
        )

    def stop(self) -> None:
        """Stop the binding that runs."""
        self.patience.stop()
        if self.work is not None:
            self.work.cancel()
        self.work, self.making = None, None

    def on_patience(self) -> None:
        if self.work is not None:
            self.slow.emit()

    def on_bound(self, bound: Bound | Unbound) -> None:
        """Take what was bound, unless a newer one is being made."""
        if bound.file != self.making:
            self.workshop.drop(bound.file)
            return
        self.patience.stop()
        self.work, self.making = None, None
        if self.stale and isinstance(bound, Bound) and bound.asked != self.asked:
            # Something else was asked for meanwhile and is bound next.
            self.workshop.drop(bound.file)
            return
        if isinstance(bound, Unbound):
            self.pending.clear()
            if self.bound is not None and self.bound.asked != self.asked:
                # Something else was asked for and cannot be had: what is shown stays asked for.
                self.asked = self.bound.asked
            else:
                # The pack that was there before stays, and is not true any more.
                self.stale = self.bound is not None
            self.unmade.emit(bound.error)
            return
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        # An issue has its own language, and what followed it one edition: ask for what is shown.
        self.bound, self.asked = bound, bound.asked
        self.made.emit(bound)
        waiting, self.pending = self.pending, []
        for act, values in waiting:
            act(*values)

    def when_true(self, act, *values) -> None:
        """Do `act` with the pack as the office is now: at once, or when it has been bound."""
        if self.asked is None:
            return
        if self.bound is not None and self.work is None and not self.stale:
            act(*values)
            return
        self.pending.append((act, values))
        if self.work is None or self.stale:
            self.bind()
