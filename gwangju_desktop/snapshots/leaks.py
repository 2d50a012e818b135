"""Look for what was left out in what was written, byte by byte."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

PIECE = 4 * 1024 * 1024
# Among bytes that are no text, values of four letters stand by chance.
SHORTEST, SHORTEST_IN_BINARY = 4, 6
# How many places a table has for each beginning, and at most: what is hit by chance is looked up.
_PLACES, _FEWEST_BITS, _MOST_BITS = 64, 16, 24
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
# Letters that CSV, HTML or JSON writes in another way.
_WRITTEN_OTHERWISE = frozenset("\"\\&<>'")
_SPREAD, _SPREAD_NEXT = 2_654_435_761, 2_246_822_519


def forms(value: str) -> set[bytes]:
    """Return every way a text may lie in a file: UTF-8 and both UTF-16, composed or not.

    As CSV, HTML and JSON write it too, which matters for quotes, ampersands and line breaks.
    """
    if value.isascii() and value.isprintable() and not _WRITTEN_OTHERWISE.intersection(value):
        return {value.encode(coding) for coding in _CODINGS}
    texts = {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value)}
    for text in tuple(texts):
        texts |= {text.replace('"', '""'), html.escape(text), html.escape(text, quote=False)}
        texts |= {json.dumps(text, ensure_ascii=plain)[1:-1] for plain in (False, True)}
    return {text.encode(coding) for text in texts for coding in _CODINGS}


class Search:
    """Texts to look for (text -> where it comes from), made once for many pieces of bytes.

    All are looked for in one pass by how they begin, so that ten thousand names in a hundred
    megabytes take seconds. Texts of fewer than four bytes are refused with ValueError.
    """

    def __init__(self, sought: Mapping[str, str]) -> None:
        self.sought = sought
        # By their first eight bytes, or four where they are shorter: names share their first letter.
        self._by: dict[int, dict[bytes, list[tuple[bytes, str]]]] = {8: {}, 4: {}}
        for text in sought:
            for form in forms(text):
                if len(form) < SHORTEST:
                    raise ValueError("a text too short to be looked for")
                begin = form[: 8 if len(form) >= 8 else 4]
                self._by[len(begin)].setdefault(begin, []).append((form, text))
        self._tables = {size: _table(by) for size, by in self._by.items() if by}

    def within(self, hay: bytes, shortest: int = SHORTEST) -> dict[str, str]:
        """Return those of the texts, of at least `shortest` bytes, that lie in some bytes."""
        import numpy as np

        found: dict[str, str] = {}
        for at in range(0, len(hay) if self._tables else 0, PIECE):
            piece = hay[at : at + PIECE + 7]
            words = _words(piece)
            for size, table in self._tables.items():
                by = self._by[size]
                # A small table answers for nearly every place.
                for hit in np.flatnonzero(table[_slots(words, size, len(table))]).tolist():
                    for form, text in by.get(piece[hit : hit + size], ()):
                        new = text not in found and len(form) >= shortest
                        if new and hay.startswith(form, at + hit):
                            found[text] = self.sought[text]
        return found


def _words(data: bytes) -> Any:
    """Return the four bytes at each place as one number."""
    import numpy as np

    if len(data) < 4:
        return np.zeros(0, dtype=np.uint32)
    return np.ndarray((len(data) - 3,), dtype="<u4", buffer=data, strides=(1,)).astype(np.uint32)


def _slots(words: Any, size: int, places: int) -> Any:
    import numpy as np

    if size == 8:
        words = words[:-4] ^ words[4:] * np.uint32(_SPREAD_NEXT)
    return _spread(words, places)


def _table(begins: Mapping[bytes, object]) -> Any:
    import numpy as np

    size = len(next(iter(begins)))
    pairs = np.frombuffer(b"".join(begins), dtype="<u4").reshape(-1, size // 4)
    words = pairs[:, 0] if size == 4 else pairs[:, 0] ^ pairs[:, 1] * np.uint32(_SPREAD_NEXT)
    bits = (len(begins) * _PLACES).bit_length()
    table = np.zeros(1 << min(max(bits, _FEWEST_BITS), _MOST_BITS), dtype=bool)
    table[_spread(words, len(table))] = True
    return table


def _spread(words: Any, places: int) -> Any:
    import numpy as np

    return words * np.uint32(_SPREAD) >> np.uint32(33 - places.bit_length())


def find(haystacks: Iterable[bytes], sought: Mapping[str, str] | Search) -> dict[str, str]:
    """Return those of `sought` that lie in any of the haystacks; raises ValueError as Search."""
    search = sought if isinstance(sought, Search) else Search(sought)
    found: dict[str, str] = {}
    for hay in haystacks:
        found |= search.within(hay)
    return found
