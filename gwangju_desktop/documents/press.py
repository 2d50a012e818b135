"""Press a composed document, or pages drawn by hand, into one tagged file of the program's type."""

from __future__ import annotations

from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.issuer import Issuer, footer
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import Style, Theme
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.text import N_, Words, words

LANGUAGES = {"ko": "ko-KR", "en": "en"}
_SMALLEST = 6.0
# No shortened line holds more characters; measuring a pasted page again and again takes minutes.
_LONGEST = 200


def press(composed: Composed) -> Document:
    """Return a document as PDF: laid over pages, or as its own hand draws it.

    Every page says "n / total"; from the second page on the head line has the body at the left.
    """
    if composed.drawn is not None:
        return composed.drawn()
    say = words(composed.language)
    drawn = canvas(composed.about, composed.title, say)
    theme = composed.theme or Theme()
    writer, layout = Writer(drawn, theme), Layout(metrics(), theme)
    parts = [layout.flow(part) for part in composed.sheets]
    foot, head = footer(composed.about, say), composed.head or composed.title
    whole, done = sum(map(len, parts)), 0
    for at, stacks in enumerate(parts):
        total, before = (len(stacks), 0) if composed.apart else (whole, done)
        for number, stack in enumerate(stacks, before + 1):
            heads = (composed.about.name(say), head) if number > 1 else ("", "")
            writer.sheet(Sheet(f"part-{at}", f"{number} / {total}", *heads, foot, stack))
        done += len(stacks)
    return finish(drawn)


def canvas(about: Issuer, title: str, say: Words) -> Canvas:
    """Return an empty canvas that knows its title, author and language."""
    return Canvas(
        title=title,
        author=about.office(say),
        language=LANGUAGES[say.language],
        link_text=say(N_("Go to this page")),
        accessible=True,
    )


def finish(drawn: Canvas) -> Document:
    """Return the file of a canvas."""
    return Document(drawn.title, drawn.finish(), len(drawn.pages), drawn.missing)


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
    text = text[:_LONGEST]
    while text and drawn.width(text + "…", style.size, style.weight) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def said(
    drawn: Canvas, parent: Node, x: float, y: float, text: str, style: Style, role: str = "P"
) -> None:
    """Write one tagged line with its baseline at `y`."""
    with drawn.marked(Node(role, parent)):
        drawn.text(x, y, text, style)
