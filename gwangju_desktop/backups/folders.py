"""The second folder of an office's backups, as a person chose it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Second:
    """A second folder: where a person chose it, whether it is sealed, and its passphrase if known."""

    chosen: Path
    sealed: bool = False
    passphrase: str | None = None
