"""What a thread is made of: plain values, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from gwangju_desktop.text import Msg, Words, say


class Key(NamedTuple):
    """A node's name: its kind (a Noun's key) and the id of its record."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Lens:
    """How records are looked at: on which day, whether only what is public may be seen, in which words."""

    today: dt.date
    public: bool
    say: Words

    def name(self, korean: str, english: str) -> str:
        """Return a name in the language of the lens; Korean where there is no English one."""
        return english if english and self.say.language == "en" else korean


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """What is still missing at a node, ready to be said; `tone` is neu, warn or bad."""

    message: Msg
    tone: str = "warn"
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Node:
    """One record of a thread.

    `number` is what people call it by (2022-031, the label of an item), `where` the title of its
    meeting, `state` in words. `day` is the one it is known by: receipt, meeting, decision, due or
    done. `of` is the node of the same record it stands behind (the decision behind its item);
    `record` is the page, id and table that show it.
    """

    key: Key
    table: str
    title: str
    number: str = ""
    where: str = ""
    day: dt.date | None = None
    state: str = ""
    open_end: OpenEnd | None = None
    done: bool = False
    of: Key | None = None
    record: tuple[str, int, str] = ("", 0, "")

    @property
    def kind(self) -> str:
        """Return the key of its noun."""
        return self.key.kind

    @property
    def id(self) -> int:
        """Return the id of its record."""
        return self.key.id


@dataclass(frozen=True, slots=True)
class Edge:
    """One led to the other; `link_id` is the link somebody made, None where a column says it."""

    before: Key
    after: Key
    link_id: int | None = None
    note: str = ""


# (id of ours, the other one's key)
Pairs = Iterable[tuple[int, Key]]


def none(_read: Session, _ids: Sequence[int]) -> Pairs:
    """Return nothing: a kind without edges of its own columns."""
    return ()


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of record on the thread; a new one is one more of these and its link columns.

    `rank` is its place on the line. `nodes` returns the nodes of ids that may be seen; `before` and
    `after` the edges its own columns hold, `beside` those to what is shown wherever the record is,
    itself leading nowhere. `links_from` and `links_to` are the columns of
    ThreadLink, None on a side it is never linked on. `home` gives the key of the node that stands
    for it where a thread is asked for; `find` an id from what a person types.
    """

    key: str
    table: str
    rank: int
    label: Msg
    missing: Msg
    nodes: Callable[[Session, Sequence[int], Lens], Iterable[Node]]
    before: Callable[[Session, Sequence[int]], Pairs] = none
    after: Callable[[Session, Sequence[int]], Pairs] = none
    beside: Callable[[Session, Sequence[int]], Pairs] = none
    links_from: Any = None
    links_to: Any = None
    home: Callable[[Session, int], Key | None] | None = None
    find: Callable[[Session, str], int | None] | None = None
