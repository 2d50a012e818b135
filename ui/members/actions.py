"""Commands of the members room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ACTIONS = (
    Action("members.add", N_("Add member"), "on_add", "user-plus", "Ctrl+N", "members", True),
    Action("members.find", N_("Find member"), "on_find", "search", "Ctrl+F", "members"),
    Action("members.edit", N_("Edit person"), "on_edit", "pencil", "Ctrl+E", "members", True),
    Action("members.rename", N_("Edit the cell"), "on_rename", "pencil", "F2", "members", True),
    Action("members.sift", N_("Filter the roll"), "on_sift", "sliders-horizontal", "", "members"),
    Action("members.columns", N_("Choose columns"), "on_columns", "table", "", "members"),
    Action("members.import", N_("Import members"), "on_import", "upload", "", "members", True),
    Action("members.export", N_("Export members"), "on_export", "download", "", "members"),
    Action("members.body", N_("Show body"), "on_body_card", "building-2", "Ctrl+B", "members"),
    Action(
        "members.duplicates",
        N_("Find people entered twice"),
        "on_duplicates",
        "users",
        "",
        "members",
        True,
    ),
    Action("members.body.add", N_("Add body"), "on_add_body", "building-2", "", "members", True),
)
TAKES = (".csv", ".xlsx", ".json")
