"""Which row holds the titles, when any does."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from gwangju_desktop.members.importing.values import fold

# A list may stand below its own heading and a line saying as of when.
_LOOKED_AT = 10
_NUMBER = re.compile(r"[\d.,\-\s/:()+]+")
_MAIL = re.compile(r"\S+@\S+\.\S+")


def find(cells: Sequence[Sequence[str]], titles: Collection[str]) -> int | None:
    """Return which row holds titles such as the (folded) known ones; None when none does."""
    best, most = None, 0
    for at, row in enumerate(cells[:_LOOKED_AT]):
        known = sum(1 for cell in row if fold(cell) in titles)
        plain = not any(look(cell) in ("number", "mail") for cell in row)
        if known > most and (known > 1 or (plain and at == 0)):
            best, most = at, known
    if best is not None:
        return best
    return 0 if _unlike_the_rest(cells) else None


def look(value: str) -> str:
    """Say what a value looks like: a number, an address, letters of which script."""
    if not value:
        return "empty"
    if _NUMBER.fullmatch(value):
        return "number"
    if _MAIL.fullmatch(value):
        return "mail"
    return "latin" if value.isascii() else "text"


def _unlike_the_rest(cells: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row is words over columns of something else."""
    first, rest = cells[0], cells[1:50]
    if not rest or not all(first) or any(look(cell) in ("number", "mail") for cell in first):
        return False
    below = [{look(row[at]) for row in rest if row[at]} for at in range(len(first))]
    return any(looks and looks <= {"number", "mail"} for looks in below)
