"""The documents of action plans and their monitoring in the catalogue."""

from __future__ import annotations

from gwangju_desktop.catalogue.entry import LETTERS, PROSE, TABLES, About, Entry
from gwangju_desktop.text import C_

_HERE = "gwangju_desktop.catalogue"

OF_COMMITMENTS = (
    Entry(
        "progress-report",
        C_("document", "Progress report of an action plan"),
        About.PLAN,
        TABLES,
        f"{_HERE}.commitment_report:progress",
        proved=True,
    ),
    Entry(
        "inception-form",
        C_("document", "Inception report (official form)"),
        About.PLAN,
        PROSE,
        f"{_HERE}.commitment_forms:inception",
        proved=True,
    ),
    Entry(
        "closing-form",
        C_("document", "End-of-commitment report (official form)"),
        About.COMMITMENT,
        PROSE,
        f"{_HERE}.commitment_forms:closing",
        proved=True,
    ),
    Entry(
        "evidence-list",
        C_("document", "List of evidence with hashes"),
        About.PLAN,
        TABLES,
        f"{_HERE}.commitment_evidence:listed",
    ),
    Entry(
        "plan-summary",
        C_("document", "Public summary of an action plan"),
        About.PLAN,
        PROSE,
        f"{_HERE}.commitment_public:summary",
    ),
    Entry(
        "press-release",
        C_("document", "Press release on an action plan (draft)"),
        About.PLAN,
        LETTERS,
        f"{_HERE}.commitment_press:release",
    ),
    Entry(
        "web-text",
        C_("document", "Text of the web page of an action plan"),
        About.PLAN,
        LETTERS,
        f"{_HERE}.commitment_public:web",
    ),
)
