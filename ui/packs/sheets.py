"""Pages of a file as pictures for paper, drawn by children a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

from gwangju_desktop.child import ChildFailed
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.packs import preview
from ui.text import N_, say

BATCH, BATCH_FINE = 16, 3  # pages a child draws at once, small and fine
FINE = 1_200  # pixels from which a picture is fine


class Sheets:
    """Draw pages of files in a folder of one's own, and tell a work how far that is.

    Pages of the file `kept` are wanted more than once: they stay in the folder until that is gone.
    """

    def __init__(self, work, folder: Path, width: int, of: int, kept: Path | None = None) -> None:
        self._work, self._folder, self._width = work, folder, width
        self._done, self._of = 0, of
        self._kept, self._drawn = kept, dict[int, Path]()

    def of(self, file: Path, pages: Sequence[int]) -> Iterator[QImage]:
        """Draw pages of a file (counted from 0) in order; raises Cancelled, UserError.

        Pages that hold no colour come as grey pictures.
        """
        step = BATCH_FINE if self._width > FINE else BATCH
        for start in range(0, len(pages), step):
            self._tell()
            wanted = pages[start : start + step]
            for path in self._paths(file, wanted):
                picture = QImage(str(path))
                if file != self._kept:
                    path.unlink(missing_ok=True)
                if picture.isGrayscale():
                    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
                yield picture
                self._done += 1
                self._tell()

    def _tell(self) -> None:
        self._work.progress(self._done, self._of, pages_done(self._done, self._of))

    def _paths(self, file: Path, pages: Sequence[int]) -> list[Path]:
        if file != self._kept:
            return self._draw(file, pages)
        missing = [page for page in pages if page not in self._drawn]
        if missing:
            self._drawn.update(zip(missing, self._draw(file, missing), strict=True))
        return [self._drawn[page] for page in pages]

    def _draw(self, file: Path, pages: Sequence[int]) -> list[Path]:
        folder = self._folder / f"{file.stem}-{pages[0]}-{self._done}"
        folder.mkdir(exist_ok=True)
        try:
            told = preview.pictures(
                file, pages, width=self._width, folder=folder, cancelled=self._work.cancelled
            )
        except ChildFailed as failure:
            if failure.why == "cancelled":
                raise Cancelled from failure
            raise UserError(
                N_("Page {page} cannot be drawn."),
                hint=N_("Make the pack anew and try again."),
                page=pages[0] + 1,
            ) from failure
        return [one.path for one in told.pictures]


def pages_done(done: int, of: int) -> str:
    """Say how far a work of pages is."""
    return say(N_("{done} of {of} pages"), done=done, of=of)


def put_sheet(painter: QPainter, picture: QImage, printer: QPrinter) -> None:
    """Draw a page over the whole sheet, scaled to paper of another size.

    Landscape pages have their top at the edge that is bound.
    """
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    area = QRectF(0, 0, paper.width(), paper.height())
    if not printer.fullPage():
        area.translate(-paper.topLeft())
    if (picture.width() > picture.height()) != (area.width() > area.height()):
        picture = picture.transformed(QTransform().rotate(-90))
    scale = min(area.width() / picture.width(), area.height() / picture.height())
    wide, high = picture.width() * scale, picture.height() * scale
    left = area.x() + (area.width() - wide) / 2
    top = area.y() + (area.height() - high) / 2
    painter.drawImage(QRectF(left, top, wide, high), picture)
