"""What the parts of a table are called: 주택용, 아파트."""

from __future__ import annotations

from gwangju_desktop.energy import items
from ui.text import say


def item_words(dimension: str, code: str) -> str:
    """Name a part of a table, several joined: dimension "building;use", code "apartment;general"."""
    if "=" in code:
        pairs = [part.partition("=")[::2] for part in code.split(";")]
    else:
        names = dimension.split(";")
        codes = code.split(";") if len(names) > 1 else [code]
        pairs = list(zip(names, codes, strict=False))
    return " · ".join(say(items.label(name, one)) for name, one in pairs if one)
