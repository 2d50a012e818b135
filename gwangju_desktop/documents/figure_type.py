"""What all figures on paper share: their type, and their words for who cannot see them."""

from __future__ import annotations

from dataclasses import replace

from gwangju_desktop.documents.pdf_file import text_string
from gwangju_desktop.documents.styles import LEAST, Style, Theme
from gwangju_desktop.documents.tags import Node

_TICK = Style(10.5, grey=0.2)
_NOTE, _PLAIN_NOTE = Style(11, "S"), Style(11, grey=0.2)
_LEGEND = Style(10.5, grey=0.2)
_NAME, _VALUE, _COLUMN, _HEADS = Style(11.5), Style(11.5, "B"), Style(11.5), Style(10.5, grey=0.35)
_STRONG_NAME = Style(11.5, "B")


def figure_node(parent: Node, words: str) -> Node:
    """Return a figure's element with its words for who cannot see it."""
    return Node("Figure", parent, f"/Alt{text_string(words)}")


class FigureType:
    """The type of figures; in large print nothing is smaller than the theme's smallest style."""

    def __init__(self, theme: Theme) -> None:
        self.least = min(style.size for style in theme.styles.values())
        self.large = self.least >= LEAST
        self.tick, self.legend = self.sized(_TICK), self.sized(_LEGEND)
        self.note, self.plain = self.sized(_NOTE), self.sized(_PLAIN_NOTE)
        self.name, self.strong = self.sized(_NAME), self.sized(_STRONG_NAME)
        self.value, self.column = self.sized(_VALUE), self.sized(_COLUMN)
        self.heads = self.sized(_HEADS)

    def sized(self, style: Style) -> Style:
        """Return a style at least as large as the smallest."""
        return replace(style, size=max(style.size, self.least))
