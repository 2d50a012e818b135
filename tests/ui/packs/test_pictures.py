"""The workshop: pages drawn in children, files lent and thrown away, nothing left."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.gwangju_desktop.packs.made import Leaf, make_paper
from ui.packs.pictures import Workshop

pytestmark = pytest.mark.spare


@pytest.fixture
def workshop(qtbot):
    made = Workshop()
    yield made
    made.close()
    assert not made.folder.exists()


def test_pages_come_as_pictures_and_the_thread_ends(qtbot, workshop: Workshop) -> None:
    file = make_paper(workshop.new_file(), [Leaf()] * 5)
    came: list = []
    workshop.drawn.connect(came.append)
    workshop.want(file, [(300, (4, 0)), (120, (1,))])
    qtbot.waitUntil(lambda: len(came) == 3, timeout=20_000)
    assert [(one.page, one.picture.width()) for one in came] == [(4, 300), (0, 300), (1, 120)]
    qtbot.waitUntil(
        lambda: "pictures" not in {t.name for t in threading.enumerate()}, timeout=20_000
    )
    assert list(workshop.folder.iterdir()) == [file]


def test_a_newer_wish_replaces_what_was_not_begun(qtbot, workshop: Workshop) -> None:
    file = make_paper(workshop.new_file(), [Leaf()] * 12)
    came: list = []
    workshop.drawn.connect(came.append)
    workshop.want(file, [(200, range(12))])
    workshop.want(file, [(200, (11,))])
    qtbot.waitUntil(lambda: any(one.page == 11 for one in came), timeout=20_000)
    assert len(came) <= 4


def test_what_is_no_pdf_is_told(qtbot, workshop: Workshop) -> None:
    file = workshop.new_file()
    file.write_bytes(b"%PDF-1.7 broken")
    with qtbot.waitSignal(workshop.undrawn, timeout=20_000) as told:
        workshop.want(file, [(200, (0,))])
    assert told.args[0].pages == (0,)


def test_a_lent_file_stays_until_it_is_given_back(workshop: Workshop) -> None:
    file = workshop.new_file()
    file.write_bytes(b"x")
    workshop.lend(file)
    workshop.drop(file)
    assert file.exists()
    with workshop.lent(file) as folder:
        assert folder.is_dir()
    assert not file.exists() and not folder.exists()


def test_closing_stops_a_child_that_draws(qtbot, tmp_path: Path) -> None:
    made = Workshop()
    file = make_paper(made.new_file(), [Leaf()] * 12)
    made.want(file, [(3_000, range(12))])
    made.close()
    assert not made.folder.exists()
    made.want(file, [(300, (0,))])
    assert "pictures" not in {thread.name for thread in threading.enumerate()}


def test_pages_of_a_file_thrown_away_are_dropped_in_silence(qtbot, workshop: Workshop) -> None:
    old = make_paper(workshop.new_file(), [Leaf()] * 9)
    new = make_paper(workshop.new_file(), [Leaf()])
    told: list = []
    came: list = []
    workshop.undrawn.connect(told.append)
    workshop.drawn.connect(came.append)
    workshop.want(old, [(1_500, range(9))])
    workshop.drop(old)
    workshop.want(new, [(120, (0,))])
    qtbot.waitUntil(lambda: any(one.file == new for one in came), timeout=20_000)
    qtbot.waitUntil(lambda: workshop.idle, timeout=20_000)
    assert told == []
    assert list(workshop.folder.iterdir()) == [new]


def test_a_file_gone_by_itself_is_told(qtbot, workshop: Workshop) -> None:
    file = make_paper(workshop.new_file(), [Leaf()])
    file.unlink()
    with qtbot.waitSignal(workshop.undrawn, timeout=20_000):
        workshop.want(file, [(200, (0,))])
