"""Words on screen, and what a person means by what an input method shows."""

from __future__ import annotations

from db.hangul import CLUSTERS
from gwangju_desktop.text import C_, LANGUAGES, N_, NN_, Msg, language, say, use, words

__all__ = [
    "C_",
    "LANGUAGES",
    "NN_",
    "N_",
    "Msg",
    "day",
    "initials",
    "language",
    "matches",
    "say",
    "typed",
]
__all__ += ["tip", "use", "words"]

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
FIRST_SYLLABLE = ord("가")


def day(value: object, form: str = "short") -> str:
    """Write a date in the current language; forms as in `gwangju_desktop.text.Words`."""
    return words().day(value, form)  # type: ignore[arg-type]


def tip(text: str) -> str:
    """Return words for a tool tip as they are: a name in angle brackets is no markup there."""
    if "<" not in text:
        return text
    from html import escape

    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>"


def initials(value: str) -> str:
    """Return the initial consonants of the syllables, everything else as it is: 에너지 → ㅇㄴㅈ."""
    return "".join(
        INITIALS[(ord(c) - FIRST_SYLLABLE) // 588] if "가" <= c <= "힣" else c for c in value
    )


def typed(value: str) -> list[str]:
    """Return what a person may mean: ㅇㄵ is ㅇㄴㅈ; 에넞 is also 에너 + ㅈ."""
    value = value.casefold().replace(" ", "").translate(CLUSTERS)
    last = value[-1:]
    if not "가" <= last <= "힣":
        return [value]
    final = (ord(last) - FIRST_SYLLABLE) % 28
    if not final:
        return [value]
    return [value, value[:-1] + chr(ord(last) - final) + FINALS[final].translate(CLUSTERS)]


def matches(asked: str, candidate: str) -> int:
    """Return how well `candidate` answers `asked`: 2 at the start of a word, 1 inside, 0 not.

    Spaces and case are ignored, consonants stand for their syllables and the last syllable typed
    for those it may still become.
    """
    starts = []
    at = 0
    for word in candidate.replace("·", " ").split(" "):
        starts.append(at)
        at += len(word)
    folded = candidate.casefold().replace("·", " ").replace(" ", "")
    first = initials(folded)
    best = 0
    for meant in typed(asked.replace("·", " ")):
        for at in range(len(folded) - len(meant) + 1):
            if _fits(meant, folded[at:], first[at:]):
                best = max(best, 2 if at in starts else 1)
    return best


def _fits(meant: str, text: str, first: str) -> bool:
    last = len(meant) - 1
    return all(
        q in (c, i) or (k == last and _becomes(q, c))
        for k, (q, c, i) in enumerate(zip(meant, text, first, strict=False))
    )


def _becomes(typed_: str, wanted: str) -> bool:
    """Say whether an open syllable may still take the final consonant of `wanted`."""
    if not ("가" <= typed_ <= "힣" and "가" <= wanted <= "힣"):
        return False
    a, b = ord(typed_) - FIRST_SYLLABLE, ord(wanted) - FIRST_SYLLABLE
    return a % 28 == 0 and a // 28 == b // 28
