"""The meetings room: the list with the meeting in front, the calendar, decisions, actions."""

from __future__ import annotations

from pathlib import Path

from ui.meetings.actions import ACTIONS, CALENDAR, OUTGOING
from ui.text import C_, N_
from ui.widgets.room import Pane, Room

RUNS = tuple(action.run for action in ACTIONS if action.run not in (*CALENDAR, *OUTGOING))
PANES = (
    Pane(
        "list",
        C_("pane", "Meetings"),
        "ui.meetings.listing",
        ("meeting", "agenda_item", "attendance", "paper", "note", "minutes"),
        RUNS,
    ),
    Pane(
        "calendar",
        C_("pane", "Calendar"),
        "ui.meetings.calendar",
        ("holiday", "meeting_series"),
        CALENDAR,
    ),
    Pane("decisions", C_("pane", "Decisions"), "ui.meetings.register", ("vote", "amendment")),
    Pane("actions", C_("pane", "Actions"), "ui.meetings.duties", ("action",)),
    Pane("outgoing", N_("Outgoing documents"), "ui.meetings.dispatch", ("outgoing",), OUTGOING),
)


class MeetingsPage(Room):
    """The panes of the meetings room; a meeting in front has the room to itself."""

    title = N_("Meetings")
    panes_of_room = PANES

    def show_pane(self, key: str):
        """Show a pane; only an open meeting stands without the room's tabs."""
        page = super().show_pane(key)
        self.bare(getattr(page, "alone", False))
        return page

    def take(self, paths: list[Path]) -> None:
        """Take files dropped on the window: calendars in the calendar, papers in the list."""
        calendars = [path for path in paths if path.suffix.lower() == ".ics"]
        if calendars:
            self.show_pane("calendar").take(calendars)
        else:
            super().take(paths)


PAGE = MeetingsPage
