"""A later version is told once, quietly; the settings say where it is and whose it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop import updates
from gwangju_desktop.snapshots.signing import public_pem
from tests.gwangju_desktop.test_updates import KEY, PUBLIC, notice
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.settings import kept
from ui.updates.watch import FOLDER, TOLD, Watch
from ui.updates.watch import KEY as KEPT_KEY


def test_it_is_told_once(shared_window, tmp_path: Path) -> None:
    toast = shared_window.toast
    (tmp_path / updates.NAME).write_bytes(updates.written(notice(), KEY))
    watch = Watch(shared_window.shell)
    assert not watch.look.running
    kept.keep(FOLDER, str(tmp_path))
    kept.keep(KEPT_KEY, PUBLIC.hex())
    watch.on_tick()
    spin(lambda: kept.text(TOLD) == "99.1")
    assert toast.isVisible() and "99.1" in toast.words.text() and not toast.back.isVisible()
    toast.hide()
    watch.on_tick()
    watch.look.end()
    rest(shared_window)
    assert toast.isHidden()
    # A share that is gone, or a forged notice, disturbs nobody at work.
    (tmp_path / updates.NAME).write_bytes(b"forged")
    watch.on_tick()
    watch.look.end()
    rest(shared_window)
    assert toast.isHidden() and shared_window.shell.banner.isHidden()
    watch.close()


def test_the_settings_say_what_was_found(shared_window, tmp_path: Path, monkeypatch) -> None:
    shell = shared_window.shell
    shell.show_settings("updates")
    rest(shared_window)
    section = shared_window.findChild(_kind())
    click(section.look_button)
    assert section.told.text() and section.notice is None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    click(section.choose)
    pem = tmp_path / "배포자.pem"
    pem.write_bytes(public_pem(PUBLIC))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(pem), ""))
    click(section.take_key)
    assert PUBLIC.hex()[:4] in section.key.text()
    click(section.look_button)
    spin(lambda: not section.look.running)
    rest(shared_window)
    assert "없습니다" in section.told.text()
    (tmp_path / updates.NAME).write_bytes(updates.written(notice(), KEY))
    (tmp_path / notice().file).write_bytes(b"changed")
    click(section.look_button)
    spin(lambda: section.notice is not None)
    assert "99.1" in section.told.text() and section.news.text() == notice().ko
    assert clipped(shared_window) == [] and nameless(section) == []
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    click(section.open_button)
    assert opened == [] and notice().file in section.told.text()
    (tmp_path / notice().file).write_bytes(b"setup")
    click(section.open_button)
    assert opened == [str(tmp_path)]


def _kind():
    from ui.updates.section import UpdatesSection

    return UpdatesSection
