"""A language switched live shows what a window opened in it shows: no word is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from tests.ui.conftest import rest, spin
from tests.ui.seeing import spoken
from ui import text
from ui.actions import ROOMS
from ui.window import Window

CLOCK = re.compile(r"\d\d:\d\d")


def prepare(window: Window) -> None:
    """Visit every page and open what stands beside its first face."""
    for place in ROOMS:
        window.shell.go(place.key)
        rest(window)
        page = window.shell.rooms.pages[place.key]
        spin(lambda page=page: page.settled, 30)
        if place.key == "meetings":
            page.on_next()
        rest(window)


def read(window: Window) -> dict[str, set[str]]:
    """Return what stands on each page and round it, times of day left out."""
    words = {}
    for place in ROOMS:
        window.shell.go(place.key)
        rest(window)
        page = window.shell.rooms.pages[place.key]
        spin(lambda page=page: page.settled, 30)
        rest(window)
        words[place.key] = {CLOCK.sub("", said) for said in spoken(window)}
    return words


def test_a_live_switch_leaves_no_word_behind(
    window_on: Callable[..., Window], sample_office: Path
) -> None:
    switched = window_on(sample_office)
    prepare(switched)
    switched.shell.speak("en")
    found = read(switched)
    switched.close()
    text.use("en")
    fresh = window_on(sample_office)
    prepare(fresh)
    wanted = read(fresh)
    left = {key: sorted(found[key] - wanted[key]) for key in found if found[key] - wanted[key]}
    missed = {key: sorted(wanted[key] - found[key]) for key in found if wanted[key] - found[key]}
    assert not left and not missed, f"left: {left}\nmissed: {missed}"


def test_the_dialogs_of_qt_speak_the_language_of_the_window(window_on, sample_office: Path) -> None:
    window = window_on(sample_office)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    assert QCoreApplication.translate("QFileDialog", "File &name:").startswith("파일 이름")
    window.shell.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    window.shell.speak("ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"


def test_a_toast_takes_the_width_of_its_words_in_the_other_language(window) -> None:
    toast = window.toast
    toast.tell(text.N_("Dissolve body"))
    window.shell.speak("en")
    spin(lambda: toast.width() >= toast.sizeHint().width())
    assert toast.geometry().center().x() == pytest.approx(window.rect().center().x(), abs=2)
