"""A year with 120 meetings of 15 items each: read, and opened in the real window."""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics
import time
from pathlib import Path

import pytest

from db.schema.meetings import AgendaItem, Meeting
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.meetings import daybook
from gwangju_desktop.members import usecases as members
from tests.benchmarks import measured
from tests.benchmarks.stopwatch import shown, wait
from ui.meetings.calendar import LIST, MONTH, YEAR

MEETINGS, ITEMS, BODIES = 120, 15, 6
YEARS = (2022, 2023)
ROUNDS = 12
GOAL_MS = 100
FIRST = dt.datetime(2022, 1, 3, 14, tzinfo=clock.KST)


@usecase("Fill two years")
def fill(tx, *, bodies: list[int]) -> None:
    """Plan both years' meetings with their items."""
    for year in YEARS:
        for n in range(MEETINGS):
            starts = FIRST.replace(year=year) + dt.timedelta(days=3 * n, hours=n % 3)
            meeting = Meeting(
                body_id=bodies[n % len(bodies)],
                title=f"예시 회의 {n}",
                starts_at=starts,
                place="예시 회의실",
            )
            meeting.items = [
                AgendaItem(position=1024 * (k + 1), kind="deliberation", title=f"예시 안건 {k}")
                for k in range(ITEMS)
            ]
            tx.add(meeting)
    tx.flush()


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("meetings") / "year.gwoffice"
    with Store.create(path) as store:
        bodies = [
            store.run(members.add_body, name_ko=f"예시 기구 {n}", name_en="").value
            for n in range(BODIES)
        ]
        store.run(fill, bodies=bodies)
    return path


def bare(office: Path, year: int) -> float:
    """Read the same rows with nothing between: what no program could do faster."""
    base = sqlite3.connect(office)
    begun = time.perf_counter()
    rows = base.execute(
        "SELECT m.*, b.*, (SELECT count(*) FROM agenda_item i WHERE i.meeting_id = m.id)"
        " FROM meeting m JOIN body b ON b.id = m.body_id"
        " WHERE strftime('%Y', m.starts_at) = ? ORDER BY m.starts_at",
        (str(year),),
    ).fetchall()
    taken = time.perf_counter() - begun
    base.close()
    assert rows
    return taken


def test_the_year_is_read(office: Path) -> None:
    times = []
    with Store.open(office, write=False) as store:
        for n in range(ROUNDS):
            year = YEARS[n % 2]
            begun = time.perf_counter()
            with store.reading() as read:
                span = daybook.span(read, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))
            times.append(time.perf_counter() - begun)
            assert len(span.meetings) == MEETINGS
            assert {entry.items for entry in span.meetings} == {ITEMS}
    plain = statistics.median(bare(office, year) for year in YEARS * 3)
    measured.times("a year of 120 meetings read", times, GOAL_MS)
    what = "a year of 120 meetings read"
    measured.figure(what, statistics.median(times) / plain, beside="a bare read")


@pytest.mark.parametrize("face", [YEAR, MONTH, LIST])
def test_the_year_opens(qapp, office: Path, face: int) -> None:
    times = []
    with shown(office) as window:
        window.resize(1366, 688)
        window.shell.go("meetings")
        page = window.shell.rooms.page("meetings").show_pane("calendar")
        wait(lambda: page.span is not None and page.options and window.shell.desk.idle)
        page.segment.parts[face].click()
        shown_on = page.list.viewport() if face == LIST else page.views[face]
        page.go_to(dt.date(YEARS[1], 1, 3))
        wait(lambda: window.shell.desk.idle)
        for n in range(ROUNDS):
            year = YEARS[n % 2]
            begun = time.perf_counter()
            page.go_to(dt.date(year, 1, 3))
            wait(lambda y=year: page.span.first.year == y - 1)
            # Painted whole once more, so that no paint before the rows came counts as the last.
            shown_on.repaint()
            times.append(time.perf_counter() - begun)
            assert sum(e.starts_at.year == year for e in page.span.meetings) == MEETINGS
    plain = statistics.median(bare(office, year) for year in YEARS * 3)
    what = f"a year of 120 meetings opened as {('year', 'month', 'list')[face]}"
    measured.times(what, times, GOAL_MS)
    measured.figure(what, statistics.median(times) / plain, beside="a bare read")
