"""A list of proposals read: CSV, workbook, JSON, lines of JSON, to rows of plain texts.

Files are read in a child, because they may be hostile, swell or hang. Records in records become
columns with a slash, as Decidim writes them: title/ko, author/name.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.reading import Source, from_book, source_of
from gwangju_desktop.proposals.importing.fields import titles
from gwangju_desktop.sheets import grid
from gwangju_desktop.sheets import text as sheet_text
from gwangju_desktop.sheets.model import Book, Sheet, remark
from gwangju_desktop.sheets.reading import in_child, refused
from gwangju_desktop.text import N_

# What the form on the public site calls the files it makes.
SITE_FORM = "gwangju-desktop/proposal/1"
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".ndjson")
NO_ROWS = N_("Choose a file with proposals.")
# A proposal may be as long as a book; the usual limit of a cell is 131,072 characters.
_LONGEST_CELL = 16 << 20
_DEEPEST = 6
_BROKEN = N_("Lines that are no JSON are left out: {n:,}, the first is line {line:,}.")


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read a file of proposals in a child.

    Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    path = Path(path)
    return source_of(path.name, in_child("proposals.read", path, {}, cancelled), NO_ROWS)


def read_text(text: str, name: str) -> Source:
    """Read what was copied from a spreadsheet; raises UserError when it holds nothing."""
    if not text.strip():
        raise UserError(N_("Nothing was pasted."), hint=N_("Copy rows of a spreadsheet first."))
    book = Book(name, "")
    sheet_text.read(book, text.encode("utf-8", "replace"))
    book.form = "clipboard"
    return source_of(name, from_book(book, titles()), NO_ROWS)


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
    csv.field_size_limit(_LONGEST_CELL)
    path = Path(asked["path"])
    try:
        return _read(path)
    except UserError as error:
        return refused(error)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in (b"{", b"[") and path.stat().st_size <= grid.MAX_BYTES:
        book = Book(path.name, "")
        text = sheet_text.decode(book, path.read_bytes()).removeprefix("\ufeff")
        try:
            document = json.loads(text)
            ours = isinstance(document, dict) and document.get("format") == SITE_FORM
            return _told(book, _records(document), SITE_FORM if ours else "json")
        except (json.JSONDecodeError, RecursionError) as error:
            lines = _lines(book, text)
            if lines:
                return _told(book, lines, "jsonl")
            if path.suffix.lower().startswith((".json", ".ndjson")):
                raise UserError(
                    N_("{file} is damaged: line {line} is no JSON."),
                    hint=N_("Get it anew from where it came."),
                    file=path.name,
                    line=getattr(error, "lineno", 1),
                ) from None
    return from_book(grid.read(path), titles())


def _records(data: Any) -> list[tuple[int, Any]]:
    """Return the records of a document, each with its place: the longest list of them in it."""
    found = max(_lists(data, 0), key=len, default=[data] if isinstance(data, dict) else [])
    # GraphQL wraps each record of a list in a node.
    return [(n, one.get("node", one)) for n, one in enumerate(found, 1) if isinstance(one, dict)]


def _lists(data: Any, depth: int) -> list[list[Any]]:
    if isinstance(data, list):
        return [data] if any(isinstance(one, dict) for one in data) else []
    if isinstance(data, dict) and depth < _DEEPEST:
        return [found for value in data.values() for found in _lists(value, depth + 1)]
    return []


def _lines(book: Book, text: str) -> list[tuple[int, Any]]:
    """Return the records of lines of JSON; a line that is none is left out and told."""
    records: list[tuple[int, Any]] = []
    broken = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            broken.append(number)
            continue
        if isinstance(record, dict):
            records.append((number, record))
        else:
            broken.append(number)
    if len(broken) > len(records):
        return []
    if broken:
        book.remarks.append(remark(_BROKEN, n=len(broken), line=broken[0]))
    return records


def _told(book: Book, records: list[tuple[int, Any]], form: str) -> dict[str, Any]:
    """Return records as rows under titles, a child's answer."""
    flat = [(line, _flat(record)) for line, record in records]
    names = list(dict.fromkeys(name for _line, row in flat for name in row))
    rows: list[list[object]] = [list(names)]
    rows += [[row.get(name) for name in names] for _line, row in flat]
    book.form = form
    book.sheets = [Sheet(form, rows, named=False)]
    if not names:
        raise UserError(N_("{file} holds no records."), hint=NO_ROWS, file=book.name)
    told = from_book(book, titles())
    filled = [line for line, row in flat if any(str(value).strip() for value in row.values())]
    told["head"] = 0
    told["lines"] = [0, *filled]
    told["remarks"] = [
        {"message": str.__str__(one.message), "values": one.values} for one in book.remarks
    ]
    return told


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Return a record's values as texts, those of a record inside under both names."""
    row: dict[str, str] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            row |= _flat(value, f"{name}/", depth + 1)
        elif isinstance(value, list):
            row[name] = "; ".join(str(one) for one in value if isinstance(one, (str, int, float)))
        elif value is not None:
            row[name] = str(value)
    return row
