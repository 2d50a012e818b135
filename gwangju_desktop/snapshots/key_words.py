"""A signing key's fingerprint in words, to be compared on the telephone.

Sixteen words stand for the first 128 bits; the whole fingerprint stays what decides.
"""

from __future__ import annotations

import tomllib
from functools import cache

import resources

BYTES = 16
BITS = BYTES * 8
A_LINE = 4


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the 256 words of each language, in the order of the bytes they stand for."""
    data = tomllib.loads(resources.path("key_words.toml").read_text(encoding="utf-8"))
    return {language: tuple(data[language].split()) for language in ("ko", "en")}


def fingerprint_words(key_id: str, language: str) -> tuple[str, ...]:
    """Return the words of a key id (hex) or of a fingerprint in groups; raises ValueError for others."""
    words = lists()[language]
    return tuple(words[byte] for byte in bytes.fromhex(key_id)[:BYTES])


def lined(key_id: str, language: str) -> str:
    """Return the words in four lines, as short as what is read out at once."""
    words = fingerprint_words(key_id, language)
    return "\n".join(" ".join(words[n : n + A_LINE]) for n in range(0, BYTES, A_LINE))
