"""From a made-up file to a series, on both engines: all or nothing, and nothing counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import Superseded
from db.schema.energy import (
    Dataset,
    EnergySource,
    FigureDue,
    Indicator,
    IndicatorSource,
    Reading,
    Series,
)
from db.schema.office import Setting
from db.store import Store, usecase
from gwangju_desktop import settings, text
from gwangju_desktop.energy import areas, catalogue, imports, queries, targets
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.sample import energy as sample
from tests.gwangju_desktop.sheets import made


@pytest.fixture
def office(store: Store) -> Store:
    store.run(catalogue.set_up)
    return store


@pytest.fixture
def one(sqlite_store: Store) -> Store:
    sqlite_store.run(catalogue.set_up)
    return sqlite_store


pytestmark = pytest.mark.usefixtures("read_once")


def load(store: Store, path: Path, **given: str) -> int:
    prepared = imports.prepare(path, **given)
    return int(store.run(imports.import_readings, prepared=prepared).value)


def compared(store: Store, path: Path, **given: str) -> imports.Compared:
    prepared = imports.prepare(path, **given)
    with store.reading() as read:
        return imports.compare(read, prepared=prepared)


def counts(store: Store, path: Path, **given: str) -> tuple[int, int, int, int]:
    told = compared(store, path, **given)
    return told.new, told.same, told.revised, told.conflicting


def value(store: Store, period: str, **asked: str) -> float:
    by = "month" if "-" in period else "year"
    with store.reading() as read:
        found = queries.series(read, indicator=asked.pop("indicator", "EL01"), by=by, **asked)  # type: ignore[arg-type]
    return next(point.value for point in found.points if point.period == period)


def count(store: Store, kind: type) -> int:
    with store.reading() as read:
        return int(read.scalar(select(func.count()).select_from(kind)) or 0)


def test_what_was_imported_is_what_series_answers(office: Store, tmp_path: Path) -> None:
    number = load(office, made.kepco(tmp_path / "전력 2031.csv"))
    first = made.kepco_value(0, 0, 1) / 1000
    assert value(office, "2031-01", area="29110", where="use=residential") == first
    city = sum(made.kepco_value(p, u, 1) for p in range(5) for u in range(7)) / 1000
    assert value(office, "2031-01", area="29000") == city
    assert count(office, Reading) == 35 * 12
    with office.reading() as read:
        row = queries.dataset(read, id=number)
        areas = set(read.scalars(select(Series.area)))
        asked = queries.series(read, indicator="EL01", area="29000", by="month")
    assert (row.file_name, row.readings, row.unit) == ("전력 2031.csv", 420, "kWh")
    assert (row.first_period, row.last_period) == ("2031-01", "2031-12")
    assert areas == {"29110", "29140", "29155", "29170", "29200"}
    document = queries.document(asked)
    assert document["unit"] == "MWh"
    assert document["points"][0] == {
        "period": "2031-01",
        "area": "29000",
        "value": city,
        "status": "final",
        "from": "sum",
        "dataset": [number],
    }


def test_undo_and_redo_of_an_import(office: Store, tmp_path: Path) -> None:
    before = count(office, Series)
    load(office, made.epsis(tmp_path / "a.csv"), period="2031")
    stored = value(office, "2031", area="29000")
    office.undo()
    assert (count(office, Reading), count(office, Series)) == (0, before)
    office.redo()
    assert value(office, "2031", area="29000") == stored


@pytest.mark.file_only
def test_a_revision_keeps_the_old_values_and_blocks_their_undo(
    office: Store, tmp_path: Path
) -> None:
    path = made.kepco(tmp_path / "a.csv")
    prepared = imports.prepare(path)
    first = office.run(imports.import_readings, prepared=prepared)
    revised = made.kepco(tmp_path / "b.csv", shift=1000)
    assert counts(office, revised) == (0, 0, 420, 0)
    number = load(office, revised)
    with office.reading() as read:
        assert queries.dataset(read, id=number).replaced == 420
    with pytest.raises(Superseded) as refused:
        office.undo(first.id)
    assert (str(refused.value), refused.value.count) == ("b.csv", 420)
    office.undo()
    assert value(office, "2031-01", area="29110", where="use=night") == pytest.approx(
        made.kepco_value(0, 6, 1) / 1000
    )


def test_subtotals_answer_their_code_and_are_never_added(one: Store, tmp_path: Path) -> None:
    load(one, made.epsis(tmp_path / "a.csv"), period="2031")
    with one.reading() as read:
        leaves = read.scalars(
            select(Reading.value)
            .join(Series, Series.id == Reading.series_id)
            .where(Series.area == "29000", ~Reading.summed)
        ).all()
    whole = value(one, "2031", area="29000")
    assert whole == pytest.approx(sum(leaves))
    parts = [value(one, "2031", area="29000", where=f"use={use}") for use in ("public", "service")]
    assert value(one, "2031", area="29000", where="use=business") == pytest.approx(sum(parts))


def test_a_condition_that_nothing_meets_is_refused_and_an_absent_one_is_empty(
    one: Store, tmp_path: Path
) -> None:
    load(one, made.epsis(tmp_path / "a.csv"), period="2031")
    with one.reading() as read:
        for where in ("use=nonsense", "fuel=coal"):
            with pytest.raises(UserError, match="use=public"):
                queries.series(read, indicator="EL01", where=where)
        # The city has it, this district does not; gas has nothing at all yet.
        for asked in ({"indicator": "EL01", "area": "29110"}, {"indicator": "GS01"}):
            assert not queries.series(read, where="use=public", **asked).points


def test_a_provisional_figure_that_became_final_is_imported(one: Store, tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "a.csv")
    prepared = imports.prepare(path)
    prepared.readings[:] = [row._replace(status="provisional") for row in prepared.readings]
    one.run(imports.import_readings, prepared=prepared)
    assert counts(one, path) == (0, 0, 420, 0)
    load(one, path)
    with one.reading() as read:
        found = queries.series(read, indicator="EL01", area="29110", by="month")
    assert {point.status for point in found.points} == {"final"}


def test_several_files_are_one_step(office: Store, tmp_path: Path) -> None:
    files = [made.kepco(tmp_path / "a.csv"), made.kepco(tmp_path / "c.csv", year=2032, shift=7)]
    files.append(made.kepco(tmp_path / "b.csv", shift=1000))
    prepared = [imports.prepare(path) for path in files]
    numbers = office.run(imports.import_files, prepared=prepared).value
    assert len(numbers) == 3
    stored = value(office, "2031", area="29000")
    office.undo()
    assert (count(office, Reading), count(office, Dataset)) == (0, 0)
    office.redo()
    assert value(office, "2031", area="29000") == stored
    entry = office.head()
    again = office.run(imports.import_files, prepared=[imports.prepare(files[1]), prepared[2]])
    assert again.value == [None, None]
    assert (count(office, Dataset), office.head()) == (3, entry)


def test_an_open_question_stops_the_import(one: Store, tmp_path: Path) -> None:
    prepared = imports.prepare(made.epsis(tmp_path / "판매 31.csv"))
    text.use("en")
    with pytest.raises(UserError, match="--period"):
        one.run(imports.import_readings, prepared=prepared)
    assert count(one, Dataset) == 0


def test_the_same_numbers_for_another_year_are_refused(one: Store, tmp_path: Path) -> None:
    path = made.epsis(tmp_path / "a.csv")
    load(one, path, period="2031")
    other = tmp_path / "b.csv"
    other.write_text(path.read_bytes().decode("cp949"), "utf-8")
    assert compared(one, other, period="2030").repeats == "a.csv"
    with pytest.raises(UserError, match=r"a\.csv"):
        load(one, other, period="2030")
    assert count(one, Dataset) == 1


def test_a_mended_cell_makes_no_other_year(one: Store, tmp_path: Path) -> None:
    load(one, made.epsis(tmp_path / "a.csv"), period="2031")
    wrong = made.epsis(tmp_path / "b.csv", wrong=True)
    given = {"period": "2030", "accept_totals": True}
    assert compared(one, wrong, **given).repeats == "a.csv"
    assert compared(one, wrong, **(given | {"period": "2031"})).repeats is None


def test_the_same_file_again_changes_nothing(one: Store, tmp_path: Path) -> None:
    path = made.kogas(tmp_path / "a.csv")
    load(one, path)
    assert counts(one, path) == (0, 48, 0, 0)
    entry = one.head()
    assert one.run(imports.import_readings, prepared=imports.prepare(path)).value is None
    assert one.head() == entry


def test_two_publishers_live_side_by_side(one: Store, tmp_path: Path) -> None:
    load(one, made.kepco(tmp_path / "a.csv"))
    first = value(one, "2031", area="29000")
    told = compared(one, made.monthly_stats(tmp_path / "b.xlsx"), period="2031-02")
    assert (told.new > 0, told.conflicting) == (True, 0)
    load(one, made.monthly_stats(tmp_path / "b.xlsx"), period="2031-02")
    load(one, made.epsis(tmp_path / "c.csv"), period="2031")
    assert count(one, Dataset) == 3
    # The published year of the first source in order, not the sum of months, never both.
    assert value(one, "2031", area="29000") != first
    assert value(one, "2031-02", area="29110") > 0


def test_a_file_of_other_places_is_refused(one: Store, tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "a.csv")
    words = path.read_text("utf-8-sig").replace("광주광역시", "부산광역시")
    path.write_text(words.replace("광산구", "해운대구"), "utf-8-sig")
    with pytest.raises(UserError, match=r"a\.csv"):
        imports.prepare(path, layout="kepco_sigungu_contract")


def test_what_would_change_is_shown_by_example(one: Store, tmp_path: Path) -> None:
    load(one, made.kepco(tmp_path / "a.csv"))
    told = compared(one, made.kepco(tmp_path / "b.csv", shift=1000))
    assert {example.kind for example in told.examples} == {"revised"}
    assert len(told.examples) == 20
    first = told.examples[0]
    assert (first.indicator, first.unit, first.before is not None) == ("EL01", "MWh", True)
    assert first.after == pytest.approx(first.before + 1)


def test_answers_are_remembered_for_the_same_table(one: Store, tmp_path: Path) -> None:
    path = made.epsis(tmp_path / "a.csv", wrong=True)
    asked = imports.understood(one, path, period="2031")
    given = {"accept_totals": True, "period": "2031", "layout": "epsis_sales_use"}
    assert not asked.ready
    prepared = imports.understood(one, path, **given)
    one.run(imports.import_readings, prepared=prepared)
    one.run(imports.remember, prepared=prepared, given=given)
    assert one.undoable == "Import energy figures"
    with one.reading() as read:
        # The total of another file is asked for again; so is its period.
        assert imports.recall(read, prepared=asked) == {}
        asked.ask("layout", asked.questions[0].text)
        # The reader hears that it was another file that this was said of.
        assert imports.recall(read, prepared=asked) == {
            "layout": "epsis_sales_use",
            "answers": {"remembered": True},
        }


def test_a_cancelled_import_leaves_nothing_behind(office: Store, tmp_path: Path) -> None:
    prepared = imports.prepare(made.kepco(tmp_path / "a.csv"))
    shares: list[float] = []
    tables = (Dataset, Reading, Series, EnergySource, FigureDue)
    before = [count(office, kind) for kind in tables]
    with pytest.raises(Cancelled):
        office.run(
            imports.import_readings,
            prepared=prepared,
            cancelled=lambda: bool(shares),
            progress=shares.append,
        )
    assert 0 < shares[0] < 1
    assert [count(office, kind) for kind in tables] == before
    assert office.undoable == "Set up energy indicators"
    load(office, tmp_path / "a.csv")
    assert count(office, Reading) == 420


def test_what_is_not_known_is_refused_with_what_is(one: Store, tmp_path: Path) -> None:
    load(one, made.kepco(tmp_path / "a.csv"))
    with one.reading() as read:
        with pytest.raises(UserError, match="XX99"):
            queries.series(read, indicator="XX99")
        with pytest.raises(UserError, match="29999"):
            queries.series(read, indicator="EL01", area="29999")
        with pytest.raises(UserError, match="residential"):
            queries.series(read, indicator="EL01", where="use=주택")
        with pytest.raises(UserError, match="77"):
            queries.dataset(read, id=77)


@usecase("Forget a source")
def forget(tx: Session, *, code: str) -> None:
    source = tx.scalars(select(EnergySource).where(EnergySource.code == code)).one()
    for rank in tx.scalars(
        select(IndicatorSource).where(IndicatorSource.source_id == source.id)
    ).all():
        tx.delete(rank)
    tx.flush()
    tx.delete(source)


def test_a_table_newer_than_the_office_comes_last_in_order(one: Store, tmp_path: Path) -> None:
    one.run(forget, code="kogas_sales")
    load(one, made.kogas(tmp_path / "a.csv"))
    assert value(one, "2031-01", indicator="GS01", area="29000") == 5001
    with one.reading() as read:
        gas = next(row for row in queries.indicators(read) if row.code == "GS01")
    assert gas.sources == ("kogas_sales",)


@pytest.mark.file_only
def test_a_new_office_knows_its_indicators_and_areas(office: Store) -> None:
    with office.reading() as read:
        rows = queries.indicators(read)
        known = areas.areas(read)
        path = targets.targets(read, indicator="GH03")
    codes = {row.code for row in rows}
    assert {"EL01", "GS01", "HT01", "WT01", "OI01", "FE01", "SU01", "GH01", "PV02"} <= codes
    assert not any(row.held for row in rows)
    assert [area.code for area in known][:7] == [
        "29000",
        "29110",
        "29140",
        "29155",
        "29170",
        "29200",
        "00000",
    ]
    assert [(point.year, point.value, point.sample) for point in path] == [
        (2018, 0.0, False),
        (2030, 45.0, False),
        (2045, 100.0, False),
    ]


def test_the_sample_shows_published_years_and_marks_the_rest(office: Store) -> None:
    office.run(sample.add_figures, texts=sample.texts())
    with office.reading() as read:
        city = {p.period: p for p in queries.series(read, indicator="EL01", area="29000").points}
        parts = queries.districts(read, indicator="EL01", by="month")
        rows = queries.datasets(read)
        aims = targets.targets(read, indicator="EL01")
        gas = queries.series(read, indicator="GS01", area="29000")
    assert city["2016"].value == 8_558_367
    assert (city["2019"].value, city["2019"].status) == (8_603_301, "final")
    assert city["2021"].value == 8_973_446
    assert (city["2018"].value, city["2018"].origin) == (8_760_000, "sum")
    assert (city["2022"].status, city["2022"].months) == ("partial", 2)
    assert [row.sample for row in rows] == [False, *[True] * 7]
    assert all(len(one.points) == 122 for one in parts.values())
    assert parts["29110"].points[-1].status == "provisional"
    assert aims
    assert all(aim.sample for aim in aims)
    assert gas.points[2].value == 652_000


def test_uses_of_2019_add_up_to_the_published_year(one: Store) -> None:
    one.run(sample.add_figures, texts=sample.texts())
    assert value(one, "2021", indicator="EL03", area="29000") == 243
    uses = ("residential", "public", "service", "industrial")
    parts = [value(one, "2019", area="29000", where=f"use={use}") for use in uses]
    assert sum(parts) == value(one, "2019", area="29000") == 8_603_301


def test_every_source_an_indicator_names_is_there(one: Store) -> None:
    with one.reading() as read:
        named = {code for row in queries.indicators(read) for code in row.sources}
        sources = set(read.scalars(select(EnergySource.code)))
        assert count(one, Indicator) == len(queries.indicators(read))
    assert named <= sources


@usecase("Be an office of an earlier program")
def grow_older(tx: Session) -> None:
    held = tx.scalars(select(Setting).where(Setting.key == settings.ENERGY_EDITION)).one()
    tx.delete(held)
    gas = tx.scalars(select(Indicator).where(Indicator.code == "GS01")).one()
    for rank in tx.scalars(
        select(IndicatorSource).where(IndicatorSource.indicator_id == gas.id)
    ).all():
        tx.delete(rank)
    tx.flush()
    tx.delete(gas)


def test_an_older_office_learns_an_indicator_with_the_import(one: Store, tmp_path: Path) -> None:
    one.run(grow_older)
    path = made.kogas(tmp_path / "a.csv")
    assert counts(one, path) == (48, 0, 0, 0)
    load(one, path)
    assert value(one, "2031-01", indicator="GS01", area="29000") == 5001
