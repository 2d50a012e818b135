"""Small cells of a table of groups: which ones must not be seen, nor be computable."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

Cell = tuple[int, int]
Grid = list[list[bool]]


def hide(
    matrix: Sequence[Sequence[int]], k: int, also: Sequence[Sequence[bool]] | None = None
) -> Grid:
    """Return which cells of a table of people (rows of groups, columns of options) to hide.

    Every cell under k is hidden, and as many others as it takes that no hidden cell follows from
    the shown cells and the totals of rows and columns: hidden cells form cycles (one that lies on
    none is a difference of totals), and those of a row or column never sum to zero. A table of a
    single row or column is hidden whole, as its cells are its totals. `also` are cells that another
    table hides.
    """
    hidden = [[n < k for n in row] for row in matrix]
    if also is not None:
        hidden = [
            [a or b for a, b in zip(*row, strict=True)] for row in zip(hidden, also, strict=True)
        ]
    rows, columns = len(matrix), len(matrix[0]) if matrix else 0
    if not any(any(row) for row in hidden):
        return hidden
    if rows < 2 or columns < 2:
        return [[True] * columns for _ in range(rows)]
    while True:
        _close(matrix, hidden)
        empty = _empty(matrix, hidden)
        if empty is None:
            return hidden
        hidden[empty[0]][empty[1]] = True


def hide_line(people: Sequence[float], k: int, also: Sequence[bool] | None = None) -> list[bool]:
    """Return which of several groups' figures to hide when the figure of all of them is shown.

    Those of fewer than k people, and more until what is hidden is never one group alone nor fewer
    than k people together: their common figure follows from the others. `also` are hidden anyway.
    """
    hidden = [n < k for n in people]
    if also is not None:
        hidden = [a or b for a, b in zip(hidden, also, strict=True)]
    while any(hidden) and not all(hidden):
        together = sum(n for n, gone in zip(people, hidden, strict=True) if gone)
        if sum(hidden) > 1 and together >= k:
            break
        shown = [i for i, gone in enumerate(hidden) if not gone]
        hidden[min(shown, key=lambda i: people[i])] = True
    return hidden


def _close(matrix: Sequence[Sequence[int]], hidden: Grid) -> None:
    """Put every hidden cell on a cycle of hidden cells, at the least cost in people."""
    while bridges := _bridges(hidden):
        for cell in _detour(matrix, hidden, bridges[0]):
            hidden[cell[0]][cell[1]] = True


def _empty(matrix: Sequence[Sequence[int]], hidden: Grid) -> Cell | None:
    """Return the smallest shown cell of a row or column whose hidden cells are known to be 0."""
    lines = [[(r, c) for c in range(len(matrix[0]))] for r in range(len(matrix))]
    lines += [[(r, c) for r in range(len(matrix))] for c in range(len(matrix[0]))]
    for line in lines:
        gone = [matrix[r][c] for r, c in line if hidden[r][c]]
        shown = [(r, c) for r, c in line if not hidden[r][c]]
        if gone and not sum(gone) and shown:
            return min(shown, key=lambda cell: matrix[cell[0]][cell[1]])
    return None


def _neighbours(hidden: Grid) -> list[list[int]]:
    """Return the graph of hidden cells: rows are nodes, columns are nodes after them."""
    rows = len(hidden)
    beside: list[list[int]] = [[] for _ in range(rows + len(hidden[0]))]
    for r, row in enumerate(hidden):
        for c, gone in enumerate(row):
            if gone:
                beside[r].append(rows + c)
                beside[rows + c].append(r)
    return beside


def _bridges(hidden: Grid) -> list[Cell]:
    """Return the hidden cells on no cycle, by Tarjan's lowest links."""
    beside, rows = _neighbours(hidden), len(hidden)
    met: dict[int, int] = {}
    low: dict[int, int] = {}
    found: list[Cell] = []
    for root in range(rows):
        if root in met:
            continue
        met[root] = low[root] = len(met)
        path = [(root, -1, iter(beside[root]))]
        while path:
            node, parent, ahead = path[-1]
            for other in ahead:
                if other not in met:
                    met[other] = low[other] = len(met)
                    path.append((other, node, iter(beside[other])))
                    break
                if other != parent:
                    low[node] = min(low[node], met[other])
            else:
                path.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    if low[node] > met[parent]:
                        found.append((min(node, parent), max(node, parent) - rows))
    return found


def _detour(matrix: Sequence[Sequence[int]], hidden: Grid, cell: Cell) -> list[Cell]:
    """Return the cells of the cheapest way from a cell's row to its column around the cell.

    A hidden cell costs nothing, a shown one its people.
    """
    rows, columns = len(matrix), len(matrix[0])
    start, end = cell[0], rows + cell[1]
    cost = {start: 0}
    before: dict[int, int] = {}
    queue = [(0, start)]
    while queue:
        spent, node = heapq.heappop(queue)
        if node == end:
            break
        if spent > cost[node]:
            continue
        for other in range(rows, rows + columns) if node < rows else range(rows):
            r, c = (node, other - rows) if node < rows else (other, node - rows)
            if (r, c) == cell:
                continue
            price = spent + (0 if hidden[r][c] else matrix[r][c])
            if price < cost.get(other, price + 1):
                cost[other] = price
                before[other] = node
                heapq.heappush(queue, (price, other))
    way = []
    node = end
    while node != start:
        other = before[node]
        way.append((min(node, other), max(node, other) - rows))
        node = other
    return way
