"""A list of changes as a file that spreadsheet programs open without asking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.energy.export import write_csv
from gwangju_desktop.sheets.guards import guarded
from gwangju_desktop.sheets.writing import write_workbook


def write(path: Path, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table of text as CSV (by the suffix) or as a workbook, whole or not at all.

    No cell is run as a formula.
    """
    if path.suffix.lower() == ".csv":
        write_csv(path, head, [[guarded(cell) for cell in row] for row in rows])
        return
    with atomic_write(path) as file:
        write_workbook(file, name, head, rows)
