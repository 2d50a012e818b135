"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from db.errors import Full, OverOffice, ReadOnly

# A virus scanner on Windows may hold a file for a moment after it is closed.
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)
# Seconds without a change after which what is half written is no longer being written.
LEFT = 3_600
# Characters of the name a temporary bears: with 3 bytes each they fit beside any other name.
_NAMED = 24


@contextlib.contextmanager
def atomic_write(
    target: Path, *, private: bool = False, lasting: bool = True
) -> Iterator[BinaryIO]:
    """Yield a binary file that takes `target`'s place once it is complete and on the disk.

    On any exception the old file stays as it was and nothing is left beside it. What is not
    `lasting` may be lost or empty after a power cut: for files by the thousand that can be made again.
    Raises Full or ReadOnly, naming `target`.
    """
    with (
        replacing(target, private=private, lasting=lasting) as temporary,
        temporary.open("r+b") as file,
    ):
        yield file
        file.flush()
        if lasting:
            os.fsync(file.fileno())


@contextlib.contextmanager
def replacing(target: Path, *, private: bool = False, lasting: bool = True) -> Iterator[Path]:
    """Yield the path of an empty file that takes `target`'s place when the block ends well.

    For writers that want a path and not a file. The same promises as `atomic_write`.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not private:
        spare_office(target)
    temporary: Path | None = None
    try:
        with blaming(target):
            handle, name = tempfile.mkstemp(prefix=f"{mark(target)}-", dir=target.parent)
            os.close(handle)
            temporary = Path(name)
            if not private:
                _share_like_others(temporary)
            yield temporary
            if lasting:
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
            whole = temporary
            patiently(lambda: whole.replace(target))
            temporary = None
            if lasting:
                sync_folder(target.parent)
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def spare_office(target: Path) -> None:
    """Raise OverOffice when `target` is an office: a slip of the hand would take all of it."""
    with contextlib.suppress(OSError), target.open("rb") as file:
        begins = file.read(72)
        if begins.startswith(b"SQLite format 3\0") and begins[68:] == OFFICE_MARK:
            raise OverOffice(str(target))


# The application id in an office's header (db.engine.APPLICATION_ID; sqlite.org/fileformat2, 1.3.).
OFFICE_MARK = b"GWOF"


def mark(target: Path) -> str:
    """Return how the names of what is half written for `target` begin."""
    return f".writing-{target.name[:_NAMED]}"


def sweep(folder: Path, mark: str) -> None:
    """Remove what a killed program left half written in `folder` under names that begin so.

    What changed within the hour stays: somebody may be writing it.
    """
    with contextlib.suppress(OSError):
        for found in list(os.scandir(folder)):
            if found.name.startswith(mark):
                _remove_left(found)


def _remove_left(found: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        whole = found.is_dir(follow_symlinks=False)
        inside = Path(found.path).rglob("*") if whole else ()
        stats = [found.stat(follow_symlinks=False), *(path.lstat() for path in inside)]
        if time.time() - max(stat.st_mtime for stat in stats) < LEFT:
            return
        if whole:
            shutil.rmtree(found.path)
        else:
            Path(found.path).unlink()


@contextlib.contextmanager
def blaming(target: Path) -> Iterator[None]:
    """Turn the system's refusals about a file into Full or ReadOnly, naming the file."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Full(str(target)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ReadOnly(str(target)) from error
        raise


def patiently(act: Callable[[], object]) -> None:
    """Do `act`, trying again for a second and a half while another program holds the file."""
    for pause in PATIENCE:
        try:
            act()
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
    act()


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; its name survives a power cut as what is put into it does."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _share_like_others(path: Path) -> None:
    """Give a temporary file the rights a plain new file would have; mkstemp makes it private."""
    if os.name != "nt":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)
