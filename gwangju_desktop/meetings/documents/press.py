"""Press the blocks of decisions into one tagged A4 file; each sheet may count its own pages."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.press import press
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.text import C_, Words

KINDS = {
    "excerpt": C_("document", "Decision sheet"),
    "comparison": C_("document", "Original beside amendment"),
    "ballots": C_("document", "Ballot sheets"),
    "register": C_("document", "Register of decisions"),
    "payment": C_("document", "Payment sheet for attendance allowances"),
    "actions": C_("document", "List of actions"),
    "all_actions": C_("document", "List of actions"),
}


def pressed(
    data: RollData, title: str, parts: Sequence[Sequence[Block]], head: str, say: Words
) -> Document:
    """Return a file in which each part begins at page 1 of its own ("1 / 2")."""
    whole = tuple(tuple(part) for part in parts)
    return press(Composed(title, title, data, say.language, whole, head, apart=True))
