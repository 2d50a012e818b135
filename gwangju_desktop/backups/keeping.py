"""Thin a folder of backups: what the rule lets go, and the files no backup lists any more."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

from db.files import patiently
from gwangju_desktop import clock
from gwangju_desktop.backups import form, thinning
from gwangju_desktop.backups.thinning import Kept, Rule
from gwangju_desktop.errors import UserError


def thin(
    folder: Path,
    *,
    now: dt.datetime | None = None,
    rule: Rule | None = None,
    dry_run: bool = False,
) -> list[Path]:
    """Remove the backups that the rule lets go and return them; files go with the last that lists them.

    Nothing of the files is touched while a backup of the folder cannot be read, sealed ones
    included: what they list is not known.
    """
    moment = now or clock.local(clock.real())
    held = [
        Kept(made_at, path.name, checked=_readable(path))
        for path in form.listed(folder)
        if (made_at := form.moment_of(path.name)) is not None
    ]
    gone = [folder / one.name for one in thinning.going(held, moment, rule)]
    if dry_run:
        return gone
    for path in gone:
        patiently(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]
    if gone:
        _sweep(folder)
    return gone


def _readable(path: Path) -> bool:
    """Say whether a backup has the form of one; whether it is whole was found when it was made."""
    with contextlib.suppress(UserError, OSError):
        return form.is_sealed(path) or bool(form.read_manifest(path).sha256)
    return False


def _sweep(folder: Path) -> None:
    listed: set[str] = set()
    for path in form.listed(folder):
        try:
            listed |= set(form.read_manifest(path).files)
        except (UserError, OSError):
            return
    for place in (folder / form.FILES).glob("[0-9a-f][0-9a-f]/*"):
        if form.is_digest(place.name) and place.name not in listed:
            patiently(lambda place=place: place.unlink(missing_ok=True))  # type: ignore[misc]
