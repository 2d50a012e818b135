"""What the window remembers for this person: an INI file in their own folder."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from gwangju_desktop.paths import person_folder

_settings: QSettings | None = None


def settings() -> QSettings:
    """Return the settings file."""
    global _settings
    if _settings is None:
        _settings = QSettings(str(person_folder() / "window.ini"), QSettings.Format.IniFormat)
    return _settings


def forget() -> None:
    """Write the settings and open them anew at the next question."""
    global _settings
    if _settings is not None:
        _settings.sync()
    _settings = None


def text(key: str, default: str = "") -> str:
    """Return a remembered text."""
    value = settings().value(key, default)
    return value if isinstance(value, str) else default


def number(key: str, default: float) -> float:
    """Return a remembered number."""
    try:
        return float(settings().value(key, default))
    except (TypeError, ValueError):
        return default


def value(key: str):
    """Return a remembered value of Qt's own kind, or None."""
    return settings().value(key)


def keep(key: str, value) -> None:
    """Remember a value."""
    settings().setValue(key, value)
