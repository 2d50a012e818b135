"""Which parts a pack has, in their order, from what was gathered: pure, no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.vocab import Dividers, PartKind
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.packs.model import ItemData, PackData, PaperData, PartData
from gwangju_desktop.text import C_, Msg, Words, words

TITLES: dict[PartKind, Msg] = {
    PartKind.COVER: C_("pack", "Cover"),
    PartKind.AGENDA: C_("pack", "Order of business"),
    PartKind.ATTENDANCE: C_("pack", "Attendance sheet"),
    PartKind.ROSTER: C_("pack", "Member list"),
    PartKind.SEATING: C_("pack", "Seating plan"),
    PartKind.PREVIOUS_MINUTES: C_("pack", "Minutes of the previous meeting"),
    PartKind.PREVIOUS_ACTIONS: C_("pack", "What we decided last time"),
    PartKind.ABBREVIATIONS: C_("pack", "Abbreviations"),
    PartKind.RECORDS: C_("pack", "Decision sheets"),
    PartKind.NOTES: C_("pack", "Notes"),
}
_FRONT = (
    PartKind.COVER,
    PartKind.AGENDA,
    PartKind.ATTENDANCE,
    PartKind.ROSTER,
    PartKind.PREVIOUS_ACTIONS,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A part that was chosen, in its place; figures and appendices bring what they show."""

    kind: PartKind
    item_id: int | None = None
    id: int = 0
    title: str = ""
    closed: str = ""
    paper: PaperData | None = None
    figure: tuple[Block, ...] = ()


def usual(data: PackData) -> tuple[Slot, ...]:
    """Return the parts of a pack nobody changed."""
    items = tuple(Slot(PartKind.ITEM, item.id) for item in data.items if item.has_sheet)
    return (*map(Slot, _FRONT), *items, Slot(PartKind.ABBREVIATIONS))


def arranged(
    data: PackData, slots: Sequence[Slot] | None = None, say: Words | None = None
) -> tuple[PartData, ...]:
    """Return the parts that are printed: items with their papers, dividers, nothing empty."""
    say = say or words()
    parts: list[PartData] = []
    for slot in usual(data) if slots is None else slots:
        own = list(_parts(data, slot, say))
        if own and _divided(data, own[0]):
            first = own[0]
            parts.append(
                PartData(f"divider-{first.key}", first.kind, first.title, 1, first.item_id)
            )
        parts += own
    return tuple(parts)


def _divided(data: PackData, part: PartData) -> bool:
    """Tell whether a divider stands before a part."""
    if data.dividers is Dividers.NONE or part.level > 1 or part.kind is PartKind.COVER:
        return False
    return data.dividers is Dividers.SECTIONS or part.kind is PartKind.ITEM


def _parts(data: PackData, slot: Slot, say: Words) -> Iterator[PartData]:
    match slot.kind:
        case PartKind.ITEM:
            item = data.item(slot.item_id)
            if item is not None and item.has_sheet:
                yield from _item(data, item, say)
        case PartKind.FIGURE | PartKind.APPENDIX:
            item = data.item(slot.item_id)
            own = item is not None and item.has_sheet
            closed = slot.closed or (item.closed if item is not None else "") or data.closed
            yield PartData(
                f"{slot.kind}-{slot.id}",
                slot.kind,
                slot.title,
                2 if own else 1,
                slot.item_id if own else None,
                closed,
                slot.paper,
                slot.figure,
            )
        case _:
            if slot.closed or not _empty(data, slot.kind):
                yield PartData(
                    slot.kind.value, slot.kind, say(TITLES[slot.kind]), closed=slot.closed
                )


def _item(data: PackData, item: ItemData, say: Words) -> Iterator[PartData]:
    closed = item.closed or data.closed
    title = item.title
    if item.number is not None:
        title = say(C_("pack", "Item {number}"), number=item.number) + " · " + title
    yield PartData(item.key, PartKind.ITEM, title, 1, item.id, closed)
    for paper in item.papers:
        yield PartData(
            f"paper-{paper.id}",
            PartKind.ITEM,
            paper.title,
            2,
            item.id,
            closed or paper.ground,
            paper if paper.title else None,
        )


def _empty(data: PackData, kind: PartKind) -> bool:
    """Tell whether a part would be a page that says nothing."""
    match kind:
        case PartKind.PREVIOUS_MINUTES:
            return data.previous is None
        case PartKind.PREVIOUS_ACTIONS:
            return not data.actions
        case PartKind.ABBREVIATIONS:
            return not data.abbreviations
        case PartKind.ROSTER | PartKind.SEATING:
            return not data.members
        case PartKind.RECORDS:
            return not any(item.votes for item in data.items)
        case _:
            return False
