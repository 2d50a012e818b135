"""What a proposal's words are known by when they come a second time."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

_BETWEEN = "\x1f"


def of(title: str, text: str, received_on: dt.date, who: str) -> str:
    """Return the fingerprint (64 hex digits) of a proposal as it came.

    Composed and decomposed Hangul, and any white space, count as equal; nothing else does.
    """
    parts = (title, text, who)
    folded = [" ".join(unicodedata.normalize("NFC", part).split()) for part in parts]
    words = _BETWEEN.join([*folded, received_on.isoformat()])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
