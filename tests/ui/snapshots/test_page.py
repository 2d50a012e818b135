"""The review copies' page on a sample office: make, open, compare, refuse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from gwangju_desktop.snapshots import signing
from gwangju_desktop.snapshots.verify import verify
from tests.ui.conftest import rest, spin
from tests.ui.snapshots.conftest import opened, page_of
from ui.settings import kept
from ui.snapshots.alone import CopyPage
from ui.snapshots.changes import ChangeLine
from ui.snapshots.opened import WITHHELD
from ui.snapshots.withheld import HiddenLine
from ui.welcome.page import WelcomePage


def test_an_opened_copy_says_what_it_is_and_only_here(shared_window, copies) -> None:
    window = shared_window
    page = opened(window, copies[1])
    ribbon = window.shell.ribbon
    assert ribbon.isVisible() and page.card.trust.isVisible()
    window.shell.rooms.go("today")
    rest(window)
    assert not ribbon.isVisible()
    page_of(window)
    assert ribbon.isVisible()
    page.card.trust.click()
    assert not page.card.trust.isVisible()
    assert verify(copies[1]).manifest.key in signing.known_signers()
    ribbon.on_close()
    assert not ribbon.isVisible()


def test_codes_and_words_are_shown_as_people_say_them(shared_window, copies) -> None:
    page = opened(shared_window, copies[1])
    names = [view.name for view in page.view.tables]
    page.records.tables.choose(names.index("membership"))
    rest(shared_window)
    texts = {text for line in page.records.lines for text in line.texts}
    assert {"위촉직", "당연직", "예"} <= texts
    people = next(view for view in page.view.tables if view.name == "person")
    assert {str(row[1]) for row in people.rows} & texts
    shared_window.shell.speak("en")
    rest(shared_window)
    english = {text for line in page.records.lines for text in line.texts}
    assert {"Appointed", "yes"} <= english
    shared_window.shell.speak("ko")
    rest(shared_window)


def test_what_was_left_out_stands_with_its_ground(shared_window, copies) -> None:
    page = opened(shared_window, copies[1])
    page.tabs.parts[WITHHELD].click()
    rest(shared_window)
    lines = [n for n in page.left_out.model().kept.values() if isinstance(n, HiddenLine)]
    phones = next(line for line in lines if line.column == "전화")
    assert phones.count == 35 and "개인정보 보호법" in phones.ground.ko
    assert page.card.chosen.text() == lines[0].column


def test_a_file_that_is_not_whole_is_not_opened(shared_window, copies, tmp_path: Path) -> None:
    page = page_of(shared_window)
    broken = tmp_path / "잘린 사본.gwsnap"
    broken.write_bytes(copies[1].read_bytes()[:-1])
    page.take([broken])
    spin(lambda: page.faces.currentWidget() is page.refused, 15)
    assert "잘린 사본.gwsnap" in page.refused.hint.text()
    assert shared_window.shell.ribbon.property("tone") == "bad"
    page.on_close()
    assert not shared_window.shell.ribbon.isVisible()


def test_an_empty_list_has_no_empty_card_beside_it(shared_window) -> None:
    made = page_of(shared_window).made
    assert made.card.isHidden()
    for width in (911, 1366):
        shared_window.resize(width, 688)
        rest(shared_window)
        assert made.card.isHidden()


def alone(window) -> CopyPage:
    """Return the page of a copy that is shown without an office."""
    spin(lambda: isinstance(window.shell.front, CopyPage))
    page = window.shell.front
    spin(lambda: page.faces.currentWidget() is not page.waiting, 15)
    rest(window)
    return page


def test_a_monitor_opens_a_copy_without_an_office(window_on, copies, tmp_path: Path) -> None:
    _office, first, second = copies
    window = window_on(second)
    page = alone(window)
    shell = window.shell
    assert page.opened.view.path == second and window.side.isHidden()
    assert shell.ribbon.isVisible() and shell.desk.store is None
    assert "둘째" in window.windowTitle() and "오늘" not in window.windowTitle()
    page.opened.compare_with(first)
    spin(lambda: page.opened.comparison is not None, 15)
    model = page.opened.changes.model()
    assert any(isinstance(model.row(n), ChangeLine) for n in range(model.rowCount()))
    shell.on_undo()
    shell.on_search()
    shell.ribbon.close_button.click()
    spin(lambda: isinstance(shell.front, WelcomePage))
    assert shell.ribbon.isHidden() and not kept.text("office")
    broken = tmp_path / "잘린 사본.gwsnap"
    broken.write_bytes(first.read_bytes()[:-200])
    shell.open_file(str(broken))
    page = alone(window)
    assert page.faces.currentWidget() is page.refused
    assert "잘린 사본.gwsnap" in page.refused.hint.text() and shell.ribbon.isVisible()


def test_first_screen_asks_for_a_copy_and_takes_one_dropped(window_on, copies, monkeypatch) -> None:
    _office, first, second = copies
    window = window_on("")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(first), ""))
    window.shell.front.choices[4].click()
    assert alone(window).opened.view.path == first
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(second))])
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    place = QPointF(400, 300)
    entered = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, *nothing)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted() and window.shell.drop.isVisible()
    QApplication.sendEvent(window, QDropEvent(place, Qt.DropAction.CopyAction, data, *nothing))
    spin(lambda: window.shell.where == str(second))
    assert alone(window).opened.view.path == second


def test_a_copy_given_to_a_window_with_an_office_opens_in_its_room(shared_window, copies) -> None:
    _office, first, _second = copies
    shared_window.shell.open_file(str(first))
    page = shared_window.shell.rooms.pages["snapshots"]
    spin(lambda: page.faces.currentWidget() is page.opened, 15)
    assert page.opened.view.path == first and shared_window.side.current == "snapshots"
    page.on_close()
