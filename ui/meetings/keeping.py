"""A text on its way into the office: a draft while it is typed, recorded at a pause.

Nothing here waits for storage: the texts go to the writer's queue, what comes of them comes back
as signals.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gwangju_desktop import clock

DRAFT_MS = 2000  # from the first key not kept yet to the draft
PAUSE_MS = 20_000  # without a key until the text is recorded


class Keeper(QObject):
    """Keeps the text of one place. `read()` returns it as it is typed now."""

    kept = Signal(object)  # the moment of the newest safe copy
    refused = Signal(object)  # why a text could not be kept or recorded
    finished = Signal(object)  # nothing is left to come of a text that was left

    def __init__(self, parent, desk, *, keep, record, where: dict, version, text: str, read):
        super().__init__(parent)
        self.desk, self.where, self.version = desk, where, version
        self._keep, self._record, self.read = keep, record, read
        self.recorded = self.drafted = text
        self.busy = self.again = self.stuck = self.left = False
        self.draft_timer, self.pause_timer = QTimer(self), QTimer(self)
        for timer, after, then in (
            (self.draft_timer, DRAFT_MS, self.on_draft),
            (self.pause_timer, PAUSE_MS, self.record),
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(then)

    def typed(self) -> None:
        """Note that a key changed the text."""
        if not self.draft_timer.isActive():
            self.draft_timer.start()
        self.pause_timer.start()

    def on_draft(self) -> None:
        """Keep the text as a draft; nothing of it is journalled."""
        text = self.read()
        if text != self.drafted:
            self.drafted = text
            self.desk.do(
                self._keep,
                then=self.on_kept,
                otherwise=self.on_refused_draft,
                text=text,
                **self.where,
            )

    def on_kept(self, _value) -> None:
        self.kept.emit(clock.local(clock.now()))

    def on_refused_draft(self, error: Exception) -> None:
        self.drafted = ""
        self.refused.emit(error)

    def record(self) -> None:
        """Record the text, once the one before it has arrived."""
        self.pause_timer.stop()
        if self.stuck or self.read() == self.recorded:
            return
        if self.busy:
            self.again = True
            return
        self.draft_timer.stop()
        self.busy, self.sent = True, self.read()
        self.desk.do(
            self._record,
            then=self.on_recorded,
            otherwise=self.on_refused,
            text=self.sent,
            seen=self.version,
            **self.where,
        )

    def on_recorded(self, version) -> None:
        self.busy, self.version = False, version
        self.recorded = self.drafted = self.sent
        self.kept.emit(clock.local(clock.now()))
        if self.again:
            self.again = False
            self.record()
        self._end()

    def on_refused(self, error: Exception) -> None:
        self.busy = self.again = False
        self.stuck = True
        self.refused.emit(error)
        self._end()

    def go_on(self, version) -> None:
        """Record over what somebody else wrote, whose version is given."""
        self.version, self.stuck = version, False
        self.record()

    def leave(self) -> None:
        """Record what there is and end; the text is read for the last time."""
        last = self.read()
        self.read = lambda: last
        self.left = True
        self.stuck = False
        self.record()
        self.draft_timer.stop()
        self._end()

    @property
    def unsaved(self) -> bool:
        """Say whether there is text that is not recorded."""
        return self.busy or self.read() != self.recorded

    def _end(self) -> None:
        if self.left and not self.busy:
            self.finished.emit(self)
