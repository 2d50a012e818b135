"""Putting a pack together: its outline is read, and every change of it goes to the office."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from db.vocab import MeetingState
from gwangju_desktop.packs import outlining
from gwangju_desktop.packs.outline import Outline, outline
from ui.packs.dropping import TAKEN
from ui.packs.figure_dialog import FigureDialog, items_of
from ui.packs.part_dialogs import AbbreviationsDialog, PartDialog
from ui.packs.parts import places, rows_of, rows_of_issue
from ui.receiving import receive
from ui.text import N_, say

# What the outline itself says comes from these.
TABLES = (
    "pack_part",
    "pack_plan",
    "agenda_item",
    "paper",
    "awaited_paper",
    "stored_file",
    "minutes",
)


def add_files(work, *, meeting_id: int, files: list[Path]) -> list[int]:
    """Take files in and add each as an appendix; a job for `desk.work`."""
    found = []
    for n, path in enumerate(files):
        work.progress(n, len(files), path.name)
        facts = receive(work, path)
        done = work.run(outlining.add_appendix, meeting_id=meeting_id, **asdict(facts))
        found.append(done.value)
    return found


class Putting(QObject):
    """The outline of the meeting a page shows, and what can be done to it."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page, self.desk = page, page.desk
        self.pane, self.facts = page.outline, page.facts
        self.outline: Outline | None = None
        self.ids: dict[str, int] = {}  # a number for each key, for good
        self._wanted = ""  # the part to be marked once it is there
        self.pane.model.moving_asked.connect(self.on_move)
        self.pane.ticked.connect(self.on_tick)
        self.pane.opened.connect(self.on_open)
        self.pane.removed.connect(self.on_remove)
        self.pane.added.connect(self.on_add)
        self.facts.planned.connect(self.on_plan)
        self.facts.abbreviated.connect(self.on_abbreviations)

    @property
    def sealed(self) -> bool:
        """Say whether the meeting is over or was not held: its pack stays as it is."""
        meeting = self.pane.meeting()
        state = MeetingState(meeting.state) if meeting is not None else None
        return state is not None and (state.over or state.dropped)

    @property
    def changeable(self) -> bool:
        """Say whether the pack of this meeting may still be put together otherwise."""
        return self.pane.meeting() is not None and not self.sealed and not self.desk.read_only

    # --- reading
    def read(self) -> None:
        """Read the outline of the meeting in front."""
        if self.page.meeting_id is not None:
            self.desk.read(outline, then=self.on_outline, meeting_id=self.page.meeting_id)

    def forget(self) -> None:
        """Show no outline."""
        self.outline = None
        self.pane.show_rows([])
        self.pane.show_total(None)
        self.pane.let_change(False)
        self.facts.show_plan(None, changeable=False)

    def on_outline(self, found: Outline) -> None:
        """Show an outline, unless another meeting is in front by now."""
        if found.meeting_id != self.page.meeting_id:
            return
        self.outline = found
        self.renew()

    def renew(self) -> None:
        """Show the outline with the pages of the pack that is bound."""
        if self.outline is None:
            return
        bound = self.page.bound
        issue = bound.issue if bound is not None else None
        lines = self.outline.lines
        if issue is not None:
            rows = rows_of_issue(issue, lines, self.ids)
        else:
            rows = rows_of(lines, places(bound.facts) if bound is not None else {}, self.ids)
        if not self.changeable and issue is None:
            # What cannot be changed any more is shown as it is: no boxes, nothing left out.
            rows = [replace(row, fixed=True, bare=False) for row in rows if row.line.included]
        self.pane.let_change(self.changeable and issue is None)
        self.pane.show_rows(rows)
        self.facts.show_plan(self.outline, changeable=self.changeable)
        if self._wanted in self.ids:
            self.pane.list.choose(self.ids[self._wanted])
            self._wanted = ""

    # --- changing
    def on_tick(self, part) -> None:
        """Take a part in, or leave it out."""
        self.desk.do(
            outlining.include_part,
            meeting_id=self.page.meeting_id,
            key=part.key,
            included=not part.line.included,
        )

    def on_move(self, key: str, by: int) -> None:
        """Move a part past so many others."""
        self.desk.do(outlining.move_part, meeting_id=self.page.meeting_id, key=key, by=by)

    def on_remove(self, part) -> None:
        """Take a figure or an appendix out for good; undo brings it back."""
        self.desk.do(outlining.remove_part, id=part.line.part_id)

    def on_open(self, part) -> None:
        """Change a part made here, or go to the item that is behind a part."""
        line = part.line
        if line.removable and self.changeable:
            PartDialog(self.page.window(), self.desk, line, items_of(self.outline)).open()
        elif line.item_id is not None:
            self.page.go("meetings", line.item_id, "agenda_item")
        elif part.page:
            self.page.leafing.on_part(part)

    def mend(self, id: int, table: str) -> None:
        """Go where what is wrong can be mended: the item of a paper, the form of a part."""
        lines = self.outline.lines if self.outline is not None else ()
        if table == "pack_part":
            part = next((p for p in self.pane.model.rows() if p.line.part_id == id), None)
            if part is not None:
                self.on_open(part)
        elif table == "paper":
            line = next((line for line in lines if line.paper_id == id), None)
            if line is not None:
                self.page.go("meetings", line.item_id, "agenda_item")
        else:
            self.page.go("meetings", id, table)

    def on_plan(self, values: dict) -> None:
        """Put the pack together otherwise: right-hand pages, dividers."""
        self.desk.do(outlining.set_plan, meeting_id=self.page.meeting_id, **values)

    def on_abbreviations(self) -> None:
        if self.outline is not None and self.changeable:
            AbbreviationsDialog(self.page.window(), self.desk, self.outline).open()

    # --- adding
    def on_add(self, what: str) -> None:
        """Add what the menu of the plus sign says."""
        if self.outline is None or not self.changeable:
            return
        if what == "figure":
            dialog = FigureDialog(self.page.window(), self.desk, meeting_id=self.page.meeting_id)
            dialog.accepted.connect(self.on_added)
            dialog.open()
        else:
            self.ask_files()

    def ask_files(self) -> None:
        """Ask for files to add as appendices."""
        dialog = QFileDialog(self.page.window(), say(N_("Add appendices")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pattern = " ".join(f"*{one}" for one in TAKEN)
        dialog.setNameFilter(say(N_("PDF and pictures ({pattern})"), pattern=pattern))
        dialog.filesSelected.connect(self.on_files)
        dialog.open()

    def on_files(self, names: list[str]) -> None:
        self.take([Path(name) for name in names])

    def take(self, paths: list[Path]) -> None:
        """Add files as appendices."""
        if paths and self.changeable:
            self.desk.work(
                add_files,
                title=N_("Adding appendices"),
                then=self.on_taken,
                meeting_id=self.page.meeting_id,
                files=paths,
            )

    def on_taken(self, ids: list[int]) -> None:
        if ids:
            self.want(f"appendix-{ids[-1]}")

    def on_added(self) -> None:
        self.want(f"figure-{self.sender().value}")

    def want(self, key: str) -> None:
        """Mark a part as soon as it is in the outline."""
        self._wanted = key
        self.renew()
