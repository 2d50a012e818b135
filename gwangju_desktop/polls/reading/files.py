"""The child's side: a file's bytes to columns, each as the texts that occur and where.

A column of twenty thousand answers has a handful of different texts. So only those are handed
over, with one number a row, and no cell is looked at twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.reading import codebook, encodings
from gwangju_desktop.sheets import grid, workbook
from gwangju_desktop.sheets.guards import unguarded
from gwangju_desktop.sheets.model import Book, Remark, Row, remark
from gwangju_desktop.sheets.reading import refused
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
_MOST_CELLS = 30_000_000
# So few rows that their cells are still in the processor's cache when they become columns.
_AT_ONCE = 500
_MOST_RAGGED = 500
_LEAD = 20
_ARCHIVE = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class _Table(NamedTuple):
    """Rows of one sheet, the first of them the sheet's row 1, the first cell in column `left`."""

    rows: Iterator[Sequence[object]]
    width: int
    left: int


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file and its codebook, if any."""
    path = Path(asked["path"])
    book = Path(asked["codebook"]) if asked.get("codebook") else None
    try:
        told = _answers(path, asked.get("encoding") or "")
        told["codebook"] = _codebook(book) if book else {}
    except UserError as error:
        return refused(error)
    return told


def text_of(cell: object) -> str:
    """Write a cell as text: dates as ISO, whole numbers without a point, NFD as NFC."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        return text.strip().strip("\u200b\ufeff")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _answers(path: Path, encoding: str) -> dict[str, Any]:
    told: dict[str, Any] = {"encoding": "", "encodings": [], "doubts": []}
    remarks: list[Remark] = []
    with _opened(path, encoding, told, remarks) as table:
        if table.width > MOST_COLUMNS or table.width + table.left > MOST_COLUMNS:
            raise UserError(
                N_("{file} has more than {most} columns."),
                hint=N_("Delete the columns that are not needed."),
                file=path.name,
                most=MOST_COLUMNS,
            )
        told |= _columns(path.name, table)
    told["remarks"] = [{"message": str.__str__(r.message), "values": r.values} for r in remarks]
    return told


@contextmanager
def _opened(
    path: Path, encoding: str, told: dict[str, Any], remarks: list[Remark]
) -> Iterator[_Table]:
    data = _bytes(path)
    told["sha256"] = hashlib.sha256(data).hexdigest()
    if data.startswith((_ARCHIVE, _OLE)):
        told["form"] = "workbook"
        with workbook.opened(path.name, data) as book:
            yield _fullest(path.name, book, remarks)
        return
    if path.suffix.lower() == ".json":
        raise UserError(
            N_("{file} is not a spreadsheet."),
            hint=N_("Choose an .xlsx, .xls or .csv file."),
            file=path.name,
        )
    if encoding:
        encodings.check(path.name, data, encoding)
    doubtful = encodings.guess(data)
    book_of_texts = grid.read(path, encoding or doubtful)
    sheet = max(book_of_texts.sheets, key=lambda one: len(one.rows))
    told["form"], told["encoding"] = book_of_texts.form, book_of_texts.encoding
    if book_of_texts.form == "csv":
        told["encodings"] = encodings.fitting(data)
        if doubtful:
            read_as = encoding or doubtful
            told["doubts"] = encodings.doubts(sheet.rows, read_as, told["encodings"])
    remarks.extend(book_of_texts.remarks)
    rows = _unguarded(sheet.rows) if book_of_texts.form == "csv" else iter(sheet.rows)
    yield _Table(rows, max((len(row) for row in sheet.rows), default=0), 0)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > grid.MAX_BYTES:
        raise UserError(
            N_("{file} is larger than {limit} MB."),
            hint=N_("Split it into smaller files."),
            file=path.name,
            limit=grid.MAX_BYTES >> 20,
        )
    return path.read_bytes()


def _unguarded(rows: Iterable[Row]) -> Iterator[Row]:
    """Take the apostrophes away that keep a spreadsheet from running a text."""
    for row in rows:
        yield [unguarded(cell) if isinstance(cell, str) else cell for cell in row]


def _fullest(name: str, book: CalamineWorkbook, remarks: list[Remark]) -> _Table:
    """Return the largest visible sheet."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    metas = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    seen = [meta for meta in metas if meta.visible == SheetVisibleEnum.Visible] or metas
    best: CalamineSheet | None = None
    filled = 0
    for meta in seen:
        sheet = book.get_sheet_by_name(meta.name)
        area = sheet.height * sheet.width
        filled += area > 1
        if best is None or area > best.height * best.width:
            best = sheet
    if best is None or best.start is None:
        raise UserError(N_("{file} has no filled cells."), hint=N_("Download it again."), file=name)
    if best.total_height * best.total_width > _MOST_CELLS:
        raise UserError(
            N_("{file}: the cells of sheet {sheet} are too far apart or too many."),
            hint=N_("Delete the empty rows and columns and save it again."),
            file=name,
            sheet=best.name,
        )
    if filled > 1:
        remarks.append(remark(N_("Of {n} sheets “{sheet}” is read."), n=filled, sheet=best.name))
    return _Table(iter(best.iter_rows()), best.width, best.start[1])


def _columns(name: str, table: _Table) -> dict[str, Any]:
    """Return the titles, and the columns below them as texts and numbers."""
    lead, head = _head(name, table)
    ways: list[Callable[[object], int]] = []
    found: list[dict[object, int]] = []
    for _column in range(table.width):
        seen: dict[object, int] = defaultdict(count().__next__)
        found.append(seen)
        ways.append(seen.__getitem__)
    codes = [array("i") for _column in range(table.width)]
    ragged: list[int] = []
    first = head + 2
    total = 0
    rows = _square(chain(lead[head + 1 :], table.rows), table.width, len(lead[head]), ragged, first)
    while block := list(islice(rows, _AT_ONCE)):
        total += len(block)
        if total > MOST_ROWS:
            raise UserError(
                N_("{file} has more than {most:,} rows."),
                hint=N_("Split it into smaller files."),
                file=name,
                most=MOST_ROWS,
            )
        for way, column, cells in zip(ways, codes, zip(*block, strict=True), strict=True):
            column.extend(map(way, cells))
    titles = len(lead[head])
    if len(ragged) > total / 2:
        # Then the titles are too few, not the cells too many.
        ragged, titles = [], table.width
    empty: dict[str, Any] = {"texts": [""], "codes": _packed(array("i", bytes(4 * total)))}
    told = [
        {"texts": [text_of(cell) for cell in seen], "codes": _packed(column)}
        for seen, column in zip(found[:titles], codes[:titles], strict=True)
    ]
    heading = [text_of(cell) for cell in lead[head]] + [""] * table.width
    return {
        "head": [""] * table.left + heading[: len(told)],
        "columns": [empty] * table.left + told,
        "rows": total,
        "first": first,
        "ragged": ragged[:_MOST_RAGGED],
    }


def _head(name: str, table: _Table) -> tuple[list[Sequence[object]], int]:
    """Return the first rows and which of them holds the titles: the first that is no banner."""
    lead: list[Sequence[object]] = list(islice(table.rows, _LEAD))
    enough = 1 if table.width < 2 else 2
    for at, row in enumerate(lead):
        if sum(bool(text_of(cell)) for cell in row) >= enough:
            return lead, at
    raise UserError(
        N_("{file} has no row of titles."),
        hint=N_("Put the questions’ codes or texts into the first row."),
        file=name,
    )


def _square(
    rows: Iterable[Sequence[object]], width: int, titles: int, ragged: list[int], first: int
) -> Iterator[Sequence[object]]:
    """Give every row as many cells; a row with more than there are titles is noted."""
    for at, row in enumerate(rows, first):
        if len(row) == width:
            if titles < width and any(row[titles:]):
                ragged.append(at)
            yield row
            continue
        if len(row) > titles and any(row[titles:]):
            ragged.append(at)
        yield [*row, *[None] * (width - len(row))]


def _packed(codes: array[int]) -> str:
    return base64.b64encode(codes.tobytes()).decode("ascii")


def _codebook(path: Path) -> dict[str, Any]:
    data = _bytes(path)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        encodings.check(path.name, data, "utf-8")
        return codebook.from_json(path.name, data.decode("utf-8-sig"))
    book: Book = grid.read(path)
    sheet = max(book.sheets, key=lambda one: len(one.rows))
    return codebook.from_rows(path.name, [[text_of(cell) for cell in row] for row in sheet.rows])
