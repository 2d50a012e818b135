"""A list of members read: CSV, workbook, clipboard, Popolo and OParl, to rows of plain texts.

Files are read in a child, because they may be hostile, swell or hang.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import popolo
from gwangju_desktop.members.importing import heads
from gwangju_desktop.members.importing.fields import titles
from gwangju_desktop.sheets import grid
from gwangju_desktop.sheets import text as sheet_text
from gwangju_desktop.sheets.guards import letters, unguarded
from gwangju_desktop.sheets.model import Book, Remark, remark
from gwangju_desktop.sheets.reading import in_child, refused
from gwangju_desktop.text import N_, Msg

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json")
NO_ROWS = N_("Choose a file with members.")
_MOST_ROWS = 100_000
_MOST_COLUMNS = 120


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: rows of texts with the line each stands on, and which row holds the titles.

    `form` is csv, workbook, web, clipboard, popolo or oparl; `remarks` say what was left out.
    """

    name: str
    form: str
    encoding: str
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    head: int | None
    remarks: tuple[Remark, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.cells[0]) if self.cells else 0

    @property
    def titles(self) -> tuple[str, ...]:
        """What the columns are called: by their titles, else A, B, C."""
        if self.head is None:
            return tuple(letters(at) for at in range(self.width))
        row = self.cells[self.head]
        named = [title.strip() or letters(at) for at, title in enumerate(row)]
        return tuple(
            f"{title} ({letters(at)})" if title in named[:at] else title
            for at, title in enumerate(named)
        )

    @property
    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows below the titles, each with its line."""
        start = 0 if self.head is None else self.head + 1
        return zip(self.lines[start:], self.cells[start:], strict=True)

    @property
    def count(self) -> int:
        """How many rows there are below the titles."""
        return len(self.cells) - (0 if self.head is None else self.head + 1)

    @property
    def key(self) -> str:
        """What names the source when it comes again: its titles, or the look of its columns."""
        said = (
            self.titles if self.head is not None else [self._look(at) for at in range(self.width)]
        )
        told = "\x1f".join(("titles" if self.head is not None else "look", *said))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def titled(self, head: bool) -> Source:
        """Return the source with its first row taken for titles, or for a member."""
        return replace(self, head=0 if head else None)

    def sample(self, column: int, most: int = 3) -> list[str]:
        """Return the first different values of a column."""
        found: dict[str, None] = {}
        for _line, row in self.rows:
            if row[column]:
                found[row[column]] = None
                if len(found) == most:
                    break
        return list(found)

    def _look(self, column: int) -> str:
        return ",".join(sorted({heads.look(value) for value in self.sample(column, 20)}))


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read a file of members in a child.

    Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    path = Path(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        raise UserError(
            N_("{file} is YAML, which is not read here."),
            hint=N_("Choose a CSV, XLSX or Popolo JSON file."),
            file=path.name,
        )
    told = in_child("members.read", path, {}, cancelled)
    return source_of(path.name, told, NO_ROWS)


def read_text(text: str, name: str) -> Source:
    """Read what was copied from a spreadsheet, or typed; raises UserError when it holds nothing."""
    if not text.strip():
        raise UserError(N_("Nothing was pasted."), hint=N_("Copy rows of a spreadsheet first."))
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith(("{", "[")):
        try:
            return source_of(name, _from_json(name, text), NO_ROWS)
        except json.JSONDecodeError:
            pass
    book = Book(name, "")
    sheet_text.read(book, text.encode("utf-8", "replace"))
    book.form = "clipboard"
    return source_of(name, from_book(book, titles()), NO_ROWS)


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
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
        text = sheet_text.decode(book, path.read_bytes())
        try:
            return _from_json(path.name, text) | {"encoding": book.encoding}
        except (json.JSONDecodeError, RecursionError) as error:
            if path.suffix.lower() == ".json":
                raise UserError(
                    N_("{file} is damaged: line {line} is no JSON."),
                    hint=N_("Get it anew from where it came."),
                    file=path.name,
                    line=getattr(error, "lineno", 1),
                ) from None
    return from_book(grid.read(path), titles())


def _from_json(name: str, text: str) -> dict[str, Any]:
    data = json.loads(text.removeprefix("\ufeff"))
    found = popolo.understand(name, data)
    keys = list(dict.fromkeys(key for row in found.rows for key in row))
    cells = [keys, *([_text(row.get(key)) for key in keys] for row in found.rows)]
    return {
        "form": found.form,
        "encoding": "",
        "cells": cells,
        "lines": [0, *range(1, len(found.rows) + 1)],
        "head": 0,
        "remarks": [_plain(one) for one in found.remarks],
    }


def from_book(book: Book, known: Collection[str]) -> dict[str, Any]:
    """Return the fullest sheet as rows of texts, a child's answer; `known` are folded titles."""
    sheets = [sheet for sheet in book.sheets if not sheet.hidden] or book.sheets
    sheet = max(sheets, key=lambda one: sum(any(row) for row in one.rows))
    line, cells, lines = 1, [], []
    inside = book.form in ("csv", "clipboard")
    for row in sheet.rows:
        texts = [_text(cell) for cell in row]
        if any(texts):
            cells.append([unguarded(text) for text in texts] if inside else texts)
            lines.append(line)
        # A cell of a text file may hold line breaks; an editor counts them.
        line += 1 + (sum(_breaks(cell) for cell in row) if inside else 0)
    if len(cells) > _MOST_ROWS:
        raise UserError(
            N_("{file} has more than {most:,} rows."),
            hint=N_("Split it into smaller files."),
            file=book.name,
            most=_MOST_ROWS,
        )
    cells = _square(cells)
    if len(cells[0]) > _MOST_COLUMNS:
        raise UserError(
            N_("{file} has more than {most} columns."),
            hint=N_("Delete the columns that are not needed."),
            file=book.name,
            most=_MOST_COLUMNS,
        )
    remarks: list[Remark] = []
    if len(sheets) > 1:
        told = N_("Of {n} sheets “{sheet}” is read.")
        remarks.append(remark(told, n=len(sheets), sheet=sheet.name))
    return {
        "form": book.form,
        "encoding": book.encoding,
        "cells": cells,
        "lines": lines,
        "head": heads.find(cells, known),
        "remarks": [_plain(one) for one in remarks],
    }


def _plain(one: Remark) -> dict[str, Any]:
    return {"message": str.__str__(one.message), "values": one.values}


def _square(cells: list[list[str]]) -> list[list[str]]:
    """Give every row as many cells, without the empty columns on the right."""
    width = max(max((at + 1 for at, text in enumerate(row) if text), default=0) for row in cells)
    return [(row + [""] * width)[:width] for row in cells]


def _breaks(cell: object) -> int:
    if not isinstance(cell, str):
        return 0
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


def _text(cell: object) -> str:
    """Write a cell as text: dates as ISO, whole numbers without a point, NFD as NFC."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", str(cell)).strip()


def source_of(name: str, told: dict[str, Any], without_rows: Msg) -> Source:
    """Return what a child read; raise UserError, with the hint given, when it has no rows."""
    cells: Sequence[Sequence[str]] = told["cells"]
    source = Source(
        name,
        told["form"],
        told["encoding"],
        tuple(tuple(row) for row in cells),
        tuple(told["lines"]),
        told["head"],
        tuple(Remark(Msg(one["message"]), one["values"]) for one in told["remarks"]),
    )
    if not source.count:
        raise UserError(
            N_("{file} holds titles and no rows."),
            hint=without_rows,
            file=name,
        )
    return source
