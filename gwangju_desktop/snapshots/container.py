"""The `.gwsnap` container: one zip that can be written in exactly one way.

An ordinary zip tolerates changed times, attributes, local headers and bytes between its members,
so a copy can differ from what was signed although every digest is right. This one is stored, dated
1980-01-01, without extras, comments or descriptors, members in one order; reading it forms every
header anew from the members and demands the same bytes. A name has at most one folder and letters
no file system turns into others; it is marked as UTF-8 (zip flag 11) only where it is not ASCII.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public-key.pem"
SSH_SIGNATURE, ALLOWED_SIGNERS = "manifest.json.sshsig", "allowed_signers"
README_KO, README_EN, PAGE = "README.ko.html", "README.en.html", "열람.html"
DATABASE, PACKAGE, KEY_CHAIN = "snapshot.sqlite", "datapackage.json", "key-chain.json"
CSV_FOLDER, EVIDENCE_FOLDER = "csv", "evidence"
FIRST = (MANIFEST, SIGNATURE, PUBLIC_KEY)

MAX_DATABASE = 256 * 1024 * 1024
CHUNK = 1024 * 1024

_PART = re.compile(r"[A-Za-z0-9가-힣](?:[A-Za-z0-9가-힣._-]*[A-Za-z0-9가-힣_-])?")
_LONGEST_NAME = 120
_IN_UTF_8 = 1 << 11
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_DATE_1980_01_01 = 1 << 5 | 1
_ORDINARY_FILE = (stat.S_IFREG | 0o644) << 16


@dataclass(frozen=True, slots=True)
class Caps:
    """How large a container may be: bytes of the whole file, and number of members."""

    bytes: int
    members: int


SNAPSHOT = Caps(1024 * 1024 * 1024, 4096)


class TooLarge(ValueError):
    """The container would be larger than its kind may be."""


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


@dataclass(frozen=True, slots=True)
class Measured:
    """A member before it is written: its bytes or the file that holds them, measured once."""

    content: bytes | Path
    size: int
    crc: int
    sha256: str


def measure(content: bytes | Path) -> Measured:
    """Read a member once for its size, its CRC-32 and its SHA-256."""
    digest, size, crc = hashlib.sha256(), 0, 0
    for chunk in chunks(content):
        digest.update(chunk)
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
    return Measured(content, size, crc, digest.hexdigest())


def is_name(name: str) -> bool:
    """Say whether a member may be called so: one folder at most, Latin letters, digits or Hangul.

    Hangul in whole syllables (NFC); no part begins or ends with a dot or is longer than files are.
    """
    parts = name.split("/")
    return (
        len(parts) <= 2
        and len(name.encode("utf-8", "replace")) <= _LONGEST_NAME
        and unicodedata.is_normalized("NFC", name)
        and all(_PART.fullmatch(part) for part in parts)
    )


def order(names: Iterable[str]) -> list[str]:
    """Return names in the one order of a container: manifest, signature, key, the rest by name."""
    there = set(names)
    rest = sorted(there.difference(FIRST), key=lambda name: name.encode())
    return [*(name for name in FIRST if name in there), *rest]


def write(
    file: BinaryIO, members: Mapping[str, bytes | Path | Measured], caps: Caps = SNAPSHOT
) -> str:
    """Write members as a container, the same bytes every time; return the whole file's SHA-256.

    Raises TooLarge before a byte is written, OSError when a file changed since it was measured.
    """
    made = {
        name: content if isinstance(content, Measured) else measure(content)
        for name, content in members.items()
    }
    _refuse_clashes(made, caps)
    whole = hashlib.sha256()
    central: list[bytes] = []
    at = 0

    def put(data: bytes) -> None:
        file.write(data)
        whole.update(data)

    for name in order(made):
        part = made[name]
        local, entry = _headers(name, part.size, part.crc, at)
        put(local)
        size, crc = 0, 0
        for chunk in chunks(part.content):
            put(chunk)
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
        if (size, crc) != (part.size, part.crc):
            raise OSError(f"{name} changed while it was written")
        central.append(entry)
        at += len(local) + size
    put(_closing(central, at))
    return whole.hexdigest()


def _refuse_clashes(made: Mapping[str, Measured], caps: Caps) -> None:
    clashing = [name for name in made if not is_name(name)]
    if clashing or _clash(made):
        raise ValueError(f"names that cannot be together in a container: {clashing or [*made]}")
    encoded = (len(name.encode()) for name in made)
    headers = sum(_LOCAL.size + _CENTRAL.size + 2 * length for length in encoded) + _END.size
    if len(made) > caps.members or headers + sum(m.size for m in made.values()) > caps.bytes:
        raise TooLarge(f"{len(made)} members of {sum(m.size for m in made.values())} bytes")


def _clash(names: Iterable[str]) -> bool:
    """Say whether two names are one on some file system, or one is a folder of another."""
    folded = [name.casefold() for name in names]
    folders = {name.partition("/")[0] for name in folded if "/" in name}
    return len(set(folded)) != len(folded) or not folders.isdisjoint(folded)


def open_regular(path: Path, most: int = SNAPSHOT.bytes) -> BinaryIO:
    """Open an ordinary file of at most `most` bytes; raises ValueError for any other thing.

    A named pipe would hang the reader and a sparse file swell it, so both are refused unopened.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > most:
        raise ValueError("not an ordinary file, or too large")
    # Should a pipe or a link have taken its place since, neither is waited for nor followed.
    careful = [getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW")]
    file = os.fdopen(os.open(path, os.O_RDONLY | sum(careful)), "rb")
    opened = os.fstat(file.fileno())
    # st_ino is 0 for some Windows file systems; then only the kind and size are known.
    same = found.st_ino == opened.st_ino and found.st_dev == opened.st_dev
    if not stat.S_ISREG(opened.st_mode) or opened.st_size > most or (found.st_ino and not same):
        file.close()
        raise ValueError("replaced while it was opened")
    return file


def members(
    file: BinaryIO,
    *,
    took: Callable[[Member, bytes], None],
    ended: Callable[[Member], None] | None = None,
    tick: Callable[[int], None] | None = None,
    caps: Caps = SNAPSHOT,
) -> list[Member]:
    """Read a container from its start, giving each piece of each member to `took`.

    Streams: no more than one CHUNK is held. `ended` hears of a member whose bytes are complete,
    `tick` the byte reached; both may stop the reading by raising. Raises NotCanonical at the first
    byte that `write` would not have written; whatever `took` got until then is void.
    """
    reader = _Reader(file)
    found: list[Member] = []
    central: list[bytes] = []
    while reader.next_is(b"PK\x03\x04"):
        if len(found) == caps.members:
            raise NotCanonical(reader.at)
        start = reader.at
        header = reader.take(_LOCAL.size)
        fields = _LOCAL.unpack(header)
        crc, size, length = fields[6], fields[8], fields[9]
        encoded = reader.take(min(length, _LONGEST_NAME))
        name = encoded.decode("utf-8", "replace")
        if not is_name(name) or start + size > caps.bytes:
            raise NotCanonical(start + _LOCAL.size)
        local, entry = _headers(name, size, crc, start)
        demand(header + encoded, local, start)
        member = Member(name, reader.at, size)
        running = 0
        for chunk in reader.pieces(size):
            running = zlib.crc32(chunk, running)
            took(member, chunk)
            if tick:
                tick(reader.at)
        if running != crc:
            raise NotCanonical(start + 14)
        if ended:
            ended(member)
        found.append(member)
        central.append(entry)
    names = [member.name for member in found]
    if _clash(names) or names != order(names):
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


def _headers(name: str, size: int, crc: int, at: int) -> tuple[bytes, bytes]:
    encoded = name.encode()
    flags = 0 if name.isascii() else _IN_UTF_8
    # Version, flags, method, time, date, CRC-32, packed and real size, lengths of name and extra.
    common = (_VERSION, flags, 0, 0, _DATE_1980_01_01, crc, size, size, len(encoded), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *common)
    central = _CENTRAL.pack(b"PK\x01\x02", _MADE_BY_UNIX, *common, 0, 0, 0, _ORDINARY_FILE, at)
    return local + encoded, central + encoded


def _closing(central: list[bytes], at: int) -> bytes:
    directory = b"".join(central)
    count = len(central)
    return directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)


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
