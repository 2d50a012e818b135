"""Save a copy for sending: as .zip, in parts where a gateway limits the size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import register, sending
from ui.snapshots.facts import megabytes
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled
from ui.widgets.parts import Button, Label, row

# What gateways of mail and document systems commonly let through, in MB.
PARTS = (10, 20, 30, 50, 100)


def save(work, *, path: Path, folder: Path, part_mb: int | None, sha256: str):
    """Hold the file against the register, then save it for sending, on the work's own thread."""
    register.demand_same(path, sha256)
    return sending.save_for_sending(
        path, folder, part_mb=part_mb, progress=work.progress, cancelled=work.cancelled
    )


class SendDialog(Dialog):
    """Ask for a folder and the size of parts."""

    def __init__(self, parent, desk, path: Path, sha256: str) -> None:
        self.desk, self.path, self.sha256, self.work = desk, path, sha256, None
        self.folder = Field("", N_("Folder"))
        self.folder.setText(str(path.parent))
        self.browse = Button(C_("review copies", "Browse"), icon="folder-open", slot=self.on_browse)
        self.browse.setAutoDefault(False)
        sizes = [(None, C_("parts", "One file")), *((n, _parts(n)) for n in PARTS)]
        self.part = Labelled(N_("Parts"), Choice(sizes, N_("Parts")))
        place = Labelled(N_("Folder"), row((self.folder, 1), self.browse))
        place.label.setBuddy(self.folder)
        self.saved_files = Label("", "sec", wrap=True)
        self.saved_files.hide()
        self.show_folder = Button(N_("Open the folder"), icon="folder-open", slot=self.on_folder)
        self.show_folder.setAutoDefault(False)
        self.show_folder.hide()
        self.form = (place, self.part)
        super().__init__(
            parent,
            N_("Save for sending"),
            Label(
                N_(
                    "{file} ({size}) is saved under the ending .zip, byte for byte the same. The"
                    " program opens it as it is, in parts too."
                ),
                "sec",
                wrap=True,
                file=path.name,
                size=megabytes(path.stat().st_size),
            ),
            *self.form,
            self.saved_files,
            row(self.show_folder, None),
            icon="upload",
            width=480,
        )

    def on_browse(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, say(N_("Choose a folder")), self.folder.text()
        )
        if name:
            self.folder.setText(name)

    def confirm(self) -> None:
        """Save, or close once it is saved."""
        if self.value is not None:
            self.accept()
            return
        folder = Path(self.folder.value())
        if not self.folder.value() or not folder.is_dir():
            raise UserError(N_("The folder {folder} is not there."), folder=folder)
        self.button.setEnabled(False)
        self.work = self.desk.work(
            save,
            title=N_("Saving for sending"),
            then=self.on_saved,
            otherwise=self.on_refused,
            path=self.path,
            folder=folder,
            part_mb=self.part.value(),
            sha256=self.sha256,
        )

    def on_saved(self, sent) -> None:
        """Say which files are to be sent."""
        self.value = sent
        for part in self.form:
            part.hide()
        names = "\n".join(path.name for path in (*sent.files, *filter(None, [sent.note])))
        self.saved_files.say(
            NN_("{n} file was saved:\n{names}", "{n} files were saved:\n{names}"),
            n=len(names.splitlines()),
            names=names,
        )
        self.saved_files.show()
        self.show_folder.show()
        self.cancel_button.hide()
        self.button.say(C_("dialog", "Close")).setEnabled(True)
        self.adjustSize()

    def on_refused(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.button.setEnabled(True)
            return
        super().on_refused(error)

    def on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.value.files[0].parent)))


def _parts(n: int) -> str:
    return say(N_("Parts of at most {n} MB"), n=n)
