"""A register read: CSV, workbook, clipboard or published timeline, to rows of plain texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.importing import timelines
from gwangju_desktop.meetings.importing.fields import titles
from gwangju_desktop.members.importing.reading import Source, from_book, source_of
from gwangju_desktop.sheets import grid
from gwangju_desktop.sheets import text as sheet_text
from gwangju_desktop.sheets.model import Book
from gwangju_desktop.sheets.reading import in_child, refused
from gwangju_desktop.text import N_

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
_NO_ROWS = N_("Choose a file with meetings.")


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read a register in a child, because files may be hostile, swell or hang.

    Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    path = Path(path)
    return source_of(path.name, in_child("register.read", path, {}, cancelled), _NO_ROWS)


def read_text(text: str, name: str) -> Source:
    """Read what was copied from a spreadsheet; raises UserError when it holds nothing."""
    if not text.strip():
        raise UserError(N_("Nothing was pasted."), hint=N_("Copy rows of a spreadsheet first."))
    book = Book(name, "")
    sheet_text.read(book, text.encode("utf-8", "replace"))
    book.form = "clipboard"
    return source_of(name, from_book(book, titles()), _NO_ROWS)


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
    try:
        book = grid.read(Path(asked["path"]))
        return timelines.rows_of(book) if timelines.are(book) else from_book(book, titles())
    except UserError as error:
        return refused(error)
