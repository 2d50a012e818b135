"""Derived indicators through the store: formulas, parts, factors, what lacks, what was recorded."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import text, today
from gwangju_desktop.energy import catalogue, conversion, derived, factors, queries, results
from gwangju_desktop.energy.derived import Computed
from gwangju_desktop.errors import UserError
from tests.gwangju_desktop.energy.brought import bring

ELECTRICITY = 8_973_446.0
DAY = dt.date(2022, 3, 11)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """An office of electricity alone, made once."""
    path = tmp_path_factory.mktemp("derived") / "office.gwoffice"
    shutil.copy(request.getfixturevalue("_empty_office"), path)
    with_store = Store.open(path)
    with_store.run(catalogue.set_up)
    with_store.run(
        bring,
        figures={
            "EL01": [
                (202100, ELECTRICITY),
                (202000, 8_655_000.0),
                (201800, 8_690_000.0),
                (202100, 2_215_918.0, "use=residential"),
            ]
        },
    )
    with_store.close()
    return path


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "office.gwoffice"
    shutil.copy(made, path)
    with text.speaking("en"):
        opened = Store.open(path)
        yield opened
        opened.close()


def ask(store: Store, indicator: str, year: int = 2021, **more: object) -> Computed:
    with store.reading() as read:
        return derived.compute(read, indicator=indicator, year=year, **more)


def notes(made: Computed) -> str:
    return " ".join(map(str, made.notes))


def test_emissions_of_electricity_alone_are_partial_and_say_what_lacks(office: Store) -> None:
    made = ask(office, "GH01")
    assert round(made.value, 1) == 4_046_126.8
    assert made.status == "partial"
    assert [row.value for row in made.factors] == [0.4509]
    assert made.formula == (
        "Electricity use 8,973,446 MWh × 0.4509 tCO2eq/MWh = 4,046,126.8 tCO2eq"
    )
    assert "City gas use" in notes(made)
    assert "District heat use" in notes(made)
    assert [part.value is None for part in made.parts] == [False, True, True]


def test_gas_and_heat_are_added_each_part_listed(office: Store) -> None:
    office.run(
        bring,
        figures={"GS01": [(202100, 639_844.0)], "HT01": [(202100, 100_000.0)]},
    )
    made = ask(office, "GH01")
    gas = 639_844_000 * 38.9e-6 * 15.236 * 44 / 12
    heat = 100_000 * 4.1868 / 1000 * 57.72999
    assert made.status == "final"
    assert made.value == pytest.approx(ELECTRICITY * 0.4509 + gas + heat, rel=1e-9)
    assert [round(part.value) for part in made.parts] == [4_046_127, round(gas), round(heat)]
    assert sum(part.value for part in made.parts) == pytest.approx(made.value)
    assert {row.kind for row in made.factors} == {
        "grid.co2eq", "gas.net", "gas.carbon", "cal",
        "heat.co2", "heat.ch4", "heat.n2o", "gwp.ch4", "gwp.n2o",
    }  # fmt: skip
    sar = ask(office, "GH01", definition="b")
    assert sar.value < made.value
    assert sar.definition == "Warming potentials of SAR"


def test_a_year_without_a_factor_says_so_and_other_modes_give_one(office: Store) -> None:
    lacking = ask(office, "GH01", 2020)
    assert lacking.value is None
    assert "2020 has no factor of its own" in notes(lacking)
    assert round(ask(office, "GH01", 2020, mode="latest").value) == round(8_655_000 * 0.443)
    assert round(ask(office, "GH01", 2021, mode="fixed").value, 1) == 4_074_841.8
    with office.reading() as read:
        mean = next(row for row in factors.factors(read) if row.variant == "mean3")
        toe = next(row for row in factors.factors(read) if row.kind == "toe")
    assert round(ask(office, "GH01", factor=mean.id).value, 1) == 4_074_841.8
    with pytest.raises(UserError, match="is not computed with"):
        ask(office, "GH01", factor=toe.id)


def test_oil_equivalents_in_three_definitions(office: Store) -> None:
    assert round(ask(office, "FE01").value, 1) == 771_716.4
    primary = ask(office, "FE01", definition="b")
    assert round(primary.value, 1) == 2_054_919.1
    assert "No factor of 2021 is known" in notes(primary)
    with pytest.raises(UserError, match="no definition"):
        ask(office, "FE01", definition="z")


def test_self_sufficiency_names_its_definition(office: Store) -> None:
    office.run(bring, figures={"GE01": [(202100, 600_000.0)], "PV02": [(202100, 264_000.0)]})
    electric = ask(office, "SU02")
    assert round(electric.value, 2) == 6.69
    assert electric.definition.startswith("a.")
    assert round(ask(office, "SU01").value, 2) == 6.69
    renewable = ask(office, "SU02", definition="b")
    assert round(renewable.value, 2) == round(264_000 / ELECTRICITY * 100, 2)
    assert renewable.status == "partial"
    assert "at least" in notes(renewable)
    assert ask(office, "SU02", definition="c").value is None
    office.run(bring, figures={"RG01": [(202100, 30_000.0)]})
    whole = ask(office, "SU02", definition="c")
    assert whole.value == pytest.approx(30_000 / 771_716.356 * 100)
    office.run(bring, figures={"GE01": [(201700, 842_000.0)], "EL01": [(201700, 46_294_000.0)]})
    assert round(ask(office, "SU02", 2017).value, 2) == 1.82


def test_by_person_and_household(office: Store) -> None:
    office.run(
        bring,
        figures={
            "PP01": [(202106, 1_445_000.0), (202112, 1_441_611.0)],
            "HH01": [(202112, 645_000.0)],
        },
    )
    end = ask(office, "EL02")
    assert end.value == pytest.approx(ELECTRICITY / 1_441_611)
    assert "December" in end.definition
    assert ask(office, "EL02", definition="b").value == pytest.approx(ELECTRICITY / 1_445_000)
    gases = ask(office, "GH02")
    assert gases.value == pytest.approx(4_046_126.8014 / 1_441_611)
    assert gases.status == "partial"
    assert [row.value for row in gases.factors] == [0.4509]
    homes = ask(office, "EL03")
    assert homes.value == pytest.approx(2_215_918 * 1000 / 645_000 / 12)
    assert ask(office, "SE01").value == pytest.approx(2_215_918 / ELECTRICITY * 100)


def test_a_cut_compares_only_what_both_years_have(office: Store) -> None:
    cut = ask(office, "GH03", mode="fixed")
    assert cut.value == pytest.approx((8_690_000 - ELECTRICITY) / 8_690_000 * 100)
    office.run(bring, figures={"GS01": [(202100, 600_000.0)]})
    again = ask(office, "GH03", mode="fixed")
    assert again.value == pytest.approx(cut.value)
    assert "Compared: Electricity use" in notes(again)
    # The year's own factor of 2018 is not known.
    assert ask(office, "GH03").value is None


def test_degree_days_are_offered_only_where_they_are_held(office: Store) -> None:
    office.run(bring, figures={"GS01": [(202000, 600_000.0), (202100, 640_000.0)]})
    with office.reading() as read:
        assert not queries.series(read, indicator="GS05").points
        held = {row.code: row.held for row in queries.indicators(read)}
    assert held["GS01"]
    assert not held["GS05"]
    office.run(bring, figures={"HD01": [(202000, 2200.0), (202100, 2400.0)]})
    made = ask(office, "GS05")
    assert made.value == pytest.approx(640_000 * 2300 / 2400)
    assert made.status == "estimated"
    assert "2 years" in notes(made)


def test_a_published_figure_wins_in_a_series(office: Store) -> None:
    with office.reading() as read:
        (point,) = queries.series(read, indicator="GH01").points
    assert (point.period, point.origin, point.status) == ("2021", "computed", "partial")
    assert point.formula.endswith("tCO2eq")
    assert len(point.factors) == 1
    office.run(bring, figures={"GH01": [(202100, 9_000_000.0)]})
    with office.reading() as read:
        (point,) = queries.series(read, indicator="GH01").points
    assert (point.value, point.origin) == (9_000_000.0, "published")
    still = ask(office, "GH01")
    assert round(still.value, 1) == 4_046_126.8
    assert "Published for this period" in notes(still)


def test_published_and_computed_figures_are_not_one_line(office: Store) -> None:
    people = {"PP01": [(202000, 1_450_000.0), (202100, 1_440_000.0)]}
    office.run(bring, figures={"GH01": [(202000, 9_000_000.0)], **people})
    with office.reading() as read:
        lines = {
            code: [(p.period, p.origin) for p in queries.series(read, indicator=code).points]
            for code in ("GH01", "GH02")
        }
    # What one rule makes of 2021 would look like a plunge after an inventory of 2020.
    assert lines == {"GH01": [("2020", "published")], "GH02": [("2020", "computed")]}
    made = ask(office, "GH01")
    assert round(made.value, 1) == 4_046_126.8
    assert "Charts show what was published (2020 to 2020)" in notes(made)
    assert ask(office, "GH02").value == pytest.approx(made.value / 1_440_000)


def test_a_year_of_a_few_months_says_so(office: Store) -> None:
    office.run(bring, figures={"EL01": [(202201, 800_000.0), (202202, 700_000.0)]})
    made = ask(office, "GH01", 2022)
    assert (made.status, made.months) == ("partial", 2)
    assert "Only 2 months of the year are held." in notes(made)


def test_a_sum_without_its_largest_part_is_not_computed_from(office: Store) -> None:
    gas = [(201800, 600_000.0), (202200, 640_000.0)]
    people = [(202100, 1_440_000.0), (202200, 1_430_000.0)]
    office.run(bring, figures={"GS01": gas, "PP01": people})
    with office.reading() as read:
        years = [point.period for point in queries.series(read, indicator="GH02").points]
    assert years == ["2021"]
    assert ask(office, "GH02", 2022).value is None


def test_shares_of_a_year_are_of_one_publisher(office: Store) -> None:
    use = [
        (202100, 2_000_000.0, "use=residential"),
        (202100, 4_000_000.0, "use=general"),
        (202100, 3_000_000.0, "use=industrial"),
    ]
    office.run(bring, figures={"EL01": use}, source="another")
    with office.reading() as read:
        shares = queries.breakdown(read, indicator="SE01", area="29000", by="year", dimension="use")
        parts = queries.breakdown(read, indicator="EL01", area="29000", by="year", dimension="use")
        homes = queries.series(read, indicator="SE01", area="29000").points
    of_2021 = {item: p.value for item, points in shares.items() for p in points}
    assert sum(of_2021.values()) == pytest.approx(100)
    assert of_2021.keys() == parts.keys()
    assert [point.value for point in homes] == [of_2021["residential"]]


def test_parts_of_a_sum_and_shares_of_a_whole(office: Store) -> None:
    office.run(bring, figures={"GS01": [(202100, 639_844.0), (201900, 600_000.0)]})
    with office.reading() as read:
        assert queries.dimensions(read, indicator="GH01") == {
            "energy": ("electricity", "gas", "heat")
        }
        parts = queries.breakdown(
            read, indicator="GH01", area="29000", by="year", dimension="energy"
        )
        shares = queries.breakdown(read, indicator="SE01", area="29000", by="year", dimension="use")
        years = [point.period for point in queries.series(read, indicator="GH01").points]
    # Gas alone (2019) would be no emissions of the city.
    assert years == ["2021"]
    assert {item: [p.period for p in points] for item, points in parts.items()} == {
        "electricity": ["2021"],
        "gas": ["2021"],
    }
    assert round(shares["residential"][0].value, 1) == 24.7


def test_year_on_year(office: Store) -> None:
    with office.reading() as read:
        changes = derived.year_on_year(queries.series(read, indicator="EL01", area="29000").points)
    grown = pytest.approx(ELECTRICITY / 8_655_000 - 1)
    assert changes == {"2021": grown}
    assert ask(office, "EL01").change == grown
    assert ask(office, "EL01", 2020).change is None
    # Both years lack the same parts, so they compare; with gas in one of them they do not.
    assert ask(office, "FE01").change == grown
    office.run(bring, figures={"GS01": [(202100, 640_000.0)]})
    assert ask(office, "FE01").change is None
    office.run(bring, figures={"GS01": [(202000, 640_000.0)]})
    assert 0 < ask(office, "FE01").change < ELECTRICITY / 8_655_000 - 1


def test_what_is_recorded_is_compared_with_now(office: Store) -> None:
    id = office.run(results.record, indicator="GH01", year=2021, mode="").value
    with office.reading() as read:
        assert results.changed(read) == []
        (row,) = results.results(read)
        grid = next(one for one in factors.factors(read) if one.value == 0.4509)
    assert row.factors[0]["value"] == 0.4509
    office.run(factors.edit_factor, id=grid.id, value=0.4541)
    with office.reading() as read:
        (one,) = results.changed(read)
    assert (one.id, one.why) == (id, "factor")
    assert "4,046,126.8, is now 4,074,841.8" in str(one.sentence)
    assert office.run(results.record_again).value == [id]
    with office.reading() as read:
        assert results.changed(read) == []
        assert round(results.results(read)[0].value, 1) == 4_074_841.8
    office.undo()
    office.undo()
    with office.reading() as read:
        assert results.changed(read) == []
        assert round(results.results(read)[0].value, 1) == 4_046_126.8
    office.run(bring, figures={"EL01": [(202100, 9_000_000.0)]})
    with office.reading() as read:
        (one,) = results.changed(read)
    assert one.why == "reading"


def test_factors_are_dated_sourced_and_do_not_overlap(office: Store) -> None:
    told = {
        "kind": "grid.co2eq",
        "variant": "single",
        "name_ko": "전력배출계수(2024년)",
        "value": 0.41,
        "unit": "tCO2eq/MWh",
        "source": "가상",
    }
    with pytest.raises(UserError, match="holds on the same days"):
        office.run(factors.add_factor, **told)
    with pytest.raises(UserError, match="source"):
        office.run(factors.add_factor, **(told | {"source": " "}))
    with pytest.raises(UserError, match="above zero"):
        office.run(factors.add_factor, **(told | {"value": 0.0}))
    days = {"valid_from": dt.date(2024, 1, 1), "valid_to": dt.date(2024, 12, 31)}
    id = office.run(factors.add_factor, **told, **days).value
    with pytest.raises(UserError, match="before the first"):
        office.run(factors.end_factor, id=id, valid_to=dt.date(2023, 1, 1))
    with office.reading() as read:
        assert factors.pick(read, "grid.co2eq", 2024).row.id == id
        assert [
            row.id for row in factors.factors(read, kind="grid.co2eq", on=days["valid_to"])
        ] == [id]
    office.run(factors.remove_factor, id=id)
    with office.reading() as read:
        assert factors.pick(read, "grid.co2eq", 2024).row is None


def test_an_indicator_without_a_rule_is_as_published(office: Store) -> None:
    made = ask(office, "EL01")
    assert (made.value, made.origin) == (ELECTRICITY, "published")
    lacking = ask(office, "HT01")
    assert lacking.value is None
    with pytest.raises(UserError):
        ask(office, "XX01")
    with pytest.raises(UserError):
        ask(office, "GH01", period="2021-03-01")


def test_what_differs_from_the_record_stands_on_the_home_page(office: Store) -> None:
    id = office.run(results.record, indicator="GH01", year=2021).value
    with office.reading() as read:
        grid = next(one for one in factors.factors(read) if one.value == 0.4509)
        before = today.overview(read, today=DAY).deadlines
        assert "energy_result" not in {row.table for row in before.overdue + before.week}
    office.run(factors.edit_factor, id=grid.id, value=0.4541)
    with office.reading() as read:
        due = today.overview(read, today=DAY).deadlines
    told = [row for row in due.overdue + due.week if row.table == "energy_result"]
    assert [row.id for row in told] == [id]
    assert "4,074,841.8" in text.say(told[0].title, **told[0].values)


def test_heat_published_in_another_measure_is_read_by_the_factors(office: Store) -> None:
    def held() -> float:
        with office.reading() as read:
            (point,) = queries.series(read, indicator="HT01", area="29000").points
            return point.value

    office.run(bring, figures={"HT01": [(202100, 418.68)]}, units={"HT01": "TJ"})
    assert held() == pytest.approx(100_000)
    with office.reading() as read:
        found = conversion.convert(read, value=1.0, unit="TJ", into="Gcal", on=DAY)
    assert found.value == pytest.approx(238.8459, rel=1e-6)
    assert [row.kind for row in found.factors] == ["cal"]
