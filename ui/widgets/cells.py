"""Draw the cells of every list."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QToolTip

from ui import theme
from ui.models.rows import Cell, Group
from ui.text import say, tip
from ui.widgets.painted import chip_width, draw_chip
from ui.widgets.parts import Align, advance

ALIGN = {"left": Align.AlignLeft, "right": Align.AlignRight, "center": Align.AlignHCenter}
PADDING = 8
DARK_ROLES = ("secb", "strong", "body")
LOUD = ("warn", "bad", "ok")
_NO_PEN = Qt.PenStyle.NoPen
_SMOOTH = QPainter.RenderHint.Antialiasing
_ELIDE = Qt.TextElideMode.ElideRight


class RowDelegate(QStyledItemDelegate):
    """Draw a Cell: grip, check, avatar, icon, bar, chip, text and sub, left to right."""

    def sizeHint(self, _option, _index) -> QSize:
        return QSize(20, self.parent().verticalHeader().defaultSectionSize())

    def paint(self, q: QPainter, option, index) -> None:
        view = self.parent()
        model = view.model()
        n, c = index.row(), index.column()
        area = QRectF(option.rect)
        row = model.row(n)
        q.save()
        if isinstance(row, Group):
            self._group(q, area, row)
        else:
            # The option's state says so too, in an enum of QStyle: its first use makes a thousand.
            chosen = view.selectionModel().isSelected(index)
            self._ground(q, area, view, n, c, chosen)
            q.setRenderHint(_SMOOTH)
            self._cell(q, area, model.cell(n, c), model.columns[c].align, chosen)
        q.restore()

    def _ground(self, q: QPainter, area: QRectF, view, n: int, c: int, chosen: bool) -> None:
        if chosen:
            q.fillRect(area, theme.color("sel" if view.isActiveWindow() else "selIn"))
            if view.first_shown() == c:
                q.fillRect(QRectF(area.x(), area.y(), 3, area.height()), theme.color("acc"))
            return
        if n == view.hovered:
            q.fillRect(area, theme.color("hover"))
        _underline(q, area)

    def _cell(self, q: QPainter, area: QRectF, cell: Cell, align: str, chosen: bool) -> None:
        box = area.adjusted(PADDING + cell.indent, 0, -PADDING, 0)
        if cell.grip and self.parent().arranged:
            self._grip(q, box)
        if cell.check is not None:
            self._check(q, box, cell.check)
        if cell.avatar:
            self._avatar(q, box, cell.text[:1], chosen)
        if cell.icon:
            self._icon(q, box, cell)
        if cell.bar is not None:
            self._bar(q, box, cell)
        if cell.chip:
            self._chip(q, box, cell, align)
        if cell.text:
            self._words(q, box, cell, align)

    def _grip(self, q: QPainter, box: QRectF) -> None:
        corner = QPointF(box.x() - 4, box.center().y() - theme.px(8))
        q.drawPixmap(corner, theme.pixmap("grip-vertical", "dis"))
        box.setLeft(box.x() + theme.px(14))

    def _check(self, q: QPainter, box: QRectF, checked: bool) -> None:
        side = theme.px(16) - 1
        square = QRectF(box.x() + 0.5, box.center().y() - side / 2, side, side)
        q.setPen(QPen(theme.color("acc" if checked else "field"), 1))
        q.setBrush(theme.color("acc" if checked else "raised"))
        q.drawRoundedRect(square, 4, 4)
        if checked:
            tick = theme.pixmap("check", "accOn", 12, 3)
            q.drawPixmap(square.topLeft() + QPointF(1.5, 1.5), tick)
        box.setLeft(box.x() + theme.px(24))

    def _avatar(self, q: QPainter, box: QRectF, letter: str, chosen: bool) -> None:
        side = theme.px(26)
        disc = QRectF(box.x(), box.center().y() - side / 2, side, side)
        q.setPen(_NO_PEN)
        q.setBrush(theme.color("raised" if chosen else "neuBg"))
        q.drawEllipse(disc)
        q.setPen(theme.color("text2"))
        _write(q, disc, "center", "capb", letter)
        box.setLeft(box.x() + theme.px(34))

    def _icon(self, q: QPainter, box: QRectF, cell: Cell) -> None:
        size = icon_size(cell)
        corner = QPointF(box.x(), box.center().y() - theme.px(size) / 2)
        q.drawPixmap(corner, theme.pixmap(cell.icon, cell.ink or "text3", size))
        box.setLeft(box.x() + theme.px(size + 6))

    def _bar(self, q: QPainter, box: QRectF, cell: Cell) -> None:
        track = QRectF(box.x(), box.center().y() - 3, box.width() - theme.px(44), 6)
        q.setPen(_NO_PEN)
        q.setBrush(theme.color("track"))
        q.drawRoundedRect(track, 3, 3)
        q.setBrush(theme.color(cell.ink or "acc"))
        filled = max(6.0, track.width() * min(1.0, cell.bar))
        q.drawRoundedRect(QRectF(track.x(), track.y(), filled, 6), 3, 3)
        box.setLeft(track.right() + 6)

    def _chip(self, q: QPainter, box: QRectF, cell: Cell, align: str) -> None:
        width = chip_width(cell.chip)
        left = {
            "left": box.x(),
            "right": box.right() - width,
            "center": box.center().x() - width / 2,
        }[align]
        top = box.center().y() - theme.px(11)
        draw_chip(q, QRectF(left, top, width, theme.px(22)), cell.chip, cell.tone)
        box.setLeft(left + width + PADDING)

    def _words(self, q: QPainter, box: QRectF, cell: Cell, align: str) -> None:
        ink = "" if cell.icon or cell.bar is not None else cell.ink
        role = "secb" if ink in LOUD and cell.role == "sec" else cell.role
        plain = "text" if cell.role in DARK_ROLES else theme.ROLES[cell.role][2]
        q.setPen(theme.color(ink or plain))
        if not cell.sub:
            _write(q, box, align, role, cell.text, cell.struck)
            return
        middle, up, down = box.center().y(), theme.px(20), theme.px(18)
        above = QRectF(box.x(), middle - up, box.width(), up)
        _write(q, above, align, role, cell.text, cell.struck)
        q.setPen(theme.color("text3"))
        _write(q, QRectF(box.x(), middle, box.width(), down), align, "cap", cell.sub)

    def _group(self, q: QPainter, area: QRectF, group: Group) -> None:
        if area.x() > 0:
            return  # a group spans all columns
        title = say(group.title)
        q.setFont(theme.font("capb"))
        q.setPen(theme.color(group.ink))
        q.drawText(area.adjusted(PADDING, 4, 0, 0), Align.AlignVCenter, title)
        x = q.fontMetrics().horizontalAdvance(title) + PADDING + 6
        q.setFont(theme.font("cap"))
        q.setPen(theme.color("text3"))
        q.drawText(area.adjusted(x, 4, 0, 0), Align.AlignVCenter, str(group.n))
        _underline(q, area)

    # --- editing in place
    def createEditor(self, parent, _option, index) -> QLineEdit:
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setFont(theme.font("sec"))
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(title or "")
        return editor

    def updateEditorGeometry(self, editor, option, _index) -> None:
        area, height = option.rect, theme.px(30)
        top = area.center().y() - height // 2
        editor.setGeometry(area.x() + 2, top, area.width() - 4, height)

    def helpEvent(self, event, view, option, index) -> bool:
        """Tell the whole text of a cell that had to be cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        cell = index.model().cell(index.row(), index.column())
        room = option.rect.width() - 2 * PADDING - lead(cell)
        lines = ((cell.text, cell.role), (cell.sub, "cap"))
        cut = [words for words, role in lines if advance(role, words) > room]
        QToolTip.showText(event.globalPos(), tip("\n".join(cut)), view)
        return True


def icon_size(cell: Cell) -> int:
    """Return the side of a cell's icon: small beside a mere number."""
    mere = cell.role == "sec" and 0 < len(cell.text) < 4 and cell.text.isascii() and not cell.sub
    return 14 if mere else 16


def lead(cell: Cell) -> int:
    """Return the width of what stands before a cell's words."""
    width = cell.indent
    width += theme.px(14) if cell.grip else 0
    width += theme.px(24) if cell.check is not None else 0
    width += theme.px(34) if cell.avatar else 0
    width += theme.px(icon_size(cell) + 6) if cell.icon else 0
    width += chip_width(cell.chip) + PADDING if cell.chip else 0
    return width


def _write(
    q: QPainter, box: QRectF, align: str, role: str, text: str, struck: bool = False
) -> None:
    """Write one line in the middle of a box, cut to its width; struck out where it no longer holds.

    At a point and not in the box: Qt would lay the words out a second time, at twice the cost.
    """
    short, width = _cut(role, theme.scale, int(box.width()), text)
    x = box.x()
    if align != "left":
        x += (box.width() - width) / (1 if align == "right" else 2)
    q.setFont(theme.font(role))
    q.drawText(QPointF(x, box.center().y() + _drop(role, theme.scale)), short)
    if struck:
        middle = box.center().y() + 1
        q.drawLine(QPointF(x, middle), QPointF(x + width, middle))


@lru_cache(4096)
def _cut(role: str, _scale: float, room: int, text: str) -> tuple[str, float]:
    """Return words cut to a room, and their width; kept, because most cells say the same few."""
    metrics = QFontMetrics(theme.font(role))
    short = metrics.elidedText(text, _ELIDE, room)
    return short, QFontMetricsF(theme.font(role)).horizontalAdvance(short)


@lru_cache
def _drop(role: str, _scale: float) -> float:
    """Return how far the foot of the letters is under the middle of their line."""
    metrics = QFontMetricsF(theme.font(role))
    return (metrics.ascent() - metrics.descent()) / 2


def _underline(q: QPainter, area: QRectF) -> None:
    q.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), theme.color("line"))
