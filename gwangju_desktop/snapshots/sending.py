"""Send a snapshot where mail or a gateway refuses its name or its size: as .zip, and in parts.

The bytes stay what they are: the .zip is the snapshot under another name, and the parts put one
after another are that .zip again. Both open here as they are; nobody has to join them first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from db.files import atomic_write
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import container, trouble
from gwangju_desktop.text import N_, Msg, words

Progress = Callable[[int, int, Msg], None]

SUFFIX = ".zip"
MEGABYTE = 1024 * 1024
# So many names fit into one line of Windows' command prompt.
MOST_PARTS = 99

_PART_NAME = re.compile(r"(.+)\.(\d{3})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written: the files to send in order, and the text that says how to join them.

    `note` is None where there is one file; `bytes` count the snapshot.
    """

    files: tuple[Path, ...]
    note: Path | None
    bytes: int

    def as_json(self) -> dict[str, object]:
        """Return the facts the command line prints."""
        return {
            "files": [str(path) for path in self.files],
            "note": str(self.note) if self.note else None,
            "bytes": self.bytes,
        }


def save_for_sending(
    path: Path,
    folder: Path,
    *,
    part_mb: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Sent:
    """Write a snapshot into `folder` as .zip, or in parts of at most `part_mb` megabytes.

    A snapshot that fits into one part is one .zip. Files of those names are replaced, each whole or
    not at all, and later parts of an earlier sending removed: they would be joined too. Raises
    UserError for a part size that cannot be, for what is no ordinary file and for a folder in which
    the snapshot itself would be replaced, FileNotFoundError for a folder that is not there,
    Cancelled when stopped.
    """
    if not folder.is_dir():
        raise FileNotFoundError(str(folder))
    try:
        opened = container.open_regular(path)
    except ValueError:
        raise trouble.not_a_snapshot(path.name) from None
    with opened as file:
        size = file.seek(0, 2)
        file.seek(0)
        most = size if part_mb is None else part_mb * MEGABYTE
        count = _count(size, most)
        names = [path.stem + SUFFIX]
        if count > 1:
            names = [f"{path.stem}{SUFFIX}.{n:03}" for n in range(1, count + 1)]
        if any((folder / name).exists() and (folder / name).samefile(path) for name in names):
            raise UserError(
                N_("{file} would be written over itself. Choose another folder."), file=path.name
            )
        copied = _Copied(size, progress, cancelled)
        for name in names:
            with atomic_write(folder / name) as part:
                copied.copy(file, part, most)
    note = None
    if count > 1:
        _remove_later_parts(folder, path.stem + SUFFIX, count)
        note = folder / f"{path.stem}{SUFFIX}.txt"
        with atomic_write(note) as text:
            # Notepad of older Windows reads UTF-8 by its mark alone, and wants CR LF.
            text.write(_note(path.stem + SUFFIX, names).replace("\n", "\r\n").encode("utf-8-sig"))
    return Sent(tuple(folder / name for name in names), note, size)


def joining_commands(whole: str, names: list[str]) -> tuple[str, str]:
    """Return the one line that joins parts, for Windows' command prompt and for Linux."""
    quoted = "+".join(f'"{name}"' for name in names)
    return f'copy /b {quoted} "{whole}"', f"cat {' '.join(map(_shell, names))} > {_shell(whole)}"


def open_whole(path: Path, most: int = container.SNAPSHOT.bytes) -> BinaryIO:
    """Open a snapshot, or the first of its parts with all that follow, to be read from its start.

    Raises ValueError for what is no ordinary file or larger than `most`, and OSError.
    """
    match = _PART_NAME.fullmatch(path.name)
    if match is None or match.group(2) != "001":
        return container.open_regular(path, most)
    with ExitStack() as held:
        files, size = [], 0
        for n in range(1, MOST_PARTS + 1):
            part = path.with_name(f"{match.group(1)}.{n:03}")
            if n > 1 and not part.exists():
                break
            files.append(held.enter_context(container.open_regular(part, most - size)))
            size += files[-1].seek(0, 2)
        held.pop_all()
        return io.BufferedReader(_Joined(files, size), container.CHUNK)


def whole_size(path: Path) -> int:
    """Return the bytes of a snapshot, of all its parts where it lies in parts."""
    with open_whole(path) as file:
        return file.seek(0, 2)


class _Joined(io.RawIOBase):
    """Files read one after another as if they were one."""

    def __init__(self, files: list[BinaryIO], size: int) -> None:
        self.files, self.size = files, size
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to the start or the end; nobody goes elsewhere."""
        if offset or whence not in (0, 2):
            raise io.UnsupportedOperation("seek")
        for file in self.files:
            file.seek(0, whence)
        self.now = 0 if whence == 0 else len(self.files)
        self.at = 0 if whence == 0 else self.size
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: object) -> int:
        """Fill the buffer from the file whose turn it is."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while self.now < len(self.files):
            data = self.files[self.now].read(len(view))
            if data:
                view[: len(data)] = data
                self.at += len(data)
                return len(data)
            self.now += 1
        return 0

    def close(self) -> None:
        for file in self.files:
            file.close()
        super().close()


class _Copied:
    """Copy into one file after another, telling how far it is."""

    def __init__(
        self, size: int, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self.size, self.done = size, 0
        self.progress, self.cancelled = progress, cancelled

    def copy(self, source: BinaryIO, target: BinaryIO, most: int) -> None:
        """Copy the next `most` bytes, or what is left."""
        left = most
        while left and (chunk := source.read(min(left, container.CHUNK))):
            if self.cancelled and self.cancelled():
                raise Cancelled
            target.write(chunk)
            left -= len(chunk)
            self.done += len(chunk)
            if self.progress:
                self.progress(self.done, self.size, N_("Saving for sending"))


def _remove_later_parts(folder: Path, whole: str, count: int) -> None:
    for path in folder.iterdir():
        match = _PART_NAME.fullmatch(path.name)
        if match and match.group(1) == whole and int(match.group(2)) > count:
            path.unlink()


def _count(size: int, most: int) -> int:
    count = -(-size // most) if most > 0 else 0
    if not 1 <= count <= MOST_PARTS:
        raise UserError(
            N_("A snapshot of {size} MB cannot be sent in parts of that size."),
            hint=N_("Choose parts of at least 1 MB, and so that there are at most {most} of them."),
            size=-(-size // MEGABYTE),
            most=MOST_PARTS,
        )
    return count


def _note(whole: str, names: list[str]) -> str:
    windows, linux = joining_commands(whole, names)
    said = []
    for language in ("ko", "en"):
        say = words(language)
        said += [
            say(
                N_("{whole} was divided into {count} parts for sending: {first} to {last}."),
                whole=whole,
                count=len(names),
                first=names[0],
                last=names[-1],
            ),
            say(
                N_(
                    "The program opens the first part as it is, with the others in the same folder."
                    " To join them without the program, type in that folder:"
                )
            ),
            f"  Windows (cmd): {windows}",
            f"  Linux: {linux}",
            "",
        ]
    return "\n".join(said)


def _shell(name: str) -> str:
    return "'" + name.replace("'", "'\\''") + "'"
