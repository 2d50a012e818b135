"""The actions of the item in front: ticked when done, added in one line by the keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from db.vocab import ActionState
from gwangju_desktop import clock
from gwangju_desktop.meetings import actionlist, actions
from gwangju_desktop.meetings.actionlines import read_line
from ui.meetings.task_parts import QuickLine, TaskDialog, due
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row


def short_due(one) -> Cell:
    """Show the day only; its colour says that it has passed or is near."""
    return replace(due(one), text=day(one.due_on))


TASKS = Table(
    columns=(
        Column(
            "text",
            C_("actions", "Action"),
            cell=lambda a: Cell(a.text, check=a.done, ink="" if a.open else "text3"),
        ),
        Column("department", C_("actions", "Department"), 118, cell=lambda a: Cell(a.department)),
        Column("due", C_("actions", "Due"), 74, "right", cell=short_due),
    )
)


class FollowUp(QWidget):
    """What an item leads to: who does what by when."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.item, self.meeting = view, None, None
        self.rows: dict[int, actionlist.ActionRow] = {}
        self.count = Label("", "cap")
        self.list = RowList(RowTable(TASKS), C_("tab", "Actions"), height=32, fit=True)
        self.list.ticked.connect(self.on_ticked)
        self.list.opened.connect(self.on_opened)
        self.line = QuickLine(view.desk)
        self.whole = Button(N_("All of the meeting"), "link", slot=self.on_all)
        view.writing(self.line)
        head = row(Label(C_("tab", "Actions"), "h3"), self.count, None, self.whole, gap=8)
        column(head, self.list, self.line, gap=6, into=self)
        self.list.hide()
        self.hide()

    # --- what is shown
    def show_item(self, item, meeting) -> None:
        """Show an ItemDetail's actions, or nothing."""
        self.item, self.meeting = item, meeting
        self.setVisible(item is not None)
        if item is None:
            self.line.belong()
            return
        self.line.belong(item_id=item.id)
        self.look()

    def refresh(self, changes) -> None:
        """Read the actions anew where one changed."""
        if self.item is not None and changes.touches("action", "action_evidence"):
            self.look()

    def look(self) -> None:
        """Ask for the actions of the item."""
        self.view.desk.read(
            actionlist.of_item, then=self.on_rows, item_id=self.item.id, today=clock.today()
        )

    def on_rows(self, rows) -> None:
        if self.item is None or any(one.item_id != self.item.id for one in rows):
            return
        self.rows = {one.id: one for one in rows}
        self.list.model().show(rows)
        self.list.setVisible(bool(rows))
        self.count.say(NN_("{n} action", "{n} actions") if rows else "", n=len(rows))
        QTimer.singleShot(0, self, self.see_line)

    # --- what a person does
    def on_ticked(self, id) -> None:
        if self.view.desk.read_only:
            return
        done = self.rows[id].done
        wanted = ActionState.UNDER_WAY if done else ActionState.DONE
        self.view.desk.do(actions.set_state, ids=[id], state=wanted.value)

    def on_opened(self, id) -> None:
        if not self.view.desk.read_only:
            TaskDialog(self.window(), self.view.desk, self.rows[id]).open()

    def on_all(self) -> None:
        self.view.show_tab("actions")

    def on_task(self) -> None:
        """Go to the line; from the notes, take the line the cursor stands in with it."""
        if self.item is None or self.view.desk.read_only:
            return
        focused = QApplication.focusWidget()
        line = ""
        if isinstance(focused, QPlainTextEdit) and self.view.isAncestorOf(focused):
            cursor = focused.textCursor()
            line = cursor.selectedText().split("\u2029")[0] or cursor.block().text()
        if line.strip():
            found = read_line(line, clock.today())
            self.line.fill(found.text, found.department, found.due_on)
        else:
            self.line.text.setFocus()
        self.see_line()

    def see_line(self) -> None:
        """Bring the line into view while it is typed in; the list above it grows with each one."""
        if self.line.isAncestorOf(QApplication.focusWidget()):
            self.view.side.pane.ensureWidgetVisible(self.line)


BLOCK = FollowUp
