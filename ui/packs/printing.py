"""Printing a bound pack: a preview of its sheets, the printer's own dialog, then the work itself.

The pages are pictures a child draws; nothing of the PDF is read in the window's process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QWidget

from gwangju_desktop.child import ChildFailed
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.packs import preview
from gwangju_desktop.packs.saving import save_copy
from ui import theme
from ui.packs.pictures import Workshop
from ui.text import C_, N_, say
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule

SHOWN, SHOWN_MANY, MANY = 800, 480, 120  # pixels of a previewed page; fewer for many pages
FINEST = 400  # dots per inch of a printed page's picture
SMALLEST = 72
BATCH, BATCH_FINE = 16, 3  # pages a child draws at once, small and fine
FINE = 1_200  # pixels from which a picture is fine
DIALOG = (1000, 700)


@dataclass(frozen=True, slots=True)
class Order:
    """What the printer was told: pages counted from 1, and how often."""

    first: int
    last: int
    copies: int


def drawn(
    work, file: Path, pages: Sequence[int], width: int, folder: Path, times: int = 1
) -> Iterator[QImage]:
    """Draw pages of a file (counted from 0) in order, all of them `times` over.

    Pages that hold no colour come as grey pictures. Tells the work's progress. Raises Cancelled,
    UserError.
    """
    step = BATCH_FINE if width > FINE else BATCH
    starts = [*range(0, len(pages), step)] * times
    done, of = 0, len(pages) * times
    for start in starts:
        work.progress(done, of, pages_done(done, of))
        for picture in _batch(work, file, pages[start : start + step], width, folder):
            yield picture
            done += 1
            work.progress(done, of, pages_done(done, of))


def _batch(work, file: Path, pages: Sequence[int], width: int, folder: Path) -> Iterator[QImage]:
    try:
        told = preview.pictures(file, pages, width=width, folder=folder, cancelled=work.cancelled)
    except ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from failure
        raise UserError(
            N_("Page {page} cannot be drawn."),
            hint=N_("Make the pack anew and try again."),
            page=pages[0] + 1,
        ) from failure
    for one in told.pictures:
        picture = QImage(str(one.path))
        one.path.unlink(missing_ok=True)
        if picture.isGrayscale():
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        yield picture


def pages_done(done: int, of: int) -> str:
    """Say how far a work of pages is."""
    return say(N_("{done} of {of} pages"), done=done, of=of)


def sheets(work, *, workshop: Workshop, file: Path, count: int) -> list[QImage]:
    """Draw every page of a lent file small, for the preview; a job for `desk.work`."""
    width = SHOWN if count <= MANY else SHOWN_MANY
    with workshop.lent(file) as folder:
        return list(drawn(work, file, range(count), width, folder))


def print_out(
    work, *, workshop: Workshop, file: Path, printer: QPrinter, order: Order
) -> Path | None:
    """Print pages of a lent file; a job for `desk.work`.

    A printed file appears whole or not at all; returns its path, None where paper was printed.
    Raises Cancelled, UserError.
    """
    with workshop.lent(file) as folder:
        target, printed = None, folder / "printed.pdf"
        if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
            if not printer.outputFileName():
                raise UserError(
                    N_("There is no printer on this PC."),
                    hint=N_("Add one in the system's settings, or save the PDF."),
                )
            target = Path(printer.outputFileName())
            printer.setOutputFileName(str(printed))
        _print(work, file, printer, order, folder)
        return save_copy(printed, target) if target else None


def _print(work, file: Path, printer: QPrinter, order: Order, folder: Path) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        _draw_all(work, painter, file, printer, order, folder)
        ended = painter.end()
    except BaseException:
        printer.abort()
        if painter.isActive():
            painter.end()
        raise
    if not ended or printer.printerState() == QPrinter.PrinterState.Error:
        raise _refused()


def _draw_all(work, painter, file: Path, printer: QPrinter, order: Order, folder: Path) -> None:
    fine = max(SMALLEST, min(FINEST, printer.resolution()))
    width = round(sheet_inches() * fine)
    own = 1 if printer.supportsMultipleCopies() else order.copies
    pages = range(order.first - 1, order.last)
    for n, picture in enumerate(drawn(work, file, pages, width, folder, own)):
        if n and not printer.newPage():
            raise _refused()
        put_sheet(painter, picture, printer)


def sheet_inches() -> float:
    """Return the width of a sheet in inches."""
    return QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Inch).width()


def _refused() -> UserError:
    return UserError(
        N_("The printer did not take the pack."),
        hint=N_("Look at the printer and print again, or save the PDF and print that."),
    )


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


def new_printer(name: str) -> QPrinter:
    """Return a printer set for a pack: A4, both sides turned over the long edge."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF())
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


class PrintPreview(QDialog):
    """The sheets as they will leave the printer, and the way to its dialog."""

    ordered = Signal(object, object)  # QPrinter, Order

    def __init__(self, parent: QWidget, name: str, pictures: list[QImage]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pictures = pictures
        self.printer = new_printer(name)
        self.sheets = QPrintPreviewWidget(self.printer, self)
        self.sheets.paintRequested.connect(self.on_paint)
        self.sheets.previewChanged.connect(self.on_changed)
        self.page = Label("", "secb")
        self.back_button = Button(
            "", "ghost", "chevron-left", name=N_("Previous page"), slot=self.on_back
        )
        self.next_button = Button(
            "", "ghost", "chevron-right", name=N_("Next page"), slot=self.on_next
        )
        self.view = Segment((N_("One page"), N_("All pages")), 0, N_("Sheets shown"))
        self.view.chosen.connect(self.on_view)
        self.close_button = Button(C_("dialog", "Close"), slot=self.reject)
        self.print_button = Button(N_("Print…"), "primary", "printer", slot=self.on_print)
        self.print_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        tools = row(
            Label(N_("Print preview"), "h2"),
            None,
            self.back_button,
            self.page,
            self.next_button,
            12,
            self.view,
            margins=(20, 12, 16, 10),
            gap=4,
        )
        foot = Label(N_("A4, both sides, turned over the long edge"), "cap")
        below = row(foot, None, self.close_button, self.print_button, margins=(20, 10, 16, 12))
        column(tools, rule(), (self.sheets, 1), rule(), below, gap=0, into=self)
        self.retitle()
        room = parent.size()
        self.resize(
            min(theme.px(DIALOG[0]), room.width() - 24),
            min(theme.px(DIALOG[1]), room.height() - 24),
        )
        self.sheets.fitInView()
        self.on_changed()
        self.print_button.setFocus()

    def retitle(self) -> None:
        self.setWindowTitle(say(N_("Print preview")))

    def on_paint(self, printer: QPrinter) -> None:
        painter = QPainter(printer)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for n, picture in enumerate(self.pictures):
            if n:
                printer.newPage()
            put_sheet(painter, picture, printer)
        painter.end()

    def on_changed(self) -> None:
        now, count = self.sheets.currentPage(), len(self.pictures)
        self.page.say(N_("{page} / {count} pages"), page=now, count=count)
        self.back_button.setEnabled(now > 1)
        self.next_button.setEnabled(now < count)

    def on_back(self) -> None:
        self.sheets.setCurrentPage(self.sheets.currentPage() - 1)
        self.on_changed()

    def on_next(self) -> None:
        self.sheets.setCurrentPage(self.sheets.currentPage() + 1)
        self.on_changed()

    def on_view(self, n: int) -> None:
        if n == 0:
            self.sheets.setSinglePageViewMode()
            self.sheets.fitInView()
        else:
            self.sheets.setAllPagesViewMode()

    def on_print(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(say(N_("Print")))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.setMinMax(1, len(self.pictures))
        dialog.setFromTo(1, len(self.pictures))
        dialog.accepted.connect(self.on_ordered)
        # QPrintDialog's own `open` wants a receiver.
        QDialog.open(dialog)

    def on_ordered(self) -> None:
        """Hand the printer over; drawing for it takes longer than a window may stand still."""
        printer, count = self.printer, len(self.pictures)
        first, last = printer.fromPage() or 1, printer.toPage() or count
        if printer.printRange() == QPrinter.PrintRange.CurrentPage:
            first = last = self.sheets.currentPage()
        elif printer.printRange() == QPrinter.PrintRange.AllPages:
            first, last = 1, count
        self.ordered.emit(printer, Order(first, min(last, count), printer.copyCount()))
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retitle()
        super().changeEvent(event)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_PageDown and self.next_button.isEnabled():
            self.on_next()
        elif event.key() == Qt.Key.Key_PageUp and self.back_button.isEnabled():
            self.on_back()
        else:
            super().keyPressEvent(event)
