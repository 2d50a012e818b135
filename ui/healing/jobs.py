"""Work on a damaged office, each on a thread of its own; none of it touches a widget."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop.backups import returning
from gwangju_desktop.backups.returning import PutBack
from gwangju_desktop.salvage import offers, salvaging
from gwangju_desktop.salvage.offers import Offer
from gwangju_desktop.salvage.salvaging import Salvaged
from ui.text import N_

LOOKING = N_("Looking for a backup that is whole")
RESTORING = N_("Opening the backup")
SALVAGING = N_("Bringing over what can still be read")


def look(work, *, office: Path) -> Offer:
    """Return the way back that the office's backups offer."""
    return offers.offer(office, cancelled=work.cancelled)


def put_back(work, *, backup: Path, office: Path) -> PutBack:
    """Let a backup take the damaged office's place, which is kept beside it."""
    return returning.put_back(backup, office, progress=work.progress, cancelled=work.cancelled)


def salvage(work, *, office: Path) -> Salvaged:
    """Make a new office of what can still be read."""
    return salvaging.salvage(office, progress=work.progress, cancelled=work.cancelled)
