"""The file store: files known by their SHA-256, only ever added.

Beside an office file they lie in `NAME.gwoffice.files/ab/<sha-256>`; on an office server they are
rows of 1 MB parts, copied to a local folder when a path is needed. A file is written whole before
the row that names it, so undo and a crash need nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import delete, insert, select

from db.engine import Office
from db.errors import Damaged, Full, ReadOnly
from db.files import atomic_write, blaming, make_folder, patiently, sync_folder
from db.schema.papers import file_part

PART = 1024 * 1024
_DIGEST = re.compile("[0-9a-f]{64}")
# Is told how many bytes were read since it was last told; what it raises stops the reading.
Told = Callable[[int], None]


class Papers:
    """One office's files."""

    def __init__(self, folder: Path, server: Office | None = None) -> None:
        self._folder, self._server = folder, server

    @classmethod
    def beside(cls, office: Path) -> Papers:
        """Return the store of an office file."""
        return cls(office.with_name(office.name + ".files"))

    @classmethod
    def on_server(cls, office: Office) -> Papers:
        """Return the store of an office server, with a local folder for the copies in use."""
        return cls(Path(tempfile.mkdtemp(prefix="gwangju-papers-")), office)

    def put(self, content: bytes | Path) -> str:
        """Keep a file and return its SHA-256 in hex; a file already there is not written again."""
        digest = digest_of(content)
        target = self._place(digest)
        if not target.exists():
            make_folder(target.parent)
            with atomic_write(target, private=True) as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, file, PART)
        if self._server is not None:
            self._send(digest, target)
        return digest

    def put_large(self, path: Path, told: Told | None = None) -> tuple[str, int]:
        """Keep a file read once and in parts, whatever its size; return its SHA-256 and bytes.

        What is kept under that name already and is no longer itself is written anew.
        """
        found, size = hashlib.sha256(), 0
        # One of the folders of files, and a name as what is half written has: a killed program's
        # is swept.
        arriving = self._folder / "00" / f".writing-{secrets.token_hex(8)}"
        try:
            with path.open("rb", buffering=0) as source:
                with blaming(path):
                    make_folder(arriving.parent)
                with atomic_write(arriving, private=True) as file:
                    for part in _parts_of(source):
                        file.write(part)
                        found.update(part)
                        size += len(part)
                        if told:
                            told(len(part))
            digest = found.hexdigest()
            target = self._place(digest)
            make_folder(target.parent)
            patiently(lambda: arriving.replace(target))
            sync_folder(target.parent)
        except (Full, ReadOnly) as error:
            raise type(error)(str(path)) from error
        finally:
            arriving.unlink(missing_ok=True)
        if self._server is not None:
            self._send(digest, target, anew=self._differs(digest))
        return digest, size

    def read_again(self, digest: str, told: Told | None = None) -> str:
        """Return the SHA-256 of the bytes that lie in the office now, read in parts.

        Raises FileNotFoundError when they are gone, OSError when they cannot be read.
        """
        found = hashlib.sha256()
        with contextlib.ExitStack() as held:
            if self._server is None:
                source = held.enter_context(self._place(digest).open("rb", buffering=0))
                parts: Iterator[bytes | memoryview] = _parts_of(source)
            else:
                parts = self._parts(digest)
            any_part = False
            for part in parts:
                any_part = True
                found.update(part)
                if told:
                    told(len(part))
        if self._server is not None and not any_part:
            raise FileNotFoundError(digest)
        return found.hexdigest()

    def digests(self) -> list[str]:
        """Return the SHA-256 of every file that lies in the office, by name and unread."""
        if self._server is not None:
            every = select(file_part.c.sha256).distinct().order_by(file_part.c.sha256)
            with self._server.looking() as connection:
                return list(connection.scalars(every))
        found = self._folder.glob("[0-9a-f][0-9a-f]/*") if self._folder.is_dir() else ()
        return sorted(path.name for path in found if _DIGEST.fullmatch(path.name))

    def size(self, digest: str) -> int:
        """Return the bytes of a file beside an office file."""
        return self._place(digest).stat().st_size

    def plain(self, digest: str) -> Path:
        """Return where a file beside an office file lies, unread: it may not be itself."""
        return self._place(digest)

    def has(self, digest: str) -> bool:
        """Say whether a file is in the store."""
        if self._place(digest).exists():
            return True
        return self._server is not None and any(True for _ in self._parts(digest))

    def path(self, digest: str) -> Path:
        """Return a real local file; raise FileNotFoundError, or Damaged when it is not itself."""
        target = self._place(digest)
        if not target.exists():
            if self._server is None:
                raise FileNotFoundError(digest)
            self._fetch(digest, target)
        if digest_of(target) != digest:
            raise Damaged(str(target))
        return target

    def close(self) -> None:
        """Drop local copies of a server's files."""
        if self._server is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _parts(self, digest: str) -> Iterator[bytes]:
        assert self._server is not None
        n = 0
        while True:
            with self._server.looking() as connection:
                part = connection.execute(
                    select(file_part.c.data).where(file_part.c.sha256 == digest, file_part.c.n == n)
                ).scalar()
            if part is None:
                return
            yield bytes(part)
            n += 1

    def _differs(self, digest: str) -> bool:
        try:
            return self.read_again(digest) != digest
        except FileNotFoundError:
            return False

    def _send(self, digest: str, path: Path, *, anew: bool = False) -> None:
        assert self._server is not None
        with self._server.writing() as connection:
            known = select(file_part.c.n).where(file_part.c.sha256 == digest, file_part.c.n == 0)
            if not anew and connection.execute(known).first():
                return
            connection.info["permit"] = True
            try:
                if anew:
                    connection.execute(delete(file_part).where(file_part.c.sha256 == digest))
                with path.open("rb") as file:
                    for n, data in enumerate(iter(lambda: file.read(PART), b"")):
                        connection.execute(
                            insert(file_part), {"sha256": digest, "n": n, "data": data}
                        )
            finally:
                connection.info["permit"] = False

    def _fetch(self, digest: str, target: Path) -> None:
        parts = self._parts(digest)
        first = next(parts, None)
        if first is None:
            raise FileNotFoundError(digest)
        make_folder(target.parent)
        with atomic_write(target, private=True) as file:
            file.write(first)
            for part in parts:
                file.write(part)


def _parts_of(file: io.FileIO) -> Iterator[memoryview]:
    """Yield a file in parts of one buffer: each is over when the next one is asked for."""
    buffer = memoryview(bytearray(PART))
    while read := file.readinto(buffer):
        yield buffer[:read]


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of bytes or of a file, in hex."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
