"""Commands of the energy room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import C_, N_

ACTIONS = (
    Action(
        "energy.import",
        N_("Import energy figures"),
        "on_import",
        "upload",
        "Ctrl+N",
        room="energy",
        writes=True,
    ),
    Action("energy.find", N_("Find indicator"), "on_find", "search", "Ctrl+F", room="energy"),
    Action("energy.table", N_("Show as table"), "on_table", "table", "Ctrl+T", room="energy"),
    Action("energy.csv", N_("Save what is shown"), "on_csv", "download", "Ctrl+S", room="energy"),
    Action("energy.picture", N_("Copy chart as image"), "on_picture", "image", room="energy"),
    Action("energy.cells", N_("Copy the figures as cells"), "on_cells", "copy", room="energy"),
    Action("energy.compare", N_("Compare with"), "on_compare", "chart-bar", room="energy"),
    Action(
        "energy.known", N_("Show what was known on a day"), "on_known", "history", room="energy"
    ),
    Action(
        "energy.pack",
        N_("Put it into the pack"),
        "on_pack",
        "book-open",
        room="energy",
        writes=True,
    ),
    Action(
        "energy.monthly",
        C_("document", "Monthly energy report"),
        "on_monthly",
        "file-text",
        room="energy",
    ),
    Action(
        "energy.statement",
        C_("document", "Yearly statement of greenhouse gas emissions"),
        "on_statement",
        "file-text",
        room="energy",
    ),
    Action("energy.datasets", N_("Imported files"), "on_datasets", "files", room="energy"),
)

TAKES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
