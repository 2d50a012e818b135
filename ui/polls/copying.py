"""Tables and charts on the clipboard: as cells, as a table of a document, and as a picture."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from gwangju_desktop.polls.cells import heads, lines
from gwangju_desktop.polls.table import Table
from ui.polls.framed import compose

Rows = list[list[str]]


def cells(table: Table, where: str) -> Rows:
    """Return a table as rows of cells: what it is of, titles, options with both bases, notes."""
    question = table.question
    rows = [[where], [f"{question.code} {question.title}".strip()], [question.wording]]
    rows = [row for row in rows if row[0]]
    rows.append([str(head) for head in heads(table)])
    rows += [[_said(cell) for cell in line] for line in lines(table)]
    rows += [[str(note)] for note in table.notes]
    return rows


def copy_cells(rows: Rows) -> None:
    """Put rows on the clipboard: tab separated for spreadsheets, as a table for documents."""
    data = _mime()
    flat = str.maketrans("\t\n\r", "   ")
    data.setText("".join("\t".join(cell.translate(flat) for cell in row) + "\n" for row in rows))
    wide = max(len(row) for row in rows)
    data.setHtml(f"<table border='1'>{''.join(_line(row, wide) for row in rows)}</table>")
    QGuiApplication.clipboard().setMimeData(data)


def copy_picture(widget: QWidget, title: str, meta: str, source: str) -> None:
    """Put what a widget shows on the clipboard as a picture, between its title and its source."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    QGuiApplication.clipboard().setImage(compose(image, title, meta, source))


def _mime() -> QMimeData:
    """Return empty data that Qt made: one made here would be freed after Python, and crash."""
    model = QStandardItemModel()
    model.appendRow(QStandardItem())
    data = model.mimeData([model.index(0, 0)])
    data.clear()
    return data


def _line(row: list[str], wide: int) -> str:
    if len(row) == 1:
        return f"<tr><td colspan='{wide}'>{escape(row[0])}</td></tr>"
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"


def _said(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
