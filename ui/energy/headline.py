"""The headline numbers of an indicator, and the sentences under its picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.energy.headlines import Headline
from ui.text import Msg
from ui.widgets.chart_lines import Text
from ui.widgets.parts import Label, column, row


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
    """Sentences under a picture, one a line; a long one is cut and whole in its tooltip."""

    MOST = 5

    def __init__(self) -> None:
        super().__init__()
        self.lines = [Label("", "cap", elide=True) for _n in range(self.MOST)]
        column(*self.lines, gap=1, into=self)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these; what does not fit is in the tooltip of the last."""
        shown = [line for line in lines if line]
        if len(shown) > self.MOST:
            shown = [*shown[: self.MOST - 2], " · ".join(shown[self.MOST - 2 : -1]), shown[-1]]
        for n, label in enumerate(self.lines):
            label.say(Msg(shown[n]) if n < len(shown) else "")
            label.setVisible(n < len(shown))

    def text(self) -> str:
        """Return all that is shown."""
        return "\n".join(label.text() for label in self.lines if label.text())
