"""Long columns are read in pieces and come out as the database holds them."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, literal, select

from db import fetch
from db.store import Store

MANY = 12_000  # values make several pieces


def counted():
    """Return a table of the numbers from 1 to MANY."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < MANY))


@pytest.fixture
def read(tmp_path: Path):
    store = Store.create(tmp_path / "가상.gwoffice")
    with store.reading() as session:
        yield session
    store.close()


def test_ids_come_whole_and_in_order(read) -> None:
    numbers = counted()
    query = select(numbers.c.n).order_by(numbers.c.n.desc())
    assert fetch.ids(read, query, {}) == array("q", range(MANY, 0, -1))


@pytest.mark.parametrize("mark", ["", ", ", '"', '","', '",', "\\", '\\",', "가,나", "]["])
def test_texts_may_hold_what_parts_them(read, mark: str) -> None:
    numbers = counted()
    text = literal(mark) + cast(numbers.c.n, Text) + literal(mark)
    ids, texts = fetch.columns(read, select(numbers.c.n, text).order_by(numbers.c.n), {})
    assert ids == list(range(1, MANY + 1))
    assert texts == [f"{mark}{n}{mark}" for n in ids]


def test_nothing_is_an_empty_column(read) -> None:
    numbers = counted()
    query = select(numbers.c.n, cast(numbers.c.n, Text)).where(numbers.c.n < 0)
    assert fetch.columns(read, query, {}) == [[], []]
    assert not fetch.ids(read, query, {})


def test_a_missing_text_is_none(read) -> None:
    numbers = counted()
    text = select(cast(numbers.c.n, Text)).where(numbers.c.n % 2 == 0).correlate(numbers)
    query = select(text.scalar_subquery()).select_from(numbers).order_by(numbers.c.n)
    (texts,) = fetch.columns(read, query, {})
    assert texts == [str(n) if n % 2 == 0 else None for n in range(1, MANY + 1)]
