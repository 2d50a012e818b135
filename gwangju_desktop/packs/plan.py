"""A pack's parts on numbered pages, before anything is drawn.

Pages are laid out, numbered, and laid out again with those numbers until every reference is true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from db.vocab import PartKind
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout, Stack
from gwangju_desktop.documents.plainer import simple, text_of
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.packs.bind import BoundPaper
from gwangju_desktop.packs.model import (
    Copy,
    Entry,
    Frozen,
    PackData,
    PaperData,
    PartData,
    Refs,
    Span,
)
from gwangju_desktop.packs.pages import Pages

# A reference that gets a digit more can move a line, hence a page; it settles at once or twice.
_ROUNDS = 8

Alive = Callable[[], None]


class OpenPapers:
    """The clean copies of a pack, each opened once; a copy that is gone is a trouble."""

    def __init__(self) -> None:
        self._open: dict[Path, BoundPaper] = {}

    def __enter__(self) -> OpenPapers:
        return self

    def __exit__(self, *_: object) -> None:
        for paper in self._open.values():
            paper.pdf.close()

    def bound(self, paper: PaperData) -> tuple[BoundPaper | None, str | None]:
        """Return a paper's clean copy, or the code of what is wrong with it."""
        import pikepdf

        if paper.trouble or paper.clean is None:
            return None, paper.trouble or "missing"
        if paper.clean not in self._open:
            try:
                self._open[paper.clean] = BoundPaper.open(paper.clean)
            except OSError:
                return None, "missing"
            except (pikepdf.PdfError, AttributeError, KeyError):
                return None, "broken"
        return self._open[paper.clean], None


class _Asked(Mapping[str, Span]):
    """References that remember what was asked of them."""

    def __init__(self, references: Refs) -> None:
        self._references = references
        self.answers: dict[str, Span | None] = {}

    def __getitem__(self, key: str) -> Span:
        self.answers[key] = self._references.get(key)
        return self._references[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._references)

    def __len__(self) -> int:
        return len(self._references)


@dataclass(slots=True, eq=False)
class PackPage:
    """One page of a pack: pages of ours have a `stack`, a paper's its number, a blank neither.

    `shade` marks the chair's own parts, `keys` are parts that this page stands for as well.
    """

    part: Part
    theme: Theme
    label: str = ""
    stack: Stack | None = None
    number: int | None = None
    shade: bool = False
    keys: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether this is the empty back of a page."""
        return self.stack is None and self.number is None


@dataclass(slots=True, eq=False)
class Part:
    """A part with what fills it: blocks that ask for references, or a paper."""

    data: PartData
    head: str
    build: Callable[[Refs], list[Block]]
    paper: BoundPaper | None = None
    trouble: str | None = None
    _stacks: list[Stack] = field(default_factory=list)
    _answers: dict[str, Span | None] | None = None

    @property
    def key(self) -> str:
        """The part's key, the same in all editions and for good."""
        return self.data.key

    def pages(self, theme: Theme, references: Refs) -> list[PackPage]:
        """Return the part's pages; it is laid out anew only if a reference it shows is another."""
        if self.paper is not None:
            return [PackPage(self, theme, number=n) for n in range(len(self.paper.pages))]
        same = self._answers is not None and all(
            references.get(key) == value for key, value in self._answers.items()
        )
        if not same:
            asked = _Asked(references)
            self._stacks = flowed(self.build(asked), theme)
            self._answers = asked.answers
        return [PackPage(self, theme, stack=stack) for stack in self._stacks]

    def forget(self) -> None:
        """Let go of the laid out pages; whoever still needs one holds it."""
        self._stacks, self._answers = [], None


@dataclass(slots=True)
class Plan:
    """Numbered pages, and where on paper each part stands."""

    pages: list[PackPage]
    frozen: Frozen


def flowed(blocks: Sequence[Block], theme: Theme) -> list[Stack]:
    """Return the pages of some blocks; at least one."""
    # A layout remembers all it measured, so none outlives its part.
    return Layout(metrics(), theme).flow(blocks)


def prepared(
    parts: Sequence[PartData], pages: Pages, papers: OpenPapers, copy: Copy | None = None
) -> list[Part]:
    """Open the papers of the parts; one that cannot be bound becomes a sheet that says why."""
    return [_prepared(part, pages, papers, copy) for part in parts]


def _prepared(part: PartData, pages: Pages, papers: OpenPapers, copy: Copy | None) -> Part:
    head = pages.head(part)
    if part.key == PartKind.COVER:
        return Part(part, "", lambda _: pages.cover(copy))
    if part.paper is None:
        return Part(part, head, lambda refs: pages.blocks(part, refs))
    bound, trouble = papers.bound(part.paper)
    why = trouble or ""
    return Part(part, head, lambda _: pages.not_attached(part, why), bound, trouble)


def members(
    parts: Sequence[Part],
    theme: Theme,
    *,
    right_hand: bool,
    alive: Alive,
    start: int = 1,
    suffix: str = "",
) -> Plan:
    """Number the members' pages from `start`; with `right_hand` items begin on odd ones.

    `alive` is called for each part and may raise; `suffix` stands behind every number.
    """
    references: Refs = {}
    for _ in range(_ROUNDS):
        plan = _members(parts, theme, references, right_hand, start, alive)
        found = spans(plan.frozen, suffix)
        if found == references:
            for number, page in enumerate(plan.pages, start):
                page.label = f"{number}{suffix}"
            return plan
        references = found
    raise RuntimeError("page references do not settle")


def spans(frozen: Frozen, suffix: str = "") -> dict[str, Span]:
    """Return where each part stands as it is printed."""
    return {
        key: Span(f"{first}{suffix}", f"{first + frozen.count[key] - 1}{suffix}")
        for key, first in frozen.first.items()
    }


def _members(
    parts: Sequence[Part],
    theme: Theme,
    references: Refs,
    right_hand: bool,
    start: int,
    alive: Alive,
) -> Plan:
    pages: list[PackPage] = []
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for part in parts:
        alive()
        if right_hand and part.data.right_hand and pages and (len(pages) + start) % 2 == 0:
            pages.append(PackPage(pages[-1].part, theme))
        own = part.pages(theme, references)
        first[part.key], count[part.key] = len(pages) + start, len(own)
        pages += own
    return Plan(pages, Frozen(first, count, len(pages) + start - 1))


def entries(parts: Sequence[Part], frozen: Frozen) -> tuple[Entry, ...]:
    """Return the parts with their places on paper."""
    return tuple(
        Entry(
            part.key,
            part.data.title,
            part.data.level,
            frozen.first[part.key],
            frozen.count[part.key],
            part.trouble,
        )
        for part in parts
    )


# What a part says, as a number


def digests(parts: Sequence[Part], bare: Pages) -> dict[str, str]:
    """Return what each part says as SHA-256 in hex, wherever it stands.

    Page numbers are not part of it. `bare` are the pages of `without_circumstances(data)`.
    """
    return {part.key: _digest(part, bare) for part in parts}


def without_circumstances(data: PackData) -> PackData:
    """Return a pack without what changes by itself: days that pass, papers, who else comes."""
    items = tuple(replace(item, papers=()) for item in data.items)
    actions = tuple(
        replace(one, mark=one.mark if one.done else "", late=False, late_days=0)
        for one in data.actions
    )
    # Who comes in whose place and when one meets next is no reason to print pages anew.
    members = tuple(replace(one, substitute="") for one in data.members)
    return replace(
        data,
        printed=data.starts.date(),
        items=items,
        actions=actions,
        members=members,
        guests=(),
        following=None,
    )


def _digest(part: Part, bare: Pages) -> str:
    paper = part.data.paper
    if paper is not None and part.paper is not None and paper.clean is not None:
        return paper.sha256 or _file_digest(paper.clean)
    if paper is not None:
        return _said(f"{part.data.title}\n{part.trouble}")
    # By its words alone: a newer program that sets them otherwise has changed nothing.
    return _said(text_of(simple(bare.blocks(part.data, {}))))


def _said(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
