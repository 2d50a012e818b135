"""What the documents of a roll are called, and what they share."""

from __future__ import annotations

from collections.abc import Callable

from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.text import C_, Words

KINDS = {
    "roster": C_("document", "Member list"),
    "letter": C_("document", "Letter of appointment"),
    "request": C_("document", "Request for recommendation"),
    "consent": C_("document", "Consent form"),
    "plates": C_("document", "Name plates"),
    "seating": C_("document", "Seating plan"),
}


def by_hand(data: RollData, title: str, say: Words, draw: Callable[[], Document]) -> Composed:
    """Return a document that is drawn, not written."""
    return Composed(title, name_of(data, title), data, say.language, (), drawn=draw)


def name_of(data: RollData, title: str) -> str:
    """Return what the file of a document is called, without a suffix."""
    return f"{data.on:%Y-%m-%d} {title}"
