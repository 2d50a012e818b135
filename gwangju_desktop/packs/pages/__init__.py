"""The pages of a pack that are written by us, part by part."""

from __future__ import annotations

from db.vocab import Edition, PartKind
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.packs import chairs
from gwangju_desktop.packs.model import Copy, ItemData, PackData, PartData, Refs
from gwangju_desktop.packs.pages import agenda, cover, front, people, previous, records
from gwangju_desktop.packs.pages.figure import figure
from gwangju_desktop.packs.pages.frame import Frame
from gwangju_desktop.text import Words

__all__ = ["Pages", "Refs"]


class Pages:
    """The pages of one pack in one language and edition."""

    def __init__(self, data: PackData, words: Words, *, edition: Edition = Edition.MEMBERS) -> None:
        self.frame = Frame(data, words, edition)
        self.data, self.say = data, words

    @property
    def name(self) -> str:
        """Return the meeting's whole name."""
        return self.frame.name

    def foot(self) -> str:
        """Return the foot's left side: when, whose, and whether it is made up."""
        return self.frame.foot()

    def item_head(self, item: ItemData) -> str:
        """Return an item's running head and outline title."""
        return self.frame.item_head(item)

    def head(self, part: PartData) -> str:
        """Return the running head of a part; of a paper, the words at the foot of its pages."""
        if part.paper is not None:
            return front.paper_head(self.frame, part)
        if part.kind is PartKind.COVER:
            return ""
        item = self.data.item(part.item_id)
        return self.frame.item_head(item) if item is not None else part.title

    def cover(self, copy: Copy | None = None) -> list[Block]:
        """Return the cover; a numbered copy names who it is for."""
        return cover.cover(self.frame, copy)

    def blocks(self, part: PartData, refs: Refs) -> list[Block]:
        """Return what stands on a part's pages; `part` is none that binds a file."""
        frame = self.frame
        if part.divider:
            return cover.divider(frame, part, refs)
        match part.kind:
            case PartKind.COVER:
                return cover.cover(frame)
            case PartKind.AGENDA:
                return agenda.agenda(frame, refs)
            case PartKind.ATTENDANCE:
                return people.attendance(frame)
            case PartKind.ROSTER:
                return people.roster(frame)
            case PartKind.SEATING:
                return people.seating(frame)
            case PartKind.PREVIOUS_MINUTES:
                return previous.minutes(frame)
            case PartKind.PREVIOUS_ACTIONS:
                return previous.actions(frame)
            case PartKind.ABBREVIATIONS:
                return people.abbreviations(frame)
            case PartKind.RECORDS:
                return records.records(frame)
            case PartKind.NOTES:
                return records.notes(frame)
            case PartKind.FIGURE:
                return figure(part)
            case PartKind.ITEM:
                item = self.data.item(part.item_id)
                if item is not None:
                    return front.front(frame, item, refs)
        raise ValueError(part.key)

    def not_attached(self, part: PartData, trouble: str) -> list[Block]:
        """Return the sheet that stands for a paper which could not be bound."""
        return front.not_attached(self.frame, part, trouble)

    # The chair's copy

    def opening_script(self) -> list[Block]:
        """Return the words that open the meeting."""
        return chairs.opening(self.frame)

    def script(self, item: ItemData) -> list[Block]:
        """Return the words on an item with a branch for every outcome."""
        return chairs.words_for(self.frame, item)

    def notes(self, item: ItemData) -> list[Block]:
        """Return a page to take notes on an item."""
        return chairs.notes(self.frame, item)

    def closing_script(self) -> list[Block]:
        """Return the words that close the meeting."""
        return chairs.closing(self.frame)

    def hers(self, item: ItemData) -> bool:
        """Tell whether the chair presides over an item of a meeting others chair in part."""
        return chairs.hers(self.frame, item)
