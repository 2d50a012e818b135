"""Bring an office back from a backup: beside its place, checked, then renamed; nothing is overwritten."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from db.errors import TooNew
from db.files import atomic_write, blaming, make_folder, mark, patiently, sync_folder
from db.lock import refuse_network
from db.migrate import head
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.backups import form, sealing, verifying
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import erasing
from gwangju_desktop.proposals import erasing as proposers
from gwangju_desktop.text import N_, Msg

Progress = Callable[[int, int, Msg], None]
UNPACKING = N_("Unpacking the records")
PAPERS = N_("Bringing papers and evidence back")
ASIDE = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """An office that was brought back.

    `missing` are digests of files that the backup lists and that were not beside it, `erased` how
    many people were erased again because they had been since, `aside` what lay in the way.
    """

    path: Path
    manifest: Manifest
    missing: tuple[str, ...]
    erased: int
    aside: tuple[Path, ...]


def restore(
    path: Path,
    target: Path,
    *,
    passphrase: str | None = None,
    erased: Iterable[str] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Restored:
    """Bring the office of a backup back as `target`, which must not exist, with its files.

    The backup is checked first. Journals of an office that stood there are moved aside, never
    played into the restored one. Whoever was erased since, by `erased` or by what later backups of
    the folder list, is erased again. Raises UserError for a backup that is not whole in its
    records, FileExistsError, TooNew for one of a newer program, Cancelled.
    """
    refuse_network(target)
    papers = target.with_name(target.name + ".files")
    for there in (target, papers):
        if there.exists():
            raise FileExistsError(str(there))
    if not target.parent.is_dir():
        raise FileNotFoundError(str(target.parent))
    if not path.is_file():
        raise FileNotFoundError(str(path))
    with blaming(target):
        workshop = Path(tempfile.mkdtemp(prefix=f"{mark(target)}-", dir=target.parent))
    try:
        made = workshop / target.name
        if progress:
            progress(0, 1, UNPACKING)
        manifest = _unpack(path, passphrase, made)
        made_papers = made.with_name(made.name + ".files")
        missing = _bring(path, manifest, passphrase, made_papers, progress, cancelled)
        again = _erase_again(made, {*erased, *_register(path, passphrase)} - {*manifest.erased})
        aside = move_aside(target)
        if made_papers.exists():
            patiently(lambda: made_papers.rename(papers))
        # Last, so that an office is never there without its papers.
        patiently(lambda: made.rename(target))
        sync_folder(target.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Restored(target, manifest, tuple(missing), again, aside)


def _unpack(path: Path, passphrase: str | None, made: Path) -> Manifest:
    try:
        with verifying.unpacked(path, passphrase) as (manifest, database):
            if manifest.revision > head():
                raise TooNew(f"{manifest.revision} > {head()}")
            wrong = list(verifying.of_database(database, manifest))
            if wrong:
                raise UserError(
                    N_("{file} is not whole: {why}"),
                    hint=N_("Take another backup, the one made before it for instance."),
                    file=path.name,
                    why=str(wrong[0]),
                )
            with atomic_write(made, private=True) as out, database.open("rb") as source:
                shutil.copyfileobj(source, out, form.PART)
    except verifying.Wrong as wrong:
        raise UserError(wrong.problem.message, **wrong.problem.values) from None
    return manifest


def _bring(
    path: Path,
    manifest: Manifest,
    passphrase: str | None,
    papers: Path,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> list[str]:
    """Copy the files of a backup; return those that are missing or not themselves."""
    salt = verifying.salt_of(path)
    missing, done, total = [], 0, max(1, sum(manifest.files.values()))
    for digest, size in manifest.files.items():
        if cancelled and cancelled():
            raise Cancelled
        target = papers / digest[:2] / digest
        make_folder(target.parent)
        source = verifying.place(path.parent, digest, salt)
        try:
            with atomic_write(target, private=True) as out:
                if _copied(source, out, passphrase) != digest:
                    raise _Missing
        except (_Missing, FileNotFoundError):
            missing.append(digest)
        done += size
        if progress:
            progress(done, total, PAPERS)
    return missing


class _Missing(Exception):
    pass


def _copied(source: Path, out: object, passphrase: str | None) -> str:
    found = hashlib.sha256()
    with source.open("rb") as file:
        sealed = source.suffix == ".sealed"
        try:
            for part in sealing.unsealed(file, passphrase or "") if sealed else form.parts(file):
                found.update(part)
                out.write(part)  # type: ignore[attr-defined]
        except sealing.Spoilt:
            raise _Missing from None
    return found.hexdigest()


def _register(path: Path, passphrase: str | None) -> set[str]:
    """Return who was erased since, as far as later backups of the same folder and office know."""
    own = form.moment_of(path.name)
    found: set[str] = set()
    with contextlib.suppress(UserError):
        office = form.read_manifest(path, passphrase).office_id
        for other in form.listed(path.parent):
            moment = form.moment_of(other.name)
            if own is not None and moment is not None and moment < own:
                continue
            with contextlib.suppress(UserError, OSError):
                said = form.read_manifest(other, passphrase)
                found |= {*said.erased} if said.office_id == office else set()
    return found


def _erase_again(made: Path, uids: set[str]) -> int:
    if not uids:
        return 0
    with Store.open(made, locked=False) as store:
        return erasing.reapply(store, uids) + proposers.reapply(store, uids)


def move_aside(target: Path) -> tuple[Path, ...]:
    """Rename what another office's crash left under the names SQLite would play back."""
    moved = []
    stamp = clock.local(clock.real()).strftime("%Y%m%d-%H%M%S")
    for ending in ASIDE:
        there = target.with_name(target.name + ending)
        if there.exists():
            place = there.with_name(f"{there.name}.aside-{stamp}")
            patiently(lambda there=there, place=place: there.rename(place))  # type: ignore[misc]
            moved.append(place)
    return tuple(moved)
