"""A chart or table as an image for a document: its title above, its source below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from ui import theme

MARGIN = 16


def compose(chart: QImage, title: str, meta: str, source: str) -> QImage:
    """Return a chart's image between its words, on the page's colour, at the chart's density."""
    ratio = chart.devicePixelRatio()
    width = chart.width() / ratio + 2 * MARGIN
    head = theme.font("h2")
    plain = theme.font("cap")
    top = MARGIN + theme.px(44)
    foot = theme.px(26)
    height = top + chart.height() / ratio + foot
    size = (round(width * ratio), round(height * ratio))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.color("page"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(head)
    painter.setPen(theme.color("text"))
    painter.drawText(QPointF(MARGIN, MARGIN + painter.fontMetrics().ascent()), title)
    painter.setFont(plain)
    painter.setPen(theme.color("text3"))
    metrics = painter.fontMetrics()
    painter.drawText(QPointF(MARGIN, top - metrics.descent() - 6), meta)
    painter.drawImage(QPointF(MARGIN, top), chart)
    area = QRectF(MARGIN, height - foot, width - 2 * MARGIN, foot)
    short = metrics.elidedText(source, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, short)
    painter.end()
    return image
