"""A bound pack on its way out: saved as a file, or previewed and printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.members.rules import named
from gwangju_desktop.packs.saving import file_name
from ui import alerts
from ui.packs.binding import save
from ui.packs.printing import PrintPreview, print_out, sheets
from ui.settings import kept
from ui.text import C_, N_, say

FOLDER = "packs/folder"


class Output(QObject):
    """Save and print the pack a page shows, as the office is at that moment."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page = page

    # --- saving
    def ask_where(self, meeting) -> None:
        """Ask where to save a meeting's pack."""
        name = file_name(
            f"{meeting.starts_at:%Y-%m-%d}",
            named(meeting.body_ko, meeting.body_en),
            meeting.title,
            say(C_("pack", "Meeting pack")),
        )
        self.ask_for(name, N_("Save pack as PDF"))

    def ask_for(self, name: str, title) -> None:
        """Ask where to save the bound file, offering a name in the folder used last."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = kept.text(FOLDER, QStandardPaths.writableLocation(documents))
        dialog = QFileDialog(self.page.window(), say(title), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say(N_("PDF documents ({pattern})"), pattern="*.pdf"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.on_save_to)
        dialog.open()

    def on_save_to(self, name: str) -> None:
        kept.keep(FOLDER, str(Path(name).parent))
        self.page.when_true(self.save_to, Path(name))

    def save_to(self, target: Path) -> None:
        """Save the bound pack."""
        self.page.desk.work(
            save, title=N_("Saving the PDF"), then=self.on_saved, target=target, **self._lent()
        )

    def on_saved(self, target: Path) -> None:
        self.page.toast(C_("pack", "Saved: {name}"), name=target.name)

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
        dialog = PrintPreview(self.page.window(), self.page.meta.text(), pictures)
        dialog.ordered.connect(self.on_ordered)
        dialog.open()

    def on_ordered(self, printer, order) -> None:
        """Print what the dialog ordered."""
        if self.page.bound is None:
            return
        self.page.desk.work(
            print_out,
            title=N_("Printing the pack"),
            then=self.on_printed,
            otherwise=self.on_unprinted,
            printer=printer,
            order=order,
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
