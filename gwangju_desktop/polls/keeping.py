"""Totals kept of a wave: what is written of each table when it is closed, and stays when it is erased."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import many
from db.schema.answers import PollTotal
from db.schema.polls import PollOption, PollPart, WaveQuestion
from db.vocab import QuestionKind
from gwangju_desktop.forms import change
from gwangju_desktop.polls.table import Share, Table

BASES = ("asked", "answered", "blank", "missing", "votes")
# The same without weights, where the totals are weighted.
PEOPLE = {name: f"{name}_unweighted" for name in BASES}
# Where a total belongs: its question in the wave, part, option, and what it measures.
Key = tuple[int, int | None, int | None, str]


class Named:
    """The ids of options and parts by their codes."""

    def __init__(self, read: Session, question_ids: list[int]) -> None:
        wanted = set(question_ids)
        self.options = _ids(read, PollOption, wanted)
        self.parts = _ids(read, PollPart, wanted)


def _ids(
    read: Session, kind: type[PollOption] | type[PollPart], wanted: set[int]
) -> dict[tuple[int, str], int]:
    rows = read.execute(
        select(kind.id, kind.question_id, kind.code).where(kind.question_id.in_(wanted))
    )
    return {(row.question_id, row.code): row.id for row in rows}


def measured(table: Table, place: int, question_id: int, named: Named) -> dict[Key, float]:
    """Return what is kept of a table."""
    kept: dict[Key, float] = {}
    for name in BASES:
        value = getattr(table.base, name)
        if value is not None:
            kept[place, None, None, name] = value
        people = getattr(table.counted, name)
        # Of how many the weighted shares are stays known when the answers are erased.
        if table.weighting is not None and people is not None:
            kept[place, None, None, PEOPLE[name]] = people
    if table.mean is not None:
        kept[place, None, None, "mean"] = table.mean
    for part in table.parts:
        part_id = named.parts[question_id, part.part.code]
        kept |= _shares(part.options, place, part_id, question_id, named)
    if table.question.kind is not QuestionKind.RANKING:
        kept |= _shares(table.options, place, None, question_id, named)
    return kept


def _shares(
    shares: tuple[Share, ...], place: int, part_id: int | None, question_id: int, named: Named
) -> dict[Key, float]:
    return {
        (place, part_id, named.options[question_id, share.code], "count"): float(share.count)
        for share in shares
        if share.count is not None
    }


def keep(tx: Session, wave_id: int, wanted: Mapping[Key, float]) -> None:
    """Make the totals of a wave these; what did not change is not written."""
    rows = tx.scalars(
        select(PollTotal)
        .join(WaveQuestion, WaveQuestion.id == PollTotal.wave_question_id)
        .where(WaveQuestion.wave_id == wave_id)
    ).all()
    there: set[Key] = set()
    for row in rows:
        key = (row.wave_question_id, row.part_id, row.option_id, row.measure)
        if key in wanted and key not in there:
            change(row, {"value": float(wanted[key])})
            there.add(key)
        else:
            tx.delete(row)
    many.add(
        tx,
        PollTotal,
        [
            {
                "wave_question_id": key[0],
                "part_id": key[1],
                "option_id": key[2],
                "measure": key[3],
                "value": float(value),
            }
            for key, value in wanted.items()
            if key not in there
        ],
    )
