"""Is a backup whole: its bytes, its database, its rows, its journal's head, every file beside it."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Connection, select

from db import integrity, migrate
from db.engine import file_url, open_engines
from db.errors import DatabaseFault
from db.faults import translated
from db.files import blaming, sweep
from db.schema.journal import change_log
from gwangju_desktop.backups import form, sealing
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.text import N_, Msg, say

Progress = Callable[[int, int, Msg], None]
READING = N_("Reading papers and evidence again")
MOST = 20
_UNPACKED = "gwbak-"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said in the language of the moment."""

    message: Msg
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a backup; `manifest` is None for one that cannot be read."""

    path: Path
    manifest: Manifest | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Say whether everything is there and itself."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return what `backup verify` prints."""
        said = self.manifest
        return {
            "ok": self.ok,
            "file": str(self.path),
            "office": said.office_ko if said else None,
            "made_at": said.moment.isoformat() if said else None,
            "revision": said.revision if said else None,
            "rows": sum(said.tables.values()) if said else None,
            "files": len(said.files) if said else None,
            "missing": said.missing if said else None,
            "problems": [str(problem) for problem in self.problems],
        }


def verify(
    path: Path,
    *,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Verdict:
    """Check a backup with every file it lists; what is wrong is a problem and no exception.

    Raises OSError when the file cannot be opened, UserError for a passphrase that does not open
    it, Full when there is no room to unpack it.
    """
    if not path.is_file():
        raise FileNotFoundError(str(path))
    try:
        with unpacked(path, passphrase) as (manifest, database):
            problems = [*of_database(database, manifest)]
            problems += _of_files(path.parent, manifest, passphrase, path, progress, cancelled)
    except Wrong as wrong:
        return Verdict(path, None, (wrong.problem,))
    return Verdict(path, manifest, tuple(problems[:MOST]))


def demand_whole(path: Path, passphrase: str | None, called: Path) -> None:
    """Raise UserError unless a backup that was just written reads as what it should be."""
    try:
        with unpacked(path, passphrase) as (manifest, database):
            problems = list(of_database(database, manifest))
    except Wrong as wrong:
        problems = [wrong.problem]
    if problems:
        raise UserError(
            N_("The backup could not be read again as it was written: {why}"),
            hint=N_("Nothing was kept of it. Check the disk, or choose another folder."),
            why=str(problems[0]),
            file=called.name,
        )


class Wrong(Exception):
    """A backup cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@contextlib.contextmanager
def unpacked(path: Path, passphrase: str | None = None) -> Iterator[tuple[Manifest, Path]]:
    """Yield what a backup says of itself, and its database in a private folder, digest compared.

    Raises Wrong, or UserError for a passphrase that is missing or another.
    """
    with whole(path, passphrase) as (_zipped, manifest, database):
        yield manifest, database


@contextlib.contextmanager
def whole(path: Path, passphrase: str | None = None) -> Iterator[tuple[ZipFile, Manifest, Path]]:
    """Yield the zip of a backup besides what `unpacked` yields, for what else lies in it."""
    with contextlib.ExitStack() as held:
        try:
            zipped = held.enter_context(form.opened(path, passphrase))
            manifest = form.manifest_of(zipped, path)
        except UserError as error:
            if error.message == DAMAGED:
                raise Wrong(Problem(error.message, error.values)) from None
            raise
        # What a killed program left unpacked holds everything the office does.
        sweep(Path(tempfile.gettempdir()), _UNPACKED)
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix=_UNPACKED)))
        database = folder / form.DATABASE
        if _unpack(zipped, database) != (manifest.bytes, manifest.sha256):
            raise Wrong(Problem(N_("The records are not those that were backed up.")))
        yield zipped, manifest, database


DAMAGED = form.damaged(Path("backup")).message


def _unpack(zipped: ZipFile, target: Path) -> tuple[int, str] | None:
    found, size = hashlib.sha256(), 0
    with blaming(target), target.open("wb") as out:
        target.chmod(0o600)
        try:
            with zipped.open(form.DATABASE) as source:
                for part in form.parts(source):
                    found.update(part)
                    size += len(part)
                    out.write(part)
        except (EOFError, KeyError, NotImplementedError, ValueError, BadZipFile):
            return None
    return size, found.hexdigest()


def of_database(database: Path, manifest: Manifest) -> Iterator[Problem]:
    """Look into a database whose bytes are the manifest's: SQLite's own check, rows, journal's head."""
    place = str(database)
    try:
        migrate.look(database)
        with translated(place), _reading(database) as connection:
            for fault in integrity.faults(connection)[:MOST]:
                yield Problem(N_("The records are damaged: {fault}"), {"fault": fault})
            if integrity.counts(connection) != manifest.tables:
                yield Problem(N_("The records are not as many as were backed up."))
            if journal_head(connection) != (manifest.audit_id, manifest.audit_hash):
                yield Problem(N_("The journal ends at another entry than was backed up."))
    except DatabaseFault as fault:
        yield Problem(N_("The records are damaged: {fault}"), {"fault": type(fault).__name__})


@contextlib.contextmanager
def _reading(database: Path) -> Iterator[Connection]:
    office = open_engines(file_url(database))
    try:
        with office.looking() as connection:
            yield connection
    finally:
        office.dispose()


def _of_files(
    folder: Path,
    manifest: Manifest,
    passphrase: str | None,
    path: Path,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Problem]:
    salt = salt_of(path)
    done, total = 0, max(1, sum(manifest.files.values()))
    for digest, size in manifest.files.items():
        if cancelled and cancelled():
            raise Cancelled
        try:
            same = digest_of(place(folder, digest, salt), passphrase) == digest
        except FileNotFoundError:
            yield Problem(N_("A file is missing beside the backup: {name}"), {"name": digest})
        else:
            if not same:
                yield Problem(N_("A file beside the backup was changed: {name}"), {"name": digest})
        done += size
        if progress:
            progress(done, total, READING)


def journal_head(connection: Connection) -> tuple[int, str]:
    """Return the number and hash of the journal's last entry, (0, "") for none."""
    query = select(change_log.c.id, change_log.c.hash).order_by(change_log.c.id.desc()).limit(1)
    last = connection.execute(query).first()
    return (int(last.id), last.hash.hex()) if last else (0, "")


def place(folder: Path, digest: str, salt: bytes | None) -> Path:
    """Return where a file of a backup lies; `salt` is that of a sealed backup."""
    return form.sealed_place(folder, digest, salt) if salt else form.place_of(folder, digest)


def salt_of(path: Path) -> bytes | None:
    with path.open("rb") as file:
        header = file.read(sealing.HEADER)
    return sealing.salt_of(header) if sealing.is_sealed(header) else None


def digest_of(path: Path, passphrase: str | None = None) -> str:
    """Return the SHA-256 of what a file beside backups holds, "" for one that was cut or changed.

    Raises FileNotFoundError.
    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        try:
            sealed = path.suffix == ".sealed"
            read = sealing.unsealed(file, passphrase or "") if sealed else form.parts(file)
            for part in read:
                found.update(part)
        except sealing.Spoilt:
            return ""
    return found.hexdigest()
