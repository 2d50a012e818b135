"""The history of 100,000 entries: its first page, a record's own, words, and the whole chain."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db import journal
from db.changes import RowChange
from db.engine import permit
from db.store import Store
from gwangju_desktop.history import chain, entries
from gwangju_desktop.history.entries import Filters
from gwangju_desktop.members import usecases as members
from tests.benchmarks import measured
from ui.history import rows

ENTRIES, RECORDS = 100_000, 500
FIRST, PAGE = 500, rows.FETCHED
GOAL_MS = 40
ROUNDS = 15


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office in which bodies were renamed 100,000 times, written by the journal's own hand."""
    path = tmp_path_factory.mktemp("history") / "office.gwoffice"
    with Store.create(path) as store:
        for n in range(RECORDS):
            store.run(members.add_body, name_ko=f"가상위원회 {n}", name_en=f"Committee {n}")
        made = [change.rows[0] for change in store.since(0, RECORDS)]
        with store.office.write.begin() as connection, permit(connection):
            head = journal.head(connection, "")
            for n in range(head.id, ENTRIES):
                row = made[n % RECORDS]
                before = {**(row.after or {}), "name_ko": f"가상위원회 {n}"}
                change = RowChange(row.table, row.pk, before, {**before, "name_ko": f"새 이름 {n}"})
                done = journal.append(
                    connection,
                    head,
                    kind="do",
                    label="Edit body",
                    command=f"{n:032x}",
                    who=f"가상 {n % 5}",
                    origin="0" * 32,
                    rows=[change],
                )
                assert done.id == n + 1
                head = journal.head(connection, "")
    return path


def _median(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(spent)


def test_the_first_page_of_a_long_history(office: Path) -> None:
    with Store.open(office, write=False) as store, store.reading() as read:

        def first_page() -> None:
            order = entries.under_days(read, entries.EVERY, FIRST)
            assert len(rows.rows(read, ids=order[:PAGE])) == PAGE

        first_page()  # what it imports is paid once
        first = _median(first_page)
        deep = _median(lambda: entries.lines(read, range(1, PAGE)))
        of_one = _median(lambda: entries.ids(read, Filters(record=("body", 7))))
        said = _median(lambda: entries.ids(read, Filters(words="새 이름 99"), FIRST))
        begun = time.perf_counter()
        assert chain.verify(read) == []
        whole = time.perf_counter() - begun
    what = f"history of {ENTRIES:,} entries"
    measured.figure(f"{what}, first page", first, "ms", GOAL_MS)
    for part, took in (("oldest page", deep), ("of one record", of_one), ("by words", said)):
        measured.figure(f"{what}, {part}", took, "ms")
    measured.figure(f"{what}, chain verified", ENTRIES / whole, "entries/s", note=f"{whole:.1f} s")
