"""The first page of the site."""

from __future__ import annotations

from collections.abc import Iterator

from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import Page, Section
from gwangju_desktop.text import C_, Words


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the first page of a language."""
    name = copy.manifest.office_ko if say.language == "ko" else copy.manifest.office_en
    yield Page("index.html", "home.html", "home", name, {})


SECTION = Section("home", C_("site", "Home"), pages)
