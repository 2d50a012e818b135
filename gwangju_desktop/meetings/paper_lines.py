"""The list of an item's papers: those attached in their order, then those only announced."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import AwaitedPaper
from db.schema.papers import Paper, StoredFile
from db.vocab import Disclosure, MeetingState
from gwangju_desktop.meetings.papers import WAITS
from gwangju_desktop.papers.watching import Waiting


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: a paper, or with a negative id one only announced.

    `trouble` says why its file cannot be bound, `warnings` what its intake noticed (codes of
    packs.papers), `changed` the pages whose notes look different. `source_name` and `source_sha256` are of the document its PDF was made from.
    """

    id: int
    item_id: int
    title: str
    disclosure: str = Disclosure.PUBLIC.value
    ground: str = ""
    file_name: str = ""
    sha256: str = ""
    pages: int = 0
    trouble: str | None = None
    warnings: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    source_name: str = ""
    source_sha256: str = ""
    office: str = ""
    due_on: dt.date | None = None
    tabled: bool = False

    @property
    def announced(self) -> bool:
        """Say whether there is no file yet."""
        return self.id < 0

    @property
    def waits(self) -> bool:
        """Say whether the document is there and its PDF is not."""
        return self.trouble == WAITS


def line_ids(
    read: Session, *, item_id: int, sort: str = "position", descending: bool = False
) -> array[int]:
    """Return the ids of an item's lines in their order; there is no other."""
    papers = read.scalars(select(Paper.id).where(Paper.item_id == item_id).order_by(Paper.position))
    awaited = read.scalars(
        select(AwaitedPaper.id).where(AwaitedPaper.item_id == item_id).order_by(AwaitedPaper.id)
    )
    return array("q", [*papers, *(-id for id in awaited)])


def lines(read: Session, *, ids: Sequence[int]) -> list[PaperLine]:
    """Return these lines."""
    source = aliased(StoredFile)
    papers = read.execute(
        select(
            Paper.id,
            Paper.item_id,
            Paper.title,
            Paper.disclosure,
            Paper.ground,
            StoredFile.name.label("file_name"),
            StoredFile.sha256,
            StoredFile.pages,
            StoredFile.trouble,
            StoredFile.facts,
            source.name.label("source_name"),
            source.sha256.label("source_sha256"),
        )
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .outerjoin(source, source.id == Paper.source_id)
        .where(Paper.id.in_([id for id in ids if id > 0]))
        .order_by(Paper.position)
    ).mappings()
    awaited = read.execute(
        select(
            AwaitedPaper.id,
            AwaitedPaper.item_id,
            AwaitedPaper.title,
            AwaitedPaper.office,
            AwaitedPaper.due_on,
            AwaitedPaper.tabled,
        )
        .where(AwaitedPaper.id.in_([-id for id in ids if id < 0]))
        .order_by(AwaitedPaper.id)
    ).mappings()
    return [
        *(
            PaperLine(
                **{key: value for key, value in row.items() if key not in _REWRITTEN},
                warnings=_noted(row["facts"], "warnings"),
                changed=_noted(row["facts"], "changed"),
                source_name=row["source_name"] or "",
                source_sha256=row["source_sha256"] or "",
            )
            for row in papers
        ),
        *(PaperLine(**{**row, "id": -row["id"]}) for row in awaited),
    ]


_REWRITTEN = ("facts", "source_name", "source_sha256")


def _noted(facts: object, key: str) -> tuple[Any, ...]:
    return tuple(facts.get(key, ())) if isinstance(facts, dict) else ()


def waiting(read: Session) -> list[Waiting]:
    """Return the papers that wait for their PDF, of meetings that may still change."""
    found = read.execute(
        select(Paper.id, StoredFile.name, StoredFile.facts, Meeting.state)
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .join(AgendaItem, AgendaItem.id == Paper.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(StoredFile.trouble == WAITS)
        .order_by(Paper.id)
    )
    return [
        Waiting(id, name, int(facts.get("modified", 0)) if isinstance(facts, dict) else 0)
        for id, name, facts, state in found
        if not MeetingState(state).over and not MeetingState(state).dropped
    ]
