"""Who has the office file, as the copy that is open and the notes of this PC tell."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db import baton
from db.errors import DatabaseFault
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.backups import verifying
from gwangju_desktop.handover import notes


class Standing(StrEnum):
    """Where the baton is: never given, here, away, or a giving that was cut off."""

    ALONE = "alone"
    HERE = "here"
    AWAY = "away"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class State:
    """Where the office file is.

    `by` gave handover `number` to `to` at `at`; `file` was written then, with `sha256`. `reason` is
    why a handover was broken off. `reachable` says of an unfinished giving whether the folder it
    was to go to can be looked into now.
    """

    standing: Standing
    number: int = 0
    token: str = ""
    by: str = ""
    to: str = ""
    at: dt.datetime | None = None
    taken_at: dt.datetime | None = None
    pc: str = ""
    reason: str = ""
    file: str = ""
    sha256: str = ""
    reachable: bool = True

    @property
    def waits(self) -> bool:
        """Say whether this copy is only read."""
        return self.standing in (Standing.AWAY, Standing.UNFINISHED)


def read(session: Session) -> State:
    """Return what the office itself says."""
    return _of(baton.read(session.connection()))


def _of(told: Mapping[str, Any]) -> State:
    if not told:
        return State(Standing.ALONE)
    return State(
        Standing.AWAY if told.get("state") == baton.GIVEN else Standing.HERE,
        int(told.get("number", 0)),
        str(told.get("token", "")),
        str(told.get("by", "")),
        str(told.get("to", "")),
        _moment(told.get("at")),
        _moment(told.get("taken_at")),
        str(told.get("pc", "")),
        str(told.get("reason", "")),
    )


def of_office(store: Store) -> State:
    """Return where the office file is; a giving whose file is there is finished by looking."""
    with store.reading() as session:
        told = read(session)
    if not told.waits or store.shared:
        return told
    office = Path(store.office.place)
    note = notes.read(office)
    if note is None or note.token != told.token:
        # The copy was moved without its note: that the file never left cannot be known.
        return told
    if note.sha256:
        return replace(told, file=note.file, sha256=note.sha256)
    file = Path(note.file)
    if file.exists():
        # It takes its name only once it was read again as whole.
        digest = verifying.digest_of(file)
        with contextlib.suppress(DatabaseFault, OSError):
            notes.write(office, notes.Note(told.token, str(file), digest))
        return replace(told, file=str(file), sha256=digest)
    return replace(
        told, standing=Standing.UNFINISHED, file=note.file, reachable=file.parent.is_dir()
    )


def moment_now() -> str:
    """Return this moment as it is written down: on the office's clock."""
    return clock.local(clock.real()).replace(microsecond=0).isoformat()


def _moment(text: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
