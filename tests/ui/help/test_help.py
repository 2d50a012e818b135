"""F1 opens the chapter of the page in front; it is searched, followed and put away by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import guide, manual
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import lasting, rest, spin
from tests.ui.seeing import hangul, nameless
from ui import pictures
from ui.actions import BACK_ROOMS, ROOMS
from ui.help import front, paper
from ui.settings import kept
from ui.settings.about import LicencesDialog
from ui.settings.keys import KeysDialog
from ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, sample_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """A window that only looks; F1 changes nothing."""
    with lasting(qapp, tmp_path_factory.mktemp("help"), "today") as on:
        yield on(sample_office)


@pytest.fixture(autouse=True)
def _put_away(window: Window) -> Iterator[None]:
    yield
    for name in ("help_window", "guide_window"):
        held = getattr(window.shell, name, None)
        if held is not None:
            held.close()
    window.activateWindow()
    rest(window)


def test_every_room_and_pane_has_a_chapter_of_its_own() -> None:
    pages = {page for one in manual.chapters() for page in one.pages}
    wanted = {room.key for room in (*ROOMS, *BACK_ROOMS)}
    for room in (*ROOMS, *BACK_ROOMS):
        wanted |= {f"{room.key}/{key}" for key in pictures.declared(room)}
    assert wanted <= pages
    assert pages - wanted == {"welcome", *front.FRONTS.values()} - wanted


def test_f1_opens_the_chapter_of_the_pane_in_front(window: Window) -> None:
    for room, pane, chapter in (
        ("today", "", "first-office"),
        ("members", "access", "privacy"),
        ("settings", "backups", "backups"),
        ("history", "", "history"),
    ):
        window.shell.go(room)
        if pane:
            window.shell.rooms.page(room).show_pane(pane)
        rest(window)
        focus(window)
        QTest.keyClick(window, Key.Key_F1)
        shown = window.shell.help_window
        spin(shown.isActiveWindow)
        assert shown.here == chapter
        assert shown.windowTitle().startswith(manual.title(chapter))
        assert nameless(shown) == []
        QTest.keyClick(shown, Key.Key_Escape)
        assert not shown.isVisible()


def test_the_keys_stay_a_key_away(window: Window) -> None:
    QTest.keyClick(window, Key.Key_F1, Mod.ShiftModifier)
    keys = QApplication.activeModalWidget()
    assert isinstance(keys, KeysDialog)
    keys.reject()


def test_it_is_searched_and_goes_back_and_forward(window: Window) -> None:
    shown = front.show(window.shell, "first-office")
    spin(shown.isActiveWindow)
    shown.past.clear()
    shown.on_link(QUrl("chapter:members"))
    assert shown.here == "members" and shown.past == ["first-office"]
    shown.on_link(QUrl("https://example.org/"))
    shown.on_link(QUrl("chapter:nowhere"))
    assert shown.here == "members"
    QTest.keyClick(shown, Key.Key_Left, Mod.AltModifier)
    assert shown.here == "first-office"
    QTest.keyClick(shown, Key.Key_Right, Mod.AltModifier)
    assert shown.here == "members"
    QTest.keyClick(shown, Key.Key_F, Mod.ControlModifier)
    type_into(shown.search, "암호구절")
    spin(lambda: shown.list.model().rowCount() == len(manual.search("암호구절", "ko")) > 1)
    QTest.keyClick(shown.search, Key.Key_Return)
    assert shown.here == shown.found[0].chapter
    assert shown.browser.textCursor().selectedText() == "암호구절"
    type_into(shown.search, "없는낱말")
    spin(shown.nothing.isVisible)
    QTest.keyClick(shown.search, Key.Key_Escape)
    assert shown.search.text() == "" and shown.isVisible()
    assert shown.list.model().rowCount() == len(manual.chapters())


def test_text_is_literal_and_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    written = "# <b>제목</b>\n\n**<img src=http://x>** [장](chapter:members) [밖](http://x) &\n"
    monkeypatch.setattr(manual, "markdown", lambda _key, **_asked: written)
    page = paper.page("members")
    assert "<img" not in page and "<b>" not in page and "&lt;b&gt;" in page
    assert page.count("<a href") == 1


def test_only_pictures_of_the_manual_are_loaded(window: Window) -> None:
    shown = front.show(window.shell, "meetings")
    load = shown.browser.loadResource
    assert not load(2, QUrl("picture:meetings")).isNull()
    assert load(2, QUrl("picture:../../fonts/LICENSE")) is None
    assert load(2, QUrl("http://example.org/x.png")) is None
    assert load(2, QUrl.fromLocalFile(str(manual.picture("meetings")))) is None
    for width in (980, 700):
        shown.resize(width, 600)
        rest(window)
        assert shown.browser.horizontalScrollBar().maximum() == 0
    shown.resize(980, 700)


def test_a_language_and_a_scheme_switched_live_leave_nothing_behind(window: Window) -> None:
    shown = front.show(window.shell, "polls")
    before = shown.browser.toHtml()
    window.shell.speak("en")
    rest(window)
    assert hangul(shown) == [] and "설문" not in shown.browser.toPlainText()
    assert shown.windowTitle().startswith("A poll wave – ")
    window.shell.speak("ko")
    window.shell.on_scheme()
    rest(window)
    assert shown.browser.toPlainText().startswith("설문조사 한 차수")
    assert shown.browser.toHtml() != before
    window.shell.on_scheme()


def test_it_is_saved_as_a_pdf(window: Window, tmp_path: Path) -> None:
    shown = front.show(window.shell)
    shown.on_save_to(str(tmp_path / "설명서.pdf"))
    assert (tmp_path / "설명서.pdf").read_bytes().startswith(b"%PDF")
    spin(window.toast.isVisible)
    shown.on_save_to(str(tmp_path / "없는 폴더" / "설명서.pdf"))
    spin(window.shell.banner.isVisible)
    window.shell.banner.hide()


def test_the_guide_follows_the_records(window: Window) -> None:
    kept.keep("guide/after", f"{window.shell.where}|2")
    shown = front.guide(window.shell)
    spin(lambda: shown.found is not None)
    with window.shell.desk.store.reading() as read:
        told = guide.progress(read, after=2)
    assert told.meeting_id == 3 and {"meeting", "agenda", "notice"} <= told.done
    assert "closed" not in told.done
    assert shown.hints[told.next].isVisible()
    assert nameless(shown) == []
    click(shown.again)
    spin(lambda: shown.found.meeting_id is None)
    assert shown.found.next == "meeting" and not shown.to_meeting.isVisible()
    QTest.keyClick(shown, Key.Key_Escape)
    assert not shown.isVisible()


def test_about_copies_diagnostics_and_shows_licences(window: Window) -> None:
    window.shell.show_settings("about")
    rest(window)
    about = window.shell.rooms.page("settings").built["about"]
    QGuiApplication.clipboard().clear()
    click(about.copy)
    spin(lambda: "rows of person: " in QGuiApplication.clipboard().text(), 30)
    told = QGuiApplication.clipboard().text()
    assert "qt: " in told and "office file: " in told and "/" not in told.replace(" / ", "")
    click(about.licences)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LicencesDialog) and nameless(dialog) == []
    model = dialog.list.model()
    row = next(n for n in range(model.rowCount()) if model.row(n).held.name == "PySide6_Essentials")
    dialog.list.choose(row)
    spin(lambda: "LESSER GENERAL PUBLIC" in dialog.words.toPlainText())
    dialog.reject()
