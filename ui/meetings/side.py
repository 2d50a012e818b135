"""What stands beside the agenda: blocks about the meeting and the item in front."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from PySide6.QtWidgets import QFrame

from db.vocab import MeetingKind
from gwangju_desktop.meetings import queries
from ui import theme
from ui.widgets.parts import column, rule, scrolled

WIDTH = 520
# In their order from above; a block is there as soon as its module is.
BLOCKS = (
    "ui.meetings.quorum",
    "ui.meetings.sheet",
    "ui.meetings.decision",
    "ui.meetings.notes",
    "ui.meetings.followup",
    "ui.meetings.threads",
)


class Side(QFrame):
    """The inspector of the meeting: the quorum stands still above, what belongs to the item scrolls."""

    def __init__(self, view) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.view, self.item = view, None
        modules = [name for name in BLOCKS if find_spec(name) is not None]
        self.blocks = [import_module(name).BLOCK(view) for name in modules]
        self.quorum = self.blocks[0]
        self.card = self.blocks[1]
        self.line = rule()
        self.pane = scrolled(column(*self.blocks[1:], None, margins=(20, 12, 20, 14), gap=12))
        # A number that decides whether a vote counts is never out of sight.
        above = column(self.quorum, self.line, margins=(20, 14, 20, 0), gap=12)
        column(above, (self.pane, 1), gap=0, into=self)
        self.dress()

    def open(self, id: int) -> None:
        """Show an item."""
        self.view.desk.read(queries.item, then=self.on_item, otherwise=self.clear, id=id)

    def on_item(self, item) -> None:
        """Show an ItemDetail in every block."""
        if item.id != self.view.item_id:
            return
        self.item = item
        for block in self.blocks:
            block.show_item(item, self.view.meeting)
        self.view.on_item(item)

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail, and the item again: what can be done depends on both."""
        # Whoever answers in writing is not counted in a room.
        sitting = meeting.kind != MeetingKind.WRITTEN
        self.quorum.setVisible(sitting)
        self.line.setVisible(sitting)
        self.quorum.show_meeting(meeting)
        if self.item is not None and self.item.meeting_id == meeting.id:
            for block in self.blocks:
                block.show_item(self.item, meeting)

    def clear(self, _error=None) -> None:
        """Show no item."""
        self.item = None
        for block in self.blocks:
            block.show_item(None, self.view.meeting)

    def dress(self) -> None:
        """Take the width at the present text size."""
        self.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange:
            self.dress()
        super().changeEvent(event)
