"""Which answers stand: not replaced, and the last word of whoever gave them.

Two rows of people that turn out to be one person may each have answered. Nothing is rewritten then,
because merging can be undone: of several answers of one person to one question of a round the last
one counts, by its day, on one day by the order in which they were taken in.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from db.schema.reviews import ReviewAnswer


def replaced_on() -> ColumnElement[dt.date | None]:
    """Return the day since which another answer stands in the place of a ReviewAnswer, or NULL."""
    later = aliased(ReviewAnswer)
    last_word = (
        select(func.max(later.answered_on))
        .where(
            later.review_id == ReviewAnswer.review_id,
            later.question == ReviewAnswer.question,
            later.person_id == ReviewAnswer.person_id,
            func.coalesce(later.commitment_id, 0) == func.coalesce(ReviewAnswer.commitment_id, 0),
            later.replaced_on.is_(None),
            or_(
                later.answered_on > ReviewAnswer.answered_on,
                and_(
                    later.answered_on == ReviewAnswer.answered_on,
                    later.id > ReviewAnswer.id,
                ),
            ),
        )
        .correlate(ReviewAnswer)
        .scalar_subquery()
    )
    return func.coalesce(ReviewAnswer.replaced_on, last_word)


def stands() -> ColumnElement[bool]:
    """Return what narrows a query of ReviewAnswer to the answers that stand."""
    return replaced_on().is_(None)
