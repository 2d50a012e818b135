"""What a register tells of its meetings, and what taking it over would do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from gwangju_desktop.members.importing.model import Rows
from gwangju_desktop.sheets.model import Remark


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said for the whole file: `body_id` takes every row for a meeting of it."""

    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line may not go in, and the title of the column it is about."""

    line: int
    why: Remark
    column: str = ""


@dataclass(slots=True)
class Item:
    """One agenda item of the file; `facts` are read values by field, its times whole moments."""

    line: int
    facts: dict[str, Any]


@dataclass(slots=True)
class Sitting:
    """One meeting of the file with the lines that tell of it.

    `facts` are comparable values by field: number as a whole number, day, start as a clock time,
    end as a moment. `number_year` is the year its number counts in.
    """

    body_id: int
    day: dt.date
    lines: list[int] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    number_year: int = 0
    items: list[Item] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What messages call it where it has no title of its own."""
        return str(self.facts.get("title") or self.facts.get("number") or self.day.isoformat())


@dataclass(slots=True)
class HeldItem:
    """An agenda item of the office in the register's terms."""

    id: int
    facts: dict[str, Any]


@dataclass(slots=True)
class Held:
    """A meeting of the office in the register's terms; `state` is where it really stands."""

    id: int
    body_id: int
    state: str
    starts_at: dt.datetime
    number_year: int
    facts: dict[str, Any]
    items: list[HeldItem] = field(default_factory=list)


@dataclass(slots=True)
class Fill:
    """Values a held meeting (`item_id` None) or one of its items would take from the file."""

    meeting_id: int
    item_id: int | None
    values: dict[str, Any]


@dataclass(slots=True)
class Plan(Rows):
    """Everything taking a register over would do."""

    new: list[Sitting] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
