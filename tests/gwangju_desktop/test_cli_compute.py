"""`compute` on published files: the figure, its formula, its parts and factors; what lacks is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gwangju_desktop.test_cli_energy import said

EPSIS = "energy/epsis_sales_by_sido_and_use_2021.csv"
KOGAS = "energy/kogas_citygas_sales_by_sido_monthly_1989-2022.csv"
PEOPLE = "admin/mois_population_households_by_sido_monthly_2020-2022.xlsx"


@pytest.fixture(scope="module", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory):
    patch = pytest.MonkeyPatch()
    patch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))
    yield
    patch.undo()


@pytest.fixture(scope="module")
def office(read_once: None, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the electricity of 2021 and nothing else."""
    path = tmp_path_factory.mktemp("office") / "전력.gwoffice"
    said("new", path)
    said("--office", path, "import", "energy", shared_data / EPSIS, "--period", "2021")
    return path


def test_electricity_alone_then_gas_and_people(office: Path, shared_data: Path) -> None:
    asked = ("--office", office, "--lang", "ko", "compute")
    alone = said(*asked, "GH01", "--year", 2021)
    assert round(alone["value"], 1) == 4_046_126.8
    assert (alone["indicator"], alone["area"], alone["year"]) == ("GH01", "29000", 2021)
    assert (alone["unit"], alone["status"]) == ("tCO2eq", "partial")
    assert [one["value"] for one in alone["factors"]] == [0.4509]
    assert alone["factors"][0]["valid_from"] == "2021-01-01"
    assert alone["notes"] == ["이 기간의 자료 없음: 도시가스 사용량, 지역난방 사용량."]
    assert "8,973,446.068 MWh × 0.4509 tCO2eq/MWh" in alone["formula"]
    mean = said(*asked, "GH01", "--year", 2021, "--mode", "fixed")
    assert round(mean["value"]) == round(8_973_446.068 * 0.4541)
    assert round(said(*asked, "FE01", "--year", 2021)["value"], 1) == 771_716.4
    primary = said(*asked, "FE01", "--year", 2021, "--definition", "b")
    assert round(primary["value"]) == 2_054_919
    share = said(*asked, "SE01", "--year", 2021)
    assert round(share["value"], 2) == 24.69
    said("--office", office, "import", "energy", shared_data / KOGAS, shared_data / PEOPLE)
    more = said(*asked, "GH01", "--year", 2021)
    gas = 639_844_000 * 38.9e-6 * 15.236 * 44 / 12
    assert more["value"] == pytest.approx(alone["value"] + gas)
    assert [one["indicator"] for one in more["parts"] if one["value"] is not None] == [
        "EL01",
        "GS01",
    ]
    assert more["notes"] == ["이 기간의 자료 없음: 지역난방 사용량."]
    person = said(*asked, "EL02", "--year", 2021)
    assert 6.1 < person["value"] < 6.3
    homes = said(*asked, "EL03", "--year", 2021)
    assert 250 < homes["value"] < 320


def test_what_cannot_be_computed_is_refused_in_one_sentence(office: Path) -> None:
    asked = ("--office", office, "--lang", "en", "compute")
    assert "No figures of this period" in said(*asked, "GH01", "--year", 2030, code=1)
    assert "no indicator XX" in said(*asked, "XX", "--year", 2021, code=1)
    assert "no area 99999" in said(*asked, "EL01", "--year", 2021, "--area", "99999", code=1)
    assert "no factor 9999" in said(*asked, "GH01", "--year", 2021, "--factor", 9999, code=1)
    said(*asked, "GH01", "--year", "21", code=2)
    said(*asked, "GH01", code=2)


def test_lists_of_indicators_and_factors(office: Path) -> None:
    indicators = {row["code"]: row for row in said("--office", office, "list", "indicators")}
    emissions = indicators["GH01"]
    assert emissions["held"]
    assert emissions["computed"]
    assert emissions["last_period"] == "2021"
    assert emissions["baseline_year"] == 2018
    assert indicators["EL01"]["frequency"] == "month"
    assert not indicators["HT01"]["held"]
    factors = said("--office", office, "list", "factors")
    assert {row["value"] for row in factors if row["kind"] == "grid.co2eq"} == {
        0.443,
        0.4509,
        0.4312,
        0.4173,
        0.4541,
    }
    assert all(row["source"] for row in factors)
