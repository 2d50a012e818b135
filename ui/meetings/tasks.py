"""The actions of a meeting: those it gave, and those of earlier meetings it reads about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.meetings import actionlist
from ui.meetings.task_board import TaskBoard
from ui.meetings.task_parts import QuickLine
from ui.models.rows import Group
from ui.text import C_, N_
from ui.widgets.page import State
from ui.widgets.parts import Button, Label, column, row


def both(read, *, meeting_id: int, today):
    """Return the meeting's own actions and the earlier ones."""
    return (
        meeting_id,
        actionlist.of_meeting(read, meeting_id=meeting_id, today=today),
        actionlist.carried(read, meeting_id=meeting_id, today=today),
    )


class TasksTab(QWidget):
    """All actions of a meeting, with the line to add one that belongs to no item."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.sums = Label("", "cap", elide=True)
        self.print_button = Button(N_("Print the list"), icon="printer", slot=self.on_print)
        empty = State(
            "circle-check",
            N_("No action yet"),
            N_("Enter what is to be done, by whom and by when in the line below."),
        )
        self.board = TaskBoard(view, empty)
        self.line = QuickLine(view.desk)
        self.line.added.connect(self.board.choose)
        view.writing(self.line)
        column(
            row(
                Label(C_("tab", "Actions"), "h2"),
                (self.sums, 1),
                self.print_button,
                margins=(28, 12, 16, 4),
                gap=10,
            ),
            (self.board, 1),
            row(self.line, margins=(28, 4, 16, 12)),
            gap=0,
            into=self,
        )

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.board.list, self.line.text]

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail's actions."""
        self.meeting = meeting
        self.line.belong(meeting_id=meeting.id)
        self.view.desk.read(both, then=self.on_rows, meeting_id=meeting.id, today=clock.today())

    def on_rows(self, found) -> None:
        meeting_id, own, earlier = found
        if self.meeting is None or meeting_id != self.meeting.id:
            return
        rows: list = []
        if own:
            rows += [Group(C_("actions", "Of this meeting"), len(own)), *own]
        if earlier:
            rows += [Group(C_("actions", "Of earlier meetings"), len(earlier)), *earlier]
        self.board.show_rows(rows)
        late = sum(one.late for one in (*own, *earlier))
        done = sum(one.done for one in (*own, *earlier))
        self.sums.say(
            N_("{n} actions · done {done} · overdue {late}") if rows else "",
            n=len(own) + len(earlier),
            done=done,
            late=late,
        )
        self.print_button.setVisible(bool(rows))

    # --- what a person does
    def on_print(self) -> None:
        """Show the list as it will be printed."""
        from ui.documents.dialog import DocumentsDialog

        if self.meeting is not None:
            DocumentsDialog(self.window(), self.view.desk, "actions", self.meeting.id).open()

    def on_result(self) -> None:
        self.board.on_result()

    def on_evidence(self) -> None:
        self.board.on_evidence()

    def on_delete(self) -> None:
        """Delete what the cursor stands on."""
        self.board.on_delete()

    def take(self, paths: list[Path]) -> None:
        """File evidence with the action in front."""
        self.board.take(paths)


TAB = TasksTab
