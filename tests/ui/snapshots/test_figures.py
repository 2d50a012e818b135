"""The pane that works the figures of an opened copy out anew."""

from __future__ import annotations

import shutil

from tests.gwangju_desktop.snapshots.test_verify import resigned
from tests.ui.conftest import rest, spin
from tests.ui.snapshots.conftest import opened
from ui.snapshots.figures import ALL, CHANGED, FigureLine, OpenLine
from ui.snapshots.opened import FIGURES
from ui.widgets.lists import RowList


def figures_of(window, path):
    """Return the pane in front, its figures worked out."""
    page = opened(window, path)
    page.tabs.parts[FIGURES].click()
    spin(lambda: page.figures.found is not None, 60)
    rest(window)
    return page, page.figures


def lines(pane) -> list[FigureLine]:
    return [line for line in pane.list.model().kept.values() if isinstance(line, FigureLine)]


def test_figures_stand_beside_what_the_rows_give(shared_window, copies) -> None:
    page, pane = figures_of(shared_window, copies[1])
    assert {line.one.kind for line in lines(pane)} >= {"quorum", "vote"}
    met = next(line for line in lines(pane) if line.one.measure == "met")
    pane.list.choose(met.id)
    rest(shared_window)
    assert page.card.title.text() == met.one.named()
    texts = [label.text() for label in page.card.details.findChildren(type(page.card.title))]
    assert any("성립" in text and "재적" in text for text in texts)
    used = [one for one in page.card.details.findChildren(RowList) if one.isVisible()]
    assert len(used) == 1 and used[0].model().rowCount() == len(met.one.parts)
    assert "다름 0" in pane.sum.text() and not pane.otherwise.isVisible()


def test_files_that_say_otherwise_than_the_database_are_named(
    shared_window, copies, tmp_path
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["csv/meeting.csv"] += b"x"

    honest = tmp_path / "사본.gwsnap"
    shutil.copy(copies[1], honest)
    _page, pane = figures_of(shared_window, resigned(honest, change))
    assert pane.otherwise.isVisible() and "csv/meeting.csv" in pane.otherwise.text()


def test_only_different_ones_are_few_and_an_empty_list_says_so(shared_window, copies) -> None:
    _page, pane = figures_of(shared_window, copies[1])
    pane.filter.parts[CHANGED].click()
    rest(shared_window)
    assert pane.list.model().rowCount() == 0 and pane.empty.isVisible()
    assert pane.empty.title.text() == "다른 수치가 없습니다"
    pane.filter.parts[ALL].click()
    rest(shared_window)
    assert lines(pane) and not pane.empty.isVisible()


def test_what_cannot_be_checked_stands_below_in_the_language_spoken(shared_window, copies) -> None:
    page, pane = figures_of(shared_window, copies[1])
    shared_window.shell.speak("en")
    rest(shared_window)
    assert pane.heading.text().startswith("What cannot be checked from this copy")
    below = [one for one in pane.open.model().kept.values() if isinstance(one, OpenLine)]
    hidden = next(one for one in below if one.one.what[1] == "Ballots")
    pane.open.setFocus()
    pane.open.choose(hidden.id)
    rest(shared_window)
    assert page.card.title.text() == "Ballots"
    shared_window.shell.speak("ko")
    rest(shared_window)
