"""Import members: choose, say which column holds what, look, settle, take in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.members.importing import apply, mapping, reading
from gwangju_desktop.members.importing import preview as planning
from ui.importing.frame import Words
from ui.importing.lists import COLUMNS, PREVIEW, Jobs, ListImport
from ui.importing.preview import Preview
from ui.members.import_columns import MemberColumns
from ui.members.import_words import ADDS, change_words
from ui.text import N_

__all__ = ["COLUMNS", "PREVIEW", "ImportDialog"]
WORDS = Words(
    title=N_("Import members"),
    drop=N_("Drop a list of members here"),
    forms=N_("CSV, XLSX, or Popolo and OParl JSON; with or without a row of titles."),
    choose=N_("Choose a file"),
    refused=N_("This list cannot be read."),
    kinds=N_("Lists ({suffixes})"),
    suffixes=reading.SUFFIXES,
)
JOBS = Jobs(
    reading,
    mapping,
    planning,
    apply.import_members,
    N_("Comparing {file} with the roll"),
    N_("Comparing the list with the roll"),
)


class ImportDialog(ListImport):
    """A list of members: its people and their seats."""

    def __init__(
        self,
        parent: QWidget,
        desk,
        body_id: int | None = None,
        path: Path | None = None,
        text: str | None = None,
    ) -> None:
        columns, preview = MemberColumns(), Preview(change_words, ADDS)
        super().__init__(parent, desk, WORDS, JOBS, columns, preview, body_id, path, text)
