"""Findings of the monitors' reviews on the thread: what is to be followed up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment
from db.schema.reviews import Review, ReviewFinding
from db.schema.threads import ThreadLink
from gwangju_desktop.text import C_, N_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd
from gwangju_desktop.threads.rows import named_by, rows

KEY = "review_finding"
NO_FINDING = N_("There is no finding {id} of a review.")


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of findings; to the public those of reviews that were submitted."""
    query = (
        select(
            ReviewFinding.id,
            ReviewFinding.text,
            ReviewFinding.text_en,
            ReviewFinding.found_on,
            ReviewFinding.settled_on,
            Review.title,
            Review.title_en,
            Commitment.code,
            named_by(ThreadLink.from_review_finding_id, ReviewFinding.id).label("led"),
        )
        .join(Review, Review.id == ReviewFinding.review_id)
        .outerjoin(Commitment, Commitment.id == ReviewFinding.commitment_id)
    )
    submitted = Review.submitted_on.is_not(None)
    return [
        Node(
            Key(KEY, row.id),
            "review_finding",
            lens.name(row.text, row.text_en),
            number=row.code or "",
            where=lens.name(row.title, row.title_en),
            day=row.found_on,
            open_end=None
            if row.led or row.settled_on
            else OpenEnd(N_("no action given on it yet")),
            done=bool(row.led or row.settled_on),
            record=("commitments", row.id, "review_finding"),
        )
        for row in rows(read, query, ReviewFinding.id, ids, lens, submitted)
    ]


NOUN = Noun(
    key=KEY,
    table="review_finding",
    rank=0,
    label=C_("thread", "Review finding"),
    missing=NO_FINDING,
    nodes=nodes,
    links_from=ThreadLink.from_review_finding_id,
)
