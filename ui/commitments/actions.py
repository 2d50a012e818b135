"""What can be done in the room of action plans. Light: the window reads it before the room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import C_, N_

ROOM = "commitments"

ACTIONS: tuple[Action, ...] = (
    Action(
        "commitments.add", N_("Add commitment"), "on_add_commitment", "plus", "Ctrl+N", ROOM, True
    ),
    Action(
        "commitments.milestone", N_("Add milestone"), "on_add_milestone", "target", "", ROOM, True
    ),
    Action("commitments.find", N_("Find commitment"), "on_find", "search", "Ctrl+F", ROOM),
    Action("commitments.documents", N_("Documents of the plan"), "on_documents", "files", "", ROOM),
    Action("commitments.note", N_("Add progress note"), "on_note", "pencil", "", ROOM, True),
    Action("commitments.plan", N_("New action plan"), "on_new_plan", "file-plus", "", ROOM, True),
    Action("commitments.english", N_("Write missing English"), "on_english", "languages", "", ROOM),
    Action(
        "commitments.progress-out",
        N_("Save progress as a sheet"),
        "on_export_progress",
        "file-spreadsheet",
        "",
        ROOM,
    ),
    Action(
        "commitments.progress-in",
        N_("Read progress from a sheet"),
        "on_import_progress",
        "upload",
        "",
        ROOM,
        True,
    ),
    Action("commitments.evidence", N_("Add evidence"), "on_add_evidence", "upload", "", ROOM, True),
    Action(
        "commitments.check", N_("Check evidence files"), "on_check_files", "shield-check", "", ROOM
    ),
    Action(
        "commitments.upload", N_("Files for the official upload"), "on_upload", "files", "", ROOM
    ),
    Action(
        "commitments.copy", N_("Copy the timeline as image"), "on_copy_timeline", "image", "", ROOM
    ),
    Action(
        "commitments.save", N_("Save the timeline"), "on_save_timeline", "download", "Ctrl+S", ROOM
    ),
    Action(
        "commitments.cells",
        C_("timeline", "Copy the timeline as cells"),
        "on_copy_cells",
        "copy",
        "",
        ROOM,
    ),
)
# The answers of a monitor, signed; evidence of any kind is dropped on its own pane.
TAKES = (".gwreview",)
