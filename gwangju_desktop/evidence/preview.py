"""What can be seen of an evidence file without opening it: its pages, its words, or its facts.

Foreign pages and pictures are read in child processes; nothing of a file is run or followed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Damaged
from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.evidence.intake import MEGABYTE
from gwangju_desktop.forms import writable
from gwangju_desktop.packs import preview
from gwangju_desktop.papers.kinds import HEAD_BYTES, Kind, kind_of, suffix

if TYPE_CHECKING:
    from db.papers import Papers

# A larger file is opened in its own program; looking at one must not take seconds.
LARGEST = 50 * MEGABYTE
TEXT_BYTES = 64 * 1024
_HTML = (".html", ".htm")
_SECONDS = 20.0
_MEMORY_MB = 700
_OUTPUT_MB = 64
# Tried in turn; the second is what Korean programs of Windows write.
_ENCODINGS = ("utf-8-sig", "cp949")


class Shows(StrEnum):
    """What there is to see of a file."""

    PAGES = "pages"
    TEXT = "text"
    FACTS = "facts"
    LARGE = "large"
    UNREAD = "unread"
    BROKEN = "broken"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be seen: a PDF of `count` pages, or the beginning of its words (`cut` if more)."""

    shows: Shows
    file: Path | None = None
    count: int = 0
    text: str = ""
    cut: bool = False


def look(
    papers: Papers,
    *,
    sha256: str,
    name: str,
    size: int,
    folder: Path,
    cancelled: Callable[[], bool] | None = None,
) -> Look:
    """Return what is to be seen of a stored file; a picture becomes a PDF in `folder`.

    Raises Cancelled when `cancelled()` turns true.
    """
    if size > LARGEST:
        return Look(Shows.LARGE)
    try:
        path = papers.path(sha256)
        with path.open("rb") as file:
            head = file.read(TEXT_BYTES + 1)
    except FileNotFoundError:
        return Look(Shows.MISSING)
    except (Damaged, OSError):
        return Look(Shows.BROKEN)
    kind = kind_of(name, head[:HEAD_BYTES])
    if kind in (Kind.PDF, Kind.PICTURE):
        return _pages(path, kind, folder, cancelled)
    if kind == Kind.OTHER:
        text = _text(head[:TEXT_BYTES], size > TEXT_BYTES)
        if text is not None:
            if suffix(name) in _HTML:
                text = words_of_page(text)
            return Look(Shows.TEXT, text=writable(text), cut=size > TEXT_BYTES)
    return Look(Shows.FACTS)


def _pages(path: Path, kind: Kind, folder: Path, cancelled: Callable[[], bool] | None) -> Look:
    try:
        if kind == Kind.PICTURE:
            asked = {"source": str(path), "folder": str(folder), "picture": True, "password": ""}
            told = child.run(
                "paper.intake",
                asked,
                seconds=_SECONDS,
                memory_mb=_MEMORY_MB,
                output_mb=_OUTPUT_MB,
                cancelled=cancelled,
            )
            if "why" in told:
                return Look(Shows.UNREAD)
            path = Path(told["clean"])
        shown = preview.pictures(path, (), width=1, folder=folder, cancelled=cancelled)
    except child.ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from failure
        return Look(Shows.UNREAD)
    return Look(Shows.PAGES, path, shown.count)


def _text(head: bytes, more: bool) -> str | None:
    """Return bytes as text; None for what is none."""
    if b"\0" in head:
        return None
    for encoding in _ENCODINGS:
        # A cut may fall inside a character: up to three bytes are left out then.
        for less in range(4 if more else 1):
            try:
                return head[: len(head) - less].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


class _Words(HTMLParser):
    """Collects what a page says: no scripts, no styles, a line for each block."""

    _SILENT = frozenset(("script", "style", "head", "template", "noscript"))
    _INLINE = frozenset(("a", "b", "i", "em", "strong", "span", "u", "small", "sup", "sub", "font"))

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag not in self._INLINE:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag not in self._INLINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1] += data


def words_of_page(page: str) -> str:
    """Return what a saved web page says, without its markup."""
    reader = _Words()
    reader.feed(page)
    lines = (" ".join(line.split()) for line in reader.lines)
    return "\n".join(line for line in lines if line)
