"""Backups that nobody has to think of: one beside the office, one in a second folder.

None is made where the newest one ends with the journal's own last entry. The one beside the office
is as readable as the office itself; the one in the second folder may be under a passphrase, for it
leaves the PC.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.errors import DatabaseFault
from db.files import blaming
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import form, keeping, notes, verifying
from gwangju_desktop.backups.folders import Second
from gwangju_desktop.backups.making import Made, copy_backup, make_backup
from gwangju_desktop.backups.notes import Listed
from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import UserError
from gwangju_desktop.steps import Progress
from gwangju_desktop.text import N_

__all__ = ["OLD_DAYS", "Outcome", "Second", "age", "choose", "keep", "saved", "within"]

OLD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a backup: None where the newest one was as new as the office.

    `fault` is why the second one was not made, `away` that its drive is not there, `locked` that
    its passphrase is not known.
    """

    made: Made | None = None
    second: Made | None = None
    fault: Exception | None = None
    away: bool = False
    locked: bool = False


def keep(
    store: Store,
    *,
    why: Why,
    second: Second | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Back an office up where its folders lack its last changes, and thin these folders.

    One that is asked for is made in any case. What goes wrong with the second folder is told and
    does not undo the first. Raises what `make_backup` raises for the folder beside the office.
    """
    office = Path(store.office.place)
    folder = form.beside(office)
    asked = why is Why.ASKED
    made = None
    if asked or not saved(store, folder):
        made = make_backup(store, folder, why=why, progress=progress, cancelled=cancelled)
        _thin(folder)
    if second is None:
        return Outcome(made)
    place = within(second.chosen, office)
    # Of a drive that was taken out the mount point may be left: nothing is made anew there.
    if not place.is_dir():
        return Outcome(made, away=True)
    source = made.path if made else newest_own(store, folder)
    try:
        if source is None or (not asked and saved(store, place)):
            return Outcome(made)
        if second.sealed and not second.passphrase:
            return Outcome(made, locked=True)
        passphrase = second.passphrase if second.sealed else None
        copy = copy_backup(
            source, place, passphrase=passphrase, progress=progress, cancelled=cancelled
        )
        _thin(place)
    except (OSError, DatabaseFault, UserError) as fault:
        return Outcome(made, fault=fault)
    return Outcome(made, copy)


def saved(store: Store, folder: Path) -> bool:
    """Say whether the newest backup of this office in a folder ends with the office's last entry."""
    with store.reading() as read:
        head = verifying.journal_head(read.connection())
    if head == (0, ""):
        return True
    found = _newest_own(store, folder)
    return found is not None and found.note is not None and found.note.head == head


def newest_own(store: Store, folder: Path) -> Path | None:
    """Return the newest backup of this office in a folder that was not found damaged."""
    found = _newest_own(store, folder)
    return found.path if found else None


def _newest_own(store: Store, folder: Path) -> Listed | None:
    with store.reading() as read:
        number = settings.value(read, settings.OFFICE_ID) or ""
    with contextlib.suppress(OSError):
        for one in notes.listed(folder):
            if one.note is not None and one.note.office_id == number and not one.note.wrong:
                return one
    return None


def within(chosen: Path, office: Path) -> Path:
    """Return where the backups of an office lie in a folder that may hold those of others too."""
    own = form.beside(office).name
    return chosen if chosen.name == own else chosen / own


def choose(chosen: Path, office: Path) -> Path:
    """Make an office's place in a second folder and return it.

    Raises UserError for a folder in which it would be no second one, ReadOnly, Full.
    """
    if not chosen.is_dir():
        raise FileNotFoundError(str(chosen))
    place = within(chosen, office)
    beside = form.beside(office)
    inside = place.resolve()
    if inside == beside.resolve() or inside.is_relative_to(beside.resolve()):
        raise UserError(
            N_("The first backups lie in this folder already."),
            hint=N_("Choose a folder on a USB drive, or on a share of the office."),
        )
    with blaming(place):
        place.mkdir(exist_ok=True)
    return place


def same_disk(chosen: Path, office: Path) -> bool:
    """Say whether a folder lies on the disk of the office: both would be lost with it."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            return chosen.resolve().drive.casefold() == office.resolve().drive.casefold()
        return chosen.stat().st_dev == office.parent.stat().st_dev
    return False


def age(moment: dt.datetime | None) -> int | None:
    """Return how many days ago a moment was, None for none."""
    if moment is None:
        return None
    return max(0, (clock.local(clock.real()).date() - clock.local(moment).date()).days)


def _thin(folder: Path) -> None:
    with contextlib.suppress(OSError, DatabaseFault):
        keeping.thin(folder)
