"""Where each seat stands in the room: the head first, then left and right in turn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from db.vocab import Layout

# How long one arm of a U may be, how many close it at the foot, how wide a column of it stands.
_ARM, _FOOT, _COLUMN = 12, 8, 0.14
# The same on a page that stands upright: longer arms, a short foot; seats in a row to all seats.
_UPRIGHT_ARM, _UPRIGHT_FOOT = 16, 4
_ABREAST, _UPRIGHT_ABREAST = 1.6, 0.8
# From where to where those at the head sit.
_HEAD, _UPRIGHT_HEAD = (0.32, 0.68), (0.14, 0.86)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat's place: `x` from the left and `y` from the head of the room, both 0 to 1."""

    x: float
    y: float


def places(layout: str, heads: int, seats: int, *, upright: bool = False) -> list[Place]:
    """Return the places of `seats` seats in precedence order, the first `heads` at the head.

    A U has the head at its closed end and two arms, an oval goes round a table, rows stand behind
    one another facing the head. After the head the order alternates from left to right, as people
    are seated by rank (서열). The page lies across, or stands `upright`.
    """
    heads = min(heads, seats)
    rest = seats - heads
    if layout == Layout.OVAL:
        return list(_oval(seats, heads))
    top = list(_line(heads, 0.0, *(_UPRIGHT_HEAD if upright else _HEAD)))
    if layout == Layout.ROWS:
        return top + list(_rows(rest, _UPRIGHT_ABREAST if upright else _ABREAST))
    arm, foot = (_UPRIGHT_ARM, _UPRIGHT_FOOT) if upright else (_ARM, _FOOT)
    return top + list(_arms(rest, arm, foot))


def _line(count: int, y: float, left: float, right: float) -> Iterator[Place]:
    """Place the first in the middle and the others outwards in turn."""
    middle = (left + right) / 2
    step = (right - left) / max(count, 1)
    # Two chairs share the middle.
    if count == 2:
        yield Place(middle - step / 2, y)
        yield Place(middle + step / 2, y)
        return
    even = step / 2 if count % 2 == 0 else 0.0
    for at in range(count):
        yield Place(middle + even + _side(at) * step, y)


def _side(at: int) -> int:
    """Return 0, -1, 1, -2, 2 …: outwards from the middle, the left side first."""
    return -(at + 1) // 2 if at % 2 else at // 2


def _arms(count: int, arm: int, longest: int) -> Iterator[Place]:
    """Place two arms, the side next to the table first, then the foot that closes the U."""
    foot = min(longest, count // 4) if count >= longest else 0
    sides = count - foot
    columns = max(1, math.ceil(sides / 2 / arm))
    length = max(1, math.ceil(sides / 2 / columns))
    last = 0.82 if foot else 1.0
    for at in range(sides):
        column, place = divmod(at, 2 * length)
        inwards = _COLUMN * (columns - 1 - column)
        x = inwards if place % 2 == 0 else 1.0 - inwards
        yield Place(x, 0.17 + (last - 0.17) * (place // 2) / max(length - 1, 1))
    yield from _line(foot, 1.0, 0.08, 0.92)


def _rows(count: int, abreast: float) -> Iterator[Place]:
    """Place rows of equal width that stand behind one another."""
    if not count:
        return
    wide = min(count, max(4, math.ceil(math.sqrt(count * abreast))))
    rows = math.ceil(count / wide)
    for at in range(count):
        row, place = divmod(at, wide)
        width = min(wide, count - row * wide)
        x = 0.5 + _side(place) / max(wide, 2) + (0.5 / wide if width % 2 == 0 else 0.0)
        yield Place(x, 0.28 + 0.72 * (row / max(rows - 1, 1) if rows > 1 else 0.0))


def _oval(count: int, heads: int) -> Iterator[Place]:
    """Place seats round the oval, outwards from its head."""
    for at in range(count):
        offset = _side(at) + (0.5 if heads == 2 else 0.0)
        angle = 2 * math.pi * offset / max(count, 1)
        yield Place(0.5 + 0.5 * math.sin(angle), 0.5 - 0.5 * math.cos(angle))
