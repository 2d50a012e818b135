"""The rollup says what the readings say: after imports, revisions, undo and redo, settled or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import (
    Dataset,
    EnergyFigure,
    EnergySource,
    Indicator,
    IndicatorSource,
    ReadingMonth,
    Series,
)
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import catalogue, figures, revisions, rollup

Rows = list[tuple[Any, ...]]
AREAS = ("29000", "29110", "29140")
DISTRICTS = ("29110", "29140", "29155", "29170", "29200")


@usecase("Bring readings")
def bring(tx: Session, *, name: str, rows: Rows, code: str = "EL01", source: str = "") -> int:
    """Store (area, dims, period, value[, status]) as one dataset of a source."""
    query = select(EnergySource).order_by(EnergySource.id)
    query = query.where(EnergySource.code == source) if source else query
    of = tx.scalars(query.limit(1)).one()
    indicator = tx.scalars(select(Indicator.id).where(Indicator.code == code)).one()
    series: dict[tuple[str, str], Series] = {}
    for area, dims, *_ in rows:
        if (area, dims) in series:
            continue
        found = tx.scalars(
            select(Series).where(
                Series.source_id == of.id,
                Series.indicator_id == indicator,
                Series.area == area,
                Series.dims == dims,
            )
        ).one_or_none()
        if found is None:
            found = Series(
                source_id=of.id, indicator_id=indicator, area=area, dims=dims, unit="MWh"
            )
            tx.add(found)
        series[area, dims] = found
    tx.flush()
    dataset = Dataset(
        source_id=of.id,
        file_name=name,
        sha256=name,
        values_sha256=name,
        publisher="공사",
        title="표",
        unit="MWh",
        first_period=min(row[2] for row in rows),
        last_period=max(row[2] for row in rows),
        imported_at=clock.now(),
        readings=len(rows),
    )
    loaded = [
        (series[area, dims].id, period, value, False, *(more or ("final",)))
        for area, dims, period, value, *more in rows
    ]
    bulk.load(tx, dataset, loaded)
    return dataset.id


@pytest.fixture
def office(store: Store) -> Store:
    store.run(catalogue.set_up)
    return store


@pytest.fixture
def one(sqlite_store: Store) -> Store:
    sqlite_store.run(catalogue.set_up)
    return sqlite_store


def said(
    store: Store, areas: tuple[str, ...] = ("29000", *DISTRICTS, "00000"), **asked: Any
) -> dict[tuple[str, str, str], tuple[float, str, str]]:
    """Return every answer of the city and its districts, by year, quarter and month."""
    found = {}
    with store.reading() as read:
        for by in ("year", "quarter", "month"):
            for area in areas:
                row = figures.series(read, indicator="EL01", area=area, by=by, **asked)
                for point in row.points:
                    found[by, area, point.period] = (point.value, point.status, point.origin)
    return found


def rows(store: Store, kind: Any) -> set[tuple[Any, ...]]:
    with store.reading() as read:
        return {tuple(row) for row in read.execute(select(kind.__table__)).all()}


def days(month: int, area: str = "29110", value: float = 1.1, count: int = 31) -> Rows:
    return [(area, "", month * 100 + day, value) for day in range(1, count + 1)]


def test_settling_changes_no_answer_and_undo_and_redo_neither(office: Store) -> None:
    first = [(area, "use=a", 202401, 1.5) for area in DISTRICTS] + days(202403)
    office.run(bring, name="a", rows=first)
    before = said(office)
    assert before["month", "29000", "2024-01"] == (7.5, "final", "sum")
    assert before["month", "29110", "2024-03"] == (34.1, "final", "sum")
    office.run(rollup.settle)
    assert said(office) == before
    with office.reading() as read:
        assert not figures.due(read)
    office.run(bring, name="b", rows=[("29110", "use=a", 202401, 9.5), *days(202403, value=2.0)])
    revised = said(office)
    assert revised["month", "29000", "2024-01"][0] == 15.5
    assert revised["month", "29110", "2024-03"][0] == 62
    office.run(rollup.settle)
    assert said(office) == revised
    office.undo()
    assert said(office) == before
    office.run(rollup.settle)
    assert said(office) == before
    office.redo()
    assert said(office) == revised
    office.run(rollup.settle)
    assert said(office) == revised
    office.undo()
    office.undo()
    assert said(office) == {}
    office.run(rollup.settle)
    assert rows(office, EnergyFigure) == set()
    assert rows(office, ReadingMonth) == set()


def test_one_dirty_month_is_rolled_again_and_no_other_is_touched(one: Store) -> None:
    for month in range(1, 4):
        one.run(bring, name=f"m{month}", rows=days(202300 + month, count=28))
        one.run(bring, name=f"n{month}", rows=days(202400 + month, count=28))
    one.run(rollup.settle)
    assert one.run(rollup.settle).value == 0
    months, answers = rows(one, ReadingMonth), rows(one, EnergyFigure)
    one.run(bring, name="late", rows=[("29110", "", 20240215, 8.0)])
    statements: list[tuple[str, Any]] = []
    from sqlalchemy import event

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(one.office.write, "before_cursor_execute", hear)
    changed = one.run(rollup.settle).value
    event.remove(one.office.write, "before_cursor_execute", hear)
    assert {row[1] for row in months ^ rows(one, ReadingMonth)} == {202402}
    touched = {(row[1], row[2]) for row in answers ^ rows(one, EnergyFigure)}
    assert {period for _, period in touched} == {202402, 202441, 202400}
    assert changed == len(answers ^ rows(one, EnergyFigure))
    # Of the raw days only the dirty month's were read.
    fine = [p for s, p in statements if s.startswith("SELECT reading.period") and "ORDER" in s]
    assert fine
    assert all(20240200 in p or 2024020000 in p for p in fine)


def test_a_month_that_goes_on_is_added_up_anew(office: Store) -> None:
    office.run(bring, name="a", rows=days(202403, count=10) + days(202403, area="29140"))
    office.run(rollup.settle)
    more = days(202403)[10:]
    office.run(bring, name="b", rows=more)
    hours = [("29140", "", 2024030100 + hour, 0.5) for hour in range(1, 25)]
    office.run(bring, name="c", rows=hours)
    before = said(office)
    assert before["month", "29110", "2024-03"] == (34.1, "final", "sum")
    office.run(rollup.settle)
    assert said(office) == before
    made = {(row[1], row[2], row[3]) for row in rows(office, ReadingMonth)}
    assert made == {(202403, 31, 34.1), (20240300, 24, 12.0)}
    assert len(rows(office, ReadingMonth)) == 3
    office.undo()
    office.undo()
    office.run(rollup.settle)
    assert {row[2] for row in rows(office, ReadingMonth)} == {10, 31}


def test_what_decides_a_figure_marks_it_due(one: Store) -> None:
    with one.reading() as read:
        indicator = figures.named(read, "EL01").id
        ranks = figures.order(read, indicator)
        codes = [read.get_one(EnergySource, source).code for source in ranks]
    one.run(bring, name="a", rows=[("29110", "", 202400, 3.0)], source=codes[0])
    one.run(bring, name="b", rows=[("29110", "", 202400, 5.0)], source=codes[-1])
    one.run(rollup.settle)
    before = said(one)["year", "29110", "2024"][0]
    one.run(swap_sources, code="EL01")
    after = said(one)["year", "29110", "2024"][0]
    assert {before, after} == {3.0, 5.0}
    one.undo()
    assert said(one)["year", "29110", "2024"][0] == before


@usecase("Turn the order of sources round")
def swap_sources(tx: Session, *, code: str) -> None:
    ranks = tx.scalars(
        select(IndicatorSource)
        .join(Indicator, Indicator.id == IndicatorSource.indicator_id)
        .where(Indicator.code == code)
        .order_by(IndicatorSource.rank)
    ).all()
    count = len(ranks)
    for rank in ranks:
        rank.rank = -rank.rank
    tx.flush()
    for rank in ranks:
        rank.rank = count + 1 + rank.rank


def test_hours_of_a_month_are_not_taken_for_its_days(one: Store) -> None:
    hours = [("29110", "", 20240101_00 + hour, 1.0) for hour in range(1, 25)]
    hours += [("29110", "", 20240102_00 + hour, 1.0) for hour in range(1, 8)]
    one.run(bring, name="a", rows=hours)
    for _ in range(2):
        with one.reading() as read:
            month = figures.series(read, indicator="EL01", area="29110", by="month").points
            day = figures.series(read, indicator="EL01", area="29110", by="day").points
            hour = figures.series(read, indicator="EL01", area="29110", by="hour").points
        assert [(one.value, one.status) for one in month] == [(31.0, "partial")]
        assert [(one.value, one.status) for one in day] == [(24.0, "final"), (7.0, "partial")]
        assert [one.period for one in hour][-1] == "2024-01-02T07"
        one.run(rollup.settle)


BROUGHT = st.lists(
    st.dictionaries(
        st.tuples(
            st.sampled_from(AREAS),
            st.sampled_from(("", "use=a", "use=b", "building=x")),
            st.one_of(
                st.sampled_from((202300, 202301, 202302, 202341, 202400)),
                st.integers(20230201, 20230228),
                st.integers(2023020101, 2023020124),
            ),
        ),
        st.integers(-5, 1000).map(lambda n: n / 10),
        min_size=1,
        max_size=15,
    ),
    min_size=1,
    max_size=3,
)


def compared(one: Store, brought: list[dict[tuple[str, str, int], float]]) -> None:
    """Bring readings, settle now and then, and take all of it back: the answers never differ."""
    entries = 0
    for number, found in enumerate(brought):
        own = [(*key, value) for key, value in sorted(found.items())]
        entries += bool(one.run(bring, name=f"{entries}-{number}", rows=own).rows)
        straight = said(one, AREAS, as_known_on=dt.date(2100, 1, 1))
        assert said(one, AREAS) == straight
        if number % 2:
            one.run(rollup.settle)
            assert said(one, AREAS) == straight
    for _ in range(entries):
        one.undo()
    assert said(one, AREAS) == {}


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BROUGHT)
def test_settled_or_not_every_answer_is_the_same(
    one: Store, brought: list[dict[tuple[str, str, int], float]]
) -> None:
    compared(one, brought)


def test_a_series_as_it_was_known_on_a_day(office: Store) -> None:
    day = dt.datetime(2024, 2, 25, 10, tzinfo=clock.KST)
    clock.fix(day)
    office.run(bring, name="jan", rows=[("29110", "", 202401, 5.0, "provisional")])
    clock.fix(day + dt.timedelta(days=30))
    office.run(bring, name="feb", rows=[("29110", "", 202401, 6.0, "final")])
    clock.fix(day + dt.timedelta(days=60))
    office.run(bring, name="mar", rows=[("29110", "", 202401, 7.0, "final")])
    office.undo()

    def known(on: dt.date | None) -> list[tuple[float, str]]:
        with office.reading() as read:
            found = figures.series(read, indicator="EL01", area="29110", by="month", as_known_on=on)
        return [(one.value, one.status) for one in found.points]

    assert known(dt.date(2024, 2, 24)) == []
    assert known(dt.date(2024, 2, 25)) == [(5.0, "provisional")]
    assert known(dt.date(2024, 3, 25)) == [(5.0, "provisional")]
    assert known(dt.date(2024, 3, 26)) == [(6.0, "final")]
    assert known(None) == [(6.0, "final")]
    with office.reading() as read:
        history = revisions.history(read, indicator="EL01", area="29110", period="2024-01")
        choices = revisions.days_of_imports(read, indicator="EL01")
    assert [(one.value, one.file_name, one.known_from, one.known_to) for one in history] == [
        (5.0, "jan", dt.date(2024, 2, 25), dt.date(2024, 3, 26)),
        (6.0, "feb", dt.date(2024, 3, 26), None),
    ]
    assert choices == [dt.date(2024, 2, 25), dt.date(2024, 3, 26)]


def test_a_breakdown_and_the_dimensions_there_are(one: Store) -> None:
    one.run(
        bring,
        name="a",
        rows=[
            ("29110", "use=a", 202400, 3.0),
            ("29110", "use=b", 202400, 4.0),
            ("29110", "", 202400, 10.0),
        ],
    )
    with one.reading() as read:
        found = figures.breakdown(read, indicator="EL01", area="29110", by="year", dimension="use")
        dimensions = figures.dimensions(read, indicator="EL01")
    assert {item: points[0].value for item, points in found.items()} == {
        "a": 3.0,
        "b": 4.0,
        "rest": 3.0,
    }
    assert dimensions == {"use": ("a", "b")}
