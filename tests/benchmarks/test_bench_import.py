"""5,000 members into an empty office and out again, on both databases, in seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.members import exporting, usecases
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from tests.benchmarks import measured
from tests.gwangju_desktop.members.importing.test_round_trip import FORMS, made_up

MEMBERS = 5000
GOAL = 30.0


@pytest.mark.timeout(600)
def test_five_thousand_members_in_and_out(store: Store, tmp_path: Path) -> None:
    for n in (0, 1):
        store.run(usecases.add_body, name_ko=f"가상위원회 {n}")
    source = made_up(MEMBERS)
    mapped = mapping.guess(source)
    took = {}
    started = time.perf_counter()
    with store.reading() as read:
        preview.plan(read, source=source, mapping=mapped)
    took["preview"] = time.perf_counter() - started
    started = time.perf_counter()
    store.run(apply.import_members, source=source, mapping=mapped)
    took["import"] = time.perf_counter() - started
    for suffix in FORMS:
        path = tmp_path / f"명부{suffix}"
        started = time.perf_counter()
        with store.reading() as read:
            exporting.write(path, exporting.roll(read, contacts=True))
        again = reading.read(path)
        with store.reading() as read:
            plan = preview.plan(read, source=again, mapping=mapping.guess(again))
        took[f"round trip {suffix}"] = time.perf_counter() - started
        assert plan.counts["same"] == MEMBERS
    started = time.perf_counter()
    store.undo()
    took["undo"] = time.perf_counter() - started
    for what, s in took.items():
        goal = GOAL if what == "import" else None
        measured.figure(f"{MEMBERS:,} members, {what} ({store.office.dialect})", s, "s", goal)
