"""Make a backup: the file as it stands between two changes, everything beside it, checked at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import select

from db import integrity
from db.files import atomic_write, blaming, make_folder, mark, replacing, spare_office, sweep
from db.schema.papers import StoredFile
from db.store import Store
from gwangju_desktop import VERSION, clock, settings
from gwangju_desktop.backups import form, notes, sealing, verifying
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasing
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_

COPYING = N_("Copying the records")
FILES = N_("Copying papers and evidence")
CHECKING = N_("Checking the backup")
_PREFIX = "gw-"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and found whole; `copied` are the files that were not there yet."""

    path: Path
    manifest: Manifest
    copied: int

    @property
    def missing(self) -> int:
        """Count files that records name and that lie nowhere, or are not themselves any more."""
        return len(self.manifest.missing)


def make_backup(
    store: Store,
    folder: Path,
    *,
    why: Why = Why.ASKED,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Write a backup of the whole office into `folder`, whole and checked or not at all.

    The office is copied while nobody writes; papers follow, each once for all backups of the
    folder. Under a passphrase both are sealed. Raises UserError for an office on a server, Full or
    ReadOnly naming the place, Cancelled.
    """
    if store.shared:
        raise UserError(
            N_("An office on a server is backed up by the server."),
            hint=N_("Let its administrator run pg_dump every night and try a restore."),
        )
    _demand_folder(folder)
    # What a killed program left half written here goes, so that a stick does not fill up with it.
    sweep(folder, mark(Path(_PREFIX)))
    moment = clock.real().replace(microsecond=0)
    watch = Watch(progress, cancelled)
    salt = _salt(folder, passphrase)
    with store.reading() as read:
        revision = integrity.revision(read.connection())
    target = folder / form.name_for(moment, revision, folder)
    spare_office(target)
    with replacing(target, private=True) as temporary:
        with (
            blaming(target),
            temporary.open("r+b") as file,
            into(file, passphrase, salt) as zipped,
        ):
            told, named = put_records(store, zipped, watch, why=why.value, moment=moment)
            files, missing, copied = _copy_files(store, folder, named, (passphrase, salt), watch)
            manifest = replace(told, files=files, missing=missing)
            zipped.writestr(entry(form.MANIFEST), manifest.written())
        watch.begin(1, CHECKING)
        # What was written is what is read again: an empty copy of a full disk looks whole to SQLite.
        verifying.demand_whole(temporary, passphrase, called=target)
    notes.write_made(target, manifest, salt)
    return Made(target, manifest, copied)


def put_records(
    store: Store, zipped: zipfile.ZipFile, watch: Watch, *, why: str, moment: dt.datetime
) -> tuple[Manifest, set[str]]:
    """Copy the office's database into a zip while nobody writes.

    Returns what is to be said of it but for its files, and the digests that records name.
    """
    with store.reading() as read:
        revision = integrity.revision(read.connection())
    digest = hashlib.sha256()
    with store.still() as source:
        facts = _facts(store)
        size = source.seek(0, 2)
        watch.begin(size, COPYING)
        source.seek(0)
        with zipped.open(entry(form.DATABASE), "w", force_zip64=True) as out:
            for part in form.parts(source):
                digest.update(part)
                out.write(part)
                watch.on(len(part))
    manifest = Manifest(
        office_id=facts.office_id,
        office_ko=facts.name_ko,
        office_en=facts.name_en,
        made_at=moment.isoformat(),
        why=why,
        program=VERSION,
        revision=revision,
        audit_id=facts.audit_id,
        audit_hash=facts.audit_hash,
        bytes=size,
        sha256=digest.hexdigest(),
        tables=facts.tables,
        erased=facts.erased,
    )
    return manifest, facts.named


def copy_backup(
    source: Path,
    folder: Path,
    *,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Write a backup that is not sealed into another folder, checked; sealed under a passphrase.

    The office is not touched: a slow or stuck drive keeps nobody from writing in it. Raises
    UserError for a backup that is damaged or sealed itself, Full, ReadOnly, Cancelled.
    """
    _demand_folder(folder)
    sweep(folder, mark(Path(_PREFIX)))
    watch, salt = Watch(progress, cancelled), _salt(folder, passphrase)
    with form.opened(source) as held:
        manifest = form.manifest_of(held, source)
        target = folder / form.name_for(manifest.moment, manifest.revision, folder)
        with replacing(target, private=True) as temporary:
            with (
                blaming(target),
                temporary.open("r+b") as file,
                into(file, passphrase, salt) as zipped,
            ):
                watch.begin(manifest.bytes, COPYING)
                with (
                    held.open(form.DATABASE) as records,
                    zipped.open(entry(form.DATABASE), "w", force_zip64=True) as out,
                ):
                    for part in form.parts(records):
                        out.write(part)
                        watch.on(len(part))
                places = {one: form.place_of(source.parent, one) for one in manifest.files}
                files, copied = _bring(places, manifest.files, folder, (passphrase, salt), watch)
                lost = sorted({*manifest.missing, *manifest.files} - set(files))
                manifest = replace(manifest, files=files, missing=lost)
                zipped.writestr(entry(form.MANIFEST), manifest.written())
            watch.begin(1, CHECKING)
            verifying.demand_whole(temporary, passphrase, called=target)
    notes.write_made(target, manifest, salt)
    return Made(target, manifest, copied)


@dataclass(frozen=True, slots=True)
class _Facts:
    office_id: str
    name_ko: str
    name_en: str
    audit_id: int
    audit_hash: str
    tables: dict[str, int]
    named: set[str]
    erased: list[str]


def _facts(store: Store) -> _Facts:
    """Read what the manifest tells, while nobody writes."""
    with store.reading() as read:
        head = verifying.journal_head(read.connection())
        stored = read.execute(select(StoredFile.sha256, StoredFile.clean)).all()
        return _Facts(
            str(settings.value(read, settings.OFFICE_ID) or ""),
            str(settings.value(read, settings.OFFICE_NAME_KO)),
            str(settings.value(read, settings.OFFICE_NAME_EN)),
            *head,
            integrity.counts(read.connection()),
            {digest for row in stored for digest in row if digest},
            erasing.register(read),
        )


def _copy_files(
    store: Store,
    folder: Path,
    named: set[str],
    sealed: tuple[str | None, bytes | None],
    watch: Watch,
) -> tuple[dict[str, int], list[str], int]:
    """Copy what is not in the folder yet; return bytes by digest, what is missing, and how many.

    A file that is no longer itself is told as missing and never takes the place of a good copy.
    """
    sizes = {digest: store.papers.size(digest) for digest in store.papers.digests()}
    places = {digest: store.papers.plain(digest) for digest in sizes}
    files, copied = _bring(places, sizes, folder, sealed, watch)
    # A good copy of an earlier day may still lie there.
    for digest in sorted(named - set(files)):
        place = form.place_of(folder, digest)
        if sealed[1] is None and place.exists() and verifying.digest_of(place) == digest:
            files[digest] = place.stat().st_size
    return files, sorted(named - set(files)), copied


def _bring(
    places: Mapping[str, Path],
    sizes: Mapping[str, int],
    folder: Path,
    sealed: tuple[str | None, bytes | None],
    watch: Watch,
) -> tuple[dict[str, int], int]:
    """Copy the files a folder lacks; return the bytes of those it has then, and how many came."""
    watch.begin(sum(sizes.values()), FILES)
    files: dict[str, int] = {}
    copied = 0
    passphrase, salt = sealed
    for digest, size in sizes.items():
        target = form.sealed_place(folder, digest, salt) if salt else form.place_of(folder, digest)
        if target.exists() and (salt or target.stat().st_size == size):
            files[digest] = size
            watch.on(size)
            continue
        with blaming(target):
            make_folder(target.parent)
        try:
            with atomic_write(target, private=True) as out:
                _copy_one(places[digest], digest, out, passphrase, salt, watch)
        except _NotItself:
            continue
        files[digest] = size
        copied += 1
    return files, copied


class _NotItself(Exception):
    pass


def _copy_one(
    source: Path,
    digest: str,
    out: BinaryIO,
    passphrase: str | None,
    salt: bytes | None,
    watch: Watch,
) -> None:
    found = hashlib.sha256()
    with contextlib.ExitStack() as held:
        into: form.Stream = out
        if passphrase and salt:
            into = held.enter_context(sealing.Sealer(out, passphrase, salt))
        try:
            file = held.enter_context(source.open("rb", buffering=0))
        except OSError:
            raise _NotItself from None
        for part in form.parts(file):
            found.update(part)
            into.write(part)
            watch.on(len(part))
    if found.hexdigest() != digest:
        raise _NotItself


@contextlib.contextmanager
def into(file: BinaryIO, passphrase: str | None, salt: bytes | None) -> Iterator[zipfile.ZipFile]:
    """Yield a new zip that is written to a file, sealed under a passphrase where there is one."""
    with contextlib.ExitStack() as held:
        target: form.Stream = file
        if passphrase and salt:
            target = held.enter_context(sealing.Sealer(file, passphrase, salt))
        yield held.enter_context(zipfile.ZipFile(cast("BinaryIO", target), "w"))


def entry(name: str) -> zipfile.ZipInfo:
    """Return the head of a part of a zip that only this person may read."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry


def _salt(folder: Path, passphrase: str | None) -> bytes | None:
    """Return the salt of the folder's sealed backups if the passphrase is theirs, else a new one.

    With one salt a file is sealed once for all backups, and one key opens all of them.
    """
    if not passphrase:
        return None
    import secrets

    for path in form.listed(folder):
        with path.open("rb") as file:
            header = file.read(sealing.HEADER)
        if sealing.is_sealed(header) and sealing.opens(header, passphrase):
            return sealing.salt_of(header)
    return secrets.token_bytes(sealing.SALT)


def _demand_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(str(folder))
    with blaming(folder):
        folder.mkdir(exist_ok=True)
