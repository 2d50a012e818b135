"""One meeting's pack: planned until every page reference is true, drawn once, bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from db.files import replacing
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout, Stack
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.packs.bind import BoundPaper, Slot, bind, place, seal
from gwangju_desktop.packs.model import Entry, ItemData, Notice, PackData, PackFacts
from gwangju_desktop.packs.pages import Pages, PaperKey, Refs, has_sheet, item_key, paper_keys
from gwangju_desktop.packs.papers import reason
from gwangju_desktop.text import C_, N_, words

_LANGUAGES = {"ko": "ko-KR", "en": "en"}
# A reference that gets a digit more can move a line, hence a page; it settles at once or twice.
_ROUNDS = 8
_MUCH_SMALLER = 0.9

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Part:
    """A run of pages under one reference: pages of ours, or a paper."""

    key: str
    title: str
    level: int
    head: str
    build: Callable[[Refs], list[Block]] | None = None
    paper: BoundPaper | None = None
    trouble: str | None = None


@dataclass(slots=True)
class _Plan:
    """Which part has which pages; `pages` are the drawn ones, None for a paper's."""

    entries: list[Entry] = field(default_factory=list)
    pages: list[tuple[Part, list[Stack] | None]] = field(default_factory=list)
    total: int = 0

    @property
    def references(self) -> dict[str, int]:
        return {entry.key: entry.page for entry in self.entries}


class _Papers:
    """The clean copies of a pack, each opened once; a copy that is gone is a trouble."""

    def __init__(self) -> None:
        self._open: dict[Path, BoundPaper] = {}

    def bound(self, key: PaperKey) -> tuple[BoundPaper | None, str | None]:
        """Return a paper's clean copy, or the code of what is wrong with it."""
        import pikepdf

        paper = key.paper
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

    def close(self) -> None:
        """Close all files."""
        for paper in self._open.values():
            paper.pdf.close()


def write_pack(
    data: PackData,
    target: Path,
    *,
    language: str = "ko",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write a meeting's pack as one PDF and return its facts; an old file is replaced whole.

    `progress(done, total)` counts pages. Raises Cancelled when `cancelled()` turns true, Full or
    ReadOnly when the file cannot be written.
    """
    papers = _Papers()
    try:
        pages = Pages(data, words(language))
        parts = list(_parts(pages, papers))
        plan = _settled(parts)
        counter = _Counter(plan.total, progress, cancelled)
        drawn, slots, missing = _draw(pages, plan, language, counter)
        with replacing(target) as temporary:
            bind(drawn, slots, temporary, step=counter.step, cancelled=cancelled)
            digest = seal(temporary)
    finally:
        papers.close()
    return PackFacts(
        pages=plan.total,
        entries=tuple(plan.entries),
        sha256=digest,
        warnings=tuple(_warnings(plan, missing)),
    )


def _parts(pages: Pages, papers: _Papers) -> Iterable[Part]:
    data, say = pages.data, pages.say
    cover = say(C_("pack", "Cover"))
    yield Part("cover", cover, 1, "", lambda _: pages.cover())
    title = say(C_("pack", "Order of business"))
    yield Part("agenda", title, 1, title, pages.agenda)
    title = say(C_("pack", "Attendance sheet"))
    yield Part("attendance", title, 1, title, lambda _: pages.attendance())
    for item in data.items:
        if not has_sheet(item):
            continue
        head, keys = pages.item_head(item), paper_keys(data, item)

        def front(refs: Refs, item: ItemData = item, keys: list[PaperKey] = keys) -> list[Block]:
            return pages.front(item, keys, refs)

        yield Part(item_key(data, item), head, 1, head, front)
        for key in keys:
            yield _paper_part(pages, key, papers)


def _paper_part(pages: Pages, key: PaperKey, papers: _Papers) -> Part:
    bound, trouble = papers.bound(key)
    title = key.paper.title
    if trouble is None:
        return Part(key.key, title, 2, pages.paper_head(key), paper=bound)
    why = trouble

    def sheet(_: Refs) -> list[Block]:
        return pages.not_attached(key, why)

    return Part(key.key, title, 2, pages.item_head(key.item), sheet, trouble=trouble)


def _settled(parts: list[Part]) -> _Plan:
    """Lay out, number, and lay out again with those numbers until they are the true ones."""
    layout = Layout(metrics(), Theme())
    references: dict[str, int] = {}
    for _ in range(_ROUNDS):
        plan = _planned(parts, layout, references)
        if plan.references == references:
            return plan
        references = plan.references
    raise RuntimeError("page references do not settle")


def _planned(parts: list[Part], layout: Layout, references: Refs) -> _Plan:
    plan = _Plan()
    for part in parts:
        stacks: list[Stack] | None = None
        if part.paper is not None:
            count = len(part.paper.pages)
        else:
            assert part.build is not None
            stacks = layout.flow(part.build(references))
            count = len(stacks)
        plan.pages.append((part, stacks))
        page = plan.total + 1
        plan.entries.append(Entry(part.key, part.title, part.level, page, count, part.trouble))
        plan.total += count
    return plan


class _Counter:
    """Tells how far the work is: every page is drawn, then every paper's page bound."""

    def __init__(
        self,
        pages: int,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.total, self.done = pages, 0
        self._progress, self._cancelled = progress, cancelled

    def step(self) -> None:
        """Count one page; raises Cancelled."""
        if self._cancelled and self._cancelled():
            raise Cancelled
        self.done += 1
        if self._progress:
            self._progress(self.done, self.total)


def _draw(
    pages: Pages, plan: _Plan, language: str, counter: _Counter
) -> tuple[bytes, list[Slot], tuple[str, ...]]:
    """Return the drawn sheets, the papers' places under them, and characters without a shape."""
    kind = pages.say(C_("pack", "Meeting pack"))
    canvas = Canvas(
        title=f"{pages.name} {kind}",
        author=pages.data.secretariat or pages.data.body,
        language=_LANGUAGES[language],
        link_text=pages.say(N_("Go to this page")),
        accessible=all(part.paper is None for part, _ in plan.pages),
    )
    writer = Writer(canvas, Theme())
    slots: list[Slot] = []
    foot = pages.foot()
    for part, stacks in plan.pages:
        left = pages.name if part.head else ""
        for stack in stacks or ():
            folio = f"{len(canvas.pages) + 1} / {plan.total}"
            writer.sheet(Sheet(part.key, folio, left, part.head, foot, stack))
            counter.step()
        if part.paper is not None:
            for number, facts in enumerate(part.paper.pages):
                folio = f"{len(canvas.pages) + 1} / {plan.total}"
                slots.append(Slot(len(canvas.pages), part.paper, number))
                writer.sheet(_paper_sheet(part, number, folio, place(facts).size))
    return canvas.finish(), slots, canvas.missing


def _paper_sheet(part: Part, number: int, folio: str, size: tuple[float, float]) -> Sheet:
    """Return the sheet a paper's page goes under; the first one is the part's destination."""
    first = number == 0
    return Sheet(
        section=part.key,
        folio=folio,
        foot=part.head,
        size=size,
        alternative=f"{part.title} {number + 1}",
        key=part.key if first else "",
        outline=part.title if first else "",
    )


def _warnings(plan: _Plan, missing: tuple[str, ...]) -> Iterable[Notice]:
    """Return what to look at before the pack goes out."""
    for entry in plan.entries:
        if entry.trouble:
            yield Notice(
                N_("{title}: not attached. {why}"),
                {"title": entry.title, "why": reason(entry.trouble)},
            )
    for (part, _), entry in zip(plan.pages, plan.entries, strict=True):
        if part.paper is None:
            continue
        for number, facts in enumerate(part.paper.pages):
            scale = place(facts).scale
            if scale < _MUCH_SMALLER:
                yield Notice(
                    N_("Page {page}: shrunk to {percent}% of the original."),
                    {"page": entry.page + number, "percent": round(scale * 100)},
                )
    if missing:
        yield Notice(
            N_("These characters have no shape in the typeface: {characters}"),
            {"characters": " ".join(missing)},
        )
