"""A process that types into forms until it is killed: `python -m tests.faults.typist FIRST COUNT`.

It makes the forms without an office, as tests/ui/test_every_form does, but keeps the drafts with
the program's own thread and file. A line is said for each letter: when, in which form, how many.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.test_every_form import Desk, Page, Shell, everything, made
from ui import app as start
from ui import theme
from ui.drafting import Drafter
from ui.widgets import typed
from ui.widgets.forms import Dialog

LETTER = "가"


class OfficeDesk(Desk):
    """A desk that knows the office's number alone."""

    def __init__(self) -> None:
        super().__init__(None)

    def read(self, query, *, then, **_asked) -> None:
        if query.__name__ == "office":
            then("예시 사무국")


def typeable(kind: type[Dialog], page: Page, desk: Desk) -> tuple[Dialog, str] | None:
    """Return a form and the name of its first field for words, if it can be made and has one."""
    try:
        form = made(kind, page, desk)
    except Exception:
        return None
    for name, part in typed.fields(form).items():
        words = isinstance(part, typed.TEXTS) or (
            isinstance(part, QLineEdit) and not part.inputMask() and part.maxLength() > 1_000
        )
        if words and part.isEnabled() and kind.drafts:
            return form, name
    return None


def main() -> None:
    """Type a letter into every form in turn, for ever."""
    first, count = int(sys.argv[1]), int(sys.argv[2])
    app = QApplication(["typist", *theme.STYLE])
    sys.excepthook = lambda *_told: None  # what a form makes of invented rows is not asked here
    theme.load_fonts("Bold")
    start.make(language="ko", scheme="light", scale=1.0)
    desk = OfficeDesk()
    page = Page(desk)
    kinds = everything()[first : first + count]
    forms = [found for kind in kinds if (found := typeable(kind, page, desk)) is not None]
    drafter = Drafter(Shell(page, desk))
    lengths = dict.fromkeys((form.drafting.key for form, _name in forms), 0)
    for form, _name in forms:
        form.drafting.begin()

    def type_on() -> None:
        for form, name in forms:
            part = typed.fields(form).get(name)
            if part is None:
                continue
            if isinstance(part, QLineEdit):
                part.setText(part.text() + LETTER)
                part.textEdited.emit(part.text())
            else:
                part.moveCursor(part.textCursor().MoveOperation.End)
                part.insertPlainText(LETTER)
            key = form.drafting.key
            lengths[key] += 1
            sys.stdout.write(f"{time.monotonic()} {key} {lengths[key]}\n")
        sys.stdout.flush()

    hand = QTimer()
    hand.setInterval(100)
    hand.timeout.connect(type_on)
    sys.stdout.write(f"ready {len(forms)} {len(everything())}\n")
    sys.stdout.flush()
    hand.start()
    app.exec()
    drafter.close()


if __name__ == "__main__":
    main()
