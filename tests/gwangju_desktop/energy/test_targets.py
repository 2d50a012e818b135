"""Target points are set with a source, changed, and taken away; what ships comes once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Indicator, Target
from db.store import Store, usecase
from gwangju_desktop import subjects
from gwangju_desktop.energy import areas, paths, targets
from gwangju_desktop.errors import UserError


@usecase("Set up a small catalogue")
def set_up(tx: Session) -> None:
    areas.complete(tx)
    for place, code in enumerate(("GH01", "GH03", "EL01"), start=1):
        tx.add(
            Indicator(
                code=code,
                position=place,
                section="x",
                name_ko=code,
                name_en=code,
                unit="%" if code == "GH03" else "MWh",
            )
        )
    tx.flush()
    targets.complete(tx)


@usecase("Complete targets")
def complete(tx: Session) -> None:
    targets.complete(tx)


@pytest.fixture
def office(store: Store) -> Store:
    store.run(set_up)
    return store


@pytest.fixture
def one(sqlite_store: Store) -> Store:
    sqlite_store.run(set_up)
    return sqlite_store


def path(store: Store, indicator: str, area: str = "29000") -> list[targets.TargetRow]:
    with store.reading() as read:
        return targets.targets(read, indicator=indicator, area=area)


def test_what_was_published_ships_and_nothing_else(one: Store) -> None:
    assert [(row.year, row.value, row.kind) for row in path(one, "GH03")] == [
        (2018, 0.0, "start"),
        (2030, 45.0, "target"),
        (2045, 100.0, "target"),
    ]
    south = path(one, "GH01", "29155")
    changes = paths.since_start(south)
    assert {year: round(share * 100, 1) for year, share in changes.items()} == {
        2030: -45.0,
        2034: -57.3,
    }
    # No emissions of the city were published for any year to come.
    assert path(one, "GH01") == []
    assert all(row.source and not row.sample for row in south)


def test_a_target_is_added_changed_and_taken_away(office: Store) -> None:
    said: dict[str, Any] = {"indicator": "EL01", "year": 2030, "source": "조례 제7조"}
    id = office.run(
        targets.add_target, value=7.0, set_on=dt.date(2024, 4, 23), note=" 하한 ", **said
    ).value
    (row,) = path(office, "EL01")
    assert (row.id, row.value, row.note, row.set_on) == (id, 7.0, "하한", dt.date(2024, 4, 23))
    office.run(targets.edit_target, id=id, value=6.5, kind="least", **said)
    (row,) = path(office, "EL01")
    assert (row.value, row.kind, row.set_on) == (6.5, "least", None)
    with office.reading() as read:
        assert subjects.of_entries(read, [office.head()]) == {office.head(): "EL01"}
    office.run(targets.remove_target, id=id)
    assert path(office, "EL01") == []
    office.undo()
    assert len(path(office, "EL01")) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"indicator": "XX99"}, "XX99"),
        ({"area": "99999"}, "99999"),
        ({"year": 20300}, "20300"),
        ({"value": float("nan")}, "수치"),
        ({"value": float("inf")}, "수치"),
        ({"source": "  "}, "출처"),
        ({"year": 2045}, "2045"),
        ({"year": 2040, "kind": "start"}, "2040"),
        ({"year": 2017}, "2018"),
    ],
)
def test_what_is_no_target_is_refused(one: Store, asked: dict[str, Any], said: str) -> None:
    told = {"indicator": "GH03", "year": 2040, "value": 80.0, "source": "x"} | asked
    before = path(one, "GH03")
    with pytest.raises(UserError, match=said):
        one.run(targets.add_target, **told)
    assert path(one, "GH03") == before


def test_a_number_that_is_gone_is_said(one: Store) -> None:
    with pytest.raises(UserError, match="99"):
        one.run(targets.remove_target, id=99)


@usecase("Say less, as offices once did")
def forget(tx: Session) -> None:
    for row in tx.scalars(select(Target)):
        if row.area == "29000":
            row.kind, row.set_on, row.note = "target", None, ""
        else:
            tx.delete(row)


def test_an_older_office_gets_the_paths_it_lacks_and_keeps_its_own(one: Store) -> None:
    one.run(forget)
    (_, point, _) = path(one, "GH03")
    one.run(
        targets.edit_target, id=point.id, indicator="GH03", year=2030, value=40.0, source="우리"
    )
    one.run(complete)
    assert [(row.value, row.kind) for row in path(one, "GH03")] == [
        (0.0, "start"),
        (40.0, "target"),
        (100.0, "target"),
    ]
    assert len(path(one, "GH01", "29155")) == 3
