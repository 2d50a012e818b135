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
    access record. A document `drawn` by hand is PDF only. `recipient` and `attachments` are what an
    official letter says of itself (수신, 붙임); a `letter` stands under the office's letterhead.
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
    letter: bool = False
