"""Give the office file away: first this copy waits, then the file is written.

In that order a program that is killed leaves no writer at all, never two; the next start says what
was begun and asks whether the file is to be written again or the office stays here.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from db import baton
from db.errors import DatabaseFault, Full, HandedOver
from db.files import blaming, replacing
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import form as backup
from gwangju_desktop.backups import making, sealing, verifying
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import form, notes, state, usecases
from gwangju_desktop.handover.form import Handover
from gwangju_desktop.handover.state import Standing
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_

WRITING = N_("Writing papers and evidence")
CHECKING = N_("Reading the file again")
# What a zip says of each of its parts, and a margin for the folder.
_EACH, _MARGIN = 1_024, 2**20


@dataclass(frozen=True, slots=True)
class Given:
    """A handover that was carried out: the file, its SHA-256, and papers that were not there."""

    handover: Handover
    file: Path
    sha256: str
    missing: tuple[str, ...]


def give(
    store: Store,
    folder: Path,
    *,
    to: str,
    by: str = "",
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Given:
    """Hand the office file over: from now on this copy is only read, until it comes back.

    `by` gives it, by default who writes in this office. The file is whole and read again, or there is none and this copy is written to as before.
    Raises UserError without a name or for an office on a server, HandedOver, Full or ReadOnly
    naming the place, Cancelled.
    """
    refuse(store)
    to = " ".join(to.split())
    if not to:
        raise UserError(N_("Say who is given the office file."))
    if not folder.is_dir():
        raise FileNotFoundError(str(folder))
    _demand_room(store, folder)
    office = Path(store.office.place)
    with store.reading() as read:
        before = state.read(read)
    number = before.number + 1
    handover = Handover(
        number,
        secrets.token_hex(16),
        " ".join(by.split()) or store.who,
        to,
        state.moment_now(),
        notes.pc(),
    )
    target = _name(office, number, folder.absolute())
    # The note comes first: a mark without it could not be told from a file that left.
    notes.write(office, notes.Note(handover.token, str(target)))
    try:
        store.run(usecases.give_away, handover=handover)
    except BaseException:
        notes.remove(office)
        raise
    wait(store)
    try:
        missing = _write(store, target, handover, passphrase, Watch(progress, cancelled))
    except BaseException as error:
        if isinstance(error, Exception):
            _stay(store, target)
        raise
    return _finish(store, handover, target, missing)


def give_again(
    store: Store,
    *,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Given:
    """Write the file of a giving that was cut off; raises UserError where none was."""
    told = _demand_unfinished(store)
    target = Path(told.file)
    at = told.at.isoformat() if told.at else ""
    handover = Handover(told.number, told.token, told.by, told.to, at, told.pc)
    missing = _write(store, target, handover, passphrase, Watch(progress, cancelled))
    return _finish(store, handover, target, missing)


def call_off(store: Store) -> None:
    """Let the office stay here after a giving that was cut off.

    Raises UserError where the file was written, or where its folder cannot be looked into: there
    it may lie.
    """
    told = _demand_unfinished(store)
    if not told.reachable:
        raise UserError(
            N_("Whether {file} was written cannot be seen: its folder is not there."),
            hint=N_("Plug the drive in, or break the handover off with a reason."),
            file=told.file,
        )
    _carry_out(store, usecases.call_off)
    notes.remove(Path(store.office.place))


def break_off(store: Store, *, reason: str) -> None:
    """Write here again although the file has not come back; the reason stays in the journal.

    Raises UserError without a reason, or where the office file is here.
    """
    if not store.away:
        raise UserError(usecases.AT_HOME)
    if not reason.strip():
        raise UserError(usecases.NO_REASON)
    _carry_out(store, usecases.break_off, reason=reason, at=state.moment_now())
    notes.remove(Path(store.office.place))


def wait(store: Store) -> None:
    """Let an open office read only, as it will when it is opened next."""
    with store.reading() as read:
        store.away = store.why_read_only = baton.away(read.connection())


def refuse(store: Store) -> None:
    """Raise UserError for an office that is not one file, HandedOver for one that waits."""
    if store.shared:
        raise UserError(
            N_("An office on a server is not handed over: everybody opens it there."),
            hint=N_("Give your colleague a login instead."),
        )
    if store.away:
        raise HandedOver(store.away)


def _carry_out(store: Store, act: Callable[..., object], **values: Any) -> None:
    """Write what ends the waiting; where that fails it goes on waiting."""
    away, store.away, store.why_read_only = store.away, None, None
    try:
        store.run(act, **values)
    except BaseException:
        store.away = store.why_read_only = away
        raise


def _demand_unfinished(store: Store) -> state.State:
    told = state.of_office(store)
    if told.standing is not Standing.UNFINISHED:
        raise UserError(N_("No handover was cut off here."))
    return told


def _stay(store: Store, target: Path) -> None:
    """Undo a giving whose file was not written; where that cannot be done, it is asked later."""
    with contextlib.suppress(OSError, DatabaseFault):
        # Renamed, and then the folder would not be synced: it may be there after all.
        target.unlink(missing_ok=True)
        _carry_out(store, usecases.call_off)
        notes.remove(Path(store.office.place))


def _demand_room(store: Store, folder: Path) -> None:
    """Raise Full before anything was marked, where the folder has no room for the file."""
    sizes = [store.papers.size(digest) + _EACH for digest in store.papers.digests()]
    needed = Path(store.office.place).stat().st_size + sum(sizes) + _MARGIN
    with blaming(folder):
        if shutil.disk_usage(folder).free < needed:
            raise Full(str(folder))


def _name(office: Path, number: int, folder: Path) -> Path:
    """Return a name for the file of a handover that nothing bears yet."""
    stem = f"{office.stem}-{number:03d}"
    path, n = folder / f"{stem}{form.ENDING}", 1
    while path.exists():
        n += 1
        path = folder / f"{stem}-{n}{form.ENDING}"
    return path


def _write(
    store: Store, target: Path, handover: Handover, passphrase: str | None, watch: Watch
) -> tuple[str, ...]:
    salt = secrets.token_bytes(sealing.SALT) if passphrase else None
    with replacing(target, private=True) as temporary:
        with (
            blaming(target),
            temporary.open("r+b") as file,
            making.into(file, passphrase, salt) as zipped,
        ):
            told, named = making.put_records(
                store, zipped, watch, why=form.WHY, moment=clock.real().replace(microsecond=0)
            )
            digests = store.papers.digests()
            watch.begin(sum(store.papers.size(digest) for digest in digests), WRITING)
            files = {}
            for digest in digests:
                with _paper(store, digest) as source:
                    size = source.seek(0, 2)
                    source.seek(0)
                    with zipped.open(
                        making.entry(form.place(digest)), "w", force_zip64=True
                    ) as out:
                        copied = form.copy_counting(source, out, watch)
                # One that is not itself any more is not said to be there; “check” names it.
                if copied == digest:
                    files[digest] = size
            missing = sorted(named - set(files))
            manifest = replace(told, files=files, missing=missing)
            zipped.writestr(making.entry(form.FACTS), handover.written())
            zipped.writestr(making.entry(backup.MANIFEST), manifest.written())
        watch.begin(1, CHECKING)
        # What was written is what is read again: a full disk keeps quiet about much.
        with form.opened(temporary, passphrase, watch) as handed:
            if handed.handover != handover:
                raise form.damaged(target)
    return tuple(missing)


@contextlib.contextmanager
def _paper(store: Store, digest: str) -> Iterator[BinaryIO]:
    with store.papers.plain(digest).open("rb") as source:
        yield source


def _finish(store: Store, handover: Handover, target: Path, missing: tuple[str, ...]) -> Given:
    office = Path(store.office.place)
    with store.reading() as read:
        number = str(settings.value(read, settings.OFFICE_ID) or "")
    digest = verifying.digest_of(target)
    # The file is there and says so itself; what cannot be noted now is found at the next look.
    with contextlib.suppress(OSError, DatabaseFault):
        notes.write(office, notes.Note(handover.token, str(target), digest))
        notes.remember(
            notes.Seen(handover.token, number, handover.number, "given", str(office), handover.at)
        )
    return Given(handover, target, digest, missing)
