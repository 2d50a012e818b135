"""A record's thread: all that led to it and all it led to, in the order in which one reads it."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.threads import ThreadLink
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.text import N_, words
from gwangju_desktop.threads import lines
from gwangju_desktop.threads.actions import KEY as ACTION
from gwangju_desktop.threads.indicators import KEY as INDICATOR
from gwangju_desktop.threads.model import Edge, Key, Lens, Node, OpenEnd
from gwangju_desktop.threads.nouns import BY_KEY, NOUNS, noun_of

# A database takes so many ids in one question; a page shows no more nodes than that.
BLOCK = 500
MOST = 2_000
_LATER = dt.date.max


@dataclass(frozen=True, slots=True)
class Thread:
    """What a record came from and led to: nodes in reading order, and what led to what.

    `start` is the node that was asked for. `cut` says that there is more than can be shown.
    """

    start: Key
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cut: bool = False

    @property
    def sentence(self) -> str:
        """Return the thread as one line with its dates, in the current language."""
        return lines.said(self.nodes, words())

    @property
    def open_ends(self) -> tuple[Node, ...]:
        """Return the nodes at which something is missing, the worst first."""
        order = {"bad": 0, "warn": 1, "neu": 2}
        ends = [node for node in self.nodes if node.open_end is not None]
        return tuple(sorted(ends, key=lambda node: order[node.open_end.tone]))  # type: ignore[union-attr]

    @property
    def bare(self) -> bool:
        """Say whether nothing led to the record and it led to nothing."""
        return len({node.of or node.key for node in self.nodes}) <= 1


def thread(
    read: Session,
    *,
    table: str,
    id: int,
    today: dt.date,
    public: bool = False,
    language: str | None = None,
) -> Thread:
    """Return the thread of a record; `table` is a table or a kind of the thread.

    For the `public` only what everybody may read is selected. Raises UserError when there is no
    such record, or the public may not see it.
    """
    lens = Lens(today, public, words(language))
    asked = Key(noun_of(table).key, id)
    start = _home(read, asked)
    nodes: dict[Key, Node] = {}
    edges: dict[tuple[Key, Key], Edge] = {}
    _load(read, [start], lens, nodes)
    if start not in nodes:
        raise UserError(BY_KEY[asked.kind].missing, hint=MEANWHILE, id=id)
    cut = _walk(read, start, lens, nodes, edges, forward=False)
    cut = _walk(read, start, lens, nodes, edges, forward=True) or cut
    _add_beside(read, lens, nodes, edges)
    if asked not in nodes and BY_KEY[asked.kind].table != BY_KEY[start.kind].table:
        raise UserError(BY_KEY[asked.kind].missing, hint=MEANWHILE, id=id)
    joined = _behind(nodes, edges.values())
    ordered = _in_order(nodes, joined)
    return Thread(asked if asked in nodes else start, tuple(_ended(ordered)), tuple(joined), cut)


def _home(read: Session, asked: Key) -> Key:
    home = BY_KEY[asked.kind].home
    found = asked if home is None else home(read, asked.id)
    if found is None:
        raise UserError(BY_KEY[asked.kind].missing, hint=MEANWHILE, id=asked.id)
    return found


def _walk(
    read: Session,
    start: Key,
    lens: Lens,
    nodes: dict[Key, Node],
    edges: dict[tuple[Key, Key], Edge],
    *,
    forward: bool,
) -> bool:
    """Add all that can be reached, level by level; say whether it was too much.

    What may not be seen is not passed through either. Circles end where they began.
    """
    seen, frontier = {start}, [start]
    while frontier:
        found = edges_of(read, frontier, forward=forward)
        ends = [edge.after if forward else edge.before for edge in found]
        fresh = [key for key in dict.fromkeys(ends) if key not in seen]
        if len(nodes) + len(fresh) > MOST:
            fresh = fresh[: MOST - len(nodes)]
        _load(read, [key for key in fresh if key not in nodes], lens, nodes)
        for edge in found:
            if edge.before in nodes and edge.after in nodes:
                pair = (edge.before, edge.after)
                if pair not in edges or edge.link_id is not None:
                    edges[pair] = edge
        seen.update(fresh)
        frontier = [key for key in fresh if key in nodes]
        if len(nodes) >= MOST:
            return True
    return False


def _add_beside(
    read: Session, lens: Lens, nodes: dict[Key, Node], edges: dict[tuple[Key, Key], Edge]
) -> None:
    """Add what is shown wherever its record is: the evidence of an action."""
    for kind, ids in _by_kind(list(nodes)).items():
        for at in range(0, len(ids), BLOCK):
            pairs = BY_KEY[kind].beside(read, ids[at : at + BLOCK])
            found = [Edge(Key(kind, id), other) for id, other in pairs]
            _load(read, [edge.after for edge in found], lens, nodes)
            edges.update({(e.before, e.after): e for e in found if e.after in nodes})


def edges_of(read: Session, keys: Sequence[Key], *, forward: bool) -> list[Edge]:
    """Return the edges that leave these nodes, or with `forward` False those that reach them."""
    found: list[Edge] = []
    for kind, ids in _by_kind(keys).items():
        noun = BY_KEY[kind]
        own = noun.after if forward else noun.before
        stored = noun.links_from if forward else noun.links_to
        for at in range(0, len(ids), BLOCK):
            block = ids[at : at + BLOCK]
            for id, other in own(read, block):
                ours = Key(kind, id)
                found.append(Edge(ours, other) if forward else Edge(other, ours))
            if stored is not None:
                found += _stored(read, stored, block)
    return found


def _stored(read: Session, column: Any, ids: Sequence[int]) -> list[Edge]:
    query = select(ThreadLink.__table__).where(column.in_(ids)).order_by(ThreadLink.id)
    found: list[Edge] = []
    for row in read.execute(query).mappings():
        before, after = ends_of(row)
        found.append(Edge(before, after, row["id"], row["note"]))
    return found


def ends_of(row: Any) -> tuple[Key, Key]:
    """Return what a row of ThreadLink links."""
    before = next(
        Key(noun.key, row[noun.links_from.key])
        for noun in NOUNS
        if noun.links_from is not None and row[noun.links_from.key] is not None
    )
    after = next(
        Key(noun.key, row[noun.links_to.key])
        for noun in NOUNS
        if noun.links_to is not None and row[noun.links_to.key] is not None
    )
    return before, after


def _load(read: Session, keys: Sequence[Key], lens: Lens, nodes: dict[Key, Node]) -> None:
    for kind, ids in _by_kind(keys).items():
        for at in range(0, len(ids), BLOCK):
            for node in BY_KEY[kind].nodes(read, ids[at : at + BLOCK], lens):
                nodes[node.key] = node


def _by_kind(keys: Iterable[Key]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        found[key.kind].append(key.id)
    return found


def _behind(nodes: dict[Key, Node], edges: Iterable[Edge]) -> list[Edge]:
    """Let what a record led to hang from the node that stands behind it: from its decision."""
    behind = {node.of: node.key for node in nodes.values() if node.of is not None}
    moved = [replace(edge, before=behind.get(edge.before, edge.before)) for edge in edges]
    return moved + [Edge(of, key) for of, key in behind.items()]


def _in_order(nodes: dict[Key, Node], edges: Sequence[Edge]) -> list[Node]:
    """Return the nodes so that what came before stands before, by day where that leaves a choice.

    Where circles were made by hand in older offices the earliest of the circle comes first.
    """
    waiting: dict[Key, int] = dict.fromkeys(nodes, 0)
    follow: dict[Key, list[Key]] = defaultdict(list)
    for edge in edges:
        follow[edge.before].append(edge.after)
        waiting[edge.after] += 1
    ready = [(_place(nodes[key]), key) for key, n in waiting.items() if not n]
    heapq.heapify(ready)
    rest = sorted((_place(node), key) for key, node in nodes.items())
    ordered: dict[Key, Node] = {}
    at = 0
    while len(ordered) < len(nodes):
        if ready:
            key = heapq.heappop(ready)[1]
        else:
            while rest[at][1] in ordered:
                at += 1
            key = rest[at][1]
        if key in ordered:
            continue
        ordered[key] = nodes[key]
        for other in follow[key]:
            waiting[other] -= 1
            if waiting[other] == 0 and other not in ordered:
                heapq.heappush(ready, (_place(nodes[other]), other))
    return list(ordered.values())


def _place(node: Node) -> tuple[int, dt.date, int]:
    return BY_KEY[node.kind].rank, node.day or _LATER, node.id


def _ended(nodes: list[Node]) -> list[Node]:
    """Say at what was done that no figure shows it, where the whole thread reaches no indicator."""
    if any(node.kind == INDICATOR for node in nodes):
        return nodes
    return [
        replace(node, open_end=OpenEnd(N_("no indicator linked"), "warn"))
        if node.kind == ACTION and node.done and node.open_end is None
        else node
        for node in nodes
    ]
