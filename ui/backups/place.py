"""A restored office takes its place and is opened."""

from __future__ import annotations

from pathlib import Path

from db.errors import DatabaseFault
from gwangju_desktop.backups import returning
from gwangju_desktop.backups.restoring import Restored
from gwangju_desktop.errors import UserError
from ui import alerts
from ui.text import N_, NN_, say


def take_place(shell, restored: Restored, office: Path) -> None:
    """Close the office that is open, exchange the two by name, open the restored one, tell of it."""
    shell.leave()
    aside: tuple[Path, ...] = ()
    error: Exception | None = None
    if restored.path != office:
        try:
            aside = returning.exchange(restored.path, office)
        except (OSError, DatabaseFault) as fault:
            error = fault
    shell.open_office(str(office))
    if error is None:
        shell.banner.tell(_told(restored, aside))
    else:
        why = alerts.sentence(error) or type(error).__name__
        alerts.tell(
            UserError(
                N_("The restored office could not take the place of {office}: {why}"),
                hint=N_("It lies beside it as {file} and can be opened there."),
                office=office.name,
                why=why,
                file=restored.path.name,
            )
        )


def _told(restored: Restored, aside: tuple[Path, ...]) -> str:
    words = [say(N_("The office is as it was on {at:when}."), at=restored.manifest.moment)]
    if aside:
        words.append(say(N_("The one before it is {file}."), file=aside[0].name))
    if restored.missing:
        message = NN_(
            "{n} file was not beside the backup.", "{n} files were not beside the backup."
        )
        words.append(say(message, n=len(restored.missing)))
    if restored.erased:
        message = NN_(
            "{n} person who was erased since was erased again.",
            "{n} people who were erased since were erased again.",
        )
        words.append(say(message, n=restored.erased))
    return " ".join(words)
