"""All tables; importing this package fills `Base.metadata`."""

from db.base import Base, Recorded
from db.schema import (
    access,
    candidates,
    energy,
    inclusion,
    journal,
    meetings,
    members,
    office,
    papers,
    people,
    posts,
    search,
    snapshots,
)

__all__ = [
    "Base",
    "Recorded",
    "access",
    "candidates",
    "energy",
    "inclusion",
    "journal",
    "meetings",
    "members",
    "office",
    "papers",
    "people",
    "posts",
    "search",
    "snapshots",
]
