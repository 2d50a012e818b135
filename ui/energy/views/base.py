"""What every view of an indicator has: one drawing, the same as a table, and a sentence.

The drawing is made by `draw(painter, area)` alone, from what was loaded and never from the size of
the widget: the screen, the clipboard and the files PNG, SVG and PDF all come from it. Inks are those
of the scheme (theme.color), lengths px at 100 % text size (theme.px).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.text import Msg, say

if TYPE_CHECKING:
    from ui.energy.load import Loaded

YEARS, MONTHS, SUMS, HOURS = "years", "months", "sums", "hours"  # sums: through each year
Cells = tuple[list[str], list[list[object]]]  # titles; rows of text, numbers, None for missing


class View(QWidget):
    """A picture of one indicator in one area; ←→ reads its places one by one.

    A place is whatever can be read alone: a bar, a cell, a district. Subclasses count them
    (`places`), say each (`told`), find the one under the mouse (`hit`) and frame it (`framed`).
    """

    NAME: ClassVar[Msg]
    # Which parts of the panel stand around it: the choice of years or months, the brush with the
    # districts below.
    MODES: ClassVar[tuple[str, ...]] = ()
    BRUSH: ClassVar[bool] = False
    # The least height of the picture in px; the panel scrolls below it.
    LEAST: ClassVar[int] = 240

    read = Signal(str)  # the sentence under the reading cursor, "" when it rests
    changed = Signal()  # a choice inside the view changed what it shows: words below are said anew

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.loaded: Loaded | None = None
        self.span = (0.0, 0.0)
        self.mode = YEARS
        self.place: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, theme.px(self.LEAST))

    # --- what a view says of itself

    @classmethod
    def offered(cls, loaded: Loaded) -> bool:
        """Say whether the view has anything to show of an indicator; else it is no choice."""
        return loaded.held

    def show_loaded(self, loaded: Loaded, span: tuple[float, float], *, mode: str = YEARS) -> None:
        """Show an indicator between two moments (ui.widgets.chart_scale); may ask the desk for more."""
        self.loaded, self.span, self.mode = loaded, span, mode
        self.place = None
        self.renew()

    def controls(self) -> Sequence[QWidget]:
        """Return what chooses inside the view; the panel lays it beside the views' segment."""
        return ()

    def head(self) -> str:
        """Say in a few words what is shown, for the line under the indicator's name and on exports."""
        return ""

    def notes(self) -> Sequence[str]:
        """Return the sentences that stand under the picture, before the sources."""
        return ()

    def cells(self) -> Cells:
        """Return what is shown as titles and rows, oldest first; numbers as numbers, None missing."""
        return [], []

    def sentence(self) -> str:
        """Say the whole picture in one sentence with its numbers."""
        return ""

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the picture into an area; antialiasing is on."""
        raise NotImplementedError

    def drawn_size(self) -> QSize:
        """Return the size of a picture outside the window."""
        return QSize(theme.px(960), theme.px(420))

    # --- places that can be read

    def places(self) -> int:
        """Return how many places there are."""
        return 0

    def readable(self) -> bool:
        """Say whether ←→ reads anything, so that the panel says so."""
        return self.places() > 0

    def first_place(self) -> int:
        """Return where reading starts: at the latest."""
        return self.places() - 1

    def step(self, place: int, right: int, down: int) -> int:
        """Return the place one step away; a picture without rows takes ↑↓ as nothing."""
        return place + right

    def told(self, place: int) -> str:
        """Say a place: what it is and its value."""
        return ""

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        """Return the place at a point, if there is one."""
        return None

    def framed(self, place: int, area: QRectF) -> QRectF | None:
        """Return the rectangle of a place, framed while it is read."""
        return None

    def go(self, place: int | None) -> None:
        """Read a place, or stop reading."""
        if place is not None:
            place = min(max(place, 0), self.places() - 1) if self.places() else None
        if place == self.place:
            return
        self.place = place
        self._announce()
        self.update()

    def renew(self) -> None:
        """Show and say the present data."""
        if self.place is not None and self.place >= self.places():
            self.place = None
        self._announce()
        self.update()

    def _announce(self) -> None:
        told = self.told(self.place) if self.place is not None else ""
        name = say(self.NAME)
        self.setAccessibleName(f"{name}: {told}" if told else name)
        self.setAccessibleDescription(self.sentence() if self.loaded is not None else "")
        self.read.emit(told)

    # --- events

    def paintEvent(self, _event) -> None:
        if self.loaded is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        self.draw(painter, area)
        box = self.framed(self.place, area) if self.place is not None else None
        if box is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawRoundedRect(box, 2, 2)

    def keyPressEvent(self, event) -> None:
        """Move the reading cursor by arrow keys, Home and End; Esc takes it away."""
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = event.key()
        if key == Qt.Key.Key_Escape and self.place is not None:
            self.go(None)
        elif key in steps and self.places():
            here = self.place
            self.go(self.first_place() if here is None else self.step(here, *steps[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.places():
            self.go(0 if key == Qt.Key.Key_Home else self.places() - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event) -> None:
        """Read the place under the mouse."""
        self.go(self.hit(event.position(), QRectF(self.rect())))

    def mousePressEvent(self, event) -> None:
        """Take the focus, so that the keys go on from here."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.mouseMoveEvent(event)

    def leaveEvent(self, event) -> None:
        """Stop reading with the mouse, unless the keys brought it here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.go(None)

    def focusOutEvent(self, event) -> None:
        """Stop reading with the focus."""
        super().focusOutEvent(event)
        self.go(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMinimumSize(200, theme.px(self.LEAST))
            self.update()
        elif event.type() == QEvent.Type.LanguageChange and self.loaded is not None:
            self.renew()
