"""The drill: the newest backup becomes an office in a temporary folder and does the office's work."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import DatabaseFault
from db.files import atomic_write, sweep
from db.schema.meetings import Meeting
from db.store import Store
from db.vocab import Edition
from gwangju_desktop import check, child, clock
from gwangju_desktop.backups import form, restoring
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.text import N_, Msg, language, say, use

Progress = Callable[[int, int, Msg], None]
RECORD = "drills.json"
KEPT = 24
DAYS = 31
_PLACE = "gwangju-drill-"
CHECKING = N_("Checking the restored office")
WORKING = N_("Opening rooms and binding a pack from the restored office")


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill: when, of which backup, how long it took, and what went wrong ("" for nothing)."""

    at: str
    backup: str
    made_at: str
    seconds: float
    problems: list[str]

    @property
    def ok(self) -> bool:
        """Say whether the restored office did its work."""
        return not self.problems

    @property
    def moment(self) -> dt.datetime:
        """Return when it was, on the office's clock."""
        return clock.local(dt.datetime.fromisoformat(self.at))

    def as_json(self) -> dict[str, Any]:
        """Return what `backup drill` prints."""
        return {"ok": self.ok, **asdict(self)}


def drill(
    folder: Path, *, passphrase: str | None = None, progress: Progress | None = None
) -> Drill:
    """Restore the newest backup of a folder elsewhere, prove that it works, and write that down.

    Raises UserError when the folder has no backup.
    """
    backups = form.listed(folder)
    if not backups:
        raise UserError(
            N_("There is no backup in {folder}."), hint=N_("Make one first."), folder=folder
        )
    started = time.monotonic()
    problems: list[str] = []
    made_at = ""
    sweep(Path(tempfile.gettempdir()), _PLACE)
    with tempfile.TemporaryDirectory(prefix=_PLACE) as place:
        try:
            office = Path(place) / "drill.gwoffice"
            restored = restoring.restore(
                backups[0], office, passphrase=passphrase, progress=progress
            )
            made_at = restored.manifest.made_at
            problems += [
                say(N_("A file is missing beside the backup: {name}"), name=digest)
                for digest in restored.missing
            ]
            problems += _work(office, progress)
        except UserError as error:
            problems.append(str(error))
        except DatabaseFault as fault:
            problems.append(f"{type(fault).__name__}: {fault}")
    found = Drill(
        clock.real().replace(microsecond=0).isoformat(),
        backups[0].name,
        made_at,
        round(time.monotonic() - started, 1),
        problems,
    )
    _record(folder, found)
    return found


def apart(
    folder: Path, *, passphrase: str | None = None, cancelled: Callable[[], bool] | None = None
) -> Drill:
    """Carry a drill out in a process of its own: it works for a minute, and the window goes on.

    Raises UserError when there is no backup or the drill did not come to an end, Cancelled.
    """
    asked = {"folder": str(folder), "passphrase": passphrase, "language": language()}
    try:
        told = child.run("backup.drill", asked, **_LIMITS, cancelled=cancelled)
    except child.ChildFailed as failed:
        if failed.why == "cancelled":
            raise Cancelled from None
        raise UserError(
            N_("The restore drill did not come to an end."),
            hint=N_("Check how much room is left on this PC, and repeat it."),
        ) from failed
    if "refused" in told:
        raise UserError(Msg(told["refused"]))
    return Drill(**told)


# A large office takes its time; what it unpacks is as large as all of it.
_LIMITS: dict[str, Any] = {"seconds": 1_800, "memory_mb": 4_000, "output_mb": 64 * 1024}


def drill_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Carry a drill out and return it, or why there was none, in the language asked for."""
    use(asked["language"])
    try:
        return asdict(drill(Path(asked["folder"]), passphrase=asked["passphrase"]))
    except UserError as error:
        return {"refused": str(error)}


def drills(folder: Path) -> list[Drill]:
    """Return the drills that were written down, the newest first."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return [Drill(**one) for one in held]
    return []


def due(folder: Path, now: dt.datetime) -> bool:
    """Say whether a month has passed since a backup of this folder was proved."""
    proved = [one.moment for one in drills(folder) if one.ok]
    return not proved or (now - max(proved)).days >= DAYS


def _record(folder: Path, found: Drill) -> None:
    held = [asdict(one) for one in [found, *drills(folder)][:KEPT]]
    with atomic_write(folder / RECORD) as file:
        file.write(json.dumps(held, ensure_ascii=False, indent=1).encode())


def _work(office: Path, progress: Progress | None) -> list[str]:
    """Open the office, convert it if it is older, check it, read its rooms and bind a pack."""
    if progress:
        progress(0, 2, CHECKING)
    from gwangju_desktop import offices

    with offices.opened(office) as store:
        problems = [f"{say(one.what)}: {one.where}" for one in check.check(store)]
        if progress:
            progress(1, 2, WORKING)
        for read_room in _ROOMS:
            with store.reading() as read:
                read_room(read)
        problems += _pack(store, office.with_name("drill.pdf"))
    return problems


def _pack(store: Store, target: Path) -> list[str]:
    """Bind the pack of the last meeting."""
    from gwangju_desktop.packs.usecases import bind_pack

    with store.reading() as read:
        meeting = read.scalar(select(Meeting.id).order_by(Meeting.starts_at.desc()).limit(1))
    if meeting is not None:
        bind_pack(
            store,
            meeting_id=meeting,
            target=target,
            edition=Edition.MEMBERS,
            language="ko",
            draft=True,
        )
    return []


def _home(read: Session) -> None:
    from gwangju_desktop import today

    today.overview(read, today=clock.today())


def _meetings(read: Session) -> None:
    from gwangju_desktop.meetings import queries

    for row in queries.meetings(read):
        queries.meeting(read, id=row.id)
        queries.agenda(read, meeting_id=row.id)


def _proposals(read: Session) -> None:
    from gwangju_desktop.proposals import listing

    listing.pipeline(read, clock.today())


def _energy(read: Session) -> None:
    from gwangju_desktop.energy import queries

    queries.indicators(read)
    queries.datasets(read)


def _bodies(read: Session) -> None:
    from gwangju_desktop.members import queries

    for row in queries.bodies(read):
        queries.body(read, id=row.id, on=clock.today())


_ROOMS: tuple[Callable[[Session], None], ...] = (_home, _meetings, _bodies, _proposals, _energy)
