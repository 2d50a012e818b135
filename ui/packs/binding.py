"""What the page of packs asks of the office: the meetings, and a pack bound to a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from gwangju_desktop import clock
from gwangju_desktop.meetings import queries
from gwangju_desktop.packs.checks import Check, checks, known
from gwangju_desktop.packs.model import PackFacts
from gwangju_desktop.packs.saving import save_copy
from gwangju_desktop.packs.usecases import bind_pack
from ui.packs.pictures import Workshop
from ui.packs.printing import pages_done


@dataclass(frozen=True, slots=True)
class Bound:
    """A pack on the disk, and what to say about it."""

    file: Path
    facts: PackFacts
    size: int
    made: dt.datetime
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Unbound:
    """Why there is no pack in that file."""

    file: Path
    error: Exception


def choices(read, *, today: dt.date) -> tuple[list, int | None]:
    """Return every meeting and the one a person most likely wants."""
    return queries.meetings(read), queries.next_meeting_id(read, today=today)


def bind(work, *, meeting_id: int, file: Path, spoken: str) -> Bound | Unbound:
    """Bind a meeting's pack; a job for `desk.work`."""

    def progress(done: int, of: int) -> None:
        work.progress(done, of, pages_done(done, of))

    try:
        facts = bind_pack(
            work.store,
            meeting_id=meeting_id,
            target=file,
            language=spoken,
            progress=progress,
            cancelled=work.cancelled,
        )
        with work.reading() as read:
            told = known(read, meeting_id=meeting_id)
        size = file.stat().st_size
    except Exception as error:
        return Unbound(file, error)
    return Bound(file, facts, size, dt.datetime.now(clock.KST), checks(facts, told))


def save(work, *, workshop: Workshop, file: Path, target: Path) -> Path:
    """Save a lent pack; a job for `desk.work`."""
    with workshop.lent(file):
        return save_copy(file, target)
