"""Imported files: what each replaced, who brought it, and with which entry it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from db.schema.energy import Dataset, Indicator, Reading, ReadingRevision, Series
from db.schema.journal import change_log, row_change
from gwangju_desktop.energy import rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

# Revised values shown of one file; a publisher revises some dozens at a time.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Revised:
    """A value a file replaced, in the unit it was published in; `file` is where it stood before."""

    indicator: str
    area: str
    dims: str
    period: str
    before: float
    after: float | None
    was: str
    now: str
    unit: str
    file: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of an imported file beside its row in the list of them.

    `entry` takes its import back, with the files in `together` that came in the same step; None
    where it cannot be taken back. `replaced` values of it were replaced by later files.
    """

    id: int
    who: str
    entry: int | None
    together: tuple[str, ...]
    revised: tuple[Revised, ...]
    revisions: int
    replaced: int
    accepted: tuple[dict[str, Any], ...]
    answers: dict[str, Any]


def facts(read: Session, *, id: int) -> FileFacts:
    """Return what is known of an imported file; raises UserError when there is none."""
    held = read.execute(
        select(Dataset.sample, Dataset.accepted, Dataset.answers).where(Dataset.id == id)
    ).one_or_none()
    if held is None:
        raise UserError(N_("There is no dataset {id}."), id=id)
    entry, who = _entry(read, id)
    replaced = select(func.count()).where(
        ReadingRevision.other_id == id, ReadingRevision.dataset_id != id
    )
    revised = select(func.count()).where(
        ReadingRevision.dataset_id == id, ReadingRevision.value.is_not(None)
    )
    return FileFacts(
        id=id,
        who=who,
        entry=None if held.sample else entry,
        together=_together(read, id, entry),
        revised=tuple(_revised(read, id)),
        revisions=read.scalar(revised) or 0,
        replaced=read.scalar(replaced) or 0,
        accepted=tuple(held.accepted or ()),
        answers=dict(held.answers or {}),
    )


def _entry(read: Session, id: int) -> tuple[int | None, str]:
    """Return the entry a dataset came with, and who wrote it."""
    first = (
        select(func.min(row_change.c.change_id))
        .where(row_change.c.tbl == Dataset.__tablename__, row_change.c.pk == f"[{id}]")
        .scalar_subquery()
    )
    row = read.execute(select(change_log.c.id, change_log.c.who).where(change_log.c.id == first))
    found = row.one_or_none()
    return (found[0], found[1]) if found else (None, "")


def _together(read: Session, id: int, entry: int | None) -> tuple[str, ...]:
    """Name the other files that came in the same step."""
    if entry is None:
        return ()
    keys = read.scalars(
        select(row_change.c.pk).where(
            row_change.c.tbl == Dataset.__tablename__, row_change.c.change_id == entry
        )
    )
    ids = {int(key.strip("[]")) for key in keys} - {id}
    query = select(Dataset.file_name).where(Dataset.id.in_(ids)).order_by(Dataset.id)
    return tuple(read.scalars(query)) if ids else ()


def _revised(read: Session, id: int) -> list[Revised]:
    """List the values a file replaced with what it said instead, in the order of the catalogue."""
    before = ReadingRevision
    later = aliased(ReadingRevision)
    older = aliased(Dataset)
    same = (before.series_id, before.period)
    query = (
        select(
            Indicator.name_ko,
            Indicator.name_en,
            Series.area,
            Series.dims,
            before.period,
            before.value,
            Reading.value,
            later.value,
            before.status,
            Reading.status,
            later.status,
            Series.unit,
            older.file_name,
        )
        .join(Series, Series.id == before.series_id)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .outerjoin(
            Reading,
            and_(
                Reading.series_id == before.series_id,
                Reading.period == before.period,
                Reading.dataset_id == id,
            ),
        )
        # What this file said stands beside the file that replaced it, once there is a later one.
        .outerjoin(
            later,
            and_(
                later.series_id == same[0],
                later.period == same[1],
                later.other_id == id,
                later.dataset_id != id,
            ),
        )
        .outerjoin(older, older.id == before.other_id)
        .where(before.dataset_id == id, before.value.is_not(None))
        .order_by(Indicator.position, Series.area, before.period, Series.dims)
        .limit(_MOST)
    )
    found = []
    for ko, en, area, dims, period, was, now, then, status, own, others, unit, file in read.execute(
        query
    ):
        found.append(
            Revised(
                indicator=named(ko, en),
                area=area,
                dims=dims,
                period=rules.period_text(period),
                before=was or 0.0,
                after=now if now is not None else then,
                was=status or "",
                now=own or others or "",
                unit=unit,
                file=file or "",
            )
        )
    return found
