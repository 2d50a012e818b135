"""The headline numbers of an indicator, on one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.energy.figures import Headline
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
