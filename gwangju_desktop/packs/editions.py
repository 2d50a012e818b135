"""Editions of one issue: the members' pack owns the numbers, all others keep them.

An edition that needs more room goes on after the members' page 24 with 24-1; of what is closed the
public edition knows the page numbers alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from db.vocab import PartKind
from gwangju_desktop.documents.blocks import Block, Heading, PageBreak, Rule, para
from gwangju_desktop.documents.styles import MM, Theme, enlarged
from gwangju_desktop.packs.model import Frozen, PartData
from gwangju_desktop.packs.plan import Alive, PackPage, Part, flowed, spans
from gwangju_desktop.text import C_, N_, Words

# Signed by hand or drawn to measure: these stand as the members have them.
_AS_THEY_ARE = (PartKind.ATTENDANCE, PartKind.RECORDS, PartKind.NOTES)
# What belongs to an item leaves room for notes beside it.
_WITH_NOTES = (PartKind.ITEM,)
_NOTES_WIDTH = 38 * MM


def numbered(own: Sequence[PackPage], first: int, count: int) -> None:
    """Label a part's pages by the `count` numbers it has on paper from `first`.

    With more pages the last number goes on as 24-1; with fewer the last page has the rest, 24–25.
    """
    last = first + count - 1
    for index, page in enumerate(own):
        page.label = str(first + index) if index < count else f"{last}-{index - count + 1}"
    if len(own) < count:
        own[-1].label = span(first + len(own) - 1, last)


def span(first: int, last: int) -> str:
    """Return the label of a range of pages: 41–46, or 41."""
    return str(first) if first == last else f"{first}–{last}"


def members(parts: Sequence[Part], frozen: Frozen, theme: Theme, *, alive: Alive) -> list[PackPage]:
    """Return the members' pages with the numbers they have on paper, blanks included."""
    pages: list[PackPage] = []
    references = spans(frozen)
    following = 1
    for part in parts:
        alive()
        first, count = frozen.first[part.key], frozen.count[part.key]
        if pages:
            for number in range(following, first):
                pages.append(PackPage(pages[-1].part, theme, str(number)))
        own = part.pages(theme, references)
        numbered(own, first, count)
        pages += own
        following = first + count
    return pages


# The public edition


@dataclass(slots=True)
class _Closed:
    """Parts next to each other that are closed on one ground."""

    keys: list[str]
    item_id: int | None
    ground: str
    last: int


def public(
    parts: Sequence[Part],
    frozen: Frozen,
    theme: Theme,
    say: Words,
    *,
    right_hand: bool,
    alive: Alive,
) -> list[PackPage]:
    """Return the public edition's pages: what is closed is one sheet that says why.

    A key that `frozen` has and `parts` have not is closed too: nothing of it was read.
    """
    return _Public(parts, frozen, theme, say, right_hand=right_hand).run(alive)


class _Public:
    def __init__(
        self, parts: Sequence[Part], frozen: Frozen, theme: Theme, say: Words, *, right_hand: bool
    ) -> None:
        self.parts = {part.key: part for part in parts}
        self.frozen, self.theme, self.say = frozen, theme, say
        self.right_hand = right_hand
        self.pages: list[PackPage] = []
        self.closed: _Closed | None = None

    def run(self, alive: Alive) -> list[PackPage]:
        references = spans(self.frozen)
        for key in sorted(self.frozen.first, key=self.frozen.first.__getitem__):
            alive()
            part = self.parts.get(key)
            if part is None or part.data.closed:
                self._close(key, part.data if part else None)
                continue
            self._shut()
            own = part.pages(self.theme, references)
            first = self.frozen.first[key]
            numbered(own, first, self.frozen.count[key])
            self._turn(first)
            self.pages += own
        self._shut()
        return self.pages

    def _turn(self, first: int) -> None:
        """Keep an odd number on a right-hand page; the side left empty has the number before."""
        if not self.right_hand or len(self.pages) % 2 == (first + 1) % 2 or not self.pages:
            return
        last = self.pages[-1]
        before = str(first - 1)
        known = last.label.rpartition("–")[2] == before
        self.pages.append(PackPage(last.part, self.theme, last.label if known else before))

    def _close(self, key: str, part: PartData | None) -> None:
        first, last = self.frozen.first[key], 0
        last = first + self.frozen.count[key] - 1
        now = self.closed
        if now and now.last + 1 == first and self._together(now, part):
            now.keys.append(key)
            now.last = last
            return
        self._shut()
        ground = part.closed if part else now.ground if now else ""
        self.closed = _Closed([key], part.item_id if part else None, ground, last)

    @staticmethod
    def _together(now: _Closed, part: PartData | None) -> bool:
        return part is None or (part.item_id, part.closed) == (now.item_id, now.ground)

    def _shut(self) -> None:
        """Put the sheet for what was closed up to here."""
        closed, self.closed = self.closed, None
        if closed is None:
            return
        first = self.frozen.first[closed.keys[0]]
        item = self.parts.get(f"item-{closed.item_id}")
        known = self.parts.get(closed.keys[0])
        head = item.head if item else known.head if known else ""
        data = PartData(closed.keys[0], PartKind.ITEM, "", item_id=closed.item_id)
        stacks = flowed(self._sheet(closed, head, first), self.theme)
        part = Part(data, head, lambda _: [])
        label = span(first, closed.last)
        self._turn(first)
        for number, stack in enumerate(stacks):
            page = PackPage(part, self.theme, label, stack)
            page.keys = tuple(closed.keys) if number == 0 else ()
            self.pages.append(page)

    def _sheet(self, closed: _Closed, head: str, first: int) -> list[Block]:
        say = self.say
        where = span(first, closed.last)
        if say.language == "ko":
            where = where.replace("–", "~")
        one = C_("sheet", "p. {pages} is not public")
        several = C_("sheet", "pp. {pages} are not public")
        said = say(one if first == closed.last else several, pages=where)
        return [
            Heading(1, say(C_("sheet", "Not public")), closed.keys[0]),
            *([para(head, "lead")] if head else []),
            Rule(1.2),
            para(f"{said}: {closed.ground}" if closed.ground else said, "lead"),
            para(
                say(
                    N_(
                        "Page numbers are those of the members' pack. "
                        "What stands there is not in this file."
                    )
                ),
                "note",
            ),
        ]


# Large type


@dataclass(frozen=True, slots=True)
class Reader:
    """What the chair's copy has beyond the members' pages.

    `behind` returns the pages after a part's last sheet, each beginning with a page break; `own`
    says which parts the reader takes the chair for.
    """

    behind: Callable[[PartData], Sequence[Block]]
    own: Callable[[PartData], bool]


def large(
    pages: Sequence[PackPage], theme: Theme, *, alive: Alive, reader: Reader | None = None
) -> list[PackPage]:
    """Set every members' page again in large type; what does not fit goes on as 24-1, 24-2.

    With a `reader` (the chair) items have a column for notes and their scripts behind them.
    """
    return _Large(theme, reader).run(pages, alive)


class _Large:
    def __init__(self, theme: Theme, reader: Reader | None) -> None:
        self.reader = reader
        self.wide = enlarged(theme)
        self.narrow = self.wide
        if reader is not None:
            self.narrow = enlarged(theme, notes=_NOTES_WIDTH)
        self.out: list[PackPage] = []
        self._more: Counter[str] = Counter()

    def run(self, pages: Sequence[PackPage], alive: Alive) -> list[PackPage]:
        blank: PackPage | None = None
        before: PackPage | None = None
        for page, following in pairwise([*pages, None]):
            assert page is not None
            if page.blank:
                blank = page
                continue
            begins = before is None or page.part is not before.part
            if begins:
                alive()
                self._turn(page, blank)
            blank, before = None, page
            shade = self.reader is not None and self.reader.own(page.part.data)
            self._page(page, shade=shade)
            if following is None or following.part is not page.part or following.blank:
                self._behind(page, shade=shade)
        return self.out

    def _turn(self, page: PackPage, blank: PackPage | None) -> None:
        """Begin an item on a right-hand page if it does in the members' pack."""
        right = page.part.data.right_hand and page.label.partition("–")[0].isdecimal()
        odd = right and int(page.label.partition("–")[0]) % 2
        if odd and len(self.out) % 2:
            last = self.out[-1]
            label = blank.label if blank else self._next(_stem(last.label))
            self.out.append(PackPage(last.part, self.wide, label))

    def _page(self, page: PackPage, *, shade: bool) -> None:
        kind = page.part.data.kind
        if page.stack is None or kind in _AS_THEY_ARE:
            # What stands round a paper is ours, and large.
            theme = page.theme if page.number is None else self.wide
            copied = PackPage(page.part, theme, page.label, page.stack, page.number, shade)
            self.out.append(copied)
            return
        theme = self.narrow if kind in _WITH_NOTES else self.wide
        blocks = [placed.fit.block for placed in page.stack]
        for number, stack in enumerate(flowed(blocks, theme)):
            label = page.label if number == 0 else self._next(page.label)
            self.out.append(PackPage(page.part, theme, label, stack, shade=shade))

    def _behind(self, page: PackPage, *, shade: bool) -> None:
        if self.reader is None:
            return
        blocks = self.reader.behind(page.part.data)
        if not blocks:
            return
        for stack in flowed(blocks, self.narrow):
            label = self._next(page.label)
            self.out.append(PackPage(page.part, self.narrow, label, stack, shade=shade))

    def _next(self, label: str) -> str:
        self._more[label] += 1
        return f"{label}-{self._more[label]}"


def _stem(label: str) -> str:
    """Return the members' number that an overflowing label goes on from."""
    return label.partition("-")[0]


def joined(*parts: Sequence[Block]) -> list[Block]:
    """Return blocks of which each part begins a page."""
    blocks: list[Block] = []
    for part in parts:
        if part and blocks:
            blocks.append(PageBreak())
        blocks += part
    return blocks
