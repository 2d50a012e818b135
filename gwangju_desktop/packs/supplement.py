"""What goes out after an issue: pages that follow it, and pages that take the place of others.

The numbers on paper never change. A supplement goes on behind the last of them (59 보충 1); a
revised part keeps its own and goes on with 37-1; a withdrawn one is a sheet that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.vocab import PartKind
from gwangju_desktop.documents.blocks import (
    Block,
    Column,
    Heading,
    Rule,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.styles import MM, Theme
from gwangju_desktop.packs.arranging import arranged
from gwangju_desktop.packs.drawing import Press, Progress, Work, warnings
from gwangju_desktop.packs.editions import numbered, span
from gwangju_desktop.packs.model import Frozen, PackData, PackFacts, PartData, Refs, Stamp
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
    spans,
    without_circumstances,
)
from gwangju_desktop.text import C_, N_, Msg, Words, words

_ROW = 10 * MM


def write_supplement(
    data: PackData,
    target: Path,
    *,
    keys: Collection[str],
    start: int,
    number: int,
    reason: str,
    stamp: Stamp | None = None,
    language: str = "ko",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write the parts of `keys` as supplement `number`, whose first page is `start`.

    `start` follows the last page on paper, those of earlier supplements included; there is no new
    total, the old one is on paper. Raises ValueError without any part, Cancelled, Full, ReadOnly.
    """
    say, work = words(language), Work(progress, cancelled)
    pages = Pages(data, say)
    chosen = [part for part in _parts(data) if part.key in keys]
    if not chosen:
        raise ValueError("a supplement needs a part")
    suffix = " " + say(C_("sheet", "suppl. {number}"), number=number)
    with OpenPapers() as papers:
        served = prepared(chosen, pages, papers)
        title = say(C_("sheet", "Supplement {number}"), number=number)
        cover = PartData("cover", PartKind.COVER, title)
        sheet = _Cover(pages, title, reason, start - 1, chosen)
        parts = [Part(cover, "", sheet.blocks), *served]
        plan = members(
            parts, Theme(), right_hand=False, alive=work.alive, start=start, suffix=suffix
        )
        return _written(pages, title, stamp, parts, plan, work, target, served)


def write_revision(
    data: PackData,
    target: Path,
    *,
    frozen: Frozen,
    changed: Collection[str],
    withdrawn: Collection[str] | Mapping[str, str],
    number: int,
    reason: str,
    stamp: Stamp | None = None,
    language: str = "ko",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write revision `number`: the `changed` parts under the numbers they have on paper.

    `frozen` is the issue's numbering. `withdrawn` are keys, with their titles where these may be
    told, each one sheet. Raises ValueError for a part that is not on paper or nothing to revise,
    Cancelled, Full, ReadOnly.
    """
    titles = dict(withdrawn) if isinstance(withdrawn, Mapping) else dict.fromkeys(withdrawn, "")
    keys = sorted({*changed, *titles}, key=lambda key: frozen.first.get(key, 0))
    if not keys or any(key not in frozen.first for key in keys):
        raise ValueError("only what is on paper can be revised")
    say, work = words(language), Work(progress, cancelled)
    pages = Pages(data, say)
    known = {part.key: part for part in _parts(data)}
    with OpenPapers() as papers:
        title = say(C_("sheet", "Revision {number}"), number=number)
        parts: list[Part] = []
        for key in keys:
            if key in titles:
                parts.append(_withdrawn(say, key, titles[key], frozen, known.get(key)))
            else:
                parts += prepared([known[key]], pages, papers)
        lines = [
            _Line(_place(frozen, part.key), part.data.title, part.key in titles) for part in parts
        ]
        sheet = PartData("cover", PartKind.COVER, title)
        cover = Part(sheet, "", lambda _: _changes(pages, title, reason, lines))
        sides = _revised(cover, parts, frozen, Theme(), work, say)
        plan = Plan(sides, frozen)
        return _written(pages, title, stamp, parts, plan, work, target, parts)


def _parts(data: PackData) -> Sequence[PartData]:
    parts = data.parts or arranged(data)
    return [part for part in parts if not part.divider]


def _written(
    pages: Pages,
    title: str,
    stamp: Stamp | None,
    parts: Sequence[Part],
    plan: Plan,
    work: Work,
    target: Path,
    digested: Sequence[Part],
) -> PackFacts:
    for part in parts:
        part.forget()
    press = Press(
        pages=pages,
        title=f"{pages.name} {title}",
        theme=Theme(),
        stamp=stamp,
        total=0,
        work=work,
    )
    digest, missing = press.write(plan.pages, target)
    bare = Pages(without_circumstances(pages.data), pages.say)
    return PackFacts(
        pages=len(plan.pages),
        entries=entries(parts, plan.frozen),
        sha256=digest,
        warnings=tuple(warnings(plan.pages, missing)),
        labels=tuple(page.label for page in plan.pages),
        frozen=plan.frozen,
        digests=digests([part for part in digested if part.data.closed != _GONE], bare),
    )


# Supplement


@dataclass(frozen=True, slots=True)
class _Cover:
    """A supplement's own cover: what it brings, for which items, why it comes now."""

    pages: Pages
    title: str
    reason: str
    follows: int
    parts: Sequence[PartData]

    def blocks(self, refs: Refs) -> list[Block]:
        say = self.pages.say
        columns = [
            Column(say(C_("pack", "Agenda item")), 0.36, style="strong"),
            Column(say(C_("pack", "Paper")), 0.42),
            Column(say(C_("pack", "Page")), 0.22, "right", "number"),
        ]
        rows = [
            (self._item(part), self._paper(part), refs[part.key].first if part.key in refs else "")
            for part in self.parts
        ]
        follows = say(N_("These pages follow page {page} of the pack."), page=self.follows)
        return [
            *_head(self.pages, self.title, self.reason),
            para(follows, "lead"),
            Space(2 * MM),
            table(
                columns,
                rows,
                row_head=True,
                min_row=_ROW,
                links=tuple(part.key for part in self.parts),
                caption=say(N_("What the supplement holds, with pages")),
            ),
        ]

    def _item(self, part: PartData) -> str:
        data = self.pages.data
        item = data.item(part.item_id)
        if item is None:
            return ""
        if item.number is None:
            return item.title
        return self.pages.say(C_("pack", "Item {number}"), number=item.number) + f" · {item.title}"

    def _paper(self, part: PartData) -> str:
        if part.item_id is not None and part.right_hand:
            return self.pages.say(C_("sheet", "The item itself"))
        return part.title


def _head(pages: Pages, title: str, reason: str) -> list[Block]:
    say = pages.say
    return [
        Space(10 * MM),
        para(pages.name, "item"),
        Space(2 * MM),
        Heading(1, title, "cover"),
        Rule(2.2),
        *([Heading(2, say(C_("sheet", "Reason"))), *prose(reason)] if reason.strip() else []),
        Space(4 * MM),
    ]


# Revision

_GONE = "withdrawn"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the list of changes."""

    pages: str
    title: str
    gone: bool


def _changes(pages: Pages, title: str, reason: str, lines: Sequence[_Line]) -> list[Block]:
    """Return the sheet that lists the changes and says what to do with the pages."""
    say = pages.say
    what: dict[bool, Msg] = {True: C_("sheet", "withdrawn"), False: C_("sheet", "replaced")}
    columns = [
        Column(say(C_("pack", "Page")), 0.18, style="strong"),
        Column(say(C_("sheet", "Part")), 0.62),
        Column(say(C_("sheet", "Change")), 0.2),
    ]
    rows = [(_spoken(line.pages, say), line.title, say(what[line.gone])) for line in lines]
    return [
        *_head(pages, title, reason),
        table(columns, rows, row_head=True, min_row=_ROW, caption=say(N_("List of changes"))),
        para(
            say(
                N_(
                    "Put these pages in the place of the old ones. Page numbers are as before; "
                    "a page that was added has the number before it and -1."
                )
            ),
            "note",
        ),
    ]


def _withdrawn(say: Words, key: str, title: str, frozen: Frozen, known: PartData | None) -> Part:
    """Return the sheet that stands for a part nobody is to read any more."""
    shown = title or say(C_("pack", "Paper"))
    kind = known.kind if known else PartKind.APPENDIX
    where = _spoken(_place(frozen, key), say)
    blocks: list[Block] = [
        Heading(1, say(C_("sheet", "Withdrawn")), key),
        Rule(1.2),
        para(shown, "lead"),
        para(
            say(N_("Pages {pages} of the pack are withdrawn. Please take them out."), pages=where)
        ),
    ]
    return Part(PartData(key, kind, shown, closed=_GONE), shown, lambda _: blocks)


def _place(frozen: Frozen, key: str) -> str:
    first = frozen.first[key]
    return span(first, first + frozen.count[key] - 1)


def _spoken(pages: str, say: Words) -> str:
    return pages.replace("–", "~") if say.language == "ko" else pages


def _revised(
    cover: Part, parts: Sequence[Part], frozen: Frozen, theme: Theme, work: Work, say: Words
) -> list[PackPage]:
    """Return the sheets: the list of changes, then every part on the side its number had."""
    label = cover.data.title
    sides = cover.pages(theme, {})
    for side in sides:
        side.label = label
    references = spans(frozen)
    for part in parts:
        work.alive()
        first, count = frozen.first[part.key], frozen.count[part.key]
        own = part.pages(theme, references)
        if part.data.closed == _GONE:
            for side in own:
                side.label = _place(frozen, part.key)
        else:
            numbered(own, first, count)
        if len(sides) % 2 == first % 2:
            sides.append(PackPage(sides[-1].part, theme, sides[-1].label))
        sides += own
    return sides
