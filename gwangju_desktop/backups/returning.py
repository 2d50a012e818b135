"""Put an office back in its place: the one that stood there is kept under a name that says when."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from db.errors import DatabaseFault
from db.files import patiently, sync_folder
from db.lock import OfficeLock
from gwangju_desktop import clock
from gwangju_desktop.backups import form, restoring, verifying
from gwangju_desktop.backups.restoring import Restored
from gwangju_desktop.errors import UserError
from gwangju_desktop.steps import Progress

_BESIDE = ("", ".files", *restoring.ASIDE)


@dataclass(frozen=True, slots=True)
class PutBack:
    """An office that stands in its place again, and what stood there before."""

    restored: Restored
    aside: tuple[Path, ...]


def put_back(
    backup: Path,
    office: Path,
    *,
    passphrase: str | None = None,
    erased: Iterable[str] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PutBack:
    """Let an office that nobody has open be what a backup holds; the present one is moved aside.

    Raises what `restoring.restore` raises; then everything stands as it stood.
    """
    made = place_beside(office, backup)
    restored = restoring.restore(
        backup,
        made,
        passphrase=passphrase,
        erased=erased,
        progress=progress,
        cancelled=cancelled,
    )
    return PutBack(restored, exchange(made, office))


def place_beside(office: Path, backup: Path) -> Path:
    """Return a name beside an office that is not there yet, with the day of a backup in it."""
    moment = form.moment_of(backup.name) or clock.local(clock.real())
    return _free(office, moment.strftime("%Y%m%d-%H%M%S"))


def exchange(made: Path, office: Path) -> tuple[Path, ...]:
    """Give a restored office the name of one that is closed; return what that one is called now.

    Only names change, nothing is copied or overwritten. Where one of them cannot be changed (a
    program holds the file), those before it are changed back and OSError is raised: the restored
    office then stays under its own name. Raises Locked while another program has the office open.
    """
    lock = OfficeLock(office, "restore")
    lock.take()
    try:
        return _exchange(made, office)
    finally:
        lock.release()


def _exchange(made: Path, office: Path) -> tuple[Path, ...]:
    kept = _free(office, f"{clock.local(clock.real()):%Y%m%d-%H%M%S}", before=True)
    steps = [(_with(office, end), _with(kept, end)) for end in _BESIDE]
    steps += [(_with(made, end), _with(office, end)) for end in (".files", "")]
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in steps:
            if old.exists():
                _rename(old, new)
                done.append((old, new))
    except OSError:
        for old, new in reversed(done):
            with contextlib.suppress(OSError):
                _rename(new, old)
        raise
    sync_folder(office.parent)
    return tuple(new for _old, new in done if new.name.startswith(kept.name))


def newest_whole(
    folder: Path,
    *,
    passphrase: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path | None:
    """Return the newest backup of a folder that is whole now, None for none."""
    for path in form.listed(folder):
        with contextlib.suppress(UserError, OSError, DatabaseFault):
            if verifying.verify(path, passphrase=passphrase, cancelled=cancelled).ok:
                return path
    return None


def _rename(old: Path, new: Path) -> None:
    if new.exists():
        raise FileExistsError(str(new))
    patiently(lambda: old.rename(new))


def _with(office: Path, ending: str) -> Path:
    return office.with_name(office.name + ending)


def _free(office: Path, stamp: str, *, before: bool = False) -> Path:
    """Return a name beside an office that neither an office nor anything of one has."""
    stem, ending = office.stem, office.suffix
    mark = f"{stamp} {_BEFORE}" if before else stamp
    found, n = office.with_name(f"{stem} ({mark}){ending}"), 1
    while any(_with(found, end).exists() for end in _BESIDE):
        n += 1
        found = office.with_name(f"{stem} ({mark} {n}){ending}")
    return found


# In the name of a file, which every system and both languages take.
_BEFORE = "before-restore"
