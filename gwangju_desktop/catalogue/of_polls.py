"""The documents of opinion polls in the catalogue."""

from __future__ import annotations

from gwangju_desktop.catalogue.entry import PROSE, TABLES, About, Entry
from gwangju_desktop.text import C_

_HERE = "gwangju_desktop.catalogue"

OF_POLLS = (
    Entry(
        "poll-questionnaire",
        C_("document", "Questionnaire of a poll"),
        About.WAVE,
        PROSE,
        f"{_HERE}.poll_forms:questionnaire",
    ),
    Entry(
        "poll-tally",
        C_("document", "Tally sheet of a poll"),
        About.WAVE,
        TABLES,
        f"{_HERE}.poll_forms:tally",
    ),
    Entry(
        "poll-report",
        C_("document", "Report of an opinion poll"),
        About.WAVE,
        TABLES,
        f"{_HERE}.poll_papers:results",
    ),
    Entry(
        "poll-summary",
        C_("document", "One-page summary of a finding"),
        About.FINDING,
        PROSE,
        f"{_HERE}.poll_papers:summary",
    ),
)
