"""What the documents of a roll are called, and a way to press blocks at once."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.press import (
    canvas,
    finish,
    fitting,
    footer,
    press,
    said,
    shortened,
    sized,
)
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.text import C_, Words

__all__ = [
    "KINDS",
    "Document",
    "Issuer",
    "canvas",
    "finish",
    "fitting",
    "flowed",
    "footer",
    "said",
    "shortened",
    "sized",
]


def flowed(
    data: Issuer,
    title: str,
    parts: Sequence[Sequence[Block]],
    say: Words,
    *,
    head: str = "",
    theme: Theme | None = None,
) -> Document:
    """Return blocks laid over pages: each part begins a page, every page says "n / total"."""
    whole = tuple(tuple(part) for part in parts)
    return press(Composed(title, title, data, say.language, whole, head, theme=theme))


KINDS = {
    "roster": C_("document", "Member list"),
    "letter": C_("document", "Letter of appointment"),
    "request": C_("document", "Request for recommendation"),
    "consent": C_("document", "Consent form"),
    "plates": C_("document", "Name plates"),
    "seating": C_("document", "Seating plan"),
}
