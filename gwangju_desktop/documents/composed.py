"""A document before it is a file: what it says, which every writer turns into its own format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.styles import Theme


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: its bytes, its pages, characters the type has no shape for."""

    title: str
    data: bytes
    pages: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """What a document says, in blocks; `name` is the stem of its file.

    Each part begins a page, and with `apart` counts its own pages. `head` stands at the right of
    the running head, by default the title. `people` are those whose contacts stand on it, for the
    access record. A document `drawn` by hand is PDF only.

    An official letter has a `recipient` (수신), `attachments` (붙임), a `letterhead` above its first
    part, and a `body`: what a copied draft says, without the furniture of the sheet. `face` is the
    type of files that name one; paper has the program's own. What `closes` ends with 끝. as plain text.
    """

    title: str
    name: str
    about: Issuer
    language: str
    parts: tuple[tuple[Block, ...], ...]
    head: str = ""
    apart: bool = False
    theme: Theme | None = None
    people: tuple[int, ...] = ()
    drawn: Callable[[], Document] | None = None
    recipient: str = ""
    attachments: tuple[str, ...] = ()
    letterhead: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    face: str = ""
    closes: bool = True

    @property
    def sheets(self) -> tuple[tuple[Block, ...], ...]:
        """The parts as they are printed: the first under the letterhead."""
        if not self.letterhead or not self.parts:
            return self.parts
        return ((*self.letterhead, *self.parts[0]), *self.parts[1:])
