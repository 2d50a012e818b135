"""How an office's backups stand: what there is, where, how old, how it was proved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.backups import automatic, drill, form, notes
from gwangju_desktop.backups.automatic import OLD_DAYS, Second
from gwangju_desktop.backups.drill import Drill
from gwangju_desktop.backups.notes import Listed


@dataclass(frozen=True, slots=True)
class Standing:
    """What the window shows of an office's backups.

    `held` lie beside the office and `there` in the second folder, the newest first; `saved` says
    whether the newest one holds all there is, `away` that the second folder is not there now,
    `second_at` when the last one was made there, `locked` that its passphrase is not known,
    `near` that it is on the disk of the office.
    """

    folder: Path
    held: tuple[Listed, ...]
    saved: bool
    second: Second | None = None
    place: Path | None = None
    there: tuple[Listed, ...] = ()
    away: bool = False
    second_at: dt.datetime | None = None
    locked: bool = False
    near: bool = False
    drills: tuple[Drill, ...] = ()
    due: bool = False

    @property
    def age(self) -> int | None:
        """Return how many days old the newest backup of the second folder is."""
        return automatic.age(self.second_at)

    @property
    def old(self) -> bool:
        """Say whether the second folder was chosen and has had nothing for a week."""
        return self.second is not None and (self.age is None or self.age >= OLD_DAYS)

    @property
    def behind(self) -> bool:
        """Say whether the second folder is there and lacks the newest backup."""
        if self.second is None or self.away or self.locked or not self.held:
            return False
        return not self.there or self.there[0].made_at < self.held[0].made_at


def look(store: Store, second: Second | None = None, last: dt.datetime | None = None) -> Standing:
    """Look at the backups of an office; `last` is when one last went to the second folder."""
    office = Path(store.office.place)
    folder = form.beside(office)
    held = tuple(notes.listed(folder))
    drills = tuple(drill.drills(folder))
    standing = Standing(
        folder,
        held,
        automatic.saved(store, folder),
        drills=drills,
        due=bool(held) and drill.due(folder, clock.local(clock.real())),
    )
    if second is None:
        return standing
    place = automatic.within(second.chosen, office)
    there = tuple(notes.listed(place))
    return replace(
        standing,
        second=second,
        place=place,
        there=there,
        away=not place.is_dir(),
        second_at=there[0].made_at if there else last,
        locked=second.sealed and not second.passphrase,
        near=automatic.same_disk(second.chosen, office),
    )
