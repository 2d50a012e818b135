"""Sums as official documents write them: 금113,560원(금일십일만삼천오백육십원).

Source: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조 (domain 2.5).
"""

from __future__ import annotations

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_MYRIADS = ("", "만", "억", "조", "경")
MOST = 10**20 - 1


def in_words(amount: int) -> str:
    """Write a sum in won in figures and, in brackets, in words; raises ValueError beyond MOST."""
    return f"금{amount:,}원(금{hangul(amount)}원)"


def hangul(amount: int) -> str:
    """Write a whole number in Hangul, every digit spoken: 일십일만삼천오백육십.

    Raises ValueError below 0 and beyond MOST.
    """
    if not 0 <= amount <= MOST:
        raise ValueError(amount)
    if amount == 0:
        return _DIGITS[0]
    groups = []
    for myriad in _MYRIADS:
        amount, four = divmod(amount, 10_000)
        if four:
            groups.append(_four(four) + myriad)
    return "".join(reversed(groups))


def _four(number: int) -> str:
    said = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            said = _DIGITS[int(digit)] + _PLACES[place] + said
    return said
