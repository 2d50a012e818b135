"""Press the blocks of decisions into one tagged A4 file; each sheet may count its own pages."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.members.letters.press import Document, canvas, finish, footer
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
    drawn = canvas(data, title, say)
    writer, layout = Writer(drawn, Theme()), Layout(metrics(), Theme())
    foot = footer(data, say)
    for at, part in enumerate(parts):
        stacks = list(layout.flow(part))
        for number, stack in enumerate(stacks, 1):
            heads = (data.name(say), head) if number > 1 else ("", "")
            folio = f"{number} / {len(stacks)}"
            writer.sheet(Sheet(f"part-{at}", folio, *heads, foot, stack))
    return finish(drawn)
