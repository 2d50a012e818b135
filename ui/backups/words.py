"""Sizes and backups in words."""

from __future__ import annotations

from ui.text import N_, Msg

UNITS: tuple[tuple[int, Msg], ...] = (
    (1_000_000_000, N_("{n:.1f} GB")),
    (1_000_000, N_("{n:.1f} MB")),
    (1_000, N_("{n:.0f} KB")),
)


def size(bytes: int) -> tuple[Msg, float]:
    """Return the words of a size and their number `n`."""
    for unit, words in UNITS:
        if bytes >= unit:
            return words, bytes / unit
    return N_("{n:.0f} bytes"), float(bytes)
