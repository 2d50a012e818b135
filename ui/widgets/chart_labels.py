"""Where direct labels of a chart go, so that none covers another or a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP = 8.0
FAR = (1.0, 2.0, 3.5, 5.5)
# Beside the point first, as in a printed chart; straight above and below last.
SIDES = ((1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1), (1, 0), (-1, 0))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that wants to stand near a point, in pixels; a `firm` one is never left out."""

    at: QPointF
    size: QSizeF
    firm: bool = False


def place(
    wanted: list[Wanted], inside: QRectF, ink: np.ndarray, taken: Sequence[QRectF] = ()
) -> list[QRectF | None]:
    """Return a rectangle for each label, or None for one that fits nowhere.

    `ink` holds points of the drawn lines in pixels (n × 2). Earlier labels win. Labels never
    overlap each other or what is `taken`; of the free places the one that covers the fewest points of ink and stands
    nearest is taken.
    """
    placed: list[QRectF | None] = []
    for label in wanted:
        best: QRectF | None = None
        least = float("inf")
        for far in FAR:
            for order, (right, down) in enumerate(SIDES):
                box = _beside(label, right, down, far * GAP)
                if not inside.contains(box):
                    continue
                if any(o is not None and o.intersects(box) for o in (*taken, *placed)):
                    continue
                cost = 10.0 * covered(ink, box) + 4.0 * far + order
                if cost < least:
                    best, least = box, cost
            if least < 10.0:
                break
        if best is None and label.firm:
            best = _pushed(label, inside, placed)
        placed.append(best)
    return placed


def _beside(label: Wanted, right: int, down: int, far: float) -> QRectF:
    width, height = label.size.width(), label.size.height()
    x = label.at.x() + (far if right > 0 else -far - width if right < 0 else -width / 2)
    if down == 0:
        y = label.at.y() - height / 2
    else:
        y = label.at.y() + (far * 0.5 if down > 0 else -far * 0.5 - height)
    return QRectF(x, y, width, height)


def covered(ink: np.ndarray, box: QRectF) -> int:
    """Return how many points of ink (n × 2 px) a box would hide."""
    if not len(ink):
        return 0
    x, y = ink[:, 0], ink[:, 1]
    held = (x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())
    return int(np.count_nonzero(held))


def _pushed(label: Wanted, inside: QRectF, placed: list[QRectF | None]) -> QRectF:
    """Push a label into the picture and down past those already there."""
    width, height = label.size.width(), label.size.height()
    x = min(max(label.at.x() + GAP, inside.left()), max(inside.left(), inside.right() - width))
    y = min(max(label.at.y() - height, inside.top()), max(inside.top(), inside.bottom() - height))
    box = QRectF(x, y, width, height)
    for _try in range(len(placed) + 1):
        clash = next((o for o in placed if o is not None and o.intersects(box)), None)
        if clash is None:
            break
        box.moveTop(clash.bottom() + 1)
    return box
