"""Fields of proposals' forms: a word chosen by its first letters, a share, lines one can add to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import shares
from ui import theme
from ui.text import N_, matches, say
from ui.widgets.forms import Field
from ui.widgets.parts import Align, Button, column, row

# The keys of the consonants on a Korean keyboard, for a field typed in with the letters off.
KEYS = str.maketrans("rsefaqtdwczxvg", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")


class Picked(Field):
    """One of a few words, by its first letters or consonants (ㅈㅎ 전화); ↑↓ step through them.

    What is meant stands at the right while it is typed; leaving the field writes it out.
    """

    def __init__(self, options, name: str, value: object = None, width: int = 0) -> None:
        super().__init__("", name, width=width)
        self.options = list(options)
        self.kept: object = None
        self.meant = ""
        self.choose(value)
        self.typing.connect(self.on_typing)
        self.editingFinished.connect(self.on_finished)

    def words(self) -> list[str]:
        """Return the options as they are said now."""
        return [say(message) for _value, message in self.options]

    def choose(self, value: object) -> None:
        """Choose an option by its value, else the first."""
        values = [option for option, _message in self.options]
        n = values.index(value) if value in values else 0
        self.kept = values[n]
        self.setText(self.words()[n])
        self.setCursorPosition(0)

    def fitting(self, typed: str) -> int | None:
        """Return which option fits what is typed best: one that begins with it before others."""
        for asked in (typed, typed.casefold().translate(KEYS)):
            rated = [(matches(asked, word), -n) for n, word in enumerate(self.words())]
            rate, n = max(rated)
            if rate:
                return -n
        return None

    def value(self) -> object:
        """Return the option's value; raise UserError for words that fit none."""
        typed, words = self.text().strip(), self.words()
        if typed in words:
            return self.options[words.index(typed)][0]
        n = self.fitting(typed) if typed else None
        if n is None:
            raise UserError(
                N_("“{typed}” is none of these: {words}."), typed=typed, words=", ".join(words)
            )
        return self.options[n][0]

    def on_typing(self, typed: str) -> None:
        """Show at the right what is meant."""
        words, typed = self.words(), typed.strip()
        n = self.fitting(typed) if typed and typed not in words else None
        self.meant = "" if n is None else words[n]
        self.setAccessibleDescription(self.meant)
        self.update()

    def on_finished(self) -> None:
        """Write the whole word."""
        try:
            self.choose(self.value())
        except UserError:
            return

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            values = [option for option, _message in self.options]
            at = values.index(self.kept) + steps[event.key()]
            self.choose(values[at % len(values)])
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self.meant and self.hasFocus():
            painter = QPainter(self)
            painter.setFont(self.font())
            painter.setPen(theme.color("text3"))
            area = self.rect().adjusted(0, 0, -theme.px(10), 0)
            painter.drawText(area, Align.AlignRight | Align.AlignVCenter, self.meant)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange:
            self.choose(self.kept)


class ShareField(Field):
    """A share in percent; `value()` is in hundredths of a percent, None where nothing is typed."""

    def __init__(self, value: int | None = None) -> None:
        super().__init__("", N_("Share (%)"), width=72)
        self.setAlignment(Align.AlignRight)
        self.show_share(value)

    def show_share(self, value: int | None) -> None:
        """Write a share into the field."""
        self.setText("" if value is None else shares.written(value))

    def value(self) -> int | None:
        return shares.read(self.text())


class Growing(QWidget):
    """Lines of a form one can add to and take away; `make(box, one)` builds a line."""

    def __init__(self, add: str, *more: QWidget) -> None:
        super().__init__()
        self.lines: list[QWidget] = []
        self.rows = column(gap=8)
        self.add = Button(add, "link", "plus", slot=self.on_add)
        column(self.rows, row(self.add, *more, None), gap=4, into=self)

    def make(self, one) -> QWidget:
        """Return a line for a record, or an empty one for None."""
        raise NotImplementedError

    def put(self, one=None) -> QWidget:
        """Add a line and return it."""
        line = self.make(one)
        self.lines.append(line)
        self.rows.layout().addWidget(line)
        self.changed()
        return line

    def on_add(self) -> None:
        line = self.put()
        line.first.setFocus()
        self.fit()

    def drop(self, line: QWidget) -> None:
        """Take a line away; the focus goes to the button that adds one."""
        self.lines.remove(line)
        line.hide()
        self.rows.layout().removeWidget(line)
        line.deleteLater()
        self.changed()
        self.add.setFocus()
        self.fit()

    def clear(self) -> None:
        """Take all lines away."""
        for line in list(self.lines):
            self.drop(line)

    def changed(self) -> None:
        """Follow the number of lines."""

    def fit(self) -> None:
        """Let the form follow."""
        if self.window() is not self and hasattr(self.window(), "fit_screen"):
            self.window().adjustSize()
