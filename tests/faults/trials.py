"""What is done to an office over and over: each function makes so many trials by one seed.

The default run makes a few of each, `python dev.py faults --trials N` as many as asked for.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import errors, integrity, journal, search
from db.engine import PRAGMAS
from db.lock import OfficeLock
from db.schema.members import Person
from db.schema.papers import StoredFile
from db.store import Store, usecase
from gwangju_desktop import check
from gwangju_desktop.backups import form
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.salvage.salvaging import salvage
from tests.faults import overlay, power, worker
from tests.faults.budget import Outcome, left, within
from tests.gwangju_desktop.salvage import damage

RELEASES = Path(__file__).resolve().parent.parent / "db" / "releases"
# An environment's faults that are told and tried again; never taken for damage.
PASSING = (errors.Unreadable, errors.Full, errors.ReadOnly, errors.Busy)


@usecase("Attach a numbered paper")
def attach(tx: Session, *, name: str) -> None:
    """Keep a file and name it in a row, as an intake of papers does."""
    content = name.encode() * 700
    digest = tx.info["papers"].put(content)
    tx.add(StoredFile(sha256=digest, name=name, bytes=len(content)))


def _names(store: Store) -> set[str]:
    with store.reading() as read:
        return {*read.scalars(select(Person.name)), *read.scalars(select(StoredFile.name))}


def _unsound(store: Store) -> list[str]:
    """Return what is not whole: pages, references, journal, index, papers."""
    with store.reading() as read:
        connection = read.connection()
        found = [*integrity.faults(connection), *map(str, journal.verify(connection))]
        found += search.differences(connection)
        digests = read.scalars(select(StoredFile.sha256)).all()
    for digest in digests:
        try:
            store.papers.path(digest)
        except (OSError, errors.DatabaseFault) as error:
            found.append(repr(error))
    return found


def _do(store: Store, number: int) -> str:
    """Do one of the things an office does, and return what is to be found from then on."""
    name = f"가상 {number}"
    store.run(attach if number % 4 == 3 else worker.add, name=name)
    return name


# --- row 2: power cuts ----------------------------------------------------------------------------


def power_cuts(folder: Path, chance: random.Random, trials: int, **pragmas: int) -> Outcome:
    """Cut the power while changes and papers are written; `pragmas` try other promises."""
    office = folder / "일" / "office.gwoffice"
    office.parent.mkdir()
    Store.create(office).close()

    def work(done: Callable[[str], None]) -> None:
        with Store.open(office) as store:
            for number in range(12):
                done(_do(store, number))

    with _promising(**pragmas):
        return _cut(office, work, chance, trials)


def power_cuts_while_converting(folder: Path, chance: random.Random, trials: int) -> Outcome:
    """Cut the power while an office of the first release is converted."""
    office = _released(folder / "일", sorted(RELEASES.glob("*.zip"))[0])
    with zipfile.ZipFile(sorted(RELEASES.glob("*.zip"))[0]) as archive:
        archive.extractall(folder / "as it was")

    def work(done: Callable[[str], None]) -> None:
        done("가상 하나")
        Store.open(office).close()

    return _cut(office, work, chance, trials)


@contextlib.contextmanager
def _promising(**pragmas: int) -> Iterator[None]:
    kept = dict(PRAGMAS)
    PRAGMAS.update(pragmas)
    try:
        yield
    finally:
        PRAGMAS.update(kept)


def _released(folder: Path, kept: Path) -> Path:
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    (office,) = folder.glob("*.gwoffice")
    return office


def _cut(
    office: Path, work: Callable[[Callable[[str], None]], None], chance: random.Random, trials: int
) -> Outcome:
    folder, before = office.parent, office.parent.with_name("before")
    shutil.copytree(folder, before)
    said: list[tuple[int, str]] = []
    with power.recorded(folder) as recorder, overlay.over(power.NAME):
        work(lambda name: said.append((len(recorder.events), name)))
    found = Outcome(note=f"{len(recorder.events)} requests to the disk")
    for _ in within(found, trials):
        at = chance.randint(0, len(recorder.events))
        place = power.after_cut(before, recorder.events, at, chance, folder)
        try:
            with Store.open(place / office.name) as store:
                names = _names(store)
                found.lost += any(name not in names for moment, name in said if moment <= at)
                found.corrupt += bool(_unsound(store))
        except errors.DatabaseFault:
            found.corrupt += 1
        power.forget(place)
    return found


# --- row 5: errors of the disk --------------------------------------------------------------------


class _Faulty(apsw.VFS):
    """SQLite's own file system; the k-th thing asked of it is refused."""

    def __init__(self) -> None:
        self.left = -1
        self.refusal: type[apsw.Error] = apsw.IOError
        super().__init__("faulty", "")

    def ask(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.refusal("refused")

    def xOpen(self, name: Any, flags: list[int]) -> _FaultyFile:
        self.ask()
        return _FaultyFile(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        self.ask()
        super().xDelete(name, sync)


class _FaultyFile(apsw.VFSFile):
    def __init__(self, vfs: _Faulty, name: Any, flags: list[int]) -> None:
        self._vfs = vfs
        super().__init__("", name, flags)

    def xRead(self, amount: int, at: int) -> bytes:
        self._vfs.ask()
        return super().xRead(amount, at)

    def xWrite(self, data: bytes, at: int) -> None:
        self._vfs.ask()
        super().xWrite(data, at)

    def xSync(self, flags: int) -> None:
        self._vfs.ask()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        self._vfs.ask()
        super().xTruncate(size)


def disk_errors(folder: Path, chance: random.Random, trials: int) -> Outcome:
    """Refuse one request to the disk, the next time another: told as what it is, nothing is lost."""
    office = folder / "office.gwoffice"
    Store.create(office).close()
    said: set[str] = set()
    found, number = Outcome(), 0
    vfs = _Faulty()
    try:
        with overlay.over("faulty"):
            for trial in within(found, trials):
                vfs.refusal = chance.choice((apsw.IOError, apsw.FullError))
                vfs.left = 1 + trial if trials > 500 else chance.randint(1, 400)
                try:
                    with Store.open(office) as store:
                        for _ in range(6):
                            number += 1
                            with contextlib.suppress(*PASSING):
                                said.add(_do(store, number))
                        vfs.left = -1
                        # The same store goes on as if nothing had been.
                        number += 1
                        said.add(_do(store, number))
                except PASSING:
                    pass
                except errors.DatabaseFault as fault:
                    found.corrupt += 1
                    found.note = f"told as {type(fault).__name__}"
                vfs.left = -1
    finally:
        vfs.unregister()
    with Store.open(office) as store:
        found.lost += len(said - _names(store))
        found.corrupt += bool(_unsound(store))
    return found


# --- row 6: journals that belong to another file --------------------------------------------------


def stale_journals(folder: Path, chance: random.Random, trials: int) -> Outcome:
    """Restore where another office's journals lie, or lay them there right after: rows are the backup's."""
    office = folder / "office.gwoffice"
    with Store.create(office) as store:
        for number in range(4):
            _do(store, number)
        made = make_backup(store, folder / "backups")
    want = office.read_bytes()
    other = folder / "other.gwoffice"
    Store.create(other).close()
    with Store.open(other) as store:
        store.run(worker.add, name="다른 사무국")
    stray = _journal_of(other)
    found = Outcome()
    for _ in within(found, trials):
        target = folder / "restored.gwoffice"
        ending = chance.choice(("-journal", "-wal", "-shm"))
        beside = target.with_name(target.name + ending)
        content = stray if ending == "-journal" else chance.randbytes(4096)
        beside.write_bytes(content)
        done = restore(made.path, target)
        found.corrupt += beside.exists() or target.read_bytes() != want or len(done.aside) != 1
        with Store.open(target) as store:
            found.lost += _names(store) != {f"가상 {n}" for n in range(4)}
            found.corrupt += bool(_unsound(store))
        for path in folder.glob("restored*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return found


def _journal_of(office: Path) -> bytes:
    """Return the journal of a write that was broken off."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(office, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("PRAGMA cache_spill=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE person SET name = name || '!'")
        held = office.with_name(f"{office.name}-journal").read_bytes()
        connection.execute("ROLLBACK")
    # Whoever rolls back wipes the head of the journal; one that is left has it.
    return held


# --- rows 3 and 25: killed at every step ----------------------------------------------------------

_STEPS = {
    *("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree"),
    *("sqlite3.connect", "sqlite3.connect/handle", "tempfile.mkstemp", "tempfile.mkdtemp"),
}


def steps_of(act: Callable[[], object], kill_at: int = 0) -> int:
    """Carry out an act in a child that is killed at a step of its; return how many steps it made.

    A step is a file opened, made, renamed, removed or synced. 0 kills at none.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading) as told:
            steps = told.read()
        os.waitpid(child, 0)
        return int(steps or 0)
    try:
        os.close(reading)
        made = 0

        def step() -> None:
            nonlocal made
            made += 1
            if made == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def hear(event: str, arguments: tuple[Any, ...]) -> None:
            # What Python opens for itself is no step.
            if event in _STEPS and not (event == "open" and "site-packages" in str(arguments[0])):
                step()

        sync = os.fsync

        def fsync(handle: int) -> None:
            step()
            sync(handle)
            step()

        os.fsync = fsync
        sys.addaudithook(hear)
        act()
        os.write(writing, str(made).encode())
        os._exit(0)
    finally:
        os._exit(1)


def killed(
    make: Callable[[Path], tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]],
    chance: random.Random,
    trials: int,
) -> Outcome:
    """Kill an act at its steps: each once where there are trials enough, else some by chance.

    `make(folder)` prepares a place and returns the act, and what tells (lost, corrupt) after it.
    """

    def once(at: int) -> tuple[int, tuple[bool, bool]]:
        place = Path(tempfile.mkdtemp(prefix="killed-"))
        try:
            act, judge = make(place)
            return steps_of(act, at), judge()
        finally:
            shutil.rmtree(place, ignore_errors=True)

    steps, (lost, corrupt) = once(0)
    found = Outcome(1, lost, corrupt, f"{steps} steps")
    every = range(1, steps + 1)
    # In no order: where time is short, what was tried is of the whole way.
    for at in chance.sample(every, min(trials, steps)):
        if left() <= 0:
            break
        _, (lost, corrupt) = once(at)
        found.trials += 1
        found.lost += lost
        found.corrupt += corrupt
    return found


def _small(office: Path) -> set[str]:
    with Store.create(office) as store:
        return {_do(store, number) for number in range(4)}


def backing_up(place: Path) -> tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]:
    """Back up beside an older backup: that one stays, the new one is whole or not there."""
    office, folder = place / "office.gwoffice", place / "backups"
    names = _small(office)
    with Store.open(office) as store:
        old = make_backup(store, folder).path

    def act() -> None:
        with Store.open(office) as store:
            make_backup(store, folder)

    def judge() -> tuple[bool, bool]:
        whole = all(verify(path).ok for path in form.listed(folder))
        with Store.open(office) as store:
            whole = whole and not _unsound(store)
            make_backup(store, folder)
            return not old.exists() or _names(store) != names, not whole

    return act, judge


def restoring(place: Path) -> tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]:
    """Restore: the office is there as it was or not at all, and the next try goes through."""
    office, target = place / "office.gwoffice", place / "restored.gwoffice"
    names = _small(office)
    want = office.read_bytes()
    with Store.open(office) as store:
        backup = make_backup(store, place / "backups").path

    def judge() -> tuple[bool, bool]:
        corrupt = target.exists() and target.read_bytes() != want
        again = place / "again.gwoffice"
        restore(backup, again)
        for one in (target, again):
            if one.exists():
                with Store.open(one) as store:
                    corrupt = corrupt or bool(_unsound(store)) or _names(store) != names
        return not backup.exists(), corrupt

    return lambda: restore(backup, target), judge


def converting(place: Path) -> tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]:
    """Convert an office of the first release: old or new, and the copy made before is kept."""
    office = _released(place, sorted(RELEASES.glob("*.zip"))[0])

    def judge() -> tuple[bool, bool]:
        with Store.open(office) as store:
            kept = list(place.glob("*.before-*.gwbak"))
            return "가상 하나" not in _names(store), check.check(store) != [] or len(kept) != 1

    return lambda: Store.open(office).close(), judge


def salvaging(place: Path) -> tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]:
    """Salvage: the new office is whole or not there, the damaged one is not touched."""
    office, target = place / "office.gwoffice", place / "salvaged.gwoffice"
    names = _small(office)
    damage.wipe(office, damage.root_of(office, "person"))
    before = office.read_bytes()

    def judge() -> tuple[bool, bool]:
        made = [target] if target.exists() else []
        if not made:
            made = [salvage(office, place / "again.gwoffice").path]
        with Store.open(made[0]) as store:
            corrupt = check.check(store) != [] or _names(store) != names
        return office.read_bytes() != before, corrupt

    return lambda: salvage(office, target), judge


# --- rows 9 and 27, and salvage -------------------------------------------------------------------


def locks(folder: Path, chance: random.Random, trials: int) -> Outcome:
    """A second instance is refused, and takes over once the first is killed, whatever the clock says."""
    office = folder / "office.gwoffice"
    Store.create(office).close()
    found = Outcome()
    for _ in within(found, trials):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            # Kept: a lock that nobody holds any more is given back.
            first = OfficeLock(office, "first")
            first.take()
            os.write(writing, b"1")
            signal.pause()
        os.read(reading, 1)
        os.close(reading)
        os.close(writing)
        # Set back or forward by years, as a PC with an empty battery does.
        moment = chance.randint(0, 4_000_000_000)
        for path in folder.glob("office.gwoffice.*"):
            os.utime(path, (moment, moment))
        second = OfficeLock(office, "second")
        try:
            second.take()
            found.corrupt += 1
        except errors.Locked as refused:
            found.corrupt += not str(refused).startswith("first")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        second.take()
        found.lost += not second.unclean
        second.release()
    return found


def empty_backups(folder: Path, chance: random.Random, trials: int) -> Outcome:
    """Plant files that look like backups: empty, cut, of zeros. None is counted or restored."""
    office = folder / "office.gwoffice"
    _small(office)
    with Store.open(office) as store:
        good = make_backup(store, folder / "backups").path
    content = good.read_bytes()
    found = Outcome()
    planted = good.with_name("gw-20990101-000000-v0010.gwbak")
    for _ in within(found, trials):
        kind = chance.randrange(4)
        size = chance.randrange(len(content))
        planted.write_bytes(
            (b"", content[:size], bytes(size), content[:size] + bytes(len(content) - size))[kind]
        )
        if planted.read_bytes() == content:
            continue
        found.corrupt += verify(planted).ok
        target = folder / "restored.gwoffice"
        try:
            restore(planted, target)
            found.corrupt += 1
        except Exception:
            found.corrupt += target.exists()
        found.lost += not verify(good).ok
    return found


def salvages(office: Path, folder: Path, chance: random.Random, trials: int) -> Outcome:
    """Damage an office by chance: refused, or a new office that is whole in itself."""
    found = Outcome()
    refused = 0
    for number in within(found, trials):
        place = folder / f"{number}"
        place.mkdir()
        wreck = place / "office.gwoffice"
        shutil.copy(office, wreck)
        damage.garble(wreck, chance)
        before = wreck.read_bytes()
        try:
            done = salvage(wreck)
            with Store.open(done.path, write=False) as store, store.reading() as read:
                connection = read.connection()
                found.corrupt += bool(
                    integrity.faults(connection)
                    or journal.verify(connection)
                    or search.differences(connection)
                )
        except errors.Damaged:
            refused += 1
        found.lost += wreck.read_bytes() != before
        shutil.rmtree(place)
    found.note = f"{refused} beyond salvage"
    return found
