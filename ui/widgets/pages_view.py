"""Pages of a document on a desk: scrolled, zoomed, turned. The pictures come from outside.

The view says which pages it wants and how wide (`wanted`), and takes them as they come (`put`);
it never opens a file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from ui import theme
from ui.text import N_, say
from ui.widgets.parts import Align

SHEET = (595.28, 841.89)  # A4 in points
POINT = 96 / 72  # logical pixels a point has at 100 %
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
EDGE, GAP = 14, 14
SETTLE_MS = 40  # scrolling this long before pictures are asked for
WIDEST = 3_000  # device pixels of a picture
KEPT_BYTES = 160 * 1024 * 1024
LINE = 60
FRONT = 0.4  # how far down the window a page must reach to be the one in front
Key = Qt.Key


@dataclass(slots=True)
class _Leaf:
    """A page's place on the desk, its picture, and whether that is of an older document."""

    landscape: bool = False
    ratio: float = SHEET[1] / SHEET[0]
    area: QRect = field(default_factory=QRect)
    picture: QImage | None = None
    old: bool = False


class PagesView(QAbstractScrollArea):
    """Pages one under the other, or two side by side as in a bound book."""

    turned = Signal(int)  # another page is in front, counted from 1
    wanted = Signal(object)  # [(width in device pixels, pages counted from 0)], in view first
    zoomed = Signal()  # the person chose another size

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[_Leaf] = []
        self.front = 1
        self.double = False
        self.zoom: float | None = None  # None fits whole pages
        self._scale = 1.0
        self._tops: list[int] = []
        self._rows: list[list[int]] = []
        self._laying = False
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(True)
        self.dress()
        self.verticalScrollBar().valueChanged.connect(self.on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.on_scrolled)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.ask)
        self.renew()

    def dress(self) -> None:
        """Give the margin of the scroll bars the colour of the desk."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.color("press"))
        self.setPalette(palette)

    # --- what it shows
    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self.leaves)

    def show_document(self, count: int) -> None:
        """Take a document of so many pages; old pictures stay until the new ones come."""
        for leaf in self.leaves[:count]:
            leaf.old = True
        del self.leaves[count:]
        self.leaves += [_Leaf() for _n in range(count - len(self.leaves))]
        self.front = max(1, min(self.front, count))
        self.lay()
        self.renew()

    def put(self, page: int, picture: QImage) -> None:
        """Take the picture of a page (counted from 0)."""
        if page >= self.count:
            return
        leaf = self.leaves[page]
        leaf.picture, leaf.old = picture, False
        ratio = picture.height() / picture.width()
        if abs(ratio - leaf.ratio) > 0.001:
            leaf.ratio, leaf.landscape = ratio, ratio < 1
            self.lay()
        self._forget_far()
        self.viewport().update()

    def picture(self, page: int) -> QImage | None:
        """Return the picture of a page (counted from 0) if it is there and of this document."""
        leaf = self.leaves[page]
        return None if leaf.old else leaf.picture

    def sentence(self) -> str:
        """Return what a screen reader says of the view."""
        return say(N_("Preview, page {page} of {count}"), page=self.front, count=self.count)

    def renew(self) -> None:
        """Say and show the present page."""
        self.setAccessibleName(self.sentence())
        self.viewport().update()

    # --- where a person goes
    def go(self, page: int) -> None:
        """Bring a page (counted from 1) to the top."""
        if not self.leaves:
            return
        page = max(1, min(page, self.count))
        row = self._row_of(page - 1)
        self._laying = True
        self.verticalScrollBar().setValue(self._tops[row] - EDGE)
        self._laying = False
        self._bring(page)
        self.settle.start()

    def step(self, by: int) -> None:
        """Go a row of pages forward or back."""
        if not self.leaves:
            return
        row = self._row_of(self.front - 1) + by
        if 0 <= row < len(self._rows):
            self.go(self._rows[row][0] + 1)

    def scroll(self, by: int) -> None:
        """Scroll by so many window heights, or to the next page where pages fit."""
        bar = self.verticalScrollBar()
        tall = max((leaf.area.height() for leaf in self._in_view()), default=0)
        if tall <= self.viewport().height():
            self.step(by)
        else:
            bar.setValue(bar.value() + by * (self.viewport().height() - LINE))

    # --- how large
    def fit(self) -> None:
        """Make whole pages fit."""
        self._zoom_to(None)

    def zoom_by(self, by: int) -> None:
        """Take the next larger or smaller zoom."""
        now = self._scale / POINT
        larger = [zoom for zoom in ZOOMS if zoom > now * 1.01]
        smaller = [zoom for zoom in ZOOMS if zoom < now * 0.99]
        if by > 0 and larger:
            self._zoom_to(larger[0])
        elif by < 0 and smaller:
            self._zoom_to(smaller[-1])

    def percent(self) -> int:
        """Return the zoom; 100 is the size on paper."""
        return round(100 * self._scale / POINT)

    def set_double(self, double: bool) -> None:
        """Show two pages side by side, odd ones right."""
        if double != self.double:
            self.double = double
            self.lay()

    def _zoom_to(self, zoom: float | None) -> None:
        self.zoom = zoom
        self.lay()
        self.zoomed.emit()

    # --- laying out
    def lay(self) -> None:
        """Place every page; the one in front stays where it is."""
        held = self._hold()
        pages = range(self.count)
        if self.double and self.count > 1:
            self._rows = [[0], *([*pages[n : n + 2]] for n in pages[1::2])]
        else:
            self._rows = [[n] for n in pages]
        self._scale = self.zoom * POINT if self.zoom else self._fitting()
        self._place()
        self._set_bars()
        self._let_go(held)
        self.viewport().update()
        self.settle.start()

    def _fitting(self) -> float:
        room = self.viewport().size()
        across = 2 if self.double and self.count > 1 else 1
        wide = (room.width() - 2 * EDGE - (across - 1)) / (across * SHEET[0])
        high = (room.height() - 2 * EDGE) / SHEET[1]
        return max(0.05, min(wide, high))

    def _size(self, leaf: _Leaf, across: int) -> QSize:
        """Return a page's size on screen; what fits whole is never wider than the window."""
        width = (SHEET[1] if leaf.landscape else SHEET[0]) * self._scale
        if self.zoom is None:
            room = self.viewport().width() - 2 * EDGE - (across - 1)
            width = min(width, room / across)
        return QSize(round(width), round(width * leaf.ratio))

    def _place(self) -> None:
        room, top = self.viewport().width(), EDGE
        self._tops = []
        for row in self._rows:
            across = 2 if self.double else 1
            sizes = [self._size(self.leaves[n], across) for n in row]
            height = max(size.height() for size in sizes)
            wide = sum(size.width() for size in sizes) + len(row) - 1
            if self.double and row == [0]:
                # The first page of a book lies right of the fold.
                left = max(EDGE, (room - 2 * wide - 1) // 2) + wide + 1
            elif self.double and len(row) == 1:
                left = max(EDGE, (room - 2 * wide - 1) // 2)
            else:
                left = max(EDGE, (room - wide) // 2)
            self._tops.append(top)
            for n, size in zip(row, sizes, strict=True):
                self.leaves[n].area = QRect(left, top, size.width(), size.height())
                left += size.width() + 1
            top += height + GAP

    def _set_bars(self) -> None:
        room = self.viewport().size()
        bottom = max((leaf.area.bottom() for leaf in self.leaves), default=0) + EDGE
        right = max((leaf.area.right() for leaf in self.leaves), default=0) + EDGE
        self._laying = True
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(LINE)
        down.setRange(0, max(0, bottom - room.height()))
        across.setPageStep(room.width())
        across.setSingleStep(LINE)
        across.setRange(0, max(0, right - room.width()))
        self._laying = False

    def _hold(self) -> float:
        """Return how far into the page in front the window's top is, as a share of its height."""
        if not self._tops or self.front > self.count:
            return 0.0
        area = self.leaves[self.front - 1].area
        return (self.verticalScrollBar().value() + EDGE - area.top()) / max(1, area.height())

    def _let_go(self, share: float) -> None:
        if not self.leaves:
            return
        area = self.leaves[self.front - 1].area
        bar = self.verticalScrollBar()
        self._laying = True
        bar.setValue(round(area.top() - EDGE + share * area.height()))
        self._laying = False

    def _row_of(self, page: int) -> int:
        return next(n for n, row in enumerate(self._rows) if page in row)

    # --- which pages are in view
    def _in_view(self) -> list[_Leaf]:
        return [self.leaves[n] for n in self._seen()]

    def _seen(self) -> list[int]:
        """Return the pages in view, in order."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        first = max(0, bisect_right(self._tops, top) - 1)
        return [
            n
            for row in self._rows[first : bisect_right(self._tops, bottom)]
            for n in row
            if self.leaves[n].area.bottom() >= top
        ]

    def ask(self) -> None:
        """Ask for the pictures that are missing in view, then for the ones beside it."""
        seen = self._seen()
        if not seen or not self.isVisible():
            return
        after = [n for n in (seen[-1] + 1, seen[-1] + 2, seen[0] - 1) if 0 <= n < self.count]
        missing: dict[int, list[int]] = {}
        for n in (*seen, *after):
            width = self._pixels(n)
            leaf = self.leaves[n]
            # A picture may come out a pixel wider than asked for.
            if leaf.old or leaf.picture is None or abs(leaf.picture.width() - width) > 1:
                missing.setdefault(width, []).append(n)
        if missing:
            self.wanted.emit(list(missing.items()))

    def _pixels(self, page: int) -> int:
        width = self.leaves[page].area.width() * self.devicePixelRatioF()
        return max(1, min(WIDEST, round(width)))

    def _forget_far(self) -> None:
        """Drop the pictures farthest from the page in front when they grow too many."""
        held = [n for n, leaf in enumerate(self.leaves) if leaf.picture is not None]
        size = sum(self.leaves[n].picture.sizeInBytes() for n in held)
        held.sort(key=lambda n: -abs(n - self.front + 1))
        seen = set(self._seen())
        for n in held:
            if size <= KEPT_BYTES or n in seen:
                return
            size -= self.leaves[n].picture.sizeInBytes()
            self.leaves[n].picture = None

    def _bring(self, page: int) -> None:
        self.viewport().update()
        if page != self.front:
            self.front = page
            self.renew()
            self.turned.emit(page)

    def on_scrolled(self) -> None:
        self.viewport().update()
        self.settle.start()
        if self._laying or not self.leaves:
            return
        bar = self.verticalScrollBar()
        line = bar.value() + round(self.viewport().height() * FRONT)
        if bar.value() == bar.maximum():
            row = len(self._rows) - 1
        else:
            row = max(0, bisect_right(self._tops, line) - 1)
        if self._row_of(self.front - 1) != row:
            self._bring(self._rows[row][0] + 1)

    # --- events
    def paintEvent(self, event) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("press"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for n in self._seen():
            leaf = self.leaves[n]
            area = leaf.area.translated(-across, -down)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
            painter.fillRect(area, Qt.GlobalColor.white)
            if leaf.picture is None:
                self._draw_number(painter, area, n + 1)
            elif leaf.picture.width() == self._pixels(n):
                self._draw_sharp(painter, area, leaf.picture)
            else:
                painter.drawImage(area, leaf.picture)

    def _draw_sharp(self, painter: QPainter, area: QRect, picture: QImage) -> None:
        """Draw pixel for pixel; a page between two pixels of the screen would be blurred."""
        to_screen = painter.deviceTransform()
        corner = to_screen.map(QPointF(area.topLeft()))
        back, _possible = to_screen.inverted()
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(back.map(QPointF(round(corner.x()), round(corner.y()))), picture)

    def _draw_number(self, painter: QPainter, area: QRect, page: int) -> None:
        """Stand in for a picture on its way; paper is white in the dark too."""
        painter.setFont(theme.font("cap"))
        painter.setPen(Qt.GlobalColor.darkGray)
        painter.drawText(area, Align.AlignCenter, say(N_("Page {page}"), page=page))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.lay()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.settle.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.renew()
        elif event.type() == QEvent.Type.StyleChange:
            self.dress()
        super().changeEvent(event)

    def wheelEvent(self, event) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Key.Key_PageDown or (key == Key.Key_Space and not shift):
            self.scroll(1)
        elif key == Key.Key_PageUp or key == Key.Key_Space:
            self.scroll(-1)
        elif key == Key.Key_Home:
            self.go(1)
        elif key == Key.Key_End:
            self.go(self.count)
        elif key in (Key.Key_Up, Key.Key_Down):
            bar.setValue(bar.value() + (LINE if key == Key.Key_Down else -LINE))
        elif key in (Key.Key_Left, Key.Key_Right) and self.horizontalScrollBar().maximum():
            across = self.horizontalScrollBar()
            across.setValue(across.value() + (LINE if key == Key.Key_Right else -LINE))
        elif key in (Key.Key_Left, Key.Key_Right):
            self.step(1 if key == Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
