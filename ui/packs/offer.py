"""What a person may want to do next, said above the pack once it went out or was saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from ui.text import C_, N_, NN_, say
from ui.widgets.notices import Banner
from ui.widgets.parts import Button


class Offer(Banner):
    """A line that says what was done, with the step that may follow."""

    taken = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__("circle-check", "ok")
        self.step = Button(N_("Record that the papers went out…"), slot=self.taken)
        self.folder = Button(N_("Open folder"), icon="folder-open", slot=self.shown)
        self.offer(self.step, self.folder)

    def tell_sent(self, what: str, *, step: bool) -> None:
        """Say what went out; `step` says that the meeting still waits for its papers."""
        self.step.setVisible(step)
        self.folder.hide()
        words = N_("The meeting still waits for the step “papers sent”.") if step else ""
        self.tell(words, N_("Went out: {what}"), what=what)

    def tell_saved(self, name: str) -> None:
        """Say that a file was saved."""
        self._tell_folder(C_("pack", "Saved: {name}"), name=name)

    def tell_saved_all(self, count: int, folder: Path) -> None:
        """Say that several files were saved."""
        files = say(NN_("{n} file", "{n} files"), n=count)
        self._tell_folder(N_("Saved to {folder}: {files}"), folder=folder, files=files)

    def _tell_folder(self, message: str, **values: object) -> None:
        self.step.hide()
        self.folder.show()
        self.tell(message, **values)
