"""A small office with one meeting, opened in the real window with the page of packs in front."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from db.store import Store
from db.vocab import Capacity, ItemKind
from gwangju_desktop import clock, offices
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import papers as meeting_papers
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs.papers import take_in
from tests.gwangju_desktop.packs.made import Leaf, make_paper
from ui import app as starting
from ui.packs.page import PacksPage
from ui.packs.pictures import Workshop
from ui.window import Window

STARTS = dt.datetime(2099, 3, 17, 14, 0, tzinfo=clock.KST)
A4_LANDSCAPE = (841.89, 595.28)


@dataclass
class Opened:
    """The window, its page of packs, and the office behind both."""

    window: Window
    page: PacksPage
    meeting_id: int
    item_id: int

    @property
    def store(self) -> Store:
        return self.page.desk.store


def fill(store: Store, folder: Path) -> None:
    """Add a body of three (가상), two meetings, and papers: one turned, one that is no PDF."""
    body_id = store.run(members.add_body, name_ko="탄소중립도시추진위원회").value
    store.run(
        ruling.set_rules,
        body_id=body_id,
        valid_from=dt.date(2020, 1, 1),
        source="예시 조례 제1조",
        rules={"quorum": "> 1/2 enrolled"},
    )
    for name in ("강해인(가상)", "고은수(가상)", "김도윤(가상)"):
        store.run(
            members.add_member,
            person={"name": name, "fictional": True},
            membership={
                "body_id": body_id,
                "capacity": Capacity.APPOINTED.value,
                "starts_on": dt.date(2021, 1, 1),
            },
        )
    earlier = dt.datetime(2021, 12, 16, 14, 0, tzinfo=clock.KST)
    store.run(meetings.add_meeting, body_id=body_id, starts_at=earlier, number=2)
    meeting_id = store.run(
        meetings.add_meeting, body_id=body_id, starts_at=STARTS, number=3, place="중회의실"
    ).value
    item_id = store.run(
        agenda.add_item,
        meeting_id=meeting_id,
        title="에너지 정보 공개 항목",
        kind=ItemKind.DELIBERATION.value,
    ).value
    leaves = (Leaf(), Leaf(size=A4_LANDSCAPE, text="가로 자료"))
    no_pdf = folder / "현황.hwp"
    no_pdf.write_bytes(b"HWP Document File (made up)")
    for path in (make_paper(folder / "공개 항목.pdf", leaves), no_pdf):
        facts = take_in(store.papers, path)
        store.run(meeting_papers.attach_paper, item_id=item_id, **asdict(facts))


@pytest.fixture(scope="session")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("packs")
    path = folder / "small.gwoffice"
    offices.new_office(path)
    with offices.opened(path) as store:
        fill(store, folder)
    return path


def copied(office: Path, folder: Path) -> Path:
    """Copy an office with its papers."""
    path = folder / "사무국 업무.gwoffice"
    shutil.copy(office, path)
    shutil.copytree(f"{office}.files", f"{path}.files")
    return path


@pytest.fixture
def opening(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Open an office in a window; after the test nothing of it may be left."""
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    before = set(threading.enumerate())
    there = QApplication.topLevelWidgets()
    starts: list[starting.Start] = []

    def open_(office: Path, size: tuple[int, int] = (1366, 768)) -> Window:
        starting.make([], language="ko", scheme="light", scale=1.0)
        window = Window()
        window.resize(*size)
        window.side.mark("packs")  # An office that opens goes where the sidebar stands.
        starts.append(starting.Start(window, str(office)))
        window.show()
        qtbot.waitUntil(lambda: window.shell is not None and _ready(window.shell), timeout=10_000)
        window.activateWindow()
        return window

    yield open_
    for start in starts:
        start.window.close()
        start.close()
        start.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not set(threading.enumerate()) - before
    assert not Workshop._open
    assert not [one for one in QApplication.topLevelWidgets() if one not in there]


def _ready(shell) -> bool:
    return shell.rooms is not None and bool(shell.rooms.pages)


@pytest.fixture
def opened(qtbot, opening, small_office: Path, tmp_path: Path) -> Opened:
    """The small office with its next pack bound and on screen."""
    window = opening(copied(small_office, tmp_path))
    window.shell.go("packs")
    page = window.shell.rooms.pages["packs"]
    qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
    return Opened(window, page, page.meeting_id, 1)
