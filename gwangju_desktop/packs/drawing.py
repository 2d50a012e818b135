"""Numbered pages drawn upon sheets, papers bound under them, the file sealed."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.files import replacing
from db.vocab import IssueKind
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.packs.bind import Slot, bind, place, seal
from gwangju_desktop.packs.model import Notice, Stamp
from gwangju_desktop.packs.pages import Pages
from gwangju_desktop.packs.papers import reason
from gwangju_desktop.packs.plan import PackPage
from gwangju_desktop.text import C_, N_, Msg, Words

_LANGUAGES = {"ko": "ko-KR", "en": "en"}
_MUCH_SMALLER = 0.9

Progress = Callable[[int, int], None]
ISSUES: dict[IssueKind, Msg] = {
    IssueKind.ISSUE: C_("sheet", "Issue {number}"),
    IssueKind.SUPPLEMENT: C_("sheet", "Supplement {number}"),
    IssueKind.REVISION: C_("sheet", "Revision {number}"),
}


class Work:
    """Tells how far the work is and stops it: every page is drawn, then every paper's page bound."""

    def __init__(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self.total = self.done = 0
        self.cancelled = cancelled
        self._progress = progress

    def alive(self) -> None:
        """Raise Cancelled when nobody waits any more."""
        if self.cancelled and self.cancelled():
            raise Cancelled

    def step(self) -> None:
        """Count one page; raises Cancelled."""
        self.alive()
        self.done += 1
        if self._progress:
            self._progress(self.done, self.total)


@contextlib.contextmanager
def _unswept() -> Iterator[None]:
    """Keep the collector of cycles away: it would walk a whole program's objects again and again.

    What is drawn is needed to the end, so there is nothing to collect.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def stamp_line(say: Words, stamp: Stamp | None) -> str:
    """Return what the foot of page 1 says: which issue, when and its short hash, or a draft."""
    if stamp is None:
        return say(N_("Draft · page numbers may still change"))
    return say(
        N_("{issue} · {at:full} {at:time} · hash {hash}"),
        issue=say(ISSUES[stamp.kind], number=stamp.number),
        at=stamp.at,
        hash=stamp.short_hash,
    )


@dataclass(slots=True, kw_only=True)
class Press:
    """Draws one pack; `total` is the "of n" beside each number, 0 for none."""

    pages: Pages
    title: str
    theme: Theme
    stamp: Stamp | None
    total: int
    work: Work

    def write(self, sides: Sequence[PackPage], target: Path) -> tuple[str, tuple[str, ...]]:
        """Write the file and return its SHA-256 and the characters the type has no shape for.

        An old file is replaced whole. Raises Cancelled, Full or ReadOnly.
        """
        self.work.total = len(sides)
        with _unswept():
            drawn, slots, missing = self._drawn(sides)
            with replacing(target) as temporary:
                bind(drawn, slots, temporary, step=self.work.step, cancelled=self.work.cancelled)
                return seal(temporary), missing

    def _drawn(self, sides: Sequence[PackPage]) -> tuple[bytes, list[Slot], tuple[str, ...]]:
        pages, say = self.pages, self.pages.say
        canvas = Canvas(
            title=self.title,
            author=pages.data.secretariat or pages.data.body,
            language=_LANGUAGES[say.language],
            link_text=say(N_("Go to this page")),
            accessible=all(side.number is None for side in sides),
            targets=frozenset(key for side in sides for key in (side.part.key, *side.keys)),
        )
        writer = Writer(canvas, self.theme)
        slots: list[Slot] = []
        for index, side in enumerate(sides):
            if side.number is None:
                writer.sheet(self._sheet(side, first=index == 0))
                self.work.step()
                # Drawn is done: a thousand measured pages fill the memory.
                side.stack = ()
                continue
            assert side.part.paper is not None
            slots.append(Slot(index, side.part.paper, side.number))
            writer.sheet(self._paper_sheet(side, side.number))
        return canvas.finish(), slots, canvas.missing

    def _folio(self, side: PackPage) -> str:
        folio = f"{side.label} / {self.total}" if self.total else side.label
        return f"{self._draft}  {folio}" if self._draft else folio

    @property
    def _draft(self) -> str:
        return self.pages.say(C_("sheet", "DRAFT")) if self.stamp is None else ""

    def _sheet(self, side: PackPage, *, first: bool) -> Sheet:
        say, head = self.pages.say, side.part.head
        return Sheet(
            section=side.part.key,
            folio=self._folio(side),
            head_left=self.pages.name if head else "",
            head_right=head,
            foot=stamp_line(say, self.stamp) if first else self.pages.foot(),
            content=side.stack,
            label=side.label,
            blank=say(C_("sheet", "(blank page)")) if side.blank else "",
            mark=self._draft,
            memo=say(C_("sheet", "Notes")),
            shade=side.shade,
            keys=side.keys,
            theme=side.theme,
        )

    def _paper_sheet(self, side: PackPage, number: int) -> Sheet:
        """Return the sheet a paper's page goes under; the first one is the part's destination."""
        part = side.part
        assert part.paper is not None
        first = number == 0
        return Sheet(
            section=part.key,
            folio=self._folio(side),
            foot=part.head,
            size=place(part.paper.pages[number]).size,
            alternative=f"{part.data.title} {number + 1}",
            key=part.key if first else "",
            outline=part.data.title if first else "",
            label=side.label,
            mark=self._draft,
            shade=side.shade,
            theme=side.theme,
        )


def warnings(sides: Sequence[PackPage], missing: tuple[str, ...]) -> Iterable[Notice]:
    """Return what to look at before the pack goes out."""
    told: set[str] = set()
    for side in sides:
        part = side.part
        if part.trouble and part.key not in told:
            told.add(part.key)
            yield Notice(
                N_("{title}: not attached. {why}"),
                {"title": part.data.title, "why": reason(part.trouble)},
            )
    for side in sides:
        if side.number is None or side.part.paper is None:
            continue
        scale = place(side.part.paper.pages[side.number]).scale
        if scale < _MUCH_SMALLER:
            yield Notice(
                N_("Page {page}: shrunk to {percent}% of the original."),
                {"page": side.label, "percent": round(scale * 100)},
            )
    if missing:
        yield Notice(
            N_("These characters have no shape in the typeface: {characters}"),
            {"characters": " ".join(missing)},
        )
