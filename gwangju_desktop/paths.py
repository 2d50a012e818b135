"""This person's own folder on this PC: window settings, known signers, logs."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "GWANGJU_DESKTOP_HOME"


def person_folder() -> Path:
    """Return the folder, made private when it is new; GWANGJU_DESKTOP_HOME names another one."""
    named = os.environ.get(HOME)
    if named:
        folder = Path(named)
    else:
        import platformdirs

        folder = Path(platformdirs.user_data_dir("gwangju-desktop", appauthor=False))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
