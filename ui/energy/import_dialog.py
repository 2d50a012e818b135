"""Import spreadsheets: read all of them, look, answer, then import them in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.energy import imports, layouts_held
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.sheets.facts import Understanding
from ui import alerts, theme
from ui.energy import asking
from ui.energy.file_list import FILES, Shown, State
from ui.energy.preview import Preview
from ui.importing.frame import FIRST, ImportFrame, Words
from ui.models.rows import RowTable
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled

PREVIEW = FIRST
BESIDE, NARROW, WIDE = 216, 156, 1080  # px: the list of several files, the dialog with it
WORDS = Words(
    title=N_("Import energy figures"),
    drop=N_("Drop spreadsheets here"),
    forms=N_("CSV, XLSX or XLS as they were published; nothing has to be rearranged."),
    choose=N_("Choose files"),
    refused=N_("This file cannot be imported."),
    kinds=N_("Spreadsheets ({suffixes})"),
    suffixes=(".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".html", ".htm"),
)


@dataclass(slots=True)
class File:
    """A file on its way in: what was answered, and what was understood with that."""

    path: Path
    asked: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)  # the latest answer
    prepared: Understanding | None = None
    compared: imports.Compared | None = None
    error: UserError | None = None

    @property
    def state(self) -> State:
        """Say how far it is."""
        if self.error is not None:
            return State.REFUSED
        if self.prepared is None or not self.prepared.ready or self.compared is None:
            return State.ASKS
        if self.compared.repeats:
            return State.REPEATS
        return State.READY if self.compared.changes else State.SAME


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file."""

    prepared: Understanding | None = None
    compared: imports.Compared | None = None
    error: UserError | None = None
    titles: dict[str, str] = field(default_factory=dict)  # of layouts, where one is asked for


def read_files(work, *, files: list[tuple[Path, dict[str, Any]]]) -> list[Read]:
    """Read files in a child, one after the other, and compare each with what the office holds.

    A file that is refused does not keep the others from being read. Raises Cancelled.
    """
    found = []
    for n, (path, asked) in enumerate(files):
        work.progress(n * 100, len(files) * 100)
        found.append(_read_one(work, n, path, asked))
    return found


def _read_one(work, n: int, path: Path, asked: dict[str, Any]) -> Read:
    def tell(share: float) -> None:
        work.done = n * 100 + round(share * 100)

    try:
        prepared = imports.understood(
            work.store, path, cancelled=work.cancelled, progress=tell, **asked
        )
        with work.reading() as read:
            if prepared.ready:
                return Read(prepared, imports.compare(read, prepared=prepared))
            return Read(prepared, titles=_titles(read))
    except UserError as error:
        return Read(error=error)


def _titles(read) -> dict[str, str]:
    """Return what the layouts are called."""
    return {row.code: row.title for row in layouts_held.layout_rows(read)}


def store_files(work, *, files: list[tuple[Understanding, dict[str, Any]]]) -> None:
    """Store what was read, all in one step of the undo list, and remember what was answered.

    Stopped before the end, nothing is left. Raises Cancelled.
    """

    def tell(share: float) -> None:
        work.done, work.of = round(share * 100), 100

    prepared = [one for one, _asked in files]
    heard = {"cancelled": work.cancelled, "progress": tell}
    if len(prepared) == 1:
        work.run(imports.import_readings, prepared=prepared[0], **heard)
    else:
        work.run(imports.import_files, prepared=prepared, **heard)
    for one, asked in files:
        work.run(imports.remember, prepared=one, given=asked)


class ImportDialog(ImportFrame):
    """What was understood of each file; the button imports all that can be imported."""

    SEVERAL = True

    def __init__(self, parent: QWidget, desk, paths: list[Path], names: dict[str, str]) -> None:
        self.names = dict(names)
        self.files: list[File] = []
        self.at = 0
        self.again: list[int] = []
        self.preview = Preview()
        self.list = RowList(RowTable(FILES), N_("Files"), height=48, header=False)
        self.list.setFixedWidth(theme.px(BESIDE if parent.width() > theme.px(WIDE) else NARROW))
        self.trouble = Label("", "sec", wrap=True, align=Align.AlignHCenter)
        self.leave = Button(N_("Leave this file out"), "ghost", slot=self.on_leave)
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.preview))
        self.body.addWidget(self._refusal())
        step = row(self.list, (self.body, 1), gap=16)
        super().__init__(parent, desk, WORDS, step, button=C_("energy", "Import"), width=820)
        self.preview.answered.connect(self.on_answered)
        self.preview.declared.connect(self.on_declared)
        self.list.previewed.connect(self.on_chosen)
        self.buttons.layout().insertWidget(1, self.leave)
        self.leave.hide()
        # Higher than other imports: what was understood stands on one screen.
        self.resize(self.width(), min(theme.px(724), parent.height() - 24))
        if paths:
            self.begin(paths)

    def _refusal(self) -> QWidget:
        return column(
            None,
            (Icon("circle-alert", "bad", 28), Align.AlignHCenter),
            (Label(WORDS.refused, "h3"), Align.AlignHCenter),
            self.trouble,
            None,
            margins=(40, 0, 40, 0),
            gap=10,
        )

    @property
    def file(self) -> File:
        """The file in front."""
        return self.files[self.at]

    def ready(self) -> list[File]:
        """Return the files that can be imported now."""
        return [one for one in self.files if one.state is State.READY]

    def arrived(self, step: int) -> None:
        """Say on the button what it does, and why it cannot."""
        self.leave.setVisible(len(self.files) > 1 and step == PREVIEW)
        if step != PREVIEW:
            return
        if len(self.files) > 1:
            n = len(self.ready())
            self.button.say(NN_("Import {n:,} file", "Import {n:,} files"), n=n)
        else:
            self.button.say(C_("energy", "Import"))
        self.button.why_not(self._locked())
        if self.preview.asks and self.preview.asks[0].proposals:
            self.preview.asks[0].proposals[0].setFocus()
        elif self.button.isEnabled():
            self.button.setFocus()

    def _locked(self) -> str:
        """Return why nothing can be imported, or nothing."""
        states = {one.state for one in self.files}
        if State.ASKS in states:
            return N_("Answer the open questions first.")
        if State.READY in states:
            return ""
        if State.REPEATS in states:
            return N_("The same numbers are held for other periods.")
        if State.SAME in states:
            return N_("All of these figures are here already.")
        return WORDS.refused

    # --- files

    def read(self, paths: list[Path]) -> None:
        """Read these files, one after the other."""
        self.files = [File(path) for path in paths]
        self.at = 0
        self._read(list(range(len(paths))))

    def _read(self, which: list[int]) -> None:
        self.again = which
        self.wait(
            read_files,
            N_("Reading {file}"),
            self.on_read,
            file=self._called([self.files[n].path.name for n in which]),
            files=[(self.files[n].path, dict(self.files[n].asked)) for n in which],
        )

    def _called(self, names: list[str]) -> str:
        """Name what is worked on: a file, or how many."""
        return names[0] if len(names) == 1 else say(NN_("{n} file", "{n} files"), n=len(names))

    def _show(self) -> None:
        """Show the file in front, and all of them beside it where there are several."""
        several = len(self.files) > 1
        self.list.setVisible(several)
        if several:
            wide = min(theme.px(WIDE), self.parentWidget().width() - 24)
            self.resize(max(self.width(), wide), self.height())
            self.list.model().show(
                [Shown(n, one.path.name, one.state) for n, one in enumerate(self.files)]
            )
            self.list.choose(self.at)
        refused = self.file.error is not None
        self.body.setCurrentIndex(int(refused))
        if refused:
            self.trouble.say(alerts.sentence(self.file.error) or "")
        else:
            self.preview.show_file(self.file.prepared, self.file.compared, self.names)
        self.show_step(PREVIEW)

    # --- slots

    def on_read(self, found: list[Read]) -> None:
        """Show what was read; a file that came alone and is refused has nothing to show."""
        wrong = None
        for n, read in zip(self.again, found, strict=True):
            held = self.files[n]
            self.names |= read.titles
            if read.error is not None and held.prepared is not None:
                # A wrong answer is forgotten and its question stays.
                held.asked, wrong = dict(held.before), read.error
            else:
                held.prepared, held.compared, held.error = (
                    read.prepared,
                    read.compared,
                    read.error,
                )
        if len(self.files) == 1 and self.file.error is not None:
            self.step = self.left
            self.on_trouble(self.file.error)
            return
        self._show()
        if wrong is not None:
            self.refusal.say(alerts.sentence(wrong) or "")
            self.refusal_row.show()

    def on_chosen(self, n: int) -> None:
        """Show another of several files."""
        if self.step == PREVIEW and n != self.at and n < len(self.files):
            self.at = n
            self._show()

    def on_answered(self, about: str, answer: object) -> None:
        """Read the file again with an answer."""
        self.file.before = dict(self.file.asked)
        asked = self.file.asked
        if about == asking.TOTALS:
            asked["accept_totals"] = True
        elif about == asking.SHEET:
            asked["sheets"] = (answer,)
        elif about == asking.AREA:
            areas = {**asked.get("answers", {}).get("areas", {}), **answer}
            asked["answers"] = {**asked.get("answers", {}), "areas": areas}
        elif about in (asking.CODES, asking.ENCODING):
            asked["answers"] = {**asked.get("answers", {}), about: answer}
        else:
            asked[about] = answer
        self._read([self.at])

    def on_declared(self, path: Path) -> None:
        """Keep a table layout, then read the file again with it."""
        try:
            declaration = layouts_held.read_declaration(path)
        except UserError as error:
            self.on_refused(error)
            return
        self.desk.do(
            layouts_held.add_layout,
            then=self.on_layout,
            otherwise=self.on_refused,
            declaration=declaration,
            file_name=path.name,
        )

    def on_layout(self, _id: int) -> None:
        """Read the file again, now that its table is known."""
        self._read([self.at])

    def on_leave(self) -> None:
        """Leave out the file in front."""
        del self.files[self.at]
        self.at = min(self.at, len(self.files) - 1)
        self._show()

    def on_back(self) -> None:
        """Go back to choosing files."""
        self.files = []
        super().on_back()

    def confirm(self) -> None:
        """Import every file that can be imported, in one step."""
        if self.step != PREVIEW or not self.button.isEnabled():
            return
        ready = self.ready()
        self.again = []
        self.wait(
            store_files,
            N_("Importing {file}"),
            self.on_accepted,
            file=self._called([one.path.name for one in ready]),
            files=[(one.prepared, one.asked) for one in ready],
        )

    def on_trouble(self, error: Exception) -> None:
        """Say what is wrong; an answer whose reading was stopped is forgotten."""
        if isinstance(error, Cancelled) and self.left == PREVIEW:
            for n in self.again:
                self.files[n].asked = dict(self.files[n].before)
        super().on_trouble(error)
