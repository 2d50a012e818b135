"""Files on their way in: any kind, any size, a megabyte at a time; what cannot be proof is refused."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import update

from db.engine import permit
from db.schema.papers import file_part
from db.store import Store
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence import intake, integrity, preview, queries
from gwangju_desktop.evidence.evidence import add_evidence
from gwangju_desktop.evidence.intake import MEGABYTE
from tests.conftest import ROOT
from tests.gwangju_desktop.evidence.offices import add, file, on_disk, plan

KILLED = """
import os, sys
from pathlib import Path
from db.store import Store
from gwangju_desktop.evidence import intake
store = Store.open(sys.argv[1])
intake.take_in(store.papers, Path(sys.argv[2]), progress=lambda *_: os._exit(9))
"""


def kept(store: Store) -> list[str]:
    """Return the names of everything that lies in the file store of an office file."""
    folder = store.papers._folder
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def sparse(path: Path, size: int) -> Path:
    """Make a file of a size that takes no room."""
    with path.open("wb") as big:
        big.truncate(size)
    return path


def damage(store: Store, sha256: str) -> None:
    """Change a byte of a stored file where it lies: on the disk, or in the server's rows."""
    if store.papers._server is None:
        path = on_disk(store, sha256)
        content = bytearray(path.read_bytes())
        content[0] ^= 1
        path.write_bytes(content)
        return
    with store.office.write.begin() as connection, permit(connection):
        where = (file_part.c.sha256 == sha256, file_part.c.n == 1)
        connection.execute(update(file_part).where(*where).values(data=b"other"))


def test_a_file_of_200_mb_is_never_whole_in_memory(sqlite_store: Store, tmp_path: Path) -> None:
    made = plan(sqlite_store)
    path = sparse(tmp_path / "가상 원자료.bin", 200 * MEGABYTE)
    told: list[tuple[int, int, str]] = []
    tracemalloc.start()
    facts = intake.take_in(sqlite_store.papers, path, progress=lambda *said: told.append(said))
    sqlite_store.run(add_evidence, plan_id=made.plan, **asdict(facts))
    checked = integrity.check(sqlite_store)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * MEGABYTE
    assert checked.whole and checked.bytes == facts.bytes == 200 * MEGABYTE
    assert len(told) == 200 and told[-1] == (facts.bytes, facts.bytes, path.name)
    # Nobody waits for a preview of it either.
    look = preview.look(
        sqlite_store.papers,
        sha256=facts.sha256,
        name=facts.name,
        size=facts.bytes,
        folder=tmp_path,
    )
    assert look.shows == preview.Shows.LARGE


def test_what_cannot_be_proof_is_refused_and_leaves_nothing(
    sqlite_store: Store, tmp_path: Path
) -> None:
    papers = sqlite_store.papers
    refused = {
        file(tmp_path, "빈 파일.pdf", b""): "0",
        sparse(tmp_path / "너무 큰 파일.bin", 500 * MEGABYTE + 1): "500",
        tmp_path / "없는 파일.pdf": "없는 파일.pdf",
        tmp_path: tmp_path.name,
    }
    for path, words in refused.items():
        with pytest.raises(UserError, match=words) as error:
            intake.take_in(papers, path)
        assert path.name in str(error.value)
    asked = iter((False, True))
    with pytest.raises(Cancelled):
        intake.take_in(
            papers, sparse(tmp_path / "긴 파일.bin", 9 * MEGABYTE), cancelled=lambda: next(asked)
        )
    assert kept(sqlite_store) == []


def test_a_file_written_to_meanwhile_is_kept_as_it_was_read(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = sparse(tmp_path / "자라는 파일.log", 3 * MEGABYTE)

    def grow(done: int, _whole: int, _name: str) -> None:
        if done == MEGABYTE:
            with path.open("ab") as more:
                more.write(b"more")

    facts = intake.take_in(sqlite_store.papers, path, progress=grow)
    held = sqlite_store.papers.path(facts.sha256).read_bytes()
    assert facts.bytes == len(held) == 3 * MEGABYTE + 4
    assert hashlib.sha256(held).hexdigest() == facts.sha256


def test_the_same_file_again_mends_the_one_that_was_damaged(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    path = file(tmp_path, "가상 보고서.pdf", os.urandom(2 * MEGABYTE + 7))
    id = add(store, path, made.plan)
    with store.reading() as read:
        sha256 = queries.evidence(read, id=id).sha256
    damage(store, sha256)
    assert [fault.name for fault in integrity.check(store).broken] == [path.name]
    assert intake.take_in(store.papers, path).sha256 == sha256
    assert integrity.check(store).whole
    assert store.papers.read_again(sha256) == sha256
    with pytest.raises(FileNotFoundError):
        store.papers.read_again("0" * 64)


def test_a_program_killed_meanwhile_leaves_nothing_behind(tmp_path: Path) -> None:
    office = tmp_path / "사무국.gwoffice"
    Store.create(office).close()
    big = sparse(tmp_path / "가상 원자료.bin", 5 * MEGABYTE)
    command = [sys.executable, "-c", KILLED, str(office), str(big)]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == 9
    folder = office.with_name(office.name + ".files")
    (left,) = [path for path in folder.rglob("*") if path.is_file()]
    # What changed within the hour may be another program's.
    os.utime(left, (0, 0))
    with Store.open(office) as store:
        assert kept(store) == []


@pytest.mark.parametrize(
    ("name", "content", "shows", "said"),
    [
        ("가.txt", "한글 낱말".encode("cp949"), "text", "한글 낱말"),
        ("나.csv", "\ufeff항목,값".encode(), "text", "항목,값"),
        (
            "다.html",
            b"<html><head><style>b{}</style></head><p>A <b>&amp; B</b><script>x</script></p>"
            b"<noscript>no</noscript><p>C</p>",
            "text",
            "A & B\nC",
        ),
        ("라.txt", b"one\x1b[31m\x07two", "text", "one[31mtwo"),
        ("마.bin", b"\x00\x01\x02", "facts", ""),
        ("바.txt", b"\x81\xff\xfe\x80", "facts", ""),
        ("사.docx", b"PK\x03\x04rest", "facts", ""),
        ("아.pdf", b"%PDF-1.4 broken", "unread", ""),
    ],
)
def test_what_is_seen_of_a_file(
    name: str, content: bytes, shows: str, said: str, sqlite_store: Store, tmp_path: Path
) -> None:
    facts = intake.take_in(sqlite_store.papers, file(tmp_path, name, content))
    asked = {"sha256": facts.sha256, "name": name, "size": facts.bytes, "folder": tmp_path}
    look = preview.look(sqlite_store.papers, **asked)
    assert (look.shows, look.text) == (shows, said)
    damage(sqlite_store, facts.sha256)
    assert preview.look(sqlite_store.papers, **asked).shows == preview.Shows.BROKEN
    on_disk(sqlite_store, facts.sha256).unlink()
    assert preview.look(sqlite_store.papers, **asked).shows == preview.Shows.MISSING


def test_a_long_text_is_cut_between_its_letters(sqlite_store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "긴 글.txt", ("가" * 40_000).encode())
    facts = intake.take_in(sqlite_store.papers, path)
    look = preview.look(
        sqlite_store.papers, sha256=facts.sha256, name=path.name, size=facts.bytes, folder=tmp_path
    )
    assert look.cut and set(look.text) == {"가"}
