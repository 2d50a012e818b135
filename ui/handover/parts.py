"""What the forms of a handover share: places that are chosen, a passphrase, work in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import form
from ui import theme
from ui.desk import Desk
from ui.snapshots.secret import secret
from ui.text import N_, Msg, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Button, column, row

WIDTH = 520
HANDED = N_("Handed-over offices ({pattern})")
COPIES = N_("Offices and handed-over offices ({pattern})")
OFFICES = N_("Offices ({pattern})")
SUFFIX = ".gwoffice"
FOLDER, FILE, COPY, PLACE = "folder", "file", "copy", "place"
_FILTERS = {FILE: (HANDED, (form.ENDING,)), COPY: (COPIES, (form.ENDING, SUFFIX))}


class PathField(QWidget):
    """A place that is typed or chosen: a folder, a file that is there, or where a file goes."""

    chosen = Signal()

    def __init__(self, label: Msg, kind: str, path: str = "", help: str = "") -> None:
        super().__init__()
        self.kind, self._label = kind, label
        self.labelled = Labelled(label, Field("", label), help)
        self.field = self.labelled.field
        self.field.setText(path)
        self.field.editingFinished.connect(self.chosen)
        self.browse = Button(N_("Choose…"), icon="folder-open", slot=self.on_browse)
        self.browse.setAutoDefault(False)
        column(self.labelled, row(self.browse, None), gap=6, into=self)

    def on_browse(self) -> None:
        """Ask the system's own dialog for it."""
        title, at = say(self._label), self.field.text() or str(Path.home())
        if self.kind == FOLDER:
            name = QFileDialog.getExistingDirectory(self, title, at)
        elif self.kind == PLACE:
            name, _filter = QFileDialog.getSaveFileName(
                self, title, at, say(OFFICES, pattern=f"*{SUFFIX}")
            )
        else:
            message, suffixes = _FILTERS[self.kind]
            pattern = " ".join(f"*{suffix}" for suffix in suffixes)
            name, _filter = QFileDialog.getOpenFileName(
                self, title, at, say(message, pattern=pattern)
            )
        if name:
            self.field.setText(str(Path(name)))
            self.chosen.emit()

    def value(self) -> Path:
        """Return the place; mark the field and raise UserError where nothing, or nothing fit, is there."""
        text = self.field.value()
        path = Path(text)
        wrong = None
        if not text:
            wrong = UserError(N_("Choose a place."))
        elif self.kind == FOLDER and not path.is_dir():
            wrong = UserError(N_("The folder {folder} is not there."), folder=text)
        elif self.kind in (FILE, COPY) and not path.is_file():
            wrong = UserError(N_("{what} is not there. Check the name."), what=text)
        if wrong is not None:
            self.labelled.wrong(str(wrong))
            raise wrong
        self.labelled.right()
        return path.with_name(path.name + SUFFIX) if self._bare(path) else path

    def _bare(self, path: Path) -> bool:
        return self.kind == PLACE and path.suffix != SUFFIX

    @property
    def sealed(self) -> bool:
        """Say whether the file that is named is under a passphrase."""
        path = Path(self.field.value())
        try:
            return path.suffix == form.ENDING and path.is_file() and form.is_sealed(path)
        except (UserError, OSError):
            return False


class Opening(QWidget):
    """A file that is there, and its passphrase where it is under one."""

    def __init__(self, label: Msg, kind: str, path: str = "") -> None:
        super().__init__()
        self.path = PathField(label, kind, path)
        self.secret = secret(N_("Passphrase of the file"))
        self.path.chosen.connect(self.on_chosen)
        column(self.path, self.secret, gap=12, into=self)
        self.on_chosen()

    def on_chosen(self) -> None:
        """Ask for a passphrase only where the file is under one."""
        self.secret.setVisible(self.path.sealed)
        dialog = self.window()
        if isinstance(dialog, Dialog):
            dialog.adjustSize()

    def value(self) -> tuple[Path, str | None]:
        """Return the file and its passphrase; mark what is missing and raise UserError."""
        path = self.path.value()
        if not self.path.sealed:
            return path, None
        self.secret.show()
        typed = self.secret.value()
        if not typed:
            error = UserError(N_("Type the passphrase."))
            self.secret.wrong(str(error))
            raise error
        return path, typed


class Deed(Dialog):
    """A form whose act takes time: done on a thread of its own, also where no office is open."""

    def __init__(self, shell, title: Msg, *parts, **options) -> None:
        self.shell, self.busy, self.alone = shell, False, None
        options.setdefault("width", WIDTH)
        super().__init__(shell.window, title, *parts, **options)
        # A sentence that appears makes it higher, not wider.
        self.setMaximumWidth(theme.px(options["width"]))
        self.finished.connect(self.on_finished)

    def begin(self, job, *, title: Msg, desk=None, **asked) -> None:
        """Carry a job out; the button waits. Without a desk it has one of its own."""
        if desk is None:
            if self.alone is None:
                self.alone = Desk(_no_office)
                self.alone.working.connect(self.shell.strip.follow)
            desk = self.alone
        self.busy = True
        self.button.setEnabled(False)
        desk.work(job, title=title, then=self.on_done, otherwise=self.on_refused, **asked)

    def on_done(self, value: object) -> None:
        """Close; what follows is told by whoever overrides."""
        self.busy = False
        self.on_accepted(value)

    def on_refused(self, error: Exception) -> None:
        self.busy = False
        super().on_refused(error)

    def reject(self) -> None:
        """Close, unless something is being done: it is waited for."""
        if not self.busy:
            super().reject()

    def on_finished(self, _code: int) -> None:
        if self.alone is not None:
            self.alone.close()
            self.alone.deleteLater()
            self.alone = None


def _no_office() -> None:
    """Stand for the office of a form that needs none."""
