"""Pictures of a file's pages, drawn in child processes that one thread of ours waits for."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gwangju_desktop.child import ChildFailed
from gwangju_desktop.packs import preview

BATCH = 3  # pages a child draws before the wishes are looked at again


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page (counted from 0) of a file as a picture."""

    file: Path
    page: int
    picture: QImage


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Pages that could not be drawn, and how the child ended."""

    file: Path
    pages: tuple[int, ...]
    why: str


class Workshop(QObject):
    """A private folder for bound files and pictures, gone when it is closed.

    Pages arrive one by one in `drawn`. The thread ends when nothing is wanted, so that a window
    that dies leaves none behind.
    """

    drawn = Signal(object)
    undrawn = Signal(object)
    # Held here until closed: what closes it is the end of a widget, which may outlive its Python.
    _open: set[Workshop] = set()

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(
            prefix="gwangju-pack-", ignore_cleanup_errors=True
        )
        self.folder = Path(self._folder.name)
        self._serial = 0
        self._wishes: list[tuple[Path, int, tuple[int, ...]]] = []
        self._drawing: set[tuple[Path, int, int]] = set()
        self._begun: Path | None = None  # the file of which a page was drawn last
        self._lent: dict[Path, int] = {}
        self._doomed: set[Path] = set()
        self._closed = False
        self._bell = threading.Lock()
        self._spare = preview.waiting()
        self._thread: threading.Thread | None = None
        Workshop._open.add(self)

    def new_file(self) -> Path:
        """Return a path in the folder that was never used."""
        self._serial += 1
        return self.folder / f"pack-{self._serial}.pdf"

    def new_folder(self) -> Path:
        """Return a new empty folder in the folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    @property
    def idle(self) -> bool:
        """Say whether no page is wanted or being drawn."""
        with self._bell:
            return self._thread is None

    def drop(self, file: Path) -> None:
        """Throw a file away, as soon as nobody works on it; no page of it is wanted any more."""
        with self._bell:
            self._wishes = [wish for wish in self._wishes if wish[0] != file]
            if self._lent.get(file):
                self._doomed.add(file)
                return
        # One that a child still reads on Windows goes with the folder.
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)

    def lend(self, file: Path) -> Path:
        """Keep a file for one job that gives it back with `lent`; return it."""
        with self._bell:
            self._lent[file] = self._lent.get(file, 0) + 1
        return file

    @contextlib.contextmanager
    def lent(self, file: Path) -> Iterator[Path]:
        """Work on a lent file: yields a new empty folder, and gives both back at the end."""
        folder = self.new_folder()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._give_back(file)

    def _give_back(self, file: Path) -> None:
        with self._bell:
            self._lent[file] -= 1
            doomed = not self._lent[file] and file in self._doomed
        if doomed:
            self.drop(file)

    def want(self, file: Path, wishes: Sequence[tuple[int, Sequence[int]]]) -> None:
        """Draw pages of a file, given as (width in pixels, pages), in this order.

        What was wanted before and is not being drawn yet is forgotten.
        """
        with self._bell:
            if self._closed:
                return
            begun = self._drawing
            self._wishes = [
                (file, width, tuple(page for page in pages if (file, width, page) not in begun))
                for width, pages in wishes
            ]
            if self._thread is None and any(pages for _file, _width, pages in self._wishes):
                self._thread = threading.Thread(target=self._draw, name="pictures")
                self._thread.start()

    def forget(self) -> None:
        """Want nothing any more."""
        with self._bell:
            self._wishes.clear()

    def close(self) -> None:
        """Stop drawing and remove the folder."""
        with self._bell:
            self._closed = True
            self._wishes.clear()
            thread = self._thread
        if thread is not None:
            thread.join()
        self._spare.close()
        self._folder.cleanup()
        Workshop._open.discard(self)

    # --- the thread
    def _draw(self) -> None:
        while (batch := self._next()) is not None:
            file, width, pages = batch
            folder = self.new_folder()
            try:
                told = preview.pictures(
                    file,
                    pages,
                    width=width,
                    folder=folder,
                    cancelled=self._overtaken,
                    spare=self._spare,
                )
            except ChildFailed as failure:
                # A file thrown away meanwhile is nobody's loss.
                if failure.why != "cancelled" and not self._overtaken():
                    self.undrawn.emit(Undrawn(file, pages, failure.why))
            else:
                for one in told.pictures:
                    self.drawn.emit(Drawn(file, one.page, QImage(str(one.path))))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                self._give_back(file)
            # While somebody looks at the pages the child for the next ones starts.
            self._spare.ready()

    def _next(self) -> tuple[Path, int, tuple[int, ...]] | None:
        """Return the next pages to draw, their file lent; None when nothing is wanted."""
        with self._bell:
            self._drawing = set()
            while self._wishes:
                file, width, pages = self._wishes.pop(0)
                if not pages:
                    continue
                # The page in view comes first and alone: somebody waits for it.
                batch = BATCH if file == self._begun else 1
                self._begun = file
                if len(pages) > batch:
                    self._wishes.insert(0, (file, width, pages[batch:]))
                self._drawing = {(file, width, page) for page in pages[:batch]}
                self._lent[file] = self._lent.get(file, 0) + 1
                return file, width, pages[:batch]
            self._thread = None
            return None

    def _overtaken(self) -> bool:
        """Say whether the file being drawn is no longer the one wanted."""
        with self._bell:
            drawing = {file for file, _width, _page in self._drawing}
            if self._closed or drawing & self._doomed:
                return True
            return any(wish[0] not in drawing for wish in self._wishes)
