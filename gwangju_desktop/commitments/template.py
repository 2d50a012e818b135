"""The sections of the official templates of a plan and of a commitment, in their order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import resources
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg

LABELS: dict[tuple[str, str], Msg] = {
    ("plan", "foreword"): C_("template", "Foreword"),
    ("plan", "vision"): C_("template", "Long-term vision"),
    ("plan", "achievements"): C_("template", "Achievements to date"),
    ("plan", "challenges"): C_("template", "Challenges and areas for improvement"),
    ("plan", "goals"): C_("template", "Medium-term goals"),
    ("plan", "contribution"): C_("template", "What the plan contributes to the vision"),
    ("plan", "policy_goals"): C_("template", "What the vision contributes to the policy goals"),
    ("plan", "arrangements"): C_("template", "Institutional arrangements"),
    ("plan", "spaces"): C_("template", "Spaces of collaboration"),
    ("plan", "diversity"): C_("template", "Diversity of representation"),
    ("plan", "collaboration"): C_("template", "Collaboration during implementation"),
    ("plan", "monitoring_body"): C_("template", "Independent monitoring body"),
    ("plan", "discussion"): C_("template", "Talks with stakeholders on progress"),
    ("plan", "check_in"): C_("template", "Checks with the implementing agencies"),
    ("plan", "publication"): C_("template", "Sharing the results with the public"),
    ("commitment", "problem"): C_("template", "Problem to be solved"),
    ("commitment", "status_quo"): C_("template", "Status quo"),
    ("commitment", "action"): C_("template", "Action"),
    ("commitment", "transparency"): C_("template", "How it promotes transparency"),
    ("commitment", "accountability"): C_("template", "How it promotes accountability"),
    ("commitment", "participation"): C_("template", "How it promotes participation"),
    ("commitment", "technology"): C_("template", "Technology and innovation used"),
    ("commitment", "inclusion"): C_("template", "How it promotes inclusion"),
    ("commitment", "resources"): C_("template", "Resources and budget"),
    ("commitment", "related_plans"): C_("template", "Related plans"),
    ("commitment", "sdg"): C_("template", "Sustainable Development Goals"),
    ("commitment", "outcomes"): C_("template", "Expected outcomes"),
}
HINTS: dict[tuple[str, str], Msg] = {
    ("plan", "vision"): N_(
        "What is the long-term vision for open government in your context and jurisdiction?"
    ),
    ("plan", "achievements"): N_("What are the achievements in open government to date?"),
    ("plan", "challenges"): N_(
        "What are the current challenges or areas for improvement that the jurisdiction wishes to"
        " tackle?"
    ),
    ("plan", "goals"): N_(
        "What are the medium-term open government goals that the government wants to achieve?"
    ),
    ("plan", "contribution"): N_(
        "How does this action plan contribute to achieve the strategic vision?"
    ),
    ("plan", "policy_goals"): N_(
        "How does the vision contribute to the current administration's overall policy goals?"
    ),
    ("plan", "arrangements"): N_(
        "What kind of institutional arrangements coordinate government agencies and departments to"
        " implement the plan?"
    ),
    ("plan", "spaces"): N_(
        "What spaces, offline and online, enable the collaboration between government and civil"
        " society?"
    ),
    ("plan", "diversity"): N_(
        "What measures were taken to ensure diversity of representation in these spaces?"
    ),
    ("plan", "collaboration"): N_(
        "How will government and non-governmental stakeholders continue to collaborate through the"
        " implementation?"
    ),
    ("plan", "monitoring_body"): N_(
        "Describe the independent monitoring body identified for this plan, without the names of"
        " persons."
    ),
    ("plan", "discussion"): N_(
        "What types of activities are there to discuss progress on commitments with stakeholders?"
    ),
    ("plan", "check_in"): N_("How is progress regularly checked with implementing agencies?"),
    ("plan", "publication"): N_("How are the results of monitoring shared with the public?"),
    ("commitment", "problem"): N_("What problem does the commitment aim to address?"),
    ("commitment", "status_quo"): N_("What has been done so far to solve the problem?"),
    ("commitment", "action"): N_("What is done, how, and with which expected results?"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section; `of` is "plan" or "commitment", `hint` the question of the template."""

    key: str
    label: Msg
    hint: Msg | None
    of: str
    required: bool = False


@lru_cache(maxsize=2)
def sections(of: str) -> tuple[Section, ...]:
    """Return the sections of the template of a "plan" or a "commitment" in their order."""
    data = tomllib.loads(resources.path("commitments/template.toml").read_text("utf-8"))
    return tuple(
        Section(
            row["key"],
            LABELS[of, row["key"]],
            HINTS.get((of, row["key"])),
            of,
            row.get("required", False),
        )
        for row in data["section"]
        if row["of"] == of
    )


def section(key: str, of: str) -> Section:
    """Return one section; raise UserError for one the template lacks."""
    for one in sections(of):
        if one.key == key:
            return one
    raise UserError(N_("The template has no section “{section}”."), section=key)
