"""The history of a meeting: every step with its reason, and what happened in the room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.meetings import history
from gwangju_desktop.meetings.retelling import retold
from ui.meetings.step_dialogs import TakeBackDialog
from ui.meetings.steps import TAKEN_BACK
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import N_, NN_, say, words
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, Label, column, row

ICONS = {
    "step": "milestone",
    "break": "clock",
    "item": "file-text",
    "vote": "check",
    "coming": "users",
    "going": "log-out",
}


def told(event) -> Cell:
    """Say what happened over its reason."""
    return Cell(
        say(event.message, **event.values),
        retold(event.reason, words()) if event.kind == "vote" else event.reason,
        role="secb" if event.kind == "step" else "sec",
    )


HISTORY = Table(
    columns=(
        Column("at", N_("When"), 200, cell=lambda e: Cell(say("{at:when}", at=e.at))),
        Column("kind", "", 36, cell=lambda e: Cell("", icon=ICONS[e.kind], ink=e.tone or "text3")),
        Column("told", N_("What happened"), cell=told),
    )
)


class HistoryTab(QWidget):
    """All that was recorded of the meeting, the latest first."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.list = RowList(RowTable(HISTORY), N_("History of the meeting"), height=48)
        self.sums = Label("", "cap", elide=True)
        self.back = view.writing(
            Button(N_("Take the last step back"), "link", "undo-2", slot=self.on_take_back)
        )
        empty = State(
            "history",
            N_("Nothing has happened yet"),
            N_("The steps of the meeting appear here with their time and reason."),
        )
        column(
            row(
                Label(N_("History of the meeting"), "h2"),
                (self.sums, 1),
                self.back,
                margins=(28, 12, 16, 0),
            ),
            (row(Hollow(self.list, empty), margins=(20, 0, 8, 8)), 1),
            gap=8,
            into=self,
        )

    def show_meeting(self, meeting) -> None:
        """Read the history of a MeetingDetail."""
        self.meeting = meeting
        self.back.setVisible(not self.view.desk.read_only and meeting.state in TAKEN_BACK)
        self.view.desk.read(history.of_meeting, then=self.on_rows, meeting_id=meeting.id)

    def on_rows(self, rows) -> None:
        self.list.model().show(rows)
        self.sums.say(NN_("{n} entry", "{n} entries"), n=len(rows))

    def on_take_back(self) -> None:
        TakeBackDialog(self.view.window(), self.view.desk, self.meeting).open()

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list]


TAB = HistoryTab
