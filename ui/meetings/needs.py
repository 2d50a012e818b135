"""What a step needs, line by line: there, missing, or only worth knowing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.text import say
from ui.widgets.parts import Align, Icon, Label, column, row

MOST = 8  # no step asks for more


class Needs(QWidget):
    """The conditions of a step; what is missing is said in a sentence, before the click."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = []
        for _n in range(MOST):
            icon, words = Icon("check", "ok"), Label("", "sec", wrap=True)
            line = row((icon, Align.AlignTop), (words, 1), gap=8)
            line.hide()
            self.lines.append((line, icon, words))
        column(*(line for line, _icon, _words in self.lines), gap=5, into=self)

    def show_conditions(self, conditions) -> None:
        """Show a list of Condition."""
        for n, (line, icon, words) in enumerate(self.lines):
            line.setVisible(n < len(conditions))
            if n >= len(conditions):
                continue
            condition = conditions[n]
            if condition.met:
                icon.show_icon("check", "ok")
                words.ink("text2").say(condition.name)
            else:
                name, ink = ("circle-alert", "bad") if condition.needed else ("info", "warn")
                icon.show_icon(name, ink)
                words.ink(ink).say(condition.message, **condition.values)

    def sentences(self) -> list[str]:
        """Return what is shown, for tests and screen readers."""
        return [words.text() for line, _icon, words in self.lines if not line.isHidden()]


def first_missing(conditions) -> str:
    """Return the sentence of the first thing a step misses; empty when it misses nothing."""
    for condition in conditions:
        if condition.needed and not condition.met:
            return say(condition.message, **condition.values)
    return ""
