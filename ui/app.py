"""Start: paint the shell, then open the office, then import the pages."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from ui import single, theme
from ui.settings import kept
from ui.text import LANGUAGES, use
from ui.window import Window

LISTEN_MS = 1_000  # after the first rows, which it would hold up by 10 ms


def main(office: str | None, language: str | None = None, *, scheme: str | None = None) -> int:
    """Open the window on an office or a review copy (a path or URL, None for the last office).

    Returns the exit code. A window that is open already takes it over.
    """
    # From here on garbage is collected by ui/sweeper.py alone.
    gc.disable()
    app = make(language=language, scheme=scheme)
    if single.handed_over(office or ""):
        return 0
    window = Window()
    place(window)
    start = Start(window, office or kept.text("office"))
    window.show()
    code = app.exec()
    start.close()
    return code


def make(
    arguments: list[str] | None = None,
    *,
    language: str | None = None,
    scheme: str | None = None,
    scale: float | None = None,
) -> QApplication:
    """Return the application, dressed as asked or as remembered; a second call dresses it anew."""
    app = QApplication.instance() or QApplication([*(arguments or sys.argv[:1]), *theme.STYLE])
    app.setApplicationName("gwangju-desktop")
    theme.load_fonts("Regular", "SemiBold")
    spoken = language or kept.text("language", "ko")
    use(spoken if spoken in LANGUAGES else "ko")
    worn = scheme or kept.text("scheme", "system")
    size = scale or kept.number("text_size", 1.0)
    theme.dress(
        app,
        worn if worn in theme.SCHEMES else "system",
        size if size in theme.SCALES else 1.0,
    )
    return app


def place(window: Window) -> None:
    """Put the window where it was last time."""
    geometry = kept.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)


class Start:
    """Hold the parts together; the rest is imported once the shell is on screen."""

    def __init__(self, window: Window, office: str) -> None:
        self.window, self.office = window, office
        self.sweeper = self.listener = None
        window.painted.connect(self.on_painted)

    def on_painted(self) -> None:
        import threading
        from importlib import import_module

        from ui import later

        later.put_off()
        # The heaviest imports begin while Qt puts the shell on screen.
        threading.Thread(target=import_module, args=("gwangju_desktop.offices",)).start()
        from ui import qt_words
        from ui.shell import Shell
        from ui.sweeper import Sweeper

        theme.load_fonts("Bold")
        qt_words.follow()
        theme.settle(QApplication.instance())
        self.sweeper = Sweeper(self.window)
        self.window.shell = Shell(self.window)
        self.window.shell.start(self.office)
        self.listening = QTimer(self.window)
        self.listening.setSingleShot(True)
        self.listening.timeout.connect(self.on_listen)
        self.listening.start(LISTEN_MS)

    def on_listen(self) -> None:
        self.listener = single.Listener(self.window, self.window.shell.come)

    def close(self) -> None:
        """Leave nothing running."""
        if self.listener is not None:
            self.listener.close()
            self.listener = None
        single.release()
        if self.window.shell is not None:
            self.window.shell.close()
        kept.forget()
