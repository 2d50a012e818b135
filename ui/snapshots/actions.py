"""What can be done with review copies."""

from __future__ import annotations

from ui.actions import Action
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
)
TAKES = (".gwsnap",)
