"""Korean in an English document of an action plan: said to be Korean, never printed as if it were English.

Departments, legal grounds and sources are kept in Korean alone, and other texts may still wait for
their English.
"""

from __future__ import annotations

import re

from gwangju_desktop.members import rules
from gwangju_desktop.text import C_, language, say

_HANGUL = re.compile(r"[가-힣]")
KOREAN = C_("commitment document", "[in Korean] {text}")
PARTLY = C_("commitment document", "[partly in Korean] {text}")


def named(korean: str, english: str = "") -> str:
    """Return a text in the language spoken; in English one without English says it is Korean."""
    said = rules.named(korean, english)
    return say(KOREAN, text=said) if _is_foreign(said) else said


def sentence(text: str) -> str:
    """Return a sentence of the program that quotes texts; in English it says where one is Korean."""
    return say(PARTLY, text=text) if _is_foreign(text) else text


def _is_foreign(text: str) -> bool:
    return language() == "en" and _HANGUL.search(text) is not None
