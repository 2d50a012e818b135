"""What screens, documents and commands read of plans, commitments and milestones."""

from __future__ import annotations

from gwangju_desktop.commitments.listing import (
    commitment_id,
    commitments,
    milestones,
    plan,
    plans,
    ratings,
    suggestion,
)
from gwangju_desktop.commitments.page import commitment, notes, texts

__all__ = [
    "commitment",
    "commitment_id",
    "commitments",
    "milestones",
    "notes",
    "plan",
    "plans",
    "ratings",
    "suggestion",
    "texts",
]
