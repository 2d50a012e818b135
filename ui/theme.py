"""Colours, type and icons: one owner, from tokens.json and style.qss.

Widgets never keep a colour, font or pixmap: they keep a token, a type role or an icon's name and
take it again when they hear StyleChange.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QJsonDocument
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

import resources

# Qt is loaded already; Python's json would be one more import before the first paint.
TOKENS = QJsonDocument.fromJson(QByteArray(resources.path("tokens.json").read_bytes())).toVariant()
ROLES: dict[str, list] = TOKENS["type"]  # role -> [px, weight, ink]
INK: dict[str, str] = {}  # token -> "#rrggbb" of the scheme shown
SCHEMES = ("system", "light", "dark")
SCALES = (1.0, 1.15, 1.3)
# Given to QApplication: asking for QStyle afterwards makes a thousand enums before the first paint.
STYLE = ("-style", "fusion")
FAMILY = "Pretendard GOV"
FALLBACK = ("Malgun Gothic", "Noto Sans KR", "sans-serif")

scheme, mode, scale = "system", "light", 1.0
_settled = False
_worn: tuple[str, float] = ("", 0.0)  # mode and scale
_loaded: set[str] = set()  # weights
_CLOTHED = "clothed"  # the property of a window that wears the style sheet

_ROLE, _GROUP = QPalette.ColorRole, QPalette.ColorGroup
PALETTE = {
    _ROLE.Window: "app",
    _ROLE.WindowText: "text",
    _ROLE.Base: "page",
    _ROLE.AlternateBase: "inset",
    _ROLE.Text: "text",
    _ROLE.Button: "raised",
    _ROLE.ButtonText: "text",
    _ROLE.Highlight: "acc",
    _ROLE.HighlightedText: "accOn",
    _ROLE.PlaceholderText: "text3",
    _ROLE.ToolTipBase: "tip",
    _ROLE.ToolTipText: "tipOn",
    _ROLE.Link: "acc",
    _ROLE.Mid: "line2",
    _ROLE.Light: "raised",
    _ROLE.Dark: "field",
    _ROLE.Accent: "acc",
}


def load_fonts(*weights: str) -> None:
    """Register shipped weights, each once: Qt forgets all laid out words when a font comes.

    One family answers to all of them.
    """
    for weight in weights or ("Regular", "SemiBold", "Bold"):
        if weight in _loaded:
            continue
        _loaded.add(weight)
        file = resources.path("fonts", f"PretendardGOV-{weight}.ttf")
        QFontDatabase.addApplicationFont(str(file))


def dress(app: QApplication, new_scheme: str = "system", new_scale: float = 1.0) -> None:
    """Put on a scheme and a text size; every widget hears StyleChange and re-takes what it shows.

    Until `settle` the system's scheme is read from its palette: the hints that know it speak in
    enums of `Qt`, which the first paint does without.
    """
    global scheme, mode, scale
    scheme, scale = new_scheme, new_scale
    if _settled:
        mode = _ask_hints(app)
    elif new_scheme != "system":
        mode = new_scheme
    else:
        mode = "dark" if app.palette().window().color().lightness() < 128 else "light"
    _wear(app)


def settle(app: QApplication) -> None:
    """Follow the system's scheme and contrast from now on; after the first paint."""
    global _settled
    if _settled:
        return
    _settled = True
    if _contrast(app) or mode != _ask_hints(app):
        dress(app, scheme, scale)


def _ask_hints(app: QApplication) -> str:
    """Tell the system which scheme is wanted (its title bar follows); return the one to wear."""
    from PySide6.QtCore import Qt

    hints = app.styleHints()
    if scheme == "system":
        hints.unsetColorScheme()
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    wanted = Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light
    hints.setColorScheme(wanted)
    return scheme


def _contrast(app: QApplication) -> bool:
    """Say whether the system asks for high contrast."""
    from PySide6.QtCore import Qt

    # PySide6 forgets the hints' child with a temporary wrapper of its parent.
    hints = app.styleHints()
    asked = hints.accessibility().contrastPreference()
    return asked == Qt.ContrastPreference.HighContrast


def _wear(app: QApplication) -> None:
    global _worn
    before, wears = (dict(INK), *_worn), (mode, scale)
    INK.clear()
    INK.update(TOKENS["color"][mode])
    if _settled and _contrast(app):
        INK["line"] = INK["line2"] = INK["field"]
    unchanged = before == (INK, *wears)
    if not unchanged:
        _worn = wears
        _forget()
    # Asking for a scheme may have changed it.
    app.setPalette(_palette())
    if unchanged:
        return
    app.setFont(font("body"))
    for window in app.topLevelWidgets():
        if window.property(_CLOTHED):
            clothe(window)


def clothe(window: QWidget) -> None:
    """Give a window that has no parent the style sheet; what stands in it or over it inherits it.

    The application has none: every widget would be polished anew at each layout it is put in on
    its way from the smallest part to the window, which took half the time of opening a room.
    """
    window.setProperty(_CLOTHED, True)
    window.setStyleSheet(_sheet())


def _palette() -> QPalette:
    palette = QPalette()
    for role, ink in PALETTE.items():
        palette.setColor(role, color(ink))
    for role in (_ROLE.Text, _ROLE.WindowText, _ROLE.ButtonText):
        palette.setColor(_GROUP.Disabled, role, color("dis"))
    return palette


def _sheet() -> str:
    """Return the style sheet at the current scheme and text size."""
    tick = resources.path("icons", f"tick-{mode}.svg").as_posix()
    chevron = resources.path("icons", f"chevron-{mode}.svg").as_posix()
    drawn = {"tick": tick, "chevron": chevron}
    text = resources.path("style.qss").read_text("utf-8")

    def value(match: re.Match[str]) -> str:
        name, length = match[1], match[2]
        return (INK.get(name) or drawn[name]) if name else str(px(int(length)))

    return re.sub(r"@(\w+)|\$(\d+)", value, text.split("*/", 1)[1])


def px(length: float) -> int:
    """Return a length given at 100 % at the current text size."""
    return round(length * scale)


@cache
def color(ink: str, alpha: float = 1.0) -> QColor:
    """Return a token's colour."""
    value = QColor(INK[ink])
    value.setAlphaF(alpha)
    return value


@cache
def font(role: str) -> QFont:
    """Return the font of a type role at the current text size."""
    size, weight, _ink = ROLES[role]
    value = QFont([FAMILY, *FALLBACK])
    value.setPixelSize(px(size))
    value.setWeight(QFont.Weight(int(weight)))
    # Even spacing of Hangul at 125 %.
    value.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return value


@cache
def pixmap(name: str, ink: str, size: int = 16, stroke: float = 1.75) -> QPixmap:
    """Return a picture of resources/icons in an ink, drawn at twice the screen's density."""
    density = 2 * QGuiApplication.instance().devicePixelRatio()
    svg = resources.path("icons", f"{name}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", INK[ink]).replace("@accOn", INK["accOn"])
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    side = round(px(size) * density)
    image = QPixmap(side, side)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(density)
    return image


def icon(name: str, ink: str = "text2", size: int = 16, *, greys: bool = True) -> QIcon:
    """Return a Lucide icon; one that `greys` does so when its button is disabled."""
    value = QIcon(pixmap(name, ink, size))
    if greys:
        value.addPixmap(pixmap(name, "dis", size), QIcon.Mode.Disabled)
    return value


@contextmanager
def on_paper() -> Iterator[None]:
    """Draw what goes out of the program in the light scheme at 100 %, whatever the screen shows."""
    global scale
    kept, kept_scale = dict(INK), scale
    INK.update(TOKENS["color"]["light"])
    scale = 1.0
    _forget()
    try:
        yield
    finally:
        INK.update(kept)
        scale = kept_scale
        _forget()


def _forget() -> None:
    for kept in (pixmap, font, color):
        kept.cache_clear()


def speak_again() -> None:
    """Tell every window that the language changed; widgets holding a msgid say it again."""
    for window in QApplication.topLevelWidgets():
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
