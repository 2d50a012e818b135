"""Text files: which encoding, which separator, which fields."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.model import Book, Sheet, remark
from gwangju_desktop.text import N_

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KOREAN = re.compile(r"[가-힣一-鿿豈-﫿]")
_INSIDE_A_WORD = re.compile(r"[A-Za-z][^\x00-\x7f](?:[A-Za-z]|(?=[ ,\r\n]))")
_SEPARATORS = ",\t;|"


def decode(book: Book, data: bytes, encoding: str = "") -> str:
    """Return the text: byte order mark, then UTF-16 by its NULs, strict UTF-8, strict CP949.

    CP949 accepts most bytes of Western encodings, so its text must look Korean too, unless
    `encoding` was chosen. Raises UserError with the place of the first byte that fits neither.
    """
    ladder = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "cp949"]
    if encoding:
        ladder = [encoding]
    elif len(ladder) > 1 and data[:400].count(0) > 100:
        little = data[1:400:2].count(0) > data[0:400:2].count(0)
        ladder = ["utf-16-le" if little else "utf-16-be"]
    at = 0
    for name in ladder:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            at = max(at, error.start)
            continue
        book.encoding = name
        odd = not_korean(text) if name == "cp949" and not encoding else None
        if odd:
            raise UserError(
                N_("{file} is not Korean text: line {line} reads '{sample}'."),
                hint=_SAVE_AS_UTF8,
                file=book.name,
                line=text[: text.index(odd)].count("\n") + 1,
                sample=odd,
            )
        return text
    raise UserError(
        N_("{file} is neither UTF-8 nor CP949 text: line {line}, byte {byte}."),
        hint=_SAVE_AS_UTF8,
        file=book.name,
        line=data[:at].count(b"\n") + 1,
        byte=at,
    )


_SAVE_AS_UTF8 = N_("Save it as UTF-8 in the program it came from.")


def read(book: Book, data: bytes, encoding: str = "") -> None:
    """Fill the book with the one sheet of a text file."""
    text = decode(book, data, encoding)
    if "\x00" in text:
        raise UserError(
            N_("{file} holds characters no text has: line {line}."),
            hint=N_("Download it again."),
            file=book.name,
            line=text[: text.index("\x00")].count("\n") + 1,
        )
    lines = [line for line in text[:65536].splitlines()[:40] if line.strip()]
    separator = max(_SEPARATORS, key=lambda mark: _fit(lines, mark))
    rows: list[list[object]] = []
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    try:
        rows.extend([cell if cell.strip() else None for cell in row] for row in reader)
    except csv.Error:
        raise UserError(
            N_("{file}: a quotation mark is misplaced or not closed near line {line}."),
            hint=N_("Save the file again in a spreadsheet program."),
            file=book.name,
            line=reader.line_num,
        ) from None
    if separator != ",":
        book.remarks.append(
            remark(N_("Fields are separated by '{mark}'."), mark=separator.replace("\t", "Tab"))
        )
    book.sheets = [Sheet("csv", rows, named=False)]


def _fit(lines: list[str], separator: str) -> tuple[float, int]:
    """How many of the lines share the commonest number of fields, and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    return (times / len(lines) if width > 1 else 0.0), width


def not_korean(text: str) -> str | None:
    """Return a sample of what gives Western bytes away that CP949 accepted.

    Such bytes become rare syllables, outside the 2,350 of KS X 1001, or one Hangul inside a
    Latin word. Python's euc-kr writes rare syllables as eight bytes, so two is the test.
    """
    korean = _KOREAN.findall(text)
    odd = _INSIDE_A_WORD.findall(text)
    rare = [one for one in korean if len(one.encode("euc-kr", "ignore")) != 2]
    if korean and len(odd) + len(rare) > 0.2 * len(korean):
        return str((odd or rare)[0])
    return None
