"""Words of a chart that stay the same over many frames: measured and laid out once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout

from ui import theme

# More than the ticks a person pans past in a while; a word is a few hundred bytes.
KEPT = 512


class Laid:
    """A word broken into glyphs, `wide` px."""

    __slots__ = ("ascent", "layout", "wide")

    def __init__(self, words: str, font: QFont) -> None:
        self.layout = layout = QTextLayout(words, font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        self.ascent, self.wide = line.ascent(), line.naturalTextWidth()

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint with the painter's pen, the baseline starting at a point."""
        self.layout.draw(painter, QPointF(x, y - self.ascent))


def laid(words: str) -> Laid:
    """Return words laid out as captions at the current text size."""
    return _laid(words, theme.scale)


@lru_cache(KEPT)
def _laid(words: str, _scale: float) -> Laid:
    return Laid(words, theme.font("cap"))
