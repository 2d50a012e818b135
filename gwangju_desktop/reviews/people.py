"""Who is who among those that reviews name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.schema.members import Person
from gwangju_desktop.reviews.rows import Somebody
from gwangju_desktop.text import C_, say

ERASED = C_("monitor", "erased person")


def people_of(read: Session, ids: Iterable[int]) -> dict[int, Somebody]:
    """Return people by the ids they are named by; one found twice goes by the one kept.

    Somebody who was erased is called that: what they signed stays, and so does that it was one.
    """
    kept = aliased(Person)
    query = (
        select(Person.id, kept.id, kept.name, kept.latin, kept.fictional)
        .join(kept, kept.id == func.coalesce(Person.merged_into_id, Person.id))
        .where(Person.id.in_(list(ids)))
    )
    return {
        id: Somebody(who, name or say(ERASED), latin, fictional)
        for id, who, name, latin, fictional in read.execute(query)
    }
