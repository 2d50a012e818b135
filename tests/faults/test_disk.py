"""A disk that is full: old files stay, nothing is half-written, one sentence says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.errors import Full
from db.files import atomic_write
from db.store import Store
from gwangju_desktop import check
from tests.db.test_store import add_person, names
from tests.faults.test_kill import ROOT
from tests.gwangju_desktop.salvage import damage


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Make real file systems of a given size, where this user may mount one."""
    if os.name == "nt" or not shutil.which("mount") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk here")
    made: list[Path] = []

    def make(size: str) -> Path:
        place = tmp_path / f"disk {size}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("this machine refuses to mount a small disk")
        made.append(place)
        return place

    yield make
    for place in made:
        subprocess.run(["umount", str(place)], check=True)


def run(*arguments: object) -> tuple[int, str]:
    """Run a command and return (exit code, what it complained)."""
    done = subprocess.run(
        [sys.executable, "-m", "gwangju_desktop", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode("utf-8")


def fill(place: Path, leave: int) -> Path:
    """Fill a disk but for `leave` bytes and return the ballast."""
    ballast = place / "ballast"
    space = shutil.disk_usage(place).free - leave
    ballast.write_bytes(bytes(max(0, space)))
    return ballast


def test_a_full_disk_keeps_the_old_file(small_disk: Callable[[str], Path]) -> None:
    place = small_disk("3m")
    target = place / "보고서.pdf"
    with atomic_write(target) as file:
        file.write(b"good")
    with pytest.raises(Full, match="보고서"), atomic_write(target) as file:
        for _ in range(64):
            file.write(os.urandom(64 * 1024))
    assert target.read_bytes() == b"good"
    assert [path.name for path in place.iterdir()] == ["보고서.pdf"]


@pytest.mark.parametrize("size", ["8k", "64k", "200k", "400k", "600k", "800k", "1m"])
def test_a_new_office_is_whole_or_not_there(size: str, small_disk: Callable[[str], Path]) -> None:
    place = small_disk(size)
    office = place / "사무국.gwoffice"
    code, words = run("new", office, "--sample")
    if code == 0:
        with Store.open(office) as store:
            assert check.check(store) == []
        return
    assert code == 1 and words.startswith("error: ") and words.count("\n") == 1, words
    assert list(place.iterdir()) == []


def test_what_was_acknowledged_is_there_when_the_disk_is_full(
    small_disk: Callable[[str], Path],
) -> None:
    place = small_disk("2m")
    office = place / "사무국.gwoffice"
    said = []
    with Store.create(office) as store:
        fill(place, 200_000)
        with pytest.raises(Full):
            for number in range(10_000):
                store.run(add_person, name=f"가상 {number} " + "가" * 500)
                said.append(number)
        assert len(names(store)) == len(said) > 0
    (place / "ballast").unlink()
    with Store.open(office) as store:
        assert len(names(store)) == len(said)
        assert check.check(store) == []
        store.run(add_person, name="그 뒤")


@pytest.mark.parametrize("leave", [0, 4096, 40_000, 150_000])
def test_a_pack_and_a_snapshot_on_a_full_disk_keep_the_old_ones(
    leave: int, sample_copy: Path, tmp_path: Path, small_disk: Callable[[str], Path]
) -> None:
    place = small_disk("1m")
    pack, snapshot = place / "회의자료.pdf", place / "점검용.gwsnap"
    pack.write_bytes(b"old pack")
    snapshot.write_bytes(b"old snapshot")
    secret = tmp_path / "secret.txt"
    secret.write_text("길고 외우기 쉬운 암호 문장", encoding="utf-8")
    fill(place, leave)
    before = sorted(path.name for path in place.iterdir())
    for words in (
        ("pack", 3, "-o", pack),
        ("snapshot", "make", "-o", snapshot, "--passphrase-file", secret),
    ):
        code, said = run("--office", sample_copy, *words)
        assert code == 1 and said.startswith("error: ") and said.count("\n") == 1, said
    assert pack.read_bytes() == b"old pack" and snapshot.read_bytes() == b"old snapshot"
    assert sorted(path.name for path in place.iterdir()) == before


@pytest.mark.parametrize("leave", [0, 200_000, 3_000_000])
def test_a_salvage_on_a_full_disk_leaves_the_damaged_office(
    leave: int, sample_copy: Path, small_disk: Callable[[str], Path]
) -> None:
    place = small_disk("24m")
    office = place / "사무국.gwoffice"
    shutil.copy(sample_copy, office)
    damage.wipe(office, damage.root_of(office, "person"))
    before = office.read_bytes()
    fill(place, leave)
    code, said = run("backup", "salvage", office)
    assert code == 1 and said.startswith("error: ") and said.count("\n") == 1, said
    assert office.read_bytes() == before
    left = {path.name for path in place.iterdir()} - {"ballast"}
    assert left <= {office.name, f"{office.name}.lock", f"{office.name}.open"}
