"""Are the evidence files still what they were? Their bytes are read again, all of them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.changes import ChangeSet
from db.schema.commitments import ActionPlan
from db.schema.evidence import Evidence, EvidenceCheck
from db.schema.papers import StoredFile
from db.store import usecase
from db.vocab import PlanRuleKey
from gwangju_desktop import clock
from gwangju_desktop.commitments import rules
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence.intake import Progress
from gwangju_desktop.evidence.queries import found_states, plans_with_evidence
from gwangju_desktop.evidence.rows import BROKEN, MISSING
from gwangju_desktop.text import C_, N_, Msg

if TYPE_CHECKING:
    from db.papers import Papers

# So many names are said in one sentence; the shelf shows all.
_NAMED = 5


class Occasion(StrEnum):
    """Why the files were read; only the first three read all of them."""

    ASKED = "asked"
    WEEKLY = "weekly"
    SNAPSHOT = "snapshot"
    PART = "part"


OCCASIONS: dict[str, Msg] = {
    Occasion.ASKED: C_("evidence check", "Asked for"),
    Occasion.WEEKLY: C_("evidence check", "Regular"),
    Occasion.SNAPSHOT: C_("evidence check", "Before a review copy"),
    Occasion.PART: C_("evidence check", "Part of the files"),
}


class Door(Protocol):
    """What is needed of the office: the Store has it, and so has a piece of work in the window."""

    @property
    def papers(self) -> Papers:
        """The file store."""

    def run(self, function: Any, /, **values: Any) -> ChangeSet:
        """Carry out a use case."""

    def reading(self) -> AbstractContextManager[Session]:
        """Give a reading session."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A stored file that is not itself any more, or gone, and the evidence it is."""

    file_id: int
    state: str
    name: str
    sha256: str
    evidence: tuple[int, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What one reading found; `bytes` were read in `seconds`."""

    files: int
    bytes: int
    seconds: float
    faults: tuple[Fault, ...] = ()

    @property
    def broken(self) -> tuple[Fault, ...]:
        """Return the files whose bytes are others, or cannot be read."""
        return tuple(fault for fault in self.faults if fault.state == BROKEN)

    @property
    def missing(self) -> tuple[Fault, ...]:
        """Return the files that are gone."""
        return tuple(fault for fault in self.faults if fault.state == MISSING)

    @property
    def whole(self) -> bool:
        """Say whether every file is what it was."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _File:
    id: int
    sha256: str
    name: str
    bytes: int


def check(
    store: Door,
    plan_id: int | None = None,
    occasion: str = Occasion.ASKED,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    files: Iterable[int] | None = None,
    write: bool = True,
) -> Checked:
    """Read the evidence files again, of one plan or some `files` if asked, and record what is found.

    Without evidence, or without `write`, nothing is recorded. Raises Cancelled, and then records
    nothing either.
    """
    found, checked = _read_again(store, plan_id, files, progress, cancelled)
    if found and write:
        part = plan_id is not None or files is not None
        _record(store, found, checked, Occasion.PART.value if part else Occasion(occasion).value)
    return checked


def demand_whole(
    store: Door,
    plan_id: int | None = None,
    occasion: str = Occasion.PART,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    write: bool = True,
) -> Checked:
    """Read the evidence files again; raises UserError naming those that are broken or gone.

    What leaves the office asks for this first. A full reading is recorded; one of a plan only when
    it finds something else than is known, and nothing without `write`.
    """
    found, checked = _read_again(store, plan_id, None, progress, cancelled)
    if found and write:
        with store.reading() as read:
            known = found_states(read)
        ids = {file.id for file in found}
        as_known = {fault.file_id: fault.state for fault in checked.faults} == {
            id: state for id, state in known.items() if id in ids
        }
        part = plan_id is not None
        if not part or not as_known:
            _record(
                store, found, checked, Occasion.PART.value if part else Occasion(occasion).value
            )
    refuse_broken(checked)
    return checked


def refuse_broken(checked: Checked) -> None:
    """Raise UserError naming the files that are broken or gone."""
    if not checked.faults:
        return
    names = [fault.name for fault in checked.faults]
    raise UserError(
        N_("Evidence files were changed on the disk or are gone: {names}."),
        hint=N_("Put the right files in their place on the evidence shelf, or withdraw them."),
        names=", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""),
    )


def broken(read: Session, plan_id: int | None = None) -> list[int]:
    """Return the ids of the evidence whose files the last reading found broken or gone."""
    states = found_states(read)
    if not states:
        return []
    query = select(Evidence.id, Evidence.file_id).order_by(Evidence.position, Evidence.id)
    if plan_id is not None:
        query = query.where(Evidence.plan_id == plan_id)
    return [id for id, file_id in read.execute(query) if file_id in states]


def last_check(read: Session) -> dt.datetime | None:
    """Return when all evidence files were read last, or None."""
    query = select(func.max(EvidenceCheck.checked_at)).where(
        EvidenceCheck.occasion != Occasion.PART.value
    )
    return read.execute(query).scalar()


def due_on(read: Session, today: dt.date) -> dt.date | None:
    """Return the day the evidence files are to be read again; None where there is nothing to read.

    The rule is CHECK_DAYS of the plans that are open and have evidence; the shortest of them holds.
    """
    plans = plans_with_evidence(read)
    query = select(ActionPlan.id).where(ActionPlan.id.in_(plans), ActionPlan.closed_on.is_(None))
    days = [
        rules.rule(read, plan, PlanRuleKey.CHECK_DAYS.value, today) for plan in read.scalars(query)
    ]
    if not days:
        return None
    last = last_check(read)
    return today if last is None else clock.local(last).date() + dt.timedelta(days=min(days))


def is_due(read: Session) -> bool:
    """Say whether the evidence files are to be read again today."""
    day = due_on(read, clock.today())
    return day is not None and day <= clock.today()


@usecase("Check evidence files", aside=True)
def record_check(
    tx: Session,
    *,
    occasion: str,
    read_files: list[int],
    bytes: int,
    seconds: float,
    broken: list[int],
    missing: list[int],
) -> int:
    """Record what a reading found; files it did not read stay as they were found before."""
    before = found_states(tx)
    held = set(tx.scalars(select(Evidence.file_id).where(Evidence.file_id.in_(before))))
    kept = {id: before[id] for id in held.difference(read_files)}
    row = EvidenceCheck(
        checked_at=clock.now(),
        occasion=occasion,
        files=len(read_files),
        bytes=bytes,
        seconds=round(seconds, 3),
        broken=sorted({*broken, *(id for id, state in kept.items() if state == BROKEN)}),
        missing=sorted({*missing, *(id for id, state in kept.items() if state == MISSING)}),
    )
    tx.add(row)
    tx.flush()
    return row.id


def _read_again(
    store: Door,
    plan_id: int | None,
    only: Iterable[int] | None,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[list[_File], Checked]:
    with store.reading() as read:
        files = _files(read, plan_id, only)
        owners = _owners(read, plan_id)
    whole, done = sum(file.bytes for file in files), 0
    states: dict[int, str] = {}
    began = time.perf_counter()
    for file in files:
        size = 0

        def told(part: int, name: str = file.name) -> None:
            nonlocal done, size
            size += part
            done += part
            if cancelled and cancelled():
                raise Cancelled
            if progress:
                progress(min(done, whole), whole, name)

        try:
            if store.papers.read_again(file.sha256, told) != file.sha256:
                states[file.id] = BROKEN
        except FileNotFoundError:
            states[file.id] = MISSING
        except OSError:
            # A disk that no longer reads a file keeps it no better than one that changed it.
            states[file.id] = BROKEN
        # A file that shrank or grew must not leave the bar short of its end or beyond it.
        done += file.bytes - size
    seconds = time.perf_counter() - began
    faults = tuple(
        Fault(
            file.id,
            states[file.id],
            file.name,
            file.sha256,
            tuple(id for id, _title in owners[file.id]),
            tuple(title for _id, title in owners[file.id]),
        )
        for file in files
        if file.id in states
    )
    return files, Checked(len(files), whole, seconds, faults)


def _record(store: Door, files: list[_File], checked: Checked, occasion: str) -> None:
    store.run(
        record_check,
        occasion=occasion,
        read_files=[file.id for file in files],
        bytes=checked.bytes,
        seconds=checked.seconds,
        broken=[fault.file_id for fault in checked.broken],
        missing=[fault.file_id for fault in checked.missing],
    )


def _files(read: Session, plan_id: int | None, only: Iterable[int] | None) -> list[_File]:
    query = select(StoredFile.id, StoredFile.sha256, StoredFile.name, StoredFile.bytes).order_by(
        StoredFile.id
    )
    owned = select(Evidence.file_id)
    if plan_id is not None:
        owned = owned.where(Evidence.plan_id == plan_id)
    query = query.where(StoredFile.id.in_(owned))
    if only is not None:
        query = query.where(StoredFile.id.in_(list(only)))
    return [_File(*row) for row in read.execute(query)]


def _owners(read: Session, plan_id: int | None) -> dict[int, list[tuple[int, str]]]:
    query = select(Evidence.file_id, Evidence.id, Evidence.title).order_by(
        Evidence.position, Evidence.id
    )
    if plan_id is not None:
        query = query.where(Evidence.plan_id == plan_id)
    found: dict[int, list[tuple[int, str]]] = {}
    for file_id, id, title in read.execute(query):
        found.setdefault(file_id, []).append((id, title))
    return found
