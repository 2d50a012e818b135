"""What is due when, what is overdue, and the grid of what is held."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, EnergySource, Indicator, Series
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import calendars, catalogue, coverage, duties, holdings
from gwangju_desktop.errors import UserError

KEPCO, EPSIS, KPX = "kepco_sigungu_contract", "epsis_sales_use", "kpx_hourly"
TODAY = dt.date(2022, 3, 28)
Row = tuple[str, int, str]


@usecase("Load figures")
def load(tx: Session, source: str, rows: list[Row]) -> int:
    """Store figures of 1 of (area, period, status)."""
    table = tx.scalars(select(EnergySource).where(EnergySource.code == source)).one()
    indicator = tx.scalars(select(Indicator.id).where(Indicator.code == "EL01")).one()
    series = {
        row.area: row for row in tx.scalars(select(Series).where(Series.source_id == table.id))
    }
    for area in sorted({row[0] for row in rows} - set(series)):
        series[area] = Series(source_id=table.id, indicator_id=indicator, area=area, unit="MWh")
        tx.add(series[area])
    tx.flush()
    periods = [period for _, period, _ in rows]
    dataset = Dataset(
        source_id=table.id,
        file_name=f"{source} {min(periods)}.csv",
        sha256="0" * 64,
        values_sha256="0" * 64,
        publisher="",
        title="",
        unit="MWh",
        first_period=min(periods),
        last_period=max(periods),
        imported_at=clock.now(),
        readings=len(rows),
    )
    bulk.load(
        tx,
        dataset,
        (bulk.BulkRow(series[area].id, period, 1.0, False, said) for area, period, said in rows),
    )
    return dataset.id


@pytest.fixture
def office(store: Store) -> Store:
    store.run(catalogue.set_up)
    return store


@pytest.fixture
def one(sqlite_store: Store) -> Store:
    sqlite_store.run(catalogue.set_up)
    return sqlite_store


def months(first: int, last: int, area: str = "29110", status: str = "final") -> list[Row]:
    rows = []
    while first <= last:
        rows.append((area, first, status))
        first = calendars.following(first)
    return rows


def due(store: Store, today: dt.date = TODAY) -> list[duties.DutyRow]:
    with store.reading() as read:
        return duties.due(read, today)


def cells(store: Store, source: str, first: int, last: int) -> dict[int, str]:
    with store.reading() as read:
        grid = coverage.grid(read, first, last, today=TODAY)
    return {cell.period: cell.state for cell in grid.cells[source]}


@pytest.mark.parametrize(
    ("period", "day", "after", "expected"),
    [
        (202202, 25, 1, dt.date(2022, 3, 25)),
        (202112, 25, 1, dt.date(2022, 1, 25)),
        (202200, 31, 2, dt.date(2023, 2, 28)),
        (202241, 31, 11, dt.date(2023, 2, 28)),
        (202344, 30, 2, dt.date(2024, 2, 29)),
        (202100, 31, 24, dt.date(2023, 12, 31)),
        (202105, 31, 0, dt.date(2021, 5, 31)),
    ],
)
def test_the_day_counts_from_the_end_of_the_period(
    period: int, day: int, after: int, expected: dt.date
) -> None:
    assert calendars.due_on(period, due_day=day, due_months=after) == expected


def test_periods_are_named_in_the_language_spoken() -> None:
    said = [calendars.named(period) for period in (202100, 202142, 202103)]
    assert said == ["2021년", "2021년 2분기", "2021. 3."]


def test_periods_follow_each_other_and_lie_in_one_another() -> None:
    assert calendars.following(202112) == 202201
    assert calendars.following(202144) == 202241
    assert calendars.following(202100) == 202200
    assert calendars.months_of(202142) == (202104, 202105, 202106)
    assert calendars.period_of(202106, "quarter") == 202142
    assert calendars.period_of(202106, "year") == 202100


def test_a_new_office_owes_nothing(office: Store) -> None:
    assert due(office) == []
    with office.reading() as read:
        known = {duty.code: duty for duty in duties.duties(read)}
        assert coverage.span(read) is None
    assert (known[KEPCO].frequency, known[KEPCO].due_day, known[KEPCO].due_months) == (
        "month",
        25,
        1,
    )
    assert "미확인" in known[KEPCO].due_source


def test_the_25th_passes_and_the_table_is_overdue_until_it_comes(office: Store) -> None:
    office.run(load, source=KEPCO, rows=months(202111, 202112))
    (row,) = due(office)
    assert (row.source, row.period, row.more, row.overdue) == (KEPCO, 202201, 1, True)
    assert row.due_on == dt.date(2022, 2, 25)
    assert [r.overdue for r in due(office, dt.date(2022, 2, 20))] == [False]
    assert due(office, dt.date(2022, 2, 17)) == []
    # A gap is as overdue as the end.
    office.run(load, source=KEPCO, rows=months(202202, 202202))
    (row,) = due(office)
    assert (row.period, row.more) == (202201, 0)
    office.run(load, source=KEPCO, rows=months(202201, 202201))
    assert due(office) == []


def test_a_year_is_there_when_its_twelve_months_are(one: Store) -> None:
    one.run(duties.set_duty, source=EPSIS, frequency="year", due_day=31, due_months=1)
    one.run(load, source=EPSIS, rows=[("29000", 201900, "final"), *months(202001, 202006)])
    (row,) = due(one)
    assert (row.period, row.more) == (202000, 1)
    assert cells(one, EPSIS, 201901, 202112) == {
        201900: "have",
        202000: "partial",
        202100: "missing",
    }
    one.run(load, source=EPSIS, rows=[*months(202007, 202012), ("29000", 202100, "provisional")])
    assert due(one) == []
    assert cells(one, EPSIS, 201901, 202212)[202000] == "have"
    assert cells(one, EPSIS, 201901, 202212)[202100] == "provisional"
    assert cells(one, EPSIS, 201901, 202212)[202200] == "not_due"


def test_every_state_of_the_grid(office: Store) -> None:
    rows = [*months(202107, 202110), *months(202107, 202110, "29140")]
    rows.remove(("29140", 202108, "final"))
    rows.append(("29110", 202112, "provisional"))
    rows.append(("29140", 202112, "provisional"))
    office.run(load, source=KEPCO, rows=rows)
    assert cells(office, KEPCO, 202106, 202204) == {
        202106: "none",
        202107: "have",
        202108: "partial",
        202109: "have",
        202110: "have",
        202111: "missing",
        202112: "provisional",
        202201: "missing",
        202202: "missing",
        202203: "not_due",
        202204: "not_due",
    }
    with office.reading() as read:
        grid = coverage.grid(read, 202106, 202204, today=TODAY)
        found = next(duty for duty in grid.sources if duty.code == KEPCO)
        cell = grid.cell(KEPCO, 202202)
        (file,) = coverage.files(read, source=found.id, period=202107)
        assert coverage.files(read, source=found.id, period=202202) == []
        assert coverage.span(read) == (202107, 202112)
    assert grid.missing == 3
    assert cell is not None
    assert cell.due_on == dt.date(2022, 3, 25)
    assert (file.file_name, file.readings) == (f"{KEPCO} 202107.csv", 2)


def test_days_and_hours_fill_the_months_they_lie_in(office: Store) -> None:
    hours = [2021030100 + hour for hour in range(1, 25)] + [2021050113]
    office.run(load, source=KPX, rows=[("00000", period, "final") for period in hours])
    office.run(load, source=KEPCO, rows=[("29110", 20210401, "final")])
    with office.reading() as read:
        held = holdings.holdings(read, first=202101, last=202112)
        firsts = holdings.firsts(read)
        found = {duty.code: duty.id for duty in duties.duties(read)}
        (file,) = coverage.files(read, source=found[KPX], period=202100)
        assert coverage.span(read) == (202103, 202105)
    assert sorted(held[found[KPX]].states) == [202103, 202105]
    assert held[found[KEPCO]].states == {202104: "have"}
    assert firsts[found[KPX]] == 202103
    assert file.readings == 25
    assert cells(office, KPX, 202101, 202112) == {202100: "partial"}


def test_what_is_asked_from_a_month_on_is_not_asked_before(one: Store) -> None:
    one.run(
        duties.set_duty,
        source=KEPCO,
        frequency="month",
        due_day=25,
        due_months=1,
        expected_from=202202,
    )
    (row,) = due(one)
    assert (row.period, row.more) == (202202, 0)
    assert cells(one, KEPCO, 202201, 202203) == {
        202201: "none",
        202202: "missing",
        202203: "not_due",
    }
    one.run(duties.set_duty, source=KEPCO, frequency="")
    assert due(one) == []
    one.undo()
    assert len(due(one)) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"source": "nothing"},
        {"due_day": 0},
        {"due_day": 32},
        {"due_day": None},
        {"due_months": None},
        {"due_months": 61},
        {"frequency": "hour"},
        {"expected_from": 202213},
        {"expected_from": 202100},
    ],
)
def test_a_rule_that_is_none_is_refused(one: Store, asked: dict[str, Any]) -> None:
    told = {"source": KEPCO, "frequency": "month", "due_day": 25, "due_months": 1} | asked
    with pytest.raises(UserError):
        one.run(duties.set_duty, **told)


def test_a_made_up_table_owes_only_what_it_is_told_to(one: Store) -> None:
    one.run(_sample)
    one.run(load, source="made_up", rows=months(202111, 202112))
    assert due(one) == []
    one.run(duties.set_duty, source="made_up", frequency="month", due_day=25, due_months=1)
    (row,) = due(one)
    assert (row.source, row.period) == ("made_up", 202201)
    with one.reading() as read:
        (duty,) = [duty for duty in duties.duties(read) if duty.sample]
    assert duty.code == "made_up"


def test_one_month_got_once_asks_for_no_other(one: Store) -> None:
    one.run(load, source=KEPCO, rows=[*months(202002, 202002), *months(202011, 202011)])
    assert due(one) == []
    assert set(cells(one, KEPCO, 202001, 202012).values()) == {"have", "none"}
    one.run(load, source=KEPCO, rows=months(202109, 202110))
    (row,) = due(one)
    # From the first two in a row on what lacks is asked for.
    assert (row.source, row.period) == (KEPCO, 202111)
    assert cells(one, KEPCO, 202003, 202108)[202105] == "none"
    one.run(
        duties.set_duty,
        source=KEPCO,
        frequency="month",
        due_day=25,
        due_months=1,
        expected_from=202002,
    )
    assert due(one)[0].period == 202003


@usecase("Add a made-up table")
def _sample(tx: Session) -> None:
    tx.add(
        EnergySource(
            code="made_up",
            publisher="예시",
            title_ko="예시",
            title_en="Sample",
            unit="MWh",
            sample=True,
            frequency="month",
        )
    )
