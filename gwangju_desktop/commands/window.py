"""The composition root of the window."""

from __future__ import annotations


def open_window(office: str | None = None, language: str | None = None) -> int:
    """Open the window on the named office, or on the last one."""
    from ui import app

    code: int = app.main(office, language=language)
    return code
