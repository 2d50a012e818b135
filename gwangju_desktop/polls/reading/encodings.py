"""Which encoding a text file of answers is in, and what each would make of its odd characters.

CP949 turns nearly any bytes into Hangul without an error, so that bytes of a Western program
become wrong syllables that no one notices. Where that may have happened both readings are shown
and the person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.guards import letters
from gwangju_desktop.sheets.text import not_korean
from gwangju_desktop.text import N_

# In the order in which they are offered.
OFFERED = ("utf-8", "cp949", "mac_roman", "cp1252", "utf-16")
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp949": "CP949",
    "mac_roman": "Mac Roman",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_MOST_DOUBTS = 20
_AROUND = 20
# What only Windows puts there: quotes, dashes and dots, and letters with accents.
_WINDOWS = frozenset((0x80, 0x82, *range(0x84, 0x88), *range(0x91, 0x98), *range(0xE0, 0x100)))
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def guess(data: bytes) -> str:
    """Return the encoding of a text, "" where the usual way of finding it out is enough."""
    if data.startswith(_MARKS) or data[:400].count(0) > 100 or _decodes(data, "utf-8"):
        return ""
    if _decodes(data, "cp949") and not not_korean(data.decode("cp949")):
        return ""
    return _western(data)


def check(name: str, data: bytes, encoding: str) -> None:
    """Raise UserError with the place of the first byte that a chosen encoding does not know."""
    if encoding not in NAMES:
        raise UserError(
            N_("There is no encoding {encoding}."),
            hint=N_("Choose one of {known}."),
            encoding=encoding,
            known=", ".join(OFFERED),
        )
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            N_("{file} is no {encoding} text: line {line}."),
            hint=N_("Choose another encoding."),
            file=name,
            encoding=NAMES[encoding],
            line=data[: error.start].count(b"\n") + 1,
        ) from None


def fitting(data: bytes) -> list[str]:
    """Return the encodings that read a text without an error."""
    return [name for name in OFFERED if (name != "utf-16" or 0 in data) and _decodes(data, name)]


def doubts(
    rows: Sequence[Sequence[object]], encoding: str, others: Sequence[str]
) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Return the first cells on which encodings differ: row, column, what each reads."""
    found: list[tuple[int, str, list[tuple[str, str]]]] = []
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if not isinstance(cell, str) or cell.isascii():
                continue
            if readings := _readings(cell, encoding, others):
                found.append((row, letters(column), readings))
                if len(found) == _MOST_DOUBTS:
                    return found
    return found


def _readings(cell: str, encoding: str, others: Sequence[str]) -> list[tuple[str, str]]:
    at = next(place for place, character in enumerate(cell) if not character.isascii())
    part = cell[max(0, at - _AROUND) : at + _AROUND]
    data = part.encode(encoding, "ignore")
    told = [(encoding, part)]
    for other in others:
        # Half a character may stand at the cut.
        text = data.decode(other, "ignore")
        if other != encoding and text != part:
            told.append((other, text))
    return told if len(told) > 1 else []


def _western(data: bytes) -> str:
    """Tell Windows from the Macintosh by which of their letters the bytes are."""
    high = [byte for byte in data if byte > 127]
    windows = sum(byte in _WINDOWS for byte in high)
    if not _decodes(data, "cp1252"):
        return "mac_roman"
    return "cp1252" if windows > 0.5 * len(high) else "mac_roman"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
