"""The headline numbers of an indicator, and the sentences under its picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.energy.headlines import Headline
from ui.text import N_, Msg
from ui.widgets.chart_lines import Text
from ui.widgets.parts import Button, Label, column, row


class Figure(QWidget):
    """One headline number."""

    def __init__(self) -> None:
        super().__init__()
        self.held = False
        self.caption = Label("", "cap")
        self.value = Label("", "figm")
        self.unit = Label("", "cap")
        self.note = Label("", "capb")
        number = row(self.value, (self.unit, Qt.AlignmentFlag.AlignBottom), None, gap=5)
        column(self.caption, number, self.note, gap=1, into=self)

    def show_headline(self, headline: Headline | None) -> None:
        """Show a number, or nothing."""
        self.held = headline is not None
        self.setVisible(self.held)
        if headline is None:
            return
        self.caption.say(headline.caption.message, **_flat(headline.caption))
        self.value.say(headline.value)
        self.unit.say(headline.unit)
        note = headline.note
        self.note.say(note.message if note else "", **(_flat(note) if note else {}))
        self.note.ink(headline.ink)
        self.note.setVisible(note is not None)


def _flat(text: Text) -> dict[str, object]:
    """Return a text's values with the texts inside them said."""
    return {k: str(v) if isinstance(v, Text) else v for k, v in text.values.items()}


class Under(QWidget):
    """Sentences under a picture: the first and the last on a line each, all of them on demand."""

    MOST = 8
    FEW = 3

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open = False
        self.lines = [Label("", "cap", wrap=True) for _n in range(self.MOST)]
        self.short = [Label("", "cap", elide=True) for _n in range(self.FEW)]
        self.link = Button(MORE, "link", slot=self.on_more)
        column(*self.short, *self.lines, gap=1, into=self)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these; where they came from stands last."""
        self.shown = [line for line in lines if line]
        if len(self.shown) > self.MOST:
            rest = " · ".join(self.shown[self.MOST - 2 : -1])
            self.shown = [*self.shown[: self.MOST - 2], rest, self.shown[-1]]
        self._fill()

    def _fill(self) -> None:
        few = [*self.shown[: self.FEW - 1], *self.shown[self.FEW - 1 :][-1:]]
        for labels, words in ((self.short, few), (self.lines, self.shown)):
            on = self.open == (labels is self.lines)
            for n, label in enumerate(labels):
                label.say(Msg(words[n]) if on and n < len(words) else "")
                label.setVisible(on and n < len(words))
        cut = len(self.shown) > self.FEW or any(len(line) > LONG for line in self.shown)
        self.link.setVisible(cut)
        self.link.say(LESS if self.open else MORE)

    def on_more(self) -> None:
        """Show all sentences whole, or few of them on a line each."""
        self.open = not self.open
        self._fill()

    def text(self) -> str:
        """Return all that can be shown."""
        return "\n".join(self.shown)


LONG = 110  # letters that may not fit on a line
MORE, LESS = N_("Show the basis"), N_("Show less of it")
