"""A table of figures as a CSV file that spreadsheet programs open without asking."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from db.files import atomic_write


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark; None is an empty cell, never 0.

    Spreadsheet programs take a file without the mark for CP949 (domain: conventions of open data).
    Text that a spreadsheet would run as a formula is kept as text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else _safe(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t"):
        return "'" + cell
    return cell


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as a CSV file, whole or not at all."""
    with atomic_write(path) as file:
        file.write(csv_bytes(head, rows))


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all."""
    with atomic_write(path) as file:
        file.write(text.encode("utf-8"))
