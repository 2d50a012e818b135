"""A disk that is full, simulated by a file size limit: old files stay, nothing is half-written."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import Full
from db.files import atomic_write
from tests.faults.test_kill import ROOT

SMALL_DISK = Path("/mnt") if os.name != "nt" else None


@pytest.fixture
def tiny_disk(tmp_path: Path):
    """A real file system of 3 MB, where this user may mount one."""
    if os.name == "nt" or not shutil.which("mount") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk here")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine refuses to mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_the_old_file(tiny_disk: Path) -> None:
    target = tiny_disk / "보고서.pdf"
    with atomic_write(target) as file:
        file.write(b"good")
    with pytest.raises(Full, match="보고서"), atomic_write(target) as file:
        for _ in range(64):
            file.write(os.urandom(64 * 1024))
    assert target.read_bytes() == b"good"
    assert [path.name for path in tiny_disk.iterdir()] == ["보고서.pdf"]


def test_a_full_disk_stops_an_office_with_one_sentence(tiny_disk: Path) -> None:
    office = tiny_disk / "사무국.gwoffice"
    command = [sys.executable, "-m", "gwangju_desktop"]
    done = subprocess.run(
        [*command, "new", str(office), "--sample"], cwd=ROOT, capture_output=True, check=False
    )
    words = done.stderr.decode().strip()
    assert done.returncode == 1 and words.startswith("error: ") and "\n" not in words
    assert list(tiny_disk.iterdir()) == []


def test_the_systems_refusal_is_named(tmp_path: Path) -> None:
    with pytest.raises(Full), atomic_write(tmp_path / "x"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
