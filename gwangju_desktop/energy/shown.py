"""Which places an indicator's figures are of: what its chart may show and compare."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Indicator, Series
from db.vocab import AreaLevel
from gwangju_desktop.energy import areas
from gwangju_desktop.energy.areas import AreaRow
from gwangju_desktop.energy.rules import CITY

# From the widest; a place without a level is one a table named.
ORDER = (
    *(AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.DONG),
    *(AreaLevel.NATION, AreaLevel.PROVINCE, AreaLevel.OTHER),
)


def places(read: Session, *, indicator: str) -> list[AreaRow]:
    """Return the places an indicator has figures of: the city and its parts first, then others.

    One that is computed may be of every place anything is known of.
    """
    rule = read.scalars(select(Indicator.rule).where(Indicator.code == indicator)).one_or_none()
    query = select(Series.area).distinct()
    if rule is None:
        query = query.join(Indicator, Indicator.id == Series.indicator_id)
        query = query.where(Indicator.code == indicator)
    held = set(read.scalars(query))
    if any(row.code in held for row in areas.children(read, CITY)):
        held.add(CITY)
    latest = {row.code: row for row in areas.areas(read) if row.code in held}
    ranks = {level.value: n for n, level in enumerate(ORDER)}
    ours = {CITY}
    return sorted(
        latest.values(),
        key=lambda row: (row.code not in ours, ranks.get(row.level, len(ranks))),
    )
