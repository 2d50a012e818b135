"""Which parts were chosen for a pack, in their order, with what figures and appendices show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, literal, or_, select
from sqlalchemy.orm import Session

from db.papers import Papers
from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import PackPart
from db.schema.papers import StoredFile
from db.vocab import Disclosure, PartKind
from gwangju_desktop.packs.arranging import Slot
from gwangju_desktop.packs.figures import drawn as figure_drawn
from gwangju_desktop.packs.items import clean_copy
from gwangju_desktop.packs.model import PackData, PaperData
from gwangju_desktop.packs.outline import placed, printed, usual
from gwangju_desktop.packs.pages.frame import CLOSED
from gwangju_desktop.text import Words


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A row of the outline; `shut` says that this edition may not know what it shows."""

    kind: str
    item_id: int | None = None
    included: bool = True
    id: int = 0
    title: str = ""
    ground: str = ""
    shut: bool = False
    figure: Any = None
    clean: str | None = None
    trouble: str | None = None


def slots(
    read: Session,
    papers: Papers,
    *,
    meeting: Meeting,
    data: PackData,
    public: bool,
    minutes_closed: str,
    say: Words,
) -> tuple[Slot, ...]:
    """Return the parts that are printed; `minutes_closed` is why the minutes are not public."""
    items = [item.id for item in data.items if item.has_sheet]
    rows = _rows(read, meeting, public, say)
    order = placed(rows or [*usual(read, meeting, items)], items)
    made: list[Slot] = []
    for row in printed(order):
        kind = PartKind(row.kind)
        if kind is PartKind.PREVIOUS_MINUTES:
            made.append(Slot(kind, closed=minutes_closed))
        elif isinstance(row, _Chosen) and kind in (PartKind.FIGURE, PartKind.APPENDIX):
            slot = _added(read, papers, row, kind, public, say)
            if slot is not None:
                made.append(slot)
        else:
            made.append(Slot(kind, row.item_id))
    return tuple(made)


def _rows(read: Session, meeting: Meeting, public: bool, say: Words) -> list[_Chosen]:
    """Return the rows of a meeting's outline; closed ones give nothing but their ground."""
    members: ColumnElement[bool] = PackPart.disclosure == Disclosure.MEMBERS.value
    restricted = and_(AgendaItem.id.is_not(None), AgendaItem.restricted.is_(True))
    shut: ColumnElement[bool] = false()
    if public:
        shut = or_(members, restricted, literal(not meeting.public))
    query = (
        select(
            PackPart.id,
            PackPart.kind,
            PackPart.item_id,
            PackPart.included,
            PackPart.ground,
            members.label("members"),
            shut.label("shut"),
            case((shut, literal("")), else_=PackPart.title).label("title"),
            case((shut, None), else_=PackPart.figure).label("figure"),
            case((shut, None), else_=StoredFile.clean).label("clean"),
            case((shut, None), else_=StoredFile.trouble).label("trouble"),
        )
        .outerjoin(AgendaItem, AgendaItem.id == PackPart.item_id)
        .outerjoin(StoredFile, StoredFile.id == PackPart.file_id)
        .where(PackPart.meeting_id == meeting.id)
        .order_by(PackPart.position)
    )
    return [
        _Chosen(
            row.kind,
            row.item_id,
            row.included,
            row.id,
            row.title,
            (row.ground or say(CLOSED)) if row.members else "",
            bool(row.shut),
            row.figure,
            row.clean,
            row.trouble,
        )
        for row in read.execute(query).all()
    ]


def _added(
    read: Session, papers: Papers, row: _Chosen, kind: PartKind, public: bool, say: Words
) -> Slot | None:
    """Return a figure or an appendix; a figure that has no numbers is not printed."""
    if row.shut:
        return Slot(kind, row.item_id, row.id, closed=row.ground)
    if kind is PartKind.APPENDIX:
        clean, trouble = clean_copy(papers, row.clean, row.trouble)
        paper = PaperData(
            row.title, clean, trouble, bool(row.ground), row.id, sha256=row.clean or ""
        )
        return Slot(kind, row.item_id, row.id, row.title, row.ground, paper)
    drawn = figure_drawn(read, row.figure, say)
    if drawn is None:
        return None
    ground = row.ground or drawn.ground
    if public and drawn.ground:
        return Slot(kind, row.item_id, row.id, closed=ground)
    return Slot(kind, row.item_id, row.id, row.title or drawn.finding, ground, figure=drawn.blocks)
