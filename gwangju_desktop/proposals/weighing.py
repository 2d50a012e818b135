"""The criteria of a profile as one table whose weights come to 100 %."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.proposals import ProfileCriterion
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import profile_edits
from gwangju_desktop.text import N_

WHOLE = 100


@usecase("Set criteria of the profile")
def set_criteria(tx: Session, *, profile_id: int, criteria: Sequence[Mapping[str, Any]]) -> int:
    """Make the criteria of a profile these; one with an `id` stays what it is.

    Each has name_ko, name_en and weight. Raises UserError where the weights are not 100 %
    together, and for one left out by which proposals were scored.
    """
    total = sum(int(one["weight"]) for one in criteria)
    if total != WHOLE:
        raise UserError(
            N_("The weights come to {total} %, not to 100 %."),
            hint=N_("Correct a weight."),
            total=total,
        )
    kept = {one["id"] for one in criteria if one.get("id") is not None}
    held = tx.scalars(select(ProfileCriterion.id).where(ProfileCriterion.profile_id == profile_id))
    for id in held.all():
        if id not in kept:
            profile_edits.remove_criterion(tx, id=id)
    for one in criteria:
        profile_edits.set_criterion(
            tx,
            profile_id=profile_id,
            id=one.get("id"),
            name_ko=str(one["name_ko"]),
            name_en=str(one.get("name_en", "")),
            weight=int(one["weight"]),
        )
    return profile_id
