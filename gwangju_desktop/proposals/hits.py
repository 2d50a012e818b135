"""Which proposals a search means: by their own words, numbers elsewhere, proposers, replies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session

from db import search
from db.schema.handling import (
    ProposalNote,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import OutsideNumber, Proposal, ProposalFile, Proposer
from db.schema.search import search_doc
from db.types import Words

FEW = 2_000  # hits that are sorted by the database; more are picked from the order of all
OWN = "proposal"
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
_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


def kind_of(read: Session, words: str) -> tuple[str, bool] | None:
    """Return the kind of the statement that finds words, None where there is nothing to find."""
    folded = search.fold(words)
    return (read.get_bind().dialect.name, len(folded) == 1) if folded else None


@lru_cache
def proposals_of(dialect: str, single: bool) -> Select[Any]:
    """Select the ids of proposals that hits are about; parameters: `db.search.asked`.

    One proposal may come more than once. The hits are walked once, each leading to its proposal.
    """
    hit = search.hits(dialect, single)
    owners = {
        entity.__tablename__: select(entity.proposal_id)
        .where(entity.id == hit.c.ref)
        .correlate(hit)
        .scalar_subquery()
        for entity in LEADING
    }
    id = case(
        (hit.c.tbl == OWN, hit.c.ref),
        *((hit.c.tbl == table, owner) for table, owner in owners.items()),
    )
    return select(id.label("id")).where(hit.c.tbl.in_((OWN, *owners)))


def many(read: Session, kind: tuple[str, bool], asked: dict[str, Any]) -> bool:
    """Say whether more than FEW texts match."""
    return (read.scalar(_counted(*kind), asked) or 0) > FEW


@lru_cache
def _counted(dialect: str, single: bool) -> Select[Any]:
    hit = search.hits(dialect, single)
    return select(func.count()).select_from(select(hit.c.ref).limit(FEW + 1).subquery())


@lru_cache
def among() -> Select[Any]:
    """Select which of the proposals `ids` hold the words `folded`, however many others do."""
    folded = bindparam("folded", type_=Words)

    def says(table: str, ref: Any) -> Any:
        return (
            (search_doc.c.tbl == table)
            & (search_doc.c.ref == ref)
            & search_doc.c.folded.contains(folded)
        )

    ways = [exists().where(says(OWN, Proposal.id))]
    ways += [
        exists().where(entity.proposal_id == Proposal.id, says(entity.__tablename__, entity.id))
        for entity in LEADING
    ]
    return select(Proposal.id).where(Proposal.id.in_(_IDS), or_(*ways))
