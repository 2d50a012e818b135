"""All tables; importing this package fills `Base.metadata`."""

from db.base import Base, Recorded
from db.schema import energy, journal, meetings, members, office, papers, search, snapshots

__all__ = [
    "Base",
    "Recorded",
    "energy",
    "journal",
    "meetings",
    "members",
    "office",
    "papers",
    "search",
    "snapshots",
]
