"""The folded text the full-text index is made of; the index itself is db/search.py's."""

from __future__ import annotations

from sqlalchemy import Column, Table, UniqueConstraint

from db.base import Base
from db.types import Id, Words

search_doc = Table(
    "search_doc",
    Base.metadata,
    Column("id", Id, primary_key=True),
    Column("tbl", Words, nullable=False),
    Column("ref", Id, nullable=False),
    Column("folded", Words, nullable=False),
    UniqueConstraint("tbl", "ref"),
    info={
        "journal": "made from the row changes in the same transaction",
        "search": "it is the search index",
    },
)
