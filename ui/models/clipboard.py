"""Cells to and from the clipboard, as spreadsheets write them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from ui.models.rows import RowTable
from ui.text import say

_FLAT = str.maketrans("\t\n\r", "   ")


def as_tsv(model: RowTable, rows: list[int], *, header: bool = True) -> str:
    """Return rows as tab separated lines, by default under the column titles."""
    lines = []
    if header:
        lines.append("\t".join(say(column.title) for column in model.columns))
    for n in rows:
        cells = [model.cell(n, c) for c in range(len(model.columns))]
        lines.append("\t".join((cell.text or cell.chip).translate(_FLAT) for cell in cells))
    return "\n".join(lines)


def paste_tsv(model: RowTable, text: str, at: QModelIndex) -> None:
    """Put a block of cells down from `at` on, as one undoable step; skip what cannot be edited."""
    if model.table.paste is None or model.desk.read_only:
        return
    cells = []
    for n, line in enumerate(text.rstrip("\n").split("\n"), at.row()):
        if n >= model.rowCount():
            break
        for column, value in zip(model.columns[at.column() :], line.split("\t"), strict=False):
            if column.edit:
                cells.append((model.id_at(n), column.key, value))
    if cells:
        model.desk.do(model.table.paste, cells=cells)
