"""A bound pack on its way out: saved as a file, or previewed and printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import Cancelled
from ui import alerts
from ui.packs.binding import save, save_all
from ui.packs.orders import Subject, print_pack
from ui.packs.printing import PrintPreview, sheets
from ui.settings import kept
from ui.text import N_, say

FOLDER = "packs/folder"


def folder() -> str:
    """Return the folder packs went to last."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return kept.text(FOLDER, QStandardPaths.writableLocation(documents))


class Output(QObject):
    """Save and print the pack a page shows, as the office is at that moment."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page = page
        self.saved: Path | None = None

    # --- saving
    def ask_where(self) -> None:
        """Ask where to save the pack that is shown, under the name packs have."""
        dialog = QFileDialog(self.page.window(), say(N_("Save pack as PDF")), folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say(N_("PDF documents ({pattern})"), pattern="*.pdf"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._name())
        dialog.fileSelected.connect(self.on_save_to)
        dialog.open()

    def _name(self) -> str:
        """Return the name of the file: that of the issue as long as it is one."""
        bound, front = self.page.bound, self.page.sending.front()
        kept_file = front.file(bound.asked.edition.value) if front is not None else None
        return kept_file.name if kept_file is not None else bound.name

    def on_save_to(self, name: str) -> None:
        kept.keep(FOLDER, str(Path(name).parent))
        self.page.when_true(self.save_to, Path(name))

    def save_to(self, target: Path) -> None:
        """Save the bound pack."""
        self.page.desk.work(
            save, title=N_("Saving the PDF"), then=self.on_saved, target=target, **self._lent()
        )

    def on_saved(self, target: Path) -> None:
        """Say what was saved, with the way to its folder."""
        self.saved = target
        self.page.offer.tell_saved(target.name)

    def ask_folder(self) -> None:
        """Ask for the folder to save every file of the issue in that is shown."""
        dialog = QFileDialog(self.page.window(), say(N_("Save all editions")), folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.on_save_all_to)
        dialog.open()

    def on_save_all_to(self, name: str) -> None:
        kept.keep(FOLDER, name)
        if self.page.bound is not None and self.page.bound.issue is not None:
            self.page.desk.work(
                save_all,
                title=N_("Saving the PDF"),
                then=self.on_saved_all,
                issue_id=self.page.bound.issue.id,
                folder=Path(name),
            )

    def on_saved_all(self, targets: list[Path]) -> None:
        self.saved = targets[0]
        self.page.offer.tell_saved_all(len(targets), targets[0].parent)

    def on_open_folder(self) -> None:
        """Show the folder of what was saved last."""
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved.parent)))

    def _lent(self) -> dict:
        """Lend the bound file to a job."""
        workshop = self.page.workshop
        return {"workshop": workshop, "file": workshop.lend(self.page.bound.file)}

    # --- printing
    def preview(self) -> None:
        """Draw the pages for the print preview."""
        self.page.desk.work(
            sheets,
            title=N_("Preparing the print preview"),
            then=self.on_sheets,
            count=self.page.bound.facts.pages,
            **self._lent(),
        )

    def on_sheets(self, pictures: list) -> None:
        if self.page.bound is None or not self.page.isVisible():
            return
        seats = self.page.sending.seats()
        dialog = PrintPreview(self.page.window(), self.page.meta.text(), pictures, seats=seats)
        dialog.ordered.connect(self.on_ordered)
        dialog.open()

    def on_ordered(self, printer, order) -> None:
        """Print what the dialog ordered."""
        bound = self.page.bound
        if bound is None:
            return
        subject = Subject(
            bound.asked.meeting_id,
            bound.asked.edition,
            bound.labels,
            self.page.sending.front(),
            not self.page.desk.read_only,
        )
        self.page.desk.work(
            print_pack,
            title=N_("Printing the pack"),
            then=self.on_printed,
            otherwise=self.on_unprinted,
            printer=printer,
            order=order,
            subject=subject,
            **self._lent(),
        )

    def on_printed(self, target: Path | None) -> None:
        if target is None:
            self.page.toast(N_("The pack was sent to the printer."))
        else:
            self.on_saved(target)

    def on_unprinted(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.page.toast(N_("Printing was stopped."))
        else:
            alerts.tell(error)
