"""What can be done in the room of citizens' proposals. Light: the window reads it before the room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ROOM = "proposals"

ACTIONS: tuple[Action, ...] = (
    Action("proposals.new", N_("Register a proposal"), "on_new", "plus", "Ctrl+N", ROOM, True),
    Action("proposals.find", N_("Find a proposal"), "on_find", "search", "Ctrl+F", ROOM),
    Action("proposals.sift", N_("Filter proposals"), "on_sift", "sliders-horizontal", "", ROOM),
    Action("proposals.preview", N_("Preview the reply"), "on_preview", "eye", "Ctrl+Return", ROOM),
    Action("proposals.edit", N_("Edit the proposal"), "on_edit", "pencil", "Ctrl+E", ROOM, True),
    Action("proposals.steps", N_("Next steps of the proposal"), "on_steps", "", "F9", ROOM, True),
    Action("proposals.next", N_("Next proposal"), "on_next", "chevron-down", "F8", ROOM),
    Action(
        "proposals.back", N_("Previous proposal"), "on_previous", "chevron-up", "Shift+F8", ROOM
    ),
    Action("proposals.import", N_("Import proposals"), "on_import", "upload", "", ROOM, True),
)
# Lists that may be dropped on the window.
TAKES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".ndjson")
