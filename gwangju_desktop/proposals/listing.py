"""Proposals as a list: which, in which order, the rows near the eye, and the pipeline's counts."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Integer, bindparam, case, func, select
from sqlalchemy.orm import Session

from db import fetch, search
from db.schema.energy import Area
from db.schema.handling import ProposalOpinion
from db.schema.proposals import OutsideNumber, ProfileState, Proposal, ProposalField, Proposer
from db.vocab import ProposalStage
from gwangju_desktop.proposals import conditions, hits, ordering
from gwangju_desktop.proposals.rows import SOON_DAYS, ProposalRow, StageCount

PAGE = 60  # rows of the first answer to a search with many hits
_WALKED = (250, 1_000)  # how many proposals are looked through for it, and then more
_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


def proposal_ids(
    read: Session,
    *,
    words: str = "",
    sort: str = "due_on",
    descending: bool = False,
    **asked: Any,
) -> array[int]:
    """Return the ids of proposals in the order of a list.

    `words` search titles, texts, numbers here and elsewhere, proposers, replies and the handling,
    initial consonants too. `asked` are conditions (`conditions.asked`); without any, all are
    listed. By `due_on`, the longest over due stand first and those without a due day last.
    """
    kinds, given = conditions.asked(read, asked)
    hit = hits.kind_of(read, words)
    if not kinds and hit is None:
        return ordering.everything(read, sort, descending)[:]
    if hit is not None:
        given |= search.asked(hit[0], words)
    found = fetch.ids(read, ordering.wanted(kinds, hit), given)
    return ordering.in_order(read, found, sort, descending)


def first_proposal_ids(
    read: Session,
    *,
    words: str = "",
    sort: str = "due_on",
    descending: bool = False,
    **asked: Any,
) -> tuple[array[int], bool]:
    """Return the ids, or the first page of them while very many match; whether these are all."""
    hit = hits.kind_of(read, words)
    if hit is not None and not conditions.asked(read, asked)[0]:
        given = search.asked(hit[0], words)
        # One character is in very many; to count them costs more than to look at the first.
        if hit[1] or hits.many(read, hit, given):
            page = _first_page(read, given["folded"], sort, descending)
            if len(page) >= PAGE:
                return page, False
    return proposal_ids(read, words=words, sort=sort, descending=descending, **asked), True


def _first_page(read: Session, folded: str, sort: str, descending: bool) -> array[int]:
    """Return the first hits in the order of the list; it is walked until there are enough."""
    order = ordering.everything(read, sort, descending)
    page: array[int] = array("q")
    at = 0
    for size in _WALKED:
        some = order[at : at + size]
        given = {"ids": some.tolist(), "folded": folded}
        hit = set(read.scalars(hits.among(), given).all())
        page.extend(id for id in some if id in hit)
        at += size
        if len(page) >= PAGE or at >= len(order):
            break
    return page[:PAGE]


def options(read: Session, *, column: str) -> list[str]:
    """List the values a column of proposals has (department, channel, district …), in order."""
    key = ordering.KEYS[column]
    return list(read.scalars(select(key).where(key != "").distinct().order_by(key)).all())


def years(read: Session) -> list[int]:
    """List the years from the first receipt to the last, the latest first."""
    first, last = read.execute(
        select(func.min(Proposal.received_on), func.max(Proposal.received_on))
    ).one()
    return [] if first is None else list(range(last.year, first.year - 1, -1))


def systems(read: Session) -> list[str]:
    """List the other systems proposals have numbers of."""
    query = select(OutsideNumber.system).distinct().order_by(OutsideNumber.system)
    return list(read.scalars(query).all())


# --- the pipeline


def pipeline(read: Session, today: dt.date) -> list[StageCount]:
    """Count the proposals of each stage, those due within a week, and those over due."""
    at = conditions.stages(read)
    alone = conditions.differing(at)
    whole = {state: stage for (_profile, state), stage in at.items()}
    counts = {stage.value: [0, 0, 0] for stage in ProposalStage}
    given = {
        "today": today,
        "until": today + dt.timedelta(days=SOON_DAYS),
        "alone": alone or [""],
    }
    for row in read.execute(_counted(), given).all():
        _add(counts[whole.get(row.state, conditions.UNNAMED.value)], row)
    for row in read.execute(_counted_by_profile(), given).all() if alone else ():
        _add(counts[at.get((row.profile_id, row.state), conditions.UNNAMED.value)], row)
    return [StageCount(stage, *figures) for stage, figures in counts.items()]


def _add(figures: list[int], row: Any) -> None:
    for n, figure in enumerate((row.n, row.soon, row.over)):
        figures[n] += figure


_ALONE: Any = bindparam("alone", expanding=True)


def _figures() -> tuple[Any, ...]:
    today: Any = bindparam("today", type_=Date)
    until: Any = bindparam("until", type_=Date)
    soon = case((Proposal.due_on.between(today, until), 1), else_=0)
    over = case((Proposal.due_on < today, 1), else_=0)
    return (
        func.count().label("n"),
        func.sum(soon).label("soon"),
        func.sum(over).label("over"),
    )


@lru_cache
def _counted() -> Any:
    """Select the counts by state, which an index has all for, of states profiles agree on."""
    query = select(Proposal.state, *_figures()).where(Proposal.state.not_in(_ALONE))
    return query.group_by(Proposal.state)


@lru_cache
def _counted_by_profile() -> Any:
    # "+ 0": by the index of profiles all proposals would be looked up, by that of states a few.
    by = ((Proposal.profile_id + 0).label("profile_id"), Proposal.state)
    return select(*by, *_figures()).where(Proposal.state.in_(_ALONE)).group_by(*by)


# --- rows


def proposal_rows(read: Session, *, ids: Sequence[int]) -> list[ProposalRow]:
    """Return the rows of these proposals, in the order of `ids`; gone ones are left out."""
    given = {"ids": list(ids)}
    proposers = _proposers(read, given)
    outside: dict[int, list[tuple[str, str]]] = {}
    for known in read.execute(_outside_asked(), given).all():
        outside.setdefault(known.proposal_id, []).append((known.system, known.number))
    waiting = {some.proposal_id: some for some in read.execute(_waiting_asked(), given).all()}
    fields, districts = field_names(read), district_names(read)
    rows = {}
    for found in read.execute(_rows_asked(), given).mappings().all():
        row = dict(found)
        people = proposers.get(row["id"], [])
        main = max(people, key=lambda one: one.share, default=None)
        asked = waiting.get(row["id"])
        field, district = fields.get(row["field"], ("", "")), districts.get(row["district"])
        rows[row["id"]] = ProposalRow(
            **row,
            field_ko=field[0],
            field_en=field[1],
            district_ko=district[0] if district else row["district"],
            district_en=district[1] if district else "",
            who=main.name if main is not None else "",
            kind=main.kind if main is not None else "",
            people=len(people),
            asked=asked.n if asked is not None else 0,
            opinion_due_on=asked.due_on if asked is not None else None,
            outside=tuple(outside.get(row["id"], ())),
        )
    return [rows[id] for id in ids if id in rows]


def field_names(read: Session) -> dict[str, tuple[str, str]]:
    """Return the names of the fields by their codes, in Korean and English, in their order."""
    query = select(ProposalField.code, ProposalField.name_ko, ProposalField.name_en)
    found = read.execute(query.order_by(ProposalField.position, ProposalField.id)).all()
    return {row.code: (row.name_ko, row.name_en) for row in found}


def district_names(read: Session) -> dict[str, tuple[str, str]]:
    """Return the names of the areas by their codes, in Korean and English, the latest name each."""
    query = select(Area.code, Area.name_ko, Area.name_en).order_by(Area.valid_from)
    return {row.code: (row.name_ko, row.name_en) for row in read.execute(query).all()}


def _proposers(read: Session, given: dict[str, Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in read.execute(_proposers_asked(), given).all():
        found.setdefault(row.proposal_id, []).append(row)
    return found


# A row is asked for on every edit, and making the statements costs more than carrying them out.
@lru_cache
def _rows_asked() -> Any:
    return (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.state,
            func.coalesce(ProfileState.name_ko, "").label("state_ko"),
            func.coalesce(ProfileState.name_en, "").label("state_en"),
            func.coalesce(ProfileState.stage, conditions.UNNAMED.value).label("stage"),
            Proposal.profile_id,
            Proposal.channel,
            Proposal.received_on,
            Proposal.due_on,
            Proposal.department,
            Proposal.field,
            Proposal.district,
            Proposal.sector,
            Proposal.anonymous,
            Proposal.supports,
            Proposal.comments,
        )
        .outerjoin(
            ProfileState,
            (ProfileState.profile_id == Proposal.profile_id)
            & (ProfileState.state == Proposal.state),
        )
        .where(Proposal.id.in_(_IDS))
    )


@lru_cache
def _proposers_asked() -> Any:
    return (
        select(Proposer.proposal_id, Proposer.kind, Proposer.name, Proposer.share)
        .where(Proposer.proposal_id.in_(_IDS))
        .order_by(Proposer.proposal_id, Proposer.position)
    )


@lru_cache
def _outside_asked() -> Any:
    return (
        select(OutsideNumber.proposal_id, OutsideNumber.system, OutsideNumber.number)
        .where(OutsideNumber.proposal_id.in_(_IDS))
        .order_by(OutsideNumber.id)
    )


@lru_cache
def _waiting_asked() -> Any:
    return (
        select(
            ProposalOpinion.proposal_id,
            func.count().label("n"),
            func.min(ProposalOpinion.due_on).label("due_on"),
        )
        .where(
            ProposalOpinion.proposal_id.in_(_IDS),
            ProposalOpinion.answered_on.is_(None),
            ProposalOpinion.withdrawn_on.is_(None),
        )
        .group_by(ProposalOpinion.proposal_id)
    )
