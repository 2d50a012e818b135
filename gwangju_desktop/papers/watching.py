"""The PDF that a person saves beside a document, found in the folder of this PC they chose.

A PDF is taken once it is whole (its end is written), at rest (the same at two looks) and no older
than the document it was made from; file systems differ in the case of letters and in how they
spell Hangul, so stems are compared without either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

_HEAD, _TAIL = 1024, 2048
# FAT keeps times in steps of two seconds.
_SLACK = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits for its PDF; `modified` is when its document was saved, in seconds."""

    paper_id: int
    name: str
    modified: int


def stem_of(name: str) -> str:
    """Return a file's stem as it is compared: NFC, without case, blanks at the ends."""
    return unicodedata.normalize("NFC", PurePath(name).stem).casefold().strip()


def whole(path: Path) -> bool:
    """Say whether a PDF has been written to its end; False for one another program still holds."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except OSError:
        return False
    return b"%PDF-" in head and b"%%EOF" in tail


class Watch:
    """Looks into a folder again and again; remembers what it saw and what it gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[Path, tuple[int, int]] = {}
        self._given: set[tuple[int, Path, int, int]] = set()

    def look(self, waiting: Iterable[Waiting]) -> list[tuple[int, Path]]:
        """Return the papers whose PDF has come since, each with the newest one; given only once.

        A folder that is gone (a stick pulled out) is an empty one.
        """
        now = self._pdfs()
        rested = {path for path, state in now.items() if self._seen.get(path) == state}
        self._seen = now
        found = []
        for paper in waiting:
            fitting = [
                path
                for path in rested
                if stem_of(path.name) == stem_of(paper.name)
                and now[path][0] // 1_000_000_000 + _SLACK >= paper.modified
                and (paper.paper_id, path, *now[path]) not in self._given
            ]
            newest = max(fitting, key=lambda path: now[path], default=None)
            if newest is not None and whole(newest):
                self._given.add((paper.paper_id, newest, *now[newest]))
                found.append((paper.paper_id, newest))
        return found

    def _pdfs(self) -> dict[Path, tuple[int, int]]:
        """Return when each PDF of the folder was written, in nanoseconds, and its size."""
        found = {}
        try:
            for path in self.folder.iterdir():
                if path.suffix.casefold() == ".pdf" and path.is_file():
                    state = path.stat()
                    found[path] = (state.st_mtime_ns, state.st_size)
        except OSError:
            return found
        return found
