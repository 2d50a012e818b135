"""Official numbering: 1. 가. 1) 가) (1) (가) ① ㉮ (행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조)."""

from __future__ import annotations

import re

# After 하 the second row of vowels follows: 거, 너, 더 and so on.
_CONSONANTS = "가나다라마바사아자차카타파하"
_VOWELS = "가거고구그기"
_CIRCLES = ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35))
_HANGUL_CIRCLES, _FIRST_HANGUL_CIRCLE = 14, 0x326E
LEVELS = 8
_TYPED = re.compile(
    r"^(?:\d{1,3}[.)]|[가-힣][.)]|\(\d{1,3}\)|\([가-힣]\)|[①-⑳㉑-㉟㊱-㊿]|[㉮-㉻])$"
)


def ordinal(level: int, number: int) -> str:
    """Return the mark of the `number`-th item, from 1, of a level, from 0 for `1.`."""
    level = min(level, LEVELS - 1)
    if level % 2 == 0:
        said = str(number)
    else:
        said = syllable(number)
    match level:
        case 0 | 1:
            return f"{said}."
        case 2 | 3:
            return f"{said})"
        case 4 | 5:
            return f"({said})"
        case 6:
            return _circle(number) or f"({said})"
        case _:
            inside = number <= _HANGUL_CIRCLES
            return chr(_FIRST_HANGUL_CIRCLE + number - 1) if inside else f"({said})"


def syllable(number: int) -> str:
    """Return the syllable that stands for a number: 가 나 … 하 거 너 … 허 고."""
    row, place = divmod(number - 1, len(_CONSONANTS))
    # Syllables of one consonant lie together, 28 to a vowel.
    base = ord(_CONSONANTS[place])
    vowel = (ord(_VOWELS[row % len(_VOWELS)]) - ord("가")) // 28
    return chr(base + vowel * 28)


def is_ordinal(mark: str) -> bool:
    """Say whether a mark is a number or letter of an order, not a bullet."""
    return bool(_TYPED.match(mark))


def level_of(mark: str) -> int:
    """Return the level a typed mark belongs to, from 0 for `1.`; 0 for what is no such mark."""
    spoken = any("가" <= one <= "힣" for one in mark)
    if mark.startswith("("):
        return 4 + spoken
    if mark.endswith(")"):
        return 2 + spoken
    if mark.endswith("."):
        return int(spoken)
    return 0 if not is_ordinal(mark) else 7 if "㉮" <= mark <= "㉻" else 6


def _circle(number: int) -> str:
    for last, base in _CIRCLES:
        if number <= last:
            return chr(base + number - 1)
    return ""
