"""A file's bytes to sheets of plain cells; the magic decides what it is, never the name."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import text, web, workbook
from gwangju_desktop.sheets.model import Book, Sheet, remark
from gwangju_desktop.text import N_

MAX_BYTES = 200 << 20
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# PDF, SQLite, PNG, JPEG, gzip.
_OTHER_FILES = (b"%PDF", b"SQLite format 3", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
# Marks of document security programs in the first bytes; from memory, no sample was at hand.
_SECURED = (b"DRMONE", b"SCDSA", b"NASCA DRM", b"<DOCUMENT SAFER", b"Fasoo", b"MarkAny")
_WEB_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<table|<\?xml|<meta|<head)", re.IGNORECASE
)
_EXCEL_2003_XML = "urn:schemas-microsoft-com:office:spreadsheet"


def read(path: Path, encoding: str = "") -> Book:
    """Return a file's sheets; `encoding` is that of a text file, where it is known.

    Raises UserError naming the file when it is too large, empty, secured, damaged or no table.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UserError(
            N_("{file} is larger than {limit} MB."),
            hint=N_("Split it into smaller files."),
            file=path.name,
            limit=MAX_BYTES >> 20,
        )
    data = path.read_bytes()
    if not data.strip(b"\x00\r\n\t ,"):
        raise UserError(N_("{file} is empty."), hint=N_("Download it again."), file=path.name)
    book = Book(path.name, hashlib.sha256(data).hexdigest())
    _fill(book, data, encoding)
    if not any(cell is not None for sheet in book.sheets for row in sheet.rows for cell in row):
        raise UserError(
            N_("{file} has no filled cells."), hint=N_("Download it again."), file=path.name
        )
    return book


def _fill(book: Book, data: bytes, encoding: str) -> None:
    head = data[:256]
    if data.startswith((_ZIP, _OLE)):
        book.form = "workbook"
        workbook.read(book, data)
    elif data.startswith(_OTHER_FILES):
        raise UserError(
            N_("{file} is not a spreadsheet."),
            hint=N_("Choose an .xlsx, .xls or .csv file."),
            file=book.name,
        )
    elif any(mark in head for mark in _SECURED) or _looks_encrypted(data):
        raise workbook.secured(book.name)
    elif _WEB_PAGE.match(head):
        book.form = "web"
        page = text.decode(book, data)
        if _EXCEL_2003_XML in page[:2000]:
            raise UserError(
                N_("{file} is in the XML form of Excel 2003."),
                hint=N_("Open it in a spreadsheet program and save it as .xlsx."),
                file=book.name,
            )
        book.remarks.append(remark(N_("This is a web page with a spreadsheet's name.")))
        book.sheets = [Sheet(str(place + 1), rows) for place, rows in enumerate(web.tables(page))]
    else:
        book.form = "csv"
        text.read(book, data, encoding)


def _looks_encrypted(data: bytes) -> bool:
    """Text holds almost no control bytes and UTF-16 mostly NULs; ciphertext holds all of them."""
    sample = data[:65536]
    counts = Counter(sample)
    control = sum(times for byte, times in counts.items() if byte < 9 or 13 < byte < 32)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or counts[0] >= 0.2 * len(sample):
        return False
    return control > 0.04 * len(sample)
