"""Bytes in which thousands of others are looked for, by no code of the product."""

from __future__ import annotations

import numpy as np

WORD = 8  # bytes a search begins with


class Haystack:
    """`needle in Haystack(data)` is `needle in data`: how every part begins is known beforehand."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        whole = [data[at : at + (len(data) - at) // WORD * WORD] for at in range(WORD)]
        words = [np.frombuffer(part, "<u8") for part in whole]
        self.begins = np.unique(np.concatenate(words))

    def __contains__(self, needle: bytes) -> bool:
        if len(needle) >= WORD:
            first = np.uint64(int.from_bytes(needle[:WORD], "little"))
            at = int(np.searchsorted(self.begins, first))
            if at == len(self.begins) or self.begins[at] != first:
                return False
        return needle in self.data
