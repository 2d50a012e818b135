"""Codes of two systems, the days they hold, and what follows them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Area
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import areas
from gwangju_desktop.errors import UserError

FIVE = ["29110", "29140", "29155", "29170", "29200"]


@usecase("Set up areas")
def set_up(tx: Session) -> None:
    areas.complete(tx)


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    sqlite_store.run(set_up)
    return sqlite_store


def codes(rows: list[areas.AreaRow]) -> list[str]:
    return [row.code for row in rows]


def test_the_city_its_districts_the_nation_and_its_provinces_ship(office: Store) -> None:
    with office.reading() as read:
        assert codes(areas.areas(read, level="city")) == ["29000"]
        assert codes(areas.areas(read, level="district")) == FIVE
        assert codes(areas.areas(read, level="nation")) == ["00000"]
        provinces = areas.areas(read, level="province", on=dt.date(2022, 1, 1))
        assert len(provinces) == 16  # with Gwangju itself 17
        known = areas.codes(read)
    assert [known[f"240{n}0"] for n in range(1, 6)] == FIVE
    assert known["29155"] == "29155"


@pytest.mark.parametrize("today", [dt.date(2022, 3, 1), dt.date(2026, 11, 22)])
def test_the_city_keeps_its_districts_until_other_codes_are_loaded(
    office: Store, today: dt.date
) -> None:
    clock.fix(today)
    with office.reading() as read:
        assert codes(areas.children(read, "29000")) == FIVE
        assert codes(areas.children(read, "29000", dt.date(2026, 6, 30))) == FIVE
        assert areas.children(read, "29000", dt.date(2026, 7, 1)) == []
        assert areas.children(read, "29110") == []


def test_a_code_leads_on_to_the_one_it_went_into(office: Store) -> None:
    with office.reading() as read:
        assert areas.lineage(read, "42000") == ("42000", "51000")
        assert areas.lineage(read, "29110") == ("29110",)
        assert [
            row.code for row in areas.areas(read, on=dt.date(2024, 1, 18)) if row.kostat == "35"
        ] == ["52000"]


def test_an_area_that_is_not_known_is_said(office: Store) -> None:
    with office.reading() as read, pytest.raises(UserError, match="12345"):
        areas.area(read, "12345")


@usecase("Forget what was not known once")
def forget(tx: Session) -> None:
    for row in tx.scalars(select(Area)):
        if row.code in FIVE or row.code == "29000":
            row.level = row.kostat = row.successor = ""
            row.name_ko = row.name_ko + "*"
            row.parent = "29000" if row.code in FIVE else None
        else:
            tx.delete(row)


def test_an_older_office_learns_levels_and_codes_and_keeps_its_names(office: Store) -> None:
    office.run(forget)
    office.run(set_up)
    before = office.head()
    office.run(set_up)
    with office.reading() as read:
        assert codes(areas.areas(read, level="district")) == FIVE
        assert len(areas.areas(read)) == len(areas.shipped())
        east = areas.area(read, "29110")
        city = areas.area(read, "29000")
    assert (east.name_ko, east.kostat, city.parent) == ("동구*", "24010", "00000")
    # The second time nothing was left to add.
    assert not any(change.rows for change in office.since(before))
