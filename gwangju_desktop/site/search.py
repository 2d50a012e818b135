"""Search without a server: an index made beforehand of every page, and a page that reads it.

Korean glues endings to words, so the index holds pairs of characters, as the office's own search
does, and the initial consonants of titles. It is a script, because a page opened from a disk may
load one and may not fetch a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import resources
from db import search as folding
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import ASSETS, Asset, Page, Section
from gwangju_desktop.text import C_, Words

_TITLE = C_("site", "Search")
_SCRIPT = f"{ASSETS}/search.js"
# What is found of a page: its words up to here. Minutes of a day-long meeting have fewer.
MOST_TEXT = 40_000
_LONGEST_SNIPPET = 140
# Numbers of pages stand as differences from the one before, in as few signs as they need.
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def pages(_copy: Copy, say: Words) -> Iterator[Page]:
    """Give the page that searches."""
    yield Page(
        "search/index.html",
        "search/index.html",
        "search",
        say(_TITLE),
        {
            "data": {
                "none": say(C_("site", "Nothing was found for “{words}”.")),
                "one": say(C_("site", "1 page was found.")),
                "many": say(C_("site", "{n} pages were found.")),
                "first": say(C_("site", "The first {n} of {all} pages are shown.")),
            }
        },
        scripts=(_address(say.language), _SCRIPT),
        search=False,
    )


def assets(_copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the script that searches."""
    yield Asset(_SCRIPT, resources.path("site", "assets", "search.js").read_bytes)


def index(_copy: Copy, pages: Mapping[str, Sequence[Page]]) -> Iterator[Asset]:
    """Give the index of each language."""
    for language, own in pages.items():
        yield Asset(_address(language), partial(made, own))


def made(pages: Iterable[Page]) -> bytes:
    """Return an index as a script: pages, and which of them each pair of characters stands on."""
    rows: list[list[str]] = []
    found: dict[str, list[int]] = {}
    for page in pages:
        if not page.search:
            continue
        words = page.text or page.description
        said = (page.title, page.kind, page.description, page.text[:MOST_TEXT])
        folded = folding.BREAK.join(text for text in map(folding.fold, said) if text)
        first = folding.initials(folding.fold(page.title))
        for gram in sorted({*folding.grams(folded), *folding.grams(first)}):
            found.setdefault(gram, []).append(len(rows))
        snippet = " ".join((page.description or words).split())[:_LONGEST_SNIPPET]
        day = page.updated.isoformat() if page.updated else ""
        rows.append([page.address, page.title, page.kind, snippet, day])
    grams = {gram: _packed(found[gram]) for gram in sorted(found)}
    text = json.dumps(
        {"pages": rows, "grams": grams}, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    # Two signs end a line inside a script and none in JSON.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.searchIndex={text};\n".encode()


def _packed(numbers: Sequence[int]) -> str:
    before, parts = 0, []
    for number in numbers:
        parts.append(_base36(number - before))
        before = number
    return " ".join(parts)


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits


def _address(language: str) -> str:
    return f"{ASSETS}/search.{language}.js"


SECTION = Section("search", _TITLE, pages, assets, menu=False, index=index)
