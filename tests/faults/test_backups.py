"""Backups killed at random moments and on full disks: whole ones or none, and the old ones stay."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.backups import automatic, form, notes
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.backups.why import Why
from tests.faults.budget import Outcome, within
from tests.faults.test_disk import fill, run, small_disk
from tests.faults.test_kill import start

KILLS = 40
AUTOMATIC_KILLS = 6
__all__ = ["small_disk"]


@pytest.mark.timeout(24 * 3600)
def test_killed_while_backing_up_and_restoring(
    sample_copy: Path,
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    found = Outcome()
    chance = random.Random(seed)
    places = tmp_path / "되돌린 것"
    places.mkdir()
    backups = whole = 0
    for n in within(found, trials(KILLS)):
        folder = tmp_path / f"백업 {n}"
        process = start("back-up", str(sample_copy), str(folder), str(places / f"{n}.gwoffice"))
        assert process.stdout is not None
        with process, process.stdout:
            process.stdout.readline()
            time.sleep(chance.random() * 0.9)
            process.kill()
            process.stdout.read()
        for path in form.listed(folder):
            found.corrupt += not verify(path).ok
            backups += 1
        shutil.rmtree(folder, ignore_errors=True)
        for office in places.glob("*.gwoffice"):
            found.lost += office.read_bytes() != sample_copy.read_bytes()
            with Store.open(office) as store:
                found.corrupt += check.check(store) != []
            whole += 1
            office.unlink()
    found.note = f"{backups} backups, {whole} offices came of it"
    with Store.open(sample_copy) as store:
        assert check.check(store) == []
        made = make_backup(store, folder)
    assert restore(made.path, tmp_path / "last.gwoffice").missing == ()
    judged("kill -9 while backing up and restoring", found)


@pytest.mark.timeout(24 * 3600)
def test_killed_while_it_backs_up_by_itself(
    sample_copy: Path,
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    """Whatever moment it dies in: what is listed is whole, and the next backup is made."""
    found = Outcome()
    chance = random.Random(seed)
    stick = tmp_path / "보안 USB"
    stick.mkdir()
    place = automatic.choose(stick, sample_copy)
    folders = (form.beside(sample_copy), place)
    for _n in within(found, trials(AUTOMATIC_KILLS)):
        process = start("keep", str(sample_copy), str(stick))
        assert process.stdout is not None
        with process, process.stdout:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 1.2)
            process.kill()
        for folder in folders:
            listed = notes.listed(folder)
            found.corrupt += any(one.note is None or one.note.wrong for one in listed)
    seen = [path for folder in folders for path in form.listed(folder)]
    assert seen and all(verify(path).ok for path in seen)
    found.note = f"{len(seen)} whole backups"
    with Store.open(sample_copy) as store:
        assert check.check(store) == []
        automatic.keep(store, why=Why.CLOSING, second=automatic.Second(stick))
        assert all(automatic.saved(store, folder) for folder in folders)
    judged("kill -9 while it backs up by itself", found)


@pytest.mark.parametrize("leave", [0, 4096, 100_000, 1_000_000, 4_300_000, 4_500_000])
def test_a_full_disk_keeps_the_older_backups(
    leave: int, sample_copy: Path, small_disk: Callable[[str], Path]
) -> None:
    place = small_disk("24m")
    with Store.open(sample_copy) as store:
        old = make_backup(store, place)
    kept = old.path.read_bytes()
    fill(place, leave)
    code, words = run("--office", sample_copy, "backup", "make", place)
    if code:
        assert code == 1 and words.startswith("error: ") and words.count("\n") == 1, words
        assert [path.name for path in form.listed(place)] == [old.path.name]
    assert old.path.read_bytes() == kept
    assert all(verify(path).ok for path in form.listed(place))
    assert not [path for path in place.iterdir() if path.name.startswith(".writing")]
