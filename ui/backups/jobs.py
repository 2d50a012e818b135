"""Work on backups, each on a thread of its own; none of it touches a widget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gwangju_desktop import keyrings
from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import UserError
from ui.backups import places
from ui.text import N_

# Each job imports what it needs on its own thread: it is half of the program.
if TYPE_CHECKING:
    from gwangju_desktop.backups import automatic, drill, losing, notes, restoring, verifying
    from gwangju_desktop.backups.form import Manifest

LOOKING = N_("Looking at the backups")
MAKING = N_("Backing up the office")
CHECKING = N_("Checking a backup")
DRILLING = N_("Restore drill")
RESTORING = N_("Restoring the office")


def look(work, *, second, last):
    """Return how the office's backups stand."""
    from gwangju_desktop.backups import standing

    return standing.look(work.store, places.with_passphrase(second), last)


def keep(work, *, why: Why, second) -> automatic.Outcome:
    """Back the office up where its folders lack its last changes."""
    from gwangju_desktop.backups import automatic

    return automatic.keep(
        work.store,
        why=why,
        second=places.with_passphrase(second),
        progress=work.progress,
        cancelled=work.cancelled,
    )


def check(work, *, path: Path, passphrase: str | None) -> verifying.Verdict:
    """Read a backup with every file it lists again, and write down what was found."""
    from gwangju_desktop.backups import notes, verifying

    verdict = verifying.verify(
        path, passphrase=passphrase, progress=work.progress, cancelled=work.cancelled
    )
    notes.write_checked(verdict)
    return verdict


def try_out(work, *, folder: Path) -> drill.Drill:
    """Carry out a restore drill."""
    from gwangju_desktop.backups import drill

    return drill.apart(folder, cancelled=work.cancelled)


def preview(work, *, path: Path, passphrase: str | None) -> tuple[Path, Manifest, losing.Loss]:
    """Return what a backup holds and what would be lost since; without an office nothing is."""
    from gwangju_desktop.backups import form, losing

    if not path.is_file():
        raise FileNotFoundError(str(path))
    if form.is_sealed(path):
        passphrase = _opening(path, passphrase)
    manifest = form.read_manifest(path, passphrase)
    if work.store is None:
        return path, manifest, losing.Loss(False)
    with work.reading() as read:
        return path, manifest, losing.since(read, manifest=manifest)


def _opening(path: Path, typed: str | None) -> str:
    """Return the passphrase typed, else the one this PC knows of the folder."""
    if typed:
        return typed
    for chosen in (path.parent, path.parent.parent):
        known = keyrings.known(places.secret_name(chosen))
        if known:
            return known
    raise Sealed(path.name)


class Sealed(UserError):
    """A backup tells nothing before its passphrase was typed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("{file} is under a passphrase. Type it to see what it holds."), file=name
        )


def restore(
    work, *, path: Path, office: Path, passphrase: str | None
) -> tuple[restoring.Restored, Path]:
    """Restore beside an office that may be open, and back that one up first; nothing is exchanged.

    Returns what was restored, and the place that the office is to have.
    """
    from gwangju_desktop.backups import automatic, form, restoring, returning

    if form.is_sealed(path):
        passphrase = _opening(path, passphrase)
    if work.store is not None and work.store.why_read_only is None:
        automatic.keep(
            work.store, why=Why.RESTORE, progress=work.progress, cancelled=work.cancelled
        )
    there = office.exists() or office.with_name(f"{office.name}.files").exists()
    target = returning.place_beside(office, path) if there else office
    erased = ()
    if work.store is not None:
        from gwangju_desktop.members import erasing

        with work.reading() as read:
            erased = tuple(erasing.register(read))
    restored = restoring.restore(
        path,
        target,
        passphrase=passphrase,
        erased=erased,
        progress=work.progress,
        cancelled=work.cancelled,
    )
    return restored, office


def listed(work, *, folders: list[tuple[Path, bool]]) -> list[tuple[notes.Listed, bool]]:
    """Return the backups of folders, the newest first, each with whether it is a second one."""
    from gwangju_desktop.backups import notes

    found = [
        (one, second)
        for folder, second in folders
        if folder.is_dir()
        for one in notes.listed(folder)
    ]
    return sorted(found, key=lambda held: held[0].made_at, reverse=True)
