"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import files
from db.engine import APPLICATION_ID
from db.errors import Damaged, OverOffice, ReadOnly
from db.files import atomic_write, replacing
from db.papers import Papers, digest_of
from db.store import Store
from gwangju_desktop import faults

ROOT = Path(__file__).resolve().parents[2]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "자료 1.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="half"), atomic_write(target) as file:
        file.write(b"new")
        raise ValueError("half way")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_whole_write_replaces(tmp_path: Path) -> None:
    target = tmp_path / "자료.pdf"
    target.write_bytes(b"old")
    with replacing(target) as path:
        path.write_bytes(b"new")
    assert target.read_bytes() == b"new" and list(tmp_path.iterdir()) == [target]


def test_a_private_file_is_private(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "key", private=True) as file:
        file.write(b"x")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) & 0o077 == 0


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match="target"), atomic_write(tmp_path / "target"):
        raise PermissionError(13, "no")


def test_papers_are_kept_once_and_found_again(store: Store, tmp_path: Path) -> None:
    big = bytes(range(256)) * 10_000
    file = tmp_path / "큰 파일.pdf"
    file.write_bytes(big)
    digest = store.papers.put(file)
    assert digest == digest_of(big) == store.papers.put(big)
    assert store.papers.has(digest) and not store.papers.has("0" * 64)
    assert store.papers.path(digest).read_bytes() == big
    with pytest.raises(FileNotFoundError):
        store.papers.path("0" * 64)


def test_papers_on_a_server_reach_another_pc(new_postgres) -> None:
    url = new_postgres()
    with Store.open(url) as first, Store.open(url) as second:
        digest = first.papers.put(b"shared" * 300_000)
        assert second.papers.path(digest).read_bytes() == b"shared" * 300_000


def test_a_changed_paper_is_damaged(tmp_path: Path) -> None:
    papers = Papers.beside(tmp_path / "office.gwoffice")
    digest = papers.put(b"paper")
    place = papers.path(digest)
    place.chmod(0o600)
    place.write_bytes(b"paper!")
    with pytest.raises(Damaged):
        papers.path(digest)


KILLED = """
import os, sys
from pathlib import Path
from db.store import Store
from gwangju_desktop import offices
asked, place = sys.argv[1], Path(sys.argv[2])
die = lambda *_args, **_more: os._exit(9)
if asked == "new":
    offices._fill = die
    offices.new_office(place)
store = Store.open(place)
sync = os.fsync
os.fsync = lambda handle: sync(handle) if os.path.isdir(f"/proc/self/fd/{handle}") else die()
store.papers.put(b"a paper")
"""


def _killed(asked: str, office: Path) -> None:
    """Let a program die while it writes."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, asked, str(office)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode == 9


def _age(path: Path) -> None:
    for one in (path, *path.rglob("*")):
        os.utime(one, times=(time.time() - 2 * files.LEFT,) * 2)


def test_what_a_killed_program_left_is_swept_by_who_holds_the_lock(tmp_path: Path) -> None:
    office = tmp_path / "가 나.gwoffice"
    _killed("new", office)
    (workshop,) = tmp_path.glob(".writing-*")
    assert any(workshop.iterdir()) and not office.exists()
    others = tmp_path / ".writing-다른 사무국.gwoffice-abcdefgh"
    others.mkdir()
    _age(others)
    Store.create(office).close()
    _killed("put", office)
    (paper,) = office.with_name(f"{office.name}.files").rglob(".writing-*")
    _age(paper)
    _age(workshop)
    # A reader sweeps nothing.
    Store.open(office, write=False).close()
    assert workshop.exists() and paper.exists()
    os.utime(next(workshop.iterdir()))
    Store.open(office).close()
    # Somebody may still be writing what is young; the other office sweeps its own.
    assert workshop.exists() and others.exists() and not paper.exists()
    _age(workshop)
    Store.open(office).close()
    assert not workshop.exists() and others.exists()


def test_nothing_is_written_over_an_office(tmp_path: Path) -> None:
    office = tmp_path / "사무국.gwoffice"
    Store.create(office).close()
    before = office.read_bytes()
    assert before[68:72] == files.OFFICE_MARK == APPLICATION_ID.to_bytes(4, "big")
    with pytest.raises(OverOffice) as told, atomic_write(office):
        pytest.fail("the block was entered")
    assert "업무파일" in str(faults.sentence(told.value))
    assert office.read_bytes() == before
    # A backup of an office may take the place of an older one.
    with atomic_write(office, private=True) as file:
        file.write(b"newer")
    assert office.read_bytes() == b"newer"
