"""Look for what was left out in what was written, byte by byte."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

PIECE = 4 * 1024 * 1024


def forms(value: str) -> set[bytes]:
    """Return every way a text may lie in a file: UTF-8 and both UTF-16, composed or not."""
    texts = {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value)}
    return {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")}


def find(haystacks: Iterable[bytes], sought: Mapping[str, str]) -> dict[str, str]:
    """Return those of `sought` (text -> where it comes from) that lie in any of the haystacks.

    All texts are looked for in one pass by their first four bytes, so that ten thousand names in a
    hundred megabytes take seconds. Texts of fewer than four bytes are refused with ValueError.
    """
    import numpy as np

    needles: dict[int, list[tuple[bytes, str]]] = {}
    for text in sought:
        for form in forms(text):
            if len(form) < 4:
                raise ValueError("a text too short to be looked for")
            needles.setdefault(int.from_bytes(form[:4], "little"), []).append((form, text))
    if not needles:
        return {}
    starts = np.array(sorted(needles), dtype=np.uint32)
    found: dict[str, str] = {}
    for hay in haystacks:
        for at in range(0, len(hay), PIECE):
            data = np.frombuffer(hay[at : at + PIECE + 3], dtype=np.uint8).astype(np.uint32)
            if len(data) < 4:
                continue
            words = data[:-3] | data[1:-2] << 8 | data[2:-1] << 16 | data[3:] << 24
            for hit in np.flatnonzero(np.isin(words, starts)):
                place = at + int(hit)
                for form, text in needles[int(words[hit])]:
                    if text not in found and hay.startswith(form, place):
                        found[text] = sought[text]
    return found
