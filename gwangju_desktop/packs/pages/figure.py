"""A page of figures: the title is the finding."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import Block, Heading
from gwangju_desktop.packs.model import PartData


def figure(part: PartData) -> list[Block]:
    """Return a figure's page under its finding."""
    return [Heading(1, part.title, part.key), *part.figure]
