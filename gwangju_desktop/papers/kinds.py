"""What a file is, told by its first bytes and its suffix; the name alone is believed by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePath

from gwangju_desktop.papers import wrapped
from gwangju_desktop.text import C_, Msg

HEAD_BYTES = 4096


class Kind(StrEnum):
    """What is done with a file: bound, kept until its PDF comes, or refused."""

    PDF = "pdf"
    PICTURE = "picture"
    DOCUMENT = "document"
    LOCKED = "locked"
    OTHER = "other"


# Compound files of Microsoft, also what Office makes of a document with a password.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HANGUL_3 = b"HWP Document File"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_PDF_WITHIN = 1024

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_HEADS_OF = {
    ".hwp": (_COMPOUND, _HANGUL_3),
    ".hwpx": (_ZIP,),
    ".docx": (_ZIP, _COMPOUND),
    ".xlsx": (_ZIP, _COMPOUND),
    ".pptx": (_ZIP, _COMPOUND),
    ".doc": (_COMPOUND,),
    ".xls": (_COMPOUND,),
    ".ppt": (_COMPOUND,),
    ".odt": (_ZIP,),
    ".ods": (_ZIP,),
}
DOCUMENTS = tuple(_HEADS_OF)
TAKEN = (".pdf", *DOCUMENTS, *PICTURES)
# What LibreOffice lays out well enough to put before a committee.
CONVERTED = (".docx", ".xlsx", ".odt", ".ods")

_OWN = C_("open in", "Open in its own program")
_PROGRAMS: dict[str, Msg] = {
    ".hwp": C_("open in", "Open in Hangul"),
    ".hwpx": C_("open in", "Open in Hangul"),
    ".doc": C_("open in", "Open in Word"),
    ".docx": C_("open in", "Open in Word"),
    ".xls": C_("open in", "Open in Excel"),
    ".xlsx": C_("open in", "Open in Excel"),
    ".ppt": C_("open in", "Open in PowerPoint"),
    ".pptx": C_("open in", "Open in PowerPoint"),
    ".pdf": C_("open in", "Open the PDF"),
}


def suffix(name: str) -> str:
    """Return a file name's suffix in small letters."""
    return PurePath(name).suffix.casefold()


def kind_of(name: str, head: bytes, heads: Sequence[str] = wrapped.HEADS) -> Kind:
    """Tell what a file is by its name and its first HEAD_BYTES bytes."""
    if wrapped.locked(head, heads):
        return Kind.LOCKED
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Kind.PDF
    if head.startswith(_PICTURES):
        return Kind.PICTURE
    if head.startswith(_HEADS_OF.get(suffix(name), ())):
        return Kind.DOCUMENT
    if suffix(name) in TAKEN and wrapped.looks_random(head):
        return Kind.LOCKED
    return Kind.OTHER


def opened_in(name: str) -> Msg:
    """Return what a button says that opens such a file in its own program."""
    return _PROGRAMS.get(suffix(name), _OWN)
