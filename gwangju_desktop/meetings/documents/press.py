"""What the documents of meetings are called, and how blocks become one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.text import C_, Words

KINDS = {
    "excerpt": C_("document", "Decision sheet"),
    "comparison": C_("document", "Original beside amendment"),
    "ballots": C_("document", "Ballot sheets"),
    "register": C_("document", "Register of decisions"),
}


def composed(
    data: RollData,
    title: str,
    parts: Sequence[Sequence[Block]],
    head: str,
    say: Words,
    *,
    day: dt.date | None = None,
) -> Composed:
    """Return a document in which each part begins at page 1 of its own ("1 / 2").

    Its file is named after the day, where it is of one, and the title.
    """
    name = title if day is None else f"{day:%Y-%m-%d} {title}"
    whole = tuple(tuple(part) for part in parts)
    return Composed(title, name, data, say.language, whole, head, apart=True)
