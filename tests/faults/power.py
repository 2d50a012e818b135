"""A power cut at any moment: what was asked of the disk is written down, then lost by chance.

A model of what a disk and a file system with a metadata journal promise. Bytes that were not synced
are there or not, each 512 of them for themselves. Names that came, went or changed since their
folder was last synced come in order, up to any one of them. The first sync of a new file syncs its
folder too, as SQLite's own file system does; of ours the folder is synced by itself.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import apsw

SECTOR = 512
NAME = "recorder"


class Event(NamedTuple):
    """One thing asked of the disk: write, size, sync, make, drop, rename, folder or folder sync."""

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    to: str = ""


class Recorder(apsw.VFS):
    """SQLite's own file system, written down."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> Recorded:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        fresh = not Path(path).exists()
        opened = Recorded(self, path, name, flags)
        if fresh:
            self.events.append(Event("make", path))
        return opened

    def xDelete(self, name: str, sync: bool) -> None:
        super().xDelete(name, sync)
        self.events.append(Event("drop", name))
        if sync:
            self.events.append(Event("sync names", str(Path(name).parent)))


class Recorded(apsw.VFSFile):
    """One of its files."""

    def __init__(self, recorder: Recorder, path: str, name: Any, flags: list[int]) -> None:
        self._recorder, self._path = recorder, path
        super().__init__("", name, flags)

    def _note(self, what: str, at: int = 0, data: bytes = b"") -> None:
        self._recorder.events.append(Event(what, self._path, at, data))

    def xWrite(self, data: bytes, at: int) -> None:
        super().xWrite(data, at)
        self._note("write", at, bytes(data))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._note("size", size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._note("sync")


@contextlib.contextmanager
def recorded(folder: Path) -> Iterator[Recorder]:
    """Write down what SQLite and db/files.py ask of the disk below a folder."""
    recorder = Recorder()
    straight = os.fsync, Path.replace, Path.mkdir, Path.rename

    def note(event: Event) -> None:
        if event.path.startswith(str(folder)):
            recorder.events.append(event)

    def fsync(handle: int) -> None:
        straight[0](handle)
        path = str(Path(f"/proc/self/fd/{handle}").readlink())
        if Path(path).is_dir():
            note(Event("sync names", path))
        else:
            # Whatever was written into it by Python is there from now on.
            note(Event("whole", path, data=Path(path).read_bytes()))

    def replace(self: Path, target: Any) -> Path:
        moved = straight[1](self, target)
        note(Event("rename", str(self), to=str(target)))
        return moved

    def rename(self: Path, target: Any) -> Path:
        moved = straight[3](self, target)
        note(Event("rename", str(self), to=str(target)))
        return moved

    def mkdir(self: Path, *asked: Any, **more: Any) -> None:
        fresh = not self.exists()
        straight[2](self, *asked, **more)
        if fresh:
            note(Event("folder", str(self)))

    os.fsync, Path.replace, Path.mkdir, Path.rename = fsync, replace, mkdir, rename  # type: ignore[assignment,method-assign]
    try:
        yield recorder
    finally:
        os.fsync, Path.replace, Path.mkdir, Path.rename = straight  # type: ignore[method-assign]
        recorder.unregister()


@dataclass
class _File:
    content: bytearray
    pending: list[Event] = field(default_factory=list)


@dataclass
class Disk:
    """What is on the disk, and what is still on its way there."""

    files: dict[str, _File]
    names: dict[str, str]  # the name on the disk -> the file it names
    now: dict[str, str]  # the same as the program sees it
    folders: set[str]
    pending: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """Return a disk on which everything in a folder has been for long."""
        files, folders = {}, {str(folder)}
        for path in folder.rglob("*"):
            if path.is_dir():
                folders.add(str(path))
            else:
                files[str(path)] = _File(bytearray(path.read_bytes()))
        names = {path: path for path in files}
        return cls(files, names, dict(names), folders)

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        if event.what in ("make", "rename", "drop", "folder"):
            self._rename(event)
        elif event.what == "sync names":
            self._sync_names(event.path)
        elif event.what == "whole":
            if event.path not in self.now:
                # Python made it: its name waits for its folder.
                self._rename(Event("make", event.path))
            held = self.files[self.now[event.path]]
            held.content, held.pending = bytearray(event.data), []
        elif event.path in self.now:
            held = self.files[self.now[event.path]]
            held.pending.append(event)
            if event.what == "sync":
                for one in held.pending:
                    _apply(held.content, one)
                held.pending = []
                if self.names.get(event.path) != self.now[event.path]:
                    self._sync_names(str(Path(event.path).parent))

    def _rename(self, event: Event) -> None:
        if event.what == "make":
            number = f"{event.path}#{len(self.files)}"
            self.files[number] = _File(bytearray())
            self.now[event.path] = number
            event = event._replace(to=number)
        elif event.what == "rename":
            for old in [name for name in self.now if _within(name, event.path)]:
                self.now[event.to + old[len(event.path) :]] = self.now.pop(old)
        elif event.what == "drop":
            self.now.pop(event.path, None)
        self.pending.append(event)

    def _sync_names(self, folder: str) -> None:
        here = [one for one in self.pending if str(Path(one.path).parent) == folder]
        for one in here:
            self._name(one)
        self.pending = [one for one in self.pending if one not in here]

    def _name(self, event: Event) -> None:
        if event.what == "make":
            self.names[event.path] = event.to
        elif event.what == "drop":
            self.names.pop(event.path, None)
        elif event.what == "folder":
            self.folders.add(event.path)
        else:
            for old in [name for name in self.names if _within(name, event.path)]:
                self.names[event.to + old[len(event.path) :]] = self.names.pop(old)
            for old in [name for name in self.folders if _within(name, event.path)]:
                self.folders.remove(old)
                self.folders.add(event.to + old[len(event.path) :])

    def cut(self, chance: random.Random, folder: Path, into: Path) -> None:
        """Write into another folder what is found when the power comes back."""
        for one in self.pending[: chance.randint(0, len(self.pending))]:
            self._name(one)
        for path in self.folders:
            (into / Path(path).relative_to(folder)).mkdir(parents=True, exist_ok=True)
        for name, number in self.names.items():
            if str(Path(name).parent) not in self.folders:
                continue
            held = self.files[number]
            content = bytearray(held.content)
            for one in held.pending:
                _tear(content, one, chance)
            (into / Path(name).relative_to(folder)).write_bytes(content)


def _within(name: str, path: str) -> bool:
    return name == path or name.startswith(path + "/")


def _apply(content: bytearray, event: Event) -> None:
    if event.what == "write":
        if len(content) < event.at:
            content.extend(bytes(event.at - len(content)))
        content[event.at : event.at + len(event.data)] = event.data
    elif event.what == "size":
        del content[event.at :]
        content.extend(bytes(event.at - len(content)))


def _tear(content: bytearray, event: Event, chance: random.Random) -> None:
    """Let a write that was not synced arrive in part, sector by sector, or a size not at all."""
    if event.what == "write":
        for at in range(0, len(event.data), SECTOR):
            if chance.random() < 0.5:
                part = event.data[at : at + SECTOR]
                _apply(content, Event("write", event.path, event.at + at, part))
    elif chance.random() < 0.5:
        _apply(content, event)


def after_cut(
    before: Path, events: list[Event], at: int, chance: random.Random, folder: Path
) -> Path:
    """Return a new folder as it is found after a cut behind `at` events; `before` is how it began."""
    into = Path(tempfile.mkdtemp(prefix="power-"))
    disk = Disk.of(before)
    for event in events[:at]:
        moved = event._replace(
            path=event.path.replace(str(folder), str(before), 1),
            to=event.to.replace(str(folder), str(before), 1),
        )
        disk.take(moved)
    disk.cut(chance, before, into)
    return into


def forget(folder: Path) -> None:
    """Remove a folder of a cut."""
    shutil.rmtree(folder, ignore_errors=True)
