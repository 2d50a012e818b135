"""Personal numbers in free text: found with their places before a text is published, and masked.

A resident registration number (주민등록번호) is a date, then seven digits of which the first says
century and sex; 5 to 8 are those of foreigners (외국인등록번호). Its check digit holds for numbers
given out before October 2020 only, so a number written with its dash counts without it; thirteen
digits in one run count where it holds, or where the word for it stands close by. Cards are told by
the Luhn digit. Accounts are told as in `members.barred`. Number plates of cars are left alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gwangju_desktop.members import access, barred


class FlagKind(StrEnum):
    """What a number in a text is, or looks like (labels: words.FLAGS)."""

    REGISTRATION = "registration"
    FOREIGNER = "foreigner"
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"


# No office of this kind may store these (개인정보 보호법 제24조의2).
NEVER_KEPT = (FlagKind.REGISTRATION, FlagKind.FOREIGNER)


@dataclass(frozen=True, slots=True)
class Flag:
    """One personal number: characters `start` to `end` of the text, and how it reads masked."""

    kind: str
    start: int
    end: int
    masked: str


_DASH = r"[-‐‑‒–—―−~.·]"
_REGISTRATION = re.compile(
    rf"(?<!\d)(\d\d)(\d\d)(\d\d)(\s?{_DASH}\s?|\s{{1,2}}|)([0-9])(\d{{6}})(?!\d)"
)
_NAMED = re.compile(r"주민|등록\s?번호|외국인|registration|RRN", re.IGNORECASE)
_CARD = re.compile(
    rf"(?<!\d)(?<!\d{_DASH})"
    rf"(?:\d{{4}}(?:[ -]?\d{{4}}){{3}}|\d{{4}}[ -]?\d{{6}}[ -]?\d{{5}}|\d{{4}}[ -]?\d{{6}}[ -]?\d{{4}})"
    rf"(?!\d)(?!{_DASH}\d)"
)
_GAP = r"[-‐‑‒–—−. )]{0,2}"
_PHONE = re.compile(
    rf"(?<![\d-])(?:\+?82[-. ]{{0,2}}\(?0?\)?|\(?0)"
    rf"(?:1[016789]|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d){_GAP}\d{{3,4}}{_GAP}\d{{4}}(?![\d-])"
)
_ABROAD = re.compile(r"(?<![\w+])\+(?!82)[1-9]\d{0,2}(?:[-. ()]{0,2}\d){7,12}(?!\d)")
_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,7}\.[A-Za-z]{2,24}"
)
# Characters nobody sees, set between digits by word processors or to get past a look like this.
_HIDDEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_UNSEEN = re.compile(_HIDDEN)
# Without these there is no registration number: most texts are not looked at further.
_SIX = re.compile(rf"(?:\d{_HIDDEN}*){{6}}")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SOME_WIDE = re.compile("[\u3000\uff01-\uff5e]")
# A search in one long line looks at every pair of number and word: lines are cut.
_PIECE = 2_000
# The shortest number of all kinds; most texts have none and are not looked at further.
_EIGHT = re.compile(r"\d(?:\D{0,4}\d){7}")
# So many characters before a run of thirteen digits may name it.
_BEFORE = 24
_LEAST_DIGITS = re.compile(r"\d{3}")


def found(text: str, kinds: tuple[str, ...] = tuple(FlagKind)) -> list[Flag]:
    """Return the personal numbers of a text, in their order, none inside another."""
    seen, places = _seen(text)
    if "@" not in seen and _EIGHT.search(seen) is None:
        return []
    kept: list[Flag] = []
    taken = bytearray(len(seen))
    for kind, look in _LOOKS:
        if kind not in kinds:
            continue
        for start, end in look(seen):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            first, last = places(start), places(end - 1) + 1
            kept.append(
                Flag(_kind(kind, seen[start:end]), first, last, _masked(kind, seen[start:end]))
            )
    return sorted(kept, key=lambda flag: flag.start)


def masked(text: str, kinds: tuple[str, ...] = tuple(FlagKind)) -> str:
    """Return a text with its personal numbers masked, by default of every kind."""
    parts, at = [], 0
    for flag in found(text, kinds):
        parts += [text[at : flag.start], flag.masked]
        at = flag.end
    return "".join([*parts, text[at:]]) if parts else text


def kept(text: str) -> str:
    """Return a text as the office may keep it: registration numbers masked, all else as it came."""
    return masked(text, NEVER_KEPT) if _SIX.search(text) else text


# --- looking --------------------------------------------------------------------------------------


def _seen(text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text as a reader sees it, wide digits narrow, and where each character stands."""
    if text.isascii():
        return text, lambda n: n
    plain = text.translate(_WIDE) if _SOME_WIDE.search(text) else text
    if _UNSEEN.search(plain) is None:
        return plain, lambda n: n
    stands = [n for n, character in enumerate(plain) if _UNSEEN.match(character) is None]
    return "".join(plain[n] for n in stands), stands.__getitem__


def _registrations(text: str) -> Iterator[tuple[int, int]]:
    for match in _REGISTRATION.finditer(text):
        year, month, day = (int(match[n]) for n in (1, 2, 3))
        century = {"9": 1800, "0": 1800, "3": 2000, "4": 2000, "7": 2000, "8": 2000}
        born = century.get(match[5], 1900) + year
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(born, month)[1]):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if match[4].strip() or checks(match[0]) or _NAMED.search(before):
            yield match.span()


def checks(number: str) -> bool:
    """Say whether the check digit of a registration number holds; younger ones have none."""
    digits = [int(character) for character in number if character.isdigit()]
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
    foreign = digits[6] in (5, 6, 7, 8)
    return digits[12] == ((13 if foreign else 11) - total % 11) % 10


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _CARD.finditer(text):
        digits = [int(character) for character in match[0] if character.isdigit()]
        if digits[0] in (3, 4, 5, 6, 9) and _luhn(digits):
            yield match.span()


def _luhn(digits: list[int]) -> bool:
    doubled = [
        digit if n % 2 == 0 else digit * 2 - 9 * (digit > 4)
        for n, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_PHONE, _ABROAD):
        yield from (match.span() for match in pattern.finditer(text))


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" in text:
        yield from (match.span() for match in _EMAIL.finditer(text))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for start, piece in _pieces(text):
        if _LEAST_DIGITS.search(piece):
            for match in barred.account_numbers(piece):
                yield start + match.start(), start + match.end()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into its lines and long lines at a blank, with the place each begins at."""
    at = 0
    for line in text.splitlines(keepends=True):
        while len(line) > _PIECE:
            cut = line.rfind(" ", 0, _PIECE) + 1 or _PIECE
            yield at, line[:cut]
            line, at = line[cut:], at + cut
        yield at, line
        at += len(line)


_LOOKS: tuple[tuple[FlagKind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (FlagKind.REGISTRATION, _registrations),
    (FlagKind.EMAIL, _emails),
    (FlagKind.CARD, _cards),
    (FlagKind.PHONE, _phones),
    (FlagKind.ACCOUNT, _accounts),
)


def _kind(kind: FlagKind, number: str) -> str:
    if kind == FlagKind.REGISTRATION:
        digits = [character for character in number if character.isdigit()]
        if digits[6] in "5678":
            return FlagKind.FOREIGNER.value
    return kind.value


def _masked(kind: FlagKind, number: str) -> str:
    if kind == FlagKind.EMAIL:
        return access.masked_email(number)
    if kind == FlagKind.PHONE:
        return access.masked_phone(number)
    hidden = re.sub(r"\d", "*", number)
    if kind == FlagKind.CARD:
        return hidden[:-4] + number[-4:]
    return hidden
