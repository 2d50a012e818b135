"""The composition root of the window."""

from __future__ import annotations

import os
import sys

# Any of these tells Qt where to draw.
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(office: str | None = None, language: str | None = None) -> int:
    """Open the window on the named office, or on the last one."""
    if sys.platform.startswith("linux") and not any(map(os.environ.get, SCREENS)):
        from gwangju_desktop.cli import complain
        from gwangju_desktop.text import N_, say

        complain(say(N_("There is no screen here. Other commands work without one: --help.")))
        return 1
    from ui import app

    code: int = app.main(office, language=language)
    return code
