"""Review copies: the ones made here, and one opened to be looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from ui.snapshots.facts import FILES, PATTERN
from ui.snapshots.looking import Opens, Refused
from ui.snapshots.made import MadePage
from ui.snapshots.make import MakeDialog, next_place
from ui.snapshots.opened import OpenedPage
from ui.snapshots.result import ResultDialog
from ui.text import N_, say
from ui.widgets.page import Page
from ui.widgets.parts import Button, column


class SnapshotsPage(Opens, Page):
    """The list of copies made; over it a copy that was opened, or why it was not."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.made = MadePage(desk, self.on_make, self.on_open)
        self.opened = OpenedPage(desk, self.on_close)
        self.refused = Refused(
            self.on_open, self.on_look, Button(N_("Back to the list"), slot=self.on_close)
        )
        self.faces = QStackedWidget()
        for face in (self.made, self.opened, self.refused):
            self.faces.addWidget(face)
        column(self.faces, into=self)

    def panes(self) -> list:
        face = self.faces.currentWidget()
        return face.panes() if isinstance(face, Page) else [self.refused.other]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a copy that was made here."""
        if id is not None and table in ("snapshot", "snapshot_delivery", "snapshot_due"):
            self.on_close()
        if id is not None and table == "snapshot":
            self.made.choose(id)

    def take(self, paths: list[Path]) -> None:
        """Open the first file dropped on the window."""
        self.open_path(paths[0])

    def on_peek(self) -> None:
        face = self.faces.currentWidget()
        if isinstance(face, Page):
            face.on_peek()

    # --- making
    def on_make(self) -> None:
        self.desk.read(next_place, then=self.on_place)

    def on_place(self, place) -> None:
        fingerprint, sequence = place
        self.dialog = MakeDialog(
            self.window(), self.desk, fingerprint=fingerprint, sequence=sequence
        )
        self.dialog.accepted.connect(self.on_made)
        self.dialog.open()

    def on_made(self) -> None:
        """Show what was made, and what to do with it."""
        made = self.sender().value
        self.on_close()
        self.made.look()
        self.result = ResultDialog(self.window(), self.desk, made)
        self.result.open()

    def on_find(self) -> None:
        self.made.on_find()

    def on_export(self) -> None:
        self.made.on_export()

    def on_key(self) -> None:
        self.made.on_key()

    # --- opening
    def on_open(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, say(N_("Open a review copy")), str(Path.home()), say(FILES, pattern=PATTERN)
        )
        if name:
            self.open_path(Path(name))

    def on_close(self) -> None:
        """Go back to the list."""
        self._face(self.made)

    def _face(self, face) -> None:
        self.faces.setCurrentWidget(face)
        self._ribbon()
        stop = self.panes()[0]
        stop.setFocus()

    def _ribbon(self) -> None:
        """Let the window say what is in front: only while it is, and only here."""
        face = self.faces.currentWidget()
        if face is self.opened and self.isVisible():
            self.opened.ribbon()
        elif face is self.refused and self.isVisible():
            self.window().shell.show_ribbon(
                self.refused.title.text(),
                N_("The file was not opened."),
                bad=True,
                closes=self.on_close,
            )
        else:
            self.window().shell.say_office()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._ribbon()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        if self.faces.currentWidget() is not self.made:
            self._ribbon()


PAGE = SnapshotsPage
