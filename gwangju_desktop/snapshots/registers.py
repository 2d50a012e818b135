"""The books of numbers: every number given out, and each that is missing between two others.

Numbers of meetings and items (제n회, 의안번호) carry the office's own reason when nothing stands
under them; proposals are counted by year; numbers of the city's document system and of other
systems follow no count of ours and are listed only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import Outgoing
from db.schema.proposals import OutsideNumber, Proposal
from db.schema.sittings import DrawnNumber
from db.vocab import DrawnKind, ItemState
from gwangju_desktop.snapshots.derived import Context, Derived, DerivedColumn
from gwangju_desktop.snapshots.sqlite_file import Row

TABLE_OF = {DrawnKind.MEETING.value: "meeting", DrawnKind.ITEM.value: "agenda_item"}
USED, EXPLAINED, MISSING = "used", "explained", "missing"


def _gather(read: Session) -> dict[str, Any]:
    gone = select(AgendaItem.id, AgendaItem.remark).where(
        AgendaItem.state == ItemState.WITHDRAWN.value, AgendaItem.restricted.is_(False)
    )
    drawn = read.execute(
        select(
            DrawnNumber.id,
            DrawnNumber.body_id,
            DrawnNumber.kind,
            DrawnNumber.year,
            DrawnNumber.number,
            DrawnNumber.text,
            DrawnNumber.subject_id,
            DrawnNumber.gap,
        )
    ).all()
    here = {
        "meeting": set(read.scalars(select(Meeting.id))),
        "agenda_item": set(read.scalars(select(AgendaItem.id))),
    }
    proposals = read.execute(
        select(Proposal.number_year, Proposal.number_drawn, Proposal.number, Proposal.id).where(
            Proposal.number_drawn.is_not(None), Proposal.number.is_not(None)
        )
    ).all()
    outside = read.execute(
        select(
            OutsideNumber.id,
            OutsideNumber.system,
            OutsideNumber.number,
            OutsideNumber.proposal_id,
        )
    ).all()
    documents = read.execute(
        select(Outgoing.number, Outgoing.id, Outgoing.body_id).where(Outgoing.number != "")
    ).all()
    return {
        "drawn": drawn,
        "withdrawn": dict(read.execute(gone).all()),
        "here": here,
        "proposals": proposals,
        "outside": outside,
        "documents": documents,
    }


def _rows(gathered: Any, context: Context) -> list[Row]:
    rows = [*_drawn(gathered, context), *_proposals(gathered["proposals"], context)]
    for line, system, number, proposal in gathered["outside"]:
        if context.shows("outside_number", line):
            code = context.code("proposal", proposal)
            rows.append(("outside", system, 0, 0, number, USED, "proposal", code, ""))
    for number, document, body in gathered["documents"]:
        if context.shows("outgoing", document):
            scope = context.code("body", body) if body is not None else ""
            code = context.code("outgoing", document)
            rows.append(("document", scope, 0, 0, number, USED, "outgoing", code, ""))
    return rows


def _drawn(gathered: Any, context: Context) -> Iterator[Row]:
    counts: dict[tuple[str, int, int], set[int]] = {}
    for line, body, kind, year, number, text, subject, gap in gathered["drawn"]:
        if not context.shows("drawn_number", line):
            continue
        counts.setdefault((kind, body, year), set()).add(number)
        table, why = TABLE_OF[kind], gap
        if table == "agenda_item":
            why = why or gathered["withdrawn"].get(subject, "")
        stands = subject in gathered["here"][table] and context.shows(table, subject)
        code = context.code(table, subject) if stands else None
        state = EXPLAINED if why else USED if stands else MISSING
        place = (kind, context.code("body", body), year, number)
        yield (*place, text, state, table if stands else None, code, context.text(why))
    for (kind, body, year), numbers in counts.items():
        for number in _missing(numbers):
            yield (kind, context.code("body", body), year, number, "", MISSING, None, None, "")


def _proposals(found: Any, context: Context) -> Iterator[Row]:
    counts: dict[int, set[int]] = {}
    for year, number, text, proposal in found:
        counts.setdefault(year or 0, set()).add(number)
        if context.shows("proposal", proposal):
            code = context.code("proposal", proposal)
            yield ("proposal", "", year or 0, number, text, USED, "proposal", code, "")
    for year, numbers in counts.items():
        for number in _missing(numbers):
            yield ("proposal", "", year, number, "", MISSING, None, None, "")


def _missing(numbers: set[int]) -> list[int]:
    """Return the numbers between the first and the last that were given to nothing."""
    return [n for n in range(min(numbers), max(numbers)) if n not in numbers]


TABLES = (
    Derived(
        "register_number",
        "번호 대장",
        "Registers of numbers",
        (
            DerivedColumn("register", "TEXT", "text", "대장", "Register"),
            DerivedColumn("scope", "TEXT", "text", "범위", "Scope"),
            DerivedColumn("year", "INTEGER", "number", "연도", "Year"),
            DerivedColumn("number", "INTEGER", "number", "순번", "Count"),
            DerivedColumn("text", "TEXT", "text", "번호", "Number"),
            DerivedColumn("state", "TEXT", "text", "상태", "State"),
            DerivedColumn("table_name", "TEXT", "text", "표", "Table"),
            DerivedColumn("row_code", "TEXT", "code", "기록", "Record"),
            DerivedColumn("explanation", "TEXT", "text", "설명", "Explanation"),
        ),
        5,
        _gather,
        _rows,
    ),
)
