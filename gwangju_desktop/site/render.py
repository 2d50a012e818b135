"""Turn pages into HTML: Jinja2 with every value escaped, and an unknown name an error."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

import resources
from gwangju_desktop.site.copy import Copy, text_of
from gwangju_desktop.site.page import Page, Section, card_address, in_language, relative
from gwangju_desktop.text import C_, LANGUAGES, N_, NN_, Msg, Words, words

if TYPE_CHECKING:
    from gwangju_desktop.site.cards import Card


@dataclass(frozen=True, slots=True)
class Site:
    """The site a page stands in: its languages, its web address ("" unknown), and whether its list
    of files is signed.
    """

    languages: tuple[str, ...] = LANGUAGES
    address: str = ""
    signed: bool = False

    def absolute(self, address: str) -> str:
        """Return the web address of a file; only where it stands in the site if that is unknown."""
        return f"{self.address.rstrip('/')}/{quote(address)}" if self.address else quote(address)


@dataclass(frozen=True, slots=True)
class Renderer:
    """The pages of one language."""

    copy: Copy
    say: Words
    sections: Sequence[Section]
    site: Site = Site()
    cards: Mapping[str, Card] = field(default_factory=dict)
    """Pages that have a card, by address."""

    @property
    def office(self) -> str:
        """Return the office's name."""
        said = self.copy.manifest
        return said.office_ko if self.say.language == "ko" else said.office_en

    def render(self, page: Page) -> bytes:
        """Return a page in UTF-8."""
        language = self.say.language
        here = in_language(language, page.address)

        def url(address: str) -> str:
            """Link to a page of this language."""
            return relative(here, in_language(language, address))

        def root(address: str) -> str:
            """Link to a file from the site's root."""
            return relative(here, address)

        others = [
            (other, relative(here, in_language(other, page.address)))
            for other in self.site.languages
            if other != language
        ]
        made = _environment().get_template(page.template)
        return made.render(
            page=page,
            here=here,
            copy=self.copy,
            site=self.site,
            office=self.office,
            language=language,
            say=self.say,
            day=_day(self.say),
            text_of=lambda row, name: text_of(row, name, language),
            word=lambda table, column, code: self.copy.word(table, column, code, language),
            sections=self.sections,
            url=url,
            root=root,
            others=others,
            card=self.cards.get(page.address),
            card_address=card_address(language, page.address),
            **page.facts,
        ).encode()


def render_outside(
    template: str, copy: Copy, sections: Sequence[Section], site: Site, title: Msg
) -> bytes:
    """Return a page that stands in no language's folder and speaks all languages of the site.

    A server shows the page of what is not found under any address, so its links are absolute where
    the site's address is known; those of the first page lead on beside it.
    """
    made = _environment().get_template(template)
    beside = template.endswith("index.html")
    spoken = [Renderer(copy, words(language), sections, site) for language in site.languages]
    return made.render(
        copy=copy,
        site=site,
        spoken=spoken,
        title=title,
        root=lambda address: address if beside else site.absolute(address),
    ).encode()


def _day(say: Words) -> Any:
    def day(value: object, form: str = "full") -> str:
        """Write a day or moment of the copy; "" for none."""
        if value is None or value == "":
            return ""
        text = str(value)
        moment = len(text) > 10
        kind = dt.datetime if moment else dt.date
        return say.day(kind.fromisoformat(text), form)

    return day


def _json(value: object) -> Markup:
    """Write JSON that may stand inside a script element: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return Markup(text)


_held: list[jinja2.Environment] = []


def _environment() -> jinja2.Environment:
    if not _held:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(resources.path("site", "templates")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals |= {"N_": N_, "NN_": NN_, "C_": C_}
        environment.filters["json"] = _json
        _held.append(environment)
    return _held[0]
