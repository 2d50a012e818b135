"""What an import would do, row by row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from gwangju_desktop.sheets.model import Remark

Kind = Literal["add", "change", "same", "conflict", "refused"]
KINDS: tuple[Kind, ...] = ("refused", "conflict", "add", "change", "same")
SKIP, NEW = "skip", "new"


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said for the whole file.

    `body_id` takes every row for a seat in that body, `starts_on` is the first day where the file
    names none, `new_bodies` adds bodies that are not there yet, `same_name` takes somebody of the
    same name for the same person when there is only one.
    """

    body_id: int | None = None
    starts_on: dt.date | None = None
    new_bodies: bool = False
    same_name: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row that would change: the field, what is held, what would be."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out of a conflict: what is handed back, and what it means."""

    key: str
    says: Remark


@dataclass(slots=True)
class Row:
    """What becomes of one row of the file; `why` says why it is refused or in conflict.

    `adds` names what is new: person, seat, affiliation, organisation, post.
    """

    line: int
    kind: Kind
    name: str
    where: str = ""
    why: Remark | None = None
    column: str = ""
    changes: tuple[Change, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    adds: tuple[str, ...] = ()


@dataclass(slots=True)
class Somebody:
    """A person of the file: already held (`id`), or new with a uid of the file or none.

    `needed` is set by the first row that goes in, `line` is that row's.
    """

    id: int | None = None
    uid: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    needed: bool = False
    line: int = 0


@dataclass(slots=True)
class Seat:
    """A membership to add (`id` None) or to change."""

    who: Somebody
    id: int | None
    body: int | str
    values: dict[str, Any]
    organisation: str | None
    term_id: int | None


@dataclass(slots=True)
class Attached:
    """An affiliation to add (`id` None) or to change."""

    who: Somebody
    id: int | None
    organisation: str
    values: dict[str, Any]


@dataclass(slots=True)
class Rows:
    """What an import would do, row by row, and what is to be said of the whole file."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in KINDS}

    @property
    def held_back(self) -> int:
        """How many rows do not go in though nobody left them out."""
        kinds = ("refused", "conflict")
        return sum(row.kind in kinds and row.chosen != SKIP for row in self.rows)

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.counts["add"] or self.counts["change"])


@dataclass(slots=True)
class Plan(Rows):
    """Everything an import of members would do."""

    people: list[Somebody] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
