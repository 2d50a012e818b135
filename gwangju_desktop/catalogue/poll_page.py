"""How the summary of a finding stays one page: the roomiest of several forms that holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from gwangju_desktop.documents import paper_settings

# How high bars are is registered with the hand that draws them.
from gwangju_desktop.documents import writer_figures as writer_figures
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import MM, STYLES, Theme

# Sizes and leads of the styles of a summary; what is not named is as everywhere.
_NOTES, _CELLS = ("note", "meta"), ("cell", "strong", "number", "middle", "th")
_SMALL, _SMALL_STRONG = "small", "small-strong"


@dataclass(frozen=True, slots=True)
class PageForm:
    """One way to set a summary: its type, and whether the options are drawn as bars."""

    theme: Theme
    bars: bool = True


def _theme(
    margins: tuple[float, float],
    title: float,
    lead: float,
    notes: float,
    cells: float,
    small: float,
) -> Theme:
    """Return a theme by its margins (top, bottom; mm) and its sizes in points."""
    sizes = {
        "h1": title,
        "lead": lead,
        **dict.fromkeys(_NOTES, notes),
        **dict.fromkeys(_CELLS, cells),
    }
    styles = {
        name: replace(style, size=sizes.get(name, style.size)) for name, style in STYLES.items()
    }
    said = replace(STYLES[_SMALL], size=small)
    styles |= {_SMALL: said, _SMALL_STRONG: replace(said, weight="S")}
    return Theme(top=margins[0] * MM, bottom=margins[1] * MM, styles=styles)


# From the roomiest to the closest; nothing that is read is smaller than 8.5 points.
FORMS = (
    PageForm(_theme((27, 20), 24, 14, 11, 11.5, 9)),
    PageForm(_theme((20, 18), 20, 12, 9.5, 10, 9)),
    PageForm(_theme((18, 16), 16, 11, 9, 9.5, 8.5)),
    PageForm(_theme((18, 16), 16, 11, 9, 9.5, 8.5), bars=False),
    PageForm(_theme((16, 14), 13, 10, 8.5, 8.5, 8.5), bars=False),
)
# What no form holds on one page goes on upon a second, in type that is easily read.
SPILLS = FORMS[1]


def on_one_page(
    read: Session, made: Composed, blocks: Callable[[PageForm], Sequence[Block]]
) -> Composed:
    """Return a document of the blocks in the first form whose page holds them all.

    They are measured on the paper of the office. Nothing is cut: what fits in no form takes more
    pages than one.
    """
    office = paper_settings.of_office(read)
    for form in (*FORMS, SPILLS):
        one = replace(made, parts=(tuple(blocks(form)),), theme=form.theme)
        theme = paper_settings.worn(one, office, None).theme or form.theme
        if len(Layout(metrics(), theme).flow(one.parts[0])) == 1:
            break
    return one
