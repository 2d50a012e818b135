"""Long columns asked for at once: a hundred thousand ids in 15 ms, where rows of them take 150."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import Session

PIECE = 16_384  # characters read at once: the interpreter is held for some 0.2 ms


def columns(read: Session, query: Select[Any], asked: dict[str, Any]) -> list[list[Any]]:
    """Return each column of a query of numbers or short texts as a list, in the query's order.

    The database makes one text of a column and C calls read it: no row is made in Python, and
    the lock of the interpreter is free while the database works and between two pieces.
    """
    found = []
    for text in _texts(read, query, asked):
        column: list[Any] = []
        for piece in _pieces(text):
            column += piece
        found.append(column)
    return found


def _texts(read: Session, query: Select[Any], asked: dict[str, Any]) -> Sequence[str | None]:
    return read.execute(_whole(read.get_bind().dialect.name, query), asked).one()


def _pieces(text: str | None) -> Iterator[list[Any]]:
    """Read a JSON array of numbers or texts piece by piece: one long call would stop the window."""
    if not text:
        return
    between = '","' if '"' in text else ","
    start, end = 1, len(text) - 1
    # An escaped quotation mark before a comma would look like the end of a text.
    if "\\" in text:
        yield json.loads(text)
        return
    while start < end:
        at = text.find(between, min(start + PIECE, end), end)
        stop = end if at < 0 else at + len(between) // 2
        yield json.loads(f"[{text[start:stop]}]")
        start = stop + 1


@lru_cache(256)
def _whole(dialect: str, query: Select[Any]) -> Select[Any]:
    """Return the statement that asks for the columns; made once for a query that is kept."""
    rows = query.subquery()
    if dialect == "sqlite":
        whole: list[Any] = [func.json_group_array(column) for column in rows.c]
    else:
        whole = [cast(func.json_agg(column), Text) for column in rows.c]
    return select(*whole).select_from(rows)


def ids(read: Session, query: Select[Any], asked: dict[str, Any]) -> array[int]:
    """Return the one column of a query of ids, in its order."""
    found: array[int] = array("q")
    for piece in _pieces(_texts(read, query, asked)[0]):
        found.extend(piece)
    return found
