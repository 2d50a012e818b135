"""The words of papers, evidence and enclosures: read once, so that a search finds what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from db import texts
from db.errors import DatabaseFault
from db.papers import Papers
from db.store import Store, usecase
from db.texts import Unread
from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.forms import writable
from gwangju_desktop.papers import extracting
from gwangju_desktop.papers.kinds import HEAD_BYTES, Kind, kind_of, suffix
from gwangju_desktop.text import N_

# A larger file is no paper anybody reads through; its name is searched as ever.
LARGEST = 50 * child.MEGABYTE
_PLAIN = (".txt", ".csv", ".md", ".html", ".htm", ".json", ".xml")
# Tried in turn; the second is what Korean programs of Windows write.
_ENCODINGS = ("utf-8-sig", "cp949")
_SECONDS = 30.0
_MEMORY_MB = 700
READING = N_("Reading the words of papers")


def unread(read: Session) -> list[Unread]:
    """List the stored files whose words are not known yet, the newest first."""
    return texts.unread(read)


@usecase("Read the words of files", aside=True)
def keep_texts(tx: Session, *, sha256: str, pages: Sequence[str]) -> int:
    """Keep the words of a file, by page; return how many pages have any."""
    return texts.put(tx, sha256, pages)


def words_of(
    papers: Papers, one: Unread, *, cancelled: Callable[[], bool] | None = None
) -> list[str] | None:
    """Return the words of a stored file by page, [] for one without; None where it is not there.

    Foreign files are read in a child. Raises Cancelled when `cancelled()` turns true.
    """
    if one.bytes > LARGEST:
        return []
    try:
        path = papers.path(one.sha256)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (DatabaseFault, OSError):
        return None
    kind = kind_of(one.name, head)
    if kind == Kind.OTHER and suffix(one.name) in _PLAIN:
        return [writable(part) for part in extracting.parts(_lines(path, suffix(one.name)))]
    if kind == Kind.PDF:
        return _asked(path, ".pdf", cancelled)
    if kind == Kind.DOCUMENT and suffix(one.name) in extracting.ZIPPED:
        return _asked(path, suffix(one.name), cancelled)
    return []


def read_files(
    store: Store,
    *,
    run: Callable[..., object] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Read the words of every file that nobody has read; return how many files were.

    Each is kept as soon as it was read. `run` takes a use case and its values, `store.run` by
    default. Raises Cancelled when `cancelled()` turns true; what was read stays.
    """
    keep = run or store.run
    with store.reading() as read:
        waiting = unread(read)
    done = 0
    for n, one in enumerate(waiting):
        if cancelled and cancelled():
            raise Cancelled
        if progress:
            progress(n, len(waiting), one.name)
        pages = words_of(store.papers, one, cancelled=cancelled)
        if pages is not None:
            keep(keep_texts, sha256=one.sha256, pages=pages)
            done += 1
    return done


def _asked(path: Path, kind: str, cancelled: Callable[[], bool] | None) -> list[str]:
    try:
        told = child.run(
            "paper.texts",
            {"file": str(path), "suffix": kind},
            seconds=_SECONDS,
            memory_mb=_MEMORY_MB,
            output_mb=1,
            cancelled=cancelled,
        )
    except child.ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from failure
        return []
    return [writable(text) for text in told["texts"]]


def _lines(path: Path, kind: str) -> list[str]:
    from gwangju_desktop.evidence.preview import words_of_page

    held = path.read_bytes()[: 4 * extracting.FILE]
    for encoding in _ENCODINGS:
        # A cut may fall inside a character.
        words = held.decode(encoding, "ignore" if len(held) == 4 * extracting.FILE else "replace")
        if "�" not in words:
            break
    words = words[: extracting.FILE]
    return (words_of_page(words) if kind in (".html", ".htm") else words).splitlines()
