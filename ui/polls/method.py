"""How a wave was made: when, how, of whom, and how far its shares may be off."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from ui import theme
from ui.text import C_
from ui.widgets.parts import Align, Label

WIDE = 640  # px at 100 %: from here on in two columns


class MethodBox(QFrame):
    """The facts of a wave as pairs, in two columns where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.pairs: list[tuple[Label, Label]] = []
        self.title = Label(C_("poll", "How it was asked"), "h3")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(16, 12, 16, 12)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(5)
        self.grid.addWidget(self.title, 0, 0, 1, 4)
        self.columns = 0

    def show_facts(self, facts) -> None:
        """Show these (name, text) pairs."""
        self.setVisible(bool(facts))
        while len(self.pairs) < len(facts):
            self.pairs.append((Label("", "cap"), Label("", "sec", wrap=True)))
            for label in self.pairs[-1]:
                label.setParent(self)
        for n, (name, words) in enumerate(self.pairs):
            shown = n < len(facts)
            name.setVisible(shown)
            words.setVisible(shown)
            if shown:
                name.say(facts[n][0])
                words.say(facts[n][1])
        self.columns = 0
        self.arrange()

    def arrange(self) -> None:
        """Lay the pairs out in as many columns as there is room for."""
        columns = 2 if self.width() >= theme.px(WIDE) else 1
        if columns == self.columns:
            return
        self.columns = columns
        shown = [pair for pair in self.pairs if not pair[0].isHidden()]
        lines = -(-len(shown) // columns)
        for n, (name, words) in enumerate(shown):
            line, column = n % lines + 1, 2 * (n // lines)
            self.grid.addWidget(name, line, column, Align.AlignTop)
            self.grid.addWidget(words, line, column + 1, Align.AlignTop)
        sides = shown[:lines], shown[lines:]
        wide = [max((_wide(words) for _name, words in side), default=0) for side in sides]
        # The longer words get more of the room, so that they do not wrap for one of them.
        for n, column in enumerate((1, 3)):
            self.grid.setColumnStretch(column, max(wide[n], wide[1 - n] * 2 // 3) if wide[n] else 0)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.arrange()


def _wide(label: Label) -> int:
    return label.fontMetrics().horizontalAdvance(label.text())
