"""The roll of 100,000: opened, searched and sorted in the real window, against a plain model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from sqlalchemy import select

from db.schema.members import Membership, Organisation, Person
from gwangju_desktop.members import ordering
from tests.benchmarks import large, measured
from tests.benchmarks.stopwatch import Heart, Painter, shown, wait
from ui.members.tree import EVERYBODY
from ui.window import Window

ROUNDS = 3
OPEN_GOAL, GAP_GOAL_MS, PAINT_GOAL_MS, SORT_GOAL_MS = 0.15, 16, 40, 100
QUERIES = (
    "ㄱ",
    "김",
    "기",
    "대",
    "ㄱㅁ",
    "김민",
    "대표",
    "동구",
    "김민서",
    "기후위",
    "ㄱㅁㅅ",
    "cli",
)


class Tuples(QAbstractTableModel):
    """The usual way: every row fetched into a list of tuples."""

    def __init__(self, rows: list[tuple]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, _parent: QModelIndex | None = None) -> int:
        return 8

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.rows[index.row()][index.column()])
        return None


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Path:
    return large.make(tmp_path_factory.mktemp("large") / "large.gwoffice")


@pytest.fixture
def window(office: Path, tmp_path: Path, monkeypatch, qapp) -> Iterator[Window]:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    with shown(office) as window:
        yield window


def pause(seconds: float) -> None:
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() >= end)


def plain(desk) -> float:
    """Return how long a list of tuples takes from the question to the painted list."""
    began = time.perf_counter()
    with desk.store.reading() as read:
        query = (
            select(
                Person.id,
                Person.name,
                Organisation.name_ko,
                Membership.post,
                Membership.field,
                Membership.capacity,
                Membership.starts_on,
                Membership.ends_on,
            )
            .join(Membership, Membership.person_id == Person.id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .order_by(Person.name)
            .limit(large.PEOPLE)
        )
        rows = [tuple(row) for row in read.execute(query).all()]
    view = QTableView()
    view.resize(800, 700)
    view.setModel(Tuples(rows))
    painted = Painter(view.viewport())
    view.show()
    wait(lambda: painted.at > began)
    view.close()
    return painted.at - began


def everybody(window: Window):
    """Return the roll's pane showing everybody."""
    window.shell.go("members")
    page = window.shell.rooms.pages["members"].pane("roll")
    wait(lambda: page.model.rowCount() and window.shell.desk.idle)
    page.show_body(EVERYBODY)
    wait(lambda: page.model.rowCount() == large.PEOPLE)
    pause(0.3)
    return page


def test_open_everybody(window: Window) -> None:
    """Measure from the body chosen to the list painted, its scrollbar knowing all rows."""
    page = everybody(window)
    base = min(plain(window.shell.desk) for _n in range(3))
    painted, times = Painter(page.list.viewport()), []
    for _n in range(ROUNDS):
        page.show_body(1)
        wait(lambda: page.model.rowCount() < large.PEOPLE)
        wait(lambda: window.shell.desk.idle)
        pause(0.2)
        page.model.kept.clear()
        ordering.kept.clear()
        answered: list[float] = []
        page.model.arrived.connect(lambda a=answered: a.append(time.perf_counter()))
        began = time.perf_counter()
        page.show_body(EVERYBODY)
        wait(lambda a=answered: a and page.model.rowCount() == large.PEOPLE)
        wait(lambda a=answered: painted.at > a[0])
        times.append(painted.at - began)
        pause(0.05)
        height = page.list.verticalHeader().length()
        assert page.list.verticalScrollBar().maximum() > height - 2_000
        pause(0.2)
    what, peer = "roll of 100,000 people opened", "a list of tuples"
    measured.ratio(what, times, [base] * len(times), OPEN_GOAL, beside=peer)


def test_search_and_sort(window: Window) -> None:
    """Measure from a key to the painted hits, and how long the window stands still meanwhile."""
    page = everybody(window)
    painted, heart = Painter(page.list.viewport()), Heart()
    for words in QUERIES:
        times, gaps, rest = [], [], []
        for _n in range(ROUNDS):
            page.tools.search.setText("")
            wait(lambda: page.model.rowCount() == large.PEOPLE)
            pause(0.15)
            serial = page.model.serial
            answered: list[float] = []
            page.model.arrived.connect(lambda a=answered: a.append(time.perf_counter()))
            heart.begin()
            began = time.perf_counter()
            page.tools.search.setText(words)
            wait(lambda a=answered, s=serial: a and page.model.serial > s)
            wait(lambda a=answered: painted.at > a[0])
            times.append(painted.at - began)
            wait(lambda: window.shell.desk.idle and not page.model.waiting.isActive())
            rest.append(time.perf_counter() - began)
            gaps.append(heart.longest)
            page.model.arrived.disconnect()
            page.model.arrived.connect(page.on_arrived)
            page.model.arrived.connect(page.hollow.on_arrived)
        what = f"roll of 100,000 people, “{words}” ({page.model.rowCount():,} hits)"
        measured.times(f"{what} painted", times, PAINT_GOAL_MS)
        measured.times(f"{what}, the window's longest gap", gaps, GAP_GOAL_MS)
    page.tools.search.setText("")
    wait(lambda: page.model.rowCount() == large.PEOPLE)
    for n, column in enumerate(page.model.columns):
        if column.sort:
            times, again = [], []
            for n_th in range(2 * ROUNDS):
                pause(0.2)
                if n_th < ROUNDS:
                    # As after something was written, and a moment of quiet.
                    for kept in ordering.kept.values():
                        kept.sorted.clear()
                answered, order = [], page.model.order
                page.model.arrived.connect(lambda a=answered: a.append(time.perf_counter()))
                began = time.perf_counter()
                page.list.on_header(n)
                wait(lambda a=answered: a)
                wait(lambda a=answered, o=order: painted.at > a[0] or page.model.order == o)
                (times if n_th < ROUNDS else again).append(max(painted.at, answered[0]) - began)
            measured.times(
                f"roll of 100,000 people sorted by {column.key}, first", times, SORT_GOAL_MS
            )
            measured.times(
                f"roll of 100,000 people sorted by {column.key}, again", again, SORT_GOAL_MS
            )
