"""What can be done with review copies."""

from __future__ import annotations

from ui.actions import COPY_SUFFIXES, Action
from ui.text import N_

ACTIONS = (
    Action(
        "snapshots.make",
        N_("Make a review copy"),
        "on_make",
        "shield-check",
        "Ctrl+N",
        room="snapshots",
        writes=True,
    ),
    Action(
        "snapshots.open",
        N_("Open a review copy"),
        "on_open",
        "folder-open",
        "Ctrl+Shift+O",
        room="snapshots",
    ),
    Action(
        "snapshots.find", N_("Find review copy"), "on_find", "search", "Ctrl+F", room="snapshots"
    ),
    Action(
        "snapshots.export",
        N_("Export the register of review copies"),
        "on_export",
        "download",
        room="snapshots",
    ),
    Action(
        "snapshots.key", N_("Signing key of this office"), "on_key", "key-round", room="snapshots"
    ),
)
TAKES = COPY_SUFFIXES
