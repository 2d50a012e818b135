"""Sizes and greys of printed pages, in points: A4, black and white."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gwangju_desktop.documents.blocks import Align, Weight

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text looks; `lead` in sizes, `grey` 0 black to 1 white, `role` its tag."""

    size: float = 12.5
    weight: Weight = "R"
    lead: float = 1.6
    before: float = 0.0
    after: float = 6.0
    grey: float = 0.0
    align: Align = "left"
    role: str = "P"


STYLES: dict[str, Style] = {
    "body": Style(),
    "note": Style(11, grey=0.2),
    "lead": Style(14, "S", 1.5, after=4),
    "meta": Style(11, grey=0.2, lead=1.5),
    "cell": Style(11.5, lead=1.42, after=0),
    "strong": Style(11.5, "S", 1.42, after=0),
    "number": Style(11.5, lead=1.42, after=0, align="right"),
    "middle": Style(11.5, lead=1.42, after=0, align="centre"),
    "small": Style(11, grey=0.2, lead=1.35, after=0),
    "th": Style(10.5, "S", 1.3, after=0, grey=0.35),
    "h1": Style(24, "B", 1.25, 0, 12, role="H1"),
    "h2": Style(13.5, "B", 1.4, 15, 4, role="H2"),
    "h3": Style(12.5, "B", 1.4, 9, 3, role="H3"),
    "banner": Style(20, "B", 1.3, 0, 2, role="H1"),
    "fact": Style(14, lead=1.32, after=0),
    "fact-name": Style(12.5, "S", 1.4, after=0),
    "ordinal": Style(20, "B", 1.2, after=0),
    "item": Style(13.5, "S", 1.32, after=0),
    "clock": Style(12.5, "S", 1.4, after=0, align="centre"),
    "page": Style(14, "B", 1.3, after=0, align="right"),
    "solid": Style(11, "B", 1.6, after=0, align="centre"),
    "open": Style(11, "S", 1.6, after=0, align="centre"),
    "signatory": Style(20, "B", 1.4, after=0, align="centre"),
    "cover": Style(34, "B", 1.25, after=0, role="H1"),
    "cover-number": Style(22, "S", 1.4, after=0),
    "closed": Style(18, "B", 1.4, 0, 8, role="H1"),
    "divider-number": Style(60, "B", 1.2, 0, 6),
    "divider": Style(28, "B", 1.3, role="H1"),
    "script": Style(16, lead=1.55, after=7),
    "script-head": Style(13, "B", 1.4, 12, 3, role="H3"),
    "aside": Style(12.5, "S"),
    "running": Style(9, grey=0.35),
    "running-strong": Style(9, "S", grey=0.2),
    "folio": Style(10.5, "S"),
    "memo": Style(12, "S", grey=0.35),
    "blank": Style(11, grey=0.35, align="centre"),
}
# What is read is at least this large where somebody asked for large type, in points.
LEAST = 12.0
_LARGE = {"body": 16.0, "lead": 16.0, "h2": 17.0, "h3": 16.0}


@dataclass(frozen=True, slots=True)
class Theme:
    """Paper, frame and type: A4, 25 mm at the binding edge (interface guide, printed pack).

    `notes` is the width of a column beside the frame kept free for notes by hand, `least` the size
    in points under which nothing is written, whatever its own style says.
    """

    width: float = 210 * MM
    height: float = 297 * MM
    left: float = 25 * MM
    right: float = 18 * MM
    top: float = 27 * MM
    bottom: float = 20 * MM
    styles: dict[str, Style] = field(default_factory=lambda: STYLES)
    notes: float = 0.0
    least: float = 0.0

    @property
    def frame_width(self) -> float:
        """Width of the frame that blocks are laid into."""
        return self.width - self.left - self.right - self.notes

    @property
    def frame_height(self) -> float:
        """Height of the frame that blocks are laid into."""
        return self.height - self.top - self.bottom


def enlarged(theme: Theme, *, notes: float = 0.0) -> Theme:
    """Return a theme in large type: running text 16 pt, nothing under 12 pt; `notes` in points."""
    styles = {
        name: replace(style, size=max(LEAST, style.size)) for name, style in theme.styles.items()
    }
    for name, size in _LARGE.items():
        styles[name] = replace(styles[name], size=size)
    return replace(theme, styles=styles, notes=notes, least=LEAST)
