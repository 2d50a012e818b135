"""Sheets of progress and of translations as files: what goes out as .xlsx comes in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.files import atomic_write
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews.questionnaire import TASK
from gwangju_desktop.text import N_

# Of the columns of a sheet of progress, in characters; a sheet of translations takes the first.
WIDTHS = (14, 8, 36, 36, 28, 28, 12, 12, 12, 12, 28, 28, 36, 36)


def write(path: Path, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows with their head as a workbook of one sheet; days are written as 2021-08-31."""
    from gwangju_desktop.sheets.writing import Page, write_pages

    body = [[_cell(cell) for cell in row] for row in rows[1:]]
    page = Page(name, [str(cell) for cell in rows[0]], body, WIDTHS[: len(rows[0])])
    with atomic_write(Path(path)) as file:
        write_pages(file, [page])


def read(path: Path) -> list[list[str]]:
    """Read the first sheet of a workbook in a child; raise UserError naming the file."""
    from gwangju_desktop.sheets import reading

    sheets: list[list[list[str]]] = reading.in_child(TASK, Path(path), {})["sheets"]
    if not sheets or not sheets[0]:
        raise UserError(N_("{file} holds no sheet with rows."), file=Path(path).name)
    return sheets[0]


def _cell(cell: Any) -> str | int:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell if isinstance(cell, int) else str(cell)
