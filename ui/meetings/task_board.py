"""A list of actions with all that can be done to one: result, evidence, change, delete."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import ActionState
from gwangju_desktop.meetings import actionlist, actions
from ui.lending import Lender
from ui.meetings.task_parts import (
    ResultDialog,
    TaskDialog,
    due,
    evidence,
    file_evidence,
    state,
    what,
)
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, Label, column, row, rule

HEIGHT = 46


def source(one) -> Cell:
    """Show which meeting and item an action comes from."""
    item = " ".join(part for part in (one.item_label, one.item) if part)
    return Cell(one.meeting or "–", item)


BOARD = Table(
    columns=(
        Column("text", C_("actions", "Action"), cell=what),
        Column("meeting", C_("actions", "Given by"), 190, cell=source, wide=True),
        Column("department", C_("actions", "Department"), 128, cell=lambda a: Cell(a.department)),
        Column("due", C_("actions", "Due"), 104, "right", cell=due),
        Column("state", C_("action", "State"), 132, cell=state),
        Column("evidence", C_("actions", "Evidence"), 60, cell=evidence, wide=True),
    )
)
FILES = Table(
    columns=(
        Column("title", C_("actions", "Evidence"), cell=lambda e: Cell(e.title, icon="file-text")),
        Column(
            "file_name", C_("actions", "File"), 260, cell=lambda e: Cell(e.file_name), wide=True
        ),
        Column("pages", N_("Pages"), 70, "right", cell=lambda e: Cell(str(e.pages or ""))),
    )
)


class TaskBoard(QWidget):
    """Actions in a list, groups and all; below it what belongs to the one in front."""

    def __init__(self, owner, empty: State) -> None:
        """`owner` has the desk and `writing`: a page or a meeting view."""
        super().__init__()
        self.desk = owner.desk
        self.rows: dict[int, actionlist.ActionRow] = {}
        self._wanted: int | None = None
        self.list = RowList(RowTable(BOARD), C_("tab", "Actions"), height=HEIGHT, multi=True)
        self.files = RowList(
            RowTable(FILES), C_("actions", "Evidence"), height=30, header=False, fit=True
        )
        self.chosen = Label("", "secb", elide=True)
        self.result = Button(C_("action", "Result"), icon="pencil", slot=self.on_result)
        self.attach = Button(N_("File evidence"), icon="paperclip", slot=self.on_evidence)
        self.change = Button(C_("button", "Change"), slot=self.on_edit)
        self.open_file = Button(C_("actions", "Open evidence"), "link", slot=self.on_open_file)
        self.lender = Lender(self, self.desk)
        self.remove = Button("", "ghost", "trash-2", name=N_("Delete action"), slot=self.on_remove)
        tools = row(self.result, self.attach, self.change, self.remove, gap=6)
        owner.writing(tools)
        self.foot = column(
            rule(),
            row((self.chosen, 1), tools, margins=(28, 6, 16, 2), gap=10),
            row((self.files, 1), self.open_file, margins=(20, 0, 16, 0)),
            gap=2,
        )
        self.foot.hide()
        self.hollow = Hollow(self.list, empty)
        column(
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            self.foot,
            gap=0,
            margins=(0, 0, 0, 8),
            into=self,
        )
        self.list.previewed.connect(self.on_current)
        self.list.opened.connect(self.on_opened)
        self.list.ticked.connect(self.on_ticked)
        self.files.opened.connect(self.on_rename)

    # --- what is shown
    def show_rows(self, rows) -> None:
        """Show ActionRows, Groups between them; the current one stays in front."""
        rows = list(rows)
        self.rows = {one.id: one for one in rows if isinstance(one, actionlist.ActionRow)}
        current = self._wanted if self._wanted in self.rows else self.list.current()
        self.list.model().show(rows)
        if current in self.rows:
            self.list.choose(current)
            self._wanted = None
        elif rows:
            self.list.clearSelection()
            self.list.choose_first()
        self.on_current()

    def choose(self, id: int) -> None:
        """Put an action in front, as soon as it is listed."""
        self._wanted = id
        if id in self.rows:
            self.list.choose(id)
            self._wanted = None

    def misses(self, rows) -> bool:
        """Say whether an action that was asked for is not among these rows."""
        return self._wanted is not None and all(one.id != self._wanted for one in rows)

    @property
    def current(self) -> actionlist.ActionRow | None:
        """Return the action in front."""
        return self.rows.get(self.list.current())

    def on_current(self, _id=None) -> None:
        """Show what belongs to the action in front."""
        one = self.current
        self.foot.setVisible(one is not None)
        if one is None:
            return
        self.chosen.say(one.text)
        self.desk.read(actionlist.evidence, then=self.on_files, action_ids=[one.id])

    def on_files(self, files) -> None:
        one = self.current
        if one is None or any(file.action_id != one.id for file in files):
            return
        self.files.model().show(files)
        self.files.setVisible(bool(files))
        self.open_file.setVisible(bool(files))

    # --- what a person does
    def on_ticked(self, id) -> None:
        if self.desk.read_only:
            return
        wanted = ActionState.UNDER_WAY if self.rows[id].done else ActionState.DONE
        self.desk.do(actions.set_state, ids=[id], state=wanted.value)

    def on_opened(self, _id) -> None:
        self.on_result()

    def on_result(self) -> None:
        """Enter the result of the action in front."""
        if self.current is not None and not self.desk.read_only:
            ResultDialog(self.window(), self.desk, self.current).open()

    def on_edit(self) -> None:
        """Change the action in front."""
        if self.current is not None and not self.desk.read_only:
            TaskDialog(self.window(), self.desk, self.current).open()

    def on_remove(self) -> None:
        """Delete the action in front."""
        if self.current is not None and not self.desk.read_only:
            self.desk.do(actions.delete_action, id=self.current.id)

    def on_delete(self) -> None:
        """Delete what the cursor stands on: a file, or the action."""
        if self.desk.read_only:
            return
        if self.files.hasFocus() and self.files.current() is not None:
            self.desk.do(actions.remove_evidence, id=self.files.current())
        elif self.list.hasFocus():
            self.on_remove()

    def on_rename(self, id) -> None:
        """Give a file another title."""
        if not self.desk.read_only:
            file = next(one for one in self.files.model().kept.values() if one.id == id)
            EvidenceDialog(self.window(), self.desk, file).open()

    def on_open_file(self) -> None:
        """Open the file in front in its own program, or the first."""
        kept = list(self.files.model().kept.values())
        file = next((one for one in kept if one.id == self.files.current()), kept[0])
        self.lender.open(file.sha256, file.file_name)

    def on_evidence(self) -> None:
        """Ask for files that show it was done."""
        if self.current is None or self.desk.read_only:
            return
        title = say(N_("File evidence"))
        chosen, _filter = QFileDialog.getOpenFileNames(self.window(), title)
        self.take([Path(name) for name in chosen])

    def take(self, paths: list[Path]) -> None:
        """File evidence with the action in front."""
        if paths and self.current is not None and not self.desk.read_only:
            self.desk.work(
                file_evidence,
                title=N_("Filing evidence"),
                then=self.on_current,
                action_id=self.current.id,
                paths=paths,
            )


class EvidenceDialog(Dialog):
    """Give a piece of evidence another title."""

    def __init__(self, parent: QWidget, desk, file) -> None:
        self.desk, self.id = desk, file.id
        self.title = Labelled(N_("Title"), Field())
        self.title.field.setText(file.title)
        super().__init__(parent, N_("Rename evidence"), self.title)

    def confirm(self) -> None:
        self.desk.do(
            actions.edit_evidence,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            title=self.title.value(),
        )
