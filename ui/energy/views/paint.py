"""What the painted views share: tones that stay apart in grey, hatching, missing places, legends.

Every tone is mixed here and opaque: a half-transparent one looks different in every file format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui import theme
from ui.energy.views.geometry import Place, box, hatching
from ui.text import N_, say

# Shares of the ink in the classes of one hue, from the lowest: even steps of grey in print.
TONES = {
    1: (0.55,),
    2: (0.25, 0.85),
    3: (0.18, 0.55, 1.0),
    4: (0.14, 0.4, 0.68, 1.0),
    5: (0.12, 0.32, 0.54, 0.77, 1.0),
    6: (0.1, 0.26, 0.44, 0.62, 0.81, 1.0),
    7: (0.1, 0.24, 0.38, 0.53, 0.68, 0.84, 1.0),
    8: (0.08, 0.2, 0.33, 0.46, 0.59, 0.72, 0.86, 1.0),
}
# Parts of a whole from the floor up: dark beside light, so that neighbours differ without hue too.
PARTS = (
    ("d1", 1.0),
    ("d3", 0.5),
    ("d2", 1.0),
    ("d4", 0.45),
    ("d5", 1.0),
    ("d1", 0.35),
    ("d3", 1.0),
)
REST_TONE = ("dGrey", 0.3)
NEAR, FAR = 7, 16  # px between the entries of a legend
GAP = 6.0  # px between the lines of a hatching


def mixed(ink: str, share: float = 1.0, paper: str = "page") -> QColor:
    """Return an ink laid on the paper with that share, as one opaque colour."""
    over, under = theme.color(ink), theme.color(paper)
    parts = [
        round(a * share + b * (1 - share))
        for a, b in zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)
    ]
    return QColor(*parts)


def ramp(count: int, ink: str = "d1") -> list[QColor]:
    """Return the tones of that many classes, the lowest first and nearest the paper."""
    return [mixed(ink, share) for share in TONES.get(count, TONES[8])[:count]]


def part_tone(n: int, rest: bool = False) -> QColor:
    """Return the tone of the n-th part of a whole, or of its rest."""
    return mixed(*(REST_TONE if rest else PARTS[n % len(PARTS)]))


def luminance(color: QColor) -> float:
    """Return a colour's relative luminance, 0 black to 1 white."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(color: QColor) -> QColor:
    """Return the ink that reads on a colour: black or white, of which one always reaches 4.5 : 1.

    Those of the scheme are nearer each other: on a middle tone neither would.
    """
    return QColor(255, 255, 255) if luminance(color) < 0.179 else QColor(0, 0, 0)


def metrics(role: str) -> QFontMetricsF:
    """Return the measures of a type role."""
    return QFontMetricsF(theme.font(role))


def write(
    painter: QPainter,
    area: QRectF,
    words: str,
    role: str = "cap",
    ink: QColor | str = "text3",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write a line in an area, in its middle from top to foot, shortened where it has no room."""
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(ink) if isinstance(ink, str) else ink)
    short = words
    if metrics(role).horizontalAdvance(words) > area.width() + 1:
        short = metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, short)


def hatch(painter: QPainter, rings: Sequence[Sequence[Place]], color: QColor, gap: float) -> None:
    """Hatch rings with thin lines."""
    painter.setPen(QPen(color, 1.0))
    painter.drawLines([QLineF(*a, *b) for a, b in hatching(rings, gap)])


def hatch_ink(tone: QColor) -> QColor:
    """Return the colour whose lines are seen over a tone: the paper's, on a pale tone a grey."""
    page = theme.color("page")
    low, high = sorted((luminance(page), luminance(tone)))
    return page if (high + 0.05) / (low + 0.05) >= 1.7 else mixed("field", 0.8)


def hatch_box(painter: QPainter, area: QRectF, tone: QColor) -> None:
    """Hatch a rectangle of a tone: what is provisional or estimated."""
    rings = box(area.x(), area.y(), area.width(), area.height())
    hatch(painter, rings, hatch_ink(tone), theme.px(GAP))


def missing_box(painter: QPainter, area: QRectF) -> None:
    """Paint a place whose figure is missing: an empty frame with a stroke, never a colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("field"), 1, Qt.PenStyle.DotLine))
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(QPen(theme.color("field"), 1))
    middle = area.center()
    half = min(theme.px(4), area.width() / 3)
    painter.drawLine(QPointF(middle.x() - half, middle.y()), QPointF(middle.x() + half, middle.y()))


def nothing(painter: QPainter, area: QRectF) -> None:
    """Say in the middle of a picture that there is nothing to draw."""
    words = say(N_("There is nothing to draw for this choice."))
    write(painter, area, words, "sec", "text2", Qt.AlignmentFlag.AlignHCenter)


def path(rings: Sequence[Sequence[Place]]) -> QPainterPath:
    """Return rings as one path whose inner rings are holes."""
    found = QPainterPath()
    found.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        found.addPolygon(QPolygonF([QPointF(*place) for place in ring]))
        found.closeSubpath()
    return found


# --- legends


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a tone and its words; hatched, with a dashed top, or missing."""

    words: str
    color: QColor | None = None
    hatched: bool = False
    dashed: bool = False


def swatch(painter: QPainter, area: QRectF, key: Key) -> None:
    """Paint the square of a legend's entry."""
    if key.color is None:
        missing_box(painter, area)
        return
    painter.setBrush(key.color)
    painter.setPen(QPen(theme.color("field"), 1))
    if not key.dashed:
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(area, key.color)
    if key.hatched:
        hatch_box(painter, area.adjusted(1, 1, -1, -1), key.color)
    if key.dashed:
        painter.setPen(QPen(theme.color("text2"), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(area.topLeft() - QPointF(1, 1), area.topRight() + QPointF(1, -1))


def legend_width(keys: Sequence[Key], gap: float = NEAR) -> float:
    """Return how wide a legend of one line is with so many px between its entries."""
    return sum(_entry(key) + theme.px(gap) for key in keys)


def legend(painter: QPainter, area: QRectF, keys: Sequence[Key]) -> None:
    """Paint a legend of one line from the left; entries without room are left out from the end."""
    x = area.left()
    side = theme.px(12)
    gap = FAR if legend_width(keys, FAR) <= area.width() else NEAR
    for key in keys:
        wide = _entry(key)
        if x + wide > area.right() + 1:
            return
        swatch(painter, QRectF(x, area.center().y() - side / 2, side, side), key)
        left = x + side + theme.px(6)
        write(painter, QRectF(left, area.top(), wide, area.height()), key.words)
        x += wide + theme.px(gap)


def _entry(key: Key) -> float:
    return theme.px(12 + 6) + metrics("cap").horizontalAdvance(key.words)


# --- labels beside a column


def spread(middles: Sequence[float], high: float, top: float, foot: float) -> list[float]:
    """Return the middles moved as little as needed so that labels `high` px tall do not touch.

    The middles come from top to foot and keep that order.
    """
    placed: list[float] = []
    for middle in middles:
        least = placed[-1] + high if placed else top + high / 2
        placed.append(max(middle, least))
    most = foot - high / 2
    for n in reversed(range(len(placed))):
        placed[n] = min(placed[n], most)
        most = placed[n] - high
    return placed
