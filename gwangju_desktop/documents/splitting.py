"""Blocks cut in two where a page ends; what was measured of the whole holds for both parts."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import Cell, Para, Table
from gwangju_desktop.documents.lines import Line

Lines = tuple[Line, ...]


def cut_table(
    block: Table,
    head: tuple[tuple[Cell, ...], ...],
    tail: tuple[tuple[Cell, ...], ...],
    links_up_to: int,
    links_from: int,
) -> tuple[Table, Table]:
    """Return a table's two parts of the rows given; each takes its share of the links."""
    first = Table(
        block.columns,
        head,
        block.head,
        block.row_head,
        block.min_row,
        block.grid,
        block.plain,
        block.links[:links_up_to],
        block.caption,
        origin=block.origin,
        continued=block.continued,
    )
    return first, block.rest(rows=tail, links=block.links[links_from:])


def lines_that_stay(lines: Lines, lead: float, room: float, *, force: bool) -> int:
    """Return how many lines of a paragraph stay within `room` points; 0 if it must move whole.

    Two lines at least stand on either side of a page's end, with `force` one is enough.
    """
    count = int(room / lead + 1e-6)
    if len(lines) - count < 2:
        count = len(lines) - 2
    return count if count >= 2 or (force and count > 0) else 0


def cut_para(
    block: Para, lines: Lines, count: int
) -> tuple[tuple[Para, Lines], tuple[Para, Lines]]:
    """Return a paragraph's first `count` lines and the rest of them, each with its lines.

    Measuring the rest anew on every page would take minutes for a book without a blank line.
    """
    last = lines[count - 1]
    head, tail = block.words[: last.end], block.words[last.end :]
    if last.cut:
        broken = tail[0]
        head = (*head, broken._replace(text=broken.text[: -len(last.cut)]))
        tail = (broken._replace(text=last.cut), *tail[1:])
    first = Para(
        head,
        block.style,
        block.mark,
        block.depth,
        block.link,
        key=block.key,
        origin=block.origin,
        continued=block.continued,
    )
    rest = block.rest(words=tail, mark="", key="")
    following = tuple(
        Line(line.words, line.width, line.end - last.end, line.cut) for line in lines[count:]
    )
    return (first, lines[:count]), (rest, following)
