"""The manual as a document: its chapters one after the other, as any document is composed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop import VERSION, clock, manual
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.meetings.documents.minutes import block
from gwangju_desktop.meetings.markdown import Heading, parse
from gwangju_desktop.text import N_, Words
from gwangju_desktop.text import words as spoken_in

PROGRAM = N_("Carbon Neutrality Office")


@dataclass(frozen=True, slots=True)
class Maker:
    """Who stands round the manual: the program itself, with its version."""

    on: dt.date
    sample: bool = False

    def name(self, say: Words) -> str:
        """Return the program's name."""
        return say(PROGRAM)

    def office(self, say: Words) -> str:
        """Return the program's name and version."""
        return f"{say(PROGRAM)} {VERSION}"


def compose(language: str) -> Composed:
    """Return the whole manual in a language, a chapter a part."""
    say = spoken_in(language)
    title = say(manual.TITLE)
    parts = tuple(tuple(_chapter(one.key, language)) for one in manual.chapters())
    return Composed(title, title, Maker(clock.today()), language, parts, closes=False)


def save(target: Path, language: str) -> int:
    """Write the manual as a file in the format of its suffix; return its size in bytes.

    Raises UserError for a format it does not have, DatabaseFault where it cannot be written.
    """
    data = writers.write(compose(language), target.suffix)
    with atomic_write(target) as file:
        file.write(data)
    return len(data)


def _chapter(key: str, language: str) -> list[Block]:
    made: list[Block] = []
    headed = 0
    for node in parse(manual.unlinked(manual.markdown(key, language))):
        headed += isinstance(node, Heading)
        made += block(node, headed)
    return made
