"""Two sessions edit the same people, singly and many at once; a model says what is stale."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal
from db.schema.members import Person
from db.stale import Look, Stale
from db.store import Store, usecase
from tests.faults import worker
from tests.faults.budget import Outcome, within

STEPS, PEOPLE, FIELDS = 50_000, 6, ("note", "phone", "email")


@usecase("Edit people")
def edit(tx: Session, *, ids: list[int], field: str, **values: str) -> None:
    """Give one field of some people a value."""
    for id in ids:
        setattr(tx.get_one(Person, id), field, values[field])


class Model:
    """What each value is and at which entry whoever wrote it last did so."""

    def __init__(self) -> None:
        self.now: dict[tuple[int, str], str] = {}
        self.written: dict[tuple[int, str], list[tuple[int, int, str]]] = {}

    def write(self, who: int, entry: int, id: int, field: str, value: str) -> None:
        """Note a write: entry, writer, and what stood before."""
        before = self.now.get((id, field), "")
        if before != value:
            self.written.setdefault((id, field), []).append((entry, who, before))
            self.now[id, field] = value

    def stale(self, who: int, look: int, id: int, field: str, value: str) -> bool:
        """Say whether `who`, who looked at entry `look`, would overwrite what another wrote since."""
        now = self.now.get((id, field), "")
        theirs = [
            was
            for entry, other, was in self.written.get((id, field), ())
            if entry > look and other != who
        ]
        return bool(theirs) and now != value and theirs[0] != now


@pytest.mark.timeout(24 * 3600)
def test_no_value_is_overwritten_unseen(
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    office, chance, model = tmp_path / "office.gwoffice", random.Random(seed), Model()
    with Store.create(office) as store:
        ids = [store.run(worker.add, name=f"가상 {n}").value for n in range(PEOPLE)]
    for id in ids:
        model.now[id, "phone"] = "0"
    found, refused = Outcome(), 0
    stores = [Store.open(office, locked=False) for _ in range(2)]
    looks = [store.head() for store in stores]
    for _ in within(found, trials(STEPS)):
        who = chance.randrange(2)
        store = stores[who]
        if chance.random() < 0.35:
            looks[who] = store.head()
            continue
        some = chance.sample(ids, chance.choice((1, 1, 1, 2, 4)))
        field, value = chance.choice(FIELDS), str(chance.randrange(6))
        wanted = any(model.stale(who, looks[who], id, field, value) for id in some)
        look = Look(looks[who], origin=store.origin)
        try:
            done = store.run(edit, look=look, ids=some, field=field, **{field: value})
        except Stale:
            refused += 1
            found.corrupt += not wanted
            continue
        found.lost += wanted
        for id in some:
            model.write(who, done.id, id, field, value)
    with stores[0].reading() as read:
        for person in read.scalars(select(Person)):
            held = {field: getattr(person, field) for field in FIELDS}
            found.lost += held != {field: model.now.get((person.id, field), "") for field in FIELDS}
        found.corrupt += len(journal.verify(read.connection()))
    for store in stores:
        store.close()
    found.note = f"{refused:,} stale ones refused"
    judged("an edit of what somebody changed", found)
