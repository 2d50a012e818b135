"""Which proposals a search means: by their own words, numbers elsewhere, proposers, replies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from db import search
from db.schema.handling import (
    ProposalNote,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import OutsideNumber, ProposalFile, Proposer

LEADING: tuple[Any, ...] = (
    OutsideNumber,
    Proposer,
    ProposalFile,
    ProposalReply,
    ProposalOpinion,
    ProposalSupplement,
    ProposalStep,
    ProposalNote,
)


def kind_of(read: Session, words: str) -> tuple[str, bool] | None:
    """Return the kind of the statement that finds words, None where there is nothing to find."""
    folded = search.fold(words)
    return (read.get_bind().dialect.name, len(folded) == 1) if folded else None


@lru_cache
def proposals_of(dialect: str, single: bool) -> Select[Any]:
    """Select the ids of proposals that hits are about; parameters: `db.search.asked`."""
    hit = search.hits(dialect, single)
    found = [select(hit.c.ref.label("id")).where(hit.c.tbl == "proposal")]
    for entity in LEADING:
        refs = select(hit.c.ref).where(hit.c.tbl == entity.__tablename__)
        found.append(select(entity.proposal_id).where(entity.id.in_(refs)))
    return select(union_all(*found).subquery("found").c.id)
