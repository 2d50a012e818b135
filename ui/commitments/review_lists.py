"""The lists of a round, and what it found with the actions given on it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import findings
from ui.commitments.review_forms import ActionDialog, FindingDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import State
from ui.widgets.parts import Button, column, row


def _finding(one) -> Cell:
    return Cell(named(one.text, one.text_en), named(one.recommendation, one.recommendation_en))


def _followed(one) -> Cell:
    if one.actions:
        action = one.actions[-1]
        return Cell(action.text, f"{action.department} · {day(action.due_on)}", icon="users")
    if one.settled_on is not None:
        return Cell(
            say(C_("review", "settled {day:full}"), day=one.settled_on), icon="circle-check"
        )
    return Cell("", chip=say(C_("review", "No action")), tone="warn")


FINDINGS = Table(
    name="review_findings",
    columns=(
        Column("text", C_("review", "Finding · recommendation"), cell=_finding),
        Column(
            "commitment", C_("review", "Commitment"), 104, cell=lambda one: Cell(one.commitment)
        ),
        Column("actions", C_("review", "What followed"), 220, cell=_followed),
    ),
)


class Face(QWidget):
    """A list of the round in front under a row of buttons, or why it is empty."""

    TABLE: Table
    NAME = EMPTY = HINT = ""
    ICON = ""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.whole = page, None
        self.list = RowList(RowTable(self.TABLE), self.NAME, height=50)
        self.list.opened.connect(self.on_opened)
        self.list.previewed.connect(self.on_previewed)
        self.nothing = State(self.ICON, self.EMPTY, self.HINT)
        self.tools = row(*self.buttons(), None, margins=(20, 8, 24, 4), gap=8)
        inside = row(self.list, margins=(12, 0, 16, 8))
        self.held = inside
        column(self.tools, (inside, 1), self.nothing, gap=0, into=self)
        self.setFocusProxy(self.list)

    def buttons(self) -> list:
        """Return what can be done with the rows."""
        return []

    def rows(self, whole) -> tuple:
        """Return the rows of a round."""
        return ()

    def show_whole(self, whole) -> None:
        """Show the rows of a round."""
        self.whole = whole
        found = list(self.rows(whole))
        current = self.list.current()
        self.list.model().show(found)
        if any(one.id == current for one in found):
            self.list.choose(current)
        elif found:
            self.list.choose_first()
        self.held.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.on_previewed(self.list.current())

    def current(self):
        """Return the row in front."""
        if self.whole is None:
            return None
        return next((one for one in self.rows(self.whole) if one.id == self.list.current()), None)

    def on_previewed(self, _id) -> None:
        """Follow the row in front."""

    def on_opened(self, _id) -> None:
        """Change the row in front."""


class FindingsFace(Face):
    """What the round found, and what was done about it."""

    TABLE, ICON = FINDINGS, "lightbulb"
    NAME = C_("review", "Findings")
    EMPTY = N_("No findings in this round")
    HINT = N_("A finding with its recommendation becomes an action of a department.")

    def buttons(self) -> list:
        self.add = Button(C_("review", "Add finding"), icon="plus", slot=self.on_add)
        self.action = Button(C_("review", "Give an action"), icon="users", slot=self.on_action)
        self.settle = Button(C_("review", "Settled"), icon="circle-check", slot=self.on_settle)
        self.thread = Button("", "ghost", "link", name=C_("thread", "Thread"), slot=self.on_thread)
        self.edit = Button("", "ghost", "pencil", name=N_("Edit the finding"), slot=self.on_edit)
        self.drop = Button("", "ghost", "trash-2", name=N_("Remove the finding"), slot=self.on_drop)
        self.page.writing(self.add, self.action, self.settle, self.edit, self.drop)
        return [self.add, self.action, self.settle, self.thread, self.edit, self.drop]

    def rows(self, whole) -> tuple:
        return whole.findings

    def on_previewed(self, _id) -> None:
        one = self.current()
        for button in (self.action, self.settle, self.thread):
            button.setEnabled(one is not None)
        for button in (self.edit, self.drop):
            button.setEnabled(one is not None and not one.fixed)
        settled = one is not None and one.settled_on is not None
        self.settle.say(C_("review", "Not settled") if settled else C_("review", "Settled"))

    def on_add(self) -> None:
        """Write a finding down."""
        if self.whole is not None:
            FindingDialog(
                self.window(), self.page.desk, self.whole.row.id, self.whole.subjects
            ).open()

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_edit(self) -> None:
        """Change the words of a finding the office wrote down."""
        one = self.current()
        if one is not None and not one.fixed and not self.page.desk.read_only:
            FindingDialog(
                self.window(), self.page.desk, one.review_id, self.whole.subjects, shown=one
            ).open()

    def on_action(self) -> None:
        """Give an action on the finding in front."""
        one = self.current()
        if one is not None:
            ActionDialog(self.window(), self.page.desk, one).open()

    def on_settle(self) -> None:
        """Say that the finding is settled, or that it is not after all."""
        one = self.current()
        if one is not None:
            verb = findings.reopen_finding if one.settled_on else findings.settle_finding
            self.page.desk.do(verb, id=one.id)

    def on_drop(self) -> None:
        """Take a finding away; undo brings it back."""
        one = self.current()
        if one is not None:
            self.page.desk.do(findings.remove_finding, id=one.id)

    def on_thread(self) -> None:
        """Show what the finding led to."""
        one = self.current()
        if one is not None:
            self.page.go("proposals", one.id, "thread.review_finding")
