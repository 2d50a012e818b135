"""Who spoke, as the body's minutes name them: by name, as 위원 A, or not at all.

Statements are published; the list of who attended is a part of its own and always names.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from db.vocab import Speakers
from gwangju_desktop.text import C_, N_, Words

CHAIRS = ("공동위원장", "부위원장", "위원장")
_TITLE = r"(?:\s*(?P<title>공동위원장|부위원장|위원장|위원(?![가-힣]*회)|간사)(?:님)?)?"

_PARTICLE = r"(?:(?P<particle>은|는|이|가|을|를|과|와)(?=[\s,.:;)]|$))?"
# After a closed syllable, after an open one.
_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"))
# Letters whose Korean names end in a consonant (엘, 엠, 엔, 알).
_CLOSED = "LMNR"


def spoken(text: str, names: Iterable[str], how: str, say: Words) -> str:
    """Return a text with the members' names as the body publishes them.

    Letters follow the order in which members are first named, so that one member keeps one letter.
    """
    known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if how == Speakers.NAME or not known:
        return text
    letters: dict[str, str] = {}
    pattern = re.compile(
        r"(?<![가-힣A-Za-z])(?P<name>" + "|".join(map(re.escape, known)) + ")" + _TITLE + _PARTICLE
    )

    def stands_for(found: re.Match[str]) -> str:
        title = found["title"] or ""
        if title in CHAIRS:
            said, closed = title, True
        elif how == Speakers.NONE:
            said, closed = say(C_("minutes", "member")), True
        else:
            mark = letters.setdefault(found["name"], letter(len(letters)))
            said, closed = say(N_("Member {letter}"), letter=mark), mark[-1] in _CLOSED
        return said + _particle(found["particle"], closed)

    return pattern.sub(stands_for, text)


def letter(n: int) -> str:
    """Return the n-th letter, counted from 0: A to Z, then AA, AB …"""
    alphabet = string.ascii_uppercase
    return alphabet[n] if n < 26 else alphabet[n // 26 - 1] + alphabet[n % 26]


def _particle(written: str | None, closed: bool) -> str:
    """Return a particle as it follows a closed or an open syllable."""
    for pair in _PAIRS:
        if written in pair:
            return pair[0 if closed else 1]
    return ""
