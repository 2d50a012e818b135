"""What can be done in the room of polls. Light: the window reads it before the room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ROOM = "polls"

ACTIONS: tuple[Action, ...] = (
    Action("polls.export", N_("Export poll results"), "on_export", "download", "", ROOM),
)
# Files of answers that may be dropped on the window.
TAKES: tuple[str, ...] = ()
