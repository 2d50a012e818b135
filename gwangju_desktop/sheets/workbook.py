"""Workbooks (.xlsx, .xlsm, .xlsb, .xls) through calamine, with guards before it reads.

Two cells far apart make calamine allocate 512 GiB and abort the process, so this runs in a child
with a memory limit, and the guards only give the better sentence.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import percent
from gwangju_desktop.sheets.model import Book, Sheet, remark
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MOST_UNPACKED = 600 << 20
_MOST_RATIO = 150
_SMALL = 20 << 20
_MOST_ENTRIES = 4000
_MOST_CELLS = 30_000_000
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
_ROW_NUMBER = re.compile(rb'<row[^>]*? r="(\d+)"')
_FAR_COLUMN = re.compile(rb'<c r="[A-Z]{3}\d')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*t="e"')
_NO_VALUE = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>')
_HIDDEN_ROW = re.compile(rb'<row[^>]* hidden="(?:1|true)"')


def secured(name: str) -> UserError:
    """Return the refusal of a file under document security or a password."""
    return UserError(
        N_("{file} cannot be read; it seems to be under document security or a password."),
        hint=N_("Take the protection off and try again."),
        file=name,
    )


def read(book: Book, data: bytes) -> None:
    """Fill the book with a workbook's sheets; raises UserError when it cannot be read."""
    with opened(book.name, data) as workbook:
        if data.startswith(b"PK"):
            _check_sheets(book, data)
        _read_sheets(book, workbook)
    if data.startswith(b"PK"):
        percent.heed(book, data)


@contextmanager
def opened(name: str, data: bytes) -> Iterator[CalamineWorkbook]:
    """Open a workbook that passed the guards; raises UserError, also while it is read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if data.startswith(b"PK"):
        _check_archive(name, data)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise secured(name)
    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise secured(name) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _unreadable(name) from error


def _read_sheets(book: Book, workbook: CalamineWorkbook) -> None:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > _MOST_CELLS:
            raise _spread(book.name, meta.name)
        with _without_collecting():
            rows = [_plain_row(row) for row in sheet.to_python(skip_empty_area=False)]
        hidden = meta.visible != SheetVisibleEnum.Visible
        book.sheets.append(Sheet(meta.name, rows, hidden=hidden))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Make a million cells without looking for cycles among them, which takes as long again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _plain_row(row: Sequence[object]) -> list[object]:
    # A text or an ordinary number needs no call: the million of them is what takes the time.
    return [
        (cell or None)
        if type(cell) is str and not cell.isspace()
        else cell
        if type(cell) is float and cell - cell == 0
        else _plain(cell)
        for cell in row
    ]


def _plain(cell: object) -> object:
    if isinstance(cell, str | float):
        # Blanks alone, or no finite number.
        return None
    return str(cell) if isinstance(cell, dt.timedelta | dt.time) else cell


def _check_archive(name: str, data: bytes) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise _unreadable(name) from None
    with archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        manifest = b""
        if "META-INF/manifest.xml" in names:
            with suppress(*_DAMAGED):
                manifest = archive.read("META-INF/manifest.xml")
    if any(entry.flag_bits & 1 for entry in entries) or b":encryption-data" in manifest:
        raise secured(name)
    if names and not names & {"[Content_Types].xml", "content.xml"}:
        raise UserError(
            N_("{file} is an archive of other files."),
            hint=N_("Take the table out of it first."),
            file=name,
        )
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _SMALL and unpacked > _MOST_RATIO * len(data)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or swollen:
        raise UserError(
            N_("{file} unpacks to far more than a spreadsheet."),
            hint=N_("Get it anew from its publisher."),
            file=name,
        )


def _check_sheets(book: Book, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                _check_sheet(book, archive, entry)


def _check_sheet(book: Book, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Look at what calamine hides: cells far apart, error cells, formulas without a value."""
    try:
        xml = archive.read(entry)
    except _DAMAGED:
        raise _unreadable(book.name) from None
    part = entry.filename.rpartition("/")[2]
    # Rows stand in order; where they do not, the child's memory limit still holds.
    last = _ROW_NUMBER.search(xml, max(0, xml.rfind(b"<row")))
    if last and int(last[1]) * 26**2 > _MOST_CELLS and _FAR_COLUMN.search(xml):
        raise _spread(book.name, part)
    if errors := _ERROR_CELL.findall(xml) if b't="e"' in xml else []:
        book.remarks.append(
            remark(
                N_("{part}: {count} error cells are read as missing, the first in {cell}."),
                part=part,
                count=len(errors),
                cell=errors[0].decode(),
            )
        )
    if empty := _NO_VALUE.findall(xml) if b"<f" in xml else []:
        book.remarks.append(
            remark(
                N_("{part}: {count} formulas have no stored value, the first in {cell}."),
                part=part,
                count=len(empty),
                cell=empty[0].decode(),
            )
        )
    if hidden := len(_HIDDEN_ROW.findall(xml)) if b' hidden="' in xml else 0:
        book.remarks.append(
            remark(N_("{part}: {count} hidden rows are read too."), part=part, count=hidden)
        )


def _spread(name: str, sheet: str) -> UserError:
    return UserError(
        N_("{file}: the cells of sheet {sheet} are too far apart or too many."),
        hint=N_("Delete the empty rows and columns and save it again."),
        file=name,
        sheet=sheet,
    )


def _unreadable(name: str) -> UserError:
    return UserError(
        N_("{file} is damaged or not a workbook."),
        hint=N_("Download it again."),
        file=name,
    )
