"""One meeting's pack in all its editions: planned until every page reference is true, drawn once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from db.vocab import Edition, ItemKind, PartKind, Sides
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.packs import editions
from gwangju_desktop.packs.arranging import arranged
from gwangju_desktop.packs.drawing import Press, Progress, Work, warnings
from gwangju_desktop.packs.model import (
    Copy,
    Frozen,
    Numbered,
    PackData,
    PackFacts,
    PartData,
    Stamp,
)
from gwangju_desktop.packs.pages import Pages
from gwangju_desktop.packs.plan import (
    OpenPapers,
    PackPage,
    Part,
    Plan,
    digests,
    entries,
    members,
    prepared,
    without_circumstances,
)
from gwangju_desktop.packs.supplement import write_revision, write_supplement
from gwangju_desktop.text import C_, Msg, Words, words

__all__ = [
    "Progress",
    "number_pack",
    "write_cover",
    "write_pack",
    "write_revision",
    "write_supplement",
]

_EDITIONS: dict[Edition, Msg] = {
    Edition.PUBLIC: C_("sheet", "public edition"),
    Edition.CHAIR: C_("sheet", "chair's copy"),
    Edition.LARGE: C_("sheet", "large print"),
}


def number_pack(data: PackData, *, language: str = "ko") -> Numbered:
    """Number the members' pages without drawing them, and say what each part holds."""
    say = words(language)
    with OpenPapers() as papers:
        parts = prepared(_parts(data), Pages(data, say), papers)
        plan = _members(data, parts, Theme(), Work())
        return Numbered(plan.frozen, _digests(data, parts, say))


def write_pack(
    data: PackData,
    target: Path,
    *,
    edition: Edition = Edition.MEMBERS,
    frozen: Frozen | None = None,
    stamp: Stamp | None = None,
    copy: Copy | None = None,
    language: str = "ko",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write an edition of a meeting's pack as one PDF; an old file is replaced whole.

    `frozen` is the members' numbering, which every other edition needs (number_pack); `data` for
    the public one holds public rows only. Without a `stamp` every page is marked as a draft.
    `progress(done, total)` counts pages. Raises Cancelled when `cancelled()` turns true, Full or
    ReadOnly when the file cannot be written.
    """
    if frozen is None and edition is not Edition.MEMBERS:
        raise ValueError("only the members' edition numbers itself")
    say, theme, work = words(language), Theme(), Work(progress, cancelled)
    pages = Pages(data, say, edition=edition)
    with OpenPapers() as papers:
        parts = prepared(_parts(data), pages, papers, copy)
        if frozen is None:
            plan = _members(data, parts, theme, work)
        else:
            plan = Plan(_pages(pages, parts, edition, frozen, theme, work), frozen)
        for part in parts:
            part.forget()
        press = Press(
            pages=pages,
            title=_title(pages, edition),
            theme=theme,
            stamp=stamp,
            total=plan.frozen.total,
            work=work,
        )
        digest, missing = press.write(plan.pages, target)
        return PackFacts(
            pages=len(plan.pages),
            entries=entries(parts, plan.frozen),
            sha256=digest,
            warnings=tuple(warnings(plan.pages, missing)),
            labels=tuple(page.label for page in plan.pages),
            frozen=plan.frozen,
            digests=_digests(data, parts, say),
        )


def write_cover(
    data: PackData,
    target: Path,
    *,
    frozen: Frozen,
    edition: Edition = Edition.MEMBERS,
    stamp: Stamp | None = None,
    copy: Copy | None = None,
    language: str = "ko",
) -> int:
    """Write a pack's first part alone, for copies of which only the cover differs.

    Returns its number of pages; they take the place of the pack's first ones.
    """
    pages = Pages(data, words(language), edition=edition)
    with OpenPapers() as papers:
        parts = prepared(_parts(data)[:1], pages, papers, copy)
        sides = editions.members(parts, frozen, Theme(), alive=lambda: None)
        if edition in (Edition.CHAIR, Edition.LARGE):
            sides = editions.large(sides, Theme(), alive=lambda: None)
        press = Press(
            pages=pages,
            title=_title(pages, edition),
            theme=Theme(),
            stamp=stamp,
            total=frozen.total,
            work=Work(),
        )
        press.write(sides, target)
        return len(sides)


def _parts(data: PackData) -> Sequence[PartData]:
    return data.parts or arranged(data)


def _members(data: PackData, parts: Sequence[Part], theme: Theme, work: Work) -> Plan:
    right_hand = data.sides is Sides.RIGHT_HAND
    return members(parts, theme, right_hand=right_hand, alive=work.alive)


def _pages(
    pages: Pages, parts: Sequence[Part], edition: Edition, frozen: Frozen, theme: Theme, work: Work
) -> list[PackPage]:
    """Return an edition's pages under the numbers that are on paper."""
    if edition is Edition.PUBLIC:
        right_hand = pages.data.sides is Sides.RIGHT_HAND
        return editions.public(
            parts, frozen, theme, pages.say, right_hand=right_hand, alive=work.alive
        )
    sides = editions.members(parts, frozen, theme, alive=work.alive)
    if edition is Edition.MEMBERS:
        return sides
    reader = _reader(pages, parts) if edition is Edition.CHAIR else None
    return editions.large(sides, theme, alive=work.alive, reader=reader)


def _reader(pages: Pages, parts: Sequence[Part]) -> editions.Reader:
    """Return what stands in the chair's copy alone: words to say, room for notes, her own parts."""
    data = pages.data
    items = [part.key for part in parts if part.key.startswith("item-")]
    # The last words stand behind the last item's papers.
    ends = {part.data.item_id: part.key for part in parts}
    last = next((part.data.item_id for part in parts if items and part.key == items[-1]), None)

    def behind(part: PartData) -> Sequence[Block]:
        if part.kind is PartKind.AGENDA:
            return pages.opening_script()
        said: list[Sequence[Block]] = []
        item = data.item(part.item_id)
        if item is not None and part.key in items:
            said.append(pages.script(item))
            if item.kind is ItemKind.DELIBERATION:
                said.append(pages.notes(item))
        if last is not None and part.key == ends[last]:
            said.append(pages.closing_script())
        return editions.joined(*said)

    def own(part: PartData) -> bool:
        item = data.item(part.item_id)
        return item is not None and pages.hers(item)

    return editions.Reader(behind, own)


def _title(pages: Pages, edition: Edition) -> str:
    title = f"{pages.name} {pages.say(C_('pack', 'Meeting pack'))}"
    if edition in _EDITIONS:
        title += f" ({pages.say(_EDITIONS[edition])})"
    return title


def _digests(data: PackData, parts: Sequence[Part], say: Words) -> dict[str, str]:
    return digests(parts, Pages(without_circumstances(data), say))
