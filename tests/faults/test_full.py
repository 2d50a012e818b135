"""A disk with any room left, and a stick that goes: what was told as done is there, old files stay."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db import integrity, journal, search
from db.errors import DatabaseFault, Full
from db.files import atomic_write
from db.schema.members import Person
from db.store import Store
from gwangju_desktop.backups import form
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.energy.export import write_csv
from gwangju_desktop.handover.giving import give
from gwangju_desktop.paths import HOME
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.verify import verify as verify_copy
from tests.faults import worker
from tests.faults.budget import Outcome, within
from tests.faults.test_disk import fill, small_disk
from tests.faults.trials import attach
from tests.gwangju_desktop.documents.test_writer_pdf import write
from tests.gwangju_desktop.snapshots import offices

__all__ = ["small_disk"]
STEPS, STEP = 500, 4096  # B
LEFT = 24 * 1024**2  # B of the disk
Judged = Callable[[str, Outcome], None]
Act = Callable[[Path], object]


def _in(office: Path, act: Callable[[Store], object]) -> None:
    with Store.open(office) as store:
        act(store)


def _print(place: Path) -> None:
    with atomic_write(place / "회의자료.pdf") as file:
        file.write(write()[0])


# The eight pieces of work: what each does in a folder with an office, a backup and older files.
ACTS: dict[str, Act] = {
    "a change": lambda at: _in(
        at / "office.gwoffice", lambda s: s.run(worker.add, name="한 사람 더")
    ),
    "a paper": lambda at: _in(
        at / "office.gwoffice", lambda s: s.run(attach, name="한 장 더" * 40)
    ),
    "a backup": lambda at: _in(at / "office.gwoffice", lambda s: make_backup(s, at / "backups")),
    "a restore": lambda at: restore(form.listed(at / "backups")[0], at / "restored.gwoffice"),
    "a review copy": lambda at: _in(
        at / "office.gwoffice",
        lambda s: make_snapshot(s, target=at / "copy.gwsnap", passphrase=offices.PASSPHRASE),
    ),
    "a PDF": _print,
    "a table": lambda at: write_csv(at / "표.csv", ["이름"], [["가" * 90]] * 900),
    "a handover": lambda at: _in(
        at / "office.gwoffice", lambda s: give(s, at / "USB", to="홍예시")
    ),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small office, its backup, a review copy and two older files."""
    place = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(place / "person"))
        with Store.create(place / "office.gwoffice") as store:
            offices.small(store)
            make_backup(store, place / "backups")
            make_snapshot(store, target=place / "copy.gwsnap", passphrase=offices.PASSPHRASE)
    (place / "회의자료.pdf").write_bytes(b"old pack")
    (place / "표.csv").write_bytes(b"old table")
    (place / "USB").mkdir()
    return place


def _kept(place: Path) -> dict[str, bytes]:
    """Return what lies in a folder beside the office itself, which changes."""
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and ".gwoffice" not in path.name and path.name != "ballast"
    }


def _sound(office: Path) -> bool:
    """Say whether an office opens, is whole, and takes a change: also one that was handed over."""
    with Store.open(office) as store, store.reading() as read:
        connection = read.connection()
        return not (
            integrity.faults(connection)
            or journal.verify(connection)
            or search.differences(connection)
        )


@pytest.mark.timeout(24 * 3600)
def test_any_room_left(
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_disk: Callable[[str], Path],
    trials: Callable[[int], int],
    seed: int,
    judged: Judged,
) -> None:
    """Each trial does one of the eight with another multiple of 4 KB left; then there is room again."""
    monkeypatch.setenv(HOME, str(tmp_path / "person"))
    disk, chance = small_disk("64m"), random.Random(seed)
    found, refused = Outcome(), 0
    every = [(name, step * STEP) for name in ACTS for step in range(STEPS)]
    chance.shuffle(every)
    for n in within(found, min(len(every), trials(len(every)))):
        name, room = every[n]
        place = disk / "일"
        shutil.copytree(prepared, place)
        before, done = _kept(place), True
        ballast = fill(disk, room)
        try:
            ACTS[name](place)
        except Full:
            done, refused = False, refused + 1
        except Exception as error:
            done = False
            found.corrupt += 1
            found.note = f"{name} with {room} B left: told as {type(error).__name__}; "
        after = _kept(place)
        ballast.unlink()
        if not done:
            # Older files are as they were, and nothing half-written is listed as whole.
            found.lost += any(after.get(key) != content for key, content in before.items())
            new = [place / key for key in after if key not in before]
            found.corrupt += any(path.suffix in (".gwbak", ".gwhand") for path in new)
        found.corrupt += not _sound(place / "office.gwoffice")
        found.corrupt += not verify_copy(place / "copy.gwsnap").ok
        found.corrupt += not all(verify(path).ok for path in form.listed(place / "backups"))
        if name in ("a change", "a paper") and done:
            with Store.open(place / "office.gwoffice") as store, store.reading() as read:
                found.lost += not search.find(read.connection(), "한 사람 더", 5) and (
                    name == "a change"
                )
        if not done and name != "a handover":
            ACTS[name](place)  # there is room again: it goes through
        shutil.rmtree(place)
    found.note += f"{refused:,} refused in a sentence"
    judged("disk full", found)


@pytest.mark.timeout(24 * 3600)
def test_a_stick_that_goes(
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_disk: Callable[[str], Path],
    trials: Callable[[int], int],
    seed: int,
    judged: Judged,
) -> None:
    """The stick an office lies on is pulled out: told so, and all is there again."""
    monkeypatch.setenv(HOME, str(tmp_path / "person"))
    stick, chance = small_disk("64m"), random.Random(seed)
    found = Outcome()
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for n in within(found, trials(200)):
        place = stick / f"{n}"
        shutil.copytree(prepared, place)
        said: list[str] = []
        goes = chance.randrange(6)
        with (
            contextlib.suppress(DatabaseFault, OSError),
            Store.open(place / "office.gwoffice") as store,
        ):
            for number in range(6):
                if number == goes:
                    _take(stick, moved)
                try:
                    store.run(worker.add, name=f"가상 {n}-{number}")
                    said.append(f"가상 {n}-{number}")
                except DatabaseFault:
                    pass
                except Exception as error:
                    found.corrupt += 1
                    found.note = f"told as {type(error).__name__}"
        _bring(stick, moved)
        with Store.open(place / "office.gwoffice") as store, store.reading() as read:
            found.lost += len(set(said) - set(read.scalars(select(Person.name))))
        found.corrupt += not _sound(place / "office.gwoffice")
        shutil.rmtree(place)
    judged("a stick that goes", found)


def _take(stick: Path, moved: Path) -> None:
    """Pull a stick out: its files lie nowhere any more."""
    subprocess.run(["mount", "--move", str(stick), str(moved)], check=True)


def _bring(stick: Path, moved: Path) -> None:
    subprocess.run(["mount", "--move", str(moved), str(stick)], check=True)
