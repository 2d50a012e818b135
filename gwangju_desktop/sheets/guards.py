"""Texts that no spreadsheet runs, and what a spreadsheet calls its columns."""

from __future__ import annotations

import re

# What a spreadsheet takes for the beginning of a formula, its full-width twins included.
GUARDED = re.compile(r"'*[=+\-@|%\t\r\n＝＋－＠]")
# The first letters such a text can have: whoever has a million looks at them first.
BEGINNINGS = frozenset("'=+-@|%\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs; `unguarded` gives it back."""
    return "'" + text if GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Take the apostrophe of `guarded` away."""
    return text[1:] if text[:1] == "'" and GUARDED.match(text[1:]) else text


def letters(column: int) -> str:
    """Return the spreadsheet's name of a column: 0 is A, 26 is AA."""
    name, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
