"""Random histories with somebody erased in their midst: no byte stays, nothing brings it back."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal, search
from db.errors import Conflict
from db.schema.members import Person
from db.schema.people import PersonAlias
from db.store import Store, usecase
from gwangju_desktop.members import erasing
from tests.gwangju_desktop.members.test_erasing import forms

PEOPLE = 3
_numbers = itertools.count(1)


def token(person: int) -> str:
    """A text nobody else has: syllables that stand in no Korean word, and letters."""
    number = next(_numbers)
    return f"뷁{chr(0xC3F0 + person)}{chr(0xB400 + number % 2_000)}qz{number}x"


@usecase("Add people")
def add_people(tx: Session, *, names: list[str]) -> None:
    tx.add_all([Person(name=name, fictional=True) for name in names])


@usecase("Write")
def write(tx: Session, *, pick: int, field: str, text: str) -> None:
    person = tx.get_one(Person, 1 + pick % PEOPLE)
    if person.erased_on is None:
        setattr(person, field, text)


@usecase("Add another name")
def add_alias(tx: Session, *, pick: int, text: str) -> None:
    if tx.get_one(Person, 1 + pick % PEOPLE).erased_on is None:
        tx.add(PersonAlias(person_id=1 + pick % PEOPLE, name=text))


@usecase("Drop the other names")
def drop_aliases(tx: Session, *, pick: int) -> None:
    here = select(PersonAlias).where(PersonAlias.person_id == 1 + pick % PEOPLE)
    for alias in tx.scalars(here).all():
        tx.delete(alias)


FIELDS = ("name", "hanja", "latin", "phone", "email", "note")
STEP = st.tuples(
    st.sampled_from(["write", "write", "alias", "drop", "undo", "undo", "redo"]),
    st.integers(0, PEOPLE - 1),
    st.sampled_from(FIELDS),
)


def carry_out(store: Store, step: tuple[str, int, str], said: dict[int, set[str]]) -> None:
    """Do one step; `said` grows by what was written of each person."""
    kind, pick, field = step
    text = token(pick)
    try:
        if kind == "write":
            store.run(write, pick=pick, field=field, text=text)
            said[pick].add(text)
        elif kind == "alias":
            store.run(add_alias, pick=pick, text=text)
            said[pick].add(text)
        elif kind == "drop":
            store.run(drop_aliases, pick=pick)
        elif kind == "undo":
            store.undo()
        else:
            store.redo()
    except Conflict:
        # What was erased can neither be undone nor done again.
        return


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    before=st.lists(STEP, max_size=10),
    who=st.integers(0, PEOPLE - 1),
    after=st.lists(STEP, max_size=6),
)
def test_who_was_erased_never_comes_back(
    _empty_office: Path, tmp_path: Path, before, who: int, after
) -> None:
    office = tmp_path / f"{next(_numbers)}.gwoffice"
    shutil.copy(_empty_office, office)
    said: dict[int, set[str]] = {n: {token(n)} for n in range(PEOPLE)}
    with Store.open(office) as store:
        store.run(add_people, names=[next(iter(said[n])) for n in range(PEOPLE)])
        # The people themselves stay: undoing their entry would leave nobody to erase.
        store._done.clear()
        for step in before:
            carry_out(store, step, said)
        erasing.erase(store, id=who + 1)
        gone = set(said[who])
        for step in after:
            carry_out(store, step, said)
        with store.reading() as read:
            assert journal.verify(read.connection()) == []
            assert search.differences(read.connection()) == []
            assert read.get_one(Person, who + 1).name == ""
        copy = tmp_path / "copy.gwbak"
        copy.unlink(missing_ok=True)
        with sqlite3.connect(office) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
    for file in (office, copy):
        data = file.read_bytes()
        assert not [text for text in gone for form in forms(text) if form in data]
    office.unlink()
