"""The only place that tells the person anything: a banner, or the crash dialog, by blame.

UserError and the faults of db.errors become one sentence; everything else is our bug: a dialog
with details to copy, a line in the log, an orderly close. Neither holds data.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gwangju_desktop import VERSION, faults
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.paths import person_folder
from ui.text import N_, say
from ui.widgets.parts import Button, Label, column, row

LOG_BYTES = 512 * 1024

_teller: Teller | None = None


def sentence(error: BaseException) -> str | None:
    """Return what to tell the person, or None when it is our bug."""
    if isinstance(error, Cancelled):
        return say(N_("Stopped. Nothing was changed."))
    return faults.sentence(error)


def tell(error: BaseException) -> None:
    """Tell the person: the one door for exceptions nobody handled."""
    if _teller is not None:
        _teller.tell(error)
    else:
        raise error


def log_path() -> Path:
    """Return the place of the log."""
    return person_folder() / "errors.log"


def details(error: BaseException) -> str:
    """Describe a bug without data: kinds and places, never the messages of exceptions."""
    lines = [f"gwangju-desktop {VERSION}, Python {platform.python_version()}, Qt {qVersion()}"]
    lines.append(platform.platform())
    seen: BaseException | None = error
    while seen is not None:
        for place in traceback.extract_tb(seen.__traceback__):
            file = "/".join(Path(place.filename).parts[-3:])
            lines.append(f"  {file}:{place.lineno} {place.name}")
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def write_log(text: str) -> None:
    """Add to the log; a log that cannot be written is no second fault."""
    with contextlib.suppress(OSError):
        path = log_path()
        full = path.exists() and path.stat().st_size > LOG_BYTES
        with path.open("w" if full else "a", encoding="utf-8") as log:
            log.write(text + "\n\n")


class CrashDialog(QDialog):
    """Our bug: say so, offer the details, go on or close in order."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say(N_("Something went wrong")))
        self.copy_button = Button(N_("Copy details"), icon="copy", slot=self.on_copy)
        self.quit_button = Button(N_("Close the program"), slot=self.on_quit)
        self.go_on_button = Button(N_("Go on"), "primary", slot=self.accept)
        self.go_on_button.setDefault(True)
        told = N_(
            "This is a fault of the program. What was saved is safe. Please send the details "
            "to whoever looks after the program; they hold no records."
        )
        column(
            Label(N_("Something went wrong"), "h2"),
            Label(told, "sec", wrap=True),
            Label(N_("Log: {path}"), "cap", wrap=True, path=str(log_path())),
            row(None, self.copy_button, self.quit_button, self.go_on_button),
            margins=(24, 20, 24, 18),
            gap=12,
            into=self,
        )
        self.setMinimumWidth(480)

    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def on_quit(self) -> None:
        window = self.parentWidget().window()
        self.accept()
        # After this dialog's own events: closing waits for the writer.
        QTimer.singleShot(0, window, window.close)


class Teller:
    """Route an exception by whose fault it is."""

    def __init__(self, window) -> None:
        self.window = window
        self.dialog: CrashDialog | None = None

    def install(self) -> None:
        """Take the hooks for exceptions of slots and threads."""
        global _teller
        _teller = self
        sys.excepthook = self.on_exception

    def remove(self) -> None:
        """Give the hooks back."""
        global _teller
        if _teller is self:
            _teller = None
            sys.excepthook = sys.__excepthook__

    def on_exception(self, _kind, error, _trace) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Show a banner for what the person or the environment can put right, else the dialog."""
        text = sentence(error)
        if text is not None:
            self.window.fault(text)
        else:
            self.crash(error)

    def crash(self, error: BaseException) -> None:
        """Tell our bug once, however many cells fail."""
        text = details(error)
        write_log(text)
        if self.dialog is not None:
            return
        self.dialog = CrashDialog(self.window, text)
        self.dialog.finished.connect(self.on_closed)
        self.dialog.open()

    def on_closed(self, _code: int) -> None:
        self.dialog = None
