"""Qt's own words: its dialogs of files and printers speak the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from ui.text import language

OWN = "en"  # what Qt speaks without a catalogue

_worn: QTranslator | None = None
_spoken = OWN


def follow() -> bool:
    """Speak the language of the window; say whether every window was told by that.

    Whoever gets False tells the windows: the language was spoken already, or Qt has no words of it.
    """
    global _worn, _spoken
    app, wanted = QApplication.instance(), language()
    if wanted == _spoken:
        return False
    _spoken = wanted
    told = _worn is not None
    if _worn is not None:
        app.removeTranslator(_worn)
        _worn = None
    if wanted != OWN:
        found = QTranslator(app)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if found.load(f"qtbase_{wanted}", place):
            app.installTranslator(found)
            _worn, told = found, True
    # Qt tells the windows later: what follows must meet them in the new language.
    app.sendPostedEvents(None, QEvent.Type.LanguageChange)
    return told
