"""What is true of the published files, read by the reader; skipped where they are not at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.facts import Asked, Understanding
from gwangju_desktop.sheets.understand import understand


def at(found: Understanding, area: str, period: str, item: str = "", indicator: str = "") -> float:
    values = [
        one.value
        for one in found.readings
        if (one.area, one.period, one.item) == (area, period, item)
        and (not indicator or one.indicator == indicator)
    ]
    assert len(values) == 1
    assert values[0] is not None
    return values[0]


def total(found: Understanding, area: str, year: str, item: str = "") -> float:
    return sum(
        one.value or 0
        for one in found.readings
        if one.area == area and one.item == item and one.period.startswith(year)
    )


def test_kepco_by_district(shared_data: Path) -> None:
    found = understand(shared_data / "energy/kepco_sigungu_contract_monthly_2024.csv")
    assert found.ready
    assert (found.tables[0].rows, len(found.tables[0].roles)) == (1602, 4)
    assert found.missing == {"dash": 5}
    assert at(found, "29110", "2024-01", "residential") == 16_571_923
    assert total(found, "29110", "2024", "residential") == 200_696_405
    assert total(found, "29170", "2024", "residential") == 725_115_877
    assert total(found, "29200", "2024", "residential") == 688_799_040
    assert at(found, "29170", "2024-03", "industrial") == 57_793_886
    assert at(found, "29200", "2024-12", "general") == 70_107_282
    assert at(found, "29155", "2024-07", "night") == 198_104
    assert at(found, "41000/광주시", "2024-01", "residential") == 55_803_721
    own = [one for one in found.readings if one.area.startswith("29")]
    assert len(own) == 35 * 12
    assert sum(one.value or 0 for one in own if one.period == "2024-01") == 817_030_854
    assert sum(one.value or 0 for one in own if one.period == "2024-08") == 951_516_078
    assert sum(one.value or 0 for one in own) == 9_343_347_782


def test_kogas(shared_data: Path) -> None:
    path = shared_data / "energy/kogas_citygas_sales_by_sido_monthly_1989-2022.csv"
    found = understand(path)
    assert found.ready
    assert found.encoding == "cp949"
    assert found.tables[0].rows == 408
    assert len({one.area for one in found.readings}) == 17
    assert found.missing == {}
    facts = {
        "1989-01": 2203,
        "2000-01": 39465,
        "2019-01": 94441,
        "2021-03": 65045,
        "2022-12": 100875,
    }
    for period, value in facts.items():
        assert at(found, "29000", period) == value
    assert total(found, "29000", "2021") == 639_844


def test_epsis_sales(shared_data: Path) -> None:
    path = shared_data / "energy/epsis_sales_by_sido_and_use_2021.csv"
    assert [question.about for question in understand(path).questions] == ["period"]
    found = understand(path, Asked(period="2021"))
    assert found.ready
    assert found.tables[0].rows == 19
    assert found.tables[0].totals_checked > 90
    facts = {
        "residential": 2_215_918,
        "public": 568_578,
        "service": 3_272_320,
        "business": 3_840_898,
        "industrial": 2_916_630.068,
        "": 8_973_446.068,
    }
    for item, value in facts.items():
        assert at(found, "29000", "2021", item) == value
    assert at(found, "00000", "2021", "residential") == 77_558_386
    assert at(found, "00000", "2021") == 533_430_810.78
    assert len({one.area for one in found.readings}) == 19


def test_epsis_customers(shared_data: Path) -> None:
    found = understand(shared_data / "energy/epsis_customers_by_sido_2010-2021.csv")
    assert found.ready
    facts = {"2021": 558_106, "2020": 553_028, "2015": 526_471, "2010": 462_672}
    for period, value in facts.items():
        assert at(found, "29000", period) == value
    assert at(found, "00000", "2021") == 24_523_304


def test_kepco_monthly_statistics(shared_data: Path) -> None:
    path = shared_data / "energy/kepco_monthly_stats_use_by_sido_2020-02.xlsx"
    assert understand(path).questions[0].proposals == ("2020-02",)
    found = understand(path, Asked(period="2020-02"))
    assert found.ready
    facts = {
        "residential": 180_774.935,
        "public": 47_840.87,
        "service": 289_073.731,
        "전철": 3_047.045,
        "": 740_068.227,
    }
    for item, value in facts.items():
        assert at(found, "29000", "2020-02", item) == value
    leaves = [one for one in found.readings if one.area == "29000" and not one.summed]
    assert sum(one.value or 0 for one in leaves) == pytest.approx(740_068.227, abs=0.01)


def test_city_gas_coverage(shared_data: Path) -> None:
    found = understand(shared_data / "energy/citygas_association_coverage_1992-2024.xlsx")
    assert found.ready
    assert at(found, "29000", "2023", "해양", "GS03") == 655_433
    assert at(found, "29000", "2023", "해양", "GS04") == 665_794
    assert at(found, "29000", "2023", "해양", "GS02") == pytest.approx(101.58, abs=0.005)
    assert at(found, "29000", "2024", "해양", "GS03") == 658_075
    assert at(found, "29000", "2024", "해양", "GS02") == pytest.approx(102.147, abs=0.0005)
    early = {
        one.period: one.value
        for one in found.readings
        if one.area == "29000" and one.indicator == "GS02"
    }
    assert early["1992"] == pytest.approx(23.379, abs=0.0005)
    assert early["2005"] == pytest.approx(58.174, abs=0.0005)
    assert early["2006"] == pytest.approx(69.43, abs=0.005)


def test_national_demand_by_hour(shared_data: Path) -> None:
    found = understand(shared_data / "energy/kpx_national_demand_hourly_wide_2022.csv")
    assert found.ready
    assert found.tables[0].rows == 365
    assert at(found, "00000", "2022-01-01T01") == 67_369
    assert total(found, "00000", "2022-01-01") == 1_479_929
    largest = max(found.readings, key=lambda one: one.value or 0)
    assert (largest.period, largest.value) == ("2022-12-23T11", 94_509)
    assert at(found, "00000", "2022-12-31T01") == 68_466


def test_solar(shared_data: Path) -> None:
    found = understand(shared_data / "energy/solar_generation_by_sido_monthly_2021.xlsx")
    assert found.ready
    assert found.period_from == {"title"}
    assert at(found, "29000", "2021-01") == 10_735.14
    assert at(found, "29000", "2021-04") == 27_073.72
    assert at(found, "29000", "2021-12") == 14_562.55
    assert at(found, "11000", "2021-01") == 3_034.95
    assert at(found, "45000", "2021-01") == 184_965.7
    assert len({one.area for one in found.readings}) == 17


def test_national_gases(shared_data: Path) -> None:
    found = understand(shared_data / "energy/kosis_national_ghg_by_gas_1990-2019.xlsx")
    assert found.ready
    assert {one.unit for one in found.readings} == {"백만tCO2eq"}
    assert at(found, "00000", "2018") == 727.045
    assert at(found, "00000", "2018", "net") == 684.959
    assert at(found, "00000", "1990") == 292.098
    assert found.missing == {"dash": 3}
    assert found.tables[0].rows == 30


def test_a_long_file_by_the_hour(shared_data: Path, tmp_path: Path) -> None:
    # All its 145,366 hours are counted where they are stored; row by row they take five seconds.
    path = tmp_path / "pjm_east_hourly_load_2002-2018.csv"
    lines = (shared_data / "energy" / path.name).read_text("utf-8-sig").splitlines()
    autumns = [line for line in lines[1:] if re.match(r"\D*201[4-7]\D+(10|11)\D", line)]
    path.write_text("\n".join([*lines[:25], *autumns, lines[-1]]), "utf-8")
    found = understand(path)
    assert found.ready
    values = [one.value or 0 for one in found.readings]
    assert len(values) == 25 + len(autumns) > 5_000
    assert (values[0], values[-1]) == (30_393, 35_486)
    assert sum(one.period.endswith("T02*") for one in found.readings) == 4


@pytest.mark.parametrize("folder", ["nasty/csv", "nasty/xlsx", "polls", "nasty/sqlite"])
def test_nothing_else_is_taken_for_energy(shared_data: Path, folder: str) -> None:
    files = sorted((shared_data / folder).iterdir())
    assert files
    for path in files:
        try:
            found = understand(path)
        except UserError as refusal:
            assert path.name in str(refusal)
        else:
            assert not found.ready
