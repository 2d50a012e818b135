"""Two texts word by word: what was taken out, what was put in, and a little of what stayed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

SAME, OUT, IN, LEFT_OUT = "same", "out", "in", "left out"
MOST_WORDS = 3_000  # of a longer stretch lines are compared, not words
AROUND = 8  # words kept on each side of what differs
_WORD = re.compile(r"\s+|[^\s]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the two texts: `kind` is SAME, OUT (was there), IN (is there) or LEFT_OUT."""

    kind: str
    text: str


def differing(before: str, after: str) -> list[Piece]:
    """Return what differs between two texts, in order, with some words around it."""
    one, two = _WORD.findall(before), _WORD.findall(after)
    # What stands alike at both ends is most of a text that was edited in one place.
    head = _common(one, two)
    tail = _common(one[head:][::-1], two[head:][::-1])
    middle_one, middle_two = one[head : len(one) - tail], two[head : len(two) - tail]
    if max(len(middle_one), len(middle_two)) > MOST_WORDS:
        middle_one, middle_two = (_LINE.findall("".join(some)) for some in (middle_one, middle_two))
    pieces = [Piece(SAME, "".join(one[:head]))]
    if max(len(middle_one), len(middle_two)) > MOST_WORDS:
        pieces += [Piece(OUT, "".join(middle_one)), Piece(IN, "".join(middle_two))]
    else:
        matcher = difflib.SequenceMatcher(None, middle_one, middle_two, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                pieces.append(Piece(SAME, "".join(middle_one[a:b])))
                continue
            pieces += [Piece(OUT, "".join(middle_one[a:b])), Piece(IN, "".join(middle_two[c:d]))]
    pieces.append(Piece(SAME, "".join(one[len(one) - tail :])))
    return _shortened([piece for piece in pieces if piece.text])


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    pairs = zip(one, two, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _shortened(pieces: list[Piece]) -> list[Piece]:
    """Leave out the middle of long stretches that stayed."""
    found: list[Piece] = []
    for n, piece in enumerate(pieces):
        words = _WORD.findall(piece.text)
        if piece.kind != SAME or len(words) <= 4 * AROUND:
            found.append(piece)
            continue
        first, last = n == 0, n == len(pieces) - 1
        if not first:
            found.append(Piece(SAME, "".join(words[: 2 * AROUND])))
        found.append(Piece(LEFT_OUT, ""))
        if not last:
            found.append(Piece(SAME, "".join(words[-2 * AROUND :])))
    return found


def plain(pieces: Sequence[Piece]) -> str:
    """Write pieces as text: [-what was there-] {+what is there+} (the marks of git's word diff)."""
    forms = {SAME: "{}", OUT: "[-{}-]", IN: "{{+{}+}}", LEFT_OUT: " … "}
    return "".join(forms[piece.kind].format(piece.text) for piece in pieces)
