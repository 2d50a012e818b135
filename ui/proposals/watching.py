"""What is said below a text while it is typed: proposals that look alike, personal numbers."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from gwangju_desktop.proposals import flags
from gwangju_desktop.proposals.similar import similar
from gwangju_desktop.proposals.words import FLAGS, STATES
from ui.text import C_, N_, NN_, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Icon, Label, column, row

PAUSE = 350  # ms without a key before the office is asked
LEAST = 4  # letters of a title that say anything
SHOWN = 3  # look-alikes that are offered
TOLD = 3  # personal numbers that are written out


class AlikeLine(QWidget):
    """One proposal that looks alike."""

    def __init__(self, box: Alike) -> None:
        super().__init__()
        self.box, self.id = box, 0
        self.chip = Chip()
        self.title = Label("", "sec", elide=True)
        self.look = Button(C_("button", "Look at it"), "link", slot=self.on_look)
        row(self.chip, (self.title, 1), self.look, gap=8, into=self)

    def show_one(self, one) -> None:
        """Show one that was found."""
        self.id = one.id
        state = say(STATES[one.state])
        words = " · ".join(filter(None, (one.number, one.title, state)))
        self.chip.say(N_("{percent} % alike"), "info", percent=one.score)
        self.title.say(words)
        self.look.setAccessibleDescription(words)

    def on_look(self) -> None:
        self.box.wanted.emit(self.id)


class Alike(QWidget):
    """Proposals that look like what is typed; asked for after a pause of typing."""

    wanted = Signal(int)  # somebody wants to see one

    def __init__(self, desk, exclude: int | None = None) -> None:
        super().__init__()
        self.desk, self.exclude, self.asked = desk, exclude, ("", "")
        self.head = Label("", "capb", "info")
        self.lines = [AlikeLine(self) for _n in range(SHOWN)]
        column(self.head, *self.lines, gap=4, into=self)
        self.timer = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self.on_pause)
        self.hide()

    def typed(self, title: str, text: str) -> None:
        """Ask once nobody types any more."""
        self.asked = (title.strip(), text.strip())
        if len(self.asked[0]) < LEAST:
            self.timer.stop()
            self.on_found([])
        else:
            self.timer.start()

    def on_pause(self) -> None:
        title, text = self.asked
        self.desk.read(
            similar,
            then=self.on_found,
            title=title,
            text=text,
            exclude=self.exclude,
            limit=SHOWN,
        )

    def on_found(self, found) -> None:
        """Show what looks alike, nothing where the title was emptied meanwhile."""
        if len(self.asked[0]) < LEAST:
            found = []
        shown = list(found)[:SHOWN]
        was = self.isVisibleTo(self.parentWidget()), sum(not one.isHidden() for one in self.lines)
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(shown))
            if n < len(shown):
                line.show_one(shown[n])
        self.head.say(
            NN_("{n} proposal looks like this one", "{n} proposals look like this one"),
            n=len(shown),
        )
        self.setVisible(bool(shown))
        if was != (bool(shown), len(shown)) and hasattr(self.window(), "fit_screen"):
            self.window().adjustSize()


def flagged(_read, *, text: str):
    """Return what in a text looks like somebody's number; on the reader, for texts are long."""
    return text, flags.found(text)


class Flagged(QWidget):
    """Personal numbers in a text, and a button that masks them."""

    def __init__(self, desk, edit) -> None:
        super().__init__()
        self.desk, self.edit, self.found = desk, edit, []
        self.words = Label("", "cap", "warn", wrap=True)
        self.mask = Button(C_("button", "Mask"), "link", slot=self.on_mask)
        row(Icon("triangle-alert", "warn", 14), (self.words, 1), self.mask, gap=6, into=self)
        self.timer = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self.on_pause)
        edit.textChanged.connect(self.timer.start)
        self.hide()

    def on_pause(self) -> None:
        self.desk.read(flagged, then=self.on_found, text=self.edit.toPlainText())

    def on_found(self, answer) -> None:
        """Say which kinds were found, masked."""
        text, found = answer
        if text != self.edit.toPlainText():
            return  # Somebody typed on: the next pause asks again.
        shown = self.isVisibleTo(self.parentWidget())
        self.found = list(found)
        told = [f"{say(FLAGS[one.kind])} {one.masked}" for one in self.found[:TOLD]]
        more = len(self.found) - len(told)
        if more > 0:
            told.append(say(N_("{n} more"), n=more))
        self.words.say(N_("Looks like personal data: {found}"), found=", ".join(told))
        self.setVisible(bool(self.found))
        if shown != bool(self.found) and hasattr(self.window(), "fit_screen"):
            self.window().adjustSize()

    def on_mask(self) -> None:
        """Write the masked numbers in their places; one Ctrl+Z of the text takes them back."""
        text = self.edit.toPlainText()
        cursor = QTextCursor(self.edit.document())
        cursor.beginEditBlock()
        for one in sorted(self.found, key=lambda flag: flag.start, reverse=True):
            cursor.setPosition(place(text, one.start))
            cursor.setPosition(place(text, one.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(one.masked)
        cursor.endEditBlock()
        self.edit.setFocus()


def place(text: str, n: int) -> int:
    """Return where the nth letter stands in a document, which counts some letters as two."""
    return len(text[:n].encode("utf-16-le")) // 2
