"""The middle of the page: the pages of the pack, or why there are none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.errors import Cancelled
from ui import alerts
from ui.text import N_, say
from ui.widgets.page import State
from ui.widgets.parts import Button


class Middle(QStackedWidget):
    """The reader with what stands in its place; `again` when the pack is to be made anew."""

    again = Signal()

    def __init__(self, reader) -> None:
        super().__init__()
        self.busy = State(
            "clock",
            N_("The pack is being made"),
            N_("It appears here as it will be printed. Other pages can be used meanwhile."),
        )
        self.stopped = State(
            "circle-dashed",
            N_("The pack was not finished"),
            N_("It was stopped. Nothing was saved."),
            Button(N_("Make pack anew"), "primary", slot=self.again),
        )
        self.failed = State(
            "circle-alert",
            N_("The pack could not be made"),
            "",
            Button(N_("Try again"), "primary", slot=self.again),
            ink="bad",
        )
        for part in (reader, self.busy, self.stopped, self.failed):
            self.addWidget(part)

    def show_pages(self) -> None:
        """Show the reader."""
        self.setCurrentIndex(0)

    def show_busy(self) -> None:
        """Say that the first pack is being made."""
        self.setCurrentWidget(self.busy)

    def show_error(self, error: Exception) -> None:
        """Say why there is no pack."""
        told = alerts.sentence(error)
        if told is None:
            alerts.tell(error)
            told = say(N_("The program failed; the details are in the log."))
        self.failed.hint.say(told)
        stopped = isinstance(error, Cancelled)
        self.setCurrentWidget(self.stopped if stopped else self.failed)
