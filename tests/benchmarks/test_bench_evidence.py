"""Evidence files against the clock: read again with progress beside bare SHA-256, in one run.

Bytes are in the file cache, as they are after a copy; on a slower disk both wait for it alike.
Seconds are the processor's: on one core that is the time it takes when nobody else works there.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from db.store import Store
from gwangju_desktop.evidence import intake, integrity
from tests.benchmarks import measured
from tests.gwangju_desktop.evidence.offices import add, plan

MEGABYTE = 1024 * 1024
LARGE, SMALL = 4, 400  # files of 100 MB, files of 100 KB
ROUNDS = 5
GOAL_MB = 500.0  # a second
OVER_BARE = 1.25


def timed(act: Callable[[], object]) -> float:
    """Return the processor's seconds something takes."""
    before = time.process_time()
    act()
    return time.process_time() - before


def bare(paths: list[Path]) -> None:
    """Read files and take their SHA-256, nothing else."""
    for path in paths:
        with path.open("rb", buffering=0) as file:
            hashlib.file_digest(file, "sha256").hexdigest()


def test_evidence_is_read_again_as_fast_as_it_is_hashed(tmp_path: Path) -> None:
    with Store.create(tmp_path / "증빙.gwoffice") as store:
        made = plan(store)
        block = os.urandom(100 * MEGABYTE)
        source = tmp_path / "가상 자료.bin"
        taken = []
        for n in range(LARGE):
            source.write_bytes(block[n:])
            facts_of = lambda: intake.take_in(store.papers, source)  # noqa: E731
            taken.append(len(block) / MEGABYTE / timed(facts_of))
            add(store, source, made.plan, title=f"큰 자료 {n}")
        for n in range(SMALL):
            source.write_bytes(block[n : n + 100 * 1024])
            add(store, source, made.plan, title=f"작은 자료 {n}")
        paths = [p for p in store.papers._folder.rglob("*") if p.is_file()]
        size = sum(path.stat().st_size for path in paths) / MEGABYTE
        told: list[int] = []

        def check() -> None:
            checked = integrity.check(
                store, progress=lambda done, _whole, _name: told.append(done), write=False
            )
            assert checked.whole and checked.files == LARGE + SMALL

        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(timed(lambda: bare(paths)))
            ours.append(timed(check))
        assert len(told) >= ROUNDS * (LARGE * 100 + SMALL)
        mine, plain = size / statistics.median(ours), size / statistics.median(theirs)
        what = "evidence files read again"
        measured.figure(what, mine, "MB/s", GOAL_MB, more=True)
        bare_sha = "bare SHA-256 of the same files"
        measured.figure(what, plain / mine, goal=OVER_BARE, beside=bare_sha)
        measured.figure("evidence files taken in, of the processor", max(taken), "MB/s")
