"""The list of 100,000 proposals in the real window, beside the roll of 100,000 people."""

from __future__ import annotations

import statistics
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.members import listing as people
from gwangju_desktop.members import ordering as orders_of_people
from gwangju_desktop.proposals import listing, ordering
from tests.benchmarks import large, large_proposals, measured
from tests.benchmarks.stopwatch import Heart, Painter, shown, wait
from ui.window import Window

ROUNDS = 3
GAP_GOAL_MS, PAINT_GOAL_MS, SORT_GOAL_MS = 16, 40, 100
# What is searched for, and what finds about as many people.
QUERIES = (
    ("ㄱ", "ㄱ"),
    ("공", "김"),
    ("자전", "김민"),
    ("자전거", "기후위"),
    ("ㄱㄱㅈㅈㄱ", "ㄱㅁㅅ"),
    ("climate", "cli"),
    ("2020-00012", "김민서"),
    ("없는말이다", "없는말이다"),
)
FILTERS = (
    {"overdue": True},
    {"stage": "review"},
    {"state": "replied"},
    {"department": "회계과"},
    {"year": 2020},
)


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Path:
    return large_proposals.make(tmp_path_factory.mktemp("proposals") / "large.gwoffice")


@pytest.fixture(scope="session")
def roll(tmp_path_factory) -> Path:
    return large.make(tmp_path_factory.mktemp("large") / "large.gwoffice")


@pytest.fixture
def window(office: Path, tmp_path: Path, monkeypatch, qapp) -> Iterator[Window]:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    with shown(office) as window:
        clock.fix(large_proposals.TODAY)
        yield window


def pause(seconds: float) -> None:
    """Let the window be for so long; one timer, so that it is woken no more than it must."""
    over: list[bool] = []
    QTimer.singleShot(round(seconds * 1e3), lambda: over.append(True))
    wait(lambda: over)


def took(store: Store, ask: Callable) -> float:
    with store.reading() as read:
        began = time.perf_counter()
        ask(read)
        return time.perf_counter() - began


def beside(what: str, ours: Callable, theirs: Callable, stores: tuple[Store, Store]) -> None:
    """Tell how long a question about proposals takes beside one about people, turn by turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _n in range(ROUNDS + 1):
        times[0].append(took(stores[0], ours))
        times[1].append(took(stores[1], theirs))
    a, b = (statistics.median(some[1:]) for some in times)
    note = f"{a * 1e3:.1f} ms beside {b * 1e3:.1f}"
    peer = "the question about people"
    measured.figure(f"100,000 proposals, {what}", a / max(b, 1e-6), beside=peer, note=note)


def test_the_questions_beside_those_about_people(office: Path, roll: Path) -> None:
    """Measure ids, sorts, filters, searches and rows of both, in turns of one run."""
    stores = Store.open(office), Store.open(roll)
    clock.fix(large_proposals.TODAY)

    def anew(read, kept, ask: Callable) -> array:
        kept.clear()
        return ask(read)

    for ours, theirs in (
        ("due_on", "name"),
        ("received_on", "starts_on"),
        ("title", "bodies"),
        ("department", "capacity"),
        ("supports", "appointments"),
        ("state", "ends_on"),
    ):
        beside(
            f"sort {ours} (people: {theirs}), first",
            lambda read, s=ours: anew(
                read, ordering.kept, lambda r: listing.proposal_ids(r, sort=s)
            ),
            lambda read, s=theirs: anew(
                read, orders_of_people.kept, lambda r: people.member_ids(r, sort=s)
            ),
            stores,
        )
    for words, name in QUERIES:
        with stores[0].reading() as read:
            n = len(listing.proposal_ids(read, words=words))
        with stores[1].reading() as read:
            of = len(people.member_ids(read, words=name))
        for kind, ours, theirs in (
            ("first", listing.first_proposal_ids, people.first_member_ids),
            ("all", listing.proposal_ids, people.member_ids),
        ):
            beside(
                f"search {words} ({n:,} hits; people {name}, {of:,}), {kind}",
                lambda read, w=words, f=ours: f(read, words=w),
                lambda read, w=name, f=theirs: f(read, words=w),
                stores,
            )
    for asked in FILTERS:
        beside(
            f"filter {asked} (people: a field)",
            lambda read, a=asked: listing.proposal_ids(read, **a),
            lambda read: people.member_ids(read, field="학계"),
            stores,
        )
    with stores[0].reading() as read:
        ids = listing.proposal_ids(read)[:64].tolist()
    with stores[1].reading() as read:
        others = people.member_ids(read)[:64].tolist()
    beside(
        "rows of a screen",
        lambda read: listing.proposal_rows(read, ids=ids),
        lambda read: people.member_rows(read, ids=others),
        stores,
    )
    pipeline = [
        took(stores[0], lambda read: listing.pipeline(read, large_proposals.TODAY))
        for _n in range(ROUNDS)
    ]
    measured.times("100,000 proposals, pipeline", pipeline, SORT_GOAL_MS)
    for store in stores:
        store.close()


def test_search_and_sort_in_the_window(window: Window) -> None:
    """Measure from a key to the painted hits, and how long the window stands still meanwhile."""
    window.shell.go("proposals")
    room = window.shell.rooms.pages["proposals"]
    page = room.pane("list")
    began = time.perf_counter()
    wait(lambda: page.model.rowCount() == large_proposals.PROPOSALS)
    measured.times("100,000 proposals opened", [time.perf_counter() - began], 150)
    pause(2.0)
    painted, heart = Painter(page.list.viewport()), Heart()
    for words, _name in QUERIES:
        times, gaps = [], []
        for _n in range(ROUNDS):
            page.search.setText("")
            wait(lambda: page.model.rowCount() == large_proposals.PROPOSALS)
            wait(lambda: window.shell.desk.idle)
            pause(0.15)
            serial = page.model.serial
            answered: list[float] = []
            slot = page.model.arrived.connect(lambda a=answered: a.append(time.perf_counter()))
            heart.begin()
            began = time.perf_counter()
            page.search.setText(words)
            wait(lambda a=answered, s=serial: a and page.model.serial > s)
            wait(lambda a=answered: painted.at > a[0] or not page.model.rowCount())
            times.append(max(painted.at, answered[0]) - began)
            wait(lambda: window.shell.desk.idle and page.model.settled)
            gaps.append(heart.longest)
            page.model.arrived.disconnect(slot)
        what = f"100,000 proposals, “{words}” ({page.model.rowCount():,} hits)"
        measured.times(f"{what} painted", times, PAINT_GOAL_MS)
        measured.times(f"{what}, the window's longest gap", gaps, GAP_GOAL_MS)
    page.search.setText("")
    wait(lambda: page.model.rowCount() == large_proposals.PROPOSALS)
    for n, column in enumerate(page.model.columns):
        if not column.sort:
            continue
        times, again = [], []
        for turn in range(2 * ROUNDS):
            wait(lambda: window.shell.desk.idle)
            pause(0.2)
            if turn < ROUNDS:
                ordering.kept.clear()
            answered, order = [], page.model.order
            slot = page.model.arrived.connect(lambda a=answered: a.append(time.perf_counter()))
            began = time.perf_counter()
            page.list.on_header(n)
            wait(lambda a=answered: a)
            wait(lambda a=answered, o=order: painted.at > a[0] or page.model.order == o)
            (times if turn < ROUNDS else again).append(max(painted.at, answered[0]) - began)
            page.model.arrived.disconnect(slot)
        measured.times(f"100,000 proposals sorted by {column.key}, first", times, SORT_GOAL_MS)
        measured.times(f"100,000 proposals sorted by {column.key}, again", again, SORT_GOAL_MS)
