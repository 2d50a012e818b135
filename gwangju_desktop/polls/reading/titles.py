"""The titles of columns taken apart: which question, and which option or row of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gwangju_desktop.polls.reading import source as sources
from gwangju_desktop.polls.reading import words
from gwangju_desktop.polls.reading.model import Source

# Q2[SQ001], "G01Q02 [1]", "Q2[SQ001]. Which? [Bus]", "질문 [행]".
_BRACKETS = re.compile(r"^(?P<q>[^\[\]]+?)\s*\[(?P<p>[^\[\]]+)\]\s*(?:\.\s*(?P<t>.*))?$", re.DOTALL)
_CODE_AND_TEXT = re.compile(r"^(?P<q>[A-Za-z]\w*)\.\s+(?P<t>\S.*)$", re.DOTALL)
_LABEL = re.compile(r"^(.*?)\s*\[([^\[\]]+)\]\s*$", re.DOTALL)
# Q3_1, items/bicycle, "What do you own? - Bicycle", Q3.1
_STEM = re.compile(r"^(?P<q>.+?)(?:\s*[:/|>]\s*|\s+[-–]\s+|[_.\-])(?P<p>[^_.:/|>]+)$", re.DOTALL)
_LIMESURVEY = ("submitdate", "lastpage", "startlanguage", "seed", "date submitted", "last page")


@dataclass(frozen=True, slots=True)
class Title:
    """A column's title: the question it belongs to, the part of it, and their texts."""

    question: str
    part: str = ""
    label: str = ""
    wording: str = ""


def of(source: Source, two_rows: bool, brackets: bool) -> list[Title]:
    """Return what each column's title says."""
    if two_rows:
        return _of_two_rows(source)
    return [_bracketed(head) if brackets else Title(head, wording=head) for head in source.head]


def is_limesurvey(source: Source) -> bool:
    """Say whether a file is a response export of LimeSurvey: by the columns only it writes."""
    heads = {words.folded(head).partition(".")[0] for head in source.head}
    return sum(name in heads for name in _LIMESURVEY) >= 2


def stem(head: str) -> tuple[str, str] | None:
    """Return the question and the option of a title such as Q3_1 or "items/bicycle"."""
    found = _STEM.match(head)
    return (found["q"].strip(), found["p"].strip()) if found else None


def _bracketed(head: str) -> Title:
    found = _BRACKETS.match(head)
    if found is None:
        plain = _CODE_AND_TEXT.match(head)
        return Title(plain["q"], wording=plain["t"].strip()) if plain else Title(head, wording=head)
    question, part, text = found["q"].strip(), found["p"].strip(), (found["t"] or "").strip()
    # The text behind the code ends with the option's text in brackets.
    inner = _LABEL.match(text)
    if inner:
        return Title(question, part, inner[2].strip(), inner[1].strip())
    return Title(question, part, part, text or question)


def _of_two_rows(source: Source) -> list[Title]:
    told = []
    left = ""
    for head, below in zip(source.head, sources.second_row(source), strict=True):
        left = head or left
        if not below or words.is_response(below):
            told.append(Title(head or below or left, wording=head or below or left))
        else:
            told.append(Title(left or below, below, below, left or below))
    return told
