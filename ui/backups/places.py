"""What this person chose for the backups of an office: the second folder, and whether it is sealed.

The passphrase itself lies in the keyring of the system, or is asked for; never in a file of ours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from gwangju_desktop import keyrings
from gwangju_desktop.backups.folders import Second
from ui.settings import kept


def _key(office: Path, name: str) -> str:
    digest = hashlib.sha256(str(office.resolve()).encode()).hexdigest()
    return f"backups/{digest[:16]}/{name}"


def secret_name(chosen: Path) -> str:
    """Return the name the passphrase of a second folder has in the keyring."""
    return f"backup {chosen}"


def second(office: Path) -> Second | None:
    """Return the second folder of an office as it was chosen, its passphrase not looked up yet."""
    chosen = kept.text(_key(office, "second"))
    if not chosen:
        return None
    return Second(Path(chosen), kept.text(_key(office, "sealed")) == "yes")


def with_passphrase(second: Second | None) -> Second | None:
    """Return a second folder with its passphrase; the keyring may take its time."""
    if second is None or not second.sealed or second.passphrase:
        return second
    return Second(second.chosen, True, keyrings.known(secret_name(second.chosen)))


def choose(office: Path, second: Second | None) -> None:
    """Remember a second folder, or that there is none."""
    kept.keep(_key(office, "second"), str(second.chosen) if second else "")
    kept.keep(_key(office, "sealed"), "yes" if second and second.sealed else "")
    kept.keep(_key(office, "last"), "")


def keep_last(office: Path, moment: dt.datetime) -> None:
    """Remember when a backup last went to the second folder: its drive may be out."""
    kept.keep(_key(office, "last"), moment.isoformat())


def last(office: Path) -> dt.datetime | None:
    """Return when a backup last went to the second folder, None for never."""
    try:
        return dt.datetime.fromisoformat(kept.text(_key(office, "last")))
    except ValueError:
        return None


def keep_missed(office: Path, why: str) -> None:
    """Remember why the last backup of an office was not made, "" for nothing."""
    kept.keep(_key(office, "missed"), why)


def missed(office: Path) -> str:
    """Return why the last backup of an office was not made."""
    return kept.text(_key(office, "missed"))
