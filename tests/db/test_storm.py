"""Random histories: what is done, undone and done again is the same to the last token."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk, journal, search
from db.base import Base
from db.errors import Conflict, Superseded
from db.schema.energy import Dataset, EnergySource, Indicator, Reading, Series
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body, BodyName, Person
from db.schema.papers import Paper, StoredFile
from db.store import Store, usecase
from gwangju_desktop import clock

LENGTH = 20
# The journal and the search index grow with every step, and what is made again from the readings
# is marked by every step; everything else must come back.
GROWS = {
    *("change_log", "row_change", "search_doc", "file_part", "file_text"),
    *("reading_month", "energy_figure", "figure_due"),
}
# What the steps write to; all other tables are looked at where a history turns.
WRITTEN = {
    *("person", "body", "body_name", "meeting", "agenda_item", "paper", "stored_file"),
    *("energy_source", "indicator", "series", "dataset", "reading", "reading_revision"),
}


@usecase("Set the stage")
def stage(tx: Session) -> int:
    body = Body(
        position=1024, kind="committee", name_ko="위원회", name_en="C", short_ko="위", short_en="C"
    )
    source = EnergySource(code="s", publisher="공사", title_ko="표", title_en="T", unit="MWh")
    indicator = Indicator(
        code="EL01", position=1, section="power", name_ko="전력", name_en="P", unit="MWh"
    )
    tx.add_all([body, source, indicator])
    tx.flush()
    tx.add_all(
        Series(source_id=source.id, indicator_id=indicator.id, area=f"2911{n}") for n in range(3)
    )
    tx.add(Meeting(body_id=body.id, number=1, title="제1회 정기회의", starts_at=clock.now()))
    tx.flush()
    return body.id


@usecase("Add a person")
def add_person(tx: Session, *, text: str) -> None:
    tx.add(Person(name=text, fictional=True))


@usecase("Rename people")
def rename_people(tx: Session, *, text: str, pick: int) -> None:
    for at, person in enumerate(tx.scalars(select(Person).order_by(Person.id)).all()):
        if at % 3 == pick % 3:
            person.name = text


@usecase("Remove a person")
def remove_person(tx: Session, *, pick: int) -> None:
    people = tx.scalars(select(Person).order_by(Person.id)).all()
    if people:
        tx.delete(people[pick % len(people)])


@usecase("Add an item with papers")
def add_item(tx: Session, *, text: str, pick: int) -> None:
    meeting = tx.scalars(select(Meeting)).one()
    last = max((item.position for item in meeting.items), default=0)
    item = AgendaItem(position=last + 1024, kind="report", title=text)
    meeting.items.append(item)
    for n in range(pick % 3):
        name = f"{pick}-{n}".encode().hex()
        file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == name)).one_or_none()
        file = file or StoredFile(sha256=name, name=text, bytes=pick, pages=n)
        item.papers.append(Paper(file=file, position=(n + 1) * 1024, title=text))
    tx.flush()


@usecase("Remove an item")
def remove_item(tx: Session, *, pick: int) -> None:
    meeting = tx.scalars(select(Meeting)).one()
    if meeting.items:
        meeting.items.remove(meeting.items[pick % len(meeting.items)])


@usecase("Turn the agenda round")
def turn_round(tx: Session) -> None:
    meeting = tx.scalars(select(Meeting)).one()
    items = list(meeting.items)
    positions = [item.position for item in items]
    for at, item in enumerate(items):
        item.position = -at - 1
    tx.flush()
    for item, position in zip(items, reversed(positions), strict=True):
        item.position = position


@usecase("Swap names of a body")
def rename_body(tx: Session, *, text: str) -> None:
    body = tx.scalars(select(Body)).one()
    body.names = [BodyName(kind="alias", name=text + str(n), language="ko") for n in range(2)]


@usecase("Import readings")
def import_readings(tx: Session, *, pick: int) -> None:
    series = list(tx.scalars(select(Series.id).order_by(Series.id)))
    rows = [
        (number, 202400 + 1 + (pick + at) % 4, float((pick * 7 + at) % 5))
        for at, number in enumerate(series[: 1 + pick % 3])
    ]
    add_dataset(tx, name=f"file-{pick}.csv", rows=sorted(rows))


def add_dataset(tx: Session, *, name: str, rows: list[tuple[int, int, float]]) -> int:
    dataset = Dataset(
        source_id=tx.scalars(select(EnergySource.id)).one(),
        file_name=name,
        sha256=name,
        values_sha256=name,
        publisher="공사",
        title="표",
        unit="MWh",
        first_period=202401,
        last_period=202412,
        imported_at=clock.now(),
        readings=len(rows),
    )
    bulk.load(tx, dataset, rows)
    return dataset.id


WORDS = st.text("가나다라마바사 abcXYZ1", min_size=1, max_size=6)
PICKS = st.integers(0, 99)
STEPS = st.one_of(
    st.builds(lambda text: (add_person, {"text": text}), WORDS),
    st.builds(lambda text, pick: (rename_people, {"text": text, "pick": pick}), WORDS, PICKS),
    st.builds(lambda pick: (remove_person, {"pick": pick}), PICKS),
    st.builds(lambda text, pick: (add_item, {"text": text, "pick": pick}), WORDS, PICKS),
    st.builds(lambda pick: (remove_item, {"pick": pick}), PICKS),
    st.just((turn_round, {})),
    st.builds(lambda text: (rename_body, {"text": text}), WORDS),
    st.builds(lambda pick: (import_readings, {"pick": pick}), PICKS),
)
QUERIES = ("가", "나다", "abc", "ㄱ", "ㄴㄷ", "1", "xyz")

State = tuple[dict[str, list[tuple[Any, ...]]], dict[str, list[tuple[str, int]]]]


def state(store: Store, tables: Iterable[str] = ()) -> State:
    """Return every row of these tables, of all by default, with its tokens, and what is found."""
    with store.reading() as read:
        rows = {
            name: sorted(map(tuple, read.execute(select(table)).all()), key=repr)
            for name, table in Base.metadata.tables.items()
            if name in (tables or Base.metadata.tables.keys() - GROWS)
        }
        # What redo would put back lies there under the id of a dataset that is gone.
        datasets = {row[0] for row in read.execute(select(Dataset.id)).all()}
        revisions = [row for row in rows["reading_revision"] if row[0] in datasets]
        rows["reading_revision"] = revisions
        hits = {query: sorted(search.find(read.connection(), query, 999)) for query in QUERIES}
    return rows, hits


def whole(store: Store) -> None:
    """Assert that chain and index are right."""
    with store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert search.differences(read.connection()) == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@settings(
    max_examples=6,
    deadline=None,
    # Shrinking a storm takes minutes and seldom makes it clearer.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=LENGTH, max_size=LENGTH))
def test_twenty_steps_there_back_and_there_again(
    engine: str,
    steps: list[Any],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    _empty_office: Path,
) -> None:
    if engine == "sqlite":
        path = tmp_path_factory.mktemp("storm") / "office.gwoffice"
        shutil.copy(_empty_office, path)
        store = Store.open(path)
    else:
        store = Store.open(request.getfixturevalue("new_postgres")())
    with store:
        store.run(stage)
        blank = state(store)
        states = [state(store, WRITTEN)]
        for function, values in steps:
            # A step that changes nothing is not journalled, so there is nothing to take back.
            if store.run(function, **values).id:
                states.append(state(store, WRITTEN))
        full = state(store)
        for expected in reversed(states[:-1]):
            store.undo()
            assert state(store, WRITTEN) == expected
        assert state(store) == blank
        for expected in states[1:]:
            store.redo()
            assert state(store, WRITTEN) == expected
        assert state(store) == full
        whole(store)


def test_an_import_that_a_later_one_replaced_is_not_taken_back(store: Store) -> None:
    store.run(stage)
    first = store.run(import_readings, pick=1)
    store.run(import_readings, pick=5)
    before = state(store)
    with pytest.raises(Superseded, match=r"file-5\.csv") as refused:
        store.undo(first.id)
    assert refused.value.count >= 1
    assert state(store) == before
    store.undo()
    with store.reading() as read:
        assert read.scalars(select(Reading.dataset_id)).all()


def test_an_import_is_taken_back_once(store: Store) -> None:
    store.run(stage)
    first = store.run(import_readings, pick=1)
    store.undo(first.id)
    store.run(import_readings, pick=1)
    store.undo()
    with pytest.raises(Conflict):
        store.undo(first.id)
    whole(store)
