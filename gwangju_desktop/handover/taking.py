"""Take over an office file: read whole, then laid in its place; a copy that waits there gives way.

What stood there is copied aside before it is replaced, and replaced in one step: a program that is
killed leaves the old copy or the new one, never neither and never half of one.
"""

from __future__ import annotations

import contextlib
import glob
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db import baton, journal
from db.engine import file_url, open_engines
from db.errors import TooNew
from db.faults import translated
from db.files import atomic_write, blaming, make_folder, mark, patiently, replacing, sync_folder
from db.lock import OfficeLock, refuse_network
from db.migrate import head, look
from db.schema.journal import change_log
from db.schema.office import Setting
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import form as backup
from gwangju_desktop.backups import restoring, verifying
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import form, notes, state, usecases
from gwangju_desktop.handover.form import Handed, Handover
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_, Msg

UNPACKING = N_("Unpacking the records")
PAPERS = N_("Bringing papers and evidence")
ASIDE = ".before-"
WRITTEN_HERE = N_("{target} was written to since: it does not wait for this file.")
COMPARE = N_("Compare the two under Settings; what differs is entered by hand.")


@dataclass(frozen=True, slots=True)
class Taken:
    """An office file that was taken over.

    `aside` is the copy that stood there, None for a new place; `claimed` is False where nothing
    could be written beside the file, so that its folder does not tell others.
    """

    path: Path
    handover: Handover
    aside: Path | None
    claimed: bool
    missing: tuple[str, ...]


def take(
    file: Path,
    target: Path,
    *,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Taken:
    """Take an office file over as `target`: a new place, or this PC's own copy that waits for it.

    From then on `target` is the copy that is written to. Raises UserError for a file that is
    damaged, was taken before, is of another office, or does not descend from the copy there; Locked
    where that copy is open; TooNew; OnNetwork; FileExistsError; Cancelled.
    """
    target = target.absolute()
    refuse_network(target)
    if not target.parent.is_dir():
        raise FileNotFoundError(str(target.parent))
    watch = Watch(progress, cancelled)
    with contextlib.ExitStack() as held:
        there = _locked(held, target) if target.exists() else None
        handed = held.enter_context(form.opened(file, passphrase, watch))
        if handed.manifest.revision > head():
            raise TooNew(f"{handed.manifest.revision} > {head()}")
        if there is not None and there.is_taken(handed.handover, target):
            # It was cut off when all but a note was done.
            notes.remember(_seen(handed, target, "taken"))
            return Taken(target, handed.handover, None, True, tuple(handed.manifest.missing))
        _refuse_seen(handed)
        if there is not None:
            _demand_descent(handed, target, there)
        elif (papers := _papers(target)).exists() and not _begun(handed.handover, target):
            raise FileExistsError(str(papers))
        claimed = _claim(file, handed, target)
        try:
            aside = _lay(handed, target, watch)
        except BaseException as error:
            if isinstance(error, Exception):
                _unclaim(file, handed, claimed)
            raise
        notes.remove(target)
        notes.remember(_seen(handed, target, "taken"))
        return Taken(target, handed.handover, aside, claimed, tuple(handed.manifest.missing))


@dataclass(frozen=True, slots=True)
class _There:
    """The copy that stands in the place: its office, its baton and its journal's head."""

    office: str
    baton: dict[str, Any]
    head: tuple[int, str]

    def is_taken(self, handover: Handover, target: Path) -> bool:
        """Say whether this very file was laid there, and only its noting was cut off."""
        held = self.baton.get("state") == baton.HELD
        same = self.baton.get("token") == handover.token
        return held and same and _begun(handover, target)


def _begun(handover: Handover, target: Path) -> bool:
    """Say whether this PC began to lay this very file there and was cut off."""
    return any(
        one.token == handover.token and one.what == "taking" and one.place == str(target)
        for one in notes.seen()
    )


def _locked(held: contextlib.ExitStack, target: Path) -> _There:
    """Keep everybody from the copy in the place, and read it, whatever its age."""
    look(target)
    lock = OfficeLock(target, notes.pc())
    lock.take()
    held.callback(lock.release)
    office = open_engines(file_url(target))
    try:
        with translated(str(target)), office.looking() as connection:
            query = select(Setting.value).where(Setting.key == settings.OFFICE_ID)
            number = str(connection.execute(query).scalar() or "")
            return _There(number, baton.read(connection), verifying.journal_head(connection))
    finally:
        office.dispose()


# --- may it be taken ------------------------------------------------------------------------------


def _refuse_seen(handed: Handed) -> None:
    """Raise UserError for a file that this PC knows to be taken, given by itself, or overtaken."""
    handover = handed.handover
    mine = [one for one in notes.seen() if one.office == handed.manifest.office_id]
    for one in mine:
        if one.token != handover.token:
            continue
        if one.what == "taken":
            raise UserError(
                N_("This file was taken over on this PC already: {place}."),
                hint=N_("Open the office there."),
                place=one.place,
            )
        if one.what == "given":
            raise UserError(
                N_("This is the file that was given from this PC to {to}."),
                hint=N_("If {to} never took it over, break the handover off with a reason."),
                to=handover.to,
            )
    later = [one for one in mine if one.number > handover.number]
    if later:
        raise UserError(
            N_("This is handover {number}; this PC knows handover {later} of the same office."),
            hint=N_("Take the file of the latest one."),
            number=handover.number,
            later=max(one.number for one in later),
        )


def _demand_descent(handed: Handed, target: Path, there: _There) -> None:
    """Raise UserError unless the copy there waits, and the file goes on from its last entry."""
    if there.office != handed.manifest.office_id:
        raise UserError(
            N_("{target} is another office than the one that was handed over."),
            hint=N_("Choose another place for it."),
            target=target.name,
        )
    if there.baton.get("state") != baton.GIVEN:
        raise UserError(WRITTEN_HERE, hint=COMPARE, target=target.name)
    if not _goes_on(handed.database, there.head):
        raise UserError(
            N_("The file does not go on from the copy that waits at {target}: two have written."),
            hint=COMPARE,
            target=target.name,
        )
    if handed.handover.token == there.baton.get("token"):
        raise UserError(
            N_("This is the file that was given from this PC to {to}."),
            hint=N_("If {to} never took it over, break the handover off with a reason."),
            to=handed.handover.to,
        )


def _goes_on(database: Path, own: tuple[int, str]) -> bool:
    """Say whether a journal is whole and holds an entry: then all before it is the same too."""
    office = open_engines(file_url(database))
    try:
        with translated(str(database)), office.looking() as connection:
            query = select(change_log.c.id).where(change_log.c.id == own[0])
            if own[0] and connection.execute(query).first() is None:
                return False
            return not journal.verify(
                connection, (own[0], bytes.fromhex(own[1])) if own[0] else None
            )
    finally:
        office.dispose()


def _claim(file: Path, handed: Handed, target: Path) -> bool:
    """Say beside the file that it is taken; raises UserError where another PC said so before."""
    mine = notes.Claim(handed.handover.token, notes.pc(), str(target), state.moment_now())
    notes.remember(_seen(handed, target, "taking"))
    try:
        return notes.claim(file, mine)
    except FileExistsError:
        there = notes.claimed(file)
    if there is not None and (there.pc, there.place) == (mine.pc, mine.place):
        # This PC was cut off in the middle of it.
        return True
    notes.forget(handed.handover.token)
    raise UserError(
        N_("This file was taken over already: {pc}, {at}."),
        hint=N_("One copy is written to. Ask whoever has it to hand it over."),
        pc=there.pc if there else "?",
        at=there.at[:16].replace("T", " ") if there else "?",
    )


def _unclaim(file: Path, handed: Handed, claimed: bool) -> None:
    if claimed:
        notes.unclaim(file)
    with contextlib.suppress(OSError):
        notes.forget(handed.handover.token)


def _seen(handed: Handed, target: Path, what: str) -> notes.Seen:
    return notes.Seen(
        handed.handover.token,
        handed.manifest.office_id,
        handed.handover.number,
        what,
        str(target),
        state.moment_now(),
    )


# --- laying it there ------------------------------------------------------------------------------


def _lay(handed: Handed, target: Path, watch: Watch) -> Path | None:
    """Lay the office in its place, its papers first; return the copy of what stood there."""
    _step(watch, UNPACKING)
    with blaming(target):
        workshop = Path(tempfile.mkdtemp(prefix=f"{mark(target)}-", dir=target.parent))
    try:
        made = workshop / target.name
        with atomic_write(made, private=True) as out, handed.database.open("rb") as source:
            shutil.copyfileobj(source, out, backup.PART)
        with Store.open(made, locked=False, waiting=False) as store:
            store.run(
                usecases.take_over,
                handover=handed.handover,
                at=state.moment_now(),
                pc=notes.pc(),
            )
        papers = _papers(target)
        if not target.exists():
            # Those of a taking that was cut off are gone on with.
            fresh = papers if papers.exists() else workshop / papers.name
            _bring(handed, fresh, watch)
            restoring.move_aside(target)
            if fresh != papers and fresh.exists():
                patiently(lambda: fresh.rename(papers))
            # Last, so that an office is never there without its papers.
            patiently(lambda: made.rename(target))
            sync_folder(target.parent)
            return None
        # Files are known by their content: the copy that waits only gets more of them.
        _bring(handed, papers, watch)
        aside = _keep(target)
        restoring.move_aside(target)
        patiently(lambda: made.replace(target))
        sync_folder(target.parent)
        return aside
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _bring(handed: Handed, papers: Path, watch: Watch) -> None:
    watch.begin(sum(handed.manifest.files.values()), PAPERS)
    for digest, size in handed.manifest.files.items():
        place = papers / digest[:2] / digest
        if not (place.exists() and verifying.digest_of(place) == digest):
            with blaming(place):
                make_folder(place.parent)
            with atomic_write(place, private=True) as out:
                handed.put(digest, out)
        watch.on(size)


def _keep(target: Path) -> Path:
    """Copy the office that waits beside its place, under a name that says when it gave way."""
    stamp = clock.local(clock.real()).strftime("%Y%m%d-%H%M%S")
    aside = target.with_name(f"{target.name}{ASIDE}{stamp}")
    with replacing(aside, private=True) as temporary:
        shutil.copyfile(target, temporary)
    # All of an earlier one is in this one, but for people who were erased since.
    for earlier in target.parent.glob(f"{glob.escape(target.name + ASIDE)}*"):
        if earlier != aside:
            patiently(lambda earlier=earlier: earlier.unlink(missing_ok=True))  # type: ignore[misc]
    return aside


def _papers(target: Path) -> Path:
    return target.with_name(f"{target.name}.files")


def _step(watch: Watch, step: Msg) -> None:
    watch.begin(1, step)
