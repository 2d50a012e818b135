"""The composition root of the window."""

from __future__ import annotations

import argparse


def open_window(asked: argparse.Namespace) -> int:
    """Open the window on the named office, or on the last one."""
    from ui import app

    return app.main(asked.office, language=asked.lang)
