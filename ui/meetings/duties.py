"""The actions of all bodies: what is overdue, what is open, who is responsible."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from gwangju_desktop import clock
from gwangju_desktop.meetings import actionlist
from gwangju_desktop.meetings.documents.action_list import UNFINISHED
from gwangju_desktop.meetings.words import ACTION_STATES
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from ui.meetings.task_board import TaskBoard
from ui.models.rows import Group
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice
from ui.widgets.page import Page, State
from ui.widgets.parts import Button, Label, column, row

SETTLE_MS = 150
OPEN, ANY = "open", "any"
STATES = ((OPEN, UNFINISHED), (ANY, N_("All states")), *ACTION_STATES.items())
SOON_DAYS = 7
EVERYTHING = {
    "body_id": None,
    "state": None,
    "department": "",
    "overdue": False,
    "unfinished": False,
}


def everything(read, *, today, narrowed: dict):
    """Return the actions as narrowed, and what they may be narrowed by."""
    return (
        actionlist.listed(read, today=today, **narrowed),
        members.bodies(read, on=today),
        actionlist.departments(read),
    )


class DutiesPage(Page):
    """What was given to whom by all bodies, the longest overdue first."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.sums = Label("", "cap", elide=True)
        self.body = Choice([(None, N_("All bodies"))], N_("Body"))
        self.state = Choice(STATES, C_("action", "State"), OPEN)
        self.department = Choice([("", N_("All departments"))], N_("Department responsible"))
        self.late = Check(N_("Overdue only"))
        self.print_button = Button(N_("Print the list"), icon="printer", slot=self.on_print)
        empty = State(
            "circle-check",
            N_("No action matches"),
            N_("Actions are given beside the agenda of a meeting and gathered here."),
        )
        self.board = TaskBoard(self, empty)
        for choice in (self.body, self.state, self.department):
            choice.currentIndexChanged.connect(self.look)
        self.late.toggled.connect(self.look)
        column(
            row(
                Label(C_("pane", "Actions"), "h2"),
                (self.sums, 1),
                self.print_button,
                margins=(28, 14, 24, 2),
                gap=10,
            ),
            row(
                self.body,
                self.state,
                self.department,
                self.late,
                None,
                margins=(28, 2, 24, 8),
                gap=8,
            ),
            (self.board, 1),
            gap=0,
            into=self,
        )
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        desk.changed.connect(self.on_changed)
        self.look()

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        return [self.board.list]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an action, whatever the list was narrowed to."""
        if id is None:
            return
        self.board.choose(id)
        self.look()
        self.moved.emit(id, "action")

    def widen(self) -> None:
        """List every action again, so that one that was asked for is among them."""
        for choice, value in ((self.body, None), (self.state, ANY), (self.department, "")):
            choice.blockSignals(True)
            choice.choose(value)
            choice.blockSignals(False)
        self.late.blockSignals(True)
        self.late.setChecked(False)
        self.late.blockSignals(False)
        self.look()

    # --- what is shown
    def narrowed(self) -> dict:
        """Return what the list is narrowed to, as actionlist.listed takes it."""
        state = self.state.value()
        return {
            "body_id": self.body.value(),
            "state": None if state in (OPEN, ANY) else state,
            "department": self.department.value() or "",
            "overdue": self.late.isChecked(),
            "unfinished": state == OPEN,
        }

    def look(self, *_ignored) -> None:
        """Read the list anew."""
        self.desk.read(everything, then=self.on_rows, today=clock.today(), narrowed=self.narrowed())

    def on_rows(self, found) -> None:
        rows, bodies, departments = found
        if self.board.misses(rows) and self.narrowed() != EVERYTHING:
            self.widen()
            return
        self._offer(bodies, departments)
        late = [one for one in rows if one.late]
        soon = [one for one in rows if one.open and 0 <= one.days <= SOON_DAYS]
        later = [one for one in rows if one.open and one.days > SOON_DAYS]
        ended = [one for one in rows if not one.open]
        shown: list = []
        for title, part, ink in (
            (C_("deadlines", "Overdue"), late, "bad"),
            (C_("deadlines", "Within a week"), soon, "text3"),
            (C_("deadlines", "Later"), later, "text3"),
            (C_("actions", "Finished"), ended[::-1], "text3"),
        ):
            if part:
                shown += [Group(title, len(part), ink), *part]
        self.board.show_rows(shown)
        self.sums.say(
            N_("{n} actions · done {done} · overdue {late}") if rows else "",
            n=len(rows),
            done=sum(one.done for one in rows),
            late=len(late),
        )
        self.print_button.setVisible(bool(rows))

    def _offer(self, bodies, departments) -> None:
        """Offer the bodies and departments there are; what is chosen stays chosen."""
        options = [(None, N_("All bodies"))]
        options += [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        if options != self.body.options:
            self.body.show_options(options, self.body.value())
        names = [("", N_("All departments")), *((name, name) for name in departments)]
        if names != self.department.options:
            self.department.show_options(names, self.department.value())

    def on_changed(self, changes) -> None:
        if changes.touches("action", "action_evidence", "meeting", "body"):
            self.settle.start()

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # Names of bodies are data in two languages: they are read anew.
            self.settle.start()
        super().changeEvent(event)

    # --- what a person does
    def on_print(self) -> None:
        """Show the list as it will be printed."""
        from ui.documents.dialog import DocumentsDialog

        narrowed = self.narrowed()
        body_id = narrowed.pop("body_id")
        DocumentsDialog(self.window(), self.desk, "all-actions", body_id, **narrowed).open()

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


PANE = DutiesPage
