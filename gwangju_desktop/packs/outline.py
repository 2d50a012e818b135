"""The parts of a meeting's pack in their order, those left out among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.minutes import Minutes
from db.schema.packs import AwaitedPaper, PackPart, PackPlan
from db.schema.papers import Paper, StoredFile
from db.vocab import (
    OVER,
    Disclosure,
    Dividers,
    ItemKind,
    MeetingKind,
    MeetingState,
    PartKind,
    Sides,
    Standing,
)
from gwangju_desktop import clock
from gwangju_desktop.meetings import actionlist, queries
from gwangju_desktop.meetings.guards import meeting_of
from gwangju_desktop.meetings.rows import PaperRow
from gwangju_desktop.packs import arranging
from gwangju_desktop.text import C_, Msg

TITLES: dict[PartKind, Msg] = {
    **arranging.TITLES,
    PartKind.ITEM: C_("part", "Item"),
    PartKind.FIGURE: C_("part", "Figure"),
    PartKind.APPENDIX: C_("part", "Appendix"),
}
# What stands before the items and behind them in the usual pack.
FRONT = (
    PartKind.COVER,
    PartKind.AGENDA,
    PartKind.ATTENDANCE,
    PartKind.ROSTER,
    PartKind.SEATING,
    PartKind.PREVIOUS_MINUTES,
    PartKind.PREVIOUS_ACTIONS,
)
BACK = (PartKind.ABBREVIATIONS, PartKind.RECORDS, PartKind.NOTES)
ADDED = (PartKind.FIGURE, PartKind.APPENDIX)
# Nobody misses these unless the meeting asks for them.
_OFF = (PartKind.SEATING, PartKind.RECORDS, PartKind.NOTES)
# Standing items with a sheet of their own; the others are said in the room.
_READ = (Standing.PREVIOUS_ACTIONS.value, Standing.WRITTEN_REPORT.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the outline; a paper is a line of level 2 behind its item, of kind ITEM.

    `title` is a Msg for the program's own parts. `number` is the label of an item, `pages` those of
    a file, `closed` the ground it is not public on, `trouble` why a file cannot be bound. `empty`
    says that nothing would be printed. `part_id` is the row of a figure or an appendix, `paper_id`
    that of a paper.
    """

    key: str
    kind: PartKind
    title: str
    level: int = 1
    included: bool = True
    item_id: int | None = None
    part_id: int | None = None
    paper_id: int | None = None
    number: str = ""
    pages: int = 0
    trouble: str | None = None
    closed: str = ""
    members_only: bool = False
    empty: bool = False

    @property
    def switchable(self) -> bool:
        """Say whether the part can be left out by itself; papers go with their item."""
        return self.paper_id is None

    @property
    def removable(self) -> bool:
        """Say whether the part was added to the pack and can be taken away again."""
        return self.kind in ADDED


@dataclass(frozen=True, slots=True)
class Outline:
    """How a meeting's pack is put together; `written` says that somebody changed it."""

    meeting_id: int
    sides: Sides
    dividers: Dividers
    abbreviations: str
    lines: tuple[Line, ...]
    written: bool

    def line(self, key: str) -> Line | None:
        """Return the part of this key."""
        return next((line for line in self.lines if line.key == key), None)


class Row(Protocol):
    """What the order of parts follows from: a row of pack_part, or what would be one."""

    @property
    def kind(self) -> str: ...
    @property
    def item_id(self) -> int | None: ...
    @property
    def included(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Seed:
    """A part of the usual pack that has no row yet."""

    kind: str
    item_id: int | None = None
    included: bool = True


def usual(read: Session, meeting: Meeting, items: Sequence[int]) -> list[Seed]:
    """Return the parts of a pack nobody changed."""
    off = {*_OFF}
    if not _to_confirm(read, meeting):
        off.add(PartKind.PREVIOUS_MINUTES)
    return [
        *(Seed(kind.value, None, kind not in off) for kind in FRONT),
        *(Seed(PartKind.ITEM.value, item) for item in items),
        *(Seed(kind.value, None, kind not in off) for kind in BACK),
    ]


def behind(row: Row, items: Sequence[int]) -> bool:
    """Say whether a part goes with an item wherever that goes."""
    return row.kind in ADDED and row.item_id in items


def top(rows: Sequence[Row], items: Sequence[int]) -> list[Row]:
    """Return the parts that have a place of their own, in the order they were written in."""
    return [
        row
        for row in rows
        if not behind(row, items) and (row.kind != PartKind.ITEM or row.item_id in items)
    ]


def placed(rows: Sequence[Row], items: Sequence[int]) -> list[Row]:
    """Return parts in their order: items as on the agenda, figures and appendices behind theirs.

    The places of items are filled in the order of the agenda; an item without a row comes right
    behind the item before it.
    """
    own = {row.item_id: row for row in rows if row.kind == PartKind.ITEM}
    known = iter([item for item in items if item in own])
    order: list[Row] = [
        own[next(known)] if row.kind == PartKind.ITEM else row for row in top(rows, items)
    ]
    for at, item in enumerate(items):
        if item not in own:
            new = Seed(PartKind.ITEM.value, item)
            order.insert(_gap(order, items[at - 1] if at else None), new)
    found: list[Row] = []
    for row in order:
        found.append(row)
        if row.kind == PartKind.ITEM:
            found += [one for one in rows if behind(one, items) and one.item_id == row.item_id]
    return found


def printed(order: Sequence[Row]) -> list[Row]:
    """Return the parts that were not left out; what stands behind an item goes with it."""
    out = {row.item_id for row in order if row.kind == PartKind.ITEM and not row.included}
    return [
        row
        for row in order
        if row.included
        and not (row.kind in ADDED and row.item_id is not None and row.item_id in out)
    ]


def _gap(order: Sequence[Row], before: int | None) -> int:
    """Return where an item without a place stands: behind `before`, or as the first of the items."""
    kinds = [row.kind for row in order]
    if before is not None:
        return 1 + next(
            at
            for at, row in enumerate(order)
            if row.kind == PartKind.ITEM and row.item_id == before
        )
    if PartKind.ITEM in kinds:
        return kinds.index(PartKind.ITEM.value)
    return next((at for at, kind in enumerate(kinds) if kind in BACK), len(kinds))


def outline(read: Session, *, meeting_id: int) -> Outline:
    """Return the outline of a meeting's pack; raises UserError when there is no such meeting."""
    meeting = meeting_of(read, meeting_id)
    items = printed_items(read, meeting_id)
    rows = stored_rows(read, meeting_id)
    order = placed(rows or usual(read, meeting, items), items)
    plan = read.scalars(select(PackPlan).where(PackPlan.meeting_id == meeting_id)).first()
    abbreviations = plan.abbreviations if plan else ""
    steps = {step.id: step for step in queries.agenda(read, meeting_id=meeting_id)}
    grounds = _grounds(read, meeting_id)
    papers: dict[int, list[PaperRow]] = {}
    for paper in queries.papers(read, item_ids=items):
        papers.setdefault(paper.item_id, []).append(paper)
    why = _paper_grounds(read, items)
    files = _files(read, meeting_id)
    nothing = _nothing(read, meeting, abbreviations)
    lines: list[Line] = []
    there = printed(order)
    for row in order:
        kind = PartKind(row.kind)
        included = row in there
        if kind == PartKind.ITEM and row.item_id is not None:
            step = steps[row.item_id]
            line = Line(f"item-{step.id}", kind, step.title, 1, included, step.id)
            closed = grounds.get(step.id, "")
            lines.append(replace(line, number=step.number or "", closed=closed))
            lines += [
                _paper(paper, line, closed or why.get(paper.id, ""))
                for paper in papers.get(step.id, ())
            ]
        elif isinstance(row, PackPart) and kind in ADDED:
            added = _added(row, kind, items, files, grounds)
            lines.append(replace(added, included=included))
        else:
            lines.append(Line(kind.value, kind, TITLES[kind], 1, included, empty=kind in nothing))
    return Outline(
        meeting_id,
        Sides(plan.sides) if plan else Sides.RIGHT_HAND,
        Dividers(plan.dividers) if plan else Dividers.NONE,
        abbreviations,
        tuple(lines),
        bool(rows),
    )


def stored_rows(read: Session, meeting_id: int) -> list[PackPart]:
    """Return the rows of a meeting's pack in the order they were written in."""
    return list(
        read.scalars(
            select(PackPart).where(PackPart.meeting_id == meeting_id).order_by(PackPart.position)
        )
    )


def printed_items(read: Session, meeting_id: int) -> list[int]:
    """Return the items that have a sheet, in the order of the agenda."""
    texts = ("request", "reason", "contents", "reference", "basis", "budget")
    found = read.scalars(
        select(AgendaItem.id)
        .where(
            AgendaItem.meeting_id == meeting_id,
            or_(
                AgendaItem.kind.not_in((ItemKind.PROCEDURE.value, ItemKind.HEADING.value)),
                AgendaItem.standing.in_(_READ),
                *(getattr(AgendaItem, name) != "" for name in texts),
                exists().where(Paper.item_id == AgendaItem.id),
                exists().where(AwaitedPaper.item_id == AgendaItem.id),
            ),
        )
        .order_by(AgendaItem.position)
    )
    return list(found)


def _paper(paper: PaperRow, item: Line, ground: str) -> Line:
    members = paper.disclosure == Disclosure.MEMBERS
    return Line(
        f"paper-{paper.id}",
        PartKind.ITEM,
        paper.title,
        2,
        item.included,
        item.item_id,
        paper_id=paper.id,
        pages=paper.pages,
        trouble=paper.trouble,
        closed=ground,
        members_only=members,
    )


def _added(
    row: PackPart,
    kind: PartKind,
    items: Sequence[int],
    files: Mapping[int, StoredFile],
    grounds: Mapping[int, str],
) -> Line:
    file = files.get(row.file_id) if row.file_id is not None else None
    own = row.item_id if row.item_id in items else None
    members = row.disclosure == Disclosure.MEMBERS
    return Line(
        f"{kind.value}-{row.id}",
        kind,
        row.title or TITLES[kind],
        2 if own is not None else 1,
        row.included,
        own,
        part_id=row.id,
        pages=file.pages if file else 0,
        trouble=file.trouble if file else None,
        closed=row.ground if members else grounds.get(own or 0, ""),
        members_only=members,
    )


def _grounds(read: Session, meeting_id: int) -> dict[int, str]:
    """Return why restricted items are not public, by item."""
    found = read.execute(
        select(AgendaItem.id, AgendaItem.restricted_ground).where(
            AgendaItem.meeting_id == meeting_id, AgendaItem.restricted.is_(True)
        )
    )
    return {row.id: row.restricted_ground for row in found}


def _paper_grounds(read: Session, items: Sequence[int]) -> dict[int, str]:
    """Return why papers for members are not public, by paper."""
    found = read.execute(
        select(Paper.id, Paper.ground).where(
            Paper.item_id.in_(items), Paper.disclosure == Disclosure.MEMBERS.value
        )
    )
    return {row.id: row.ground for row in found}


def _files(read: Session, meeting_id: int) -> dict[int, StoredFile]:
    found = read.scalars(
        select(StoredFile)
        .join(PackPart, PackPart.file_id == StoredFile.id)
        .where(PackPart.meeting_id == meeting_id)
    )
    return {file.id: file for file in found}


def _nothing(read: Session, meeting: Meeting, abbreviations: str) -> set[PartKind]:
    """Return the parts that would print nothing today."""
    found = set()
    if not abbreviations.strip():
        found.add(PartKind.ABBREVIATIONS)
    if not actionlist.carried(read, meeting_id=meeting.id, today=clock.today()):
        found.add(PartKind.PREVIOUS_ACTIONS)
    return found


def _to_confirm(read: Session, meeting: Meeting) -> bool:
    """Say whether the sitting before left minutes that are not confirmed yet."""
    before = read.execute(
        select(Meeting.state, Minutes.id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    ).first()
    return before is not None and before.state == MeetingState.DRAFTED and before[1] is not None
