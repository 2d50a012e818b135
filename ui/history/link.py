"""The way from a record to its history: one button for every page that has a place for it."""

from __future__ import annotations

from ui.text import N_
from ui.widgets.parts import Button


class HistoryButton(Button):
    """Shows the history of the record in front, as Ctrl+H does."""

    def __init__(self) -> None:
        super().__init__("", "ghost", "history", name=N_("History of this record"))
        self.clicked.connect(self.on_history)

    def on_history(self) -> None:
        """Go to the history, narrowed to the record."""
        self.window().shell.act("record.history")
