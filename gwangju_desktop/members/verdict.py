"""What a rule says of a body on a day, and what it is judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop.members.profiles import Entry
from gwangju_desktop.members.tallies import Named, Newcomer, Tally
from gwangju_desktop.text import Msg, say

UNNAMED = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a body on a day.

    `ok` is None where nothing can be said yet, or where something is only near. `value` holds the
    numbers, `limit` the rule's own text, `brief` two or three words with the numbers.
    """

    rule: str
    ok: bool | None
    value: dict[str, Any]
    limit: str
    source: str
    message: Msg
    brief: Msg
    unverified: bool = False
    since: dt.date | None = None
    notes: tuple[tuple[Msg, dict[str, Any]], ...] = field(default=())

    @property
    def sentence(self) -> str:
        """Say the verdict in the current language."""
        said = [say(self.message, **self.value)]
        return " ".join(said + [say(note, **values) for note, values in self.notes])


@dataclass(slots=True)
class Case:
    """One body on one day, and what is thought of."""

    read: Session
    body_id: int
    on: dt.date
    without: list[int]
    body: Any
    newcomers: list[Newcomer] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def judged(
    entry: Entry,
    ok: bool | None,
    value: dict[str, Any],
    message: Msg,
    brief: Msg,
    notes: Sequence[tuple[Msg, dict[str, Any]]] = (),
) -> Verdict:
    return Verdict(
        entry.rule,
        ok,
        value,
        entry.value,
        entry.source,
        message,
        brief,
        entry.unverified,
        entry.since,
        tuple(notes),
    )


def listed(found: Sequence[Named]) -> str:
    """Return the first names with their numbers; names are data in no language."""
    shown = ", ".join(f"{one.name}({one.count})" for one in found[:UNNAMED])
    return shown + (" …" if len(found) > UNNAMED else "")
