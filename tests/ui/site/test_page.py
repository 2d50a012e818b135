"""The room of the public site: prepared, compared, looked at, published, its cards saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.site import listing
from gwangju_desktop.snapshots import queries
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.settings import kept
from ui.site.page import FILE, FOLDER


@pytest.fixture
def first_room() -> str:
    return "site"


def prepared(window, folder: Path):
    """Prepare the site for a folder by its field and key; return the page."""
    page = window.shell.rooms.go("site")
    rest(window)
    type_into(page.folder, str(folder))
    QTest.keyClick(page.folder, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.running.isVisible() and not page.prepare.isEnabled()
    spin(lambda: page.work is None, 120)
    rest(window)
    return page


def test_a_site_is_compared_looked_at_and_published(
    window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(Path(url.toLocalFile()))
    )
    folder = tmp_path / "광주 누리집"
    page = window.shell.rooms.go("site")
    rest(window)
    assert not page.publish.isEnabled() and not page.preview.isEnabled()
    prepared(window, folder)
    draft = page.draft
    assert draft is not None and not page.fault.isVisible()
    assert not folder.exists() and len(draft.report.appear) > 20
    told = page.changes.model.rowCount()
    assert told == len(draft.report.appear) + 1
    assert clipped(window) == [] and nameless(window) == []
    click(page.preview)
    assert shown == [draft.prepared.first] and shown[0].read_text(encoding="utf-8")
    with window.shell.desk.store.reading() as read:
        assert queries.snapshots(read) == []
    click(page.publish)
    spin(lambda: page.work is None, 60)
    rest(window)
    held = listing.read(folder)
    assert held is not None and (folder / "ko" / "index.html").is_file()
    assert page.draft is None and not draft.prepared.folder.exists()
    assert "1" in page.last.text() and kept.text(FOLDER) == str(folder)
    # What left the office stands in its register, so that later copies know what is out.
    with window.shell.desk.store.reading() as read:
        assert [row.sequence for row in queries.snapshots(read)] == [held.origin.sequence]


def test_a_picture_card_is_saved_and_its_text_copied(
    window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = prepared(window, tmp_path / "site")
    page.tabs.parts[1].click()
    rest(window)
    cards = page.cards
    assert cards.model.rowCount() == len(page.draft.cards["ko"]) > 10
    assert cards.picture.accessibleName() == cards.shown.alt
    assert clipped(window) == [] and nameless(window) == []
    window.resize(911, 432)
    window.shell.speak("en")
    rest(window)
    assert clipped(window) == [] and nameless(window) == []
    window.shell.speak("ko")
    first = cards.shown
    QTest.keyClick(cards.list, Qt.Key.Key_Down)
    assert cards.shown != first
    target = tmp_path / "카드"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(cards.save)
    with Image.open(target.with_suffix(".png")) as image:
        assert image.size == (1200, 630)
    click(cards.copy)
    assert QGuiApplication.clipboard().text() == cards.text.text() != ""
    click(cards.spoken.parts[1])
    rest(window)
    assert cards.shown.language == "en" and cards.text.text().startswith("[Sample]")


def test_what_cannot_be_built_is_said_and_nothing_is_left(window, tmp_path: Path) -> None:
    page = window.shell.rooms.go("site")
    rest(window)
    click(page.prepare)
    assert page.fault.isVisible() and page.work is None
    type_into(page.folder, str(tmp_path))
    click(page.sources.parts[FILE])
    broken = tmp_path / "망가진 사본.gwsnap"
    broken.write_bytes(b"PK nothing")
    type_into(page.file, str(broken))
    click(page.prepare)
    spin(lambda: page.work is None, 60)
    rest(window)
    assert page.fault.isVisible() and page.draft is None and page.prepare.isEnabled()
    assert clipped(window) == []


def test_preparing_is_stopped(window, tmp_path: Path) -> None:
    page = window.shell.rooms.go("site")
    rest(window)
    type_into(page.folder, str(tmp_path / "site"))
    focus(page.prepare)
    QTest.keyClick(page.prepare, Qt.Key.Key_Space)
    click(page.cancel)
    spin(lambda: page.work is None, 60)
    rest(window)
    assert page.draft is None and not page.fault.isVisible() and not page.running.isVisible()
    assert not (tmp_path / "site").exists()
