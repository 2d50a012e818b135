"""The `.gwsnap` container: one zip that can be written in exactly one way.

An ordinary zip tolerates changed times, attributes, local headers and bytes between its members,
so a copy can differ from what was signed although every digest is right. This one is stored, dated
1980-01-01, without extras, comments or descriptors, members in one order; reading it forms every
header anew from the members and demands the same bytes.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public-key.pem"
README, DATABASE = "README.txt", "snapshot.sqlite"
FIRST = (MANIFEST, SIGNATURE, PUBLIC_KEY)

MAX_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 32
CHUNK = 1024 * 1024

_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_DATE_1980_01_01 = 1 << 5 | 1
_ORDINARY_FILE = (stat.S_IFREG | 0o644) << 16


class NotCanonical(Exception):
    """The file is not a container as we write it; `where` is the byte at which it differs."""

    def __init__(self, where: int) -> None:
        super().__init__(f"differs at byte {where}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, where its bytes begin in the container, and how many they are."""

    name: str
    start: int
    size: int


def order(names: Mapping[str, object] | list[str]) -> list[str]:
    """Return names in the one order of a container: manifest, signature, key, the rest by name."""
    return [*(n for n in FIRST if n in names), *sorted(n for n in names if n not in FIRST)]


def write(file: BinaryIO, members: Mapping[str, bytes | Path]) -> None:
    """Write members (bytes, or the path of a file) as a container; the same bytes every time."""
    central: list[bytes] = []
    at = 0
    for name in order(members):
        content = members[name]
        size, crc = _measure(content)
        local, entry = _headers(name.encode(), size, crc, at)
        file.write(local)
        for chunk in chunks(content):
            file.write(chunk)
        central.append(entry)
        at += len(local) + size
    file.write(_closing(central, at))
    if file.tell() > MAX_BYTES:
        raise ValueError(f"container of {file.tell()} bytes")


def open_regular(path: Path) -> BinaryIO:
    """Open an ordinary file of at most MAX_BYTES; raises ValueError for any other thing.

    A named pipe would hang the reader and a sparse file swell it, so both are refused unopened.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
        raise ValueError("not an ordinary file, or too large")
    # Should a pipe or a link have taken its place since, neither is waited for nor followed.
    careful = [getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW")]
    file = os.fdopen(os.open(path, os.O_RDONLY | sum(careful)), "rb")
    opened = os.fstat(file.fileno())
    # st_ino is 0 for some Windows file systems; then only the kind and size are known.
    same = found.st_ino == opened.st_ino and found.st_dev == opened.st_dev
    if (
        not stat.S_ISREG(opened.st_mode)
        or opened.st_size > MAX_BYTES
        or (found.st_ino and not same)
    ):
        file.close()
        raise ValueError("replaced while it was opened")
    return file


def members(
    file: BinaryIO,
    *,
    took: Callable[[Member, bytes], None],
    tick: Callable[[int], None] | None = None,
) -> list[Member]:
    """Read a container from its start, giving each piece of each member to `took`.

    Streams: no more than one CHUNK is held. `tick` hears the byte reached. Raises NotCanonical at
    the first byte that `write` would not have written; whatever `took` got until then is void.
    """
    reader = _Reader(file)
    found: list[Member] = []
    central: list[bytes] = []
    while reader.next_is(b"PK\x03\x04"):
        if len(found) == MAX_MEMBERS:
            raise NotCanonical(reader.at)
        start = reader.at
        header = reader.take(_LOCAL.size)
        fields = _LOCAL.unpack(header)
        crc, size, length = fields[6], fields[8], fields[9]
        name = reader.take(min(length, 64))
        if not _NAME.fullmatch(name):
            raise NotCanonical(start + _LOCAL.size)
        local, entry = _headers(name, size, crc, start)
        demand(header + name, local, start)
        member = Member(name.decode(), reader.at, size)
        running = 0
        for chunk in reader.pieces(size):
            running = zlib.crc32(chunk, running)
            took(member, chunk)
            if tick:
                tick(reader.at)
        if running != crc:
            raise NotCanonical(start + 14)
        found.append(member)
        central.append(entry)
    names = [member.name for member in found]
    if len(set(names)) != len(names) or names != order(names):
        raise NotCanonical(reader.at)
    closing = _closing(central, reader.at)
    at = reader.at
    demand(reader.rest(len(closing) + 1), closing, at)
    return found


def demand(got: bytes, expected: bytes, at: int) -> None:
    """Raise NotCanonical at the first byte in which the two differ; `at` is where they begin."""
    if got == expected:
        return
    pairs = zip(got, expected, strict=False)
    differing = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(got), len(expected)))
    raise NotCanonical(at + differing)


def _headers(name: bytes, size: int, crc: int, at: int) -> tuple[bytes, bytes]:
    local = _LOCAL.pack(
        b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE_1980_01_01, crc, size, size, len(name), 0
    )
    central = _CENTRAL.pack(
        b"PK\x01\x02",
        _MADE_BY_UNIX,
        _VERSION,
        0,
        0,
        0,
        _DATE_1980_01_01,
        crc,
        size,
        size,
        len(name),
        0,
        0,
        0,
        0,
        _ORDINARY_FILE,
        at,
    )
    return local + name, central + name


def _closing(central: list[bytes], at: int) -> bytes:
    directory = b"".join(central)
    count = len(central)
    return directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)


def _measure(content: bytes | Path) -> tuple[int, int]:
    size, crc = 0, 0
    for chunk in chunks(content):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
    return size, crc


def chunks(content: bytes | Path) -> Iterator[bytes]:
    """Yield the bytes of a member in pieces of at most CHUNK."""
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class _Reader:
    """A file read forward, knowing where it is; the end too early is a difference."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.at, self.ahead = file, 0, b""

    def next_is(self, mark: bytes) -> bool:
        """Say whether the next bytes are `mark`, without taking them."""
        self.ahead += self.file.read(len(mark) - len(self.ahead))
        return self.ahead == mark

    def take(self, count: int) -> bytes:
        """Take exactly `count` bytes."""
        data = self.ahead[:count]
        self.ahead = self.ahead[count:]
        data += self.file.read(count - len(data))
        self.at += len(data)
        if len(data) != count:
            raise NotCanonical(self.at)
        return data

    def pieces(self, count: int) -> Iterator[bytes]:
        """Take `count` bytes in pieces of at most CHUNK."""
        while count:
            piece = self.take(min(count, CHUNK))
            count -= len(piece)
            yield piece

    def rest(self, at_most: int) -> bytes:
        """Take what is left, up to `at_most` bytes."""
        data = self.ahead + self.file.read(at_most - len(self.ahead))
        self.ahead = b""
        self.at += len(data)
        return data
