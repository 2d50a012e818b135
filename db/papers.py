"""The file store: files known by their SHA-256, only ever added.

Beside an office file they lie in `NAME.gwoffice.files/ab/<sha-256>`; on an office server they are
rows of 1 MB parts, copied to a local folder when a path is needed. A file is written whole before
the row that names it, so undo and a crash need nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import insert, select

from db.engine import Office
from db.errors import Damaged
from db.files import atomic_write
from db.schema.papers import file_part

PART = 1024 * 1024


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
            target.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(target, private=True) as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, file, PART)
        if self._server is not None:
            self._send(digest, target)
        return digest

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
            with self._server.read.connect() as connection:
                part = connection.execute(
                    select(file_part.c.data).where(file_part.c.sha256 == digest, file_part.c.n == n)
                ).scalar()
            if part is None:
                return
            yield bytes(part)
            n += 1

    def _send(self, digest: str, path: Path) -> None:
        assert self._server is not None
        with self._server.write.begin() as connection:
            known = select(file_part.c.n).where(file_part.c.sha256 == digest, file_part.c.n == 0)
            if connection.execute(known).first():
                return
            connection.info["permit"] = True
            try:
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
        target.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(target, private=True) as file:
            file.write(first)
            for part in parts:
                file.write(part)


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of bytes or of a file, in hex."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
