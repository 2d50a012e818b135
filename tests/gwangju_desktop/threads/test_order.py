"""The reading order of a thread over made-up graphs, circles among them."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.threads import walk
from gwangju_desktop.threads.model import Edge, Key, Node
from gwangju_desktop.threads.nouns import NOUNS

KINDS = [noun.key for noun in NOUNS]
DAY = dt.date(2022, 1, 1)
PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


def made(n: int) -> Node:
    """Make a node whose kind and day do not follow its number."""
    key = Key(KINDS[n * 5 % len(KINDS)], n)
    return Node(key, "", "", day=DAY + dt.timedelta(days=n * 7 % 12))


NODES = {node.key: node for node in map(made, range(12))}
KEYS = {key.id: key for key in NODES}


def ordered(pairs) -> list[Key]:
    """Return the keys in reading order."""
    edges = [Edge(KEYS[a], KEYS[b]) for a, b in pairs]
    return [node.key for node in walk._in_order(NODES, edges)]


@settings(max_examples=80, deadline=None)
@given(PAIRS)
def test_every_record_stands_once_whatever_leads_to_what(pairs) -> None:
    found = ordered(pairs)
    assert sorted(found) == sorted(NODES)
    assert found == ordered(list(reversed(pairs)))


@settings(max_examples=80, deadline=None)
@given(PAIRS)
def test_what_came_before_stands_before(pairs) -> None:
    forward = [(a, b) for a, b in pairs if a < b]
    place = {key.id: n for n, key in enumerate(ordered(forward))}
    assert all(place[a] < place[b] for a, b in forward)
