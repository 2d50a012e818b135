"""Printing a bound pack: a preview of its sheets, the printer's own dialog, then the work itself.

The pages are pictures a child draws; nothing of the PDF is read in the window's process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMarginsF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.saving import save_copy
from ui import theme
from ui.packs.pictures import Workshop
from ui.packs.sheets import Sheets, pages_done, put_sheet
from ui.text import C_, N_, NN_, say
from ui.widgets.fields import Check, NumberField
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule

__all__ = ["Order", "PrintPreview", "new_printer", "pages_done", "print_out", "sheets"]

SHOWN, SHOWN_MANY, MANY = 800, 480, 120  # pixels of a previewed page; fewer for many pages
FINEST = 400  # dots per inch of a printed page's picture
SMALLEST = 72
DIALOG = (1000, 700)
MOST_SPARE = 99

# For one copy: which pages (counted from 0) of which files make it up, in order.
Set = Sequence[tuple[Path, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Order:
    """What the printer was told: pages counted from 1, and how often.

    With `spare` every seat gets a copy with its number on the cover, and so many more are numbered.
    """

    first: int
    last: int
    copies: int
    spare: int | None = None


def sheets(work, *, workshop: Workshop, file: Path, count: int) -> list[QImage]:
    """Draw every page of a lent file small, for the preview; a job for `desk.work`."""
    width = SHOWN if count <= MANY else SHOWN_MANY
    with workshop.lent(file) as folder:
        return list(Sheets(work, folder, width, count).of(file, range(count)))


def print_out(
    work,
    *,
    workshop: Workshop,
    file: Path,
    printer: QPrinter,
    order: Order,
    sets: Callable[[Path], Sequence[Set]] | None = None,
) -> Path | None:
    """Print pages of a lent file; a job for `desk.work`.

    `sets(folder)` makes copies that differ, otherwise all are alike. A printed file appears whole
    or not at all; returns its path, None where paper was printed. Raises Cancelled, UserError.
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
        if sets is None:
            own = 1 if printer.supportsMultipleCopies() else order.copies
            made: Sequence[Set] = [[(file, range(order.first - 1, order.last))]] * own
        else:
            printer.setCopyCount(1)
            made = sets(folder)
        _print(printer, _pictures(work, file, printer, made, folder))
        return save_copy(printed, target) if target else None


def _pictures(
    work, file: Path, printer: QPrinter, made: Sequence[Set], folder: Path
) -> Iterator[QImage]:
    """Draw the copies one after the other, the pages they share only once."""
    fine = max(SMALLEST, min(FINEST, printer.resolution()))
    count = sum(len(pages) for one in made for _file, pages in one)
    drawn = Sheets(
        work, folder, round(sheet_inches() * fine), count, file if len(made) > 1 else None
    )
    for one in made:
        for source, pages in one:
            yield from drawn.of(source, pages)


def _print(printer: QPrinter, pictures: Iterable[QImage]) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        for n, picture in enumerate(pictures):
            if n and not printer.newPage():
                raise _refused()
            put_sheet(painter, picture, printer)
        ended = painter.end()
    except BaseException:
        printer.abort()
        if painter.isActive():
            painter.end()
        raise
    if not ended or printer.printerState() == QPrinter.PrinterState.Error:
        raise _refused()


def sheet_inches() -> float:
    """Return the width of a sheet in inches."""
    return QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Inch).width()


def _refused() -> UserError:
    return UserError(
        N_("The printer did not take the pack."),
        hint=N_("Look at the printer and print again, or save the PDF and print that."),
    )


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
    """The sheets as they will leave the printer, and the way to its dialog.

    With `seats` a copy for each of them may be ordered, its number on the cover.
    """

    ordered = Signal(object, object)  # QPrinter, Order

    def __init__(
        self, parent: QWidget, name: str, pictures: list[QImage], *, seats: int = 0
    ) -> None:
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
        self.numbered = Check(
            NN_("Number {n} copy by the roll", "Number {n} copies by the roll"), n=seats
        )
        self.numbered.toggled.connect(self.on_numbered)
        self.spare = NumberField(N_("Copies to spare"), 0)
        self.spare.setFixedWidth(theme.px(56))
        self.spares = row(Label(N_("to spare"), "sec"), self.spare, gap=6)
        self.spares.hide()
        self.numbered.setVisible(seats > 0)
        below = row(
            Label(N_("A4, both sides, turned over the long edge"), "cap"),
            None,
            self.numbered,
            self.spares,
            12,
            self.close_button,
            self.print_button,
            margins=(20, 10, 16, 12),
        )
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

    def on_numbered(self, numbered: bool) -> None:
        """Offer copies to spare with the numbered ones."""
        self.spares.setVisible(numbered)

    def on_print(self) -> None:
        """Open the system's own dialog."""
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
        spare = None
        if self.numbered.isVisible() and self.numbered.value():
            try:
                spare = max(0, min(MOST_SPARE, self.spare.value() or 0))
            except UserError:
                spare = 0  # letters where a number belongs: none to spare
        order = Order(first, min(last, count), printer.copyCount(), spare)
        self.ordered.emit(printer, order)
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
