"""A document on its way out: saved in a format of its own, its folder opened, printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from db.vocab import Access
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.packs.saving import file_name
from ui.documents.making import enclose, save
from ui.packs.printing import PrintPreview, print_out, sheets
from ui.settings import kept
from ui.text import C_, N_, say
from ui.widgets.parts import Button

FOLDER = "documents/folder"
PATTERNS = {
    "pdf": N_("PDF documents ({pattern})"),
    "hwpx": N_("Hangul documents ({pattern})"),
    "html": N_("Web pages ({pattern})"),
    "xlsx": N_("Excel workbooks ({pattern})"),
    "txt": N_("Text files ({pattern})"),
}


def keep_folder(name: str) -> None:
    """Remember the folder documents went to."""
    kept.keep(FOLDER, name)


def folder() -> str:
    """Return the folder documents went to last."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return kept.text(FOLDER, QStandardPaths.writableLocation(documents))


class Output(QObject):
    """Save and print what a documents dialog shows."""

    def __init__(self, dialog) -> None:
        super().__init__(dialog)
        self.dialog, self.saved = dialog, None
        self.open_button = Button(N_("Open folder"), "link", "folder-open", slot=self.on_open)
        self.open_button.setAutoDefault(False)
        self.open_button.hide()
        dialog.preview.extra.layout().addWidget(self.open_button)

    # --- saving
    def ask_for(self, composed: Composed, suffix: str) -> None:
        """Ask where to save a document, offering its name in the folder used last."""
        asked = QFileDialog(self.dialog, say(N_("Save the document")), folder())
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        first = [suffix, *(one for one in writers.formats(composed) if one != suffix)]
        asked.setNameFilters([say(PATTERNS[one], pattern=f"*.{one}") for one in first])
        asked.setDefaultSuffix(suffix)
        asked.selectFile(file_name(composed.name, suffix=f".{suffix}"))
        asked.fileSelected.connect(self.on_save_to)
        asked.open()

    def on_save_to(self, name: str) -> None:
        """Save where the person said, in the format of the suffix."""
        keep_folder(str(Path(name).parent))
        if self.dialog.bound is not None:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Save the document shown."""
        self.dialog.record(Access.EXPORT)
        composed = self.dialog.bound.composed
        self._write(save, composed=composed, target=target)

    def enclose(self, draft, folder: str, suffix: str) -> None:
        """Save what a draft encloses into a folder."""
        keep_folder(folder)
        self._write(enclose, draft=draft, folder=Path(folder), suffix=suffix)

    def _write(self, job, **asked: object) -> None:
        self.dialog.desk.work(
            job,
            title=N_("Saving the document"),
            then=self.on_saved,
            otherwise=self.on_unsaved,
            **asked,
        )

    def on_saved(self, targets: list[Path]) -> None:
        """Say what was saved, and offer its folder."""
        self.saved = targets[0]
        self.dialog.toast(
            C_("document", "Saved: {name}")
            if len(targets) == 1
            else C_("document", "{n} files saved in {folder}"),
            n=len(targets),
            name=targets[0].name,
            folder=targets[0].parent.name,
        )
        self.open_button.show()

    def on_unsaved(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.dialog.on_refused(error)

    def on_open(self) -> None:
        """Show the folder of what was saved last."""
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved.parent)))

    def _lent(self) -> dict:
        """Lend the made file to a job."""
        workshop = self.dialog.workshop
        return {"workshop": workshop, "file": workshop.lend(self.dialog.bound.file)}

    # --- printing
    def preview(self) -> None:
        """Draw the pages for the print preview."""
        self.dialog.desk.work(
            sheets,
            title=N_("Preparing the print preview"),
            then=self.on_sheets,
            count=self.dialog.bound.pages,
            **self._lent(),
        )

    def on_sheets(self, pictures: list) -> None:
        if self.dialog.bound is None or not self.dialog.isVisible():
            return
        shown = PrintPreview(self.dialog, self.dialog.bound.composed.title, pictures)
        shown.ordered.connect(self.on_ordered)
        shown.open()

    def on_ordered(self, printer, order) -> None:
        """Print what the preview ordered."""
        if self.dialog.bound is None:
            return
        self.dialog.record(Access.PRINT)
        self.dialog.desk.work(
            print_out,
            title=N_("Printing the document"),
            then=self.on_printed,
            otherwise=self.on_unprinted,
            printer=printer,
            order=order,
            **self._lent(),
        )

    def on_printed(self, target: Path | None) -> None:
        if target is None:
            self.dialog.toast(N_("The document was sent to the printer."))
        else:
            self.on_saved([target])

    def on_unprinted(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.dialog.toast(N_("Printing was stopped."))
        else:
            self.dialog.on_refused(error)
