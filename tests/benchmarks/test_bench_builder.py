"""The builder of packs: how long its window stands still while a pack is made, when it is there."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from db.vocab import ItemKind
from gwangju_desktop import clock, offices
from gwangju_desktop.meetings import agenda, queries, usecases
from gwangju_desktop.meetings import papers as meeting_papers
from gwangju_desktop.packs.papers import take_in
from tests.benchmarks import measured
from tests.benchmarks.stopwatch import Heart, shown, wait
from tests.gwangju_desktop.packs.made import Leaf, make_paper
from ui.window import Window

ITEMS, PAGES_OF_A_PAPER = 20, 10  # with the front sheets some 250 pages
ROUNDS = 4
GAP_GOAL_MS, FIRST_GOAL_MS = 100, 300
REASON = "실행계획이 2022년 6월 끝나므로 남은 기간에 할 일을 확인하려는 것입니다. " * 40


def fill(path: Path, paper: Path, items: int) -> None:
    """Add a meeting before all others with so many items, each with a paper."""
    with offices.opened(path) as store:
        with store.reading() as read:
            body = queries.meetings(read)[0].body_id
        starts = dt.datetime(2022, 3, 12, 14, 0, tzinfo=clock.KST)
        meeting = store.run(usecases.add_meeting, body_id=body, starts_at=starts).value
        facts = take_in(store.papers, paper)
        for n in range(items):
            item = store.run(
                agenda.add_item,
                meeting_id=meeting,
                title=f"예시 안건 {n + 1}",
                kind=ItemKind.DELIBERATION.value,
            ).value
            store.run(agenda.edit_item, id=item, request="공개한다.", reason=REASON)
            store.run(meeting_papers.attach_paper, item_id=item, **asdict(facts))


@pytest.fixture
def window(sample_office: Path, tmp_path: Path, monkeypatch, qapp, request) -> Iterator[Window]:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    office = tmp_path / "office.gwoffice"
    shutil.copy(sample_office, office)
    shutil.copytree(f"{sample_office}.files", f"{office}.files")
    if request.param:
        fill(office, make_paper(tmp_path / "자료.pdf", [Leaf()] * PAGES_OF_A_PAPER), request.param)
    with shown(office) as window:
        yield window


@pytest.mark.parametrize("window", [0, ITEMS], indirect=True)
def test_the_window_while_a_pack_is_made(window: Window) -> None:
    """Measure the longest gap from a change until the new pack is painted, and that time."""
    window.shell.go("packs")
    wait(lambda: "packs" in window.shell.rooms.pages)
    page = window.shell.rooms.pages["packs"]
    wait(lambda: page.bound is not None and page.settled)
    heart, gaps, times = Heart(), [], []
    for _n in range(ROUNDS):
        before = page.bound
        heart.begin()
        began = time.perf_counter()
        page.maker.bind()
        wait(lambda b=before: page.bound is not b and page.view.picture(0) is not None)
        times.append(time.perf_counter() - began)
        wait(lambda: page.settled)
        gaps.append(heart.longest)
    pages = page.bound.facts.pages
    measured.times(f"pack of {pages} pages made, the window's longest gap", gaps, GAP_GOAL_MS)
    measured.times(
        f"pack of {pages} pages, from a change to its first page in the window",
        times,
        FIRST_GOAL_MS,
    )
