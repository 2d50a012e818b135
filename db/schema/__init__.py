"""All tables: those the first page reads come with this package, the others when first wanted.

Whoever goes by names or looks at them all asks here, never `Base.metadata` itself, which may not
be full yet. A file that comes later declares the target of a relationship above its owner: another
thread may configure what is there between the two.
"""

from sqlalchemy import Table
from sqlalchemy.orm import Mapper

from db.base import Base, Recorded
from db.schema import calendar, journal, meetings, members, office, papers, posts, search


def everything() -> None:
    """Fill `Base.metadata` and the registry: before a write, a conversion, a look at them all."""
    from db.schema import (  # noqa: F401
        access,
        actions,
        answers,
        candidates,
        commitments,
        decisions,
        energy,
        evidence,
        handling,
        inclusion,
        minutes,
        packs,
        people,
        polls,
        proposals,
        reviews,
        sittings,
        snapshots,
        threads,
    )


def table(name: str) -> Table:
    """Return a table by its name; raise KeyError when there is none."""
    if name not in Base.metadata.tables:
        everything()
    return Base.metadata.tables[name]


def mappers() -> frozenset[Mapper[object]]:
    """Return the mappers of all entities."""
    everything()
    return Base.registry.mappers


__all__ = [
    "Base",
    "Recorded",
    "calendar",
    "everything",
    "journal",
    "mappers",
    "meetings",
    "members",
    "office",
    "papers",
    "posts",
    "search",
    "table",
]
