"""A view as a picture for a document: its title above, notes and sources below, on white paper.

One composition goes to the clipboard and to PNG, SVG and PDF: `View.draw` draws the middle.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from db.files import atomic_write
from ui import theme
from ui.energy.outlines import outlined
from ui.energy.views.base import View

MARGIN = 20.0
DENSITY = 2  # pixels of an image for each logical one
DPI = 96  # logical pixels per inch: what the drawing counts in
WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Words:
    """What stands round the picture: title, a line under it, sentences below it."""

    title: str
    meta: str
    below: Sequence[str]


def copied(view: View, words: Words) -> QImage:
    """Return a view as an image."""
    with theme.on_paper():
        size = _size(view, words)
        image = QImage((size * DENSITY).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(DENSITY)
        image.fill(theme.color("page"))
        painter = QPainter(image)
        _compose(painter, view, words, size)
        painter.end()
    return image


def write(path: Path, view: View, words: Words) -> None:
    """Write a view to a file of the kind its suffix names (.png, .svg, .pdf), whole or not at all."""
    made = {".png": _png, ".svg": _svg, ".pdf": _pdf}[path.suffix.lower()](view, words)
    with atomic_write(path) as file:
        file.write(made)


def _png(view: View, words: Words) -> bytes:
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image = copied(view, words)
    image.setDotsPerMeterX(round(DPI * DENSITY / 0.0254))
    image.setDotsPerMeterY(round(DPI * DENSITY / 0.0254))
    image.save(kept, "PNG")
    return bytes(kept.data().data())


def _svg(view: View, words: Words) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    with theme.on_paper():
        size = _size(view, words)
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setResolution(DPI)
        made.setSize(size.toSize())
        made.setViewBox(QRectF(QPointF(0, 0), size))
        made.setTitle(words.title)
        made.setDescription(view.sentence())
        painter = QPainter(made)
        painter.fillRect(QRectF(QPointF(0, 0), size), theme.color("page"))
        _compose(painter, view, words, size)
        painter.end()
    return outlined(bytes(kept.data()).decode("utf-8")).encode("utf-8")


def _pdf(view: View, words: Words) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with theme.on_paper():
        size = _size(view, words)
        made = QPdfWriter(buffer)
        made.setResolution(DPI)
        points = QSizeF(size.width() * 72 / DPI, size.height() * 72 / DPI)
        page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        made.setPageLayout(
            QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        )
        made.setTitle(words.title)
        made.setCreator("")
        painter = QPainter(made)
        _compose(painter, view, words, size)
        painter.end()
    buffer.close()
    return bytes(kept.data())


def _size(view: View, words: Words) -> QSizeF:
    middle = view.drawn_size()
    wide = float(middle.width())
    return QSizeF(wide + 2 * MARGIN, middle.height() + _head() + _foot(words, wide) + 2 * MARGIN)


def _head() -> float:
    return QFontMetricsF(theme.font("h2")).height() + QFontMetricsF(theme.font("cap")).height() + 16


def _foot(words: Words, wide: float) -> float:
    metrics = QFontMetricsF(theme.font("cap"))
    heights = [_wrapped(metrics, line, wide) for line in words.below if line]
    return sum(heights) + 2 * len(heights) + 10


def _wrapped(metrics: QFontMetricsF, line: str, wide: float) -> float:
    return metrics.boundingRect(QRectF(0, 0, wide, 1_000), WRAP, line).height()


def _compose(painter: QPainter, view: View, words: Words, size: QSizeF) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    wide = size.width() - 2 * MARGIN
    painter.setFont(theme.font("h2"))
    painter.setPen(theme.color("text"))
    title = QFontMetricsF(theme.font("h2"))
    painter.drawText(QPointF(MARGIN, MARGIN + title.ascent()), words.title)
    plain = QFontMetricsF(theme.font("cap"))
    painter.setFont(theme.font("cap"))
    painter.setPen(theme.color("text3"))
    painter.drawText(QPointF(MARGIN, MARGIN + title.height() + 4 + plain.ascent()), words.meta)
    top = MARGIN + _head()
    middle = QRectF(MARGIN, top, wide, float(view.drawn_size().height()))
    painter.save()
    view.draw(painter, middle)
    painter.restore()
    painter.setFont(theme.font("cap"))
    painter.setPen(theme.color("text3"))
    y = middle.bottom() + 10
    for line in words.below:
        if line:
            high = _wrapped(plain, line, wide)
            painter.drawText(QRectF(MARGIN, y, wide, high + 2), WRAP, line)
            y += high + 2


def workbook(head: Sequence[str], rows: Sequence[Sequence[object]], words: Words) -> bytes:
    """Return what a view shows as a workbook: its cells, and on a second sheet where they are from."""
    # Not on the way to a chart that nobody exports.
    from gwangju_desktop.sheets.writing import Page, write_pages
    from ui.text import C_, N_, say

    title = say(N_("Figures and their sources"))
    kept = io.BytesIO()
    shown = [["" if cell is None else cell for cell in row] for row in rows]
    about = [[words.title], [words.meta], *([line] for line in words.below if line)]
    wide = (12.0, *(18.0 for _title in head[1:]))
    pages = [
        Page(say(C_("sheet", "Figures")), head, shown, wide),
        Page(say(C_("sheet", "Sources")), [title], about, (90.0,)),
    ]
    write_pages(kept, pages)
    return kept.getvalue()
