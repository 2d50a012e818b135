"""The manual: chapters in Markdown, one folder a language, which page of the window each is about.

A chapter quotes the words of the program as `[[msgid]]` or `[[context|msgid]]`; they are put in
from the catalogue when it is read, so it names buttons as they are called in the reader's
language. A line `![what it shows](name)` is a picture of `pictures/`, `[text](chapter:key)` leads
to another chapter. Which chapters there are, their order and pages: resources/manual/chapters.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import resources
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg, words

TITLE = C_("manual", "Manual")
LINK = "chapter:"
_QUOTE = re.compile(r"\[\[(?:([^|\]]+)\|)?([^\]]+)\]\]")
_LINK = re.compile(r"\[([^\]\[]+)\]\(chapter:([a-z-]+)\)")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([a-z0-9-]+)\)$", re.MULTILINE)
_STEP = re.compile(r"^(\d+)\. +(.*)$")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_MARKUP = re.compile(r"\*\*|^#+ +", re.MULTILINE)
_AROUND = 40  # characters of an excerpt before the word that was found
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its key, and the pages of the window it is about, as room or room/pane."""

    key: str
    pages: tuple[str, ...] = ()


class Section(NamedTuple):
    """A heading with its numbered steps as they are written, quotes and all."""

    heading: str
    steps: tuple[str, ...]


class Found(NamedTuple):
    """Where words were found: the chapter, its title, the heading above, the line."""

    chapter: str
    title: str
    heading: str
    excerpt: str


def _place(*parts: str) -> Path:
    return resources.path("manual", *parts)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in their order."""
    declared = tomllib.loads(_place("chapters.toml").read_text("utf-8"))["chapter"]
    return tuple(Chapter(one["key"], tuple(one.get("pages", ()))) for one in declared)


def chapter_of(page: str) -> str:
    """Return the chapter of a page, room or room/pane; a pane without its own has its room's.

    A page nothing is written about has the first chapter.
    """
    asked = page
    while asked:
        for one in chapters():
            if asked in one.pages:
                return one.key
        asked = asked.rpartition("/")[0]
    return chapters()[0].key


def source(key: str, language: str) -> str:
    """Return a chapter as it is written; raises UserError where there is none of that key."""
    known = [one.key for one in chapters()]
    if key not in known:
        raise UserError(
            N_("The manual has no chapter “{key}”."),
            hint=N_("Choose one of {known}."),
            key=key,
            known=", ".join(known),
        )
    return _place(language, f"{key}.md").read_text("utf-8")


def title(key: str, language: str | None = None) -> str:
    """Return a chapter's title: its first line."""
    return source(key, language or text.language()).partition("\n")[0].removeprefix("# ").strip()


def markdown(key: str, language: str | None = None, *, pictures: bool = False) -> str:
    """Return a chapter as Markdown with the program's words in it; without pictures unless asked.

    Links keep their `chapter:` addresses.
    """
    spoken = language or text.language()
    raw = source(key, spoken)
    if not pictures:
        raw = _PICTURE.sub("", raw)
    return _QUOTE.sub(lambda match: f"**{_escaped(_quoted(match, spoken))}**", raw)


def plain(key: str, language: str | None = None) -> str:
    """Return a chapter as plain text, the program's words in quotation marks."""
    spoken = language or text.language()
    raw = _PICTURE.sub("", source(key, spoken))
    raw = _LINK.sub(lambda match: f"{match[1]} [{match[2]}]", raw)
    marks = ("‘", "’") if spoken == "ko" else ("“", "”")
    said = _QUOTE.sub(lambda match: f"{marks[0]}{_quoted(match, spoken)}{marks[1]}", raw)
    return re.sub(r"\n{3,}", "\n\n", _MARKUP.sub("", said)).strip() + "\n"


def picture(name: str, language: str | None = None) -> Path | None:
    """Return the file of a picture in a language, None where it was not made."""
    file = _place("pictures", language or text.language(), f"{name}.png")
    return file if file.exists() else None


def unlinked(written: str) -> str:
    """Return a text in which links are only their words, as paper has it."""
    return _LINK.sub(lambda match: match[1], written)


def quotes(written: str) -> list[Msg]:
    """Return the words of the program that a text quotes, in their order."""
    return [Msg(match[2], match[1] or "") for match in _QUOTE.finditer(written)]


def pictures(key: str, language: str) -> list[str]:
    """Return the names of the pictures a chapter shows."""
    return [match[2] for match in _PICTURE.finditer(source(key, language))]


def links(key: str, language: str) -> list[str]:
    """Return the chapters a chapter leads to."""
    return [match[2] for match in _LINK.finditer(source(key, language))]


def sections(key: str, language: str) -> list[Section]:
    """Return the headings below the title, each with its numbered steps."""
    found: list[tuple[str, list[str]]] = []
    for line in source(key, language).splitlines():
        step = _STEP.match(line)
        if line.startswith("## "):
            found.append((line[3:].strip(), []))
        elif step and found:
            found[-1][1].append(step[2])
    return [Section(heading, tuple(steps)) for heading, steps in found]


def search(asked: str, language: str | None = None) -> list[Found]:
    """Return the lines that hold all the words asked for, titles first; spaces divide words."""
    wanted = _folded(asked).split()
    if not wanted:
        return []
    spoken = language or text.language()
    named, others = [], []
    for one in chapters():
        heading, first = "", title(one.key, spoken)
        if all(word in _folded(first) for word in wanted):
            named.append(Found(one.key, first, "", ""))
        for line in plain_lines(one.key, spoken):
            if line.startswith("## "):
                heading = line[3:]
            if all(word in _folded(line) for word in wanted):
                others.append(Found(one.key, first, heading, _excerpt(line, wanted[0])))
    return named + others


def plain_lines(key: str, language: str) -> list[str]:
    """Return the lines of a chapter below its title in plain words, headings with their signs."""
    said = _QUOTE.sub(lambda match: _quoted(match, language), source(key, language))
    said = _LINK.sub(lambda match: match[1], _PICTURE.sub("", said))
    lines = said.replace("**", "").splitlines()[1:]
    return [line.strip() for line in lines if line.strip()]


def _quoted(match: re.Match[str], language: str) -> str:
    return words(language)(Msg(match[2], match[1] or ""))


def _escaped(words_: str) -> str:
    """Return words as Markdown shows them literally."""
    return _SPECIAL.sub(r"\\\1", words_)


def _folded(words_: str) -> str:
    return unicodedata.normalize("NFC", words_).casefold()


def _excerpt(line: str, word: str) -> str:
    shown = re.sub(r"^(#+|\d+\.|-) +", "", line)
    at = max(_folded(shown).find(word) - _AROUND, 0)
    cut = shown[at : at + _EXCERPT]
    return f"{'…' if at else ''}{cut}{'…' if at + _EXCERPT < len(shown) else ''}"
