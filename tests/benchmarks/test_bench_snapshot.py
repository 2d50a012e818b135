"""A snapshot against the clock: made beside VACUUM INTO, verified beside integrity_check, sent.

Seconds are the processor's, ours and the child's: on one core that is the time it takes when nobody
else works there. Each part of the work stands in a line with its ratio. Goals are for the parts that
the peer does too: of making, all but the tables as CSV, the pages, the key and the search for what
must not go out; of verifying, hashing and SQLite's own check. The floors say what no program of ours
could go below: the keyed codes alone, SQLite giving every row to Python.
"""

from __future__ import annotations

import hashlib
import hmac
import resource
import sqlite3
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import paths, settings
from gwangju_desktop.snapshots import (
    build,
    container,
    disclose,
    looking,
    members,
    sending,
    signing,
    sqlite_file,
    tabular,
    verify,
)
from tests.benchmarks import large, measured
from tests.benchmarks.test_bench_compare import written
from tests.gwangju_desktop.snapshots import offices

PEOPLE = 100_000
OVER_VACUUM, OVER_CHECK = 2.5, 2.0
ROUNDS = 3


def spent() -> float:
    """Return the processor's seconds of this process and of its children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(act: Callable[[], object]) -> float:
    """Return the processor's seconds something takes."""
    before = spent()
    act()
    return spent() - before


def sql(path: Path, statement: str) -> Callable[[], object]:
    """Return a call that lets SQLite carry out a statement on a file, in a fresh connection."""

    def act() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute(statement).fetchall()

    return act


def table(
    what: str, peer: str, seconds: float, lines: dict[str, float], goals: dict[str, float]
) -> None:
    """Tell how many times the peer's seconds each part takes."""
    for name, took in lines.items():
        note = f"{took:.2f} s of the processor beside {seconds:.2f}"
        goal = goals.get(name)
        measured.figure(f"{what}: {name}", took / seconds, goal=goal, beside=peer, note=note)


def codes_alone(count: int) -> None:
    """Make as many keyed digests as a copy has codes: nothing that hides ids takes less."""
    begun = hmac.new(b"a secret of the office", b"person\0", hashlib.sha256)
    for n in range(count):
        code = begun.copy()
        code.update(b"%d" % n)
        code.digest()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, float]:
    """Take the time of the steps of a making by their names."""
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))
    found: dict[str, float] = {}

    def watch(owner: Any, name: str, part: str) -> None:
        straight = getattr(owner, name)

        def watched(*given: Any, **named: Any) -> Any:
            before = spent()
            try:
                return straight(*given, **named)
            finally:
                found[part] = found.get(part, 0.0) + spent() - before

        monkeypatch.setattr(owner, name, watched)

    watch(disclose, "fetch", "read")
    watch(disclose, "disclose", "policy")
    watch(disclose, "_look", "words to be sought, of the policy")
    watch(sqlite_file, "write", "database")
    watch(tabular, "csv_files", "csv")
    watch(members.tabular, "package", "csv")
    watch(build.signing, "unseal", "key")
    watch(build.signing, "new_key", "key")
    watch(members.monitor_page, "page", "pages")
    watch(members.readme, "page", "pages")
    watch(looking, "look", "search")
    watch(build, "_refuse_leaks", "search")
    watch(build, "_write_container", "container")
    return found


def test_making_beside_vacuum_into(tmp_path: Path, parts: dict[str, float]) -> None:
    office, target = tmp_path / "큰 사무국.gwoffice", tmp_path / "1.gwsnap"
    large.make(office, PEOPLE)
    with Store.open(office) as store:
        store.run(settings.set_up)
        whole = timed(
            lambda: build.make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
        )
    inside = extracted(target, tmp_path)
    copied = [tmp_path / f"{n}.copy" for n in range(ROUNDS)]
    of_office = min(timed(sql(office, f"VACUUM INTO '{copy}'")) for copy in copied)
    of_copy = timed(sql(inside, f"VACUUM INTO '{tmp_path / 'inside.copy'}'"))
    rows = with_code(inside)
    apart = sum(parts[name] for name in ("csv", "pages", "search", "key"))
    what = f"a copy of {PEOPLE:,} people made, {target.stat().st_size / 1e6:.0f} MB"
    lines = {
        **parts,
        "without csv, pages, search and key": whole - apart,
        "whole": whole,
        f"floor: {rows:,} keyed codes alone": timed(lambda: codes_alone(rows)),
        "peer on the copy itself": of_copy,
    }
    goals = {"without csv, pages, search and key": OVER_VACUUM}
    table(what, "VACUUM INTO of the office", of_office, lines, goals)
    assert parts["container"] < of_office


def with_code(path: Path) -> int:
    """Count the people and seats of a copy: each has a code of its own."""
    with closing(sqlite3.connect(path)) as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("person", "membership")
        ]
    return sum(counts)


def extracted(path: Path, folder: Path) -> Path:
    """Write the database of a copy into a folder."""
    inside = folder / "inside.sqlite"
    with zipfile.ZipFile(path) as archive:
        inside.write_bytes(archive.read(container.DATABASE))
    return inside


def test_verifying_beside_integrity_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))
    path = written(tmp_path, later=False)
    inside = extracted(path, tmp_path)
    # A signer who is known has more of the clock: others may be at work on this machine.
    with verify.unpacked(path) as (first, _):
        said = first.demand()
    signing.remember(signing.KnownSigner(said.key, said.office_ko, "2022-03-11", said.office_id))

    def bytes_alone() -> None:
        with verify.unpacked(path) as (verdict, _):
            assert verdict.ok

    def own_check() -> None:
        with closing(sqlite_file.open_foreign(inside, seconds=60)) as database:
            sqlite_file.quick_check(database)

    def given_rows() -> None:
        with closing(sqlite_file.open_foreign(inside, seconds=60)) as database:
            for shape in sqlite_file.shapes(database):
                cursor = database.execute(f'SELECT * FROM "{shape.name}"')
                while cursor.fetchmany(sqlite_file.BLOCK):
                    pass

    def typed_rows() -> None:
        with closing(sqlite_file.open_foreign(inside, seconds=60)) as database:
            for shape in sqlite_file.shapes(database):
                for _ in sqlite_file.blocks(database, shape):
                    pass

    content = path.read_bytes()
    acts: dict[str, Callable[[], object]] = {
        "peer": sql(inside, "PRAGMA integrity_check"),
        "hashes, container and signatures": bytes_alone,
        "SQLite's own check": own_check,
        "every value's type": typed_rows,
        "whole, with the child's start": lambda: verify.verify(path),
        "floor: SHA-256 and CRC-32 alone": lambda: (hashlib.sha256(content), zlib.crc32(content)),
        "floor: every row given to Python": given_rows,
    }
    took = dict.fromkeys(acts, float("inf"))
    for _ in range(ROUNDS):
        for name, act in acts.items():
            took[name] = min(took[name], timed(act))
    assert verify.verify(path).ok
    check = took.pop("peer")
    named = "hashes and SQLite's own check"
    took[named] = took["hashes, container and signatures"] + took["SQLite's own check"]
    whole = "whole, with the child's start"
    what = f"a copy of a million rows verified, {path.stat().st_size / 1e6:.0f} MB"
    goals = {named: OVER_CHECK, whole: OVER_CHECK}
    table(what, "integrity_check of the database inside", check, took, goals)
    sent = timed(lambda: sending.save_for_sending(path, tmp_path, part_mb=10))
    measured.figure("that copy saved in parts of 10 MB, of the processor", sent, "s")
