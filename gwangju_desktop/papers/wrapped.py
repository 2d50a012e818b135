"""Whether document security has wrapped a file: only its first bytes tell, never its name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

HEADS = (
    # SoftCamp Document Security writes "SCDSA002" or "SCDSA004".
    "SCDSA00",
    # MarkAny Document SAFER writes "<DOCUMENT SAFER V2010 R2>".
    "<DOCUMENT SAFER",
    # Fasoo: "\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM".
    "DRMONE",
    # Fasoo's older container writes "<!-- FasooSecureContainer".
    "FasooSecureContainer",
    # Samsung SDS NASCA writes "<## NASCA DRM FILE - VER1.00 ##>".
    "<## NASCA DRM FILE",
)
# Fasoo's words stand behind two other bytes, so a beginning is looked for in the first ones.
REACH = 128
_SAMPLE = 4096
# A sample of random bytes has 7.95 bits each; documents begin with words, tables, zeros.
_RANDOM_BITS = 7.9


def locked(head: bytes, heads: Sequence[str] = HEADS) -> bool:
    """Say whether a file's first bytes are those of a product for document security."""
    start = head[:REACH]
    return any(beginning.encode() in start for beginning in heads)


def looks_random(head: bytes) -> bool:
    """Say whether bytes look encrypted; too few never do."""
    sample = head[:_SAMPLE]
    if len(sample) < _SAMPLE:
        return False
    shares = (count / len(sample) for count in Counter(sample).values())
    return -sum(share * math.log2(share) for share in shares) > _RANDOM_BITS
