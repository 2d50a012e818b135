"""Several PCs at one office server: every edit is there once, and one that comes too late is told.

Each thread is a PC with connections of its own; processes by the thousand are in tests/faults.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from db import journal
from db.schema.members import Person
from db.stale import Look, Stale
from db.store import Store
from tests.faults import worker

PCS, EDITS, NOTES = 3, 8, 2


def edit(url: str, name: str) -> None:
    """Add marks to notes that others edit too, anew where an edit came too late."""
    chance = random.Random(name)
    with Store.open(url) as store:
        for number in range(EDITS):
            while True:
                look = Look(store.head())
                with store.reading() as read:
                    id, note = chance.choice(read.execute(select(Person.id, Person.note)).all())
                try:
                    mark = f"{note} {name}.{number}"
                    store.run(worker.write_note, look=look, id=id, note=mark)
                    break
                except Stale:
                    pass


def test_no_edit_is_lost_and_no_stale_one_gets_through(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    with Store.open(url) as store:
        for number in range(NOTES):
            store.run(worker.add, name=f"{number}")
    with ThreadPoolExecutor(PCS) as pool:
        list(pool.map(edit, [url] * PCS, [f"pc{n}" for n in range(PCS)]))
    with Store.open(url) as one, Store.open(url) as other:
        seen = Look(one.head())
        other.run(worker.write_note, id=1, note="")
        with pytest.raises(Stale):
            one.run(worker.write_note, look=seen, id=1, note="too late")
        other.undo()
    with Store.open(url) as store, store.reading() as read:
        marks = Counter(" ".join(read.scalars(select(Person.note))).split())
        assert marks == Counter(f"pc{n}.{k}" for n in range(PCS) for k in range(EDITS))
        assert store.head() == NOTES + PCS * EDITS + 2
        assert journal.verify(read.connection()) == []
