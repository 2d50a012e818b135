"""The overview of 500 commitments, 5,000 milestones and 100,000 evidence files."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import Milestone
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.commitments import deadlines, lacking, queries, roundtrip
from tests.benchmarks import large_commitments, measured

ROUNDS = 7
OVERVIEW_GOAL_MS = 100


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    path = large_commitments.make(tmp_path_factory.mktemp("plan") / "large.gwoffice")
    opened = Store.open(path)
    clock.fix(large_commitments.TODAY)
    yield opened
    opened.close()


def plainly(read: Session) -> Any:
    """Read the milestones of all commitments as they are: the least an overview must do."""
    shown = (Milestone.commitment_id, Milestone.state, Milestone.weight, Milestone.due_on)
    return read.execute(select(*shown)).all()


def turn_by_turn(
    store: Store, acts: dict[str, Callable[[Session], Any]]
) -> dict[str, tuple[float, float]]:
    """Return how long each act took and how much processor time of it was its own.

    Medians in milliseconds, measured in turns after a first one each.
    """
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    for _n in range(ROUNDS + 1):
        for name, act in acts.items():
            with store.reading() as read:
                began, worked = time.perf_counter(), time.process_time()
                act(read)
                ended = time.process_time() - worked, time.perf_counter() - began
                times[name].append((ended[1] * 1e3, ended[0] * 1e3))
    return {
        name: (
            statistics.median(wall for wall, _own in some[1:]),
            statistics.median(own for _wall, own in some[1:]),
        )
        for name, some in times.items()
    }


def test_the_overview_beside_a_plain_reading(store: Store) -> None:
    """Measure what the first pane reads, and what other panes do, beside a plain reading."""
    today, plan = large_commitments.TODAY, 1
    took = turn_by_turn(
        store,
        {
            "plain reading of milestones": plainly,
            "overview": lambda read: queries.commitments(read, plan, today),
            "plans": queries.plans,
            "what is due": lambda read: deadlines.due(read, today),
            "one commitment": lambda read: queries.commitment(read, "BENCH0100", today),
            "timeline": lambda read: queries.milestones(read, plan, today=today),
            "what is lacking": lambda read: lacking.plan(read, plan, today),
            "missing English": lambda read: lacking.english(read, plan),
            "sheet of progress": lambda read: roundtrip.export_progress(read, plan),
        },
    )
    _wall, plain = took["plain reading of milestones"]
    for name, (wall, own) in took.items():
        goal = OVERVIEW_GOAL_MS if name == "overview" else None
        note = f"own time {own:.1f} ms, {own / plain:.1f} times a plain reading of milestones"
        measured.figure(f"500 commitments: {name}", wall, "ms", goal, note=note)
    with store.reading() as read:
        rows = queries.commitments(read, plan, today)
        assert len(rows) == large_commitments.COMMITMENTS
        files = large_commitments.MILESTONES * large_commitments.FILES
        assert {row.evidence for row in rows} == {files}
        assert sum(row.rating is not None for row in rows) == 166
        assert all(row.milestones == large_commitments.MILESTONES for row in rows)
