"""A backup of an office of 100 MB beside copying the file, in one run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.backups import making, verifying
from tests.benchmarks import large, measured

ROUNDS = 5
GOAL = 2.5


def taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@pytest.mark.timeout(1800)
def test_a_hundred_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "large.gwoffice"
    large.make(office, 2 * large.PEOPLE)
    size = office.stat().st_size / 1e6

    def copied() -> None:
        target = tmp_path / "copy"
        shutil.copyfile(office, target)
        handle = os.open(target, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        target.unlink()

    checked = verifying.demand_whole
    checks: list[float] = []

    def timed(*given: object, **named: object) -> None:
        checks.append(taken(lambda: checked(*given, **named)))  # type: ignore[arg-type]

    monkeypatch.setattr(making.verifying, "demand_whole", timed)
    with Store.open(office) as store:
        pairs = []
        for _ in range(ROUNDS):
            plain = taken(copied)
            whole = taken(lambda: making.make_backup(store, tmp_path / "b"))
            pairs.append((plain, whole - checks[-1], checks[-1]))
            shutil.rmtree(tmp_path / "b")
    plain, made, checks = (list(column) for column in zip(*pairs, strict=True))
    what = f"an office of {size:.0f} MB backed up"
    measured.ratio(what, made, plain, GOAL, beside="copying its file and fsync")
    measured.times("that backup read again and checked whole", checks)
