"""Takes the PDF of a waiting document from the folder this PC watches, whatever page is shown.

The system tells of changes where it can; shares and sticks often do not, so the folder is looked
into every few seconds as well, on a thread of its own: a share that sleeps must not hold the
window. Only while a paper waits.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gwangju_desktop.meetings import paper_lines
from gwangju_desktop.papers import lending
from gwangju_desktop.papers.watching import Watch
from ui.meetings import papers_jobs
from ui.settings import kept
from ui.text import N_

KEY = "papers/watched_folder"
EVERY = 3_000  # ms
SOON = 300  # ms after the system told of a change: a writer writes in several strokes
CONCERNING = ("paper", "stored_file", "agenda_item", "meeting")


def folder_text() -> str:
    """Return the folder this PC watches, empty for none."""
    return kept.text(KEY)


def keep_folder(folder: str) -> None:
    """Remember the folder for this person on this PC."""
    kept.keep(KEY, folder)


class PaperWatch(QObject):
    """Watches while papers wait; PDFs found are taken as work of the desk."""

    found = Signal(object)

    def __init__(self, owner: QObject, desk) -> None:
        super().__init__(owner)
        self.desk, self.waiting = desk, []
        self._watch: Watch | None = None
        self._looking: threading.Thread | None = None
        self.told = QFileSystemWatcher(self)
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self.look)
        self.told.directoryChanged.connect(self.on_told)
        self.found.connect(self.on_found)
        desk.changed.connect(self.on_changed)
        lending.clear()
        self.begin()

    def begin(self) -> None:
        """Watch the folder that is set now."""
        if self.told.directories():
            self.told.removePaths(self.told.directories())
        folder = folder_text()
        self._watch = Watch(Path(folder)) if folder else None
        if folder and Path(folder).is_dir():
            self.told.addPath(folder)
        self.ask()

    def ask(self) -> None:
        """Read anew which papers wait."""
        if not self.desk.read_only:
            self.desk.read(paper_lines.waiting, then=self.on_waiting)

    def on_changed(self, changes) -> None:
        """Papers may have come or gone."""
        if changes.touches(*CONCERNING):
            self.ask()

    def on_waiting(self, waiting) -> None:
        """Look while there is something to wait for."""
        self.waiting = waiting
        if waiting and self._watch is not None:
            if not self.timer.isActive():
                self.timer.start()
                self.look()
        else:
            self.timer.stop()

    def on_told(self, _folder: str) -> None:
        """The system says that the folder changed."""
        if self.timer.isActive():
            QTimer.singleShot(SOON, self, self.look)

    def look(self) -> None:
        """Look into the folder, unless the last look has not ended."""
        if self._watch is None or not self.waiting:
            return
        if self._looking is not None and self._looking.is_alive():
            return
        self._looking = threading.Thread(
            target=self._look, args=(self._watch, list(self.waiting)), name="papers", daemon=True
        )
        self._looking.start()

    def _look(self, watch: Watch, waiting: list) -> None:
        come = watch.look(waiting)
        # The window may close while a share is looked into.
        with contextlib.suppress(RuntimeError):
            if come:
                self.found.emit(come)

    def on_found(self, come) -> None:
        """Take what has come."""
        self.desk.work(papers_jobs.take_pdfs, title=N_("Taking PDFs"), found=come)
