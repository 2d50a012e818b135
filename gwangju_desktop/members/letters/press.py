"""Press blocks or drawn pages into one tagged A4 file with the program's own type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import Style, Theme
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.text import C_, N_, Words

_LANGUAGES = {"ko": "ko-KR", "en": "en"}
_SMALLEST = 6.0


class Issuer(Protocol):
    """What stands round a document: the body it is about, the office that prints, the day."""

    @property
    def on(self) -> dt.date:
        """Return the day it is printed for."""

    @property
    def sample(self) -> bool:
        """Say whether anybody on it is made up."""

    def name(self, say: Words) -> str:
        """Return the body's name."""

    def office(self, say: Words) -> str:
        """Return the office that prints."""


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: its bytes, its pages, characters the type has no shape for."""

    title: str
    data: bytes
    pages: int
    missing: tuple[str, ...]


def canvas(data: Issuer, title: str, say: Words) -> Canvas:
    """Return an empty canvas that knows its title, author and language."""
    return Canvas(
        title=title,
        author=data.office(say),
        language=_LANGUAGES[say.language],
        link_text=say(N_("Go to this page")),
        accessible=True,
    )


def finish(drawn: Canvas) -> Document:
    """Return the file of a canvas."""
    return Document(drawn.title, drawn.finish(), len(drawn.pages), drawn.missing)


def flowed(
    data: Issuer,
    title: str,
    parts: Sequence[Sequence[Block]],
    say: Words,
    *,
    head: str = "",
    theme: Theme | None = None,
) -> Document:
    """Return blocks laid over pages: each part begins a page, every page says "n / total".

    From the second page on the head line has the body at the left and `head`, by default the
    title, at the right. `theme` is A4 upright unless told otherwise.
    """
    drawn, theme = canvas(data, title, say), theme or Theme()
    writer, layout = Writer(drawn, theme), Layout(metrics(), theme)
    stacks = [(f"part-{at}", stack) for at, part in enumerate(parts) for stack in layout.flow(part)]
    foot = footer(data, say)
    for number, (section, stack) in enumerate(stacks, 1):
        folio = f"{number} / {len(stacks)}"
        heads = (data.name(say), head or title) if number > 1 else ("", "")
        writer.sheet(Sheet(section, folio, *heads, foot, stack))
    return finish(drawn)


def footer(data: Issuer, say: Words) -> str:
    """Return the foot: the day, the office, and whether people are made up."""
    parts = [say.day(data.on, "full"), data.office(say)]
    if data.sample:
        parts.append(say(N_("Sample data · all people are fictional")))
    return " · ".join(parts)


def fitting(drawn: Canvas, text: str, style: Style, room: float) -> Style:
    """Return the style made as small as the text needs to fit, never under 6 points."""
    wide = drawn.width(text, style.size, style.weight)
    if wide <= room or not wide:
        return style
    return sized(style, max(_SMALLEST, style.size * room / wide))


def sized(style: Style, size: float) -> Style:
    """Return the style in another size."""
    return Style(size, style.weight, style.lead, style.before, style.after, style.grey, style.align)


def shortened(drawn: Canvas, text: str, style: Style, room: float) -> str:
    """Return the text cut to fit, with an ellipsis where something is missing."""
    if drawn.width(text, style.size, style.weight) <= room:
        return text
    while text and drawn.width(text + "…", style.size, style.weight) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def said(
    drawn: Canvas, parent: Node, x: float, y: float, text: str, style: Style, role: str = "P"
) -> None:
    """Write one tagged line with its baseline at `y`."""
    with drawn.marked(Node(role, parent)):
        drawn.text(x, y, text, style)


KINDS = {
    "roster": C_("document", "Member list"),
    "letter": C_("document", "Letter of appointment"),
    "request": C_("document", "Request for recommendation"),
    "consent": C_("document", "Consent form"),
    "plates": C_("document", "Name plates"),
    "seating": C_("document", "Seating plan"),
}
