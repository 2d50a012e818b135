"""One cell: the text a person reads in it, the number it holds, the mark that stands for none."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# As many distinct cells as a file of 100,000 rows may hold; a smaller cache only thrashes.
_REMEMBERED = 1 << 18

_FOOTNOTE = re.compile(r"(?:\s*\d{1,2}\)|\s*[*†‡]+|\s*\(주\d*\))+$")
# 합계 주1), but not 광 주 1): a word of two syllables at least stands before.
_NOTE_WORD = re.compile(r"(?<=\S\S) 주$")
_MISSING = {
    "-": "dash",
    "--": "dash",
    "…": "dash",
    "...": "dash",
    ".": "dash",
    "x": "withheld",
    "미공표": "withheld",
    "na": "na",
    "n/a": "na",
    "#n/a": "na",
    "null": "na",
    "nan": "na",
    "해당없음": "na",
    "자료없음": "na",
}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－─ㅡ", "-"))
_NUMBER = re.compile(
    r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?|[-+]?\.\d+", re.ASCII
)
# What a person reads as a number and a program may read as two: '1 234', '1.234,5', '1만', '약 100'.
_NEARLY = re.compile(
    r"(?:약|대략|±|[~≒<>≤≥₩$\\'(])?\s*[-+]?\d"
    r"(?:[\d.,'’_ ]*\s*(?:[만천백억조여]+|천만|[)*+])?|[\d ]*[.,][\d.,]*\s*[A-Za-z가-힣%㎥]{1,4})"
    r"|#[a-z/0]+[!?]?|[-+]?∞",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\s*\(?(p|e|r|ⓟ|잠정|추정|확정)\)?$", re.IGNORECASE)
_STATUSES = {
    "p": "provisional",
    "ⓟ": "provisional",
    "잠정": "provisional",
    "e": "estimated",
    "추정": "estimated",
    "r": "final",
    "확정": "final",
}
_TOTAL = re.compile(
    r"(?:전국|전체|총|합|소|누|중|지방|수도권|[가-힣A-Z]+용|[가-힣]*업|[가-힣]*부문)?(?:합계|총계|계)"
    r"|전체|총합|연간|년간|연계|년계|(?:sub|grand)?total|sum|.+\(계\)|.+\(?(?:합계|소계|총계)\)?",
    re.IGNORECASE,
)
_PURE_TOTAL = re.compile(
    r"합계|총계|계|소계|총합계|전체|합|총|연간|년간|연계|년계|연간합계|(?:grand|sub)?total|sum",
    re.IGNORECASE,
)
# Words that end in 계 and sum nothing.
_NOT_TOTALS = ("기계", "설계", "통계", "시계", "기타기계", "산업기계")


class Number(NamedTuple):
    """A number, or why there is none: blank, dash, withheld, na."""

    value: float | None
    missing: str | None = None
    status: str | None = None


@lru_cache(_REMEMBERED)
def tidy(cell: object) -> str:
    """Return what a person reads in a cell: NFKC, single blanks, no footnote mark."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    text = str(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    text = " ".join(text.split())
    if text[-1:].isdigit():
        return text
    note = _FOOTNOTE.search(text)
    if note is None or text.count("(", 0, note.start()) > text.count(")", 0, note.start()):
        # 판매량(천m3) ends in a unit, not in a footnote.
        return text
    return _NOTE_WORD.sub("", text[: note.start()]) or text


@lru_cache(_REMEMBERED)
def key(cell: object) -> str:
    """Return a label for comparing: '광  주' is '광주', '심 야' is '심야'."""
    return tidy(cell).replace(" ", "").replace("·", "").casefold()


@lru_cache(_REMEMBERED)
def number(cell: object) -> Number | None:
    """Return a number or a missing mark, or None when the cell is neither."""
    if cell is None:
        return Number(None, "blank")
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Number(float(cell)) if math.isfinite(cell) else None
    return _number_in(cell) if isinstance(cell, str) else None


def is_nearly_number(cell: object) -> bool:
    """Say whether a text means a number but is none that can be read for certain."""
    return isinstance(cell, str) and number(cell) is None and bool(_NEARLY.fullmatch(tidy(cell)))


@lru_cache(_REMEMBERED)
def is_total(cell: object) -> bool:
    """Say whether a label claims to be a sum."""
    text = key(cell)
    return bool(text) and text not in _NOT_TOTALS and bool(_TOTAL.fullmatch(text))


def is_pure_total(cell: object) -> bool:
    """Say whether a label says nothing but 'total'."""
    return bool(_PURE_TOTAL.fullmatch(key(cell)))


def split_status(text: str) -> tuple[str, str | None]:
    """Take a status mark such as '(p)' or '잠정' off the end of a text."""
    if text[-1:].isdigit():
        return text, None
    found = _STATUS.search(text)
    if found and found.start():
        return text[: found.start()].strip(), _STATUSES[found[1].casefold()]
    return text, None


def _number_in(cell: str) -> Number | None:
    if cell.isascii() and cell.isdigit() and len(cell) < 16:
        return Number(float(cell))
    plain = unicodedata.normalize("NFKC", cell).translate(_DASHES)
    text = " ".join(plain.split())
    if not text:
        return Number(None, "blank")
    if mark := _MISSING.get(text.casefold().replace(" ", "")):
        return Number(None, mark)
    text, status = split_status(text)
    sign = 1.0
    if text[:1] in ("△", "▲") and len(text) > 1:
        sign = -1.0
        text = text[1:].strip()
    elif text.startswith("(") and text.endswith(")"):
        sign = -1.0
        text = text[1:-1].strip()
    text = text.rstrip("%").strip()
    if text[:1] in ("+", "-"):
        text = text.replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return None
    value = sign * float(text.replace(",", ""))
    return Number(value, None, status) if math.isfinite(value) else None
