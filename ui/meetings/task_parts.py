"""What every list of actions shares: how a row is shown, the line to add one, the two forms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from db.vocab import ActionState
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import actionlist, actions
from gwangju_desktop.meetings.words import ACTION_STATES
from ui.models.rows import Cell
from ui.receiving import receive
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Button, Label, column, row

STATE_TONES = {
    ActionState.ASSIGNED: "neu",
    ActionState.UNDER_WAY: "acc",
    ActionState.DONE: "ok",
    ActionState.IMPOSSIBLE: "warn",
}
SOON_DAYS = 7


def what(one) -> Cell:
    """Show what is to be done with the box to tick; the result so far stands below it."""
    sub = " · ".join(part for part in (one.result, one.state_reason) if part)
    return Cell(one.text, sub, role="secb", check=one.done, ink="text3" if not one.open else "")


def due(one) -> Cell:
    """Show the day; its colour says that it has passed or is near."""
    near = one.open and one.days <= SOON_DAYS
    return Cell(day(one.due_on, "full"), ink="bad" if one.late else "warn" if near else "")


def state(one) -> Cell:
    """Show the state; being late is a state of its own to the eye."""
    if one.late:
        words = NN_("{n} day overdue", "{n} days overdue")
        return Cell(chip=say(words, n=-one.days), tone="bad")
    return Cell(chip=say(ACTION_STATES[one.state]), tone=STATE_TONES[ActionState(one.state)])


def evidence(one) -> Cell:
    """Show how many files are filed with it."""
    return Cell(str(one.evidence), icon="paperclip") if one.evidence else Cell("")


def file_evidence(work, *, action_id: int, paths: list[Path]) -> int:
    """Take files into the office and file them with an action; return the last one's id."""
    made = 0
    for n, path in enumerate(paths):
        work.progress(n, len(paths), path.name)
        facts = receive(work, path)
        made = work.run(
            actions.attach_evidence,
            action_id=action_id,
            sha256=facts.sha256,
            name=facts.name,
            bytes=facts.bytes,
            clean=facts.clean,
            pages=facts.pages,
            trouble=facts.trouble,
            facts=facts.facts,
        ).value
    return made


class DepartmentField(Field):
    """A department, with those that had something to do before offered while typing."""

    def __init__(self, desk, hint: str = "", width: int = 0) -> None:
        super().__init__(hint, N_("Department responsible"), width=width)
        self.desk = desk
        self.known: list[str] = []

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.desk.read(actionlist.departments, then=self.on_departments)

    def on_departments(self, names: list[str]) -> None:
        if names == self.known:
            return
        self.known = names
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)


class QuickLine(QWidget):
    """What, who, by when in one line: Tab goes on, Enter in any of the three adds."""

    added = Signal(object)  # the new action's id

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.where: dict[str, int] = {}
        self.text = Field(N_("What is to be done"), N_("What is to be done"))
        self.department = DepartmentField(desk, C_("actions", "Department"), 124)
        self.due = DateField(C_("action", "Due"), None, 104)
        self.add = Button("", "ghost", "plus", name=N_("Add action"), slot=self.on_add)
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.wrong.hide()
        line = row((self.text, 1), self.department, self.due, self.add, gap=6)
        column(line, self.wrong, gap=4, into=self)
        for field in (self.text, self.department, self.due):
            field.returnPressed.connect(self.on_add)
            field.textChanged.connect(self.wrong.hide)

    def belong(self, **where: int) -> None:
        """Say what new actions belong to: item_id, meeting_id or body_id."""
        if where != self.where:
            self.where = where
            self.clear()

    def clear(self) -> None:
        """Empty the line."""
        for field in (self.text, self.department, self.due):
            field.clear()
        self.wrong.hide()

    def fill(self, text: str, department: str, due_on: dt.date | None) -> None:
        """Put a suggestion in, the cursor where something is missing."""
        self.text.setText(text)
        self.department.setText(department)
        self.due.show_date(due_on)
        missing = (
            (self.text, not text),
            (self.department, not department),
            (self.due, due_on is None),
        )
        next((field for field, empty in missing if empty), self.add).setFocus()

    def on_add(self) -> None:
        """Add what was typed; what is missing is said below and has the cursor."""
        if not self.where:
            return
        try:
            due_on = self.due.value()
        except UserError as error:
            self.refuse(self.due, str(error))
            return
        fields = (
            (self.text, self.text.value(), actions.NO_TEXT),
            (self.department, self.department.value(), actions.NO_DEPARTMENT),
            (self.due, due_on, actions.NO_DUE),
        )
        for field, value, message in fields:
            if not value:
                # Enter goes on to what is empty, as Tab does; only then is it said.
                self.refuse(field, say(message) if field.hasFocus() else "")
                return
        self.desk.do(
            actions.add_action,
            then=self.on_added,
            otherwise=self.on_refused,
            text=self.text.value(),
            department=self.department.value(),
            due_on=due_on,
            **self.where,
        )

    def refuse(self, field: Field, sentence: str) -> None:
        """Put the cursor into a field and say what is wrong."""
        field.setFocus()
        field.selectAll()
        self.wrong.say(sentence)
        self.wrong.setVisible(bool(sentence))

    def on_added(self, id) -> None:
        self.clear()
        self.text.setFocus()
        self.added.emit(id)

    def on_refused(self, error: Exception) -> None:
        from ui import alerts

        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
        else:
            self.refuse(self.due, sentence)


class TaskDialog(Dialog):
    """Change what is to be done, by whom, by when."""

    edits = ("action", "id")

    def __init__(self, parent: QWidget, desk, one) -> None:
        self.desk, self.id = desk, one.id
        label = N_("What is to be done")
        self.text = Labelled(label, Lines(label, one.text, 62))
        self.department = Labelled(N_("Department responsible"), DepartmentField(desk))
        self.department.field.setText(one.department)
        self.due = Labelled(C_("action", "Due"), DateField(C_("action", "Due"), one.due_on, 0))
        super().__init__(
            parent,
            N_("Edit action"),
            self.text,
            beside(self.department, self.due),
            width=520,
        )

    def confirm(self) -> None:
        self.desk.do(
            actions.edit_action,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            text=self.text.value(),
            department=self.department.value(),
            due_on=self.due.value(),
        )


class ResultDialog(Dialog):
    """Say how far an action is, with the result the next meeting reads."""

    def __init__(self, parent: QWidget, desk, one) -> None:
        self.desk, self.id = desk, one.id
        self.state = Labelled(
            C_("action", "State"), Choice(ACTION_STATES.items(), C_("action", "State"), one.state)
        )
        self.day = Labelled(N_("Ended on"), DateField(N_("Ended on"), one.done_on, 0))
        label = C_("action", "Result")
        self.result = Labelled(label, Lines(label, one.result, 84))
        self.reason = Labelled(N_("Why it cannot be done"), Field())
        self.reason.field.setText(one.state_reason)
        super().__init__(
            parent,
            N_("Result of the action"),
            Label("", "sec", "text2", wrap=True).say(one.text),
            beside(self.state, self.day),
            self.result,
            self.reason,
            width=520,
        )
        self.state.field.currentIndexChanged.connect(self.on_state)
        self.on_state()

    def on_state(self, _n: int = 0) -> None:
        """Ask only for what the state needs."""
        chosen = ActionState(self.state.value())
        self.day.setVisible(chosen not in actionlist.OPEN)
        self.reason.setVisible(chosen == ActionState.IMPOSSIBLE)
        self.adjustSize()

    def confirm(self) -> None:
        ended = ActionState(self.state.value()) not in actionlist.OPEN
        self.desk.do(
            actions.set_state,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=[self.id],
            state=self.state.value(),
            reason=self.reason.value(),
            result=self.result.value(),
            day=self.day.value() if ended else None,
        )
