"""The list of rounds, and what stands over the round in front."""

from __future__ import annotations

from pathlib import Path

from db.vocab import ReviewState
from gwangju_desktop import clock
from gwangju_desktop.commitments.words import REVIEW_STATES, REVIEWS
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import answering, queries
from ui.commitments import shown
from ui.models.rows import Cell, Column, Table
from ui.text import C_, say

TONES = {
    ReviewState.OPEN: "acc",
    ReviewState.SUBMITTED: "ok",
    ReviewState.CLOSED: "ok",
}


def called(one) -> str:
    """Return what a round is called."""
    return named(one.title, one.title_en) or say(REVIEWS[one.kind])


def _round(one) -> Cell:
    about = one.commitment or say(C_("review", "Whole plan"))
    kind = say(REVIEWS[one.kind])
    return Cell(called(one), about if called(one) == kind else f"{kind} · {about}", role="secb")


def _state(one) -> Cell:
    overdue = one.due_on is not None and one.submitted_on is None and one.due_on < clock.today()
    if overdue:
        return Cell("", chip=shown.until(one.due_on, clock.today()), tone="bad")
    return Cell("", chip=say(REVIEW_STATES[one.state]), tone=TONES.get(one.state, "neu"))


ROUNDS = Table(
    name="reviews",
    columns=(
        Column("title", C_("review", "Round"), cell=_round),
        Column("state", C_("review", "State"), 92, cell=_state),
    ),
)


def told_of(one) -> str:
    """Say of a round what it is, of what, and its days."""
    told = [one.commitment or say(C_("review", "Whole plan"))]
    if called(one) != say(REVIEWS[one.kind]):
        told.insert(0, say(REVIEWS[one.kind]))
    if one.from_on or one.until_on:
        told.append(shown.span(one.from_on, one.until_on))
    if one.due_on is not None:
        told.append(say(C_("review", "due {day:full}"), day=one.due_on))
    if one.submitted_on is not None:
        told.append(say(C_("review", "submitted {day:full}"), day=one.submitted_on))
    if one.department:
        told.append(one.department)
    return " · ".join(told)


def take_reviews(work, *, paths: list[Path]) -> list:
    """Take in signed files one after the other; each counts as soon as it is in."""
    return [answering.import_review(work.store, path) for path in paths]


def round_of(read, *, table: str, id: int) -> int | None:
    """Return the round a record belongs to; None for none."""
    if table == "review_finding":
        return next((one.review_id for one in queries.findings(read) if one.id == id), None)
    if table == "publication":
        return next((one.review_id for one in queries.publications(read) if one.id == id), None)
    return None
