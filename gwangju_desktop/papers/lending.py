"""A read-only copy of a stored paper under its own name, for the program that can show it.

Files in the store have no suffix, so no program knows them; and what a program changes in a copy
must not look as if it were kept. Copies lie in the person's own folder until the next day.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import time
from pathlib import Path

from db.files import atomic_write
from db.papers import Papers
from gwangju_desktop.errors import UserError
from gwangju_desktop.papers.kinds import TAKEN, suffix
from gwangju_desktop.paths import person_folder
from gwangju_desktop.text import N_

FOLDER = "opened"
_KEPT_SECONDS = 24 * 60 * 60
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
# Windows takes these for devices, whatever follows the dot.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_MOST_BYTES = 150


def lend(papers: Papers, *, sha256: str, name: str) -> Path:
    """Write a read-only copy and return it.

    Raises UserError for a kind of file that is not opened, FileNotFoundError, Damaged, Full.
    """
    if suffix(name) not in TAKEN:
        raise UserError(
            N_("{name} is of a kind that is not opened from here."),
            hint=N_("Ask who sent it for a PDF."),
            name=name,
        )
    root = person_folder() / FOLDER
    root.mkdir(mode=0o700, exist_ok=True)
    clear()
    folder = root / sha256[:16]
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / safe_name(name)
    if copy.exists() and copy.stat().st_size == papers.path(sha256).stat().st_size:
        return copy
    _drop(copy)
    with papers.path(sha256).open("rb") as source, atomic_write(copy, private=True) as out:
        shutil.copyfileobj(source, out, 1024 * 1024)
    copy.chmod(stat.S_IREAD)
    return copy


def safe_name(name: str) -> str:
    """Return a name that Windows and others take: no folders, no devices, not too long."""
    end = suffix(name)
    stem = name[: len(name) - len(end)] if end else name
    stem = "".join(c for c in stem.translate(_FORBIDDEN) if c.isprintable()).strip(" .")
    while len(stem.encode()) > _MOST_BYTES:
        stem = stem[:-1]
    if not stem or stem.split(".")[0].rstrip().casefold() in _DEVICES:
        stem = f"_{stem}"
    return stem.rstrip(" .") + end


def clear() -> None:
    """Drop copies of yesterday; one that a program still holds stays for another day."""
    before = time.time() - _KEPT_SECONDS
    root = person_folder() / FOLDER
    for folder in root.iterdir() if root.exists() else ():
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < before:
                for copy in folder.iterdir():
                    _drop(copy)
                folder.rmdir()


def _drop(copy: Path) -> None:
    if copy.exists():
        # Windows deletes no read-only file.
        copy.chmod(stat.S_IREAD | stat.S_IWRITE)
        copy.unlink()
