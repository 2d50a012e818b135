"""Find in a text what may not go out without a person's word: contacts, numbers, hidden names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add

from db.vocab import FindKind

SHORTEST_NAME = 2
MASK = "[가림]"

# As people write them: digits of any script, hyphens and dots as they come from other programs.
_APART, _ENDS = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_DASH = "[-‐‑‒–—−－]"
_RESIDENT = re.compile(_APART + rf"(\d{{6}})\s?{_DASH}?\s?([1-8]\d{{6}})" + _ENDS)
_CONTACTS = (
    (FindKind.MAIL, re.compile(r"[\w.+%-]+[@＠][\w-]+(?:[.．][\w-]+)+")),
    (
        FindKind.PHONE,
        re.compile(
            _APART + rf"(?:[+＋]82[-.\s]?|[0０])\d{{1,2}}(?:{_DASH}|[.)）\s]){{0,2}}"
            rf"\d{{3,4}}(?:{_DASH}|[.\s])?\d{{4}}" + _ENDS
        ),
    ),
)
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text in NFC, in characters, and what it is taken for."""

    start: int
    length: int
    kind: FindKind

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + self.length


def plain(text: str) -> str:
    """Return a text in NFC without NUL, which SQLite keeps but no other tool reads past."""
    return unicodedata.normalize("NFC", text).replace("\0", "")


def plain_all(texts: Collection[str]) -> Collection[str]:
    """Return many texts as `plain` does each; nearly always they are so already."""
    whole = "\n".join(texts)
    if "\0" not in whole and unicodedata.is_normalized("NFC", whole):
        return texts
    return [*map(plain, texts)]


def harmless(texts: Collection[str], hidden: Hidden) -> bool:
    """Say whether many texts are plain and nothing is found in any; False proves nothing of one."""
    # A line break stands where a text begins or ends: no contact goes beyond it.
    whole = "\n".join(texts)
    return (
        plain_all((whole,)) == (whole,)
        and not ("@" in whole or "＠" in whole or _SEVEN_DIGITS.search(whole))
        and next(hidden.places(whole), None) is None
    )


class Hidden:
    """Words of SHORTEST_NAME letters and more that may stand in no text, known by how they begin.

    A hundred thousand names are looked for in a text as fast as ten. A mapping says of each word
    what it is; without one they are names.
    """

    def __init__(self, words: Iterable[str] | Mapping[str, FindKind] = ()) -> None:
        self._kinds = words if isinstance(words, Mapping) else dict.fromkeys(words, FindKind.NAME)
        self._by: dict[str, list[str]] = {}
        for word in self._kinds:
            self._by.setdefault(word[:SHORTEST_NAME], []).append(word)

    def places(self, text: str) -> Iterator[tuple[int, str, FindKind]]:
        """Give where each word stands in a text, the word and what it is."""
        by = self._by
        if not by:
            return
        for at, begin in enumerate(map(add, text, text[1:])):
            if begin in by:
                for word in by[begin]:
                    if text.startswith(word, at):
                        yield at, word, self._kinds[word]

    def within(self, text: str) -> set[str]:
        """Return the words that stand in a text."""
        return {word for _at, word, _kind in self.places(text)}


def spans(text: str, hidden: Hidden) -> list[Span]:
    """Return every find in a text in NFC, in order; finds that overlap are one.

    A contact found once is found wherever it stands again, glued to other letters too.
    """
    found = [(at, at + len(word), kind) for at, word, kind in hidden.places(text)]
    for word, kind in _contacts(text).items():
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word), kind))
            at = text.find(word, at + len(word))
    return list(_merged(sorted(found)))


def _contacts(text: str) -> dict[str, FindKind]:
    # Nearly every text has neither: two quick looks save three searches.
    found: dict[str, FindKind] = {}
    if "@" in text or "＠" in text:
        kind, pattern = _CONTACTS[0]
        found |= {match[0]: kind for match in pattern.finditer(text)}
    if _SEVEN_DIGITS.search(text):
        kind, pattern = _CONTACTS[1]
        found |= {match[0]: kind for match in pattern.finditer(text)}
        for match in _RESIDENT.finditer(text):
            found[match[0]] = FindKind.RESIDENT_NUMBER if _is_day(match[1]) else FindKind.HIDDEN
    return found


# No telephone and no registration number ends otherwise.
_SEVEN_DIGITS = re.compile(r"\d{4}" + _ENDS)


def _merged(found: Iterable[tuple[int, int, FindKind]]) -> Iterator[Span]:
    """Join what overlaps; the longest says what it is, and a registration number before all."""
    group: list[tuple[int, int, FindKind]] = []
    end = 0
    for one in found:
        if group and one[0] >= end:
            yield _joined(group, end)
            group = []
        end = max(end, one[1]) if group else one[1]
        group.append(one)
    if group:
        yield _joined(group, end)


def _joined(group: list[tuple[int, int, FindKind]], end: int) -> Span:
    start = group[0][0]
    kinds = {kind for *_, kind in group}
    if FindKind.RESIDENT_NUMBER in kinds:
        return Span(start, end - start, FindKind.RESIDENT_NUMBER)
    *_, kind = max(group, key=lambda one: (one[1] - one[0], one[2] is not FindKind.HIDDEN))
    return Span(start, end - start, kind)


def residents(text: str) -> list[Span]:
    """Return the resident registration numbers in a text."""
    return [s for s in spans(text, Hidden()) if s.kind is FindKind.RESIDENT_NUMBER]


def checksum_holds(number: str) -> bool | None:
    """Say whether the thirteenth digit follows from the others; None when there are not 13.

    Numbers given since October 2020 have none, so one that does not hold proves nothing.
    """
    digits = [int(letter) for letter in number if letter.isdigit()]
    if len(digits) != 13:
        return None
    total = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False))
    # A foreigner's number (7th digit 5 to 8) is counted from 13 instead of 11.
    return digits[12] == ((13 if 5 <= digits[6] <= 8 else 11) - total % 11) % 10


def _is_day(six: str) -> bool:
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:])
    try:
        dt.date(1900 + year, month, day)
    except ValueError:
        # 29 February of 2000: 1900 had none.
        return (year, month, day) == (0, 2, 29)
    return True


def masked(
    text: str, found: Iterable[Span], shown: Callable[[Span], bool] = lambda _span: False
) -> tuple[str, int]:
    """Return a text with all finds masked but those that are shown, and how many were masked."""
    parts, at, count = [], 0, 0
    for span in found:
        if not shown(span):
            parts += [text[at : span.start], MASK]
            at, count = span.end, count + 1
    return "".join([*parts, text[at:]]), count


def review(text: str, hidden: Hidden) -> tuple[str, int]:
    """Mask every find in a text; return it in NFC, and how many were masked.

    A text nobody has looked at goes out without them.
    """
    text = plain(text)
    return masked(text, spans(text, hidden))
