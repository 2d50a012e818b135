"""An issue is whole or not there: kill -9 while it is made, a disk that is full."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.packs import issues
from tests.faults.budget import Outcome, within
from tests.faults.test_disk import fill, run, small_disk
from tests.faults.test_kill import ROOT

__all__ = ["small_disk"]

KILLS = 12
MEETING = 3


def whole(office: Path) -> bool:
    """Check the office, and say whether the pack went out with its file."""
    with Store.open(office) as store:
        assert check.check(store) == []
        with store.reading() as read:
            found = issues.of_meeting(read, meeting_id=MEETING)
        for row in found:
            assert row.number == 1 and row.parts
            assert store.papers.path(row.files[0].sha256).stat().st_size == row.files[0].bytes
    return bool(found)


@pytest.mark.timeout(24 * 3600)
def test_a_kill_while_a_pack_is_issued_leaves_none_or_a_whole_one(
    sample_office: Path,
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    found = Outcome()
    chance = random.Random(seed)
    files = sample_office.with_name(sample_office.name + ".files")
    issued, lasts = 0, 0.0
    for number in within(found, trials(KILLS) + 1):
        office = tmp_path / f"{number}" / sample_office.name
        office.parent.mkdir()
        shutil.copy(sample_office, office)
        shutil.copytree(files, office.with_name(files.name))
        target = office.with_name("배부본.pdf")
        command = ["--office", office, "pack", MEETING, "-o", target, "--issue"]
        if number == 0:
            began = time.monotonic()
            assert run(*command)[0] == 0
            lasts = time.monotonic() - began
            continue
        process = subprocess.Popen(
            [sys.executable, "-m", "gwangju_desktop", *map(str, command)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with process:
            time.sleep(chance.uniform(0.4, 1.1) * lasts)
            process.kill()
        issued += whole(office)
        # What was killed is carried out after all, and once.
        code, said = run(*command)
        assert code == 0, said
        assert whole(office) and target.read_bytes().startswith(b"%PDF-")
        shutil.rmtree(office.parent)
    found.trials -= 1  # the first one lives, to tell how long it takes
    found.note = f"{issued} killed after the issue"
    judged("kill -9 while a pack is issued", found)


def test_a_full_disk_issues_nothing(
    sample_office: Path, tmp_path: Path, small_disk: Callable[[str], Path]
) -> None:
    place = small_disk("16m")
    office = place / sample_office.name
    shutil.copy(sample_office, office)
    files = sample_office.name + ".files"
    shutil.copytree(sample_office.with_name(files), place / files)
    target = tmp_path / "배부본.pdf"
    ballast = fill(place, 60_000)
    command = ("--office", office, "pack", MEETING, "-o", target, "--issue")
    code, said = run(*command)
    assert code == 1 and said.startswith("error: ") and said.count("\n") == 1, said
    assert not target.exists()
    ballast.unlink()
    assert not whole(office)
    assert run(*command)[0] == 0
    assert whole(office)
