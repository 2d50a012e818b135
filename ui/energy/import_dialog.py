"""Import spreadsheets: read one after another, look, answer, then import all in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy import imports
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.sheets.facts import Understanding
from ui.energy.preview import Preview
from ui.importing.frame import FIRST, REFUSED, ImportFrame, Words
from ui.text import C_, N_, NN_
from ui.widgets.parts import Button, Label, scrolled

PREVIEW = FIRST
WORDS = Words(
    title=N_("Import energy figures"),
    drop=N_("Drop spreadsheets here"),
    forms=N_("CSV, XLSX or XLS as they were published; nothing has to be rearranged."),
    choose=N_("Choose files"),
    refused=N_("This file cannot be imported."),
    kinds=N_("Spreadsheets ({suffixes})"),
    suffixes=(".csv", ".tsv", ".txt", ".xlsx", ".xls"),
)


@dataclass(slots=True)
class File:
    """A file on its way in: what was answered, and what was understood with that."""

    path: Path
    answers: dict[str, str] = field(default_factory=dict)
    prepared: Understanding | None = None
    compared: imports.Compared | None = None


def read_file(work, *, path: Path, answers: dict[str, str]):
    """Read one file in a child and compare it with what the office holds."""
    prepared = imports.prepare(path, cancelled=work.cancelled, **answers)
    if not prepared.ready:
        return prepared, None
    with work.reading() as read:
        return prepared, imports.compare(read, prepared=prepared)


class ImportDialog(ImportFrame):
    """What was understood of each file; the last one's button imports them all."""

    SEVERAL = True

    def __init__(self, parent: QWidget, desk, paths: list[Path], names: dict[str, str]) -> None:
        self.names = names
        self.files: list[File] = []
        self.at = 0
        self.preview = Preview()
        self.place = Label("", "cap")
        self.leave = Button(N_("Leave this file out"), "ghost", slot=self.on_leave)
        super().__init__(
            parent,
            desk,
            WORDS,
            scrolled(self.preview),
            button=C_("energy", "Import"),
            width=820,
        )
        self.preview.answered.connect(self.on_answered)
        self.buttons.layout().insertWidget(1, self.leave)
        self.buttons.layout().insertWidget(2, self.place)
        if paths:
            self.begin(paths)

    @property
    def file(self) -> File:
        """The file in front."""
        return self.files[self.at]

    def arrived(self, step: int) -> None:
        """Say which of the files this is, and what the button does with it."""
        several = len(self.files) > 1
        self.leave.setVisible(several and step in (PREVIEW, REFUSED))
        told = N_("File {n} of {whole}") if several else ""
        self.place.say(told, n=self.at + 1, whole=len(self.files))
        self.place.setVisible(several and step >= REFUSED)
        if step != PREVIEW:
            return
        if self.at + 1 < len(self.files):
            self.button.say(N_("Next"))
        elif several:
            self.button.say(NN_("Import {n:,} file", "Import {n:,} files"), n=len(self.files))
        else:
            self.button.say(C_("energy", "Import"))
        self.button.why_not(self._locked())
        if self.preview.asks and self.preview.asks[0].proposals:
            self.preview.asks[0].proposals[0].setFocus()
        else:
            self.button.setFocus()

    def _locked(self) -> str:
        """Return why what was read cannot be imported, or nothing."""
        if not self.file.prepared.ready:
            return N_("Answer the open questions first.")
        if self.file.compared.repeats:
            return N_("The same numbers are held for other periods.")
        if not self.file.compared.changes:
            return N_("All of these figures are here already.")
        return ""

    # --- files

    def read(self, paths: list[Path]) -> None:
        """Read these files, one after the other."""
        self.files = [File(path) for path in paths]
        self._go(0)

    def _go(self, at: int) -> None:
        """Show a file; read it first when it was not."""
        self.at = at
        if self.file.prepared is None:
            self._read()
        else:
            self._show()

    def _read(self) -> None:
        if self.file.prepared is None:
            # What fails now is the file's fault, not that of the one shown before.
            self.step = REFUSED
        self.wait(
            read_file,
            N_("Reading {file}"),
            self.on_read,
            file=self.file.path.name,
            path=self.file.path,
            answers=dict(self.file.answers),
        )

    def _show(self) -> None:
        self.preview.show_file(self.file.prepared, self.file.compared, self.names)
        self.show_step(PREVIEW)

    # --- slots

    def on_read(self, found) -> None:
        """Show what was read."""
        self.file.prepared, self.file.compared = found
        self._show()

    def on_trouble(self, error: Exception) -> None:
        """Say what is wrong; stopping the second file or a later one leads back to the one before.

        A wrong answer is forgotten and its question stays.
        """
        if self.file.prepared is not None:
            self.file.answers = {}
        elif isinstance(error, Cancelled) and self.at:
            self._go(self.at - 1)
            return
        super().on_trouble(error)

    def on_answered(self, about: str, answer: str) -> None:
        """Read the file again with an answer."""
        self.file.answers[about] = answer
        self._read()

    def on_leave(self) -> None:
        """Leave out the file in front and go on with the next."""
        del self.files[self.at]
        self._go(min(self.at, len(self.files) - 1))

    def on_back(self) -> None:
        """Go back to the file before, or to choosing others."""
        if self.at:
            self._go(self.at - 1)
        else:
            super().on_back()

    def confirm(self) -> None:
        """Go on to the next file; behind the last one import all of them."""
        if self.step != PREVIEW or not self.button.isEnabled():
            return
        if self.at + 1 < len(self.files):
            self._go(self.at + 1)
            return
        self.button.setEnabled(False)
        prepared = [one.prepared for one in self.files]
        what = {"prepared": prepared} if len(prepared) > 1 else {"prepared": prepared[0]}
        usecase = imports.import_files if len(prepared) > 1 else imports.import_readings
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **what)
