"""How a chart is read: ←→ and the mouse move a cursor over its moments."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt


class Cursor:
    """What a chart does with keys and mouse; it stops where a line has a value or a mark."""

    def stops(self) -> np.ndarray:
        """Return every moment the cursor may stop at: those of the actual lines and target marks."""
        if self._stops is None:
            found = [line.x[~np.isnan(line.y)] for line in self.lines if len(line.x)]
            self._stops = np.unique(np.concatenate(found)) if found else np.empty(0)
        return self._stops

    def keyPressEvent(self, event) -> None:
        """Move the reading cursor: ←→ by a point, Home and End to the ends; Esc takes it away."""
        stops = self.stops()
        visible = stops[(stops >= self.limits[0]) & (stops <= self.limits[1])]
        key = event.key()
        if key == Qt.Key.Key_Escape and self.cursor is not None:
            self.move_cursor(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and len(visible):
            self.move_cursor(float(self._beside(visible, key == Qt.Key.Key_Right)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and len(visible):
            self.move_cursor(float(visible[0 if key == Qt.Key.Key_Home else -1]))
        else:
            event.ignore()
            return
        event.accept()

    def _beside(self, visible: np.ndarray, right: bool) -> float:
        """Return the next stop; reading starts where the actual line ends."""
        if self.cursor is None:
            ends = [line.last for line in self.lines if line.last and line.kind == "actual"]
            last = ends[-1] if ends else None
            return last.x if last and last.x in visible else visible[-1]
        if right:
            return next(iter(visible[visible > self.cursor]), visible[-1])
        return next(iter(visible[visible < self.cursor][::-1]), visible[0])

    def mouseMoveEvent(self, event) -> None:
        """Read the nearest point under the mouse."""
        stops = self.stops()
        box = self.field()
        at = event.position()
        if len(stops) and box.adjusted(-4, -4, 4, 4).contains(at):
            left, right = self.limits
            x = left + (at.x() - box.left()) / box.width() * (right - left)
            nearest = _nearest(stops, x)
            if left <= nearest <= right:
                self.move_cursor(nearest)
        elif not self.hasFocus():
            self.move_cursor(None)

    def mousePressEvent(self, event) -> None:
        """Take the focus, so that the keys go on from here."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.mouseMoveEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        """Keep pyqtgraph's own mouse handling out."""
        event.accept()

    def leaveEvent(self, event) -> None:
        """Take the cursor away with the mouse, unless the keys brought it."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.move_cursor(None)

    def focusOutEvent(self, event) -> None:
        """Take the cursor away with the focus."""
        super().focusOutEvent(event)
        self.move_cursor(None)

    def wheelEvent(self, event) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def _nearest(stops: np.ndarray, x: float) -> float:
    place = int(np.searchsorted(stops, x))
    around = stops[max(0, place - 1) : place + 1]
    return float(around[np.abs(around - x).argmin()])
