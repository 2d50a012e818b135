"""What a series of polls begins with, and where each number comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import resources


@dataclass(frozen=True, slots=True)
class Default:
    """One number, where it comes from, and how it reads where it is shown.

    `verified` tells a number that the source named gives from one that is mere custom.
    """

    key: str
    value: float
    source: str
    note: str = ""
    verified: bool = False


@lru_cache(maxsize=1)
def defaults() -> dict[str, Default]:
    """Return all numbers by key."""
    data = tomllib.loads(resources.path("polls/defaults.toml").read_text("utf-8"))
    return {row["key"]: Default(**row) for row in data["default"]}


def number(key: str) -> float:
    """Return one number, as trim_low and trim_high; KeyError for a key that is not there."""
    return float(defaults()[key].value)


def whole(key: str) -> int:
    """Return one whole number: every_months, max_choices, small_cell, small_base, keep_months."""
    return int(defaults()[key].value)
