"""Thin a folder of backups: what the rule lets go, and the files no backup lists any more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from db.files import patiently
from gwangju_desktop import clock
from gwangju_desktop.backups import form, notes, thinning
from gwangju_desktop.backups.notes import Listed
from gwangju_desktop.backups.thinning import Kept, Rule
from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import UserError


def thin(
    folder: Path,
    *,
    now: dt.datetime | None = None,
    rule: Rule | None = None,
    dry_run: bool = False,
) -> list[Path]:
    """Remove the backups that the rule lets go and return them; files go with the last that lists them.

    Nothing of the files is touched while a backup of the folder cannot be read, or is sealed and no
    note tells what it lists.
    """
    moment = now or clock.local(clock.real())
    held = [
        Kept(one.made_at, one.path.name, checked=_readable(one), step=_before_conversion(one))
        for one in notes.listed(folder)
    ]
    gone = [folder / one.name for one in thinning.going(held, moment, rule)]
    if dry_run:
        return gone
    for path in gone:
        patiently(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]
    if gone:
        _sweep(folder)
    return gone


def _readable(one: Listed) -> bool:
    """Say whether a backup has the form of one and was not found damaged since it was made."""
    if one.note is None:
        return one.sealed
    return not one.note.wrong


def _before_conversion(one: Listed) -> bool:
    return one.note is not None and one.note.why == Why.CONVERSION


def _sweep(folder: Path) -> None:
    """Remove the files that no backup lists; none while it is not known what one of them lists."""
    listed: set[str] = set()
    for one in notes.listed(folder):
        if one.sealed:
            if one.note is None:
                return
            listed |= set(one.note.papers)
            continue
        try:
            listed |= set(form.read_manifest(one.path).files)
        except (UserError, OSError):
            return
    for place in (folder / form.FILES).glob("[0-9a-f][0-9a-f]/*"):
        digest = place.name.partition(".")[0]
        if form.is_digest(digest) and place.name not in listed:
            patiently(lambda place=place: place.unlink(missing_ok=True))  # type: ignore[misc]
