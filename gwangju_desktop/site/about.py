"""What this site is, how its figures come about, what is not on it and why."""

from __future__ import annotations

from collections.abc import Iterator

from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.home import has_sample
from gwangju_desktop.site.page import Page, Section
from gwangju_desktop.text import C_, Words

TITLE = C_("site", "About this site")
_ABOUT = C_("site", "How this site is made, how its figures come about, and what is not on it.")


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the page of a language."""
    facts = {"manifest": copy.manifest, "sample": has_sample(copy)}
    yield Page(
        "about/index.html",
        "about/index.html",
        "about",
        say(TITLE),
        facts,
        say(_ABOUT),
        kind=say(TITLE),
    )


SECTION = Section("about", TITLE, pages)
