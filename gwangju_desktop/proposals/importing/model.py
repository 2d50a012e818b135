"""What an import of proposals would do, row by row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from db.vocab import ProposalChannel
from gwangju_desktop.members.importing.model import SKIP, Change, Choice
from gwangju_desktop.sheets.model import Remark

__all__ = ["KINDS", "SKIP", "Change", "Choice", "Count", "New", "Options", "Plan", "Row", "Several"]

# alike: goes in, and looks like one that is there; flagged: goes in with a personal number in it.
Kind = Literal["refused", "alike", "flagged", "add", "change", "same"]
KINDS: tuple[Kind, ...] = ("refused", "alike", "flagged", "add", "change", "same")
NEW: tuple[Kind, ...] = ("alike", "flagged", "add")


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said for the whole file.

    `system` names where the numbers are from, "" for what the columns give away; `channel` is the
    way in of rows that name none, "" for another system where there are numbers of one, else the
    web page; `states` gives states to words of the other system (others are guessed); `received_on`
    is the day of rows that name none; `untitled` lets a title be made from the first words.
    """

    profile_id: int | None = None
    system: str = ""
    channel: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    received_on: dt.date | None = None
    untitled: bool = True

    def way(self, numbered: bool) -> str:
        """Return the channel of a row that names none."""
        usual = ProposalChannel.SYSTEM if numbered else ProposalChannel.WEB
        return self.channel or usual.value


@dataclass(frozen=True, slots=True)
class Several:
    """More than one remark on a row."""

    parts: tuple[Remark, ...]

    def __str__(self) -> str:
        return " ".join(str(part) for part in self.parts)


@dataclass(slots=True)
class Row:
    """What becomes of one row of the file; `why` says why, or what to look at."""

    line: int
    kind: Kind
    name: str
    where: str = ""
    why: Remark | Several | None = None
    column: str = ""
    changes: tuple[Change, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    adds: tuple[str, ...] = ()


@dataclass(slots=True)
class New:
    """A proposal to add: its own columns, its proposer's, its outside number, its first step."""

    line: int
    facts: dict[str, Any]
    proposer: dict[str, str] | None
    outside: tuple[str, str] | None
    told: str
    since_on: dt.date


@dataclass(frozen=True, slots=True)
class Count:
    """Supports and comments of a proposal that is there, where the file counts more."""

    id: int
    values: dict[str, int]


@dataclass(slots=True)
class Plan:
    """Everything an import of proposals would do."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    new: list[New] = field(default_factory=list)
    counted: list[Count] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in KINDS}

    @property
    def added(self) -> int:
        """How many proposals would be added."""
        return len(self.new)

    @property
    def held_back(self) -> int:
        """How many rows do not go in though nobody left them out."""
        return sum(row.kind == "refused" and row.chosen != SKIP for row in self.rows)

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.new or self.counted)
