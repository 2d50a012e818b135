"""What all pages of a pack share: its names, its words, what stands round a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.vocab import Edition, ItemKind
from gwangju_desktop.documents.blocks import Para, para
from gwangju_desktop.packs.model import ItemData, PackData, Refs
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

KINDS: dict[ItemKind, Msg] = {
    ItemKind.DELIBERATION: C_("pack", "Vote"),
    ItemKind.REPORT: C_("pack", "Report"),
    ItemKind.DISCUSSION: C_("pack", "Discuss"),
    ItemKind.ADVICE: C_("pack", "Advise"),
}
CLOSED = N_("Not public (for members)")
ITEMS = NN_("{n} numbered item", "{n} numbered items")
SAMPLE = N_("Sample data · all people are fictional")


@dataclass(frozen=True, slots=True)
class Frame:
    """A pack's data in one language and edition."""

    data: PackData
    say: Words
    edition: Edition = Edition.MEMBERS

    @property
    def public(self) -> bool:
        """Tell whether everybody may read this edition."""
        return self.edition is Edition.PUBLIC

    @property
    def number(self) -> str:
        """Return "제3회" when the meeting's title begins with it."""
        if self.data.number is None:
            return ""
        number = self.say(C_("pack", "No. {number}"), number=self.data.number)
        return number if self.data.title.startswith(number) else ""

    @property
    def sitting(self) -> str:
        """Return the meeting's title without its number."""
        return self.data.title.removeprefix(self.number).strip() or self.data.title

    @property
    def name(self) -> str:
        """Return the meeting's whole name: 제3회 탄소중립도시추진위원회 정기회의."""
        said = self.say(C_("pack", "{body}, {sitting}"), body=self.data.body, sitting=self.sitting)
        return f"{self.number} {said}".strip()

    def foot(self) -> str:
        """Return the foot's left side: whether it is made up, when, whose; a long one is cut."""
        data = self.data
        parts = [self.say.day(data.starts, "when"), data.secretariat or data.body]
        if data.sample:
            parts.insert(0, self.say(SAMPLE))
        return " · ".join(parts)

    def span(self) -> str:
        """Return from when to when the meeting is planned."""
        start, end = self.say.day(self.data.starts, "time"), self.say.day(self.data.ends, "time")
        return self.range(start, end)

    def range(self, first: str, last: str) -> str:
        """Join two ends: ~ in Korean, an en dash in English."""
        return f"{first}~{last}" if self.say.language == "ko" else f"{first}–{last}"

    def pages(self, refs: Refs, key: str, *, until: str = "") -> str:
        """Return a part's pages, on to those of `until`; empty before the first numbering."""
        found = refs.get(key)
        if found is None:
            return ""
        last = refs.get(until, found).last
        return found.first if found.first == last else self.range(found.first, last)

    def page(self, refs: Refs, key: str) -> str:
        """Return "9쪽"; empty before the first numbering."""
        found = refs.get(key)
        return self.say(C_("pack", "p. {page}"), page=found.first) if found else ""

    def item_head(self, item: ItemData) -> str:
        """Return an item's running head and outline title."""
        if item.number is None:
            return item.title
        return self.say(C_("pack", "Item {number}"), number=item.number) + " · " + item.title

    def enrolled(self) -> str:
        """Return how many are enrolled and how many open the meeting."""
        quorum = self.data.quorum
        return self.say(
            N_("{enrolled} enrolled · quorum to open {required}"),
            enrolled=quorum.enrolled,
            required=quorum.required,
        )

    def kind_tag(self, item: ItemData) -> Para | str:
        """Return the mark of an item's kind: black for what is put to the vote."""
        label = KINDS.get(item.kind)
        if label is None:
            return ""
        return para(self.say(label), "solid" if item.kind is ItemKind.DELIBERATION else "open")

    def counted(self, items: Sequence[ItemData]) -> str:
        """Return "6건(의결 3 · 보고 2 · 토의 1)"."""
        kinds = [item.kind for item in items if item.number is not None]
        counts = [
            f"{self.say(label)} {kinds.count(kind)}"
            for kind, label in KINDS.items()
            if kind in kinds
        ]
        total = self.say(ITEMS, n=len(kinds))
        if not counts:
            return total
        return self.say(C_("pack", "{total} ({kinds})"), total=total, kinds=" · ".join(counts))


def joined(*parts: str) -> str:
    """Join what is there by middle dots."""
    return " · ".join(part for part in parts if part)
