"""A snapshot against the clock: made beside VACUUM INTO, verified beside integrity_check, sent.

Seconds are the processor's, ours and the child's: on one core that is the time it takes when nobody
else works there. Of making, the tables as CSV, the pages and the search for what must not go out
are reported apart: VACUUM INTO does nothing of the kind.
"""

from __future__ import annotations

import resource
import sqlite3
import time
import zipfile
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
    sqlite_file,
    tabular,
    verify,
)
from tests.benchmarks import large
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
    watch(sqlite_file, "write", "database")
    watch(tabular, "csv_files", "csv")
    watch(members.tabular, "package", "csv")
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
    inside = tmp_path / "inside.sqlite"
    with zipfile.ZipFile(target) as archive:
        inside.write_bytes(archive.read(container.DATABASE))
    copied = [tmp_path / name for name in ("office.copy", "inside.copy")]
    of_office = timed(sql(office, f"VACUUM INTO '{copied[0]}'"))
    of_copy = timed(sql(inside, f"VACUUM INTO '{copied[1]}'"))
    apart = sum(parts[name] for name in ("csv", "pages", "search"))
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts.items())
    print(
        f"\nmade of {PEOPLE:,} people, {target.stat().st_size / 1e6:.0f} MB: {whole:.2f} s of the"
        f" processor ({told}); without csv, pages and search {whole - apart:.2f} s ="
        f" {(whole - apart) / of_office:.1f} times VACUUM INTO of the office ({of_office:.2f} s,"
        f" goal {OVER_VACUUM}); database alone {parts['database'] / of_copy:.1f} times VACUUM INTO"
        f" of itself ({of_copy:.2f} s)"
    )
    assert parts["container"] < of_office


def test_verifying_beside_integrity_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))
    path = written(tmp_path, later=False)
    inside = tmp_path / "inside.sqlite"
    with zipfile.ZipFile(path) as archive:
        inside.write_bytes(archive.read(container.DATABASE))
    check = min(timed(sql(inside, "PRAGMA integrity_check")) for _ in range(ROUNDS))

    def outer() -> None:
        with verify.unpacked(path) as (verdict, _):
            assert verdict.ok

    bytes_alone = min(timed(outer) for _ in range(ROUNDS))
    whole = min(timed(lambda: verify.verify(path)) for _ in range(ROUNDS))
    assert verify.verify(path).ok
    size = path.stat().st_size / 1e6
    print(
        f"\nverified, a million rows, {size:.0f} MB: {whole:.2f} s of the processor"
        f" = {whole / check:.1f} times integrity_check ({check:.2f} s, goal {OVER_CHECK});"
        f" hashes and signatures alone {bytes_alone:.2f} s, {size / bytes_alone:,.0f} MB/s"
    )
    sent = timed(lambda: sending.save_for_sending(path, tmp_path, part_mb=10))
    print(f"saved in parts of 10 MB: {sent:.2f} s of the processor")
