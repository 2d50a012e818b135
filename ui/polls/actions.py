"""What can be done in the room of polls. Light: the window reads it before the room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ROOM = "polls"

ACTIONS: tuple[Action, ...] = (
    Action("polls.documents", N_("Documents of the wave"), "on_documents", "file-text", "", ROOM),
    Action("polls.export", N_("Export poll results"), "on_export", "download", "", ROOM),
    Action("polls.new", N_("New series of polls"), "on_new_poll", "plus", "", ROOM, True),
    Action("polls.plan", N_("Plan a wave"), "on_plan_wave", "calendar-plus", "Ctrl+N", ROOM, True),
    Action("polls.question", N_("New question"), "on_add_question", "", "", ROOM, True),
    Action("polls.import", N_("Import answers"), "on_import_poll", "upload", "", ROOM, True),
    Action("polls.ballots", N_("Type ballots"), "on_type_ballots", "pencil", "", ROOM, True),
)
# Files of answers that may be dropped on the window.
TAKES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
