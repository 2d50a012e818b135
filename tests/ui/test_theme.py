"""Colours that can be read, and live switches that leave nothing behind."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import rest
from tests.ui.seeing import hangul
from ui import theme
from ui.settings import kept
from ui.window import Window


def luminance(ink: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    color = QColor(ink)
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(mode: str) -> None:
    inks = theme.TOKENS["color"][mode]
    for front, back, least in theme.TOKENS["contrast"]:
        low, high = sorted((luminance(inks[front]), luminance(inks[back])))
        assert (high + 0.05) / (low + 0.05) >= least, (mode, front, back)


def test_both_schemes_name_the_same_colours() -> None:
    colors = theme.TOKENS["color"]
    assert set(colors["light"]) == set(colors["dark"])


def test_language_scheme_and_size_switch_live(window: Window, dressed: QApplication) -> None:
    shell = window.shell
    assert any("회의" in text for text in hangul(window.side))
    shell.on_language()
    rest(window)
    assert hangul(window.side) == []
    shell.on_scheme()
    rest(window)
    picture = window.grab().toImage()
    assert picture.pixelColor(700, 4).lightness() < 60
    assert picture.pixelColor(20, picture.height() - 100).lightness() < 60
    before = window.side.width()
    shell.on_size()
    rest(window)
    assert window.side.width() != before
    assert kept.text("language") == "en"
    assert kept.text("scheme") == "dark"
    assert kept.number("text_size", 1.0) == 1.15
    shell.speak("ko")
    assert window.side.rooms["meetings"].accessibleName() == "회의"


def test_the_system_scheme_is_followed(dressed: QApplication) -> None:
    theme.dress(dressed, "system", 1.0)
    assert theme.scheme == "system"
    assert theme.mode in ("light", "dark")
    theme.dress(dressed, "dark", 1.0)
    assert theme.mode == "dark" and theme.INK["page"] == theme.TOKENS["color"]["dark"]["page"]
