"""What stands outside the folders of the languages: the choice of one, feeds, styles, fonts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from xml.sax.saxutils import escape, quoteattr

import resources
from gwangju_desktop import clock
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import ASSETS, Asset, Page, Section, in_language
from gwangju_desktop.site.render import Site, render_outside
from gwangju_desktop.text import N_, words

# What the pages load, as it came; each with its licence beside it.
OWN = (
    "site.css",
    "icon.svg",
    "PretendardGOV-Regular.subset.woff2",
    "PretendardGOV-Bold.subset.woff2",
)
LICENCE = "PretendardGOV-LICENSE.txt"
MOST_NEWS = 50
NOT_FOUND = N_("This page is not here")


def titles(copy: Copy, languages: tuple[str, ...]) -> dict[str, str]:
    """Return the titles of the pages that stand in no language's folder."""
    first = words(languages[0])
    said = copy.manifest
    office = said.office_ko if languages[0] == "ko" else said.office_en
    return {"index.html": office, "404.html": first(NOT_FOUND)}


def files(
    copy: Copy, sections: Sequence[Section], pages: Mapping[str, Sequence[Page]], site: Site
) -> Iterator[Asset]:
    """Give every file outside the languages' folders that belongs to no section."""
    for name in OWN:
        yield Asset(f"{ASSETS}/{name}", resources.path("site", "assets", name).read_bytes)
    yield Asset(f"{ASSETS}/{LICENCE}", resources.path("fonts", "LICENSE.txt").read_bytes)
    for template in ("index.html", "404.html"):
        content = render_outside(f"outside/{template}", copy, sections, site, NOT_FOUND)
        yield Asset(template, partial(bytes, content))
    for language, own in pages.items():
        feed = _feed(copy, language, own, site).encode()
        yield Asset(f"feed.{language}.atom", partial(bytes, feed))
    yield Asset("robots.txt", lambda: _robots(site).encode())
    if site.address:
        yield Asset("sitemap.xml", lambda: _sitemap(pages, site).encode())


def _robots(site: Site) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if site.address:
        lines.append(f"Sitemap: {site.absolute('sitemap.xml')}")
    return "\n".join(lines) + "\n"


def _sitemap(pages: Mapping[str, Sequence[Page]], site: Site) -> str:
    there = {language: {page.address for page in own} for language, own in pages.items()}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for language, own in pages.items():
        for page in own:
            where = site.absolute(in_language(language, page.address))
            lines.append(f"<url><loc>{escape(where)}</loc>")
            if page.updated:
                lines.append(f"<lastmod>{page.updated.isoformat()}</lastmod>")
            for other in site.languages:
                if page.address in there[other]:
                    twin = site.absolute(in_language(other, page.address))
                    lines.append(
                        f'<xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(twin)}/>'
                    )
            lines.append("</url>")
    return "\n".join([*lines, "</urlset>"]) + "\n"


def news(pages: Sequence[Page]) -> list[Page]:
    """Return what is news, the latest first; of one day in the order of its addresses."""
    told = [page for page in pages if page.feed and page.updated]
    told.sort(key=lambda page: page.address)
    told.sort(key=lambda page: page.updated or dt.date.min, reverse=True)
    return told[:MOST_NEWS]


def _feed(copy: Copy, language: str, pages: Sequence[Page], site: Site) -> str:
    """Write an Atom feed (RFC 4287); ids are made of the office and the address, so they stay."""
    office = copy.manifest.office_ko if language == "ko" else copy.manifest.office_en
    told = news(pages)
    last = _midnight(told[0].updated) if told else copy.manifest.made_at
    home, here = in_language(language, "index.html"), f"feed.{language}.atom"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{_id(copy, here)}</id>",
        f"<title>{_plain(office)}</title>",
        f"<updated>{last}</updated>",
        f"<author><name>{_plain(office)}</name></author>",
        f"<link href={quoteattr(site.absolute(home))}/>",
    ]
    if site.address:
        lines.append(f'<link rel="self" href={quoteattr(site.absolute(here))}/>')
    for page in told:
        where = in_language(language, page.address)
        lines += [
            "<entry>",
            f"<id>{_id(copy, where)}</id>",
            f"<title>{_plain(page.title)}</title>",
            f"<updated>{_midnight(page.updated)}</updated>",
            f"<link href={quoteattr(site.absolute(where))}/>",
            f"<summary>{_plain(page.description or page.title)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"


def _plain(text: str) -> str:
    """Escape a text, without the control characters that XML cannot hold."""
    return escape("".join(sign for sign in text if sign.isprintable() or sign in "\n\t"))


def _id(copy: Copy, address: str) -> str:
    office = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:gwangju-desktop:{copy.manifest.office_id}")
    return f"urn:uuid:{uuid.uuid5(office, address)}"


def _midnight(day: dt.date | None) -> str:
    assert day is not None
    return dt.datetime.combine(day, dt.time(), clock.KST).isoformat()
