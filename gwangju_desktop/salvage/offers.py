"""What a damaged office is offered: its newest backup that is whole, and what that one lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.errors import Damaged, NotAnOffice
from gwangju_desktop.backups import form, returning
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.losing import Loss
from gwangju_desktop.salvage.since import since
from gwangju_desktop.snapshots import policy
from gwangju_desktop.text import language


@dataclass(frozen=True, slots=True)
class Offer:
    """The way back: `backup` is whole, `loss` what was done since, None where nothing tells.

    `sealed` is the newest backup under a passphrase that is newer, if there is one.
    """

    backup: Path | None = None
    manifest: Manifest | None = None
    loss: Loss | None = None
    sealed: Path | None = None


def offered(error: BaseException, where: str) -> bool:
    """Say whether an office that did not open may be healed: damaged, or a wreck with backups.

    A disk that is full, a file in use, a folder without rights are no damage: nothing is offered
    that would take the place of a whole office.
    """
    if "://" in where or not where:
        return False
    if isinstance(error, NotAnOffice):
        return bool(form.listed(form.beside(Path(where))))
    return isinstance(error, Damaged)


def offer(office: Path, *, cancelled: Callable[[], bool] | None = None) -> Offer:
    """Look through the backups of a damaged office, the newest first."""
    folder = form.beside(office)
    found = returning.newest_whole(folder, cancelled=cancelled)
    newer = [path for path in form.listed(folder) if form.is_sealed(path)]
    moment = form.moment_of(found.name) if found else None
    sealed = next((path for path in newer if _after(path, moment)), None)
    if found is None:
        return Offer(sealed=sealed)
    manifest = form.read_manifest(found)
    return Offer(found, manifest, since(office, manifest), sealed)


def _after(path: Path, moment: object) -> bool:
    made = form.moment_of(path.name)
    return made is not None and (moment is None or made > moment)  # type: ignore[operator]


def called(table: str) -> str:
    """Return what a table is called in the language of the moment."""
    known = policy.load().tables.get(table)
    if known is None:
        return table
    return known.ko if language() == "ko" else known.en
