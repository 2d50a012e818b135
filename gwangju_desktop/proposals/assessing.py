"""The whole table of an assessment in one step: what every assessor gives, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop.proposals import grading


@usecase("Assess proposal")
def assess(
    tx: Session,
    *,
    id: int,
    given: Sequence[tuple[str, Mapping[int, int | None]]],
    round: int | None = None,
) -> int:
    """Make the scores of one examination these; assessors that are not named lose theirs.

    Raises UserError as `grading.set_scores`.
    """
    named = {assessor for assessor, _scores in given}
    for one in grading.grid(tx, id, round).assessors:
        if one.name not in named:
            grading.remove_assessor(tx, id=id, assessor=one.name, round=round)
    for assessor, scores in given:
        grading.set_scores(tx, id=id, assessor=assessor, scores=scores, round=round)
    return id
