"""What a section gives the builder: pages to be rendered, and files as they are."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gwangju_desktop.text import LANGUAGES, Msg, Words

# Folders beside those of the languages, for what is the same in every language.
ASSETS, DATA, FILES, SNAPSHOTS = "assets", "data", "files", "snapshots"


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language.

    `address` is where it stands in the language's folder ("meetings/TXIWNQP4WNBP.html"); it is made
    of the record's code or public number and is never given to another record. `section` is the
    key of the section it belongs to. `facts` are what the template says. `text` is what the search
    finds it by, besides the title. `updated` is the last day something on it changed, None where
    nobody knows; `feed` says that the page is news (a decision, a reply, a result).
    """

    address: str
    template: str
    section: str
    title: str
    facts: Mapping[str, Any]
    description: str = ""
    text: str = ""
    kind: str = ""
    updated: dt.date | None = None
    feed: bool = False
    search: bool = True
    scripts: tuple[str, ...] = ()
    """Addresses of scripts from the site's root ("assets/uplot.js"), loaded with defer."""
    linked_data: Mapping[str, Any] | None = None
    """schema.org JSON-LD of the page."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is the same in every language; `address` is from the site's root."""

    address: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site: its key, what the menu calls it and what makes it.

    `pages(copy, say)` gives the pages of a language; `assets(copy, languages)` the files beside them.
    What is made of all other sections' pages comes after them: `gathered(copy, say, pages)` gives
    pages, and `index(copy, pages by language)` files.
    """

    key: str
    title: Msg
    pages: Callable[[Any, Words], Iterable[Page]]
    assets: Callable[[Any, tuple[str, ...]], Iterable[Asset]] = field(
        default=lambda _copy, _languages: ()
    )
    menu: bool = True
    gathered: Callable[[Any, Words, Sequence[Page]], Iterable[Page]] = field(
        default=lambda _copy, _say, _pages: ()
    )
    index: Callable[[Any, Mapping[str, Sequence[Page]]], Iterable[Asset]] = field(
        default=lambda _copy, _pages: ()
    )

    @property
    def address(self) -> str:
        """Return the section's first page in a language's folder."""
        return "index.html" if self.key == "home" else f"{self.key}/index.html"


def relative(start: str, target: str) -> str:
    """Return the address of `target` as a link on the page `start`; both are from the site's root.

    Links are always to a file, never to a folder: a double-clicked page has no server that would
    find index.html.
    """
    return _from(posixpath.dirname(start), target)


@lru_cache(maxsize=1 << 14)
def _from(folder: str, target: str) -> str:
    """Return the way from a folder: pages of one folder share the links of their frame."""
    return posixpath.relpath(f"/{target}", f"/{folder}")


def in_language(language: str, address: str) -> str:
    """Return a page's address from the site's root."""
    assert language in LANGUAGES
    return f"{language}/{address}"


def card_address(language: str, address: str) -> str:
    """Return where the picture of a page lies that networks show of it, from the site's root."""
    return f"{ASSETS}/cards/{language}/{address.removesuffix('.html')}.png"
