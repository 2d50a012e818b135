"""Evidence on its way in: a file of any kind, kept as it came, read in parts and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from db.papers import Papers

MEGABYTE = 1024 * 1024
LARGEST = 500 * MEGABYTE
# Bytes done, bytes in all, the file's name.
Progress = Callable[[int, int, str], None]
_CANNOT = N_("{name} cannot be opened.")
_CHECK = N_("Close it in other programs and check that you may read it.")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file in the store: what add_evidence takes of it."""

    sha256: str
    name: str
    bytes: int


def take_in(
    papers: Papers,
    path: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FileFacts:
    """Keep a file in the office's file store, a megabyte of it in memory at a time.

    A file that is kept already and whose bytes were damaged since is whole again afterwards. Raises
    UserError for a file that is empty, larger than LARGEST or cannot be opened, Full, and Cancelled
    when `cancelled()` turns true; nothing of it is kept then.
    """
    called = name or path.name
    try:
        if not path.is_file():
            raise OSError(f"{called} is no regular file")
        size = path.stat().st_size
        _refuse(called, size)
        done = 0

        def told(read: int) -> None:
            nonlocal done
            done += read
            # A file that grows while it is read is refused as one that was too large before.
            _refuse(called, done)
            if cancelled and cancelled():
                raise Cancelled
            if progress:
                progress(min(done, size), size, called)

        digest, kept = papers.put_large(path, told)
    except OSError as error:
        raise UserError(_CANNOT, hint=_CHECK, name=called) from error
    _refuse(called, kept)
    return FileFacts(digest, called, kept)


def _refuse(name: str, size: int) -> None:
    if not size:
        raise UserError(
            N_("{name} is empty (0 bytes); an empty file proves nothing."),
            hint=N_("Save or download it again and add that."),
            name=name,
        )
    if size > LARGEST:
        raise UserError(
            N_("{name} is larger than {limit} MB."),
            hint=N_("Add the part of it that proves the claim."),
            name=name,
            limit=LARGEST // MEGABYTE,
        )
